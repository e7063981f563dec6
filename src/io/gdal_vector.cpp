// SPDX-License-Identifier: MIT
#include "io/gdal_vector.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "io/formats.hpp"
#include "io/gdal_handles.hpp"
#include "io/gdal_raster.hpp"
#include "io/geojson.hpp"
#include "io/part_file.hpp"
#include "io/short_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include <cpl_string.h>

namespace isopleth::io {
namespace {

std::string extension_of(const DatasetName& name) {
    return base::to_lower_ascii(std::filesystem::path(name.path).extension().string());
}

bool is_text_table(const DatasetName& name) {
    return std::set<std::string>{".csv", ".tsv", ".txt"}.contains(extension_of(name));
}

/// OGR's geometry as ours; heights are dropped, curves become lines.
class FromOgr {
public:
    explicit FromOgr(const base::Place& place) : m_place(place) {}

    geo::Geometry operator()(const OGRGeometry* geometry) const {
        if (geometry == nullptr || geometry->IsEmpty()) return {};
        if (geometry->hasCurveGeometry()) {
            const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
            return (*this)(linear.get());
        }
        switch (wkbFlatten(geometry->getGeometryType())) {
            case wkbPoint:
                return point(geometry->toPoint());
            case wkbLineString:
                return line(geometry->toLineString());
            case wkbPolygon:
                return polygon(geometry->toPolygon());
            case wkbMultiPoint:
                return many<geo::MultiPoint>(geometry, &geo::MultiPoint::points, &FromOgr::point_of);
            case wkbMultiLineString:
                return many<geo::MultiLineString>(geometry, &geo::MultiLineString::lines, &FromOgr::line_of);
            case wkbMultiPolygon:
                return many<geo::MultiPolygon>(geometry, &geo::MultiPolygon::polygons, &FromOgr::polygon_of);
            default:
                base::fail_input(
                    fmt::format("geometry type {} is not supported", geometry->getGeometryName()),
                    "Split it into points, lines or polygons.", m_place);
        }
    }

private:
    template <class Many, class Parts, class Part>
    geo::Geometry many(const OGRGeometry* geometry, Parts parts, Part part) const {
        Many made;
        for (const auto* item : *geometry->toGeometryCollection()) {
            if (!item->IsEmpty()) (made.*parts).push_back((this->*part)(item));
        }
        return made;
    }
    geo::Point point_of(const OGRGeometry* geometry) const { return point(geometry->toPoint()); }
    geo::LineString line_of(const OGRGeometry* geometry) const { return line(geometry->toLineString()); }
    geo::Polygon polygon_of(const OGRGeometry* geometry) const { return polygon(geometry->toPolygon()); }

    static geo::Point point(const OGRPoint* source) { return {source->getX(), source->getY()}; }
    static geo::LineString line(const OGRSimpleCurve* source) {
        geo::LineString made;
        for (int i = 0; i < source->getNumPoints(); ++i)
            made.path.push_back({source->getX(i), source->getY(i)});
        return made;
    }
    geo::Polygon polygon(const OGRPolygon* source) const {
        geo::Polygon made;
        for (const auto* ring : *source) {
            auto path = line(ring).path;
            if (path.empty()) continue;
            if (path.front() != path.back()) {
                base::fail_input(
                    fmt::format("a ring of {} positions is not closed: its first and last differ",
                                path.size()),
                    "Repeat the first position at the end of the ring.", m_place);
            }
            (made.outer.empty() ? made.outer : made.holes.emplace_back()) = std::move(path);
        }
        return made;
    }

