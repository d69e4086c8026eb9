// SPDX-License-Identifier: Apache-2.0
// One SQLite handle with its cache of prepared statements. Lives until the last statement that was taken from
// it is gone. One thread at a time.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace doudi::store {

struct Prepared {
    Prepared(sqlite3_stmt* the_handle, std::string the_sql);
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared();
    sqlite3_stmt* handle;
    std::string sql;
    std::vector<int>
        index_of;  // SQLite's index of $1, $2 …: it numbers them by appearance; 0: the text has no such one
};

class Connection {
  public:
    enum class Use { read, write };
    // Makes the file (0600) if it is to be written and is not there.
    [[nodiscard]] static Result<std::shared_ptr<Connection>> open(const std::filesystem::path& file, Use use);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    [[nodiscard]] sqlite3* handle() const { return handle_; }
    [[nodiscard]] Result<std::unique_ptr<Prepared>> take(std::string_view sql);  // from the cache, or anew
    void give_back(std::unique_ptr<Prepared> statement);
    [[nodiscard]] Result<void> execute(const char* sql);
    [[nodiscard]] Result<std::int64_t> number(const char* sql);  // the single value of a query or pragma
    // The last error of this handle.
    [[nodiscard]] std::unexpected<Error> error(int rc) const;

  private:
    explicit Connection(std::filesystem::path file) : file_(std::move(file)) {}
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::filesystem::path file_;
    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, std::vector<std::unique_ptr<Prepared>>, TextHash, std::equal_to<>> free_;
    std::size_t free_count_ = 0;
};

}  // namespace doudi::store
