// SPDX-License-Identifier: MIT
#include "pipeline/build_task.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <map>

#include "base/text.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr base::Instant kTime{1'720'000'000};

class Build : public testing::Test {
protected:
    Build() {
        m_task.project = write_small_project(m_folder);
        m_facts = {m_folder / "out", "0.1.0", kTime, false};
    }
    Outcome build() { return run_build(m_task, m_facts, m_job); }
    std::vector<std::string> made() {
        const std::string list = build().summary["made_again"].string_or("");
        std::vector<std::string> names;
        for (const std::string& name : base::split(list, ',')) {
            if (!name.empty()) names.emplace_back(base::trim(name));
        }
        return names;
    }
    base::Error fault() {
        return error_of([&] { build(); });
    }
    /// Every file of the output folder but the record, with its bytes.
    std::map<std::string, std::string> files(const std::string& folder) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const std::string name = std::filesystem::relative(entry.path(), folder).string();
            if (entry.is_regular_file() && !name.starts_with(".isopleth/"))
                all[name] = io::read_bytes(entry.path().string());
        }
        return all;
    }
    bool exists(const std::string& path) const { return io::file_exists(m_folder / ("out/" + path)); }
    void replace_in(const std::string& file, const std::string& from, const std::string& to) {
        std::string text = io::read_bytes(m_folder / file);
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        m_folder.write(file, text.replace(at, from.size(), to));
    }

    TemporaryFolder m_folder;
    BuildTask m_task;
    BuildFacts m_facts;
    base::Job m_job;
};

TEST_F(Build, MakesWhatTheProjectDeclares) {
    const Outcome outcome = build();
    EXPECT_EQ(outcome.summary["made"].integer_or(0), 12);  // 11 sections and the GeoPackage
    EXPECT_EQ(outcome.summary["unchanged"].integer_or(-1), 0);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files(m_folder / "out")) names.push_back(name);
    EXPECT_THAT(names,
                UnorderedElementsAre("geojson/dust_by_street.geojson", "geojson/pm25_by_street.geojson",
                                     "maps/pm25.pdf", "maps/pm25.pdf.provenance.json", "maps/pm25.png",
                                     "maps/pm25.png.provenance.json", "rasters/pm25.tif", "small.gpkg",
                                     "summary.json", "summary.md"));
}

TEST_F(Build, MakesNothingAgainWhenNothingChanged) {
    build();
    const auto before = files(m_folder / "out");
    const Outcome outcome = build();
    EXPECT_EQ(outcome.summary["made"].integer_or(-1), 0);
    EXPECT_EQ(outcome.summary["unchanged"].integer_or(0), 11);
    EXPECT_EQ(files(m_folder / "out"), before);
}

TEST_F(Build, MakesOnlyWhatDependsOnAChangedRow) {
    build();
    m_folder.write("data/dust.csv", "name,dust\nWest,5.1\nEast,6.2\n");
    EXPECT_THAT(made(), UnorderedElementsAre("dust", "dust_by_street", "small.gpkg"));
    EXPECT_THAT(io::read_bytes(m_folder / "out/geojson/dust_by_street.geojson"), HasSubstr("6.2"));
    EXPECT_THAT(made(), IsEmpty());
}

TEST_F(Build, MakesAMapAgainWhenItsStyleChanged) {
    build();
    replace_in("styles/plain.toml", "#dddddd", "#cccccc");
    EXPECT_THAT(made(), UnorderedElementsAre("pm25", "small.gpkg"));
}

TEST_F(Build, DoesNotMindFromWhereTheProjectIsNamed) {
    build();
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(m_folder.path());
    m_task.project = "small.toml";
    m_facts.folder = "out";
    const auto names = made();
    std::filesystem::current_path(here);
    EXPECT_THAT(names, IsEmpty());
}

