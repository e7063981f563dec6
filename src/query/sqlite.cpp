// SPDX-License-Identifier: MIT
#include "query/sqlite.hpp"

#include "base/text.hpp"
#include "base/units.hpp"
#include "query/answer.hpp"
#include "query/refusal.hpp"
#include "query/spatialite_blob.hpp"
#include "query/sqlite_handles.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <spatialite.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace isopleth::query {

namespace {

using sqlite::ReadOnly;
using sqlite::Seen;
using sqlite::Statement;
using sqlite::Watch;

constexpr int kWgs84 = 4326;
constexpr int kFirstOwnSrid = 200000;             // above every EPSG code
constexpr int kLongestValue = 256 * 1024 * 1024;  // bytes
constexpr int kStepsBetweenChecks = 100;
constexpr double kLongestTimeout = 1e8;  // seconds; more would overflow the clock

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::string geometry_column;  ///< "" for a plain table
    int srid = 0;
    bool is_indexed = false;
};

std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + "\"";
}

bool is_same_name(std::string_view left, std::string_view right) {
    return base::to_lower_ascii(left) == base::to_lower_ascii(right);
}

std::string free_name(std::string name, const model::Layer& layer) {
    const auto is_taken = [&] {
        return std::any_of(layer.columns.begin(), layer.columns.end(),
                           [&](const model::Column& column) { return is_same_name(column.name(), name); });
    };
    while (is_taken()) name += "_";
    return name;
}

/// An index costs more than most statements do, and SpatiaLite uses none unasked.
bool asks_for_index(const std::string& sql) {
    const std::string lower = base::to_lower_ascii(sql);
    return lower.find("spatialindex") != std::string::npos || lower.find("knn") != std::string::npos ||
           lower.find("idx_") != std::string::npos;
}

}  // namespace

struct Database::State {
    sqlite3* db = nullptr;
    void* spatialite = nullptr;
    std::vector<Table> tables;
    std::map<int, geo::Crs> crs;
    std::map<std::pair<int, int>, geo::Transform> transforms;
    std::set<int> told;  ///< SRIDs that SpatiaLite has heard of
    Seen seen;

    State();
    ~State() {
        sqlite3_close_v2(db);
        spatialite_cleanup_ex(spatialite);
    }

    void exec(const std::string& sql) {
        if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            base::bug(fmt::format("SQLite says {} to {}", sqlite3_errmsg(db), sql));
        }
    }
    Statement prepare_own(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
            base::bug(fmt::format("SQLite says {} to {}", sqlite3_errmsg(db), sql));
        }
        return Statement(statement);
    }
    static void transform(sqlite3_context* context, int count, sqlite3_value** values);
    bool is_taken(const std::string& name);
    void tell_spatialite(int srid);
    void tell_spatialite(const std::string& sql);
    bool is_system(int srid);
    int srid_of(const geo::Crs& system);
    const geo::Crs& crs_of(int srid);
    void create_table(const Table& table, const model::Layer& layer, const std::string& key);
    void fill_table(const Table& table, const model::Layer& layer);
    void make_spatial_indexes();
    std::vector<TableNames> all_names() const;

    Statement prepare(const std::string& sql);
    void check_crs() const;
    std::vector<AnswerColumn> read_rows(sqlite3_stmt* statement, const QueryOptions& options,
                                        const base::Job& job);
};

