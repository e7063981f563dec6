// SPDX-License-Identifier: MIT
#include "join/aggregate.hpp"

#include "layers.hpp"

namespace isopleth::join {
namespace {

model::Layer streets() {
    model::Layer layer =
        layer_of("streets", {box_polygon(0, 0, 1, 1), box_polygon(1, 0, 2, 1), box_polygon(2, 0, 3, 1)});
    layer.add(texts("name", {"东四", "天坛", "龙潭"}));
    layer.ids = {"7", "8", "9"};
    return layer;
}

model::Layer stations() {
    model::Layer layer = layer_of("stations", std::vector<geo::Geometry>(5));
    layer.add(texts("name", {"a", "b", "c", "d", "e"}));
    model::Column value("pm25", model::ColumnType::kReal);
    for (const double number : {38.0, 40.5, 0.0, 2.0}) value.append(number);
    value.append_missing();
    value.keep_source_text({"38.0", "40.5", "0", "2.00", ""});
    layer.add(value);
    return layer;
}

/// 东四 has stations a, b and e (without a value), 天坛 has e alone, 龙潭 none.
Matches three() {
    return {{0, 3, 4, 4}, {0, 1, 4, 4}, {}};
}

std::vector<std::string> cells(const model::Layer& layer, const std::string& column) {
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < layer.row_count(); ++row)
        texts.push_back(layer.column(column).display(row));
    return texts;
}

using Texts = std::vector<std::string>;

TEST(Summary, IsReadAsStatisticAndField) {
    EXPECT_EQ(parse_summary("mean:pm25").statistic, "mean");
    EXPECT_EQ(parse_summary("p95:a:b").field, "a:b");
    for (const char* text : {"sum:f", "min:f", "max:f", "median:f", "stdev:f", "count:f", "p0:f", "p100:f"})
        EXPECT_NO_THROW(parse_summary(text)) << text;
    for (const char* text : {"mean", "mean:", ":pm25", "", "p101:f", "p:f", "p-5:f", "p9.5:f", "p0000:f"}) {
        try {
            parse_summary(text);
            ADD_FAILURE() << text;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.kind(), base::ErrorKind::kUsage) << text;
        }
    }
    try {
        parse_summary("maen:pm25");
        ADD_FAILURE() << "nothing was thrown";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.message(), "unknown statistic maen; did you mean mean?");
    }
}

TEST(Aggregate, KeepsLeftRowsWithTheirFieldsAndCountsMatches) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.count = true;
    const model::Layer result = aggregate(streets(), stations(), three(), options, notes);
    EXPECT_EQ(result.column_names(), (Texts{"name", "count"}));
    EXPECT_EQ(cells(result, "count"), (Texts{"3", "1", "0"}));
    EXPECT_EQ(result.column("count").type(), model::ColumnType::kInteger);
    EXPECT_EQ(result.geometry, streets().geometry);
    EXPECT_EQ(result.ids, streets().ids);
    EXPECT_TRUE(result.crs == streets().crs);
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST(Aggregate, LeavesMissingValuesOutOfStatistics) {
    std::vector<std::string> notes;
    AggregateOptions options;
    for (const char* text : {"mean:pm25", "sum:pm25", "min:pm25", "max:pm25", "median:pm25", "stdev:pm25",
                             "p90:pm25", "count:pm25"}) {
        options.summaries.push_back(parse_summary(text));
    }
    const model::Layer result = aggregate(streets(), stations(), three(), options, notes);
    // Of 38 and 40.5: standard deviation 2.5 / sqrt(2); 90th percentile 38 + 0.9 x 2.5.
    EXPECT_EQ(result.column("pm25_mean").number(0), 39.25);
    EXPECT_EQ(result.column("pm25_sum").number(0), 78.5);
    EXPECT_EQ(result.column("pm25_min").number(0), 38);
    EXPECT_EQ(result.column("pm25_max").number(0), 40.5);
    EXPECT_EQ(result.column("pm25_median").number(0), 39.25);
    EXPECT_DOUBLE_EQ(*result.column("pm25_stdev").number(0), 2.5 / std::sqrt(2.0));
    EXPECT_DOUBLE_EQ(*result.column("pm25_p90").number(0), 40.25);
    EXPECT_EQ(cells(result, "pm25_count"), (Texts{"2", "0", "0"}));
    for (const char* column :
         {"pm25_mean", "pm25_sum", "pm25_min", "pm25_max", "pm25_median", "pm25_stdev", "pm25_p90"}) {
        EXPECT_FALSE(result.column(column).is_present(1)) << column << ": a match without a value";
        EXPECT_FALSE(result.column(column).is_present(2)) << column << ": no match";
    }
}