TEST_F(Build, MakesAMissingOutputAgain) {
    build();
    const std::string raster = io::read_bytes(m_folder / "out/rasters/pm25.tif");
    io::remove_file(m_folder / "out/rasters/pm25.tif");
    // The map of the same name is still there; the surface is not.
    EXPECT_THAT(made(), ElementsAre("pm25"));
    EXPECT_EQ(io::read_bytes(m_folder / "out/rasters/pm25.tif"), raster);
    io::remove_file(m_folder / "out/small.gpkg");
    EXPECT_THAT(made(), ElementsAre("small.gpkg"));
    io::remove_file(m_folder / "out/summary.md");
    build();
    EXPECT_TRUE(exists("summary.md"));
}

TEST_F(Build, ReplacesAnOutputThatSomebodyChanged) {
    build();
    m_folder.write("out/geojson/pm25_by_street.geojson", "{}");
    EXPECT_THAT(made(), ElementsAre("pm25_by_street"));
}

TEST_F(Build, RefusesAForeignFileBeforeItMakesAnything) {
    m_folder.write("out/maps/pm25.png", "somebody's");
    const base::Error error = fault();
    EXPECT_EQ(error.kind(), base::ErrorKind::kOutput);
    EXPECT_EQ(error.place().file, m_folder / "out/maps/pm25.png");
    EXPECT_EQ(io::read_bytes(m_folder / "out/maps/pm25.png"), "somebody's");
    EXPECT_FALSE(exists("rasters/pm25.tif"));
}

TEST_F(Build, LeavesOtherFilesOfTheFolderAlone) {
    m_folder.write("out/notes.txt", "mine");
    m_folder.write("out/geojson/other.geojson", "mine, too");
    build();
    EXPECT_EQ(io::read_bytes(m_folder / "out/notes.txt"), "mine");
    EXPECT_EQ(io::read_bytes(m_folder / "out/geojson/other.geojson"), "mine, too");
}

TEST_F(Build, KeepsRestrictedLayersOutOfGeoJsonAndSaysSo) {
    const Outcome outcome = build();
    EXPECT_EQ(outcome.summary["withheld"].string_or(""), "wells_by_street");
    EXPECT_FALSE(exists("geojson/wells_by_street.geojson"));
    EXPECT_THAT(io::read_bytes(m_folder / "out/summary.md"), HasSubstr("**wells_by_street** (restricted"));
    EXPECT_EQ(build().summary["withheld"].string_or(""), "wells_by_street");
}

TEST_F(Build, TakesAwayWhatBecameRestricted) {
    build();
    ASSERT_TRUE(exists("geojson/pm25_by_street.geojson"));
    replace_in("small.toml", "path = \"data/means.csv\"",
               "path = \"data/means.csv\"\nsensitivity = \"restricted\"");
    build();
    EXPECT_FALSE(exists("geojson/pm25_by_street.geojson"));
}

TEST_F(Build, TakesAwayTheFilesOfASectionThatIsGone) {
    build();
    replace_in("small.toml", "[joins.dust_by_street]", "[joins.dust_of_street]");
    build();
    EXPECT_FALSE(exists("geojson/dust_by_street.geojson"));
    EXPECT_TRUE(exists("geojson/dust_of_street.geojson"));
}

TEST_F(Build, MakesTheNamedResultsAlone) {
    m_task.only = {"dust_by_street"};
    EXPECT_THAT(made(), ElementsAre("dust_by_street"));
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files(m_folder / "out")) names.push_back(name);
    EXPECT_THAT(names, ElementsAre("geojson/dust_by_street.geojson"));
    m_task.only.clear();
    EXPECT_THAT(made(), Not(testing::Contains("dust_by_street")));
}

