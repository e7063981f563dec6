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

/// An in-memory SpatiaLite database that holds layers as tables and answers read-only statements, one at a
/// time. Nothing can be written, attached, loaded or read outside it: an authorizer refuses all but reading
/// and functions that look at their arguments only.
class Database {
public:
    Database();
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// The columns, after an integer primary key "fid" (rows counted from 1) and before a geometry "geom";
    /// either gets
    /// "_" behind it where the layer has a field of that name. The geometry's SRID is the EPSG code, 0
    /// without CRS. A Usage error when the name is taken, a Data error for two fields that differ in case
    /// only.
    void add(const std::string& name, const model::Layer& layer);

    /// Runs one statement. Usage errors (nothing is run): more than one statement, one that is not allowed, a
    /// syntax error (with the place), an unknown table or column (with the nearest name), geometries of two
    /// tables in different CRSs compared without ST_Transform. Data errors: the timeout, more rows than
    /// max_rows, a failure on the way. What comes out is told in answer.hpp. SpatiaLite's SpatialIndex and
    /// KNN are there for those who ask.
    model::Layer run(const std::string& sql, const QueryOptions& options, const base::Job& job);

    std::vector<std::string> table_names() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace isopleth::query
