// SPDX-License-Identifier: MIT
#include "interpolate/folds.hpp"

#include "interpolate/kriging_model.hpp"
#include "sample_points.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace isopleth::interpolate {
namespace {

using Numbers = std::vector<std::size_t>;

Folds folds_of(const char* text, const model::Samples& samples) {
    return make_folds(parse_folds(text), samples, {});
}

model::Samples field(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 3000, 21);
    return samples_at(points, field_at(points, 21));
}

std::vector<std::size_t> sizes_of(const Folds& folds) {
    std::vector<std::size_t> sizes(folds.count);
    for (const std::size_t number : folds.number) ++sizes[number];
    return sizes;
}

TEST(Folds, AreReadFromTheirText) {
    EXPECT_EQ(parse_folds("loo").kind, FoldKind::kLeaveOneOut);
    EXPECT_EQ(parse_folds("k:10").count, 10u);
    EXPECT_EQ(parse_folds("block").kind, FoldKind::kBlock);
    EXPECT_FALSE(parse_folds("block").distance);
    EXPECT_EQ(parse_folds("block:2km").distance->value, 2000);
    EXPECT_EQ(parse_folds("buffer:500").kind, FoldKind::kBuffer);
    EXPECT_EQ(parse_folds("field: district ").field, "district");
}

TEST(Folds, RefuseWhatTheyAreNot) {
    const auto failure = [](const char* text) { return error_of([&] { parse_folds(text); }); };
    const std::string kinds = " Use one of: loo, k:10, block, block:500, buffer:500, field:NAME.";
    EXPECT_EQ(failure("blok"), "unknown folds blok; did you mean block?" + kinds);
    EXPECT_EQ(failure("loo:3"), "folds loo takes no value." + kinds);
    EXPECT_EQ(failure("k"), "folds k lack their value." + kinds);
    EXPECT_EQ(failure("block:"), "folds block lack their value." + kinds);
    EXPECT_EQ(failure("k:1"), "k is a whole number of folds from 2 on, not \"1\"");
    EXPECT_EQ(failure("k:2.5"), "k is a whole number of folds from 2 on, not \"2.5\"");
    EXPECT_EQ(failure("buffer:0"), "the distance of buffer must be above 0");
    EXPECT_NE(failure("block:wide"), "");
}

TEST(Folds, LeaveEachSampleOutByItself) {
    const Folds folds = folds_of("loo", samples_at({{30, 0}, {10, 0}, {20, 5}}, {1, 2, 3}));
    EXPECT_EQ(folds.number, (Numbers{2, 0, 1}));
    EXPECT_EQ(folds.count, 3u);
    EXPECT_TRUE(folds.is_leave_one_out());
    EXPECT_EQ(folds.description.dump(-1),
              R"({"kind": "leave one out", "count": 3, "smallest": 1, "largest": 1})");
}

TEST(Folds, KnowTheBufferAroundEachSample) {
    const Folds folds = folds_of("buffer:15", samples_at({{30, 0}, {10, 0}, {20, 5}}, {1, 2, 3}));
    EXPECT_EQ(folds.number, (Numbers{2, 0, 1}));
    EXPECT_EQ(folds.buffer, 15);
    EXPECT_FALSE(folds.is_leave_one_out());
}

TEST(Folds, OfEqualSizeAreDealtByChance) {
    const model::Samples samples = field(103);
    FoldRule rule = parse_folds("k:10");
    const Folds folds = make_folds(rule, samples, {});
    std::vector<std::size_t> sizes = sizes_of(folds);
    std::sort(sizes.begin(), sizes.end());
    EXPECT_EQ(sizes, (Numbers{10, 10, 10, 10, 10, 10, 10, 11, 11, 11}));
    rule.seed = 2;
    EXPECT_NE(make_folds(rule, samples, {}).number, folds.number);
}

TEST(Folds, DoNotDependOnTheOrderOfSamples) {
    std::vector<geo::Point> points = scattered(90, 3000, 23);
    std::vector<double> values = field_at(points, 23);
    const model::Samples samples = samples_at(points, values);
    std::rotate(points.begin(), points.begin() + 31, points.end());
    std::rotate(values.begin(), values.begin() + 31, values.end());
    const model::Samples rotated = samples_at(points, values);
    for (const char* text : {"loo", "k:7", "block", "block:400", "buffer:300"}) {
        Folds folds = folds_of(text, samples);
        std::rotate(folds.number.begin(), folds.number.begin() + 31, folds.number.end());
        EXPECT_EQ(folds_of(text, rotated).number, folds.number) << text;
    }
}