TEST_F(Build, NamesTheNearestResultForAMisspeltOne) {
    m_task.only = {"dust_by_stret"};
    const base::Error error = fault();
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_THAT(error.message(), HasSubstr("did you mean dust_by_street?"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
}

TEST_F(Build, MakesEverythingAgainWhenForced) {
    build();
    m_task.force = true;
    EXPECT_EQ(build().summary["made"].integer_or(0), 12);
}

TEST_F(Build, PlansWithoutTouchingTheDisk) {
    m_facts.plan = true;
    const Outcome outcome = build();
    EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
    EXPECT_EQ(outcome.summary["would_make"].integer_or(0), 12);
    EXPECT_GT(outcome.summary["estimated_seconds"].number_or(0), 0);
    EXPECT_GT(outcome.summary["estimated_memory_bytes"].integer_or(0), 1'000'000);
    EXPECT_GT(outcome.summary["estimated_output_bytes"].integer_or(0), 0);
    m_facts.plan = false;
    build();
    m_facts.plan = true;
    m_folder.write("data/dust.csv", "name,dust\nWest,5.1\nEast,6.2\n");
    const base::Json steps = build().summary["steps"];
    ASSERT_EQ(steps.items().size(), 3u);
    EXPECT_EQ(steps.items()[2].string_or(""), "small.gpkg");
    EXPECT_EQ(steps.items()[0].string_or(""), "tables.dust");
    EXPECT_EQ(steps.items()[1].string_or(""), "joins.dust_by_street");
}

TEST_F(Build, GivesTheSameBytesForTheSameTimeAndAnyThreads) {
    build();
    m_facts.folder = m_folder / "again";
    m_job.threads = 3;
    build();
    const auto first = files(m_folder / "out");
    const auto second = files(m_folder / "again");
    ASSERT_EQ(first.size(), second.size());
    for (const auto& [name, bytes] : first) EXPECT_TRUE(bytes == second.at(name)) << name;
}

TEST_F(Build, TellsNoFolderOfThisMachine) {
    m_folder.write("data/means.csv", "name,pm25\nWest,38.4\nEst,39.1\n");
    const base::Findings findings = build().findings;
    ASSERT_FALSE(findings.empty());
    EXPECT_THAT(base::to_text(findings[0]), Not(HasSubstr(m_folder.path())));
    for (const auto& [name, bytes] : files(m_folder / "out")) {
        EXPECT_EQ(bytes.find(m_folder.path()), std::string::npos) << name;
    }
}

TEST_F(Build, KeepsInputsWithTheirHashesInEachOutput) {
    build();
    const base::Json json =
        base::Json::parse(io::read_bytes(m_folder / "out/geojson/pm25_by_street.geojson"));
    const base::Json& provenance = json["isopleth"];
    EXPECT_EQ(provenance["command"].string_or(""), "build joins.pm25_by_street");
    EXPECT_THAT(provenance.dump(), HasSubstr(io::sha256_of_file(m_folder / "data/means.csv")));
    EXPECT_THAT(provenance.dump(), HasSubstr("2024-07-03T09:46:40Z"));
}

TEST_F(Build, RepeatsFindingsOfWhatItKeeps) {
    m_folder.write("data/means.csv", "name,pm25\nWest,38.4\nEst,39.1\n");
    const base::Findings first = build().findings;
    ASSERT_FALSE(first.empty());
    const Outcome second = build();
    EXPECT_EQ(second.summary["made"].integer_or(-1), 0);
    ASSERT_EQ(second.findings.size(), first.size());
    EXPECT_EQ(base::to_text(second.findings[0]), base::to_text(first[0]));
}

TEST_F(Build, NamesTheSectionOfAFault) {
    replace_in("small.toml", "by = \"pm25\"", "by = \"pm2\"");
    const base::Error error = fault();
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);  // a wrong word in a file is a fault of the file
    EXPECT_EQ(error.place().file, m_folder / "small.toml");
    EXPECT_TRUE(error.place().line.has_value());
    EXPECT_THAT(error.message(), HasSubstr("did you mean pm25?"));
}

TEST_F(Build, NamesAFileThatIsNotThere) {
    replace_in("small.toml", "data/dust.csv", "data/dst.csv");
    const base::Error error = fault();
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("did you mean dust.csv?"));
}

