// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// One section that makes something: a task with its values and what it needs.
struct Step {
    std::string kind;  ///< "surfaces"
    std::string name;
    int line = 0;
    std::shared_ptr<Task> task;
    std::shared_ptr<base::ParameterList> parameters;
    base::Json settings;  ///< the parameters as the file states them, without the folder of this machine
    std::vector<std::string> needs;  ///< names of other steps
    std::string file;                ///< layers, tables: the file read, with the project's folder; "" else
    bool restricted = false;         ///< itself or something it needs is restricted
};

/// A project file, understood. Steps stand in the order of work.
struct Project {
    std::string file;
    std::string folder;
    std::string title;
    std::string language = "zh";
    std::string note;
    std::optional<geo::Crs> crs;
    std::vector<Step> steps;

    const Step* find(const std::string& name) const;
};

/// Input errors with file and line: unknown section, key or name (with the nearest), a name used twice, a
/// cycle.
Project read_project(const std::string& path);

/// Positions of `steps` so that each comes after what it needs; among those that could come next the earlier
/// in the file. An Input error names the members of a circle and the line of the first.
std::vector<std::size_t> order_of_work(const std::vector<Step>& steps, const std::string& file);

}  // namespace isopleth::pipeline
