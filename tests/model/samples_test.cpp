// SPDX-License-Identifier: MIT
#include "model/samples.hpp"

namespace isopleth::model {
namespace {

using base::ErrorKind;

template <class Work>
base::Error failure_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {ErrorKind::kBug, ""};
}

Layer points(std::vector<geo::Geometry> places, const std::vector<std::optional<double>>& values) {
    Layer layer;
    layer.name = "stations";
    layer.source.file = "stations.csv";
    layer.has_geometry = true;
    layer.geometry = std::move(places);
    layer.crs = geo::Crs::parse("EPSG:4548");
    Column column("pm25", ColumnType::kReal);
    for (const auto& value : values) {
        if (value) {
            column.append(*value);
        } else {
            column.append_missing();
        }
    }
    layer.columns = {column};
    return layer;
}

TEST(Samples, TakePresentValuesAtPlacesInTheirOrder) {
    Layer layer = points({geo::Point{9, 1}, geo::Point{3, 4}, geo::Geometry{}, geo::Point{0, 0}},
                         {38.5, std::nullopt, 12.0, 0.0});
    layer.ids = {"d", "c", "b", "a"};
    const Samples samples = Samples::gather(layer, "pm25");
    EXPECT_EQ(samples.points(), (std::vector<geo::Point>{{9, 1}, {0, 0}}));
    EXPECT_EQ(samples.values(), (std::vector<double>{38.5, 0}));
    EXPECT_EQ(samples.ids(), (std::vector<std::string>{"d", "a"}));
    EXPECT_EQ(samples.field(), "pm25");
    EXPECT_EQ(samples.left_out(), 2u);
    EXPECT_EQ(samples.averaged(), 0u);
    EXPECT_EQ(samples.size(), 2u);
    EXPECT_EQ(samples.bounds(), (geo::Box{0, 0, 9, 1}));
    EXPECT_TRUE(samples.crs() == *layer.crs);
}

TEST(Samples, LeaveOutTheSecondVariableWhereASampleIsLeftOut) {
    const Samples samples =
        Samples::gather(points({geo::Point{0, 0}, geo::Point{5, 0}, geo::Point{9, 9}}, {1, 2, 4}), "pm25");
    const Samples other =
        Samples::gather(points({geo::Point{5, 0}, geo::Point{7, 7}, geo::Point{0, 0}}, {10, 20, 30}), "pm25");
    EXPECT_FALSE(samples.second());
    const Samples both = samples.with_second(other);
    EXPECT_EQ(both.second()->values, (std::vector<double>{10, 20, 30}));
    EXPECT_EQ(both.subset({2, 0}).second()->values, (std::vector<double>{20, 30}));
    EXPECT_EQ(both.subset({2, 0}).second()->points, (std::vector<geo::Point>{{7, 7}, {0, 0}}));
}

TEST(Samples, TakeOtherValuesAtTheSamePlaces) {
    const Samples samples = Samples::gather(points({geo::Point{0, 0}, geo::Point{5, 0}}, {1, 2}), "pm25");
    const Samples others = samples.with_second(samples).with_values({7, 8});
    EXPECT_EQ(others.values(), (std::vector<double>{7, 8}));
    EXPECT_EQ(others.points(), samples.points());
    EXPECT_EQ(others.ids(), samples.ids());
    EXPECT_FALSE(others.second());
    EXPECT_EQ(failure_of([&] { samples.with_values({7}); }).kind(), ErrorKind::kBug);
}

/// The points with a field "se" of standard errors.
Layer with_errors(Layer layer, const std::vector<std::optional<double>>& errors) {
    Column column("se", ColumnType::kReal);
    for (const auto& error : errors) error ? column.append(*error) : column.append_missing();
    layer.columns.push_back(column);
    return layer;
}

TEST(Samples, KnowHowSureEachMeasurementIs) {
    const Layer layer = with_errors(
        points({geo::Point{0, 0}, geo::Point{5, 0}, geo::Point{0, 0}, geo::Point{9, 9}}, {1, 2, 4, 8}),
        {3, 0, 4, std::nullopt});
    const Samples samples = Samples::gather(layer, "pm25", Duplicates::kMean, "se");
    EXPECT_EQ(samples.values(), (std::vector<double>{2.5, 2}));
    EXPECT_EQ(samples.error_variances(), (std::vector<double>{(9 + 16) / 4.0, 0}));
    EXPECT_EQ(samples.left_out(), 1u);
    EXPECT_EQ(samples.subset({1}).error_variances(), std::vector<double>{0});
    EXPECT_TRUE(Samples::gather(layer, "pm25", Duplicates::kMean).error_variances().empty());
}

TEST(Samples, RefuseANegativeMeasurementError) {
    Layer layer = with_errors(points({geo::Point{0, 0}, geo::Point{5, 0}}, {1, 2}), {0.5, -1});
    layer.source.lines = {2, 3};
    const base::Error error = failure_of([&] { Samples::gather(layer, "pm25", Duplicates::kRefuse, "se"); });
    EXPECT_STREQ(error.what(),
                 "stations.csv, line 3, column se: the measurement error -1 is negative. It is a standard "
                 "error, in the unit of the values.");
    layer = with_errors(points({geo::Point{0, 0}}, {1}), {std::nullopt});
    EXPECT_EQ(failure_of([&] { Samples::gather(layer, "pm25", Duplicates::kRefuse, "se"); }).message(),
              "no point has a value of pm25 and of se");
}

TEST(Samples, RefuseTwoAtOnePlaceAndNameThem) {
    Layer layer = points({geo::Point{9, 1}, geo::Point{3, 4}, geo::Point{9, 1}}, {1, 2, 3});
    layer.source.lines = {2, 3, 7};
    const base::Error error = failure_of([&] { Samples::gather(layer, "pm25"); });
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_EQ(error.message(), "several samples at one place: line 2 and line 7");
    EXPECT_NE(error.hint().find("--duplicates"), std::string::npos);
    layer.source.lines.clear();
    layer.ids = {"a", "b", "c"};
    EXPECT_EQ(failure_of([&] { Samples::gather(layer, "pm25"); }).message(),
              "several samples at one place: feature a and feature c");
}

TEST(Samples, AverageThoseAtOnePlaceWhenAsked) {
    const Layer layer = points(
        {geo::Point{9, 0.0}, geo::Point{3, 4}, geo::Point{9, -0.0}, geo::Point{9, 0}, geo::Point{9, 0}},
        {1, 5, 3, 8, std::nullopt});
    const Samples samples = Samples::gather(layer, "pm25", Duplicates::kMean);
    EXPECT_EQ(samples.points(), (std::vector<geo::Point>{{9, 0}, {3, 4}}));
    EXPECT_EQ(samples.values(), (std::vector<double>{4, 5}));
    EXPECT_EQ(samples.ids(), (std::vector<std::string>{"1", "2"}));
    EXPECT_EQ(samples.averaged(), 2u);
    EXPECT_EQ(samples.left_out(), 1u);
}

TEST(Samples, DoNotMergePlacesThatDifferInTheLastBit) {
    const double x = 448000.1;
    const Layer layer = points({geo::Point{x, 0}, geo::Point{std::nextafter(x, 1e9), 0}}, {1, 2});
    EXPECT_EQ(Samples::gather(layer, "pm25").size(), 2u);
}

TEST(Samples, RefuseDegreesAndUnknownSystems) {
    Layer layer = points({geo::Point{116.4, 39.9}}, {1});
    layer.crs = geo::Crs::wgs84();
    const base::Error error = failure_of([&] { Samples::gather(layer, "pm25"); });
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_NE(error.message().find("degrees"), std::string::npos);
    layer.crs = geo::Crs::parse("EPSG:2230");  // NAD83 / California zone 6, US survey feet
    EXPECT_EQ(failure_of([&] { Samples::gather(layer, "pm25"); }).kind(), ErrorKind::kData);
    layer.crs.reset();
    EXPECT_EQ(failure_of([&] { Samples::gather(layer, "pm25"); }).kind(), ErrorKind::kData);
}

TEST(Samples, RefuseWhatIsNoPoint) {
    const Layer layer = points({geo::Point{1, 1}, geo::MultiPoint{{{1, 2}}}}, {1, 2});
    const base::Error error = failure_of([&] { Samples::gather(layer, "pm25"); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_EQ(error.place().feature, "2");
    Layer table = points({}, {});
    table.has_geometry = false;
    EXPECT_EQ(failure_of([&] { Samples::gather(table, "pm25"); }).kind(), ErrorKind::kInput);
}

TEST(Samples, NeedAValue) {
    EXPECT_EQ(failure_of([&] {
                  Samples::gather(points({geo::Point{1, 1}}, {std::nullopt}), "pm25");
              }).kind(),
              ErrorKind::kData);
    EXPECT_EQ(failure_of([&] { Samples::gather(points({}, {}), "pm25"); }).kind(), ErrorKind::kData);
    EXPECT_EQ(failure_of([&] { Samples::gather(points({}, {}), "pm2"); }).kind(), ErrorKind::kUsage);
}

TEST(Samples, GiveThoseAtPositionsAsSamplesAgain) {
    const Samples all = Samples::gather(
        points({geo::Point{9, 1}, geo::Geometry{}, geo::Point{3, 4}, geo::Point{0, 0}}, {38.5, 1, 12, 0}),
        "pm25");
    EXPECT_EQ(all.rows(), (std::vector<std::size_t>{0, 2, 3}));
    const Samples part = all.subset({2, 0});
    EXPECT_EQ(part.points(), (std::vector<geo::Point>{{0, 0}, {9, 1}}));
    EXPECT_EQ(part.values(), (std::vector<double>{0, 38.5}));
    EXPECT_EQ(part.ids(), (std::vector<std::string>{"4", "1"}));
    EXPECT_EQ(part.rows(), (std::vector<std::size_t>{3, 0}));
    EXPECT_EQ(part.field(), "pm25");
    EXPECT_TRUE(part.crs() == all.crs());
    EXPECT_EQ(part.left_out(), 0u);
}

TEST(Samples, KeepTheirPromisesInASubset) {
    const Samples all = Samples::gather(points({geo::Point{9, 1}, geo::Point{3, 4}}, {1, 2}), "pm25");
    for (const std::vector<std::size_t>& positions :
         {std::vector<std::size_t>{}, std::vector<std::size_t>{2}, std::vector<std::size_t>{1, 1}}) {
        EXPECT_EQ(failure_of([&] { static_cast<void>(all.subset(positions)); }).kind(), ErrorKind::kBug);
    }
}

TEST(Samples, NameTheFirstRowOfThoseMerged) {
    const Layer layer = points({geo::Point{1, 1}, geo::Point{2, 2}, geo::Point{1, 1}}, {1, 2, 3});
    EXPECT_EQ(Samples::gather(layer, "pm25", Duplicates::kMean).rows(), (std::vector<std::size_t>{0, 1}));
}

TEST(Samples, KnowTheWordsForDuplicates) {
    EXPECT_EQ(parse_duplicates("refuse"), Duplicates::kRefuse);
    EXPECT_EQ(parse_duplicates("mean"), Duplicates::kMean);
    EXPECT_EQ(failure_of([] { parse_duplicates("median"); }).kind(), ErrorKind::kBug);
}

TEST(Samples, LeaveOutThoseWithoutACovariate) {
    const Samples all =
        Samples::gather(points({geo::Point{9, 1}, geo::Point{3, 4}, geo::Point{5, 5}}, {1, 2, 3}), "pm25");
    const Samples part = all.with_covariates({{"road", nullptr, {1.5, std::nullopt, 0}}});
    EXPECT_EQ(part.values(), (std::vector<double>{1, 3}));
    EXPECT_EQ(part.left_out(), 1u);
    ASSERT_EQ(part.covariates().size(), 1u);
    EXPECT_EQ(part.subset({1}).covariates()[0].at_samples, (std::vector<std::optional<double>>{0}));
    const auto none = failure_of([&] {
        static_cast<void>(all.with_covariates(
            {{"road", nullptr, {1, std::nullopt, 1}}, {"height", nullptr, {std::nullopt, 1, std::nullopt}}}));
    });
    EXPECT_EQ(none.kind(), ErrorKind::kData);
    EXPECT_EQ(none.message(), "none of the 3 samples has a value of road and height");
}

}  // namespace
}  // namespace isopleth::model
