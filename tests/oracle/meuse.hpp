// SPDX-License-Identifier: MIT
#pragma once

// The soils of the Meuse (155 samples, 3,103 cells of 40 m) against R's gstat 2.1-0; see MANIFEST.md of the
// shared data.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/json.hpp"
#include "base/text.hpp"
#include "interpolate/crossval.hpp"
#include "interpolate/methods.hpp"
#include "interpolate/variogram_fit.hpp"

namespace isopleth::interpolate {

inline const std::filesystem::path kFolder = ISOPLETH_ROOT "/../shared/data/oracle/meuse";

/// The numbers of a CSV by column; nullopt-like NaN for what is not one.
inline std::map<std::string, std::vector<double>> read_columns(const std::string& file) {
    std::ifstream stream(kFolder / file);
    std::string line;
    std::getline(stream, line);
    const std::vector<std::string> names = base::split(line, ',');
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(stream, line)) {
        const std::vector<std::string> cells = base::split(line, ',');
        for (std::size_t i = 0; i < names.size(); ++i) {
            columns[names[i]].push_back(base::parse_number(cells[i]).value_or(std::nan("")));
        }
    }
    return columns;
}

inline std::vector<geo::Point> points_of(const std::map<std::string, std::vector<double>>& columns) {
    std::vector<geo::Point> points;
    for (std::size_t i = 0; i < columns.at("x").size(); ++i) {
        points.push_back({columns.at("x")[i], columns.at("y")[i]});
    }
    return points;
}

