// SPDX-License-Identifier: MIT
#include "query/refusal.hpp"

#include "base/error.hpp"

namespace isopleth::query {
namespace {

std::string text_of(const Refusal& refusal) {
    try {
        fail_refused(refusal);
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        return error.what();
    }
    return "";
}

const std::vector<TableNames> kNames = {{"streets", {"fid", "name", "geom"}},
                                        {"events", {"fid", "category"}}};

TEST(Refusal, NamesWhatWasProbablyMeant) {
    EXPECT_EQ(text_of({"", "no such table: street", -1, "", kNames}),
              "there is no table street; did you mean streets? The tables are: streets, events.");
    EXPECT_THAT(text_of({"", "no such column: e.categroy", 7, "", kNames}),
                testing::StartsWith("there is no column e.categroy; did you mean category?"));
    EXPECT_EQ(text_of({"", "no such function: ST_Intersect", 7, "", kNames}),
              "there is no function ST_Intersect that a query may call; did you mean st_intersects?");
    EXPECT_THAT(text_of({"", "no such table: x", -1, "", {}}), testing::HasSubstr("--with name=dataset"));
}

TEST(Refusal, TellsThePlaceInCharacters) {
    const std::string sql = "SELECT '东城' FORM streets";
    EXPECT_EQ(text_of({sql, "near \"FORM\": syntax error", static_cast<int>(sql.find("FORM")), "", kNames}),
              "the SQL statement is not understood at character 13: near \"FORM\": syntax error");
    EXPECT_EQ(text_of({"(", "incomplete input", -1, "", kNames}),
              "the SQL statement is not understood: incomplete input");
}

TEST(Refusal, SaysWhatIsNotAllowed) {
    EXPECT_EQ(text_of({"", "not authorized", -1, "INSERT", kNames}),
              "INSERT is not allowed in a query. A query is one SELECT statement that only reads.");
}

}  // namespace
}  // namespace isopleth::query
