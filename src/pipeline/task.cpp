// SPDX-License-Identifier: MIT
#include "pipeline/task.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace isopleth::pipeline {

RasterSource Datasets::raster_source(const std::string& name) {
    const std::shared_ptr<const model::Raster> whole = raster(name);
    const auto rows = [whole](std::size_t first, std::size_t count, const std::vector<std::size_t>& bands) {
        model::Raster window(whole->grid.rows_from(first, count), whole->crs, {});
        const auto begin = static_cast<std::ptrdiff_t>(first * whole->grid.columns);
        const auto end = begin + static_cast<std::ptrdiff_t>(window.grid.count());
        for (const std::size_t band : bands) {
            const model::Band& all = whole->bands[band];
            window.bands.push_back({all.name,
                                    all.unit,
                                    {all.values.begin() + begin, all.values.begin() + end},
                                    {all.valid.begin() + begin, all.valid.begin() + end}});
        }
        return window;
    };
    return {whole->grid, whole->crs, whole->bands.size(), 1, rows};
}

std::size_t window_rows(const model::Grid& grid) {
    constexpr std::size_t kCells = 1U << 18U;
    constexpr std::size_t kWhole = 64;  // windows of whole tiles, where they are high enough
    std::size_t rows = kCells / std::max<std::size_t>(grid.columns, 1);
    if (rows > kWhole) rows -= rows % kWhole;
    return std::clamp<std::size_t>(rows, 1, std::max<std::size_t>(grid.rows, 1));
}

std::size_t window_rows(const RasterSource& source) {
    const std::size_t rows = window_rows(source.grid);
    const std::size_t blocks = std::max<std::size_t>(rows / source.block_rows, 1);
    return std::min(blocks * source.block_rows, std::max<std::size_t>(source.grid.rows, 1));
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
