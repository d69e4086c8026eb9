// SPDX-License-Identifier: Apache-2.0
#include "store/home.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "store/durable_file.h"
#include "store/layout.h"
#include "store/migrations.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"

namespace doudi::store {

namespace fs = std::filesystem;

// The library throws at an empty path: a script whose variable is unset.
Result<fs::path> whole_path(const fs::path& given) {
    if (given.empty()) {
        return fail(ErrorKind::usage, "store_no_path",
                    {"数据目录的路径是空的：请写明目录", "the data folder's path is empty: name a folder"});
    }
    std::error_code failure;
    fs::path folder = fs::absolute(given, failure).lexically_normal();
    if (failure) return system_error(failure.value(), given);
    if (!folder.has_filename()) folder = folder.parent_path();
    return folder;
}

namespace {

std::unexpected<Error> not_a_data_folder(const fs::path& folder) {
    return fail(ErrorKind::not_found, "store_no_folder",
                {"这里没有数据目录：请先用 doudi init 建立",
                 "there is no data folder here: make one with doudi init first"},
                folder.string());
}

// Only the last folder of the path is made: a slip of the pen should not leave a chain of folders.
Result<void> check_parent(const fs::path& folder) {
    const fs::path parent = folder.parent_path();
    std::error_code failure;
    const auto kind = fs::status(parent, failure).type();
    if (kind == fs::file_type::directory) return {};
    if (kind == fs::file_type::none) return system_error(failure.value(), parent);
    return fail(ErrorKind::not_found, "store_no_parent",
                {fmt::format("上级目录 {} 不存在或不是目录：请先建立", parent.string()),
                 fmt::format("the folder above it, {}, is not there or is no folder: make it first",
                             parent.string())},
                folder.string());
}

// A data folder is kept, copied and shut as a whole, and the key file of one inside of it would lie in it
// too.
Result<void> check_outside(const fs::path& folder) {
    std::error_code failure;
    fs::path above = fs::weakly_canonical(folder.parent_path(), failure);
    if (failure) return system_error(failure.value(), folder.parent_path());
    for (;; above = above.parent_path()) {
        for (const std::string_view name : {database_name, store_id_name}) {
            if (!fs::is_regular_file(above / name, failure)) continue;
            return fail(
                ErrorKind::conflict, "store_inside_another",
                {fmt::format("它在数据目录 {} 里面：请另选一个位置", above.string()),
                 fmt::format("it lies inside the data folder {}: name a place outside", above.string())},
                folder.string());
        }
        if (!above.has_relative_path()) return {};
    }
}

// The folder is new, empty, or what an interrupted create() left; else it is someone's.
Result<void> check_free(const fs::path& folder) {
    std::error_code failure;
    if (fs::exists(folder / unfinished_name, failure)) return {};
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        if (entry.path().filename() == lock_name) continue;
        return fail(ErrorKind::conflict, "store_folder_in_use",
                    {"目录不为空：请指定新的或空的目录", "the folder is not empty: name a new or empty one"},
                    folder.string());
    }
    if (failure) return system_error(failure.value(), folder);
    return {};
}

Result<void> clear_shelf(const fs::path& shelf) {
    std::error_code failure;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(shelf, failure)) files.push_back(entry.path());
    for (const fs::path& file : files) TRY_VOID(remove_file(file));
    return {};
}

Result<void> clear_unfinished(const fs::path& folder) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        TRY_VOID(remove_file(folder / (std::string(database_name) + suffix)));
    }
    TRY_VOID(clear_shelf(shelf_folder(folder, Shelf::segments)));
    return clear_shelf(shelf_folder(folder, Shelf::originals));
}

Result<void> mark_unfinished(const fs::path& folder) {
    std::error_code failure;
    if (!fs::exists(folder / unfinished_name, failure)) {
        (void)TRY(DurableFile::create(folder / unfinished_name));
    }
    return sync_folder(folder);
}

// --- the id that folder and PostgreSQL database share
// --------------------------------------------------------------

bool is_store_id(std::string_view text) {
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 32 && std::ranges::all_of(text, hex);
}

