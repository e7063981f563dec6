// SPDX-License-Identifier: MIT
#include "io/gdal_geopackage.hpp"

#include "io/gdal_handles.hpp"
#include "io/part_file.hpp"

#include <fmt/format.h>

#include <cpl_string.h>

namespace isopleth::io {
namespace gdal {
namespace {

OGRwkbGeometryType wkb_type(const model::Layer& layer) {
    if (!layer.has_geometry) return wkbNone;
    const auto name = layer.geometry_type();
    if (name == "Geometry" || name == "none") return wkbUnknown;
    return OGRFromOGCGeomType(name.c_str());
}

/// Our geometry as OGR's; a missing one is null.
class ToOgr {
public:
    using Made = std::unique_ptr<OGRGeometry>;
    Made operator()(std::monostate) const { return nullptr; }
    Made operator()(const geo::Point& point) const { return std::make_unique<OGRPoint>(point.x, point.y); }
    Made operator()(const geo::LineString& line) const {
        auto made = std::make_unique<OGRLineString>();
        fill(*made, line.path);
        return made;
    }
    Made operator()(const geo::Polygon& polygon) const {
        auto made = std::make_unique<OGRPolygon>();
        add_ring(*made, polygon.outer);
        for (const auto& hole : polygon.holes) add_ring(*made, hole);
        return made;
    }
    Made operator()(const geo::MultiPoint& many) const { return collect<OGRMultiPoint>(many.points); }
    Made operator()(const geo::MultiLineString& many) const {
        return collect<OGRMultiLineString>(many.lines);
    }
    Made operator()(const geo::MultiPolygon& many) const { return collect<OGRMultiPolygon>(many.polygons); }

private:
    static void fill(OGRSimpleCurve& curve, const geo::Path& path) {
        for (const auto& point : path) curve.addPoint(point.x, point.y);
    }
    static void add_ring(OGRPolygon& polygon, const geo::Path& path) {
        auto* ring = new OGRLinearRing;
        fill(*ring, path);
        polygon.addRingDirectly(ring);
    }
    template <class Many, class Parts>
    Made collect(const Parts& parts) const {
        auto made = std::make_unique<Many>();
        for (const auto& part : parts) made->addGeometryDirectly((*this)(part).release());
        return made;
    }
};

void set_cell(OGRFeature& feature, int field, const model::Column& column, std::size_t row) {
    if (!column.is_present(row)) {
        feature.SetFieldNull(field);
    } else if (column.type() == model::ColumnType::kInteger) {
        feature.SetField(field, static_cast<GIntBig>(*column.integer(row)));
    } else if (column.type() == model::ColumnType::kReal) {
        feature.SetField(field, *column.number(row));
    } else if (column.type() == model::ColumnType::kBoolean) {
        feature.SetField(field, *column.boolean(row) ? 1 : 0);
    } else {
        feature.SetField(field, std::string(*column.text(row)).c_str());
    }
}

bool add_field(OGRLayer& out, const model::Column& column) {
    using enum model::ColumnType;
    const auto type = column.type();
    OGRFieldDefn definition(column.name().c_str(), type == kText      ? OFTString
                                                   : type == kReal    ? OFTReal
                                                   : type == kInteger ? OFTInteger64
                                                                      : OFTInteger);
    if (type == kBoolean) definition.SetSubType(OFSTBoolean);
    return out.CreateField(&definition) == OGRERR_NONE;
}

void write_rows(OGRLayer& out, const model::Layer& layer, const std::string& target, const base::Job& job,
                const QuietErrors& errors) {
    constexpr std::size_t kBatch = 10000;
    const auto type = out.GetGeomType();
    const auto rows = layer.row_count();
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % kBatch == 0) {
            job.check();
            if (row > 0 && out.CommitTransaction() != OGRERR_NONE) errors.fail_output(target);
            if (out.StartTransaction() != OGRERR_NONE) errors.fail_output(target);
        }
        const Feature feature(OGRFeature::CreateFeature(out.GetLayerDefn()));
        for (std::size_t i = 0; i < layer.columns.size(); ++i) {
            set_cell(*feature, static_cast<int>(i), layer.columns[i], row);
        }
        if (layer.has_geometry) {
            auto geometry = std::visit(ToOgr{}, layer.geometry[row]);
            // Readers expect one type in a layer: a single polygon among multipolygons becomes one of one.
            if (geometry && type != wkbUnknown && geometry->getGeometryType() != type) {
                geometry.reset(OGRGeometryFactory::forceTo(geometry.release(), type));
            }
            if (geometry) feature->SetGeometryDirectly(geometry.release());
        }
        if (out.CreateFeature(feature.get()) != OGRERR_NONE) errors.fail_output(target);
    }
    if (rows > 0 && out.CommitTransaction() != OGRERR_NONE) errors.fail_output(target);
}

}  // namespace

