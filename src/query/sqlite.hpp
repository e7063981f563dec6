// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/job.hpp"
#include "model/layer.hpp"

namespace isopleth::query {

struct QueryOptions {
    double timeout_seconds = 60;
    std::optional<std::int64_t> max_rows;
};

/// An in-memory SpatiaLite database that holds layers as tables (geometry column "geom", primary key "fid") and answers one read-only
/// statement. Nothing can be written, attached, loaded or read outside it: an authorizer refuses all but reading.
class Database {
public:
    Database();
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A Usage error when the name is taken. Geometry goes in with its CRS; a spatial index is made for layers of more than 100 features.
    void add(const std::string& name, const model::Layer& layer);

    /// Runs one statement. Usage errors (nothing is run): more than one statement, one that is not allowed, a syntax error (with the place), an
    /// unknown table or column (with the nearest name). Data errors: the timeout, more rows than max_rows.
    /// A column of geometries becomes the layer's geometry (its name is "geom" or it is the only one); others become WKT text.
    model::Layer run(const std::string& sql, const QueryOptions& options, const base::Job& job);

    std::vector<std::string> table_names() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace isopleth::query
