// SPDX-License-Identifier: Apache-2.0
#include "store/sweep.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "store/blob_references.h"
#include "store/durable_file.h"
#include "store/layout.h"

namespace doudi::store {

namespace {

Result<std::vector<std::string>> published_tables(Database& database) {
    auto query = TRY(database.prepare(database.engine().columns_sql()));
    std::vector<std::string> names;
    while (TRY(query.step())) {
        if (query.text_view(1) == "publish") names.push_back(query.text(0));
    }
    return names;
}

Result<bool> run_is_open(Database& database, std::int64_t current) {
    auto query = TRY(database.prepare("select 1 from publication where id > $1"));
    query.bind(1, current);
    return query.step();
}

Result<void> delete_above(Database& database, const std::string& table, const char* column,
                          std::int64_t current) {
    return database.write([&]() -> Result<void> {
        auto statement = TRY(database.prepare(fmt::format("delete from {} where {} > $1", table, column)));
        return statement.bind(1, current).run();
    });
}

Result<std::set<std::string>> named_files(Database& database, Shelf shelf) {
    std::set<std::string> names;
    for (const BlobReference& reference : blob_references) {
        if (reference.shelf != shelf) continue;
        auto query = TRY(database.prepare(fmt::format("select distinct {} from {} where {}", reference.column,
                                                      reference.table, names_a_file(reference))));
        while (TRY(query.step())) names.insert(query.text(0));
    }
    return names;
}

Result<void> sweep_shelf(Database& database, const std::filesystem::path& folder, Shelf shelf) {
    const std::set<std::string> named = TRY(named_files(database, shelf));
    std::error_code failure;
    std::vector<std::filesystem::path> orphans;
    for (const auto& entry : std::filesystem::directory_iterator(shelf_folder(folder, shelf), failure)) {
        if (!named.contains(entry.path().filename().string())) orphans.push_back(entry.path());
    }
    if (failure) return system_error(failure.value(), shelf_folder(folder, shelf));
    for (const auto& orphan : orphans) TRY_VOID(remove_file(orphan));
    return {};
}

}  // namespace

Result<void> sweep_rows(Database& database, PublishId current) {
    const auto id = static_cast<std::int64_t>(current.value());
    if (!TRY(run_is_open(database, id))) return {};
    for (const std::string& table : TRY(published_tables(database))) {
        TRY_VOID(delete_above(database, table, "publish", id));
    }
    return delete_above(database, "publication", "id", id);
}

Result<void> sweep_files(Database& database, const std::filesystem::path& folder) {
    TRY_VOID(sweep_shelf(database, folder, Shelf::segments));
    return sweep_shelf(database, folder, Shelf::originals);
}

}  // namespace doudi::store
