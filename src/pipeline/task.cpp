// SPDX-License-Identifier: MIT
#include "pipeline/task.hpp"

#include <algorithm>

namespace isopleth::pipeline {

std::size_t window_rows(const model::Grid& grid) {
    constexpr std::size_t kCells = 1U << 20U;
    return std::clamp<std::size_t>(kCells / std::max<std::size_t>(grid.columns, 1), 1,
                                   std::max<std::size_t>(grid.rows, 1));
}

model::Raster compute_all(const RasterRecipe& recipe, const base::Job& job) {
    return recipe.compute(0, recipe.grid.rows, job);
}

}  // namespace isopleth::pipeline
