// SPDX-License-Identifier: MIT
#include "style/language.hpp"

#include "base/error.hpp"

namespace isopleth::style {
namespace {

TEST(Language, ChoosesTheWordThatSuits) {
    EXPECT_EQ(in_language(parse_language("zh"), "无数据", "no data"), "无数据");
    EXPECT_EQ(in_language(parse_language("en"), "无数据", "no data"), "no data");
}

TEST(Language, RefusesOthersWithTheTwoThatThereAre) {
    try {
        parse_language("de");
        FAIL() << "de was taken";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_EQ(error.message(), "unknown language de; it is zh or en");
    }
}

}  // namespace
}  // namespace isopleth::style
