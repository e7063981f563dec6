// SPDX-License-Identifier: MIT
#include "meuse.hpp"

#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {
namespace {

struct Expected {
    double estimate;
    double variance;
};

// Models without a sill. The figures are gstat 2.1-0's, to twelve digits:
//   krige(log(zinc) ~ 1, meuse, places, vgm(0.004, "Pow", 0.8, nugget = 0.05)), vgm(0.0006, "Lin", 0, nugget
//   = 0.05),
// with nmax = 12, with log(zinc) ~ x + y and vgm(0.004, "Pow", 1.3), and with block = c(200, 200).
class MeuseSlopes : public Meuse {
protected:
    void expect(const std::string& method, const std::vector<Expected>& expected) const {
        const std::vector<geo::Point> places{
            {179500, 330500}, {180000, 331000}, {180500, 332000}, {181000, 333000}, {179120.5, 331111.25}};
        std::vector<double> values(places.size()), errors(places.size());
        std::vector<std::uint8_t> valid(places.size());
        make(method, samples(m_log_zinc), {})->estimate(places, values, errors, valid);
        for (std::size_t i = 0; i < places.size(); ++i) {
            EXPECT_NEAR(values[i], expected[i].estimate, 1e-6 * expected[i].estimate) << method;
            EXPECT_NEAR(errors[i] * errors[i], expected[i].variance, 1e-6 * expected[i].variance) << method;
        }
    }
};

TEST_F(MeuseSlopes, AreKrigedAsGstatDoes) {
    const std::string pow = "kriging:model=pow,slope=0.004,exponent=0.8,nugget=0.05";
    expect(pow, {{5.175768608, 0.246117101751},
                 {5.05327172091, 0.232732949611},
                 {5.07593573953, 0.223992808154},
                 {5.54698025169, 0.196045505872},
                 {6.88084148738, 0.262974231454}});
    expect("kriging:model=lin,slope=0.0006,nugget=0.05", {{5.16662142376, 0.127237482923},
                                                          {5.06539296815, 0.122594914504},
                                                          {5.08238601001, 0.119050539428},
                                                          {5.54743522925, 0.108172114323},
                                                          {6.89599200061, 0.135433249463}});
    expect(pow + ",neighbours=12", {{5.19869289902, 0.246491712246},
                                    {5.07319852122, 0.233328288405},
                                    {5.0808177336, 0.225396503093},
                                    {5.55534661486, 0.196490858721},
                                    {6.82001622373, 0.263665736831}});
    expect("kriging:model=pow,slope=0.004,exponent=1.3,degree=1", {{5.20675741365, 1.31465746595},
                                                                   {4.96724058404, 1.12898530326},
                                                                   {4.93751068913, 1.0720300519},
                                                                   {5.5129886295, 0.720364664543},
                                                                   {6.9766442992, 1.47629167736}});
    expect("kriging:model=lin,slope=0.0006,nugget=0.05,block=200", {{5.17772294019, 0.0307957417873},
                                                                    {5.08660426827, 0.0305166568085},
                                                                    {5.11951191085, 0.0292939769199},
                                                                    {5.5646452451, 0.0221863195326},
                                                                    {6.88375488622, 0.0392134685699}});
}

TEST_F(MeuseSlopes, AreFittedAsGstatDoesOrBetter) {
    // fit.variogram(variogram(log(zinc) ~ 1, meuse), ...): lin 0.1369795183423 + 0.0005359801368 h. Its pow,
    // nugget 0 and 0.01204294342 h^0.5788203744, has a weighted error of 6.840472e-05.
    const EmpiricalVariogram empirical = empirical_variogram(m_points, m_log_zinc, {}, {});
    const auto lin = fit_variogram(empirical, Shape::kLinear);
    ASSERT_TRUE(lin);
    EXPECT_NEAR(lin->model.nugget, 0.1369795183423, 1e-4 * 0.137);
    EXPECT_NEAR(lin->model.structures[0].slope(), 0.0005359801368, 1e-4 * 0.000536);
    EXPECT_NEAR(lin->weighted_error, 0.0001642941, 1e-6 * 0.000164);
    const auto pow = fit_variogram(empirical, Shape::kPower);
    ASSERT_TRUE(pow);
    EXPECT_LE(pow->weighted_error, 6.840472e-05 * (1 + 1e-6));
    EXPECT_NEAR(pow->model.structures[0].exponent(), 0.5788203744, 1e-3);
    EXPECT_NEAR(pow->model.nugget, 0, 1e-4);
}

}  // namespace
}  // namespace isopleth::interpolate
