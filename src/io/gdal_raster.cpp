// SPDX-License-Identifier: MIT
#include "io/gdal_raster.hpp"

#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "io/gdal_handles.hpp"
#include "io/part_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <cpl_string.h>

namespace isopleth::io {
namespace {

constexpr double kNodata =
    -9999;  // also exact in Float32; estimates never reach it unnoticed: `write` refuses the value

constexpr std::size_t kBlock = 512;  ///< side of the COG's blocks

std::uint64_t checksum_of(std::string_view bytes) {
    base::Checksum sum;
    sum.add(bytes);
    return sum.value();
}

gdal::Dataset open_raster(const std::string& path, const std::string& named) {
    GDALAllRegister();
    const gdal::QuietErrors errors;
    gdal::Dataset dataset(
        GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
    if (!dataset) errors.fail_input(named);
    return dataset;
}

model::Grid grid_of(GDALDataset& dataset, const std::string& path) {
    std::array<double, 6> t{};
    if (dataset.GetGeoTransform(t.data()) != CE_None)
        base::fail_input("the raster has no georeference", "", file_place(path));
    if (t[2] != 0 || t[4] != 0)
        base::fail_input("the grid is rotated", "Warp it north up first.", file_place(path));
    if (t[1] <= 0 || t[5] >= 0 || std::abs(t[1] + t[5]) > 1e-9 * t[1]) {
        base::fail_input(fmt::format("cells of {} x {} are not square", t[1], std::abs(t[5])), "",
                         file_place(path));
    }
    return {t[0], t[3], t[1], static_cast<std::size_t>(dataset.GetRasterXSize()),
            static_cast<std::size_t>(dataset.GetRasterYSize())};
}

/// Which cells have a value: by the mask band, or, where that only compares with a nodata value, by doing so
/// here, for GDAL would read the cells once more.
class Validity {
public:
    explicit Validity(GDALRasterBand& band) : m_band(band), m_flags(band.GetMaskFlags()) {
        m_nodata = band.GetNoDataValue(nullptr);
        m_is_single = band.GetRasterDataType() == GDT_Float32;
    }

    /// For rows whose values have been read; false when the mask cannot be.
    bool fill(int first, int count, model::Band& band) const {
        const auto columns = m_band.GetXSize();
        if (m_flags != GMF_NODATA && m_flags != GMF_ALL_VALID) {
            if (m_band.GetMaskBand()->RasterIO(GF_Read, 0, first, columns, count, band.valid.data(), columns,
                                               count, GDT_Byte, 0, 0, nullptr) != CE_None)
                return false;
        } else {
            std::fill(band.valid.begin(), band.valid.end(), std::uint8_t{1});
        }
        for (std::size_t cell = 0; cell < band.valid.size(); ++cell) {
            const double value = band.values[cell];
            const bool is_value =
                band.valid[cell] != 0 && std::isfinite(value) && (m_flags != GMF_NODATA || !is_nodata(value));
            is_value ? band.set(cell, value) : band.clear(cell);
        }
        return true;
    }

private:
    bool is_nodata(double value) const {
        if (m_is_single) return static_cast<float>(value) == static_cast<float>(m_nodata);
        return value == m_nodata;
    }

    GDALRasterBand& m_band;
    int m_flags;
    double m_nodata;
    bool m_is_single;
};

}  // namespace

struct RasterReader::State {
    std::string path;
    gdal::Dataset dataset;
    model::Grid grid;
    geo::Crs crs;
};

RasterReader::RasterReader(const DatasetName& name, const std::optional<geo::Crs>& crs) {
    const auto stamp = stamp_of(name.path);
    if (stamp.size < 0) read_bytes(name.path);
    if (stamp.size == 0) base::fail_input("the file is empty", "", file_place(name.path));
    auto dataset = open_raster(name.path, name.path);
    auto own = gdal::to_crs(dataset->GetSpatialRef());
    if (!own) own = crs;
    if (!own) base::fail_input("the raster has no CRS", "State it with --crs.", file_place(name.path));
    const model::Grid grid = grid_of(*dataset, name.path);
    m_state = std::make_unique<State>(State{name.path, std::move(dataset), grid, *own});
}

RasterReader::~RasterReader() = default;
RasterReader::RasterReader(RasterReader&&) noexcept = default;

const model::Grid& RasterReader::grid() const {
    return m_state->grid;
}

const geo::Crs& RasterReader::crs() const {
    return m_state->crs;
}

std::size_t RasterReader::band_count() const {
    return static_cast<std::size_t>(m_state->dataset->GetRasterCount());
}

std::size_t RasterReader::block_rows() const {
    int columns = 1;
    int rows = 1;
    m_state->dataset->GetRasterBand(1)->GetBlockSize(&columns, &rows);
    return static_cast<std::size_t>(std::max(rows, 1));
}

model::Raster RasterReader::rows(std::size_t first, std::size_t count,
                                 const std::vector<std::size_t>& bands) const {
    const gdal::QuietErrors errors;
    std::vector<std::string> names;
    for (const std::size_t band : bands) names.push_back(fmt::format("band {}", band + 1));
    model::Raster raster(m_state->grid.rows_from(first, count), m_state->crs, names);
    const int columns = static_cast<int>(raster.grid.columns);
    const int row = static_cast<int>(first);
    const int rows = static_cast<int>(count);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        GDALRasterBand& source = *m_state->dataset->GetRasterBand(static_cast<int>(bands[i]) + 1);
        model::Band& band = raster.bands[i];
        if (*source.GetDescription() != '\0') band.name = source.GetDescription();
        band.unit = source.GetUnitType();
        if (source.RasterIO(GF_Read, 0, row, columns, rows, band.values.data(), columns, rows, GDT_Float64, 0,
                            0, nullptr) != CE_None ||
            !Validity(source).fill(row, rows, band)) {
            errors.fail_input(m_state->path);
        }
    }
    return raster;
}

model::Raster read_raster(const DatasetName& name, const std::optional<geo::Crs>& crs) {
    const RasterReader reader(name, crs);
    std::vector<std::size_t> bands(reader.band_count());
    std::iota(bands.begin(), bands.end(), std::size_t{0});
    return reader.rows(0, reader.grid().rows, bands);
}

/// GDAL's write calls say nothing at a full disk, so a checksum is taken of every row's bytes as they go in
/// and again as they come out, one for each row, so that rows can be read back in parallel.
struct RasterWriter::State {
    PartFile part;
    Layout layout;
    std::string provenance;
    gdal::Dataset raw;
    std::vector<std::vector<std::uint64_t>> checksums;  ///< of each band, by row
    std::size_t next_row = 0;
    bool is_closed = false;