Result<std::string> new_store_id() {
    std::array<unsigned char, 16> bytes{};
    ensure(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "random bytes");
    std::string text;
    for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

// Nothing: the folder has none.
std::optional<std::string> id_of_folder(const fs::path& folder) {
    std::string text;
    if (!std::getline(std::ifstream(folder / store_id_name), text) || !is_store_id(text)) return std::nullopt;
    return text;
}

Result<void> write_store_id(const fs::path& folder, const std::string& id) {
    TRY_VOID(remove_file(folder / store_id_name));
    auto file = TRY(DurableFile::create(folder / store_id_name));
    const std::string line = id + "\n";
    TRY_VOID(file.append(std::as_bytes(std::span(line.data(), line.size()))));
    TRY_VOID(file.sync());
    return sync_folder(folder);
}

// Empty: no folder has made the database its own.
Result<std::string> id_of_database(EngineConnection& connection) {
    if (!TRY(connection.schema()).is_ours) return std::string();
    auto query = TRY(connection.take("select coalesce(store, '') from doudi_schema"));
    const auto row = query->step();
    std::string id(row && *row ? query->text(0) : std::string_view());
    connection.give_back(std::move(query));
    if (!row) return std::unexpected(row.error());
    return id;
}

Result<void> check_unclaimed(EngineConnection& connection, const std::string& id) {
    const std::string known = TRY(id_of_database(connection));
    if (known.empty() || known == id) return {};
    return fail(ErrorKind::conflict, "store_database_in_use",
                {"这个数据库已属于另一个数据目录：请指定新的空数据库",
                 "this database belongs to another data folder: name a new, empty one"},
                connection.place());
}

// A restored database beside another folder, or the other way round, would show files that no row means.
Result<void> check_same_store(EngineConnection& connection, const std::string& id) {
    const std::string known = TRY(id_of_database(connection));
    if (known == id) return {};
    constexpr std::size_t shown = 8;
    return fail(ErrorKind::conflict, "store_other_database",
                {fmt::format("数据目录（{}）与数据库（{}）不是同一套：请核对 --data 和 --database",
                             id.substr(0, shown), known.empty() ? "空" : known.substr(0, shown)),
                 fmt::format("data folder ({}) and database ({}) do not belong together: check --data and "
                             "--database",
                             id.substr(0, shown), known.empty() ? "none" : known.substr(0, shown))},
                connection.place());
}

// What an unfinished store left in its database: it holds nothing that counts.
Result<void> clear_unfinished(Database& database) {
    if (!TRY(database.engine().schema()).is_ours) return {};
    return database.write([&]() -> Result<void> {
        std::vector<std::string> tables{"doudi_schema"};
        auto query = TRY(database.prepare(database.engine().columns_sql()));
        while (TRY(query.step())) {
            if (tables.back() != query.text_view(0)) tables.push_back(query.text(0));
        }
        return database.execute(fmt::format("drop table {} cascade", fmt::join(tables, ", ")));
    });
}

Result<Database> migrated(std::shared_ptr<EngineConnection> connection, Access access, std::size_t schema) {
    const auto steps = all_migrations().first(schema);
    auto done = access == Access::write ? migrate(*connection, steps) : check_schema(*connection, steps);
    if (!done) {
        if (done.error().where.empty()) done.error().where = connection->place();
        return std::unexpected(std::move(done).error());
    }
    return Database(std::move(connection));
}

Result<Database> open_postgres(const Place& place, const std::string& id, Access access) {
    const Use use = access == Access::write ? Use::write : Use::read;
    auto connection = TRY(PostgresConnection::open(*place.database, use));
    if (access == Access::write) TRY_VOID(connection->hold_writer_lock());
    TRY_VOID(check_same_store(*connection, id));
    return migrated(std::move(connection), access, all_migrations().size());
}

// Says which of the two was forgotten, or named too much.
Result<void> check_engine(const Place& place, bool has_file, bool has_id) {
    if (!has_file && !has_id) return not_a_data_folder(place.folder);
    if (has_id && !place.database) {
        return fail(ErrorKind::usage, "store_wants_database",
                    {"这个数据目录的记录存放在 PostgreSQL 中：请用 --database 指明",
                     "the rows of this data folder lie in PostgreSQL: name it with --database"},
                    place.folder.string());
    }
    if (has_file && place.database) {
        return fail(ErrorKind::usage, "store_has_own_database",
                    {"这个数据目录自带数据库：请不要指定 --database（或环境变量 DOUDI_DATABASE）",
                     "this data folder has a database of its own: leave --database (or DOUDI_DATABASE) out"},
                    place.folder.string());
    }
    return {};
}

}  // namespace

