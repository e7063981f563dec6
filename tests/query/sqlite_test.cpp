// SPDX-License-Identifier: MIT
#include "query/sqlite.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace isopleth::query {
namespace {

using model::ColumnType;

geo::Polygon square(double x, double y, double side) {
    return {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}, {}};
}

model::Column texts(const std::string& name, const std::vector<std::string>& values) {
    model::Column column(name, ColumnType::kText);
    for (const std::string& value : values) column.append(value);
    return column;
}

model::Layer streets() {
    model::Layer layer;
    layer.name = "streets";
    layer.has_geometry = true;
    layer.geometry = {square(0, 0, 100), square(100, 0, 100),
                      geo::MultiPolygon{{square(0, 100, 50), square(150, 150, 50)}}};
    layer.crs = geo::Crs::parse("EPSG:4548");
    layer.add(texts("name", {"东华门", "景山", "交道口"}));
    model::Column people("people", ColumnType::kInteger);
    people.append(std::int64_t{10});
    people.append_missing();
    people.append(std::int64_t{30});
    layer.add(std::move(people));
    return layer;
}

/// Points on a raster of quarters, so that many lie on borders.
model::Layer events(std::size_t count) {
    model::Layer layer;
    layer.name = "events";
    layer.has_geometry = true;
    layer.crs = geo::Crs::parse("EPSG:4548");
    model::Column weight("weight", ColumnType::kReal);
    for (std::size_t i = 0; i < count; ++i) {
        const auto quarter = [&](std::uint64_t draw) {
            return static_cast<double>(base::random_below(881, 1, i, draw)) / 4;
        };
        layer.geometry.push_back(geo::Point{quarter(0), quarter(1)});
        weight.append(static_cast<double>(i) / 7);
    }
    layer.add(std::move(weight));
    return layer;
}

model::Layer ask(Database& database, const std::string& sql, const QueryOptions& options = {}) {
    return database.run(sql, options, {});
}

