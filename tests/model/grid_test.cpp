// SPDX-License-Identifier: MIT
#include "model/grid.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <limits>

namespace isopleth::model {
namespace {

using base::Meters;

base::ErrorKind failure_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return base::ErrorKind::kBug;
}

TEST(Grid, NumbersCellsFromTheNorthWest) {
    const Grid grid{100, 60, 10, 3, 2};
    EXPECT_EQ(grid.count(), 6u);
    EXPECT_EQ(grid.centre(0, 0), (geo::Point{105, 55}));
    EXPECT_EQ(grid.centre(1, 2), (geo::Point{125, 45}));
    EXPECT_EQ(grid.box(), (geo::Box{100, 40, 130, 60}));
}

TEST(Grid, GivesRowsAsAGridOfTheirOwn) {
    const Grid grid{100, 60, 10, 3, 5};
    const Grid part = grid.rows_from(2, 3);
    EXPECT_EQ(part, (Grid{100, 40, 10, 3, 3}));
    EXPECT_EQ(part.centre(0, 1), grid.centre(2, 1));
    EXPECT_THROW(grid.rows_from(3, 3), base::Error);
    EXPECT_THROW(grid.rows_from(6, 0), base::Error);
}

TEST(GridOver, KeepsTheExtentAsItsOuterEdge) {
    const geo::Box extent{500.25, 300, 1000.25, 500};
    const Grid grid = grid_over(extent, Meters{50});
    EXPECT_EQ(grid, (Grid{500.25, 500, 50, 10, 4}));
    EXPECT_EQ(grid.box(), extent);
}

TEST(GridOver, ForgivesRoundingButNoPartOfACell) {
    EXPECT_EQ(grid_over({0, 0, 0.3, 0.1}, Meters{0.1}).columns, 3u);
    EXPECT_EQ(grid_over({0, 0, 100.0000001, 50}, Meters{1}).columns, 100u);
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 100.00001, 50}, Meters{1}); }), base::ErrorKind::kData);
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 100, 50.5}, Meters{1}); }), base::ErrorKind::kData);
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 1e-7, 1}, Meters{1}); }), base::ErrorKind::kData) << "no cell";
}

TEST(GridOver, RefusesEmptyExtentsAndCells) {
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 0, 10}, Meters{1}); }), base::ErrorKind::kUsage);
    EXPECT_EQ(failure_of([] { grid_over({10, 0, 0, 10}, Meters{1}); }), base::ErrorKind::kUsage);
    EXPECT_EQ(failure_of([] { grid_over({}, Meters{1}); }), base::ErrorKind::kUsage);
    for (const double cell :
         {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        EXPECT_EQ(failure_of([=] { grid_over({0, 0, 10, 10}, Meters{cell}); }), base::ErrorKind::kUsage);
        EXPECT_EQ(failure_of([=] { grid_around({0, 0, 10, 10}, Meters{cell}); }), base::ErrorKind::kUsage);
    }
}

TEST(GridOver, HoldsTenThousandMillionCellsAndNoMore) {
    EXPECT_EQ(grid_over({0, 0, 1e5, 1e5}, Meters{1}).count(), 10'000'000'000u);
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 1e5 + 1, 1e5}, Meters{1}); }), base::ErrorKind::kData);
    EXPECT_EQ(failure_of([] { grid_over({0, 0, 1e300, 1e300}, Meters{1e-9}); }), base::ErrorKind::kData);
    EXPECT_EQ(failure_of([] { grid_around({0, 0, 1e300, 1e300}, Meters{1e-9}); }), base::ErrorKind::kData);
}

TEST(GridAround, SnapsOutwardToMultiplesOfTheCell) {
    EXPECT_EQ(grid_around({12, -7, 38, 21}, Meters{10}), (Grid{10, 30, 10, 3, 4}));
    EXPECT_EQ(grid_around({10, 0, 40, 20}, Meters{10}), (Grid{10, 20, 10, 3, 2})) << "already on multiples";
}

TEST(GridAround, HasACellWhereTheBoundsAreAPoint) {
    EXPECT_EQ(grid_around({20, 25, 20, 25}, Meters{10}), (Grid{20, 30, 10, 1, 1}));
    EXPECT_EQ(failure_of([] { grid_around({}, Meters{10}); }), base::ErrorKind::kData);
}

TEST(GridAround, ContainsAnyBounds) {
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const auto number = [i](std::uint64_t draw) { return base::random_uniform(5, i, draw); };
        const geo::Point corner{4e5 + 1e5 * number(0), 4e6 * number(1)};
        const geo::Box bounds{corner.x, corner.y, corner.x + 900 * number(2), corner.y + 900 * number(3)};
        const double cell = 1 + std::floor(50 * number(4));
        const geo::Box box = grid_around(bounds, Meters{cell}).box();
        EXPECT_TRUE(box.contains({bounds.min_x, bounds.min_y}) && box.contains({bounds.max_x, bounds.max_y}))
            << i;
        EXPECT_LT(box.width(), bounds.width() + 2 * cell);
        EXPECT_LT(box.height(), bounds.height() + 2 * cell);
    }
}

}  // namespace
}  // namespace isopleth::model
