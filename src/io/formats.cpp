// SPDX-License-Identifier: MIT
#include "io/formats.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace isopleth::io {
namespace {

std::string extension_of(std::string_view path) {
    const auto slash = path.rfind('/');
    const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return {};
    return base::to_lower_ascii(name.substr(dot));
}

std::string_view noun_of(FormatKind kind) {
    switch (kind) {
        case FormatKind::kVector:
            return "a layer";
        case FormatKind::kRaster:
            return "a raster";
        case FormatKind::kPicture:
            return "a map";
    }
    base::bug("a kind of format without a noun");
}

}  // namespace

const std::vector<Format>& formats() {
    using enum FormatKind;
    using enum ProvenancePlace;
    static const std::vector<Format> kFormats = {
        {".geojson", kVector, "GeoJSON", kForeignMember, true, 0, "GeoJSON (RFC 7946, WGS84)"},
        {".gpkg", kVector, "GPKG", kMetadata, false, 0, "GeoPackage"},
        {".fgb", kVector, "FlatGeobuf", kSidecar, false, 0, "FlatGeobuf"},
        {".shp", kVector, "ESRI Shapefile", kSidecar, false, 10, "Shapefile (UTF-8)"},
        {".csv", kVector, "", kSidecar, false, 0, "CSV (UTF-8)"},
        {".tif", kRaster, "COG", kMetadata, false, 0, "Cloud-Optimised GeoTIFF"},
        {".png", kPicture, "", kSidecar, false, 0, "PNG picture"},
        {".svg", kPicture, "", kSidecar, false, 0, "SVG picture"},
        {".pdf", kPicture, "", kSidecar, false, 0, "PDF page"},
    };
    return kFormats;
}

const Format& format_of(std::string_view path, FormatKind kind) {
    const auto extension = extension_of(path);
    std::vector<std::string> known;
    for (const auto& format : formats()) {
        if (format.kind != kind) continue;
        if (format.extension == extension) return format;
        known.push_back(format.extension);
    }
    const auto what = extension.empty()
                          ? fmt::format("{} has no extension", path)
                          : fmt::format("{}: {} cannot be written as {}", path, noun_of(kind), extension);
    base::fail_usage(what + base::did_you_mean(extension, known),
                     fmt::format("Use one of {}.", base::join(known, ", ")));
}

}  // namespace isopleth::io
