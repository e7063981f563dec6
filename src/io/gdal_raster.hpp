// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/job.hpp"
#include "io/dataset_name.hpp"
#include "io/gdal_vector.hpp"
#include "model/raster.hpp"

namespace isopleth::io {

/// A raster file, read by rows; nodata cells come out invalid. One for each thread.
class RasterReader {
public:
    /// `crs` is for files that state none. Input errors: what GDAL cannot open, no CRS, a rotated grid, cells
    /// that are not square.
    RasterReader(const DatasetName& name, const std::optional<geo::Crs>& crs);
    ~RasterReader();
    RasterReader(RasterReader&&) noexcept;

    const model::Grid& grid() const;
    const geo::Crs& crs() const;
    std::size_t band_count() const;
    /// Rows that the file keeps together: reading whole blocks of them reads nothing twice.
    std::size_t block_rows() const;
    /// Rows [first, first + count) of these bands (numbered from 0), each with its name and unit.
    model::Raster rows(std::size_t first, std::size_t count, const std::vector<std::size_t>& bands) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// All bands of a raster.
model::Raster read_raster(const DatasetName& name, const std::optional<geo::Crs>& crs);

/// Writes a Cloud-Optimised GeoTIFF (Float64 or Float32 by `single_precision`, DEFLATE, nodata stated) window
/// by window, so that memory does not grow with the output. Windows are full-width blocks of rows, in order
/// from the north. `close` makes the COG, reads it back block by block, compares checksums, and renames;
/// without it nothing appears under the target's name.
class RasterWriter {
public:
    struct Layout {
        model::Grid grid;
        geo::Crs crs;
        std::vector<std::string> band_names;
        std::vector<std::string> band_units;
        bool single_precision = true;
    };
    RasterWriter(const std::string& target, Layout layout, const WriteOptions& options);
    ~RasterWriter();
    RasterWriter(const RasterWriter&) = delete;
    RasterWriter& operator=(const RasterWriter&) = delete;

    /// The next rows; `window.grid` must continue where the last one ended.
    void write(const model::Raster& window);
    void close(const base::Job& job);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The whole raster in one go.
void write_raster(const std::string& target, const model::Raster& raster, const WriteOptions& options,
                  const base::Job& job);

}  // namespace isopleth::io