/// ST_Transform of the program's own: by the same operations as elsewhere, to any EPSG code, never NULL.
void Database::State::transform(sqlite3_context* context, int, sqlite3_value** values) {
    auto& state = *static_cast<State*>(sqlite3_user_data(context));
    if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL) return;
    try {
        auto source = from_blob(sqlite::bytes_of(values[0]));
        if (!source) base::fail_data("ST_Transform: the first argument is no geometry");
        if (source->srid <= 0) base::fail_data("ST_Transform: the geometry has no CRS");
        const int srid = sqlite3_value_int(values[1]);
        const std::pair key(source->srid, srid);
        auto found = state.transforms.find(key);
        if (found == state.transforms.end()) {
            geo::Transform transform(state.crs_of(source->srid), state.crs_of(srid));
            found = state.transforms.emplace(key, std::move(transform)).first;
        }
        const std::string blob = to_blob(found->second.apply(std::move(source->geometry)), srid);
        sqlite3_result_blob(context, blob.data(), static_cast<int>(blob.size()), SQLITE_TRANSIENT);
    } catch (const std::exception& error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

Database::State::State() {
    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
                        nullptr) != SQLITE_OK) {
        base::bug("SQLite cannot open a database in memory");
    }
    spatialite = spatialite_alloc_connection();
    spatialite_init_ex(db, spatialite, 0);
    spatialite_set_silent_mode(spatialite);
    exec("PRAGMA temp_store = MEMORY");  // large sorts go to a file otherwise
    exec("SELECT InitSpatialMetaData(1, 'NONE')");
    exec("SELECT DisableTinyPoint()");
    tell_spatialite(kWgs84);
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    for (const char* name : {"ST_Transform", "Transform"}) {
        sqlite3_create_function(db, name, 2, flags, this, transform, nullptr, nullptr);
        for (const int more : {3, 4, 5, 6}) {
            sqlite3_create_function(db, name, more, flags, nullptr, nullptr, nullptr, nullptr);
        }
    }
    // A misspelt "column" must not turn into text.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, kLongestValue);
}

bool Database::State::is_taken(const std::string& name) {
    const Statement statement = prepare_own("SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE");
    sqlite3_bind_text(statement.get(), 1, name.c_str(), -1, SQLITE_TRANSIENT);
    return sqlite3_step(statement.get()) == SQLITE_ROW || base::starts_with_ignoring_case(name, "sqlite_");
}

/// SpatiaLite looks up ellipsoids by SRID in a table of its own, and prints what it does not find there.
void Database::State::tell_spatialite(int srid) {
    if (!told.insert(srid).second) return;
    if (srid < kFirstOwnSrid) exec(fmt::format("SELECT InsertEpsgSrid({})", srid));
    exec(fmt::format(
        "INSERT OR IGNORE INTO spatial_ref_sys VALUES ({0}, 'none', {0}, 'SRID {0}', '', 'Undefined')",
        srid));
}

/// Every number of a statement may be an SRID.
void Database::State::tell_spatialite(const std::string& sql) {
    constexpr std::string_view digits = "0123456789";
    for (std::size_t begin = sql.find_first_of(digits); begin != std::string::npos;) {
        const std::size_t end = std::min(sql.find_first_not_of(digits, begin), sql.size());
        const auto number = base::parse_integer(std::string_view(sql).substr(begin, end - begin));
        if (number && *number > 1000 && *number < kFirstOwnSrid && is_system(static_cast<int>(*number))) {
            tell_spatialite(static_cast<int>(*number));
        }
        begin = sql.find_first_of(digits, end);
    }
}

bool Database::State::is_system(int srid) {
    try {
        crs_of(srid);
        return true;
    } catch (const base::Error&) {
        return false;
    }
}

int Database::State::srid_of(const geo::Crs& system) {
    const std::string& code = system.code();
    std::optional<long long> epsg;
    if (code.starts_with("EPSG:")) epsg = base::parse_integer(std::string_view(code).substr(5));
    if (code == "OGC:CRS84") epsg = kWgs84;  // the same but for the axis order, which is ours here
    int srid = epsg ? static_cast<int>(*epsg) : kFirstOwnSrid;
    for (; !epsg && crs.contains(srid); ++srid) {
        if (crs.at(srid) == system) return srid;
    }
    crs.emplace(srid, system);
    tell_spatialite(srid);
    return srid;
}

const geo::Crs& Database::State::crs_of(int srid) {
    const auto found = crs.find(srid);
    if (found != crs.end()) return found->second;
    return crs.emplace(srid, geo::Crs::parse(fmt::format("EPSG:{}", srid))).first->second;
}

