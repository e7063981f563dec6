// SPDX-License-Identifier: MIT
#include "pipeline/project.hpp"

#include <gmock/gmock.h>

#include "pipeline/layer_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/variogram_task.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSmall = R"([project]
title = "Small"
crs = "EPSG:4548"

[ranks.order]
input = "joined"
by = "pm25"
[joins.joined]
left = "streets"
right = "means"
by = "name"
[layers.streets]
path = "shapes/streets.geojson"
[tables.means]
path = "data/means.csv"
)";

class ProjectFile : public testing::Test {
protected:
    Project read(const std::string& text) { return read_project(m_folder.write("p.toml", text)); }
    base::Error fault_of(const std::string& text) {
        return error_of([&] { read(text); });
    }
    /// An Input error of the project file at that line.
    void expect_fault(const std::string& text, int line, const std::string& said) {
        const base::Error error = fault_of(text);
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.place().file, m_folder / "p.toml");
        EXPECT_EQ(error.place().line, line);
        EXPECT_THAT(error.message(), HasSubstr(said));
    }
    TemporaryFolder m_folder;
};

std::vector<std::string> names_of(const Project& project) {
    std::vector<std::string> names;
    for (const Step& step : project.steps) names.push_back(step.name);
    return names;
}

TEST_F(ProjectFile, OrdersItsSectionsByWhatTheyNeed) {
    const Project project = read(kSmall);
    EXPECT_EQ(project.title, "Small");
    EXPECT_EQ(project.crs->code(), "EPSG:4548");
    EXPECT_THAT(names_of(project), ElementsAre("streets", "means", "joined", "order"));
    EXPECT_THAT(project.find("joined")->needs, ElementsAre("streets", "means"));
}

TEST_F(ProjectFile, ReadsPathsRelativeToItself) {
    const Project project = read(kSmall);
    EXPECT_EQ(project.find("means")->file, m_folder / "data/means.csv");
    // What is kept as provenance does not know the folder.
    EXPECT_EQ(project.find("means")->settings["path"].string_or(""), "data/means.csv");
}

TEST_F(ProjectFile, NamesTheNearestSectionKeyAndName) {
    expect_fault("[project]\ntitle = 'x'\n[layer.a]\npath = 'a'\n", 3,
                 "unknown section [layer]; did you mean layers?");
    expect_fault("[layers.a]\npath = 'a'\npth = 'b'\n", 3, "unknown key pth; did you mean path?");
    expect_fault("[project]\ntitel = 'x'\n", 2, "unknown key titel; did you mean title?");
    expect_fault("[layers.streets]\npath = 'a'\n[ranks.r]\ninput = 'street'\nby = 'x'\n", 3,
                 "[ranks.r] names street, which no section makes; did you mean streets?");
}

TEST_F(ProjectFile, TellsTheLineOfAValueThatDoesNotFit) {
    const std::string start = "[layers.a]\npath = 'a'\n[surfaces.s]\ninput = 'a'\nvalue = 'v'\n";
    expect_fault(start + "method = 'idw'\ncell = 'wide'\n", 7, "cell: ");
    expect_fault(start + "method = 'idw'\ncell = 0\n", 3, "cell must be above 0");
    expect_fault(start + "method = 'idv'\ncell = 50\n", 3, "did you mean idw?");
    expect_fault(start + "cell = 50\n", 3, "key method is missing");
    expect_fault("[layers.a]\npath = 'a'\n[joins.j]\nleft='a'\nright='a'\npredicate='whitin'\n", 6,
                 "predicate cannot be \"whitin\"; did you mean within?");
    expect_fault("[project]\ncrs = 'EPSG:1'\n", 1, "EPSG:1");
    expect_fault("[project]\ncrs = 'EPSG:4326'\n", 1, "not in metres");
    expect_fault("[layers.a]\npath = 'a'\nsensitivity = 'secret'\n", 3, "sensitivity cannot be \"secret\"");
}

