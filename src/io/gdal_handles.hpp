// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "base/error.hpp"
#include "base/job.hpp"
#include "geo/crs.hpp"
#include "model/layer.hpp"

/// Private to the gdal_*.cpp files: no other source includes it, since it shows GDAL's types.
namespace isopleth::io::gdal {

/// Silences GDAL on this thread while it lives and keeps the first failure it told.
class QuietErrors {
public:
    QuietErrors() { CPLPushErrorHandlerEx(&QuietErrors::take, this); }
    ~QuietErrors() { CPLPopErrorHandler(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

    bool has_failed() const { return !m_message.empty(); }
    const std::string& message() const { return m_message; }
    void fail_input_if_failed(const std::string& file) const {
        if (has_failed()) fail_input(file);
    }
    [[noreturn]] void fail_input(const std::string& file) const {
        base::Place place;
        place.file = file;
        base::fail_input("cannot be read; GDAL says: " + (has_failed() ? m_message : "no reason"), "", place);
    }
    [[noreturn]] void fail_output(const std::string& file) const {
        base::Place place;
        place.file = file;
        base::fail_output("cannot be written; nothing was left behind; GDAL says: " +
                              (has_failed() ? m_message : "no reason"),
                          "Is the disk full? Free space, run again.", place);
    }

private:
    static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* text) {
        auto* self = static_cast<QuietErrors*>(CPLGetErrorHandlerUserData());
        if (level >= CE_Failure && self->m_message.empty()) self->m_message = text;
    }
    std::string m_message;
};

/// A configuration option of GDAL for this thread while it lives.
class ThreadOption {
public:
    ThreadOption(const char* name, const std::string& value) : m_name(name) {
        CPLSetThreadLocalConfigOption(name, value.c_str());
    }
    ~ThreadOption() { CPLSetThreadLocalConfigOption(m_name, nullptr); }
    ThreadOption(const ThreadOption&) = delete;
    ThreadOption& operator=(const ThreadOption&) = delete;

private:
    const char* m_name;
};

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;
struct DestroyFeature {
    void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};
using Feature = std::unique_ptr<OGRFeature, DestroyFeature>;

/// With x east, y north whatever the authority says.
inline OGRSpatialReference to_reference(const geo::Crs& crs) {
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (reference.importFromWkt(crs.wkt().c_str()) != OGRERR_NONE)
        base::bug("GDAL does not know CRS " + crs.name());
    return reference;
}

inline std::optional<geo::Crs> to_crs(const OGRSpatialReference* reference) {
    if (reference == nullptr || reference->IsEmpty()) return std::nullopt;
    const char* authority = reference->GetAuthorityName(nullptr);
    const char* code = reference->GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr && std::string_view(authority) == "EPSG") {
        return geo::Crs::parse(std::string("EPSG:") + code);
    }
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    reference->exportToWkt(&wkt, options);
    const std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    // GeoPackage's "undefined" systems -1 and 0 are no CRS.
    if (text.empty() || text.find("ndefined") != std::string::npos) return std::nullopt;
    return geo::Crs::parse(text);
}

struct NewLayer {
    std::string name;
    std::string target;  ///< the file that an error names
    char** creation_options = nullptr;
};

/// Adds a layer and its features, in batches of one transaction each. Throws Output errors that name the
/// target.
void add_layer(GDALDataset& dataset, const model::Layer& layer, const NewLayer& created,
               const base::Job& job);

/// Features of a layer when all of them are really read.
long long count_by_reading(const std::string& path, const std::string& layer);

}  // namespace isopleth::io::gdal
