// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "base/job.hpp"
#include "io/csv.hpp"
#include "io/dataset_name.hpp"
#include "model/layer.hpp"
#include "model/provenance.hpp"

namespace isopleth::io {

struct ReadOptions {
    CsvOptions csv;
    std::optional<geo::Crs> crs;  ///< for layers that state none; those that have one keep theirs
};

/// Any vector dataset or table: CSV and its kin by `parse_csv`, everything else by GDAL. A GeoJSON or GDAL layer without CRS
/// stays without one. Nothing that an input says is lost: integers, reals, texts, booleans keep their type; dates and times become
/// ISO 8601 text; lists and JSON become text. NaN or infinite numbers and coordinates are Input errors with the feature.
/// Several layers and none named: an Input error that lists them. Unclosed rings are an Input error.
model::Layer read_layer(const DatasetName& name, const ReadOptions& options, base::Findings& findings);

struct LayerInfo {
    std::string name;
    std::string geometry_type;
    long long feature_count = 0;
    std::string crs;  ///< code or name, "" when none
    std::optional<geo::Box> extent;
    struct Field {
        std::string name;
        std::string type;
    };
    std::vector<Field> fields;
};
struct BandInfo {
    std::string name, type;
    std::optional<double> minimum, maximum, mean;
    std::optional<double> nodata;
};
struct DatasetInfo {
    std::string format;    ///< "GeoPackage", "CSV", "GeoTIFF"
    std::string encoding;  ///< of text files
    std::vector<LayerInfo> layers;
    // A raster has these instead of layers.
    std::vector<BandInfo> bands;
    std::size_t columns = 0, rows = 0;
    double cell_width = 0, cell_height = 0;
    std::string crs;
    std::optional<geo::Box> extent;
    base::Json provenance;  ///< isopleth's own record, null when there is none
};
DatasetInfo inspect_dataset(const DatasetName& name, const ReadOptions& options, base::Findings& findings);

/// A style that QGIS finds in the GeoPackage's table layer_styles.
struct EmbeddedStyle {
    std::string layer;
    std::string name;
    std::string qml;
    std::string sld;  ///< may be empty
};

struct WriteOptions {
    bool overwrite = false;
    bool wkt = false;            ///< CSV: geometry as WKT
    bool create_folders = false;
    model::Provenance provenance;
};

/// One layer to one file, whole or not at all, read back and counted. GeoJSON after RFC 7946 (WGS84, right-hand rule, 7 decimals, the
/// reprojection done here); Shapefile in UTF-8 with .cpg, names cut to 10 bytes as a finding; provenance where the format keeps it,
/// else in "NAME.provenance.json". Same layer and provenance give the same bytes.
void write_layer(const std::string& target, const model::Layer& layer, const WriteOptions& options,
                 base::Findings& findings, const base::Job& job);

/// Several layers (tables too) to one GeoPackage with its layer_styles, whole or not at all; time stamps come from the provenance's time.
void write_geopackage(const std::string& target, const std::vector<const model::Layer*>& layers,
                      const std::vector<EmbeddedStyle>& styles, const WriteOptions& options, const base::Job& job);

}  // namespace isopleth::io