void Database::State::create_table(const Table& table, const model::Layer& layer, const std::string& key) {
    std::string sql = fmt::format("CREATE TABLE {} ({} INTEGER PRIMARY KEY", quoted(table.name), quoted(key));
    for (const model::Column& column : layer.columns) {
        sql += fmt::format(", {} {}", quoted(column.name()), sqlite::declared_type(column.type()));
    }
    if (layer.has_geometry) sql += fmt::format(", {} GEOMETRY", quoted(table.geometry_column));
    exec(sql + ")");
}

void Database::State::fill_table(const Table& table, const model::Layer& layer) {
    std::string sql = fmt::format("INSERT INTO {} VALUES (?1", quoted(table.name));
    for (std::size_t i = 1; i < table.columns.size(); ++i) sql += fmt::format(", ?{}", i + 1);
    const Statement statement = prepare_own(sql + ")");
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        sqlite3_bind_int64(statement.get(), 1, static_cast<sqlite3_int64>(row) + 1);
        int place = 2;
        for (const auto& column : layer.columns) sqlite::bind_cell(statement.get(), place++, column, row);
        if (layer.has_geometry && !geo::is_missing(layer.geometry[row])) {
            const std::string blob = to_blob(layer.geometry[row], table.srid);
            sqlite3_bind_blob64(statement.get(), place, blob.data(), blob.size(), SQLITE_TRANSIENT);
        } else if (layer.has_geometry) {
            sqlite3_bind_null(statement.get(), place);
        }
        if (sqlite3_step(statement.get()) != SQLITE_DONE) {
            base::bug(fmt::format("SQLite says {} to a row of {}", sqlite3_errmsg(db), table.name));
        }
        sqlite3_reset(statement.get());
    }
}

void Database::State::make_spatial_indexes() {
    for (Table& table : tables) {
        if (table.is_indexed || table.geometry_column.empty()) continue;
        for (const char* call :
             {"RecoverGeometryColumn(?1, ?2, ?3, 'GEOMETRY', 'XY')", "CreateSpatialIndex(?1, ?2)"}) {
            const Statement statement = prepare_own(fmt::format("SELECT {}", call));
            sqlite3_bind_text(statement.get(), 1, table.name.c_str(), -1, SQLITE_TRANSIENT);
            sqlite3_bind_text(statement.get(), 2, table.geometry_column.c_str(), -1, SQLITE_TRANSIENT);
            const bool wants_srid = sqlite3_bind_parameter_count(statement.get()) > 2;
            if (wants_srid) sqlite3_bind_int(statement.get(), 3, table.srid);
            if (sqlite3_step(statement.get()) != SQLITE_ROW || sqlite3_column_int(statement.get(), 0) != 1) {
                base::bug(fmt::format("SpatiaLite makes no spatial index for {}", table.name));
            }
        }
        table.is_indexed = true;
    }
}

std::vector<TableNames> Database::State::all_names() const {
    std::vector<TableNames> names;
    for (const Table& table : tables) names.push_back({table.name, table.columns});
    return names;
}

Statement Database::State::prepare(const std::string& sql) {
    if (sql.find('\0') != std::string::npos) base::fail_usage("the SQL statement holds a zero byte");
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, &tail);
    Statement statement(raw);
    if (code != SQLITE_OK) {
        fail_refused({sql, sqlite3_errmsg(db), sqlite3_error_offset(db), seen.refused, all_names()});
    }
    if (!statement) base::fail_usage("the SQL statement is empty", kOneSelect);
    // Blanks, comments and semicolons prepare to nothing; whatever else follows is a second statement.
    while (*tail != '\0') {
        sqlite3_stmt* more = nullptr;
        const int tail_code = sqlite3_prepare_v2(db, tail, -1, &more, &tail);
        const Statement second(more);
        if (tail_code != SQLITE_OK || second) base::fail_usage("more than one SQL statement", kOneSelect);
    }
    const bool reads =
        sqlite3_stmt_readonly(statement.get()) != 0 && sqlite3_column_count(statement.get()) > 0;
    if (!reads) base::fail_usage("the SQL statement gives no rows", kOneSelect);
    return statement;
}

