// SPDX-License-Identifier: MIT
#include "interpolate/kriging_options.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

std::string refusal(const std::string& options) {
    return error_of([&] { parse_kriging_options("kriging:" + options); });
}

TEST(KrigingOptions, ReadASumOfShapes) {
    const VariogramModel model =
        parse_kriging_options("kriging:model=sph+mat,psill=0.3+0.2,range=1.2km+100,kappa=1.5,nugget=0.05")
            .given_model();
    ASSERT_EQ(model.structures.size(), 2u);
    EXPECT_EQ(model.nugget, 0.05);
    EXPECT_EQ(model.structures[0].shape, Shape::kSpherical);
    EXPECT_EQ(model.structures[0].range, 1200);
    EXPECT_EQ(model.structures[1].shape, Shape::kMatern);
    EXPECT_EQ(model.structures[1].partial_sill, 0.2);
    EXPECT_EQ(model.structures[1].smoothness, 1.5);
}

TEST(KrigingOptions, RefuseWhatDoesNotFitTogether) {
    EXPECT_EQ(
        refusal("model=sph+exp"),
        "kriging: a sum of shapes is not fitted by itself. Give psill and range for each, joined by +.");
    EXPECT_EQ(refusal("model=sph+exp,psill=1,range=100"),
              "kriging: 2 shapes, 1 partial sills and 1 ranges. Give one psill and one range for each shape, "
              "joined by +.");
    EXPECT_EQ(refusal("model=spf,psill=1,range=100"),
              "kriging: model cannot be \"spf\"; did you mean sph? Use one of: exp, sph, gau, mat, lin, pow, or a sum "
              "such as sph+exp.");
    EXPECT_EQ(refusal("mean=5,degree=1"),
              "kriging: mean and degree exclude each other. A known mean has no drift to estimate.");
    EXPECT_EQ(refusal("degree=4"), "kriging: degree is 0 to 3, not 4");
    EXPECT_EQ(refusal("angle=30"), "kriging: anisotropy needs angle and ratio");
    EXPECT_EQ(refusal("angle=30,ratio=1.5"), "kriging: ratio must be above 0 and at most 1");
    EXPECT_EQ(refusal("transform=log,above=3"), "kriging: transform and above exclude each other");
    EXPECT_EQ(refusal("transform=boxcox,degree=1"),
              "kriging: transform=boxcox works with a constant unknown mean and points. Leave mean, degree "
              "and block out.");
    EXPECT_EQ(refusal("transform=log,lambda=1"), "kriging: lambda belongs to transform=boxcox");
    EXPECT_EQ(refusal("transform=boxcox,lambda=-3"), "kriging: lambda is -2 to 2, not -3");
    EXPECT_EQ(refusal("block=0"), "kriging: block must be above 0");
    EXPECT_EQ(refusal("error=-1"), "kriging: error must be at least 0");
}

TEST(KrigingOptions, SayHowToFit) {
    EXPECT_FALSE(parse_kriging_options("kriging").is_by_likelihood());
    EXPECT_FALSE(parse_kriging_options("kriging:fit=wls").is_by_likelihood());
    EXPECT_TRUE(parse_kriging_options("kriging:fit=reml").is_by_likelihood());
    EXPECT_TRUE(parse_kriging_options("kriging:fit=reml,model=mat,kappa=estimate").seeks_smoothness());
    EXPECT_EQ(refusal("fit=reml,model=exp,psill=1,range=100"),
              "kriging: fit=reml has nothing to fit. Leave fit, or psill and range out.");
    EXPECT_EQ(refusal("fit=reml,above=3"),
              "kriging: fit=reml and above exclude each other. Whether a limit is exceeded is not normally "
              "distributed: use fit=wls.");
    EXPECT_EQ(refusal("model=mat,kappa=estimate"),
              "kriging: kappa=estimate needs fit=reml and no psill. Least squares cannot tell kappa from the "
              "nugget.");
    EXPECT_EQ(refusal("fit=reml,kappa=estimate"), "kriging: kappa belongs to model=mat");
}

TEST(KrigingOptions, HaveThePlaneOfTheirAnisotropy) {
    EXPECT_TRUE(parse_kriging_options("kriging").anisotropy.plane().is_same());
    EXPECT_FALSE(parse_kriging_options("kriging:angle=30,ratio=0.4").anisotropy.plane().is_same());
}

TEST(KrigingOptions, GiveASlopeToModelsWithoutASill) {
    const VariogramModel model = parse_kriging_options(
                                     "kriging:model=sph+pow,psill=2,range=300,slope=0.1,exponent=1.5,"
                                     "nugget=0.5")
                                     .given_model();
    ASSERT_EQ(model.structures.size(), 2u);
    EXPECT_EQ(model.structures[0].partial_sill, 2);
    EXPECT_EQ(model.structures[1].slope(), 0.1);
    EXPECT_EQ(model.structures[1].exponent(), 1.5);
    EXPECT_EQ(refusal("model=lin,psill=1,range=100"),
              "kriging: model=lin has a slope, not psill and range. With a range it would be a model along a "
              "line only: "
              "use model=lin,slope=S, or sph.");
    EXPECT_EQ(
        refusal("model=pow,psill=1"),
        "kriging: model=pow has no psill and range: it rises without a sill. Use slope=S,exponent=K: the "
        "semivariance is nugget + slope x distance^exponent.");
    EXPECT_EQ(refusal("model=pow,slope=1,exponent=2"),
              "kriging: exponent must be below 2, not 2. At 2 the semivariance is a parabola, which is a "
              "drift: use "
              "degree=1.");
    EXPECT_EQ(refusal("model=sph,slope=1"),
              "kriging: slope belongs to model=lin and pow. Other models have psill and range.");
    EXPECT_EQ(refusal("model=lin,mean=3"),
              "kriging: a known mean needs a model with a sill, which lin has not. Leave mean out: an "
              "unknown mean needs "
              "none. Or use model=exp, sph, gau or mat.");
    EXPECT_EQ(refusal("model=pow,fit=reml"),
              "kriging: fit=reml needs a model with a sill, which pow has not. Use fit=wls.");
}

}  // namespace
}  // namespace isopleth::interpolate
