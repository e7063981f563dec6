// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/raster.hpp"
#include "raster/coverage.hpp"

namespace isopleth::raster {

/// A statistic of a raster's cells in a polygon, each weighted by its covered share c (and, where said, by a
/// weight w of its own). Cells without a value, or without a weight, do not count.
enum class ZonalKind {
    kCount,    ///< sum of c
    kSum,      ///< of c v
    kMean,     ///< sum of c w v / sum of c w
    kMinimum,  ///< of the cells covered at all
    kMaximum,
    kVariance,  ///< sum of c w (v - mean)^2 / sum of c w: of a population, as exactextract
    kStandardDeviation,
    kPercentile,     ///< by c; see zonal_percentile
    kMajority,       ///< the value with the greatest sum of c, of equal ones the greatest value
    kMinority,       ///< the value with the least sum of c, of equal ones the least value
    kVariety,        ///< how many different values
    kFractionAbove,  ///< sum of c w where v > limit / sum of c w
};

struct ZonalStatistic {
    std::string name;  ///< "mean", "p95", "above_35"
    ZonalKind kind = ZonalKind::kMean;
    double parameter = 0;  ///< percent of kPercentile, limit of kFractionAbove
};

/// "count", "sum", "mean", "min", "max", "variance", "stdev", "median", "majority", "minority", "variety",
/// "p95" (0 to 100), "above:35". A Usage error with the nearest right one.
ZonalStatistic parse_zonal_statistic(const std::string& text);

/// What is known of the cells seen so far in one polygon. Its bits depend on the order of what is added.
class ZonalSums {
public:
    /// Values are listed only where a statistic needs them.
    explicit ZonalSums(const std::vector<ZonalStatistic>& wanted);

    void add(double value, double share, double weight);
    /// The cells of a run with values, all of one share and of weight 1: the same but for rounding, faster.
    void add_run(std::span<const double> values, double share);
    /// As if the other's cells had been added after these.
    void merge(const ZonalSums& later);
    /// nullopt where no cell counts; of the statistics given to the constructor.
    std::optional<double> result(const ZonalStatistic& statistic) const;

private:
    void add_moments(double weight, double mean, double squares);
    double of_values(const ZonalStatistic& statistic) const;

    std::vector<double> m_limits;  ///< of kFractionAbove
    bool m_lists_values = false;
    double m_count = 0;
    double m_sum = 0;
    double m_weight = 0;   ///< sum of c w
    double m_mean = 0;     ///< weighted
    double m_squares = 0;  ///< sum of c w (v - mean)^2
    double m_minimum;
    double m_maximum;
    std::vector<double> m_above;                     ///< sum of c w, by limit
    std::vector<std::pair<double, double>> m_cells;  ///< value and c
};

/// Some rows of a raster's band, and of the weights' where there are any: both of the same cells.
struct ZonalWindow {
    std::size_t first_row = 0;
    std::size_t rows = 0;
    std::size_t columns = 0;
    const model::Band* values = nullptr;
    const model::Band* weights = nullptr;  ///< none: 1
};

/// Adds the window's cells that the polygon covers; `coverage` is of the whole grid.
void add_window(const ZonalWindow& window, const Coverage& coverage, ZonalSums& sums);

/// The value below which `percent` of the weights lie: with n cells sorted by value x, weights c and S_k = (k
/// - 1) c_k + (n - 1) (c_1 + ... + c_(k-1)), linear between the x_k at S_k / S_n. With equal weights it is
/// the usual percentile (R's type 7); as exactextract has it. `cells` are pairs of value and weight, sorted
/// by value.
double zonal_percentile(const std::vector<std::pair<double, double>>& cells, double percent);

}  // namespace isopleth::raster
