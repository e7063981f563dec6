// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace isopleth::io {

/// "city.gpkg#stations" is path "city.gpkg" and layer "stations". A '#' in an existing file's name is part of the path.
struct DatasetName {
    std::string path;
    std::string layer;  ///< "" when none is named

    std::string file_name() const;  ///< last part of the path
    std::string stem() const;       ///< without extension: a default layer name
    std::string to_string() const;
};

DatasetName parse_dataset_name(std::string_view text);

/// "counts=city.gpkg#stations" is the dataset "city.gpkg#stations" under the name "counts"; nullopt where no
/// name is given.
struct NamedDataset {
    std::optional<std::string> name;
    std::string dataset;
};

NamedDataset split_name(std::string_view text);

}  // namespace isopleth::io