TEST_F(Build, GoesOnAfterAFailureWhereItStopped) {
    const std::string good = io::read_bytes(m_folder / "data/dust.csv");
    m_folder.write("data/dust.csv", "name,dust\nWest,5.1,9\nEast,6.0\n");
    EXPECT_EQ(fault().kind(), base::ErrorKind::kInput);
    m_folder.write("data/dust.csv", good);
    const auto names = made();
    EXPECT_THAT(names, Not(testing::Contains("streets")));
    EXPECT_THAT(names, testing::Contains("dust_by_street"));
}

TEST_F(Build, TakesUpWhatAKilledRunLeft) {
    build();
    // Killed after the file was written and before the record was: the record knows the claim alone.
    std::filesystem::remove_all(m_folder / "out/.isopleth");
    EXPECT_EQ(fault().kind(), base::ErrorKind::kOutput);  // without any record the files are foreign
    std::filesystem::remove_all(m_folder / "out");
    std::atomic<bool> stop{false};
    m_job.cancelled = &stop;
    m_job.progress = [&](double share, const std::string&) { stop = stop || share > 0.5; };
    EXPECT_EQ(fault().kind(), base::ErrorKind::kInterrupted);
    m_job = {};
    EXPECT_NO_THROW(build());
    EXPECT_TRUE(exists("maps/pm25.png"));
}

TEST_F(Build, TellsItsProgressAsOneRisingShare) {
    double last = 0;
    bool is_rising = true;
    m_job.progress = [&](double share, const std::string&) {
        is_rising = is_rising && share >= last - 1e-9 && share <= 1 + 1e-9;
        last = share;
    };
    m_task.only = {"pm25", "dust_by_street"};
    build();
    EXPECT_TRUE(is_rising);
    EXPECT_GT(last, 0.3);
}

TEST_F(Build, DrawsAVariogramAndKeepsItsTable) {
    std::string rows = "lon,lat,pm25\n";
    for (int i = 0; i < 30; ++i) {
        rows += "116.38" + std::to_string(100 + 137 * i % 997) + ",39.90" +
                std::to_string(100 + 251 * i % 983) + "," + std::to_string(38 + i % 7) + "\n";
    }
    m_folder.write("data/thirty.csv", rows);
    m_folder.write("small.toml", io::read_bytes(m_folder / "small.toml") +
                                     "[layers.thirty]\npath = \"data/thirty.csv\"\ncrs = \"EPSG:4326\"\n"
                                     "[variogram.pm25_variogram]\ninput = \"thirty\"\nvalue = \"pm25\"\n");
    build();
    for (const char* file : {"plots/pm25_variogram.png", "plots/pm25_variogram.pdf"}) {
        EXPECT_TRUE(exists(file));
        EXPECT_TRUE(exists(std::string(file) + ".provenance.json"));
    }
    EXPECT_FALSE(exists("geojson/pm25_variogram.geojson"));
    const std::string summary = io::read_bytes(m_folder / "out/summary.md");
    EXPECT_THAT(summary, HasSubstr("| model | nugget | psill | range | sill | weighted_error |"));
    EXPECT_THAT(summary, HasSubstr("- method: kriging:model="));
    EXPECT_EQ(build().summary["made"].integer_or(-1), 0);
    replace_in("small.toml", "[layers.thirty]\n", "[layers.thirty]\nsensitivity = \"restricted\"\n");
    build();
    EXPECT_FALSE(exists("plots/pm25_variogram.png"));  // nor is it handed out
}

TEST_F(Build, RefusesAFileInPlaceOfItsFolder) {
    m_folder.write("out", "a file");
    EXPECT_EQ(fault().kind(), base::ErrorKind::kOutput);
}

}  // namespace
}  // namespace isopleth::pipeline
