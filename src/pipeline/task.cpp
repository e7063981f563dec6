// SPDX-License-Identifier: MIT
#include "pipeline/task.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace isopleth::pipeline {

std::size_t window_rows(const model::Grid& grid) {
    constexpr std::size_t kCells = 1U << 18U;
    constexpr std::size_t kWhole = 64;  // windows of whole tiles, where they are high enough
    std::size_t rows = kCells / std::max<std::size_t>(grid.columns, 1);
    if (rows > kWhole) rows -= rows % kWhole;
    return std::clamp<std::size_t>(rows, 1, std::max<std::size_t>(grid.rows, 1));
}

model::Raster compute_all(const RasterRecipe& recipe, const base::Job& job) {
    if (recipe.prepare) recipe.prepare(job);
    return recipe.compute(0, recipe.grid.rows, job);
}

void note_count(Outcome& outcome) {
    const auto* layer = std::get_if<model::Layer>(&outcome.product);
    if (layer == nullptr || !outcome.summary.members().empty()) return;
    outcome.summary.set(layer->has_geometry ? "features" : "rows", layer->row_count());
}

std::string short_hash(const model::Provenance& provenance) {
    std::string text = provenance.version + "\n" + provenance.command + "\n" + provenance.parameters.dump(-1);
    for (const model::InputRecord& input : provenance.inputs) text += "\n" + input.name + " " + input.sha256;
    return base::sha256(text).substr(0, 8);
}

}  // namespace isopleth::pipeline
