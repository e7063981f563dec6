// SPDX-License-Identifier: MIT
#include "io/dataset_name.hpp"

#include "io/part_file.hpp"

namespace isopleth::io {

std::string DatasetName::file_name() const {
    std::string_view text = path;
    while (text.size() > 1 && text.back() == '/') text.remove_suffix(1);
    const auto slash = text.rfind('/');
    return std::string(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

std::string DatasetName::stem() const {
    auto name = file_name();
    const auto dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0) name.resize(dot);
    return name;
}

std::string DatasetName::to_string() const {
    return layer.empty() ? path : path + "#" + layer;
}

DatasetName parse_dataset_name(std::string_view text) {
    const auto hash = text.rfind('#');
    if (hash == std::string_view::npos || hash == 0 || file_exists(std::string(text))) {
        return {std::string(text), {}};
    }
    return {std::string(text.substr(0, hash)), std::string(text.substr(hash + 1))};
}

NamedDataset split_name(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return {std::nullopt, std::string(text)};
    return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

}  // namespace isopleth::io