TEST(Folds, OfBlocksAreSquaresOverTheSamples) {
    // Blocks of 10 over 25 x 15 are 3 x 2, laid centred: x from -2.5, y from -2.5. Rows from the south.
    const model::Samples samples =
        samples_at({{0, 0}, {25, 15}, {7, 0}, {8, 0}, {0, 8}, {25, 14}}, {1, 2, 3, 4, 5, 6});
    const Folds folds = folds_of("block:10", samples);
    EXPECT_EQ(folds.number, (Numbers{0, 3, 0, 1, 2, 3}));
    EXPECT_EQ(folds.count, 4u);
    EXPECT_EQ(folds.description.dump(-1),
              R"({"kind": "block", "side": 10, "count": 4, "smallest": 1, "largest": 2})");
}

TEST(Folds, MakeNoBlockOfRoundingWhereTheSideDividesTheExtent) {
    const Folds folds = folds_of("block:0.1", samples_at({{0, 0}, {0.15, 0}, {0.3, 0}}, {1, 2, 3}));
    EXPECT_EQ(folds.number, (Numbers{0, 1, 2}));
}

TEST(Folds, OfBlocksAreAsWideAsTheVariogramReaches) {
    const model::Samples samples = field(300);
    const ChosenModel chosen =
        choose_model({}, {"pm25", samples.points(), samples.values()}, Drift::constant(), {});
    const double range = practical_range(chosen.model.structures.front());
    const Folds folds = folds_of("block", samples);
    EXPECT_EQ(folds.description["side"].number_or(0), range);
    EXPECT_EQ(folds.number, make_folds({.distance = base::Meters{range}}, samples, {}).number);
    EXPECT_NE(folds.description["side_from"].string_or("").find("practical range of the samples' variogram"),
              std::string::npos);
}

TEST(Folds, CutBlocksDownThatWouldBeTooFew) {
    // A plane has no range within its extent.
    const std::vector<geo::Point> points = scattered(60, 1000, 4);
    std::vector<double> values;
    for (const geo::Point& point : points) values.push_back(point.x + point.y);
    const Folds folds = folds_of("block", samples_at(points, values));
    EXPECT_GE(folds.count, 5u);
    EXPECT_LT(folds.description["side"].number_or(1e9), 1000);
    EXPECT_NE(folds.description["side_from"].string_or("").find("cut down to leave 5 blocks"),
              std::string::npos);
}

TEST(Folds, FollowTheLabelsOfAField) {
    EXPECT_EQ(folds_by_label({"b", "a", "b", "c"}, "district").number, (Numbers{1, 0, 1, 2}));
    EXPECT_EQ(folds_by_label({"10", "9", "10", "2"}, "fold").number, (Numbers{2, 1, 2, 0}));
    EXPECT_EQ(folds_by_label({"a", "b"}, "district").description.dump(-1),
              R"({"kind": "field", "field": "district", "count": 2, "smallest": 1, "largest": 1})");
    EXPECT_EQ(error_of([] {
                  folds_by_label({"a", "a"}, "district");
              }),
              "the field district has 1 value at the samples; cross-validation needs 2 folds");
}

TEST(Folds, NeedSamplesEnough) {
    const auto failure = [](const char* text, const model::Samples& samples) {
        return error_of([&] { folds_of(text, samples); });
    };
    EXPECT_EQ(failure("loo", samples_at({{0, 0}}, {1})),
              "1 sample with a pm25 value; cross-validation needs 2");
    EXPECT_EQ(failure("k:10", field(9)), "9 samples cannot make 10 folds. Use --folds loo, or fewer folds.");
    EXPECT_EQ(failure("block:9km", field(9)),
              "the 9 samples lie in 1 block of 9000 m; cross-validation needs 2 folds. Use shorter blocks.");
    EXPECT_EQ(failure("block", field(9)),
              "9 samples with a pm25 value; the side of blocks is fitted to at least 10. Give the side as "
              "--folds block:D, or use --folds loo.");
    EXPECT_EQ(failure("block", samples_at(scattered(12, 900, 1), std::vector<double>(12, 38.5))),
              "no side of blocks can be fitted: all 12 samples have the pm25 value 38.5: there is no "
              "variogram to fit. Give the side as --folds block:D, or use --folds loo.");
}

}  // namespace
}  // namespace isopleth::interpolate