/// SpatiaLite compares coordinates of any two systems without a word.
void Database::State::check_crs() const {
    if (!seen.compares || seen.transforms) return;
    const Table* first = nullptr;
    for (const Table& table : tables) {
        if (!seen.columns.contains({table.name, table.geometry_column})) continue;
        if (first != nullptr && first->srid != table.srid) {
            base::fail_usage(fmt::format("{} and {} are in different CRSs ({} and {})", first->name,
                                         table.name, first->srid, table.srid),
                             fmt::format("Bring one over: ST_Transform({}.{}, {}).", table.name,
                                         table.geometry_column, first->srid));
        }
        first = &table;
    }
}

std::vector<AnswerColumn> Database::State::read_rows(sqlite3_stmt* statement, const QueryOptions& options,
                                                     const base::Job& job) {
    std::vector<AnswerColumn> columns;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const char* type = sqlite3_column_decltype(statement, i);
        columns.push_back({sqlite3_column_name(statement, i), type ? type : "", {}});
    }
    std::int64_t rows = 0;
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (options.max_rows && ++rows > *options.max_rows) {
            base::fail_data(
                fmt::format("the query has more than {} rows", base::with_thousands(*options.max_rows)),
                "Narrow it, or allow more with --max-rows.");
        }
        for (std::size_t i = 0; i < columns.size(); ++i) {
            columns[i].cells.push_back(sqlite::read_cell(statement, static_cast<int>(i)));
        }
    }
    if (code == SQLITE_DONE) return columns;
    job.check();
    if (code == SQLITE_INTERRUPT) {
        base::fail_data(
            fmt::format("the query was stopped after {} s", base::shortest(options.timeout_seconds)),
            "Narrow it, or allow more with --timeout.");
    }
    base::fail_data(fmt::format("the query failed: {}", sqlite3_errmsg(db)));
}

Database::Database() : m_state(std::make_unique<State>()) {}
Database::~Database() = default;

void Database::add(const std::string& name, const model::Layer& layer) {
    if (name.empty()) base::fail_usage("a table of a query needs a name", "Write --with name=dataset.");
    if (m_state->is_taken(name)) base::fail_usage(fmt::format("there is a table {} already", name));
    std::set<std::string> names;
    for (const model::Column& column : layer.columns) {
        if (names.insert(base::to_lower_ascii(column.name())).second) continue;
        base::fail_data(
            fmt::format("{} has two fields {}, which SQL cannot tell apart", name, column.name()));
    }
    Table table{name, {free_name("fid", layer)}, {}, 0};
    for (const model::Column& column : layer.columns) table.columns.push_back(column.name());
    if (layer.has_geometry) {
        table.geometry_column = free_name("geom", layer);
        table.columns.push_back(table.geometry_column);
        if (layer.crs) table.srid = m_state->srid_of(*layer.crs);
    }
    m_state->exec("BEGIN");
    m_state->create_table(table, layer, table.columns.front());
    m_state->fill_table(table, layer);
    m_state->exec("COMMIT");
    m_state->tables.push_back(std::move(table));
}

std::vector<std::string> Database::table_names() const {
    std::vector<std::string> names;
    for (const Table& table : m_state->tables) names.push_back(table.name);
    return names;
}

model::Layer Database::run(const std::string& sql, const QueryOptions& options, const base::Job& job) {
    job.check();
    if (asks_for_index(sql)) m_state->make_spatial_indexes();
    m_state->tell_spatialite(sql);
    const ReadOnly guard(m_state->db, m_state->seen);
    const Statement statement = m_state->prepare(sql);
    m_state->check_crs();
    const auto limit = std::chrono::duration<double>(std::min(options.timeout_seconds, kLongestTimeout));
    Watch watch{std::chrono::steady_clock::now() +
                    std::chrono::duration_cast<std::chrono::steady_clock::duration>(limit),
                job.cancelled};
    sqlite3_progress_handler(m_state->db, kStepsBetweenChecks, &Watch::check, &watch);
    return to_layer(m_state->read_rows(statement.get(), options, job),
                    [&](int srid) { return m_state->crs_of(srid); });
}

}  // namespace isopleth::query
