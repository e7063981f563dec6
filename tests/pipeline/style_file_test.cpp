// SPDX-License-Identifier: MIT
#include "pipeline/style_file.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using style::Language;
using testing::HasSubstr;

class StyleFile : public testing::Test {
protected:
    style::LayerStyle read(const std::string& text, Language language = Language::kChinese) {
        return read_style(m_folder.write("s.toml", text), language);
    }
    void expect_fault(const std::string& text, int line, const std::string& said) {
        const base::Error error = error_of([&] { read(text); });
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.place().file, m_folder / "s.toml");
        EXPECT_EQ(error.place().line, line);
        EXPECT_THAT(error.message(), HasSubstr(said));
    }
    TemporaryFolder m_folder;
};

TEST_F(StyleFile, GivesClassesTheColoursOfTheirRamp) {
    const style::LayerStyle style = read(
        "kind = 'graduated'\nfield = 'pm25'\nramp = 'YlOrBr'\nbreaks = [38, 38.5, 39]\nunit = 'µg/m³'\n"
        "label = 'name'\nlabel_rank = 'rank'\nlabel_optional = true\n");
    EXPECT_EQ(style.kind, style::StyleKind::kGraduated);
    EXPECT_EQ(style.breaks.edges(), (std::vector<double>{38, 38.5, 39}));
    EXPECT_EQ(style.colours.size(), 2u);
    EXPECT_EQ(style.unit, "µg/m³");
    EXPECT_EQ(style.label.rank_field, "rank");
    EXPECT_FALSE(style.label.required);
}

TEST_F(StyleFile, ReadsCategoriesAsValueLabelAndColour) {
    const style::LayerStyle style =
        read("kind = 'categorised'\nfield = 'kind'\ncategories = ['a=国控=#ff0000', 'b=市控=#00ff00']\n");
    ASSERT_EQ(style.categories.size(), 2u);
    EXPECT_EQ(style.categories[0], (style::Category{"a", "国控", style::parse_colour("#ff0000")}));
}

TEST_F(StyleFile, IsAPlainSymbolWithoutAnyKey) {
    const style::LayerStyle style = read("no_fill = true\ndashes_mm = [1, 0.5]\n");
    EXPECT_EQ(style.kind, style::StyleKind::kSingle);
    EXPECT_EQ(style.fill.alpha, 0);
    EXPECT_EQ(style.dashes_mm, (std::vector<double>{1, 0.5}));
}

TEST_F(StyleFile, SaysNoDataInTheLanguageAsked) {
    EXPECT_EQ(read("", Language::kEnglish).missing_label, "no data");
    EXPECT_EQ(read("", Language::kChinese).missing_label, "无数据");
    EXPECT_EQ(read("missing_label = '停测'", Language::kEnglish).missing_label, "停测");
}

TEST_F(StyleFile, NamesTheLineOfAnUnknownKeyAndTheNearest) {
    expect_fault("kind = 'single'\noutlin = '#fff'\n", 2, "unknown key outlin; did you mean outline?");
}

TEST_F(StyleFile, NamesTheLineOfAValueThatDoesNotFit) {
    expect_fault("title = 'x'\nkind = 'graduate'\n", 2, "did you mean graduated?");
    expect_fault("outline_mm = 'thin'\n", 1, "outline_mm: \"thin\" is not a number");
}

TEST_F(StyleFile, RefusesContradictions) {
    expect_fault("kind = 'graduated'\nfield = 'a'\nramp = 'YlOrBr'\nbreaks = [2, 1]\n", 1, "");
    expect_fault("kind = 'categorised'\nfield = 'a'\ncategories = ['x']\n", 1, "not value=label=colour");
    expect_fault("fill = 'reddish'\n", 1, "reddish");
}

TEST_F(StyleFile, NamesAFileThatIsNotThere) {
    const base::Error error = error_of([&] { read_style(m_folder / "none.toml", Language::kChinese); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_EQ(error.place().file, m_folder / "none.toml");
}

TEST(StyleFiles, OfTheSampleCityAreAllReadable) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(ISOPLETH_ROOT "/styles")) {
        if (entry.path().extension() != ".toml") continue;
        EXPECT_NO_THROW(read_style(entry.path().string(), Language::kEnglish)) << entry.path();
        ++count;
    }
    EXPECT_GT(count, 10u);
}

}  // namespace
}  // namespace isopleth::pipeline
