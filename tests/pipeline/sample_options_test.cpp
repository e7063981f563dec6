// SPDX-License-Identifier: MIT
#include "pipeline/sample_options.hpp"

#include "memory_datasets.hpp"

namespace isopleth::pipeline {
namespace {

class SampleOptionsOfTasks : public testing::Test {
protected:
    void SetUp() override {
        model::Layer layer = points("stations", "EPSG:4548", {{5, 5}, {15, 5}, {25, 5}}, {10, 20, 30});
        layer.columns.push_back(reals("tsp", {100, std::nullopt, 300}));
        m_datasets.add(layer);
        m_datasets.add(points("others", "EPSG:4548", {{5, 5}, {90, 5}}, {7, 8}));
    }

    model::Samples gathered(const std::string& secondary, const std::string& points = {}) {
        SampleOptions options;
        options.secondary_points = points;
        options.secondary = secondary;
        return options.gather(*m_datasets.layer("stations"), "value", m_datasets);
    }

    MemoryDatasets m_datasets;
};

TEST_F(SampleOptionsOfTasks, HaveNoSecondVariableUnlessAsked) {
    EXPECT_EQ(gathered("").size(), 3u);
    EXPECT_FALSE(gathered("").second());
}

TEST_F(SampleOptionsOfTasks, TakeTheSecondVariableFromTheSamePoints) {
    const model::Samples samples = gathered("tsp");
    EXPECT_EQ(samples.size(), 3u);
    ASSERT_TRUE(samples.second());
    EXPECT_EQ(samples.second()->field, "tsp");
    EXPECT_EQ(samples.second()->values, (std::vector<double>{100, 300}));
}

TEST_F(SampleOptionsOfTasks, TakeTheSecondVariableFromOtherPoints) {
    const model::Samples samples = gathered("value", "others");
    ASSERT_TRUE(samples.second());
    EXPECT_EQ(samples.second()->values, (std::vector<double>{7, 8}));
    EXPECT_EQ(samples.second()->points[1], (geo::Point{90, 5}));
    EXPECT_THROW(gathered("tspp"), base::Error);
}

TEST_F(SampleOptionsOfTasks, RefuseWhatNoMethodTakes) {
    const auto refusal = [](const std::string& secondary, const std::string& points,
                            const std::vector<std::string>& methods) -> std::string {
        SampleOptions options;
        options.secondary = secondary;
        options.secondary_points = points;
        try {
            options.check(methods);
        } catch (const base::Error& error) {
            return error.message();
        }
        return "";
    };
    EXPECT_EQ(refusal("", "", {"idw"}), "");
    EXPECT_EQ(refusal("tsp", "", {"kriging", "cokriging"}), "");
    EXPECT_EQ(refusal("tsp", "", {"kriging:degree=1"}), "kriging takes no second variable");
    EXPECT_EQ(refusal("", "others", {"cokriging"}), "--secondary-points has no field");
}

}  // namespace
}  // namespace isopleth::pipeline
