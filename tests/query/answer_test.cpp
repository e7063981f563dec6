// SPDX-License-Identifier: MIT
#include "query/answer.hpp"

#include "base/error.hpp"

#include <limits>

namespace isopleth::query {
namespace {

Cell geometry(geo::Geometry geometry, int srid) {
    return std::make_unique<BlobGeometry>(BlobGeometry{std::move(geometry), srid});
}

template <class... Cells>
AnswerColumn column(std::string name, std::string type, Cells&&... cells) {
    AnswerColumn made{std::move(name), std::move(type), {}};
    (made.cells.emplace_back(std::forward<Cells>(cells)), ...);
    return made;
}

template <class... Columns>
model::Layer layer_of(Columns&&... columns) {
    std::vector<AnswerColumn> all;
    (all.push_back(std::forward<Columns>(columns)), ...);
    return to_layer(std::move(all), [](int) { return geo::Crs::wgs84(); });
}

constexpr std::monostate kNull;

TEST(Answer, TypesAColumnByItsValues) {
    const auto layer = layer_of(
        column("whole", "", std::int64_t{1}, kNull), column("mixed", "", std::int64_t{1}, 0.5),
        column("words", "", std::string("a"), 0.5), column("truth", "BOOLEAN", std::int64_t{1}, kNull),
        column("not truth", "BOOLEAN", std::int64_t{2}, kNull));
    EXPECT_EQ(layer.column("whole").type(), model::ColumnType::kInteger);
    EXPECT_FALSE(layer.column("whole").is_present(1));
    EXPECT_EQ(layer.column("mixed").type(), model::ColumnType::kReal);
    EXPECT_EQ(layer.column("mixed").number(0), 1.0);
    EXPECT_EQ(layer.column("words").text(1), "0.5");
    EXPECT_EQ(layer.column("truth").boolean(0), true);
    EXPECT_EQ(layer.column("not truth").integer(0), 2);
}

TEST(Answer, TypesAColumnOfNullsAsItsTableDoes) {
    const auto layer =
        layer_of(column("a", "INTEGER", kNull), column("b", "REAL", kNull), column("c", "", kNull));
    EXPECT_EQ(layer.column("a").type(), model::ColumnType::kInteger);
    EXPECT_EQ(layer.column("b").type(), model::ColumnType::kReal);
    EXPECT_EQ(layer.column("c").type(), model::ColumnType::kText);
    EXPECT_EQ(layer.column("c").count_missing(), 1u);
}

TEST(Answer, TakesTheOnlyGeometryOrTheOneCalledGeom) {
    const auto one = layer_of(column("centre", "", geometry(geo::Point{1, 2}, 4326), kNull));
    ASSERT_TRUE(one.has_geometry);
    EXPECT_TRUE(one.columns.empty());
    EXPECT_EQ(one.row_count(), 2u);
    EXPECT_TRUE(geo::is_missing(one.geometry[1]));
    EXPECT_TRUE(one.crs.has_value());

    const auto named = layer_of(column("a", "", geometry(geo::Point{1, 2}, 0)),
                                column("GEOM", "", geometry(geo::Point{3, 4}, 0)));
    EXPECT_TRUE(named.geometry[0] == geo::Geometry(geo::Point{3, 4}));
    EXPECT_EQ(named.column("a").text(0), "POINT (1 2)");
    EXPECT_FALSE(named.crs.has_value());

    const auto undecided = layer_of(column("a", "", geometry(geo::Point{1, 2}, 0)),
                                    column("b", "", geometry(geo::Point{3, 4}, 0)));
    EXPECT_FALSE(undecided.has_geometry);
    EXPECT_EQ(undecided.column("b").text(0), "POINT (3 4)");
}

TEST(Answer, KeepsAnEmptyGeometryColumn) {
    const auto layer = layer_of(column("geom", "GEOMETRY"), column("name", "TEXT"));
    EXPECT_TRUE(layer.has_geometry);
    EXPECT_EQ(layer.row_count(), 0u);
}

TEST(Answer, NumbersAColumnNameThatIsTaken) {
    const auto layer = layer_of(column("n", "", std::int64_t{1}), column("n", "", std::int64_t{2}),
                                column("n", "", std::int64_t{3}));
    EXPECT_THAT(layer.column_names(), testing::ElementsAre("n", "n_2", "n_3"));
    EXPECT_EQ(layer.column("n_3").integer(0), 3);
}

TEST(Answer, RefusesWhatALayerCannotHold) {
    EXPECT_THROW(layer_of(column("x", "", std::numeric_limits<double>::infinity())), base::Error);
    EXPECT_THROW(
        layer_of(column("x", "", geometry(geo::Point{1, 2}, 4326), geometry(geo::Point{1, 2}, 4548))),
        base::Error);
}

}  // namespace
}  // namespace isopleth::query
