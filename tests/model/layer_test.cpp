// SPDX-License-Identifier: MIT
#include "model/layer.hpp"

#include "base/finding.hpp"

namespace isopleth::model {
namespace {

using base::ErrorKind;

template <class Work>
base::Error failure_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {ErrorKind::kBug, ""};
}

Column texts(const std::string& name, const std::vector<std::string>& cells) {
    Column column(name, ColumnType::kText);
    for (const std::string& cell : cells) {
        if (cell.empty()) {
            column.append_missing();
        } else {
            column.append(cell);
        }
    }
    return column;
}

Layer stations() {
    Layer layer;
    layer.name = "stations";
    layer.has_geometry = true;
    layer.geometry = {geo::Point{1, 2}, geo::Geometry{}, geo::Point{5, -1}};
    layer.crs = geo::Crs::parse("EPSG:4548");
    layer.add(texts("name", {"东四", "天坛", "奥体"}));
    layer.add(texts("pm25", {"38.0", "", "6"}));
    layer.source.file = "city.gpkg";
    layer.source.layer = "stations";
    layer.ids = {"11", "12", "13"};
    return layer;
}

TEST(Layer, FindsColumnsByTheirExactName) {
    Layer layer = stations();
    EXPECT_EQ(layer.find("pm25"), &layer.columns[1]);
    EXPECT_EQ(layer.find("PM25"), nullptr);
    EXPECT_EQ(&layer.column("name"), &layer.columns[0]);
    EXPECT_EQ(layer.column_names(), (std::vector<std::string>{"name", "pm25"}));
    EXPECT_EQ(layer.row_count(), 3u);
}

TEST(Layer, NamesTheNearestFieldWhereOneIsAbsent) {
    const base::Error error = failure_of([] { stations().column("pm2.5"); });
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.message(), "stations has no field pm2.5; did you mean pm25?");
    EXPECT_EQ(error.place().file, "city.gpkg");
    EXPECT_EQ(error.place().layer, "stations");
}

TEST(Layer, TakesColumnsOfItsLengthOnly) {
    Layer layer = stations();
    EXPECT_EQ(failure_of([&] { layer.add(texts("code", {"1", "2"})); }).kind(), ErrorKind::kBug);
    EXPECT_EQ(failure_of([&] { layer.add(texts("name", {"1", "2", "3"})); }).kind(), ErrorKind::kBug);
    EXPECT_EQ(layer.add(texts("code", {"1", "2", "3"})).name(), "code");
    Layer table;
    table.add(texts("code", {"1", "2"}));
    EXPECT_EQ(table.row_count(), 2u);
}

TEST(Layer, SaysWhereARowComesFrom) {
    Layer layer = stations();
    EXPECT_EQ(base::to_text(layer.place_of(1)), "city.gpkg, layer stations, feature 12");
    layer.ids.clear();
    EXPECT_EQ(base::to_text(layer.place_of(1)), "city.gpkg, layer stations, feature 2");
    layer.source.layer.clear();
    layer.source.lines = {2, 3, 5};
    EXPECT_EQ(base::to_text(layer.place_of(2)), "city.gpkg, line 5");
    layer.source = {};
    EXPECT_EQ(base::to_text(layer.place_of(0)), "layer stations, feature 1");
}

TEST(Layer, BoundsWhatIsPresent) {
    EXPECT_EQ(stations().bounds(), (geo::Box{1, -1, 5, 2}));
    EXPECT_TRUE(Layer{}.bounds().empty());
}

TEST(Layer, NamesTheTypeThatGeometriesShare) {
    Layer layer = stations();
    EXPECT_EQ(layer.geometry_type(), "Point");
    layer.geometry[1] = geo::MultiPoint{{{0, 0}}};
    EXPECT_EQ(layer.geometry_type(), "MultiPoint");
    layer.geometry[1] = geo::LineString{};
    EXPECT_EQ(layer.geometry_type(), "Geometry");
    layer.geometry = {geo::Polygon{}, geo::MultiPolygon{}, {}};
    EXPECT_EQ(layer.geometry_type(), "MultiPolygon");
    layer.geometry = {{}, {}, {}};
    EXPECT_EQ(layer.geometry_type(), "Geometry");
    layer.has_geometry = false;
    EXPECT_EQ(layer.geometry_type(), "none");
}

