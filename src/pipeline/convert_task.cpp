// SPDX-License-Identifier: MIT
#include "pipeline/convert_task.hpp"

namespace isopleth::pipeline {

void ConvertTask::declare(base::ParameterList& list) {
    list.add("input", input, "layer to convert").required().at(0).dataset().called("INPUT");
}

Outcome ConvertTask::run(Datasets& datasets, const base::Job&) {
    Outcome outcome;
    model::Layer layer = *datasets.layer(input);
    outcome.summary.set("features", layer.row_count())
        .set("geometry", layer.geometry_type())
        .set("crs", layer.crs ? layer.crs->code() : std::string());
    if (!layer.source.encoding.empty()) outcome.summary.set("encoding", layer.source.encoding);
    outcome.product = std::move(layer);
    return outcome;
}

}  // namespace isopleth::pipeline
