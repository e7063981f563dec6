// SPDX-License-Identifier: MIT
#include "meuse.hpp"

namespace isopleth::interpolate {
namespace {

TEST_F(Meuse, IsCokrigedAsGstatDoes) {
    std::vector<double> log_lead;
    for (const double lead : m_columns.at("lead")) log_lead.push_back(std::log(lead));
    const model::Samples zinc = samples(m_log_zinc);
    const model::Samples lead = samples(log_lead);
    const std::string of_zinc = "cokriging:model=sph,range=900,psill=0.59+0.51+0.5,nugget=0.05+0.04+0.06";
    const std::string of_lead = "cokriging:model=sph,range=900,psill=0.5+0.51+0.59,nugget=0.06+0.04+0.05";
    compare(of_zinc, zinc.with_second(lead), "ck_lz_pred", "ck_lz_var");
    compare(of_zinc + ",neighbours=155", zinc.with_second(lead), "ck_lz_pred", "ck_lz_var");
    compare(of_lead, lead.with_second(zinc), "ck_lp_pred", "ck_lp_var");
    std::vector<double> some(m_log_zinc.size(), std::nan(""));
    for (std::size_t i = 0; i < some.size(); i += 3) some[i] = m_log_zinc[i];
    compare(of_zinc, samples(some).with_second(lead), "ck_third_pred", "ck_third_var");
}

TEST_F(Meuse, OrdinaryKrigingIsGstats) {
    compare(fitted("Sph", "sph"), m_log_zinc, "ok_pred", "ok_var");
    compare(fitted("Exp", "exp"), m_log_zinc, "ok_exp_pred", "ok_exp_var");
    compare(fitted("Gau", "gau"), m_log_zinc, "ok_gau_pred", "ok_gau_var");
}

TEST_F(Meuse, KrigingFromTwelveNeighboursIsGstats) {
    // One cell has its 12th and 13th neighbour equally far: gstat and we may take either.
    compare(fitted("Sph", "sph") + ",neighbours=12", m_log_zinc, "ok12_pred", "ok12_var", "tie12");
}

TEST_F(Meuse, SimpleKrigingIsGstats) {
    compare("kriging:mean=5.9,model=sph,psill=0.59,range=900,nugget=0.05", m_log_zinc, "sk59_pred",
            "sk59_var");
}

TEST_F(Meuse, KrigingWithExternalDriftIsGstats) {
    const base::Json& fit = m_expected["fits"]["residual_Exp"];
    EXPECT_NEAR(fit["range"].items()[1].number_or(0), 340.32, 0.001);
    compare(fitted("residual_Exp", "exp"), with_distance(samples(m_log_zinc)), "uk_pred", "uk_var");
}

TEST_F(Meuse, ResidualsOfTheDistanceHaveGstatsVariogram) {
    const auto fit = make("kriging:model=exp", with_distance(samples(m_log_zinc)), {})->description();
    const base::Json& expected = m_expected["fits"]["residual_Exp"];
    const base::Json& found = fit["variogram"];
    EXPECT_NEAR(found["nugget"].number_or(0), expected["psill"].items()[0].number_or(-1), 1e-4 * 0.057);
    EXPECT_NEAR(found["psill"].number_or(0), expected["psill"].items()[1].number_or(-1), 1e-4 * 0.176);
    EXPECT_NEAR(found["range"].number_or(0), expected["range"].items()[1].number_or(-1), 1e-4 * 340);
}

TEST_F(Meuse, TrendOfTheDistanceIsTheLeastSquaresLine) {
    const auto trend = make("trend", with_distance(samples(m_log_zinc)), {});
    const std::vector<geo::Point> places = points_of(m_grid);
    std::vector<double> values(places.size()), errors(places.size());
    std::vector<std::uint8_t> valid(places.size());
    trend->estimate(places, values, errors, valid);
    const auto coefficients = m_expected["ols"]["coef"].items();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double expected =
            coefficients[0].number_or(0) + coefficients[1].number_or(0) * std::sqrt(m_distance.at("dist")[i]);
        ASSERT_NEAR(values[i], expected, 1e-9 * std::abs(expected));
    }
}

TEST_F(Meuse, UniversalKrigingWithADriftInXAndYIsGstats) {
    compare("kriging:degree=1,model=sph,psill=0.4,range=700,nugget=0.05", m_log_zinc, "uk_xy_pred",
            "uk_xy_var");
}

TEST_F(Meuse, KrigingWithASumOfShapesIsGstats) {
    compare("kriging:model=sph+exp,psill=0.3+0.3,range=1200+100,nugget=0.05", m_log_zinc, "nested_pred",
            "nested_var");
}

TEST_F(Meuse, AnisotropicKrigingIsGstats) {
    compare("kriging:model=sph,psill=0.59,range=1200,nugget=0.05,angle=30,ratio=0.4", m_log_zinc,
            "aniso_pred", "aniso_var");
}

TEST_F(Meuse, KrigingOfMeasurementsWithErrorsIsGstats) {
    compare("kriging:model=sph,psill=0.59,range=900,nugget=0.02,error=0.05", m_log_zinc, "err_pred",
            "err_var");
}

TEST_F(Meuse, BlockKrigingIsGstats) {
    compare(fitted("Sph", "sph") + ",block=40", m_log_zinc, "block40_pred", "block40_var");
}

TEST_F(Meuse, LognormalKrigingIsUnbiasedAsWithGstatsMultiplier) {
    compare(fitted("Sph", "sph") + ",transform=log", m_columns.at("zinc"), "lognormal_ok_mu", "");
}

TEST_F(Meuse, KrigingWithAMaternModelIsGstats) {
    compare("kriging:model=mat,kappa=1.5,psill=0.6,range=200,nugget=0.05", m_log_zinc, "mat15_pred",
            "mat15_var");
}

TEST_F(Meuse, KrigingOfAnIndicatorIsGstats) {
    std::vector<double> is_above;
    for (const double zinc : m_columns.at("zinc")) is_above.push_back(zinc > 500 ? 1 : 0);
    const auto interpolator =
        make("kriging:model=sph,psill=0.12,range=900,nugget=0.06", samples(is_above), {});
    const std::vector<geo::Point> places = points_of(m_grid);
    std::vector<double> estimates(places.size()), errors(places.size());
    std::vector<std::uint8_t> valid(places.size());
    interpolator->estimate(places, estimates, errors, valid);
    for (std::size_t i = 0; i < places.size(); ++i) {
        // A probability may be near 0: to 1e-9 absolute.
        ASSERT_NEAR(estimates[i], m_grid.at("ind500_pred")[i], 1e-9);
        ASSERT_NEAR(errors[i] * errors[i], m_grid.at("ind500_var")[i], 1e-9);
    }
}

TEST_F(Meuse, InverseDistanceWeightingIsGstats) {
    compare("idw:power=2,neighbours=12", m_columns.at("zinc"), "idw2_12_zinc", "", "tie12");
    compare("idw:power=2,neighbours=all", m_columns.at("zinc"), "idw2_all_zinc", "");
}

TEST_F(Meuse, TheTrendSurfaceIsGstats) {
    // The file has no variance of the trend; what gstat adds up for it is in trend.hpp and tested there.
    compare("trend:degree=2", m_log_zinc, "trend2_pred", "");
}

}  // namespace
}  // namespace isopleth::interpolate
