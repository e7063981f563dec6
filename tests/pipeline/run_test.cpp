// SPDX-License-Identifier: MIT
#include "pipeline/run.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "pipeline/build_task.hpp"
#include "pipeline/convert_task.hpp"
#include "pipeline/density_task.hpp"
#include "pipeline/info_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/rank_task.hpp"
#include "pipeline/surface_task.hpp"
#include "pipeline/variogram_task.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Run : public testing::Test {
protected:
    Run() { write_small_project(m_folder); }
    Outcome run(Task& task) {
        base::ParameterList list;
        task.declare(list);
        return run_command(task, list, m_options, {"command", "0.1.0", {1'720'000'000}}, m_job);
    }
    base::Error fault(Task& task) {
        return error_of([&] { run(task); });
    }
    ConvertTask convert(const std::string& input = "shapes/streets.geojson") {
        ConvertTask task;
        task.input = m_folder / input;
        return task;
    }
    TemporaryFolder m_folder;
    RunOptions m_options;
    base::Job m_job;
};

TEST_F(Run, WritesTheOutputAndSaysSo) {
    ConvertTask task = convert();
    m_options.output = m_folder / "a.geojson";
    const Outcome outcome = run(task);
    EXPECT_EQ(outcome.summary["output"].string_or(""), m_options.output);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(outcome.product));
    EXPECT_TRUE(io::file_exists(m_options.output));
}

TEST_F(Run, RefusesAnExistingOutputBeforeItReadsAnything) {
    ConvertTask task = convert("not_there.geojson");
    m_options.output = m_folder.write("a.geojson", "old");
    const base::Error error = fault(task);
    EXPECT_EQ(error.kind(), base::ErrorKind::kOutput);
    EXPECT_THAT(error.hint(), HasSubstr("--overwrite"));
    EXPECT_EQ(io::read_bytes(m_options.output), "old");
    m_options.overwrite = true;
    ConvertTask good = convert();
    run(good);
    EXPECT_THAT(io::read_bytes(m_options.output), HasSubstr("FeatureCollection"));
}

TEST_F(Run, RefusesATargetThatDoesNotSuitBeforeItReadsAnything) {
    ConvertTask layer = convert("not_there.geojson");
    m_options.output = m_folder / "a.tif";
    EXPECT_EQ(fault(layer).kind(), base::ErrorKind::kUsage);
    m_options.output = m_folder / "a.gpgk";
    EXPECT_THAT(fault(layer).message(), HasSubstr("did you mean .gpkg?"));
    m_options.output = m_folder / "none/a.gpkg";
    EXPECT_EQ(fault(layer).kind(), base::ErrorKind::kOutput);
    m_options.output = "";
    EXPECT_THAT(fault(layer).message(), HasSubstr("no output named"));
    InfoTask info;
    info.input = m_folder / "shapes/streets.geojson";
    m_options.output = m_folder / "a.gpkg";
    EXPECT_EQ(fault(info).kind(), base::ErrorKind::kUsage);
}

TEST_F(Run, ShowsATableWhereNoOutputIsNamed) {
    RankTask task;
    task.input = m_folder / "data/means.csv";
    task.by = "pm25";
    const Outcome shown = run(task);
    EXPECT_EQ(shown.text, "name  pm25  rank\nEast  39.1     1\nWest  38.4     2\n");
    m_options.output = m_folder / "ranks.csv";
    EXPECT_EQ(run(task).text, "");
    EXPECT_EQ(io::read_bytes(m_options.output), "name,pm25,rank\nEast,39.1,1\nWest,38.4,2\n");
}

TEST_F(Run, WritesThePlotBesideTheTable) {
    std::string rows = "x,y,pm25\n";
    for (int i = 0; i < 40; ++i) {
        rows += std::to_string(500000 + 137 * i % 997) + "," + std::to_string(4400000 + 251 * i % 983) + "," +
                std::to_string(38 + i % 7) + "\n";
    }
    VariogramTask task;
    task.input = m_folder.write("forty.csv", rows);
    task.value = "pm25";
    task.of_plot.file = m_folder / "plot.svg";
    m_options.inputs.crs = "EPSG:4548";
    const Outcome shown = run(task);
    EXPECT_THAT(shown.text, HasSubstr("plot " + task.of_plot.file));
    EXPECT_THAT(io::read_bytes(task.of_plot.file), HasSubstr("<svg"));
    EXPECT_TRUE(io::file_exists(task.of_plot.file + ".provenance.json"));
    m_options.output = m_folder / "bins.csv";
    EXPECT_EQ(fault(task).kind(), base::ErrorKind::kOutput);  // the plot is there
    EXPECT_FALSE(io::file_exists(m_options.output));
    m_options.overwrite = true;
    EXPECT_EQ(run(task).summary["plot"].string_or(""), task.of_plot.file);
    EXPECT_THAT(io::read_bytes(m_options.output), testing::StartsWith("distance,pairs,semivariance,model\n"));
    task.of_plot.file = m_folder / "plot.csv";
    EXPECT_EQ(fault(task).kind(), base::ErrorKind::kUsage);
}

TEST_F(Run, WritesALayerInTheCrsAsked) {
    ConvertTask task = convert();
    m_options.output = m_folder / "a.gpkg";
    m_options.to_crs = "EPSG:4548";
    run(task);
    InfoTask info;
    info.input = m_options.output;
    m_options = {};
    EXPECT_EQ(run(info).summary["layers"].items()[0]["crs"].string_or(""), "EPSG:4548");
}

TEST_F(Run, NeedsACrsToReproject) {
    ConvertTask task = convert("data/stations.csv");
    m_options.output = m_folder / "a.gpkg";
    m_options.to_crs = "EPSG:4548";
    const base::Error error = fault(task);
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.hint(), HasSubstr("--crs EPSG:4326"));
    EXPECT_FALSE(io::file_exists(m_options.output));
    m_options.output = m_folder / "a.geojson";
    m_options.to_crs.reset();
    EXPECT_EQ(fault(task).kind(), base::ErrorKind::kInput);  // GeoJSON is in WGS84
}