TEST(SelectRows, TakesAllThatBelongsToThem) {
    const Layer layer = stations();
    const Layer selected = select_rows(layer, {2, 0, 2});
    EXPECT_EQ(selected.name, "stations");
    EXPECT_EQ(selected.row_count(), 3u);
    EXPECT_EQ(selected.column("name").text(0), "奥体");
    EXPECT_EQ(selected.column("name").text(1), "东四");
    EXPECT_EQ(selected.geometry,
              (std::vector<geo::Geometry>{geo::Point{5, -1}, geo::Point{1, 2}, geo::Point{5, -1}}));
    EXPECT_EQ(selected.ids, (std::vector<std::string>{"13", "11", "13"}));
    EXPECT_TRUE(selected.crs == layer.crs);
    EXPECT_EQ(select_rows(layer, {}).column_names(), layer.column_names());
}

TEST(SelectRows, KeepsThePlacesOfRows) {
    Layer layer = stations();
    layer.ids.clear();
    EXPECT_EQ(base::to_text(select_rows(layer, {2}).place_of(0)), base::to_text(layer.place_of(2)));
    layer.source.lines = {2, 3, 5};
    EXPECT_EQ(select_rows(layer, {2}).place_of(0).line, 5);
}

TEST(NumberColumn, ConvertsTextsThatAllReadAsNumbers) {
    const Layer layer = stations();
    const Column numbers = number_column(layer, "pm25");
    EXPECT_EQ(numbers.type(), ColumnType::kReal);
    EXPECT_EQ(numbers.name(), "pm25");
    EXPECT_EQ(numbers.number(0), 38.0);
    EXPECT_EQ(numbers.number(1), std::nullopt);
    EXPECT_EQ(numbers.number(2), 6.0);
    EXPECT_EQ(numbers.display(0), "38.0");
    EXPECT_EQ(numbers.decimal_places(), 1);
}

TEST(NumberColumn, LeavesNumbersAsTheyAre) {
    Layer layer = stations();
    Column counts("n", ColumnType::kInteger);
    for (const std::int64_t value : {3, 1, 2}) counts.append(value);
    layer.add(counts);
    EXPECT_EQ(number_column(layer, "n").type(), ColumnType::kInteger);
}

TEST(NumberColumn, NamesLineColumnAndTextOfWhatIsNoNumber) {
    Layer layer;
    layer.name = "stations";
    layer.source.file = "stations.csv";
    layer.source.lines = {13, 14};
    layer.add(texts("pm25", {"12.5", "12,5"}));
    const base::Error error = failure_of([&] { number_column(layer, "pm25"); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_STREQ(error.what(),
                 "stations.csv, line 14, column pm25: \"12,5\" is not a number. Use a decimal point.");
    EXPECT_EQ(failure_of([&] { number_column(layer, "pm10"); }).kind(), ErrorKind::kUsage);
}

TEST(NumberColumn, RefusesBooleans) {
    Layer table;
    Column flags("open", ColumnType::kBoolean);
    flags.append_boolean(true);
    table.add(flags);
    EXPECT_EQ(failure_of([&] { number_column(table, "open"); }).kind(), ErrorKind::kInput);
}

TEST(FreeName, CountsOnFromANameThatIsTaken) {
    Layer layer = stations();
    EXPECT_EQ(free_name(layer, "fold"), "fold");
    EXPECT_EQ(free_name(layer, "pm25"), "pm25_2");
    Column second = layer.column("pm25");
    second.rename("pm25_2");
    layer.add(std::move(second));
    EXPECT_EQ(free_name(layer, "pm25"), "pm25_3");
}

TEST(Transformed, MovesEveryGeometryAndNothingElse) {
    Layer layer = stations();
    // The central meridian of EPSG:4548 is 117 E with x 500,000 there (EPSG registry: CGCS2000 / 3-degree
    // Gauss-Kruger CM 117E); 0 m north is the equator.
    layer.geometry[0] = geo::Point{500000, 0};
    const Layer moved = transformed(layer, geo::Crs::wgs84());
    const geo::Point place = std::get<geo::Point>(moved.geometry[0]);
    EXPECT_NEAR(place.x, 117, 1e-9);
    EXPECT_NEAR(place.y, 0, 1e-9);
    EXPECT_TRUE(geo::is_missing(moved.geometry[1]));
    EXPECT_EQ(moved.ids, layer.ids);
    EXPECT_EQ(moved.column("pm25").display(0), "38.0");
    EXPECT_TRUE(*moved.crs == geo::Crs::wgs84());
    EXPECT_EQ(transformed(layer, *layer.crs).geometry, layer.geometry);
}

TEST(Transformed, NeedsToKnowTheSystem) {
    Layer layer = stations();
    layer.crs.reset();
    const base::Error error = failure_of([&] { transformed(layer, geo::Crs::wgs84()); });
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_NE(error.hint().find("--crs"), std::string::npos);
    EXPECT_EQ(error.place().file, "city.gpkg");
}

}  // namespace
}  // namespace isopleth::model
