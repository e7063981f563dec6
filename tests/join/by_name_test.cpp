// SPDX-License-Identifier: MIT
#include "join/by_name.hpp"

#include "base/text.hpp"
#include "layers.hpp"

#include <fstream>

namespace isopleth::join {
namespace {

using Rows = std::vector<std::size_t>;

model::Layer table(const std::string& name, const std::vector<model::Column>& columns) {
    model::Layer layer;
    layer.name = name;
    layer.source.file = name + ".csv";
    for (const model::Column& column : columns) layer.add(column);
    for (std::size_t row = 0; row < layer.row_count(); ++row)
        layer.source.lines.push_back(static_cast<std::int64_t>(row) + 2);
    return layer;
}

model::Layer alias_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> kinds, aliases, names;
    for (const auto& row : rows) {
        kinds.push_back(row[0]);
        aliases.push_back(row[1]);
        names.push_back(row[2]);
    }
    return table("aliases", {texts("kind", kinds), texts("alias", aliases), texts("name", names)});
}

/// The repository's own table.
Aliases city_aliases() {
    std::ifstream file(ISOPLETH_ROOT "/data/aliases.csv");
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) rows.push_back(base::split(line, ','));
    EXPECT_GT(rows.size(), 50u);
    return Aliases::from(alias_table(rows));
}

struct Result {
    Matches matches;
    base::Findings findings;
    Rows rows(std::size_t left) const {
        return {matches.right.begin() + static_cast<std::ptrdiff_t>(matches.start[left]),
                matches.right.begin() + static_cast<std::ptrdiff_t>(matches.start[left + 1])};
    }
};

Result match(const model::Layer& left, const model::Layer& right, NameOptions options,
             const Aliases& aliases) {
    options.left_field = options.left_field.empty() ? "name" : options.left_field;
    options.right_field = options.right_field.empty() ? "name" : options.right_field;
    Result result;
    result.matches = match_by_name(left, right, options, aliases, result.findings);
    return result;
}

TEST(Aliases, ResolveToTheOfficialName) {
    const Aliases aliases = city_aliases();
    // shared/design/city.md: streets with and without 街道, 崇外, 永外, 龙潭湖, 文化宫, parts of 玉河.
    EXPECT_EQ(aliases.resolve("东四"), "东四街道");
    EXPECT_EQ(aliases.resolve("东四街道"), "东四街道");
    EXPECT_EQ(aliases.resolve("崇外"), "崇文门外街道");
    EXPECT_EQ(aliases.resolve("永外街道"), "永定门外街道");
    EXPECT_EQ(aliases.resolve("龙潭"), "龙潭街道");
    EXPECT_EQ(aliases.resolve("龙潭湖"), "龙潭东湖");
    EXPECT_EQ(aliases.resolve("文化宫"), "筒子河");
    EXPECT_EQ(aliases.resolve("玉河南段"), "玉河");
    EXPECT_EQ(aliases.resolve(" 东 四\xE3\x80\x80"), "东四街道") << "blanks, also ideographic ones";
    EXPECT_EQ(aliases.resolve("西四"), "西四");
}

TEST(Aliases, FoldFullWidthLettersAndDropBlanks) {
    const Aliases none;
    EXPECT_EQ(none.resolve("ＰＭ２.５"), "PM2.5");
    EXPECT_EQ(none.resolve(" 1 号 站 "), "1号站");
    const Aliases aliases = Aliases::from(alias_table({{"", "North Lake", "Lake N 1"}}));
    EXPECT_EQ(aliases.resolve("NorthLake"), "Lake N 1");
    EXPECT_EQ(aliases.resolve("LakeＮ１"), "Lake N 1") << "a name is its own alias";
}

TEST(Aliases, LeadToOneNameWithinAKind) {
    try {
        Aliases::from(alias_table({{"street", "崇外", "崇文门外街道"}, {"street", "崇外", "崇内街道"}}));
        ADD_FAILURE() << "nothing was thrown";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.place().line, 3);
        EXPECT_EQ(error.message(), "崇外 leads to 崇文门外街道 and to 崇内街道");
    }
    EXPECT_THROW(Aliases::from(alias_table({{"street", "a", "b"}, {"street", "b", "c"}})), base::Error)
        << "a chain";
    EXPECT_NO_THROW(Aliases::from(alias_table({{"street", "a", "b"}, {"street", "a", "b"}})));
    EXPECT_EQ(Aliases::from(alias_table({{"street", "龙潭", "龙潭街道"}, {"water", "龙潭", "龙潭东湖"}}))
                  .resolve("龙潭"),
              "龙潭街道");
}

