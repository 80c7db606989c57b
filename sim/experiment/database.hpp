// SQLite as far as a result file needs it: statements, one transaction at a time, and errors that name the
// file.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace sim::experiment {

class Query {
public:
    Query(sqlite3* database, const std::string& path, const std::string& sql);
    ~Query();
    Query(Query&&) noexcept;
    Query& operator=(Query&&) = delete;

    void bind(int place, std::int64_t value);
    void bind(int place, const std::string& text);
    void bind_bytes(int place, const std::string& bytes);

    bool step();  // whether there is a row
    void run();   // to its end; may be bound and run again
    std::int64_t number(int column) const;
    std::string text(int column) const;  // or bytes

private:
    sqlite3* database_;
    std::string path_;
    sqlite3_stmt* statement_ = nullptr;
};

// Throws InputError: exit output where the file was to be written, input_data where it was to be read.
class Database {
public:
    static Database temporary();
    static Database at(const std::string& path);  // made if it is not there; nobody else may have it open
    static Database of(const std::string& path);  // for reading

    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) = delete;

    const std::string& path() const { return path_; }
    bool is_empty() const;  // no table yet
    // Before the first change. Until then a file stays as it is, whatever it holds.
    void begin();
    // Closes it. A file that was made here and in which nothing was begun goes with it.
    void leave();
    Query query(const std::string& sql) const { return {handle_, path_, sql}; }
    std::int64_t value(const std::string& sql) const;  // the first number it gives
    void run(const std::string& sql);
    void transaction(const std::function<void()>& work);  // all of it, or nothing
    void close();                                         // all on the disk, in one file

private:
    Database(const std::string& path, int flags, bool writes);
    sqlite3* handle_ = nullptr;
    std::string path_;
    bool writes_ = false;
    bool is_new_ = false;
};

}  // namespace sim::experiment