    const base::Place& m_place;
};

model::ColumnType type_of(const OGRFieldDefn& field) {
    if (field.GetSubType() == OFSTBoolean) return model::ColumnType::kBoolean;
    if (field.GetType() == OFTInteger || field.GetType() == OFTInteger64) return model::ColumnType::kInteger;
    return field.GetType() == OFTReal ? model::ColumnType::kReal : model::ColumnType::kText;
}

/// Dates as ISO 8601, lists as JSON, all else as it stands.
std::string text_of(OGRFeature& feature, int field) {
    const auto type = feature.GetFieldDefnRef(field)->GetType();
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if ((type == OFTDate || type == OFTTime || type == OFTDateTime) &&
        feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone) != FALSE) {
        const auto date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
        const bool is_whole = second == std::floor(second);
        const auto time =
            fmt::format("{:02}:{:02}:{}", hour, minute,
                        is_whole ? fmt::format("{:02.0f}", second) : fmt::format("{:06.3f}", second));
        if (type == OFTDate) return date;
        if (type == OFTTime) return time;
        // GDAL counts zones in quarters of an hour from 100; 0 is unknown and 1 local time.
        const int quarters = zone - 100;
        const auto offset = fmt::format("{}{:02}:{:02}", quarters < 0 ? '-' : '+', std::abs(quarters) / 4,
                                        std::abs(quarters) % 4 * 15);
        return date + "T" + time + (zone <= 1 ? "" : quarters == 0 ? "Z" : offset);
    }
    if (type == OFTStringList || type == OFTIntegerList || type == OFTInteger64List || type == OFTRealList) {
        char* json = feature.GetFieldAsSerializedJSon(field);
        const std::string text = json == nullptr ? "" : json;
        CPLFree(json);
        return text;
    }
    return feature.GetFieldAsString(field);
}

void append_cell(model::Column& column, OGRFeature& feature, int field, base::Place place) {
    if (!feature.IsFieldSetAndNotNull(field)) {
        column.append_missing();
    } else if (column.type() == model::ColumnType::kInteger) {
        column.append(static_cast<std::int64_t>(feature.GetFieldAsInteger64(field)));
    } else if (column.type() == model::ColumnType::kBoolean) {
        column.append_boolean(feature.GetFieldAsInteger(field) != 0);
    } else if (column.type() == model::ColumnType::kText) {
        column.append(text_of(feature, field));
    } else {
        const double value = feature.GetFieldAsDouble(field);
        if (!std::isfinite(value)) {
            place.column = column.name();
            base::fail_input("the value is not a finite number", "Leave it out where it is missing.", place);
        }
        column.append(value);
    }
}

gdal::Dataset open_vector(const DatasetName& name) {
    GDALAllRegister();
    const gdal::QuietErrors errors;
    if (const auto stamp = stamp_of(name.path); stamp.size == 0)
        base::fail_input("the file is empty", "", file_place(name.path));
    gdal::Dataset dataset(
        GDALDataset::Open(name.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
    if (!dataset) errors.fail_input(name.path);
    return dataset;
}

OGRLayer& choose_layer(GDALDataset& dataset, const DatasetName& name) {
    std::vector<std::string> names;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        const std::string layer = dataset.GetLayer(i)->GetName();
        if (layer != "layer_styles") names.push_back(layer);
    }
    if (name.layer.empty() && names.size() > 1) {
        base::fail_input(fmt::format("there are {} layers: {}", names.size(), base::join(names, ", ")),
                         fmt::format("Name one, as in {}#{}.", name.path, names.front()),
                         file_place(name.path));
    }
    if (names.empty()) base::fail_input("there is no layer", "", file_place(name.path));
    auto* layer = name.layer.empty() ? dataset.GetLayerByName(names.front().c_str())
                                     : dataset.GetLayerByName(name.layer.c_str());
    if (layer == nullptr) {
        base::fail_input(
            fmt::format("there is no layer {}{}", name.layer, base::did_you_mean(name.layer, names)),
            fmt::format("It has {}.", base::join(names, ", ")), file_place(name.path));
    }
    return *layer;
}

void append_row(model::Layer& layer, OGRFeature& feature) {
    auto place = file_place(layer.source.file);
    place.feature = std::to_string(feature.GetFID());
    layer.ids.push_back(place.feature);
    for (std::size_t i = 0; i < layer.columns.size(); ++i)
        append_cell(layer.columns[i], feature, static_cast<int>(i), place);
    if (!layer.has_geometry) return;
    layer.geometry.push_back(FromOgr(place)(feature.GetGeometryRef()));
    if (!geo::is_finite(layer.geometry.back()))
        base::fail_input("a coordinate is not a finite number", "", place);
}

/// RFC 7946 has no CRS member: GDAL says WGS84 also of metres.
bool is_plainly_not_degrees(const geo::Box& box) {
    return !box.empty() && (box.min_x < -360 || box.max_x > 360 || box.min_y < -90.1 || box.max_y > 90.1);
}

model::Layer read_by_gdal(const DatasetName& name, const ReadOptions& options) {
    const auto hash = sha256_of_file(name.path);
    const auto dataset = open_vector(name);
    const gdal::QuietErrors errors;
    auto& source = choose_layer(*dataset, name);
    model::Layer layer;
    layer.name = dataset->GetLayerCount() == 1 && name.layer.empty() ? name.stem() : source.GetName();
    layer.source.file = name.path;
    layer.source.layer = name.layer;
    layer.source.sha256 = hash;
    layer.has_geometry = source.GetGeomType() != wkbNone;
    const auto* definition = source.GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
        layer.columns.emplace_back(definition->GetFieldDefn(i)->GetNameRef(),
                                   type_of(*definition->GetFieldDefn(i)));
    }
    const auto announced = source.GetFeatureCount();
    while (const gdal::Feature feature{source.GetNextFeature()}) append_row(layer, *feature);
    errors.fail_input_if_failed(name.path);
    if (announced >= 0 && announced != static_cast<GIntBig>(layer.ids.size())) {
        base::fail_input(
            fmt::format("{} features announced, {} found: the file is damaged", announced, layer.ids.size()),
            "", file_place(name.path));
    }
    if (layer.has_geometry) layer.crs = gdal::to_crs(source.GetSpatialRef());
    if (extension_of(name) == ".geojson" && layer.crs && layer.crs->is_geographic() &&
        is_plainly_not_degrees(layer.bounds())) {
        layer.crs.reset();
    }
    if (layer.has_geometry && !layer.crs) layer.crs = options.crs;
    return layer;
}

}  // namespace