TEST(Aliases, NeedTheirColumns) {
    try {
        Aliases::from(table("aliases", {texts("alas", {"a"}), texts("name", {"b"})}));
        ADD_FAILURE() << "nothing was thrown";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    }
}

TEST(MatchByName, JoinsThroughTheAliases) {
    const model::Layer left = table("streets", {texts("name", {"崇文门外街道", "东四街道", "天坛街道"})});
    const model::Layer right = table("pm25", {texts("街道", {"天坛", "崇外", "东四"})});
    const Result result = match(left, right, {"name", "街道"}, city_aliases());
    EXPECT_EQ(result.rows(0), Rows{1});
    EXPECT_EQ(result.rows(1), Rows{2});
    EXPECT_EQ(result.rows(2), Rows{0});
    EXPECT_THAT(result.findings, testing::IsEmpty());
    EXPECT_TRUE(result.matches.distance.empty());
}

TEST(MatchByName, ReportsEveryNameThatMatchesNothing) {
    const model::Layer left = table("streets", {texts("name", {"东四街道", "天坛街到", "", "龙潭街道"})});
    const model::Layer right = table("pm25", {texts("name", {"龙潭", "东四", "天坛街道", "王府井管委会"})});
    const Result result = match(left, right, {}, city_aliases());
    EXPECT_EQ(result.rows(0), Rows{1});
    EXPECT_EQ(result.rows(1), Rows{});
    EXPECT_EQ(result.rows(2), Rows{});
    EXPECT_EQ(result.rows(3), Rows{0});
    std::vector<std::string> said;
    for (const base::Finding& finding : result.findings) said.push_back(base::to_text(finding));
    EXPECT_THAT(
        said, testing::ElementsAre(
                  "streets.csv, line 3, column name: \"天坛街到\" matches no name of pm25; nearest: 天坛街道",
                  "streets.csv, line 4, column name: no name to match by",
                  "pm25.csv, line 4, column name: \"天坛街道\" is matched by no name of streets; nearest: "
                  "天坛街到, 东四街道, 龙潭街道",
                  "pm25.csv, line 5, column name: \"王府井管委会\" is matched by no name of streets"));
}

TEST(MatchByName, MayLeaveUnusedRightRowsUnsaid) {
    const model::Layer left = table("a", {texts("name", {"东四"})});
    const model::Layer right = table("b", {texts("name", {"东四", "天坛"})});
    EXPECT_EQ(match(left, right, {}, {}).findings.size(), 1u);
    EXPECT_EQ(match(left, right, {"name", "name", 0, false}, {}).findings.size(), 0u);
}

TEST(MatchByName, SplitsListsWhenToldTo) {
    const model::Layer left =
        table("waters", {texts("streets", {"和平里;安定门", "安定门 ; 和平里街道;和平里;", "安定门;西四"})});
    const model::Layer right = table("streets", {texts("name", {"安定门街道", "和平里街道"})});
    const Result lists = match(left, right, {"streets", "name", ';'}, city_aliases());
    EXPECT_EQ(lists.rows(0), (Rows{0, 1}));
    EXPECT_EQ(lists.rows(1), (Rows{0, 1}));
    EXPECT_EQ(lists.rows(2), Rows{0});
    ASSERT_EQ(lists.findings.size(), 1u) << "a part that matches nothing is told, though the row matches";
    EXPECT_EQ(lists.findings[0].place.line, 4);
    EXPECT_EQ(match(left, right, {"streets", "name"}, city_aliases()).matches.right.size(), 0u);
}

TEST(MatchByName, MatchesARightNameAsOftenAsItStands) {
    const model::Layer left = table("streets", {texts("name", {"东四", "天坛"})});
    const model::Layer right = table("stations", {texts("name", {"东四街道", "天坛", "东四"})});
    EXPECT_EQ(match(left, right, {}, city_aliases()).rows(0), (Rows{0, 2}));
}

TEST(MatchByName, ComparesCodesThatAreNumbers) {
    model::Column codes("code", model::ColumnType::kInteger);
    for (const std::int64_t code : {110101001, 110101002}) codes.append(code);
    const Result result = match(table("a", {codes}), table("b", {texts("code", {"110101002", "110101001"})}),
                                {"code", "code"}, {});
    EXPECT_EQ(result.rows(0), Rows{1});
    EXPECT_EQ(result.rows(1), Rows{0});
}

}  // namespace
}  // namespace isopleth::join