base::Error refusal_of(Database& database, const std::string& sql, const QueryOptions& options = {}) {
    try {
        database.run(sql, options, {});
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "not refused: " << sql;
    return {base::ErrorKind::kBug, ""};
}

class Sqlite : public testing::Test {
protected:
    Sqlite() {
        m_database.add("streets", streets());
        m_database.add("events", events(1500));
    }
    Database m_database;
};

TEST_F(Sqlite, GivesBackATableAsItWent) {
    const auto expected = streets();
    const auto layer = ask(m_database, "SELECT * FROM streets;  -- all of it");
    ASSERT_EQ(layer.row_count(), 3u);
    EXPECT_EQ(layer.name, "query");
    EXPECT_THAT(layer.column_names(), testing::ElementsAre("fid", "name", "people"));
    EXPECT_TRUE(layer.geometry == expected.geometry);
    EXPECT_TRUE(layer.crs == expected.crs);
    EXPECT_EQ(layer.column("fid").integer(2), 3);
    EXPECT_EQ(layer.column("name").text(1), "景山");
    EXPECT_FALSE(layer.column("people").is_present(1));
    const auto numbers = ask(m_database, "SELECT weight FROM events");
    const auto original = events(1500);
    for (std::size_t row = 0; row < 1500; ++row) {
        ASSERT_EQ(numbers.columns[0].number(row), original.columns[0].number(row));
    }
}

TEST_F(Sqlite, KeepsTruthAndCountsMissingAsNull) {
    model::Layer table;
    model::Column open("open", ColumnType::kBoolean);
    open.append_boolean(true);
    open.append_missing();
    table.add(std::move(open));
    m_database.add("sites", table);
    const auto layer = ask(m_database, "SELECT open FROM sites WHERE open");
    ASSERT_EQ(layer.row_count(), 1u);
    EXPECT_EQ(layer.column("open").boolean(0), true);
    EXPECT_FALSE(layer.has_geometry);
    EXPECT_EQ(ask(m_database, "SELECT count(open) AS n FROM sites").column("n").integer(0), 1);
}

/// Twin: `side_of`, which is exact.
std::vector<std::int64_t> count_by_hand(bool borders) {
    const auto polygons = streets();
    const auto points = events(1500);
    std::vector<std::int64_t> counts;
    for (const geo::Geometry& polygon : polygons.geometry) {
        std::int64_t count = 0;
        for (const geo::Geometry& point : points.geometry) {
            const geo::Side side = geo::side_of(polygon, std::get<geo::Point>(point));
            if (side == geo::Side::kInside || (borders && side == geo::Side::kBorder)) ++count;
        }
        counts.push_back(count);
    }
    return counts;
}

TEST_F(Sqlite, CountsPointsInPolygonsLikeBruteForce) {
    const std::string start = "SELECT s.fid, count(e.fid) AS n FROM streets s LEFT JOIN events e ON ";
    const std::vector<std::pair<std::string, bool>> cases = {
        {"ST_Within(e.geom, s.geom)", false},
        {"ST_Intersects(s.geom, e.geom)", true},
        {"ST_Within(e.geom, s.geom) AND e.rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = "
         "'events' AND "
         "search_frame = s.geom)",
         false}};
    for (const auto& [condition, borders] : cases) {
        const auto layer = ask(m_database, start + condition + " GROUP BY s.fid ORDER BY s.fid");
        const auto expected = count_by_hand(borders);
        ASSERT_EQ(layer.row_count(), 3u);
        for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(layer.column("n").integer(i), expected[i]) << condition;
    }
    EXPECT_NE(count_by_hand(true), count_by_hand(false));
}

TEST_F(Sqlite, IndexesSmallTablesTooWhereTheyAreAskedFor) {
    const auto layer =
        ask(m_database,
            "SELECT s.name FROM streets s WHERE s.rowid IN (SELECT rowid FROM SpatialIndex WHERE "
            "f_table_name = 'streets' AND search_frame = MakePoint(120, 20))");
    ASSERT_EQ(layer.row_count(), 1u);
    EXPECT_EQ(layer.columns[0].text(0), "景山");
}

TEST_F(Sqlite, FindsNearestByTheIndex) {
    const auto layer =
        ask(m_database,
            "SELECT fid FROM KNN WHERE f_table_name = 'events' AND ref_geometry = MakePoint(110, 110, "
            "4548) AND max_items = 1");
    ASSERT_EQ(layer.row_count(), 1u);
    double nearest = 1e9;
    const auto points = events(1500);
    for (const geo::Geometry& point : points.geometry) {
        nearest = std::min(nearest, geo::distance(point, {110, 110})->value);
    }
    const auto row = static_cast<std::size_t>(*layer.columns[0].integer(0)) - 1;
    EXPECT_DOUBLE_EQ(geo::distance(points.geometry[row], {110, 110})->value, nearest);
}

TEST_F(Sqlite, RefusesAllButReading) {
    for (const char* sql : {"INSERT INTO streets(name) VALUES ('x')",
                            "UPDATE streets SET name = 'x'",
                            "DELETE FROM streets",
                            "WITH a AS (SELECT 1) INSERT INTO streets(name) SELECT 'x'",
                            "INSERT INTO streets(name) VALUES ('x') RETURNING *",
                            "CREATE TABLE t(a)",
                            "CREATE TEMP TABLE t(a)",
                            "CREATE VIEW v AS SELECT 1",
                            "DROP TABLE streets",
                            "ALTER TABLE streets RENAME TO s",
                            "ATTACH '/tmp/isopleth_query_test.db' AS x",
                            "DETACH main",
                            "VACUUM INTO '/tmp/isopleth_query_test.db'",
                            "PRAGMA user_version = 3",
                            "PRAGMA query_only = 0",
                            "PRAGMA journal_mode = DELETE",
                            "PRAGMA temp_store_directory = '/tmp'",
                            "BEGIN",
                            "COMMIT",
                            "SAVEPOINT a",
                            "REINDEX",
                            "ANALYZE",
                            "EXPLAIN DELETE FROM streets",
                            "CREATE VIRTUAL TABLE t USING VirtualText('a.csv', 'UTF-8', 1)",
                            "CREATE VIRTUAL TABLE t USING VirtualShape('a', 'UTF-8', 4326)",
                            "SELECT load_extension('mod_spatialite')",
                            "SELECT DropTable(NULL, 'streets')",
                            "SELECT CreateSpatialIndex('streets', 'geom')",
                            "SELECT fts3_tokenizer('simple')",
                            "SELECT * FROM VirtualText",
                            "SELECT zeroblob(1000000000)",
                            "DELETE FROM sqlite_master",
                            "UPDATE spatial_ref_sys SET srid = 1",
                            ""}) {
        EXPECT_EQ(refusal_of(m_database, sql).kind(), base::ErrorKind::kUsage) << sql;
    }
    EXPECT_EQ(ask(m_database, "SELECT count(*) AS n FROM streets WHERE name <> 'x'").column("n").integer(0),
              3);
    EXPECT_FALSE(std::filesystem::exists("/tmp/isopleth_query_test.db"));
}

// With this variable SpatiaLite offers its functions that touch files
// (https://www.gaia-gis.it/gaia-sins/spatialite-sql-5.0.1.html); the others must be refused without it too.
TEST(SqliteFiles, AreOutOfReachAlsoWhereSpatialiteWouldAllowThem) {
    const std::string target = testing::TempDir() + "isopleth_query_file";
    for (const bool is_relaxed : {false, true}) {
        if (is_relaxed) ::setenv("SPATIALITE_SECURITY", "relaxed", 1);
        Database database;
        ::unsetenv("SPATIALITE_SECURITY");
        database.add("streets", streets());
        for (const std::string& call : std::vector<std::string>{
                 "BlobFromFile('/etc/hostname')", "XB_LoadXML('/etc/hostname')",
                 "BlobToFile(x'00', '" + target + "')",
                 "ExportDXF('" + target + "', 'a.dxf', 'streets', 'name', 'name', 'geom', NULL, NULL, NULL)",
                 "ExportSHP('streets', 'geom', '" + target + "', 'UTF-8')",
                 "ExportDBF('streets', '" + target + "', 'UTF-8')",
                 "ExportGeoJSON2('streets', 'geom', '" + target + "')",
                 "ImportSHP('" + target + "', 't', 'UTF-8')", "ImportDBF('" + target + "', 't', 'UTF-8')",
                 "ImportDXF('" + target + "')", "PROJ_SetDatabasePath('/tmp/proj.db')", "eval('SELECT 1')"}) {
            const auto error = refusal_of(database, "SELECT " + call);
            EXPECT_EQ(error.kind(), base::ErrorKind::kUsage) << call;
            EXPECT_THAT(base::to_lower_ascii(error.what()),
                        testing::HasSubstr(base::to_lower_ascii(call.substr(0, call.find('(')))));
        }
        EXPECT_FALSE(std::filesystem::exists(target));
    }
}

TEST_F(Sqlite, RefusesASecondStatement) {
    for (const char* sql : {"SELECT 1; SELECT 2", "SELECT 1; DELETE FROM streets", "SELECT 1; nonsense",
                            "SELECT 1;; ;x", "SELECT 1; /* a */ VALUES (2)"}) {
        const auto error = refusal_of(m_database, sql);
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_THAT(error.message(), testing::HasSubstr("more than one")) << sql;
    }
    for (const char* sql : {"SELECT 1", "SELECT 1;", "SELECT 1 ; ; -- end", " /* a */ SELECT 1; /* b */\n"}) {
        EXPECT_EQ(ask(m_database, sql).row_count(), 1u) << sql;
    }
    for (const char* sql : {";", " -- nothing"})
        EXPECT_EQ(refusal_of(m_database, sql).kind(), base::ErrorKind::kUsage);
    EXPECT_THROW(ask(m_database, std::string("SELECT 1\0; DELETE FROM streets", 31)), base::Error);
}

TEST_F(Sqlite, NamesTheNearestTableColumnAndFunction) {
    const auto message = [&](const char* sql) { return std::string(refusal_of(m_database, sql).what()); };
    EXPECT_THAT(message("SELECT * FROM street"),
                testing::HasSubstr("no table street; did you mean streets?"));
    EXPECT_THAT(message("SELECT s.nmae FROM streets s"),
                testing::HasSubstr("no column s.nmae; did you mean name?"));
    EXPECT_THAT(message("SELECT \"nmae\" FROM streets"),
                testing::HasSubstr("no column nmae; did you mean name?"));
    EXPECT_THAT(message("SELECT ST_Intersect(geom, geom) FROM streets"),
                testing::HasSubstr("did you mean st_intersects?"));
    EXPECT_THAT(message("SELECT name FROM WHERE 1"), testing::HasSubstr("character 18: near \"WHERE\""));
}

TEST_F(Sqlite, StopsAtItsTimeLimit) {
    QueryOptions options;
    options.timeout_seconds = 0.05;
    const auto start = std::chrono::steady_clock::now();
    const auto error = refusal_of(
        m_database, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        options);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    EXPECT_EQ(error.kind(), base::ErrorKind::kData);
    EXPECT_THAT(error.message(), testing::HasSubstr("stopped after 0.05 s"));
    EXPECT_EQ(ask(m_database, "SELECT 1").row_count(), 1u);
}

TEST_F(Sqlite, StopsWhenCancelled) {
    std::atomic<bool> cancelled = false;
    base::Job job;
    job.cancelled = &cancelled;
    std::thread signal([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        cancelled = true;
    });
    try {
        m_database.run("SELECT count(*) FROM events a, events b, events c", {}, job);
        ADD_FAILURE() << "not interrupted";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInterrupted);
    }
    signal.join();
}