class Meuse : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(kFolder / "meuse.csv")) {
            GTEST_SKIP() << "the shared data are not here: " << kFolder;
        }
        m_columns = read_columns("meuse.csv");
        m_grid = read_columns("expected_grid.csv");
        m_distance = read_columns("meuse_grid.csv");
        const auto more = read_columns("expected_more.csv");
        m_grid.insert(more.begin(), more.end());
        m_points = points_of(m_columns);
        for (const double zinc : m_columns.at("zinc")) m_log_zinc.push_back(std::log(zinc));
        std::ifstream stream(kFolder / "expected.json");
        std::stringstream text;
        text << stream.rdbuf();
        m_expected = base::Json::parse(text.str());
    }

    model::Samples samples(const std::vector<double>& values) const {
        model::Layer layer;
        layer.has_geometry = true;
        layer.geometry.assign(m_points.begin(), m_points.end());
        layer.crs = geo::Crs::parse("EPSG:28992");
        model::Column column("zinc", model::ColumnType::kReal);
        for (const double value : values) {
            std::isnan(value) ? column.append_missing() : column.append(value);
        }
        layer.columns = {column};
        return model::Samples::gather(layer, "zinc");
    }

    /// With the root of the distance to the river as covariate: of the samples from their column, elsewhere
    /// from the grid.
    model::Samples with_distance(const model::Samples& samples) const {
        geo::Box box;
        for (const geo::Point& point : points_of(m_distance)) box.extend(point);
        const geo::Box edge{box.min_x - 20, box.min_y - 20, box.max_x + 20, box.max_y + 20};
        const model::Grid grid = model::grid_over(edge, base::Meters{40});
        auto raster = std::make_shared<model::Raster>(grid, geo::Crs::parse("EPSG:28992"),
                                                      std::vector<std::string>{"dist"});
        for (std::size_t i = 0; i < m_distance.at("x").size(); ++i) {
            const auto row = static_cast<std::size_t>((grid.max_y - m_distance.at("y")[i]) / grid.cell);
            const auto column = static_cast<std::size_t>((m_distance.at("x")[i] - grid.min_x) / grid.cell);
            raster->bands[0].set(row * grid.columns + column, std::sqrt(m_distance.at("dist")[i]));
        }
        model::Covariate covariate{"dist", raster, {}};
        for (const double distance : m_columns.at("dist"))
            covariate.at_samples.emplace_back(std::sqrt(distance));
        return samples.with_covariates({covariate});
    }

    /// Every cell of the grid to 1e-6 relative; `variance` may be "".
    void compare(const std::string& method, const std::vector<double>& values, const std::string& estimate,
                 const std::string& variance, const std::string& left_out = {}) const {
        compare(method, samples(values), estimate, variance, left_out);
    }
    void compare(const std::string& method, const model::Samples& samples, const std::string& estimate,
                 const std::string& variance, const std::string& left_out = {}) const {
        const auto interpolator = make(method, samples, {});
        const std::vector<geo::Point> places = points_of(m_grid);
        std::vector<double> estimates(places.size());
        std::vector<double> errors(interpolator->has_standard_error() ? places.size() : 0);
        std::vector<std::uint8_t> valid(places.size());
        interpolator->estimate(places, estimates, errors, valid);
        ASSERT_EQ(places.size(), 3103u);
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!left_out.empty() && m_grid.at(left_out)[i] == 1) continue;
            ASSERT_EQ(valid[i], 1);
            const double expected = m_grid.at(estimate)[i];
            ASSERT_NEAR(estimates[i], expected, 1e-6 * std::abs(expected)) << "cell " << i + 1;
            if (variance.empty()) continue;
            const double expected_variance = m_grid.at(variance)[i];
            ASSERT_NEAR(errors[i] * errors[i], expected_variance, 1e-6 * expected_variance)
                << "cell " << i + 1;
        }
    }

    /// Every sample left out to 1e-6 relative; `variance` may be "".
    void compare_left_out(const std::string& method, const std::vector<double>& values, const Folds& folds,
                          const std::string& estimate, const std::string& variance) const {
        const auto expected = read_columns("expected_cv.csv");
        const HeldOut found = cross_validate(method, samples(values), folds, {}).held_out;
        ASSERT_EQ(found.valid, std::vector<std::uint8_t>(155, 1));
        for (std::size_t i = 0; i < 155; ++i) {
            const double expected_estimate = expected.at(estimate)[i];
            ASSERT_NEAR(found.estimates[i], expected_estimate, 1e-6 * expected_estimate)
                << "sample " << i + 1;
            if (variance.empty()) continue;
            const double expected_variance = expected.at(variance)[i];
            ASSERT_NEAR(found.standard_errors[i] * found.standard_errors[i], expected_variance,
                        1e-6 * expected_variance)
                << "sample " << i + 1;
        }
    }

    /// Of kriging fitted in each fold.
    Scores scores_of(const std::vector<double>& values, const char* folds) const {
        const model::Samples all = samples(values);
        return *score(cross_validate("kriging", all, make_folds(parse_folds(folds), all, {}), {}).held_out);
    }

    Folds left_out_alone() const { return make_folds(parse_folds("loo"), samples(m_log_zinc), {}); }

    /// gstat's fit of a model as a method.
    std::string fitted(const std::string& fit, const std::string& shape) const {
        const base::Json& json = m_expected["fits"][fit];
        return "kriging:model=" + shape +
               ",nugget=" + base::shortest(json["psill"].items()[0].number_or(-1)) +
               ",psill=" + base::shortest(json["psill"].items()[1].number_or(-1)) +
               ",range=" + base::shortest(json["range"].items()[1].number_or(-1));
    }

    /// Pairs, distances and semivariances of the rows of a set and direction.
    static void compare_bins(const EmpiricalVariogram& found, const std::string& set,
                             const std::string& direction = "0") {
        SCOPED_TRACE(set + " " + direction);
        std::ifstream stream(kFolder / "expected_variogram.csv");
        std::string line;
        std::size_t bin = 0;
        while (std::getline(stream, line)) {
            const std::vector<std::string> cells = base::split(line, ',');
            if (cells[0] != set || cells[4] != direction) continue;
            ASSERT_LT(bin, found.bins.size());
            EXPECT_EQ(found.bins[bin].pairs, static_cast<std::size_t>(*base::parse_integer(cells[1])));
            const double distance = *base::parse_number(cells[2]);
            const double semivariance = *base::parse_number(cells[3]);
            EXPECT_NEAR(found.bins[bin].distance, distance, 1e-9 * distance);
            EXPECT_NEAR(found.bins[bin].semivariance, semivariance, 1e-9 * semivariance);
            ++bin;
        }
        EXPECT_EQ(bin, 15u);
        EXPECT_EQ(found.bins.size(), bin);
    }

    std::map<std::string, std::vector<double>> m_columns;
    std::map<std::string, std::vector<double>> m_grid;
    std::map<std::string, std::vector<double>> m_distance;
    std::vector<geo::Point> m_points;
    std::vector<double> m_log_zinc;
    base::Json m_expected;
};

}  // namespace isopleth::interpolate