TEST_F(Run, WritesARasterInTheCrsAsked) {
    SurfaceTask task;
    task.input = m_folder / "data/stations.csv";
    task.value = "pm25";
    task.method = "idw";
    task.cell = {200};
    m_options.inputs.crs = "EPSG:4326";
    m_options.to_crs = "EPSG:4548";
    m_options.output = m_folder / "a.tif";
    run(task);
    InfoTask info;
    info.input = m_options.output;
    m_options = {};
    const Outcome outcome = run(info);
    EXPECT_EQ(outcome.summary["crs"].string_or(""), "EPSG:4548");
    EXPECT_EQ(outcome.summary["cell"].number_or(0), 200);
}

TEST_F(Run, LaysThePicturesProvenanceBesideIt) {
    MapTask task;
    task.layers = {m_folder / "shapes/streets.geojson"};
    task.styles = {m_folder / "styles/plain.toml"};
    m_options.output = m_folder / "a.svg";
    run(task);
    const base::Json provenance = base::Json::parse(io::read_bytes(m_folder / "a.svg.provenance.json"));
    EXPECT_EQ(provenance["command"].string_or(""), "command");
    EXPECT_THAT(provenance.dump(), HasSubstr("streets.geojson"));
    EXPECT_THAT(provenance.dump(), HasSubstr("plain.toml"));
    EXPECT_THAT(provenance.dump(), Not(HasSubstr(m_folder.path())));
}

TEST_F(Run, GivesTheSameBytesForTheSameTime) {
    io::make_folder(m_folder / "one");
    io::make_folder(m_folder / "two");
    for (const std::string name : {"a.geojson", "a.gpkg", "a.fgb", "a.csv", "a.shp"}) {
        ConvertTask task = convert();
        m_job.threads = 1;
        m_options.output = m_folder / ("one/" + name);
        run(task);
        m_job.threads = 2;
        m_options.output = m_folder / ("two/" + name);
        run(task);
        EXPECT_TRUE(io::read_bytes(m_folder / ("one/" + name)) == io::read_bytes(m_options.output)) << name;
    }
}

TEST_F(Run, SaysWhatAnInterruptionLeft) {
    std::atomic<bool> stop{true};
    m_job.cancelled = &stop;
    ConvertTask task = convert();
    m_options.output = m_folder / "a.gpkg";
    const base::Error error = fault(task);
    EXPECT_EQ(error.kind(), base::ErrorKind::kInterrupted);
    EXPECT_EQ(error.message(), "interrupted; " + m_options.output + " was not changed");
    EXPECT_FALSE(io::file_exists(m_options.output));
    BuildTask build;
    build.project = m_folder / "small.toml";
    m_options.output = m_folder / "out";
    EXPECT_THAT(fault(build).message(), HasSubstr("the next build goes on from there"));
}

TEST_F(Run, GathersTheFindingsOfReadingFirst) {
    m_folder.write("zero.csv", "lon,lat\n0,0\n116.4,39.9\n");
    ConvertTask task = convert("zero.csv");
    m_options.inputs.crs = "EPSG:4326";
    m_options.output = m_folder / "a.geojson";
    EXPECT_FALSE(run(task).findings.empty());
}

TEST(Provenance, KeepsWhatBearsOnTheResultAndNoFolder) {
    SurfaceTask task;
    base::ParameterList list;
    task.declare(list);
    list.set("input", {"/home/ana/city.gpkg#stations"});
    list.set("cell", {"50"});
    RunOptions options;
    options.inputs.crs = "EPSG:4326";
    options.output = "/home/ana/a.tif";
    options.overwrite = true;
    const base::Json parameters = provenance_parameters(list, options);
    EXPECT_EQ(parameters["input"].string_or(""), "city.gpkg#stations");
    EXPECT_EQ(parameters["cell"].number_or(0), 50);
    EXPECT_EQ(parameters["crs"].string_or(""), "EPSG:4326");
    for (const char* name : {"output", "overwrite", "plan", "to-crs", "wkt", "encoding"}) {
        EXPECT_TRUE(parameters[name].is_null()) << name;
    }
}

TEST(Now, IsSourceDateEpochWhereThatIsSet) {
    EXPECT_EQ(now("1720000000").seconds, 1'720'000'000);
    EXPECT_GT(now(nullptr).seconds, 1'700'000'000);
    EXPECT_GT(now("").seconds, 1'700'000'000);
    EXPECT_EQ(error_of([] { now("yesterday"); }).kind(), base::ErrorKind::kUsage);
}

TEST(Version, TellsOurselvesAndTheLibraries) {
    EXPECT_THAT(version(), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
    for (const char* name : {"GDAL", "PROJ", "GEOS"}) EXPECT_THAT(library_versions(), HasSubstr(name));
}

}  // namespace
}  // namespace isopleth::pipeline