model::Layer read_layer(const DatasetName& name, const ReadOptions& options, base::Findings& findings) {
    if (!is_text_table(name)) return read_by_gdal(name, options);
    const auto bytes = read_bytes(name.path);
    auto csv = options.csv;
    if (!csv.crs) csv.crs = options.crs;
    auto layer = parse_csv(bytes, name.path, csv, findings);
    layer.name = name.stem();
    layer.source.sha256 = base::sha256(bytes);
    return layer;
}

namespace {

LayerInfo info_of(const model::Layer& layer) {
    LayerInfo info;
    info.name = layer.name;
    info.geometry_type = layer.geometry_type();
    info.feature_count = static_cast<long long>(layer.row_count());
    if (layer.crs) info.crs = layer.crs->code();
    if (layer.has_geometry && !layer.bounds().empty()) info.extent = layer.bounds();
    for (const auto& column : layer.columns)
        info.fields.push_back({column.name(), std::string(name_of(column.type()))});
    return info;
}

void inspect_raster(const DatasetName& name, const ReadOptions& options, DatasetInfo& info) {
    const auto raster = read_raster(name, options.crs);
    info.format = "GeoTIFF";
    info.columns = raster.grid.columns;
    info.rows = raster.grid.rows;
    info.cell_width = info.cell_height = raster.grid.cell;
    info.crs = raster.crs.code();
    info.extent = raster.grid.box();
    for (const auto& band : raster.bands) {
        const auto summary = model::summarise(band);
        info.bands.push_back(
            {band.name, "real", summary.minimum, summary.maximum, summary.mean, std::nullopt});
    }
}

}  // namespace

