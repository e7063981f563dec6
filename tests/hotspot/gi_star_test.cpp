// SPDX-License-Identifier: MIT
#include "hotspot/gi_star.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/statistics.hpp"
#include "oracle.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace isopleth::hotspot {
namespace {

model::Column column_of(const std::vector<std::optional<double>>& values) {
    model::Column column("count", model::ColumnType::kReal);
    for (const auto& value : values) value ? column.append(*value) : column.append_missing();
    return column;
}

/// Items in a row, each next to the one before and after.
Weights chain(std::size_t count) {
    Weights weights;
    weights.neighbours.resize(count);
    for (std::size_t i = 0; i + 1 < count; ++i) {
        weights.neighbours[i].push_back(i + 1);
        weights.neighbours[i + 1].push_back(i);
    }
    return weights;
}

std::vector<GiStar> scores(const std::vector<std::optional<double>>& values, const Weights& weights,
                           const GiStarOptions& options = {}, int threads = 1) {
    base::Job job;
    job.threads = threads;
    return gi_star(column_of(values), weights, options, job);
}

// By hand: mean 3, deviation sqrt(2), n = 5. The middle: (2 + 3 + 4 - 3 * 3) / ... = 0; the last:
// (4 + 5 - 2 * 3) / (sqrt(2) sqrt((5 * 2 - 4) / 4)) = 3 / sqrt(3).
TEST(GiStar, IsTheScoreOfOrdAndGetis) {
    const auto found = scores({1.0, 2.0, 3.0, 4.0, 5.0}, chain(5));
    EXPECT_NEAR(*found[2].z, 0, 1e-15);
    EXPECT_NEAR(*found[4].z, std::sqrt(3.0), 1e-15);
    EXPECT_NEAR(*found[0].z, -std::sqrt(3.0), 1e-15);
    EXPECT_NEAR(*found[4].p, std::erfc(std::sqrt(3.0) / std::sqrt(2.0)), 1e-15);
    EXPECT_EQ(found[4].gi_class, "hot 90 %");
    EXPECT_EQ(found[0].gi_class, "cold 90 %");
    EXPECT_EQ(found[2].gi_class, "not significant");
}

TEST(GiStar, LeavesOutWhatIsMissing) {
    const std::vector<std::optional<double>> with = {1.0, 2.0, std::nullopt, 7.0, 5.0, 6.0};
    const auto found = scores(with, chain(6));
    EXPECT_FALSE(found[2].z.has_value());
    EXPECT_FALSE(found[2].p.has_value());
    EXPECT_EQ(found[2].gi_class, "not tested");
    Weights without;
    without.neighbours = {{1}, {0}, {3}, {2, 4}, {3}};
    const auto expected = scores({1.0, 2.0, 7.0, 5.0, 6.0}, without);
    for (const auto& [row, other] :
         std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {1, 1}, {3, 2}, {4, 3}, {5, 4}}) {
        EXPECT_EQ(found[row].z, expected[other].z) << row;
    }
}

TEST(GiStar, DoesNotTestANeighbourhoodOfEverything) {
    Weights weights;
    weights.neighbours = {{1, 2}, {0}, {0}};
    const auto found = scores({1.0, 2.0, 4.0}, weights);
    EXPECT_EQ(found[0].gi_class, "not tested");
    EXPECT_TRUE(found[1].z.has_value());
}

TEST(GiStar, NeedsThreeValuesThatDiffer) {
    EXPECT_THROW(scores({1.0, std::nullopt, 2.0}, chain(3)), base::Error);
    EXPECT_THROW(scores({2.0, 2.0, 2.0, 2.0}, chain(4)), base::Error);
}

// Shifted and stretched values have the same scores, mirrored ones the opposite.
TEST(GiStar, DoesNotDependOnTheUnit) {
    std::vector<std::optional<double>> values;
    std::vector<std::optional<double>> stretched;
    std::vector<std::optional<double>> mirrored;
    for (std::uint64_t i = 0; i < 60; ++i) {
        const double value = base::random_uniform(3, i, 0);
        values.emplace_back(value);
        stretched.emplace_back(1000 + 25 * value);
        mirrored.emplace_back(-value);
    }
    const auto found = scores(values, chain(60));
    const auto other = scores(stretched, chain(60));
    const auto opposite = scores(mirrored, chain(60));
    for (std::size_t i = 0; i < 60; ++i) {
        EXPECT_NEAR(*found[i].z, *other[i].z, 1e-9);
        EXPECT_NEAR(*found[i].z, -*opposite[i].z, 1e-12);
    }
}