TEST_F(Sqlite, RefusesMoreRowsThanAllowed) {
    QueryOptions options;
    options.max_rows = 3;
    EXPECT_EQ(ask(m_database, "SELECT fid FROM streets", options).row_count(), 3u);
    EXPECT_EQ(refusal_of(m_database, "SELECT fid FROM events", options).kind(), base::ErrorKind::kData);
}

TEST_F(Sqlite, TransformsByTheProgramsOwnOperations) {
    const geo::Transform transform(geo::Crs::parse("EPSG:4548"), geo::Crs::parse("EPSG:32650"));
    model::Layer place = streets();
    place.geometry = {geo::Point{448000, 4420000}, {}, {}};  // in Beijing
    m_database.add("places", place);
    const auto layer = ask(m_database, "SELECT ST_Transform(geom, 32650) FROM places");
    EXPECT_TRUE(layer.geometry[0] == geo::Geometry(transform(geo::Point{448000, 4420000})));
    EXPECT_TRUE(geo::is_missing(layer.geometry[1]));
    EXPECT_EQ(layer.crs->code(), "EPSG:32650");
    EXPECT_EQ(refusal_of(m_database, "SELECT ST_Transform(geom, 99999) FROM places").kind(),
              base::ErrorKind::kData);
    EXPECT_EQ(refusal_of(m_database, "SELECT ST_Transform(MakePoint(1, 2), 4326)").kind(),
              base::ErrorKind::kData);
}

