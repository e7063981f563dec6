// SPDX-License-Identifier: MIT
#include "pipeline/query_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

MemoryDatasets streets() {
    MemoryDatasets datasets;
    datasets.add(
        squares("streets", "EPSG:4548", 1000, {{500000, 4400000}, {501000, 4400000}}, {"东四", "景山"}));
    return datasets;
}

TEST(QueryTask, AnswersOverTablesByTheirNames) {
    MemoryDatasets datasets = streets();
    QueryTask task;
    task.sql = "SELECT name, ST_Area(geom) / 1e6 AS km2 FROM s ORDER BY name DESC";
    task.with = {"s=streets"};
    const Outcome outcome = task.run(datasets, {});
    const auto& table = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(table.column_names(), (std::vector<std::string>{"name", "km2"}));
    EXPECT_NEAR(*table.column("km2").number(0), 1, 1e-9);
    EXPECT_EQ(outcome.text, "name  km2\n景山    1\n东四    1\n");
    EXPECT_TRUE(outcome.summary.members().empty());
}

TEST(QueryTask, NamesATableAfterItsLayerWhenNoNameIsGiven) {
    MemoryDatasets datasets = streets();
    QueryTask task;
    task.sql = "SELECT count(*) AS n FROM streets";
    task.with = {"streets"};
    const Outcome outcome = task.run(datasets, {});
    EXPECT_EQ(std::get<model::Layer>(outcome.product).column("n").integer(0), 2);
}

TEST(QueryTask, RefusesWhatIsNoSingleReadingStatement) {
    MemoryDatasets datasets = streets();
    QueryTask task;
    task.with = {"streets"};
    for (const std::string sql :
         {"DROP TABLE streets", "SELECT 1; SELECT 2", "SELEKT 1", "SELECT nme FROM streets"}) {
        task.sql = sql;
        EXPECT_EQ(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kUsage) << sql;
    }
}

TEST(QueryTask, StopsAtItsLimits) {
    MemoryDatasets datasets = streets();
    QueryTask task;
    task.with = {"streets"};
    task.sql = "SELECT name FROM streets";
    task.max_rows = 1;
    EXPECT_EQ(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kData);
    task.max_rows = 2;
    EXPECT_NO_THROW(task.run(datasets, {}));
    task.timeout = 0;
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

class QueryOfAProject : public testing::Test {
protected:
    QueryOfAProject() {
        m_folder.write("means.csv", "street,pm25\n东四,38.5\n景山,37.9\n");
        m_folder.write("p.toml",
                       "[tables.means]\npath = 'means.csv'\n[tables.unused]\npath = 'not_there.csv'\n"
                       "[ranks.order_of_means]\ninput = 'means'\nby = 'pm25'\n");
    }
    TemporaryFolder m_folder;
    MemoryDatasets m_datasets;
};

TEST_F(QueryOfAProject, SeesItsTablesAndResults) {
    QueryTask task;
    task.project = m_folder / "p.toml";
    task.sql = "SELECT street FROM Order_Of_Means WHERE rank = 1";
    const Outcome outcome = task.run(m_datasets, {});
    EXPECT_EQ(std::get<model::Layer>(outcome.product).column("street").text(0), "东四");
    ASSERT_EQ(m_datasets.inputs.size(), 1u);
    EXPECT_EQ(m_datasets.inputs[0].name, "means.csv");
    EXPECT_EQ(m_datasets.inputs[0].sha256.size(), 64u);
}

TEST_F(QueryOfAProject, ReadsOnlyWhatTheStatementMentions) {
    QueryTask task;
    task.project = m_folder / "p.toml";
    task.sql = "SELECT count(*) AS n FROM means";
    EXPECT_NO_THROW(task.run(m_datasets, {}));
    task.sql = "SELECT count(*) AS n FROM unused";
    EXPECT_EQ(error_of([&] { task.run(m_datasets, {}); }).kind(), base::ErrorKind::kInput);
}

TEST_F(QueryOfAProject, NamesTheNearestSectionForAMissingTable) {
    QueryTask task;
    task.project = m_folder / "p.toml";
    task.sql = "SELECT street FROM maens";
    const base::Error error = error_of([&] { task.run(m_datasets, {}); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_THAT(error.message(), HasSubstr("maens; did you mean means?"));
}

TEST_F(QueryOfAProject, TakesATableOfWithBeforeASectionOfItsName) {
    m_datasets.add(squares("other", "EPSG:4548", 1, {{0, 0}}, {"a"}));
    QueryTask task;
    task.project = m_folder / "p.toml";
    task.with = {"means=other"};
    task.sql = "SELECT name FROM means";
    EXPECT_EQ(std::get<model::Layer>(task.run(m_datasets, {}).product).row_count(), 1u);
}

}  // namespace
}  // namespace isopleth::pipeline