// Three values: the end's neighbour is one of two others, each as likely. Observed 5 is the larger of {2, 5}:
// about half of the draws are as large, all are as small.
TEST(GiStar, DrawsNeighboursFromAllOthers) {
    Weights weights;
    weights.neighbours = {{2}, {}, {}};
    GiStarOptions options;
    options.permutations = 9999;
    const auto found = scores({1.0, 2.0, 5.0}, weights, options);
    EXPECT_NEAR(*found[0].p, 0.5, 3 * 0.5 / 100);
    // Nothing can be drawn for those without neighbours.
    EXPECT_TRUE(found[1].z.has_value());
    EXPECT_FALSE(found[1].p.has_value());
    EXPECT_EQ(found[1].gi_class, "not tested");
}

// Hypergeometric: 2 of 40 others hold a one; 3 drawn. P(at least one) = 1 - C(38, 3) / C(40, 3) = 1 - 8436 /
// 9880.
TEST(GiStar, CountsEqualSumsInBothTails) {
    std::vector<std::optional<double>> values(41, 0.0);
    values[1] = 1.0;
    values[2] = 1.0;
    Weights weights;
    weights.neighbours.resize(41);
    weights.neighbours[0] = {1, 10, 11};
    weights.neighbours[5] = {20, 21, 22};
    GiStarOptions options;
    options.permutations = 9999;
    const auto found = scores(values, weights, options);
    const double expected = 1 - 8436.0 / 9880.0;
    EXPECT_NEAR(*found[0].p, expected, 3 * std::sqrt(expected * (1 - expected) / 9999));
    EXPECT_GT(*found[5].p, 0.8);  // a sum of 0 is what most draws give
}

// Twin: whole shuffles of the others by another generator.
TEST(GiStar, PseudoPIsThatOfShuffles) {
    constexpr int kPermutations = 4999;
    Weights weights = chain(25);
    weights.neighbours[3] = {0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    std::vector<std::optional<double>> values;
    for (std::uint64_t i = 0; i < 25; ++i) values.emplace_back(base::random_uniform(9, i, 0));
    GiStarOptions options;
    options.permutations = kPermutations;
    const auto found = scores(values, weights, options);
    std::mt19937_64 engine(1);
    for (std::size_t i = 0; i < 25; ++i) {
        double observed = 0;
        for (const std::size_t j : weights.neighbours[i]) observed += *values[j];
        std::vector<double> others;
        for (std::size_t j = 0; j < 25; ++j) {
            if (j != i) others.push_back(*values[j]);
        }
        int as_large = 0;
        int as_small = 0;
        for (int permutation = 0; permutation < kPermutations; ++permutation) {
            std::shuffle(others.begin(), others.end(), engine);
            const auto end = others.begin() + static_cast<std::ptrdiff_t>(weights.neighbours[i].size());
            const double sum = std::accumulate(others.begin(), end, 0.0);
            as_large += sum >= observed - 1e-12;
            as_small += sum <= observed + 1e-12;
        }
        const double p = (std::min(as_large, as_small) + 1.0) / (kPermutations + 1.0);
        EXPECT_NEAR(*found[i].p, p, 4 * std::sqrt(2 * p * (1 - p) / kPermutations)) << i;
    }
}

TEST(GiStar, GivesTheSameBitsForAnyNumberOfThreads) {
    std::vector<std::optional<double>> values;
    for (std::uint64_t i = 0; i < 900; ++i) values.emplace_back(base::random_uniform(5, i, 0));
    GiStarOptions options;
    options.permutations = 99;
    const auto one = scores(values, chain(900), options, 1);
    for (const int threads : {2, 7}) {
        const auto many = scores(values, chain(900), options, threads);
        for (std::size_t i = 0; i < 900; ++i) {
            ASSERT_EQ(many[i].z, one[i].z);
            ASSERT_EQ(many[i].p, one[i].p);
        }
    }
    options.seed = 2;
    const auto other = scores(values, chain(900), options);
    EXPECT_FALSE(std::equal(one.begin(), one.end(), other.begin(),
                            [](const GiStar& a, const GiStar& b) { return a.p == b.p; }));
}

struct Columbus {
    model::Layer layer = polygons_of_file("oracle/columbus/columbus.geojson", "POLYID");
    std::vector<std::map<std::string, std::string>> rows = rows_of("oracle/columbus/expected_local.csv");

    std::size_t row_of(const std::string& id) const {
        return static_cast<std::size_t>(std::find(layer.ids.begin(), layer.ids.end(), id) -
                                        layer.ids.begin());
    }
};

// spdep 1.2-7, localG with include.self and binary weights; p.adjust(method = "BH").
TEST(GiStarOracle, OfColumbusIsThatOfSpdep) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    Columbus columbus;
    const std::map<std::string, std::string> methods = {{"queen", "queen"},
                                                        {"rook", "rook"},
                                                        {"knn4", "knn:4"},
                                                        {"knn6", "knn:6"},
                                                        {"dband_max_nn", "distance:0.618864158076846"}};
    std::size_t compared = 0;
    for (const auto& [name, method] : methods) {
        const Weights weights = make_weights(columbus.layer, parse_weights(method), {});
        for (const char* variable : {"CRIME", "INC", "HOVAL"}) {
            std::vector<std::optional<double>> values(49);
            for (auto& row : columbus.rows) {
                if (row["weights"] == name && row["variable"] == variable) {
                    values[columbus.row_of(row["id"])] = std::stod(row["value"]);
                }
            }
            GiStarOptions adjusted;
            adjusted.false_discovery_rate = true;
            const auto found = scores(values, weights);
            const auto controlled = scores(values, weights, adjusted);
            for (auto& row : columbus.rows) {
                if (row["weights"] != name || row["variable"] != variable) continue;
                const std::size_t i = columbus.row_of(row["id"]);
                EXPECT_NEAR(*found[i].z, std::stod(row["Gstar_z_binary"]), 2e-8) << name << variable << i;
                EXPECT_NEAR(*found[i].p, std::stod(row["Gstar_p2_binary"]), 2e-9);
                EXPECT_EQ(controlled[i].p, found[i].p);
                const double p = std::stod(row["Gstar_p2_fdr_bh"]);
                const std::string level = p <= 0.01   ? "99 %"
                                          : p <= 0.05 ? "95 %"
                                          : p <= 0.1  ? "90 %"
                                                      : "not significant";
                EXPECT_THAT(controlled[i].gi_class, testing::EndsWith(level)) << p;
                ++compared;
            }
        }
    }
    EXPECT_EQ(compared, 735u);
}

