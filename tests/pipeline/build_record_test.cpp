// SPDX-License-Identifier: MIT
#include "pipeline/build_record.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Record : public testing::Test {
protected:
    /// A step that wrote one file.
    StepRecord made(const std::string& path, const std::string& text = "made") {
        m_folder.write(path, text);
        StepRecord step;
        step.key = "k1";
        step.outputs[path] = io::stamp_of(m_folder / path);
        step.summary = base::Json::object();
        step.summary.set("features", 3);
        step.findings = {"streets.geojson: 东四 matches nothing"};
        step.seconds = 1.5;
        return step;
    }
    bool exists(const std::string& path) const { return io::file_exists(m_folder / path); }
    TemporaryFolder m_folder;
};

TEST_F(Record, ComesBackAsItWasSaved) {
    BuildRecord record;
    record.steps["joins.a"] = made("geojson/a.geojson");
    record.save(m_folder.path());
    const BuildRecord back = BuildRecord::load(m_folder.path());
    ASSERT_EQ(back.steps.size(), 1u);
    const StepRecord& step = back.steps.at("joins.a");
    EXPECT_EQ(step.key, "k1");
    EXPECT_EQ(step.summary["features"].integer_or(0), 3);
    EXPECT_THAT(step.findings, ElementsAre("streets.geojson: 东四 matches nothing"));
    EXPECT_EQ(step.seconds, 1.5);
    EXPECT_TRUE(back.is_current("joins.a", "k1", m_folder.path()));
    EXPECT_TRUE(back.is_ours("geojson/a.geojson"));
    EXPECT_FALSE(back.is_ours("geojson/b.geojson"));
}

TEST_F(Record, LiesInTheOutputFolderOnly) {
    BuildRecord().save(m_folder.path());
    EXPECT_THAT(io::list_folder(m_folder.path()), ElementsAre(".isopleth"));
    EXPECT_THAT(io::list_folder(m_folder / ".isopleth"), ElementsAre("state.json"));
}

TEST_F(Record, IsEmptyWhenItCannotBeRead) {
    m_folder.write(".isopleth/state.json", "{\"steps\": {\"joins.a\"");
    EXPECT_TRUE(BuildRecord::load(m_folder.path()).steps.empty());
    m_folder.write(".isopleth/state.json", "[1, 2]");
    EXPECT_TRUE(BuildRecord::load(m_folder.path()).steps.empty());
}

TEST_F(Record, TakesAStepForOldWhenItsKeyOrAnOutputChanged) {
    BuildRecord record;
    record.steps["joins.a"] = made("a.geojson");
    EXPECT_TRUE(record.is_current("joins.a", "k1", m_folder.path()));
    EXPECT_FALSE(record.is_current("joins.a", "k2", m_folder.path()));
    EXPECT_FALSE(record.is_current("joins.b", "k1", m_folder.path()));
    m_folder.write("a.geojson", "changed by hand");
    EXPECT_FALSE(record.is_current("joins.a", "k1", m_folder.path()));
    io::remove_file(m_folder / "a.geojson");
    EXPECT_FALSE(record.is_current("joins.a", "k1", m_folder.path()));
}

TEST_F(Record, RefusesToClaimAForeignFile) {
    m_folder.write("maps/a.png", "somebody's");
    BuildRecord record;
    const base::Error error = error_of([&] { record.claim("maps.a", {"maps/a.png"}, m_folder.path()); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kOutput);
    EXPECT_EQ(error.place().file, m_folder / "maps/a.png");
    EXPECT_THAT(error.message(), HasSubstr("not written by build"));
}

TEST_F(Record, KnowsAClaimedFileForItsOwnButNotForMade) {
    BuildRecord record;
    record.claim("maps.a", {"maps/a.png"}, m_folder.path());
    record.save(m_folder.path());
    m_folder.write("maps/a.png", "left by a killed run");
    BuildRecord next = BuildRecord::load(m_folder.path());
    EXPECT_FALSE(next.is_current("maps.a", "", m_folder.path()));
    EXPECT_NO_THROW(next.claim("maps.a", {"maps/a.png"}, m_folder.path()));
}

TEST_F(Record, IsNotCurrentOnceClaimedAgain) {
    BuildRecord record;
    record.steps["joins.a"] = made("a.geojson");
    record.claim("joins.a", {"a.geojson"}, m_folder.path());
    EXPECT_FALSE(record.is_current("joins.a", "k1", m_folder.path()));
}

TEST_F(Record, RemovesAFileThatTheNewStepHasNoMore) {
    BuildRecord record;
    record.steps["joins.wells"] = made("geojson/wells.geojson");
    StepRecord without;
    without.key = "k2";
    record.replace("joins.wells", without, m_folder.path());
    EXPECT_FALSE(exists("geojson/wells.geojson"));
    EXPECT_FALSE(record.is_ours("geojson/wells.geojson"));
}

TEST_F(Record, LeavesAFileThatSomebodyChanged) {
    BuildRecord record;
    record.steps["joins.wells"] = made("wells.geojson");
    m_folder.write("wells.geojson", "corrected by hand");
    record.replace("joins.wells", {}, m_folder.path());
    EXPECT_TRUE(exists("wells.geojson"));
}

TEST_F(Record, ForgetsStepsThatAreGoneWithTheirFiles) {
    BuildRecord record;
    record.steps["joins.kept"] = made("kept.geojson");
    record.steps["joins.gone"] = made("gone.geojson");
    // The same file under another kind: the new step has just written it.
    record.steps["queries.moved"] = made("moved.geojson");
    record.steps["joins.moved"] = made("moved.geojson", "written anew");
    record.keep_only({"joins.kept", "joins.moved"}, m_folder.path());
    EXPECT_TRUE(exists("kept.geojson"));
    EXPECT_FALSE(exists("gone.geojson"));
    EXPECT_TRUE(exists("moved.geojson"));
    EXPECT_EQ(record.steps.size(), 2u);
}

TEST_F(Record, HashesAFileAnewWhenItChanges) {
    const std::string file = m_folder.write("a.txt", "abc");
    BuildRecord record;
    // FIPS 180-2, appendix B.1.
    EXPECT_THAT(record.hash_of(file), testing::StartsWith("ba7816bf8f01cfea"));
    m_folder.write("a.txt", "abcd");
    EXPECT_THAT(record.hash_of(file), testing::Not(testing::StartsWith("ba7816bf8f01cfea")));
}

TEST_F(Record, NamesAFileThatIsNotThere) {
    BuildRecord record;
    const base::Error error = error_of([&] { record.hash_of(m_folder / "none.csv"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_EQ(error.place().file, m_folder / "none.csv");
}

}  // namespace
}  // namespace isopleth::pipeline
