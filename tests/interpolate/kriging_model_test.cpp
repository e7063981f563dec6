// SPDX-License-Identifier: MIT
#include "interpolate/kriging_model.hpp"

#include "interpolate/likelihood.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

KrigedField field_of(std::size_t count) {
    KrigedField field{"pm25", scattered(count, 1000, 31), {}};
    field.values = field_at(field.points, 31);
    return field;
}

TEST(KrigingModel, IsTheOneGiven) {
    const ChosenModel chosen = choose_model(parse_kriging_options("kriging:model=exp,psill=2,range=300"),
                                            field_of(20), Drift::constant(), {});
    EXPECT_EQ(chosen.model.structures.front().range, 300);
    EXPECT_FALSE(chosen.description["fitted"].bool_or(true));
}

TEST(KrigingModel, IsFittedToWhatTheDriftLeaves) {
    KrigedField field = field_of(200);
    const KrigingOptions options = parse_kriging_options("kriging:model=sph");
    const ChosenModel plain = choose_model(options, field, Drift::constant(), {});
    geo::Box box;
    for (const geo::Point point : field.points) box.extend(point);
    const Drift drift = Drift::polynomial(1, box);
    const ChosenModel before = choose_model(options, field, drift, {});
    for (std::size_t i = 0; i < field.values.size(); ++i) field.values[i] += 0.5 * field.points[i].x;
    const ChosenModel after = choose_model(options, field, drift, {});
    // A slope put on the values leaves the residuals as they were.
    EXPECT_NEAR(after.model.structures.front().range, before.model.structures.front().range, 1e-3);
    EXPECT_NEAR(after.model.sill(), before.model.sill(), 1e-6);
    EXPECT_NE(plain.model.sill(), before.model.sill());
}

TEST(KrigingModel, TakesTheErrorOfMeasurementOffTheNugget) {
    KrigedField field = field_of(200);
    for (std::size_t i = 0; i < field.values.size(); ++i)
        field.values[i] += 20 * base::random_uniform(32, i, 0);
    const auto nugget = [&](const std::string& error) {
        return choose_model(parse_kriging_options("kriging:model=sph" + error), field, Drift::constant(), {})
            .model.nugget;
    };
    const double whole = nugget("");
    ASSERT_GT(whole, 0);
    EXPECT_NEAR(nugget(",error=" + std::to_string(whole / 2)), whole / 2, 1e-6);
    EXPECT_EQ(nugget(",error=1000"), 0);
}

TEST(KrigingModel, IsFittedByRestrictedLikelihood) {
    const KrigedField field = field_of(120);
    const ChosenModel chosen =
        choose_model(parse_kriging_options("kriging:fit=reml"), field, Drift::constant(), {});
    EXPECT_EQ(chosen.description["fit"].string_or(""), "reml");
    const base::Json compared = chosen.description["compared"];
    ASSERT_EQ(compared.items().size(), 4u);
    double best = -1e300;
    for (const base::Json& one : compared.items())
        best = std::max(best, one["log_likelihood"].number_or(-1e300));
    const double log = chosen.description["log_likelihood"].number_or(0);
    // The likeliest, unless that is a gau without nugget.
    EXPECT_LE(log, best);
    const auto named = [&](const std::string& shape) {
        return choose_model(parse_kriging_options("kriging:fit=reml,model=" + shape), field,
                            Drift::constant(), {})
            .description["log_likelihood"]
            .number_or(0);
    };
    EXPECT_NEAR(named("sph"), compared.items()[0]["log_likelihood"].number_or(0), 1e-6);
    EXPECT_NEAR(named("mat,kappa=1.5"), compared.items()[3]["log_likelihood"].number_or(0), 1e-6);
    // One more parameter is never less likely.
    EXPECT_GE(named("mat,kappa=estimate"), named("mat,kappa=1.5") - 1e-6);
}

TEST(KrigingModel, ByLikelihoodDoesNotDependOnTheMeanButKnowsOneGiven) {
    KrigedField field = field_of(100);
    const KrigingOptions options = parse_kriging_options("kriging:fit=reml,model=exp");
    const double before =
        choose_model(options, field, Drift::constant(), {}).description["log_likelihood"].number_or(0);
    for (double& value : field.values) value += 1000;
    EXPECT_NEAR(
        choose_model(options, field, Drift::constant(), {}).description["log_likelihood"].number_or(0),
        before, 1e-6);
    // Ordinary likelihood of the differences from 1040.
    const KrigingOptions simple = parse_kriging_options("kriging:fit=reml,model=exp,mean=1040");
    const ChosenModel known = choose_model(simple, field, Drift::none(), {});
    for (double& value : field.values) value -= 1040;
    const Likelihood likelihood =
        Likelihood::exact(likelihood_data(field.points, field.values, Drift::none(), {}));
    EXPECT_NEAR(known.description["log_likelihood"].number_or(0), *likelihood.at(known.model, {}), 1e-6);
}

TEST(KrigingModel, NeedsMoreSamplesThanItsDriftHasFunctions) {
    const KrigingOptions options = parse_kriging_options("kriging:model=sph,psill=1,range=300,degree=2");
    const KrigedField field = field_of(6);
    geo::Box box;
    for (const geo::Point point : field.points) box.extend(point);
    EXPECT_EQ(error_of([&] { choose_model(options, field, Drift::polynomial(2, box), {}); }),
              "6 samples with a pm25 value; kriging with a model given needs 7. Use --method idw.");
}

TEST(KrigingModel, TellsASumOfShapesAsAList) {
    const base::Json json =
        to_json(VariogramModel{0.1, {{Shape::kSpherical, 1, 500}, {Shape::kMatern, 2, 80, 1.5}}});
    EXPECT_EQ(json["structures"].items().size(), 2u);
    EXPECT_EQ(json["structures"].items()[1]["kappa"].number_or(0), 1.5);
}

}  // namespace
}  // namespace isopleth::interpolate