    State(const std::string& target, Layout plan, const WriteOptions& options)
        : part(target, options.overwrite, options.create_folders),
          layout(std::move(plan)),
          provenance(options.provenance.to_json().dump(-1)),
          checksums(layout.band_names.size()) {}

    std::string raw_path() const { return part.path() + ".raw.tif"; }
    GDALDataType type() const { return layout.single_precision ? GDT_Float32 : GDT_Float64; }
    std::size_t row_bytes() const { return layout.grid.columns * (layout.single_precision ? 4 : 8); }
    void create();
    void limit_cache(int threads) const;
    std::string encode(const model::Band& band, std::size_t row) const;
    void add_overviews(const base::Job& job);
    void copy_to_cog(const base::Job& job);
    void check_cog(const base::Job& job) const;
    void check_rows(std::size_t begin, std::size_t end) const;
};

/// GDAL keeps blocks up to a twentieth of the machine's memory, which a large raster fills. What is needed is
/// a row of blocks of each band for each thread: with less, every row would read its blocks again.
void RasterWriter::State::limit_cache(int threads) const {
    constexpr std::size_t kLeast = std::size_t{64} << 20;
    const std::size_t row_of_blocks = kBlock * row_bytes() * layout.band_names.size();
    GDALSetCacheMax64(static_cast<GIntBig>(
        kLeast + row_of_blocks * static_cast<std::size_t>(std::max(threads, 1)) * 5 / 4));
}

void RasterWriter::State::create() {
    GDALAllRegister();
    limit_cache(1);
    const gdal::QuietErrors errors;
    CPLStringList creation;
    creation.SetNameValue("TILED", "YES");
    creation.SetNameValue("BIGTIFF", "IF_SAFER");
    auto* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    raw.reset(driver->Create(raw_path().c_str(), static_cast<int>(layout.grid.columns),
                             static_cast<int>(layout.grid.rows), static_cast<int>(layout.band_names.size()),
                             type(), creation.List()));
    if (!raw) errors.fail_output(part.target());
    const auto& grid = layout.grid;
    std::array<double, 6> transform{grid.min_x, grid.cell, 0, grid.max_y, 0, -grid.cell};
    const auto reference = gdal::to_reference(layout.crs);
    bool is_set = raw->SetGeoTransform(transform.data()) == CE_None &&
                  raw->SetSpatialRef(&reference) == CE_None &&
                  raw->SetMetadataItem("isopleth", provenance.c_str()) == CE_None;
    for (std::size_t i = 0; i < layout.band_names.size(); ++i) {
        auto* band = raw->GetRasterBand(static_cast<int>(i) + 1);
        band->SetDescription(layout.band_names[i].c_str());
        if (i < layout.band_units.size())
            is_set = is_set && band->SetUnitType(layout.band_units[i].c_str()) == CE_None;
        is_set = is_set && band->SetNoDataValue(kNodata) == CE_None;
    }
    if (!is_set) errors.fail_output(part.target());
}

std::string RasterWriter::State::encode(const model::Band& band, std::size_t row) const {
    std::string bytes(row_bytes(), '\0');
    for (std::size_t column = 0; column < layout.grid.columns; ++column) {
        const auto cell = row * layout.grid.columns + column;
        const double value = band.valid[cell] != 0 ? band.values[cell] : kNodata;
        if (band.valid[cell] != 0 && (!std::isfinite(value) || value == kNodata))
            base::bug("a raster value that no file can hold");
        if (layout.single_precision) {
            const auto single = static_cast<float>(value);
            std::copy_n(reinterpret_cast<const char*>(&single), 4, bytes.data() + column * 4);
        } else {
            std::copy_n(reinterpret_cast<const char*>(&value), 8, bytes.data() + column * 8);
        }
    }
    return bytes;
}

/// Halves until a block holds the whole, as the COG driver does. Its own overviews go through ZSTD on their
/// way, whose work space takes longer to clear than the pixels take to average.
void RasterWriter::State::add_overviews(const base::Job& job) {
    const gdal::QuietErrors errors;
    std::vector<int> factors;
    int factor = 1;
    for (std::size_t side = std::max(layout.grid.columns, layout.grid.rows); side > kBlock; side /= 2)
        factors.push_back(factor *= 2);
    if (factors.empty()) return;
    const gdal::ThreadOption threads("GDAL_NUM_THREADS", fmt::format("{}", job.threads));
    if (raw->BuildOverviews("AVERAGE", static_cast<int>(factors.size()), factors.data(), 0, nullptr, nullptr,
                            nullptr, nullptr) != CE_None) {
        errors.fail_output(part.target());
    }
}

void RasterWriter::State::copy_to_cog(const base::Job& job) {
    add_overviews(job);
    const gdal::QuietErrors errors;
    raw->FlushCache();  // void in GDAL 3.6: a failure comes through the handler
    raw.reset();
    if (errors.has_failed()) errors.fail_output(part.target());
    const gdal::Dataset source(GDALDataset::Open(raw_path().c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
    if (!source) errors.fail_output(part.target());
    CPLStringList creation;
    creation.SetNameValue("COMPRESS", "DEFLATE");
    // After the predictor, level 6 would save 1 to 4 % of the bytes and add a fifth to the time of writing.
    creation.SetNameValue("LEVEL", "1");
    creation.SetNameValue("PREDICTOR", "YES");
    creation.SetNameValue("BLOCKSIZE", fmt::format("{}", kBlock).c_str());
    creation.SetNameValue("OVERVIEWS", "FORCE_USE_EXISTING");
    creation.SetNameValue("NUM_THREADS", fmt::format("{}", job.threads).c_str());
    const gdal::ThreadOption no_side_file("GDAL_PAM_ENABLED", "NO");
    auto* driver = GetGDALDriverManager()->GetDriverByName("COG");
    if (driver == nullptr) base::bug("GDAL has no COG driver");
    gdal::Dataset made(
        driver->CreateCopy(part.path().c_str(), source.get(), TRUE, creation.List(), nullptr, nullptr));
    if (!made) errors.fail_output(part.target());
    made.reset();
    if (errors.has_failed()) errors.fail_output(part.target());
}

void RasterWriter::State::check_cog(const base::Job& job) const {
    limit_cache(job.threads);
    base::parallel_chunks(job, layout.grid.rows, kBlock,
                          [this](std::size_t begin, std::size_t end) { check_rows(begin, end); });
}

void RasterWriter::State::check_rows(std::size_t begin, std::size_t end) const {
    const gdal::QuietErrors errors;
    const gdal::Dataset dataset(GDALDataset::Open(part.path().c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
    if (!dataset || dataset->GetRasterCount() != static_cast<int>(checksums.size()))
        errors.fail_output(part.target());
    std::string bytes(row_bytes(), '\0');
    const int columns = static_cast<int>(layout.grid.columns);
    for (std::size_t row = begin; row < end; ++row) {
        for (std::size_t i = 0; i < checksums.size(); ++i) {
            auto* band = dataset->GetRasterBand(static_cast<int>(i) + 1);
            if (band->RasterIO(GF_Read, 0, static_cast<int>(row), columns, 1, bytes.data(), columns, 1,
                               type(), 0, 0, nullptr) != CE_None) {
                errors.fail_output(part.target());
            }
            if (checksum_of(bytes) != checksums[i][row]) {
                base::fail_output("what was written does not read back the same; nothing was left behind",
                                  "Check the disk.", file_place(part.target()));
            }
        }
    }
}

RasterWriter::RasterWriter(const std::string& target, Layout layout, const WriteOptions& options)
    : m_state(std::make_unique<State>(target, std::move(layout), options)) {
    m_state->create();
}

RasterWriter::~RasterWriter() {
    const gdal::QuietErrors errors;
    m_state->raw.reset();
}

void RasterWriter::write(const model::Raster& window) {
    auto& state = *m_state;
    const gdal::QuietErrors errors;
    const auto& grid = state.layout.grid;
    if (window.bands.size() != state.checksums.size() || state.next_row + window.grid.rows > grid.rows ||
        !(window.grid == grid.rows_from(state.next_row, window.grid.rows))) {
        base::bug("a window that does not continue the raster");
    }
    const int columns = static_cast<int>(grid.columns);
    for (std::size_t row = 0; row < window.grid.rows; ++row) {
        for (std::size_t i = 0; i < window.bands.size(); ++i) {
            auto bytes = state.encode(window.bands[i], row);
            state.checksums[i].push_back(checksum_of(bytes));
            const auto result = state.raw->GetRasterBand(static_cast<int>(i) + 1)
                                    ->RasterIO(GF_Write, 0, static_cast<int>(state.next_row + row), columns,
                                               1, bytes.data(), columns, 1, state.type(), 0, 0, nullptr);
            if (result != CE_None || errors.has_failed()) errors.fail_output(state.part.target());
        }
    }
    state.next_row += window.grid.rows;
}

void RasterWriter::close(const base::Job& job) {
    auto& state = *m_state;
    if (state.next_row != state.layout.grid.rows) base::bug("a raster closed before its last row");
    if (state.is_closed) base::bug("a raster closed twice");
    job.check();
    state.copy_to_cog(job);
    state.check_cog(job);
    remove_file(state.raw_path());
    state.part.commit();
    state.is_closed = true;
}

void write_raster(const std::string& target, const model::Raster& raster, const WriteOptions& options,
                  const base::Job& job) {
    RasterWriter::Layout layout{raster.grid, raster.crs, {}, {}, false};
    for (const auto& band : raster.bands) {
        layout.band_names.push_back(band.name);
        layout.band_units.push_back(band.unit);
    }
    RasterWriter writer(target, std::move(layout), options);
    writer.write(raster);
    writer.close(job);
}

}  // namespace isopleth::io
