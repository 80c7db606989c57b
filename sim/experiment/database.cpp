#include "sim/experiment/database.hpp"

#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <cstdio>
#include <filesystem>

namespace sim::experiment {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

namespace {

std::string help_for(int code) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
            return "another process has it open; wait for its end, or name another file";
        case SQLITE_FULL:
            return "free space and run again: what is finished is safe and is not run again";
        case SQLITE_IOERR:
            return "what is finished is safe; run again where there is space";
        default:
            return "";
    }
}

[[noreturn]] void fail(sqlite3* database, const std::string& path) {
    const int code = sqlite3_errcode(database);
    const bool is_no_database = (code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT;
    const bool reads = sqlite3_db_readonly(database, "main") == 1;
    const std::string what = is_no_database ? "is no result file, or is damaged"
                             : reads        ? fmt::format("cannot read: {}", sqlite3_errmsg(database))
                                            : fmt::format("cannot write: {}", sqlite3_errmsg(database));
    throw InputError(reads ? Exit::input_data : Exit::output,
                     Problem{{path.empty() ? "temporary results" : path, 0, 0},
                             reads ? "E611" : "E803",
                             what,
                             "",
                             help_for(code)});
}

}  // namespace

Query::Query(sqlite3* database, const std::string& path, const std::string& sql)
    : database_(database), path_(path) {
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
        fail(database_, path_);
}

Query::~Query() {
    sqlite3_finalize(statement_);
}

Query::Query(Query&& other) noexcept
    : database_(other.database_), path_(std::move(other.path_)), statement_(other.statement_) {
    other.statement_ = nullptr;
}

void Query::bind(int place, std::int64_t value) {
    sqlite3_bind_int64(statement_, place, value);
}

void Query::bind(int place, const std::string& text) {
    sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void Query::bind_bytes(int place, const std::string& bytes) {
    sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
}

bool Query::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(database_, path_);
    return false;
}

void Query::run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
}

std::int64_t Query::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Query::text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    return bytes == nullptr ? std::string()
                            : std::string(static_cast<const char*>(bytes),
                                          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

Database::Database(const std::string& path, int flags, bool writes) : path_(path), writes_(writes) {
    // A path that SQLite would take for something else ("", ":memory:", "file:…") is a file all the same.
    const std::string place = path.empty() || path.front() == '/' ? path : "./" + path;
    if (sqlite3_open_v2(place.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
        const std::string why = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
        sqlite3_close(handle_);
        throw InputError(writes ? Exit::output : Exit::input_data,
                         Problem{{path, 0, 0},
                                 writes ? "E803" : "E611",
                                 (writes ? "cannot write: " : "cannot read: ") + why,
                                 "",
                                 ""});
    }
    sqlite3_extended_result_codes(handle_, 0);
    if (writes && sqlite3_db_readonly(handle_, "main") == 1) {
        sqlite3_close(handle_);
        throw InputError(
            Exit::output,
            Problem{{path, 0, 0}, "E803", "cannot write: it is read-only", "", "name another file"});
    }
}

Database::~Database() {
    leave();
}

void Database::leave() {
    sqlite3_close(handle_);
    if (handle_ != nullptr && is_new_) std::remove(path_.c_str());
    handle_ = nullptr;
}

Database::Database(Database&& other) noexcept
    : handle_(other.handle_), path_(std::move(other.path_)), writes_(other.writes_), is_new_(other.is_new_) {
    other.handle_ = nullptr;
}

Database Database::temporary() {
    Database database("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, true);
    database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    return database;
}

Database Database::at(const std::string& path) {
    const bool is_there = std::filesystem::exists(path);
    Database database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, true);
    database.is_new_ = !is_there;
    // Locked from the first moment to the last.
    database.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
    return database;
}

void Database::begin() {
    is_new_ = false;
    // A commit that a crash of the machine takes back is run again.
    if (!path_.empty()) run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
}

Database Database::of(const std::string& path) {
    Database database(path, SQLITE_OPEN_READONLY, false);
    database.value("SELECT count(*) FROM sqlite_schema");
    return database;
}

bool Database::is_empty() const {
    return value("SELECT count(*) FROM sqlite_schema") == 0;
}

std::int64_t Database::value(const std::string& sql) const {
    Query one = query(sql);
    return one.step() ? one.number(0) : 0;
}

void Database::run(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_, path_);
}

void Database::transaction(const std::function<void()>& work) {
    run("BEGIN IMMEDIATE");
    try {
        work();
        run("COMMIT");
    } catch (...) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

void Database::close() {
    if (writes_ && !path_.empty())
        run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = DELETE;");
    leave();
}

}  // namespace sim::experiment
