// SPDX-License-Identifier: MIT
#include "draw/plot.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace isopleth::draw {
namespace {

using testing::ElementsAre;

/// `count` points on a curve, as labelled bins, and the curve itself, in `panels` panels.
Plot rising_plot(int count, std::size_t panels) {
    Plot plot;
    plot.title = "Rise";
    plot.x = {"distance (m)", 1000};
    plot.y = {"semivariance", 2};
    PlotPanel panel;
    PlotLine line{"model", "range 300 m", {0, 0x72, 0xb2}, true, {}};
    for (int i = 1; i <= count; ++i) {
        const double x = 950.0 * i / count;
        panel.points.push_back({x, 1.5 * (1 - std::exp(-x / 300)), 1.2, std::to_string(100 + i)});
    }
    for (int i = 0; i <= 200; ++i) line.points.push_back({5.0 * i, 1.5 * (1 - std::exp(-5.0 * i / 300))});
    plot.lines.push_back(line);
    plot.panels.assign(panels, panel);
    return plot;
}

bool overlap(const Frame& a, const Frame& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

TEST(PlotTicks, AreRoundAndReachTheEnd) {
    EXPECT_THAT(round_ticks(1000, 5), ElementsAre(0, 200, 400, 600, 800, 1000));
    EXPECT_THAT(round_ticks(999, 5), ElementsAre(0, 200, 400, 600, 800));
    EXPECT_THAT(round_ticks(1636, 8), ElementsAre(0, 250, 500, 750, 1000, 1250, 1500));
    EXPECT_THAT(round_ticks(0.7, 3), ElementsAre(0, 0.25, 0.5));
    EXPECT_THAT(round_ticks(1, 1), ElementsAre(0, 0.5, 1));  // two steps at least
    EXPECT_THAT(round_ticks(70, 5, -30), ElementsAre(-20, 0, 20, 40, 60));
    EXPECT_THAT(round_ticks(70, 5, 20), ElementsAre(20, 30, 40, 50, 60, 70));
}

TEST(PlotTicks, AreNeverMoreThanAskedFor) {
    for (double end = 1e-6; end < 1e9; end *= 1.37) {
        for (const int most : {2, 3, 7, 10}) {
            const std::vector<double> ticks = round_ticks(end, most);
            EXPECT_LE(ticks.size(), static_cast<std::size_t>(most) + 1) << end;
            EXPECT_GE(ticks.size(), 2u) << end;
        }
    }
}

TEST(PlotTicks, HaveTheDecimalsOfTheirStep) {
    EXPECT_THAT(tick_texts({0, 250, 500}), ElementsAre("0", "250", "500"));
    EXPECT_THAT(tick_texts({0, 0.25, 0.5}), ElementsAre("0.00", "0.25", "0.50"));
    EXPECT_THAT(tick_texts({0, 500000, 1000000}), ElementsAre("0", "500000", "1000000"));
    EXPECT_THAT(tick_texts({0, 2e-5, 4e-5}), ElementsAre("0", "2e−05", "4e−05"));
    EXPECT_THAT(tick_texts({0}), ElementsAre("0"));
    EXPECT_THAT(tick_texts({-0.5, 0, 0.5}), ElementsAre("−0.5", "0.0", "0.5"));
    EXPECT_THAT(tick_texts({20, 30, 40}), ElementsAre("20", "30", "40"));
}

TEST(PlotLayout, PutsTheAxesEndsAtThePanelsEdges) {
    const Plot plot = rising_plot(5, 1);
    const PlotLayout layout = lay_out(plot);
    const Frame& frame = layout.panels[0].frame;
    const geo::Point origin = layout.at(plot, frame, 0, 0);
    EXPECT_EQ(origin.x, frame.x);
    EXPECT_EQ(origin.y, frame.bottom());
    const geo::Point corner = layout.at(plot, frame, 1000, 2);
    EXPECT_NEAR(corner.x, frame.right(), 1e-12);
    EXPECT_NEAR(corner.y, frame.y, 1e-12);
}

TEST(PlotLayout, GivesAPanelItsOwnAxes) {
    Plot plot = rising_plot(5, 2);
    plot.x = {"distance (m)", 1000, -200};
    plot.panels[1].own = OwnAxes{{"stated (%)", 100, 40}, {"held (%)", 100, 40}, {}};
    const PlotLayout layout = lay_out(plot);
    const Plot view = plot.view(plot.panels[1]);
    const Frame& frame = layout.panels[1].frame;
    EXPECT_NEAR(layout.at(view, frame, 40, 40).x, frame.x, 1e-12);
    EXPECT_NEAR(layout.at(view, frame, 70, 100).x, frame.x + frame.width / 2, 1e-12);
    EXPECT_NEAR(layout.at(view, frame, 70, 100).y, frame.y, 1e-12);
    EXPECT_EQ(layout.panels[1].y_ticks.front(), 40);
    EXPECT_EQ(layout.panels[0].x_ticks.front(), -200);
    // Its numbers have room between the panels.
    EXPECT_GT(frame.x - layout.panels[0].frame.right(), layout.panels[1].numbers);
    EXPECT_TRUE(view.lines.empty());
    EXPECT_THAT(to_text(plot), testing::HasSubstr("x: stated (%), 40 to 100\ny: held (%), 40 to 100\n"));
}

TEST(PlotLayout, KeepsPanelsApartAndClearOfColumnTitleAndFooter) {
    for (const std::size_t panels : {1u, 2u, 3u, 4u, 5u, 9u}) {
        Plot plot = rising_plot(15, panels);
        for (PlotPanel& panel : plot.panels) panel.title = "0°";
        const PlotLayout layout = lay_out(plot);
        ASSERT_EQ(layout.panels.size(), panels);
        for (std::size_t i = 0; i < panels; ++i) {
            const Frame& frame = layout.panels[i].frame;
            EXPECT_GT(frame.width, 20);
            EXPECT_GT(frame.height, 15);
            EXPECT_GT(frame.x, layout.body.x);
            EXPECT_LT(frame.right(), layout.column.x);
            EXPECT_GT(frame.y, layout.title.bottom());
            EXPECT_LT(frame.bottom(), layout.footer.y);
            EXPECT_EQ(frame.width, layout.panels[0].frame.width);
            for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(overlap(frame, layout.panels[k].frame));
        }
    }
}

TEST(PlotLayout, KeepsLabelsInThePanelAndOffEachOther) {
    for (const int count : {5, 15, 40}) {
        const Plot plot = rising_plot(count, 4);
        const PlotLayout layout = lay_out(plot);
        for (std::size_t p = 0; p < plot.panels.size(); ++p) {
            const PanelLayout& panel = layout.panels[p];
            ASSERT_EQ(panel.labels.size(), static_cast<std::size_t>(count));
            for (std::size_t i = 0; i < panel.labels.size(); ++i) {
                if (!panel.labels[i]) continue;
                const Frame& label = *panel.labels[i];
                EXPECT_GE(label.x, panel.frame.x);
                EXPECT_LE(label.right(), panel.frame.right());
                EXPECT_GE(label.y, panel.frame.y);
                EXPECT_LE(label.bottom(), panel.frame.bottom());
                for (std::size_t k = 0; k < i; ++k)
                    EXPECT_FALSE(panel.labels[k] && overlap(label, *panel.labels[k]));
                for (const PlotPoint& point : plot.panels[p].points) {
                    const geo::Point mark = layout.mark(plot, panel.frame, point);
                    EXPECT_FALSE(overlap(label, {mark.x - 1.2, mark.y - 1.2, 2.4, 2.4}));
                }
            }
        }
    }
}

TEST(PlotLayout, LabelsEveryPointWhereThereIsRoom) {
    const Plot plot = rising_plot(15, 1);
    for (const auto& label : lay_out(plot).panels[0].labels) EXPECT_TRUE(label);
    EXPECT_FALSE(lay_out(rising_plot(400, 1)).panels[0].labels[200]);
}

TEST(PlotLayout, KeepsLabelsOffTheLineWhereThatCanBe) {
    Plot plot = rising_plot(1, 1);
    plot.panels[0].points[0] = {500, 1, 1, "12"};
    plot.lines[0].points.clear();
    for (int i = 0; i <= 200; ++i) plot.lines[0].points.push_back({5.0 * i, 1.06});  // just above
    const PlotLayout layout = lay_out(plot);
    const Frame& label = *layout.panels[0].labels[0];
    EXPECT_GT(label.y, layout.at(plot, layout.panels[0].frame, 0, 1.06).y);
}

TEST(PlotLayout, MarksAPointBeyondTheAxisAtTheTop) {
    Plot plot = rising_plot(3, 1);
    plot.panels[0].points.push_back({700, 9, 1, "4"});
    const PlotLayout layout = lay_out(plot);
    const Frame& frame = layout.panels[0].frame;
    EXPECT_EQ(layout.mark(plot, frame, plot.panels[0].points.back()).y, frame.y + 1);
    EXPECT_TRUE(layout.panels[0].labels.back());
}

TEST(PlotText, SaysAllThatThePlotShows) {
    Plot plot = rising_plot(1, 1);
    plot.subtitle = "one bin";
    plot.points_name = "a bin";
    plot.panels[0].points.push_back({10, 3, 1, "2"});
    plot.notes = {"by hand"};
    plot.footer.source = "none";
    EXPECT_EQ(to_text(plot),
              "title: Rise\nsubtitle: one bin\nx: distance (m), 0 to 1000\ny: semivariance, 0 to 2\n"
              "points: a bin\nline (main): model | range 300 m | #0072b2 | (0, 0) to (1000, 1.44649)\n"
              "panel: \n  (950, 1.43678) 101\n  (10, 3) 2, beyond the axis\nnote: by hand\nfooter: none\n");
}

}  // namespace
}  // namespace isopleth::draw
