// SPDX-License-Identifier: MIT
#include "pipeline/covariates.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

/// Three stations; the raster "in/roads.tif" has 4 and 6 in its two cells of 10 m, none below the third.
class Covariates : public testing::Test {
protected:
    void SetUp() override {
        model::Layer layer = points("stations", "EPSG:4548", {{5, 5}, {15, 5}, {25, 5}}, {10, 20, 30});
        layer.columns.push_back(reals("distance", {1, std::nullopt, 3}));
        m_datasets.add(layer);
        auto raster = std::make_shared<model::Raster>(
            model::Grid{0, 10, 10, 2, 1}, geo::Crs::parse("EPSG:4548"), std::vector<std::string>{"roads"});
        raster->bands[0].set(0, 4);
        raster->bands[0].set(1, 6);
        m_datasets.rasters["in/roads.tif"] = raster;
    }

    model::Samples with(const std::vector<std::string>& texts) {
        const auto layer = m_datasets.layer("stations");
        return with_covariates(model::Samples::gather(*layer, "value"), *layer, texts, m_datasets);
    }

    std::string failure(const std::vector<std::string>& texts) {
        try {
            with(texts);
        } catch (const base::Error& error) {
            return error.message() + ". " + error.hint();
        }
        return "no error";
    }

    MemoryDatasets m_datasets;
};

TEST_F(Covariates, AreReadFromTheRasterAtTheSamples) {
    const model::Samples samples = with({"in/roads.tif"});
    EXPECT_EQ(samples.values(), (std::vector<double>{10, 20}));
    EXPECT_EQ(samples.left_out(), 1u);
    ASSERT_EQ(samples.covariates().size(), 1u);
    EXPECT_EQ(samples.covariates()[0].name, "roads");
    EXPECT_EQ(samples.covariates()[0].at_samples, (std::vector<std::optional<double>>{4, 6}));
}

TEST_F(Covariates, AreTakenFromTheFieldNamed) {
    const model::Samples samples = with({"distance=in/roads.tif"});
    EXPECT_EQ(samples.values(), (std::vector<double>{10, 30}));
    EXPECT_EQ(samples.covariates()[0].at_samples, (std::vector<std::optional<double>>{1, 3}));
    EXPECT_THAT(failure({"distanc=in/roads.tif"}), HasSubstr("distance"));
}

TEST_F(Covariates, MustBeInTheSamplesSystem) {
    auto raster = std::make_shared<model::Raster>(model::Grid{0, 10, 10, 2, 1}, geo::Crs::parse("EPSG:32650"),
                                                  std::vector<std::string>{"roads"});
    m_datasets.rasters["in/roads.tif"] = raster;
    EXPECT_EQ(
        failure({"in/roads.tif"}),
        "the covariate in/roads.tif is in EPSG:32650, the samples are analysed in EPSG:4548. Use --to-crs "
        "EPSG:32650, or reproject the raster.");
}

TEST_F(Covariates, AreNoneWithoutTexts) {
    EXPECT_EQ(with({}).size(), 3u);
    EXPECT_TRUE(with({}).covariates().empty());
}

}  // namespace
}  // namespace isopleth::pipeline
