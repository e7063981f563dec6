// SPDX-License-Identifier: MIT
#include "pipeline/project_toml.hpp"

#include <gmock/gmock.h>

#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ProjectToml, KeepsSectionsInTheOrderOfTheFile) {
    const auto sections = parse_toml(
        "[project]\ntitle = 'x'\n\n[layers.zebra]\npath = 'z'\n[layers.ant]\npath = 'a'\n"
        "[joins.middle]\nleft = 'ant'\n",
        "p.toml");
    ASSERT_EQ(sections.size(), 4u);
    EXPECT_EQ(sections[0].kind, "project");
    EXPECT_EQ(sections[0].name, "");
    EXPECT_EQ(sections[1].name, "zebra");
    EXPECT_EQ(sections[1].line, 4);
    EXPECT_EQ(sections[2].name, "ant");
    EXPECT_EQ(sections[3].kind, "joins");
    EXPECT_EQ(sections[3].line, 8);
}

TEST(ProjectToml, MakesTextOfEveryPlainValue) {
    const auto sections = parse_toml(
        "[s.a]\nwhole = 50\nreal = 0.1\nlong = 1e3\nflag = true\ntext = '东城'\nlist = [38, 38.5, 'x']\n",
        "p");
    ASSERT_EQ(sections.size(), 1u);
    std::vector<std::string> texts;
    for (const TomlEntry& entry : sections[0].entries)
        texts.insert(texts.end(), entry.texts.begin(), entry.texts.end());
    EXPECT_THAT(texts, ElementsAre("50", "0.1", "1000", "true", "东城", "38", "38.5", "x"));
    EXPECT_EQ(sections[0].entries[3].line, 5);
    EXPECT_FALSE(sections[0].entries[4].is_array);
    EXPECT_TRUE(sections[0].entries[5].is_array);
}

TEST(ProjectToml, GivesKeysOutsideAnySectionAKindWithoutName) {
    const auto sections = parse_toml("title = 'x'\n[project]\ncrs = 'EPSG:4548'\n", "p");
    ASSERT_EQ(sections.size(), 2u);
    EXPECT_EQ(sections[0].kind, "");
    EXPECT_EQ(sections[0].entries[0].key, "title");
}

TEST(ProjectToml, NamesTheLineOfWhatIsNoToml) {
    const base::Error error = error_of([] { parse_toml("[project]\ntitle = \n", "p.toml"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("p.toml, line 2"));
    EXPECT_THAT(error.what(), HasSubstr("not TOML"));
}

TEST(ProjectToml, RefusesDatesAndDeeperTables) {
    for (const std::string text : {"[s.a]\nx = 1\nday = 2024-06-30\n", "[s.a]\nx = 1\n[s.a.b]\ny = 2\n"}) {
        const base::Error error = error_of([&] { parse_toml(text, "p.toml"); });
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.place().line, 3) << text;
    }
}

}  // namespace
}  // namespace isopleth::pipeline
