// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::assess {

/// Row and column sums of a table of counts with a printed total row and total column.
struct CrossTableCheck {
    std::size_t rows = 0;     ///< row sums compared, that of the total row among them
    std::size_t columns = 0;  ///< column sums compared, that of the total column among them
    std::size_t blank = 0;    ///< blank cells, taken as 0: who publishes counts leaves those out
    std::int64_t total = 0;   ///< the printed grand total
    std::vector<base::Finding> contradictions;  ///< which sum and by how much
};

/// `total_name` is the label of the total row and of the total column ("总计"); every column but
/// `name_column` holds numbers. A blank printed sum is not compared. A Usage error without that column, a
/// Data error without exactly one such row or with a blank grand total, an Input error for a text that is no
/// number.
CrossTableCheck check_cross_table(const model::Layer& table, const std::string& name_column,
                                  const std::string& total_name);

}  // namespace isopleth::assess
