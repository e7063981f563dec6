// SPDX-License-Identifier: MIT
#include "pipeline/table_text.hpp"

#include "memory_datasets.hpp"

namespace isopleth::pipeline {
namespace {

model::Layer small_table() {
    model::Layer table;
    model::Column count("count", model::ColumnType::kInteger);
    count.append(std::int64_t{1557});
    count.append_missing();
    model::Column flag("ok", model::ColumnType::kBoolean);
    flag.append_boolean(true);
    flag.append_boolean(false);
    table.columns = {texts("街道", {"东华门街道", "景山"}), reals("pm25", {38.5, 7}), count, flag};
    return table;
}

TEST(TableText, AlignsByWhatATerminalShows) {
    // A Chinese character is two columns wide; numbers stand to the right, missing cells are blank.
    EXPECT_EQ(to_text_table(small_table()),
              "街道        pm25  count  ok\n"
              "东华门街道  38.5   1557  true\n"
              "景山           7         false\n");
}

TEST(TableText, OfATableWithoutRowsIsItsHeader) {
    model::Layer table;
    table.columns = {texts("a", {}), reals("b", {})};
    EXPECT_EQ(to_text_table(table), "a  b\n");
}

TEST(TableText, ShowsObjectsByTheirMembers) {
    const base::Json rows = base::Json::parse(
        R"([{"method": "kriging", "count": 1557, "rmse": 0.391803, "bias": -0.00002, "crps": null},
            {"method": "idw", "count": 8, "rmse": 12.5, "bias": null, "crps": null}])");
    EXPECT_EQ(to_text_table(rows),
              "method   count   rmse       bias\n"
              "kriging   1557   0.39  -0.000020\n"
              "idw          8  12.50\n");
}

TEST(TableText, ShowsNumbersTooSmallForDecimalsWithAnExponent) {
    const base::Json rows = base::Json::parse(
        R"([{"model": "sph", "weighted_error": 9.01119e-6}, {"model": "exp", "weighted_error": 1.2e-7}])");
    EXPECT_EQ(to_text_table(rows), "model  weighted_error\nsph         9.011e-06\nexp           1.2e-07\n");
}

TEST(TableText, KeepsTypesAsJson) {
    EXPECT_EQ(
        to_json_rows(small_table()).dump(-1),
        R"({"columns": ["街道", "pm25", "count", "ok"], "rows": [{"街道": "东华门街道", "pm25": 38.5, "count": 1557, "ok": true}, )"
        R"({"街道": "景山", "pm25": 7, "count": null, "ok": false}]})");
}

TEST(TableText, KeepsAnEmptyTableAnArrayOfNoRows) {
    EXPECT_EQ(to_json_rows(model::Layer{}).dump(-1), R"({"columns": [], "rows": []})");
}

}  // namespace
}  // namespace isopleth::pipeline
