// SPDX-License-Identifier: MIT
#include "cli/report.hpp"

namespace isopleth::cli {
namespace {

pipeline::Outcome ranked() {
    model::Layer table;
    model::Column name("name", model::ColumnType::kText);
    name.append(std::string("东四"));
    table.columns = {name};
    pipeline::Outcome outcome;
    outcome.product = table;
    outcome.text = "name\n东四\n";
    return outcome;
}

TEST(Report, SaysASummaryAsAlignedLines) {
    base::Json summary = base::Json::object();
    summary.set("samples", 36)
        .set("method", "kriging")
        .set("notes", base::Json::array({"one", "two"}))
        .set("mean", 38.4)
        .set("crs", base::Json());
    EXPECT_EQ(summary_text(summary),
              "samples  36\n"
              "method   kriging\n"
              "notes    one\n"
              "notes    two\n"
              "mean     38.4\n"
              "crs      null\n");
}

TEST(Report, SaysWhatStandsInsideInWords) {
    base::Json variogram = base::Json::object();
    variogram.set("model", "sph").set("range", 800);
    base::Json method = base::Json::object();
    method.set("neighbours", "all").set("variogram", variogram);
    base::Json summary = base::Json::object();
    summary.set("method", method);
    EXPECT_EQ(summary_text(summary), "method  neighbours all, variogram (model sph, range 800)\n");
}

TEST(Report, SaysWhatAMethodIsOnceAndItsTablesBelow) {
    const base::Json method = base::Json::parse(
        R"({"method": "auto", "compared": [{"method": "idw", "rmse": 4.5}], "range": 798.123456789})");
    EXPECT_EQ(summary_text(base::Json::object().set("method", method)),
              "method  auto, range 798.123\n"
              "compared\n"
              "method   rmse\n"
              "idw     4.500\n");
}

TEST(Report, GivesEachOfSeveralObjectsItsLine) {
    base::Json summary = base::Json::object();
    summary.set("methods",
                base::Json::parse(R"({"idw": {"power": 2}, "kriging": {"kind": "ordinary", "samples": 9}})"));
    EXPECT_EQ(summary_text(summary),
              "methods  idw: power 2\n"
              "methods  kriging: kind ordinary, samples 9\n");
}

TEST(Report, SaysAListOfObjectsAsATable) {
    base::Json summary = base::Json::object();
    summary.set("samples", 36)
        .set("scores",
             base::Json::parse(R"([{"method": "idw", "rmse": 4.5}, {"method": "kriging", "rmse": 4.25}])"));
    EXPECT_EQ(summary_text(summary),
              "samples  36\n"
              "scores\n"
              "method    rmse\n"
              "idw      4.500\n"
              "kriging  4.250\n");
}

TEST(Report, HoldsSummaryAndFindingsAsOneDocument) {
    pipeline::Outcome outcome;
    outcome.summary.set("features", 2);
    outcome.findings = {{"东四 matches nothing", {.file = "a.csv", .line = 3}}};
    EXPECT_EQ(summary_json(outcome),
              "{\n  \"features\": 2,\n  \"findings\": [\n    "
              "\"a.csv, line 3: 东四 matches nothing\"\n  ]\n}\n");
    outcome.findings.clear();
    EXPECT_TRUE(base::Json::parse(summary_json(outcome))["findings"].is_array());
}

TEST(Report, GivesAQuerysAnswerAsColumnsAndRowsAndNothingElse) {
    const base::Json document = base::Json::parse(summary_json(ranked()));
    EXPECT_EQ(document.dump(-1), R"({"columns": ["name"], "rows": [{"name": "东四"}]})");
}

TEST(Report, GivesAShownTableBesideItsSummary) {
    pipeline::Outcome outcome = ranked();
    outcome.summary.set("by", "name");
    const base::Json document = base::Json::parse(summary_json(outcome));
    EXPECT_EQ(document.dump(-1),
              R"({"by": "name", "columns": ["name"], "rows": [{"name": "东四"}], "findings": []})");
}

TEST(Report, GivesNoRowsOfALayerThatIsNotShown) {
    pipeline::Outcome outcome = ranked();
    outcome.text.clear();
    outcome.summary.set("features", 1);
    EXPECT_TRUE(base::Json::parse(summary_json(outcome))["rows"].is_null());
}

}  // namespace
}  // namespace isopleth::cli