Result<NewHome> NewHome::begin(const Place& given, std::size_t schema) {
    const fs::path folder = TRY(whole_path(given.folder));
    NewHome home{Place(folder, given.database), {}, {}, {}};
    TRY_VOID(check_parent(folder));
    TRY_VOID(check_outside(folder));
    TRY_VOID(make_folder(folder));
    TRY_VOID(check_free(folder));
    home.lock.emplace(TRY(FolderLock::take(folder)));
    TRY_VOID(mark_unfinished(folder));
    TRY_VOID(clear_unfinished(folder));
    for (const Shelf shelf : {Shelf::segments, Shelf::originals}) {
        TRY_VOID(make_folder(shelf_folder(folder, shelf)));
    }
    if (!home.place.database) {
        TRY_VOID(remove_file(folder / store_id_name));
        auto connection = TRY(SqliteConnection::open(folder / database_name, Use::write));
        home.database.emplace(TRY(migrated(std::move(connection), Access::write, schema)));
        return home;
    }
    // The folder's id first: a database that knows it is this folder's, however this ends.
    const auto known = id_of_folder(folder);
    home.store_id = known ? *known : TRY(new_store_id());
    if (!known) TRY_VOID(write_store_id(folder, home.store_id));
    auto connection = TRY(PostgresConnection::open(*home.place.database, Use::write));
    TRY_VOID(connection->hold_writer_lock());
    TRY_VOID(check_unclaimed(*connection, home.store_id));
    Database left_over(connection);
    TRY_VOID(clear_unfinished(left_over));
    home.database.emplace(TRY(migrated(std::move(connection), Access::write, schema)));
    return home;
}

Result<void> NewHome::fill(const std::function<Result<void>()>& rows) {
    return database->write([&]() -> Result<void> {
        if (!store_id.empty()) TRY_VOID(check_unclaimed(database->engine(), store_id));
        TRY_VOID(rows());
        if (store_id.empty()) return {};
        auto claim = TRY(database->prepare("update doudi_schema set store = $1"));
        return claim.bind(1, std::string_view(store_id)).run();
    });
}

Result<void> NewHome::finish() {
    const fs::path& folder = place.folder;
    TRY_VOID(sync_folder(folder));
    TRY_VOID(sync_folder(folder.parent_path()));
    TRY_VOID(remove_file(folder / unfinished_name));
    return sync_folder(folder);
}

Result<Home> Home::open(const Place& given, Access access) {
    const fs::path folder = TRY(whole_path(given.folder));
    Home home{Place(folder, given.database), {}, {}};
    std::error_code failure;
    const auto id = id_of_folder(folder);
    TRY_VOID(check_engine(Place(given.folder, given.database), fs::exists(folder / database_name, failure),
                          id.has_value()));
    if (fs::exists(folder / unfinished_name, failure)) {
        return fail(
            ErrorKind::conflict, "store_unfinished",
            {"数据目录的建立或恢复曾被中断：请重新运行 doudi init 或 doudi restore",
             "making or restoring this data folder was interrupted: run doudi init or doudi restore again"},
            given.folder.string());
    }
    if (access == Access::write) home.lock.emplace(TRY(FolderLock::take(folder)));
    home.database.emplace(id ? TRY(open_postgres(home.place, *id, access))
                             : TRY(connect_to(home.place, access)));
    return home;
}

Result<Database> connect_to(const Place& place, Access access) {
    if (place.database) {
        return access == Access::write ? Database::open(*place.database)
                                       : Database::open_for_reading(*place.database);
    }
    const fs::path file = place.folder / database_name;
    return access == Access::write ? Database::open(file) : Database::open_for_reading(file);
}

}  // namespace doudi::store