TEST(Aggregate, RepeatsARowForEachMatchThatItsColumnsShow) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.columns = {"pm25"};
    const model::Layer result = aggregate(streets(), stations(), three(), options, notes);
    EXPECT_EQ(cells(result, "name"), (Texts{"东四", "东四", "东四", "天坛", "龙潭"}));
    EXPECT_EQ(cells(result, "pm25"), (Texts{"38.0", "40.5", "", "", ""})) << "as the source wrote them";
    EXPECT_EQ(result.geometry[2], streets().geometry[0]);
    EXPECT_EQ(notes, (Texts{"1 row with several matches is repeated once for each; there are 5 rows"}));
}

TEST(Aggregate, ShowsTheFirstMatchBesideCountsAndStatistics) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.columns = {"pm25"};
    options.count = true;
    const model::Layer result = aggregate(streets(), stations(), three(), options, notes);
    EXPECT_EQ(cells(result, "pm25"), (Texts{"38.0", "", ""}));
    EXPECT_EQ(cells(result, "count"), (Texts{"3", "1", "0"}));
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST(Aggregate, PutsTheLayersNameBeforeAFieldThatIsTaken) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.columns = {"*"};
    options.count = true;
    model::Layer left = streets();
    left.add(texts("count", {"1", "2", "3"}));
    left.add(texts("stations_count", {"1", "2", "3"}));
    const model::Layer result = aggregate(left, stations(), three(), options, notes);
    EXPECT_EQ(result.column_names(),
              (Texts{"name", "count", "stations_count", "stations_name", "pm25", "stations_count_2"}));
    EXPECT_EQ(cells(result, "name"), (Texts{"东四", "天坛", "龙潭"}));
    EXPECT_EQ(cells(result, "stations_name"), (Texts{"a", "e", ""}));
    ASSERT_EQ(notes.size(), 2u);
    EXPECT_EQ(notes[0], "streets has a field name already: that of stations is called stations_name");
}

TEST(Aggregate, DropsUnmatchedRowsOnlyWhenToldTo) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.keep_unmatched = false;
    const model::Layer result = aggregate(streets(), stations(), three(), options, notes);
    EXPECT_EQ(cells(result, "name"), (Texts{"东四", "天坛"}));
    EXPECT_EQ(result.ids, (Texts{"7", "8"}));
}

TEST(Aggregate, AddsDistancesOfTheNearest) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.columns = {"name"};
    options.distance = true;
    const Matches nearest{{0, 1, 1, 2}, {4, 0}, {12.5, 0}};
    const model::Layer result = aggregate(streets(), stations(), nearest, options, notes);
    EXPECT_EQ(cells(result, "distance"), (Texts{"12.5", "", "0"}));
    EXPECT_EQ(cells(result, "stations_name"), (Texts{"e", "", "a"}));
    EXPECT_THROW(aggregate(streets(), stations(), three(), options, notes), base::Error)
        << "no distances to add";
}

TEST(Aggregate, NamesAFieldThatIsNotThere) {
    std::vector<std::string> notes;
    AggregateOptions options;
    options.columns = {"pm2"};
    try {
        aggregate(streets(), stations(), three(), options, notes);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_EQ(error.message(), "stations has no field pm2; did you mean pm25?");
    }
    options.columns = {};
    options.summaries = {{"mean", "name"}};
    try {
        aggregate(streets(), stations(), three(), options, notes);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput) << "a text is no number";
    }
}

}  // namespace
}  // namespace isopleth::join
