// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace isopleth::io {

enum class FormatKind { kVector, kRaster, kPicture };
/// Where provenance goes.
enum class ProvenancePlace { kMetadata, kForeignMember, kSidecar };

/// One row for each output format; the extension decides.
struct Format {
    std::string extension;  ///< ".gpkg"
    FormatKind kind;
    std::string driver;     ///< GDAL's name; "" when isopleth writes it itself
    ProvenancePlace provenance;
    bool wgs84_only;        ///< RFC 7946
    int field_name_limit;   ///< characters, 0 for none (Shapefile: 10 bytes)
    std::string description;
};

const std::vector<Format>& formats();
/// The format for a path's extension (any case); a Usage error that lists those of `kind` (with the nearest).
const Format& format_of(std::string_view path, FormatKind kind);

}  // namespace isopleth::io