void add_layer(GDALDataset& dataset, const model::Layer& layer, const NewLayer& created,
               const base::Job& job) {
    const QuietErrors errors;
    std::optional<OGRSpatialReference> reference;
    if (layer.has_geometry && layer.crs) reference = to_reference(*layer.crs);
    auto* out = dataset.CreateLayer(created.name.c_str(), reference ? &*reference : nullptr, wkb_type(layer),
                                    created.creation_options);
    if (out == nullptr) errors.fail_output(created.target);
    for (const auto& column : layer.columns) {
        if (!add_field(*out, column)) errors.fail_output(created.target);
    }
    if (out->GetLayerDefn()->GetFieldCount() != static_cast<int>(layer.columns.size()))
        errors.fail_output(created.target);
    write_rows(*out, layer, created.target, job, errors);
    if (out->SyncToDisk() != OGRERR_NONE || errors.has_failed()) errors.fail_output(created.target);
}

long long count_by_reading(const std::string& path, const std::string& layer) {
    const QuietErrors errors;
    const Dataset dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!dataset) return -1;
    auto* source = layer.empty() ? dataset->GetLayer(0) : dataset->GetLayerByName(layer.c_str());
    if (source == nullptr) return -1;
    long long count = 0;
    while (const Feature feature{source->GetNextFeature()}) ++count;
    return errors.has_failed() ? -1 : count;
}

}  // namespace gdal

namespace {

/// The table as QGIS makes it, one row for each style.
model::Layer style_table(const std::vector<EmbeddedStyle>& styles, const WriteOptions& options,
                         const std::vector<const model::Layer*>& layers) {
    const std::vector<std::string> names = {"f_table_catalog",   "f_table_schema", "f_table_name",
                                            "f_geometry_column", "styleName",      "styleQML",
                                            "styleSLD"};
    model::Layer table;
    table.name = "layer_styles";
    for (const auto& name : names) table.columns.emplace_back(name, model::ColumnType::kText);
    table.columns.emplace_back("useAsDefault", model::ColumnType::kBoolean);
    for (const char* name : {"description", "owner", "ui", "update_time"}) {
        table.columns.emplace_back(name, model::ColumnType::kText);
    }
    for (std::size_t i = 0; i < styles.size(); ++i) {
        const auto& style = styles[i];
        bool is_known = false;
        bool is_first = true;
        for (const auto* layer : layers) is_known = is_known || layer->name == style.layer;
        for (std::size_t j = 0; j < i; ++j) is_first = is_first && styles[j].layer != style.layer;
        if (!is_known) base::bug("a style for a layer that is not written: " + style.layer);
        const std::vector<std::string> texts = {"",         "",        style.layer, "geom",
                                                style.name, style.qml, style.sld};
        for (std::size_t k = 0; k < texts.size(); ++k) table.columns[k].append(texts[k]);
        table.columns[7].append_boolean(is_first);
        table.columns[8].append(options.provenance.note);
        table.columns[9].append(std::string());
        table.columns[10].append_missing();
        table.columns[11].append(base::to_iso8601(options.provenance.time));
    }
    return table;
}

void add_to_geopackage(GDALDataset& dataset, const model::Layer& layer, const std::string& target,
                       const std::string& provenance, const base::Job& job) {
    CPLStringList creation;
    creation.SetNameValue("GEOMETRY_NAME", layer.find("geom") != nullptr ? "geom_" : "geom");
    const bool is_styles = layer.name == "layer_styles";
    creation.SetNameValue("FID", is_styles ? "id" : layer.find("fid") != nullptr ? "fid_" : "fid");
    gdal::add_layer(dataset, layer, {layer.name, target, creation.List()}, job);
    if (is_styles) return;
    auto* written = dataset.GetLayerByName(layer.name.c_str());
    if (written != nullptr) written->SetMetadataItem("isopleth", provenance.c_str());
}

}  // namespace

void write_geopackage(const std::string& target, const std::vector<const model::Layer*>& layers,
                      const std::vector<EmbeddedStyle>& styles, const WriteOptions& options,
                      const base::Job& job) {
    GDALAllRegister();
    const gdal::QuietErrors errors;
    const gdal::ThreadOption date("OGR_CURRENT_DATE", base::to_iso8601(options.provenance.time));
    PartFile part(target, options.overwrite, options.create_folders);
    const auto provenance = options.provenance.to_json().dump(-1);
    const auto table = style_table(styles, options, layers);
    auto* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) base::bug("GDAL has no GeoPackage driver");
    gdal::Dataset dataset(driver->Create(part.path().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) errors.fail_output(target);
    dataset->SetMetadataItem("isopleth", provenance.c_str());
    for (const auto* layer : layers) add_to_geopackage(*dataset, *layer, target, provenance, job);
    if (!styles.empty()) add_to_geopackage(*dataset, table, target, provenance, job);
    dataset.reset();
    if (errors.has_failed()) errors.fail_output(target);
    for (const auto* layer : layers) {
        if (gdal::count_by_reading(part.path(), layer->name) != static_cast<long long>(layer->row_count())) {
            errors.fail_output(target);
        }
    }
    part.commit();
}

}  // namespace isopleth::io