// spdep's localmoran_perm, 9,999 permutations: for queen weights the sum of the neighbours decides local
// Moran as well, so its folded p is ours. It draws with replacement (its variances are 47 / (48 - k) of the
// exact ones), which matters little for few neighbours.
TEST(GiStarOracle, PseudoPOfFewNeighboursIsThatOfSpdep) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    Columbus columbus;
    std::vector<std::optional<double>> values(49);
    for (auto& row : columbus.rows) {
        if (row["weights"] == "queen" && row["variable"] == "CRIME") {
            values[columbus.row_of(row["id"])] = std::stod(row["value"]);
        }
    }
    const Weights weights = make_weights(columbus.layer, parse_weights("queen"), {});
    GiStarOptions options;
    options.permutations = 9999;
    const auto found = scores(values, weights, options);
    std::size_t compared = 0;
    for (auto& row : rows_of("oracle/columbus/expected_local_perm.csv")) {
        const std::size_t i = columbus.row_of(row["id"]);
        if (weights.neighbours[i].size() > 3) continue;
        const double p = std::stod(row["p_folded"]);
        EXPECT_NEAR(*found[i].p, p, 4 * std::sqrt(2 * p * (1 - p) / 9999) + 0.01) << row["id"];
        ++compared;
    }
    EXPECT_GE(compared, 10u);
}

// sf and spdep over 74,183 complaints in Chicago's 77 community areas, queen weights.
TEST(GiStarOracle, OfChicagosComplaintsIsThatOfSpdep) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    const auto layer = polygons_of_file("chicago311/community_areas.geojson", "AREA_NUMBE");
    const Weights weights = make_weights(layer, parse_weights("queen"), {});
    std::map<std::string, std::map<std::string, std::string>> expected;
    for (auto& row : rows_of("chicago311/expected_by_area.csv")) expected[row["area"]] = row;
    std::vector<std::optional<double>> values;
    for (const std::string& id : layer.ids) values.emplace_back(std::stod(expected.at(id)["complaints"]));
    const auto found = scores(values, weights);
    ASSERT_EQ(found.size(), 77u);
    for (std::size_t i = 0; i < 77; ++i) {
        EXPECT_EQ(std::to_string(weights.neighbours[i].size()),
                  expected.at(layer.ids[i])["queen_neighbours"]);
        EXPECT_NEAR(*found[i].z, std::stod(expected.at(layer.ids[i])["Gstar_z"]), 2e-8) << layer.ids[i];
    }
}

}  // namespace
}  // namespace isopleth::hotspot
