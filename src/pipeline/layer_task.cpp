// SPDX-License-Identifier: MIT
#include "pipeline/layer_task.hpp"

namespace isopleth::pipeline {

void LayerTask::declare(base::ParameterList& list) {
    list.add("path", path, "file, relative to the project file").required().called("PATH");
    list.add("sensitivity", sensitivity, "restricted layers stay out of what is handed out")
        .one_of({"public", "restricted"});
    settings.declare(list);
}

Outcome LayerTask::run(Datasets&, const base::Job&) {
    Outcome outcome;
    model::Layer layer = read_checked(path, settings, outcome.findings);
    outcome.summary.set("features", layer.row_count());
    if (!layer.source.encoding.empty()) outcome.summary.set("encoding", layer.source.encoding);
    if (layer.has_geometry)
        outcome.summary.set("crs", layer.crs ? layer.crs->code() : std::string("not stated"));
    outcome.product = std::move(layer);
    return outcome;
}

}  // namespace isopleth::pipeline
