// SPDX-License-Identifier: MIT
#include "base/json.hpp"

#include "base/error.hpp"

#include <limits>

namespace isopleth::base {
namespace {

TEST(Json, KeepsTheOrderOfMembers) {
    Json json;
    json.set("b", 1).set("a", "东四").set("b", 2.5);
    EXPECT_EQ(json.dump(-1), R"({"b": 2.5, "a": "东四"})");
}

TEST(Json, IsIndentedByTwo) {
    Json json;
    json.set("list", Json::array({1, true, Json()})).set("none", Json::object()).set("empty", Json::array());
    EXPECT_EQ(json.dump(),
              "{\n  \"list\": [\n    1,\n    true,\n    null\n  ],\n  \"none\": {},\n  \"empty\": []\n}");
}

TEST(Json, WritesNumbersShortest) {
    const double infinity = std::numeric_limits<double>::infinity();
    const Json json = Json::array({0.1, 2.0, -0.0, 1e300, std::int64_t{9007199254740993}, infinity});
    EXPECT_EQ(json.dump(-1), "[0.1, 2, -0, 1e+300, 9007199254740993, null]");
}

TEST(Json, EscapesWhatItMust) {
    EXPECT_EQ(Json("a\"\\\n\x01").dump(), R"("a\"\\\n\u0001")");
    EXPECT_EQ(Json("a\xFF").dump(), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, ReadsWhatItWrote) {
    const std::string text =
        R"({"a": [1, -2.5, "x", false, null], "b": {"c": "\u4e1c\ud83d\ude00"}, "a2": 1e400})";
    EXPECT_THROW(Json::parse(text), Error);  // 1e400 is no double
    const Json json = Json::parse(text.substr(0, text.rfind(", ")) + "}");
    EXPECT_EQ(json["a"].items().size(), 5u);
    EXPECT_EQ(json["a"].items()[1].number_or(0), -2.5);
    EXPECT_EQ(json["b"]["c"].string_or(""), "东😀");
    EXPECT_EQ(Json::parse(json.dump()).dump(), json.dump());
}

TEST(Json, AnswersWithTheFallbackForAnotherType) {
    const Json json =
        Json::parse(R"({"number": 2.5, "whole": 3, "text": "t", "yes": true, "big": 18446744073709551615})");
    EXPECT_TRUE(json["nothing"].is_null());
    EXPECT_TRUE(json["text"]["deeper"].is_null());
    EXPECT_EQ(json["text"].number_or(7), 7);
    EXPECT_EQ(json["number"].integer_or(7), 7);
    EXPECT_EQ(json["whole"].number_or(0), 3);
    EXPECT_EQ(json["whole"].string_or("none"), "none");
    EXPECT_TRUE(json["yes"].bool_or(false));
    EXPECT_EQ(json["big"].number_or(0), 0x1p64);
    EXPECT_TRUE(json["text"].items().empty());
}

TEST(Json, NamesTheLineOfAFault) {
    try {
        Json::parse("{\n  \"a\": 1,\n  \"b\": oops\n}");
        FAIL() << "was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kInput);
        EXPECT_EQ(error.place().line, 3);
        EXPECT_THAT(error.message(), testing::StartsWith("not valid JSON: "));
        EXPECT_THAT(error.message(), testing::Not(testing::HasSubstr("exception")));
    }
}

TEST(Json, RefusesBrokenAndBottomlessText) {
    for (const char* text : {"", "{", "[1,]", "{\"a\" 1}", "1 2", "\"\xFF\""})
        EXPECT_THROW(Json::parse(text), Error) << text;
    EXPECT_THROW(Json::parse(std::string(100000, '[')), Error);
    EXPECT_NO_THROW(Json::parse(std::string(400, '[') + std::string(400, ']')));
}

TEST(Json, RefusesMembersInAnArray) {
    Json json = Json::array();
    EXPECT_THROW(json.set("a", 1), Error);
    Json text("t");
    EXPECT_THROW(text.push(1), Error);
}

}  // namespace
}  // namespace isopleth::base
