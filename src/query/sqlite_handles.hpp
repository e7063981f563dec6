// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "base/text.hpp"
#include "model/column.hpp"
#include "query/answer.hpp"
#include "query/read_only.hpp"
#include "query/spatialite_blob.hpp"

/// Private to sqlite.cpp: no other source includes it, since it shows SQLite's types.
namespace isopleth::query::sqlite {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

/// What the authorizer saw of the statement that is being prepared.
struct Seen {
    std::string refused;
    std::set<std::pair<std::string, std::string>> columns;
    bool compares = false;
    bool transforms = false;
};

inline const char* verb_of(int action) {
    switch (action) {
        case SQLITE_INSERT:
            return "INSERT";
        case SQLITE_UPDATE:
            return "UPDATE";
        case SQLITE_DELETE:
            return "DELETE";
        case SQLITE_PRAGMA:
            return "PRAGMA";
        case SQLITE_ATTACH:
            return "ATTACH";
        case SQLITE_DETACH:
            return "DETACH";
        case SQLITE_TRANSACTION:
        case SQLITE_SAVEPOINT:
            return "a transaction";
        case SQLITE_ALTER_TABLE:
            return "ALTER TABLE";
        case SQLITE_REINDEX:
            return "REINDEX";
        case SQLITE_ANALYZE:
            return "ANALYZE";
        case SQLITE_DROP_INDEX:
        case SQLITE_DROP_TABLE:
        case SQLITE_DROP_TRIGGER:
        case SQLITE_DROP_VIEW:
        case SQLITE_DROP_VTABLE:
            return "DROP";
        default:
            return "CREATE";
    }
}

/// SpatiaLite's own tables look at themselves by these while a statement reads them.
inline bool is_reading_pragma(const char* name) {
    return name != nullptr && base::to_lower_ascii(name) == "table_info";
}

inline bool is_transform(const char* function) {
    const std::string name = base::to_lower_ascii(function);
    return name == "st_transform" || name == "transform";
}

inline int authorize(void* data, int action, const char* first, const char* second, const char*,
                     const char*) {
    Seen& seen = *static_cast<Seen*>(data);
    if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE) return SQLITE_OK;
    if (action == SQLITE_READ) {
        seen.columns.emplace(first ? first : "", second ? second : "");
        return SQLITE_OK;
    }
    if (action == SQLITE_PRAGMA && is_reading_pragma(first)) return SQLITE_OK;
    if (action == SQLITE_FUNCTION && second != nullptr && is_read_only_function(second)) {
        seen.compares = seen.compares || compares_geometries(second);
        seen.transforms = seen.transforms || is_transform(second);
        return SQLITE_OK;
    }
    if (seen.refused.empty()) {
        seen.refused = action == SQLITE_FUNCTION ? std::string("the function ") + (second ? second : "")
                                                 : verb_of(action);
    }
    return SQLITE_DENY;
}

/// Stops a statement at its time limit or when the job is cancelled.
struct Watch {
    std::chrono::steady_clock::time_point end;
    const std::atomic<bool>* cancelled;
    static int check(void* data) {
        const Watch& watch = *static_cast<const Watch*>(data);
        const bool is_cancelled = watch.cancelled != nullptr && watch.cancelled->load();
        return is_cancelled || std::chrono::steady_clock::now() >= watch.end ? 1 : 0;
    }
};

/// From here to its end the database only reads, and `seen` tells what.
class ReadOnly {
public:
    ReadOnly(sqlite3* db, Seen& seen) : m_db(db) {
        seen = {};
        sqlite3_exec(db, "PRAGMA query_only = 1", nullptr, nullptr, nullptr);
        sqlite3_set_authorizer(db, authorize, &seen);
    }
    ~ReadOnly() {
        sqlite3_progress_handler(m_db, 0, nullptr, nullptr);
        sqlite3_set_authorizer(m_db, nullptr, nullptr);
        sqlite3_exec(m_db, "PRAGMA query_only = 0", nullptr, nullptr, nullptr);
    }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;

private:
    sqlite3* m_db;
};

inline const char* declared_type(model::ColumnType type) {
    switch (type) {
        case model::ColumnType::kInteger:
            return "INTEGER";
        case model::ColumnType::kReal:
            return "REAL";
        case model::ColumnType::kText:
            return "TEXT";
        case model::ColumnType::kBoolean:
            return "BOOLEAN";
    }
    return "TEXT";
}

inline void bind_cell(sqlite3_stmt* statement, int place, const model::Column& column, std::size_t row) {
    if (!column.is_present(row)) {
        sqlite3_bind_null(statement, place);
    } else if (column.type() == model::ColumnType::kInteger) {
        sqlite3_bind_int64(statement, place, *column.integer(row));
    } else if (column.type() == model::ColumnType::kReal) {
        sqlite3_bind_double(statement, place, *column.number(row));
    } else if (column.type() == model::ColumnType::kBoolean) {
        sqlite3_bind_int(statement, place, *column.boolean(row) ? 1 : 0);
    } else {
        const std::string_view text = *column.text(row);
        sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
}

inline std::string_view bytes_of(sqlite3_value* value) {
    const void* bytes = sqlite3_value_blob(value);
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(bytes ? sqlite3_value_bytes(value) : 0)};
}

inline std::string to_hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        text += digits[static_cast<unsigned char>(c) >> 4U];
        text += digits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

inline Cell read_cell(sqlite3_stmt* statement, int place) {
    switch (sqlite3_column_type(statement, place)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, place)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement, place);
        case SQLITE_TEXT: {
            std::string text(reinterpret_cast<const char*>(sqlite3_column_text(statement, place)),
                             static_cast<std::size_t>(sqlite3_column_bytes(statement, place)));
            return base::is_valid_utf8(text) ? text : base::to_utf8(base::to_code_points(text));
        }
        case SQLITE_BLOB: {
            const std::string_view bytes = bytes_of(sqlite3_column_value(statement, place));
            auto geometry = from_blob(bytes);
            if (geometry) return std::make_unique<BlobGeometry>(std::move(*geometry));
            return to_hex(bytes);
        }
        default:
            return {};
    }
}

}  // namespace isopleth::query::sqlite
