// SPDX-License-Identifier: MIT
#include "model/provenance.hpp"

namespace isopleth::model {

base::Json Provenance::to_json() const {
    base::Json files = base::Json::array();
    for (const InputRecord& input : inputs) {
        base::Json file = base::Json::object();
        file.set("name", input.name).set("sha256", input.sha256);
        files.push(std::move(file));
    }
    base::Json json = base::Json::object();
    json.set("program", program)
        .set("version", version)
        .set("command", command)
        .set("parameters", parameters.is_null() ? base::Json::object() : parameters)
        .set("inputs", std::move(files))
        .set("time", base::to_iso8601(time));
    if (!note.empty()) json.set("note", note);
    return json;
}

}  // namespace isopleth::model
