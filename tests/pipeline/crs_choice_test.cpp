// SPDX-License-Identifier: MIT
#include "pipeline/crs_choice.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

std::shared_ptr<const model::Layer> a_point(const std::string& crs, geo::Point at) {
    return std::make_shared<const model::Layer>(points("p", crs, {at}, {1.0}));
}
constexpr geo::Point kTiananmen{116.3913, 39.9075};

TEST(CrsChoice, LeavesAMetricLayerWhereItIs) {
    const auto layer = a_point("EPSG:32650", {447000, 4417000});
    const MetricLayer made = in_metres(layer, geo::Crs::parse("EPSG:4548"));
    EXPECT_EQ(made.layer, layer);
    EXPECT_EQ(made.said, "");
}

TEST(CrsChoice, TakesTheProjectsCrsForDegrees) {
    const MetricLayer made = in_metres(a_point("EPSG:4326", kTiananmen), geo::Crs::parse("EPSG:4548"));
    EXPECT_EQ(made.layer->crs->code(), "EPSG:4548");
    EXPECT_EQ(made.said, "");
}

TEST(CrsChoice, ChoosesTheUtmZoneOfTheDataAndSaysSo) {
    const MetricLayer made = in_metres(a_point("EPSG:4326", kTiananmen), std::nullopt);
    EXPECT_EQ(made.layer->crs->code(), "EPSG:32650");  // 116.39 E lies in 114 to 120 E
    EXPECT_THAT(made.said, HasSubstr("EPSG:32650"));
}

TEST(CrsChoice, NeedsACrsAndOffersTheOption) {
    const base::Error error = error_of([] { in_metres(a_point("", kTiananmen), std::nullopt); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.hint(), HasSubstr("--crs EPSG:4326"));
    EXPECT_EQ(error_of([] { in_crs(a_point("", kTiananmen), geo::Crs::wgs84()); }).kind(),
              base::ErrorKind::kInput);
}

TEST(CrsChoice, TellsATableFromALayerWithoutCrs) {
    model::Layer table;
    table.columns = {reals("east", {1.0}), reals("value", {2.0})};
    const base::Error error = error_of([&] { require_crs(table); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("--x and --y; the columns are east, value."));
}

TEST(CrsChoice, NeedsAPlaceToChooseFrom) {
    model::Layer nowhere = points("p", "EPSG:4326", {}, {});
    nowhere.geometry.emplace_back();
    nowhere.columns = {reals("value", {1.0})};
    const base::Error error =
        error_of([&] { in_metres(std::make_shared<const model::Layer>(nowhere), std::nullopt); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kData);
}

TEST(CrsChoice, ComputesARasterInTheCrsAskedForTheOutput) {
    MemoryDatasets datasets;
    datasets.in_output = geo::Crs::parse("EPSG:4548");
    const auto metric = a_point("EPSG:32650", {447000, 4417000});
    EXPECT_EQ(in_output_metres(metric, datasets).layer->crs->code(), "EPSG:4548");
    datasets.in_output.reset();
    EXPECT_EQ(in_output_metres(metric, datasets).layer, metric);
}

TEST(CrsChoice, RefusesARasterInDegrees) {
    MemoryDatasets datasets;
    datasets.in_output = geo::Crs::wgs84();
    const base::Error error = error_of([&] { in_output_metres(a_point("EPSG:4326", kTiananmen), datasets); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
}

TEST(CrsChoice, KeepsALayerThatIsInTheCrsAlready) {
    const auto layer = a_point("EPSG:4548", {500000, 4400000});
    EXPECT_EQ(in_crs(layer, geo::Crs::parse("EPSG:4548")), layer);
}

}  // namespace
}  // namespace isopleth::pipeline
