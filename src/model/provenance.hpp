// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"

namespace isopleth::model {

struct InputRecord {
    std::string name;    ///< as written, without the folder of this machine
    std::string sha256;
};

/// Where a result comes from. The same input gives the same record for a given time.
struct Provenance {
    std::string program = "isopleth";
    std::string version;
    std::string command;       ///< without --threads, --quiet, --progress, --overwrite
    base::Json parameters;     ///< object
    std::vector<InputRecord> inputs;
    base::Instant time;
    std::string note;          ///< "schematic", "synthetic data", or ""

    base::Json to_json() const;
};

}  // namespace isopleth::model