DatasetInfo inspect_dataset(const DatasetName& name, const ReadOptions& options, base::Findings& findings) {
    DatasetInfo info;
    if (is_text_table(name)) {
        const auto layer = read_layer(name, options, findings);
        info.format = "CSV";
        info.encoding = layer.source.encoding;
        info.layers.push_back(info_of(layer));
        return info;
    }
    if (extension_of(name) == ".tif" || extension_of(name) == ".tiff") {
        inspect_raster(name, options, info);
        return info;
    }
    if (!file_exists(name.path)) read_bytes(name.path);
    const auto dataset = open_vector(name);
    info.format = dataset->GetDriver()->GetMetadataItem(GDAL_DMD_LONGNAME);
    if (const char* record = dataset->GetMetadataItem("isopleth"))
        info.provenance = base::Json::parse(record);
    if (extension_of(name) == ".geojson")
        info.provenance = base::Json::parse(read_bytes(name.path))["isopleth"];
    if (!name.layer.empty()) choose_layer(*dataset, name);  // throws with the nearest name
    for (int i = 0; i < dataset->GetLayerCount(); ++i) {
        const std::string layer = dataset->GetLayer(i)->GetName();
        if (layer == "layer_styles" || (!name.layer.empty() && layer != name.layer)) continue;
        info.layers.push_back(info_of(read_layer({name.path, layer}, options, findings)));
    }
    return info;
}

namespace {

void write_text(const std::string& target, const std::string& text, const WriteOptions& options) {
    if (options.create_folders) PartFile(target, options.overwrite, true);
    write_bytes(target, text, options.overwrite);
}

void write_by_driver(const std::string& path, const Format& format, const model::Layer& layer,
                     const std::string& target, const base::Job& job) {
    GDALAllRegister();
    const gdal::QuietErrors errors;
    auto* driver = GetGDALDriverManager()->GetDriverByName(format.driver.c_str());
    if (driver == nullptr) base::bug("GDAL has no driver " + format.driver);
    gdal::Dataset dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) errors.fail_output(target);
    CPLStringList creation;
    if (format.extension == ".shp") creation.SetNameValue("ENCODING", "UTF-8");
    const auto name = DatasetName{format.extension == ".shp" ? path : target, {}}.stem();
    gdal::add_layer(*dataset, layer, {name, target, creation.List()}, job);
    dataset.reset();
    if (errors.has_failed() ||
        gdal::count_by_reading(path, "") != static_cast<long long>(layer.row_count())) {
        errors.fail_output(target);
    }
}

void write_geojson(const std::string& target, const model::Layer& layer, const WriteOptions& options) {
    GDALAllRegister();
    PartFile part(target, options.overwrite, options.create_folders);
    base::at_place(file_place(target),
                   [&] { write_bytes(part.path(), format_geojson(layer, options.provenance), true); });
    if (gdal::count_by_reading(part.path(), "") != static_cast<long long>(layer.row_count())) {
        base::fail_output("what was written does not read back; nothing was left behind", "Check the disk.",
                          file_place(target));
    }
    part.commit();
}

}  // namespace

void write_layer(const std::string& target, const model::Layer& layer, const WriteOptions& options,
                 base::Findings& findings, const base::Job& job) {
    const auto& format = format_of(target, FormatKind::kVector);
    job.check();
    if (format.extension == ".gpkg") return write_geopackage(target, {&layer}, {}, options, job);
    if (format.extension == ".geojson") return write_geojson(target, layer, options);
    if (format.extension == ".csv") {
        write_text(target, format_csv(layer, options.wkt), options);
    } else if (format.extension == ".shp") {
        if (options.create_folders) PartFile(target, options.overwrite, true);
        PartFolder part(target, options.overwrite);
        const auto limit = static_cast<std::size_t>(format.field_name_limit);
        write_by_driver(part.path(), format, with_short_names(layer, limit, target, findings), target, job);
        part.commit();
    } else {
        PartFile part(target, options.overwrite, options.create_folders);
        write_by_driver(part.path(), format, layer, target, job);
        part.commit();
    }
    write_bytes(target + ".provenance.json", options.provenance.to_json().dump() + "\n", true);
}

}  // namespace isopleth::io
