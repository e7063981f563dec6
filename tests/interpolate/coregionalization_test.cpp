// SPDX-License-Identifier: MIT
#include "interpolate/coregionalization.hpp"

#include "sample_points.hpp"

#include <numeric>

namespace isopleth::interpolate {
namespace {

VariogramModel spherical(double nugget, double partial_sill) {
    return {nugget, {{Shape::kSpherical, partial_sill, 300}}};
}

TEST(Coregionalization, IsValidWhereNoCovarianceExceedsItsVariances) {
    EXPECT_TRUE((Coregionalization{spherical(1, 4), spherical(0.5, -4), spherical(1, 4)}.is_valid()));
    EXPECT_FALSE((Coregionalization{spherical(1, 4), spherical(0.5, -4.1), spherical(1, 4)}.is_valid()));
    EXPECT_FALSE((Coregionalization{spherical(0, 4), spherical(0.1, 2), spherical(1, 4)}.is_valid()));
    EXPECT_FALSE((Coregionalization{spherical(-1, 4), spherical(0, 2), spherical(1, 4)}.is_valid()));
}

TEST(Coregionalization, OfAVariableAndAMultipleOfItIsThatMultiple) {
    const std::vector<geo::Point> points = scattered(80, 1000, 3);
    const std::vector<double> first = field_at(points, 3);
    std::vector<double> second;
    for (const double value : first) second.push_back(-3 * value + 7);
    const auto fitted = fit_coregionalization(points, first, second, {});
    ASSERT_TRUE(fitted);
    EXPECT_TRUE(fitted->is_valid());
    EXPECT_NEAR(fitted->cross.nugget, -3 * fitted->first.nugget, 1e-9 * fitted->first.sill());
    EXPECT_NEAR(fitted->second.nugget, 9 * fitted->first.nugget, 1e-8 * fitted->first.sill());
    EXPECT_NEAR(fitted->cross.sill(), -3 * fitted->first.sill(), 1e-8 * fitted->first.sill());
    EXPECT_NEAR(fitted->second.sill(), 9 * fitted->first.sill(), 1e-8 * fitted->first.sill());
    EXPECT_EQ(fitted->cross.structures[0].range, fitted->first.structures[0].range);
}

TEST(Coregionalization, IsValidWhateverTheVariablesAre) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const std::vector<geo::Point> points = scattered(30, 1000, seed);
        std::vector<double> second = field_at(points, seed);
        for (std::size_t i = 0; i < second.size(); ++i)
            second[i] += 20 * base::random_uniform(seed + 100, i, 0) * static_cast<double>(seed % 3);
        const auto fitted = fit_coregionalization(points, field_at(points, seed), second, {});
        ASSERT_TRUE(fitted) << seed;
        EXPECT_TRUE(fitted->is_valid()) << seed;
    }
}

TEST(Coregionalization, NeedsValuesThatDiffer) {
    const std::vector<geo::Point> points = scattered(30, 1000, 1);
    EXPECT_FALSE(fit_coregionalization(points, field_at(points, 1), std::vector<double>(30, 5), {}));
}

}  // namespace
}  // namespace isopleth::interpolate