TEST_F(ProjectFile, RefusesKeysOutsideSectionsAndSectionsWithoutName) {
    expect_fault("title = 'x'\n[layers.a]\npath = 'a'\n", 1, "key title stands outside any section");
    expect_fault("[layers]\npath = 'a'\n", 1, "[layers] needs a name: [layers.NAME]");
}

TEST_F(ProjectFile, RefusesANameThatWouldLeaveTheOutputFolder) {
    expect_fault("[layers.\"../wells\"]\npath = 'a'\n", 1, "cannot be a name");
}

TEST_F(ProjectFile, RefusesANameUsedTwiceButForMaps) {
    expect_fault("[layers.a]\npath = 'a'\n[tables.a]\npath = 'b'\n", 3, "the name a is used twice");
    EXPECT_NO_THROW(read("[layers.a]\npath = 'a'\n[maps.a]\nlayers = ['a']\nstyles = ['s.toml']\n"));
}

TEST_F(ProjectFile, NamesTheMembersOfACircleAndNoOthers) {
    const std::string text =
        "[layers.a]\npath = 'a'\n"
        "[ranks.last]\ninput = 'two'\nby = 'x'\n"
        "[joins.one]\nleft = 'a'\nright = 'two'\nby = 'x'\n"
        "[joins.two]\nleft = 'a'\nright = 'one'\nby = 'x'\n";
    expect_fault(text, 6, "need one another in a circle: one, two");
    EXPECT_THAT(fault_of(text).message(), Not(HasSubstr("last")));
    expect_fault("[ranks.self]\ninput = 'self'\nby = 'x'\n", 1, "circle: self");
}

TEST_F(ProjectFile, TakesWhatIsMadeOfARestrictedLayerForRestricted) {
    const Project project = read(
        "[layers.wells]\npath = 'w'\nsensitivity = 'restricted'\n[layers.streets]\npath = 's'\n"
        "[joins.near]\nleft = 'streets'\nright = 'wells'\npredicate = 'nearest'\n"
        "[ranks.r]\ninput = 'near'\nby = 'x'\n[ranks.s]\ninput = 'streets'\nby = 'x'\n");
    EXPECT_TRUE(project.find("near")->restricted);
    EXPECT_TRUE(project.find("r")->restricted);
    EXPECT_FALSE(project.find("s")->restricted);
}

TEST_F(ProjectFile, FindsTheNamesInAQuerysTables) {
    const Project project = read("[layers.a]\npath = 'a'\n[queries.q]\nwith = ['x=a']\nsql = 'SELECT 1'\n");
    EXPECT_THAT(project.find("q")->needs, ElementsAre("a"));
}

TEST_F(ProjectFile, HandsLanguageAndStylePathsToItsMaps) {
    const Project project = read(
        "[project]\nlanguage = 'en'\n[layers.a]\npath = 'a'\n[maps.m]\nlayers = ['a']\nstyles = "
        "['styles/s.toml']\n");
    const auto& map = dynamic_cast<const MapTask&>(*project.find("m")->task);
    EXPECT_EQ(map.language, "en");
    EXPECT_THAT(map.styles, ElementsAre(m_folder / "styles/s.toml"));
}

TEST_F(ProjectFile, HandsItsLanguageToAVariogramButNoFileForThePlot) {
    const std::string text = std::string(kSmall) + "[variogram.v]\ninput = \"joined\"\nvalue = \"pm25\"\n";
    const Project project = read(text);
    EXPECT_EQ(dynamic_cast<const VariogramTask&>(*project.find("v")->task).of_plot.language, "zh");
    expect_fault(text + "plot = \"v.png\"\n", 16, "plot belongs to the command line");
}

TEST_F(ProjectFile, OfTheSampleCityIsUnderstood) {
    const Project project = read_project(ISOPLETH_ROOT "/dongcheng.toml");
    EXPECT_EQ(project.language, "zh");
    EXPECT_TRUE(project.find("wells")->restricted);
    EXPECT_TRUE(project.find("wells_and_outfalls")->restricted);
    EXPECT_FALSE(project.find("water_quality")->restricted);
}

}  // namespace
}  // namespace isopleth::pipeline