TEST_F(Sqlite, RefusesToCompareTwoSystems) {
    model::Layer degrees = streets();
    degrees.crs = geo::Crs::parse("EPSG:4490");
    m_database.add("degrees", degrees);
    const auto error =
        refusal_of(m_database, "SELECT count(*) FROM events e, degrees d WHERE ST_Within(e.geom, d.geom)");
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_THAT(error.hint(), testing::HasSubstr("ST_Transform(degrees.geom, 4548)"));
    EXPECT_EQ(ask(m_database,
                  "SELECT count(*) FROM events e, degrees d WHERE e.fid = d.fid AND ST_Area(d.geom) > 0")
                  .row_count(),
              1u);
}

TEST_F(Sqlite, KeepsASystemWithoutACode) {
    model::Layer own = streets();
    own.crs = geo::Crs::parse(
        "+proj=tmerc +lat_0=0 +lon_0=116.4 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +type=crs");
    m_database.add("own", own);
    m_database.add("own too", own);
    const auto layer = ask(m_database, "SELECT ST_Buffer(geom, 1) FROM own");
    EXPECT_TRUE(layer.crs == own.crs);
    EXPECT_EQ(ask(m_database, "SELECT a.fid FROM own a JOIN \"own too\" b ON ST_Equals(a.geom, b.geom)")
                  .row_count(),
              3u);
}

TEST_F(Sqlite, RefusesNamesThatAreTaken) {
    EXPECT_THROW(m_database.add("Streets", streets()), base::Error);
    EXPECT_THROW(m_database.add("spatial_ref_sys", streets()), base::Error);
    EXPECT_THROW(m_database.add("sqlite_a", streets()), base::Error);
    EXPECT_THROW(m_database.add("", streets()), base::Error);
    EXPECT_THAT(m_database.table_names(), testing::ElementsAre("streets", "events"));
    model::Layer twins;
    twins.add(texts("PM", {"a"}));
    twins.add(texts("pm", {"b"}));
    EXPECT_THROW(m_database.add("twins", twins), base::Error);
}

TEST_F(Sqlite, MakesRoomForFieldsCalledAsItsOwn) {
    model::Layer layer = streets();
    layer.add(texts("FID", {"a", "b", "c"}));
    layer.add(texts("geom", {"d", "e", "f"}));
    m_database.add("odd \"name\"", layer);
    const auto all = ask(m_database, "SELECT * FROM \"odd \"\"name\"\"\"");
    EXPECT_THAT(all.column_names(), testing::ElementsAre("fid_", "name", "people", "FID", "geom"));
    EXPECT_EQ(all.column("geom").text(2), "f");
    EXPECT_TRUE(all.geometry == layer.geometry);
}

TEST_F(Sqlite, PrintsNothing) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    ask(m_database, "SELECT ST_Buffer(geom, 1) FROM streets");
    ask(m_database, "SELECT ST_Length(MakeLine(MakePoint(1, 2, 4490), MakePoint(2, 2, 4490)), 1)");
    ask(m_database, "SELECT ST_IsValid(GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))'))");
    ask(m_database,
        "SELECT ST_Intersection(GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))'), "
        "GeomFromText('POLYGON((0 0, 1 1, 1 0, 0.5 1, 0 0))'))");
    ask(m_database,
        "SELECT ST_GeomFromText('POLYGON((nonsense'), GeomFromGeoJSON('{'), AsKml(MakePoint(1, 2, 4490))");
    refusal_of(m_database, "SELECT ST_Transform(geom, 99999) FROM streets");
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace isopleth::query
