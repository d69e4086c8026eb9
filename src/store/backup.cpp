// SPDX-License-Identifier: Apache-2.0
#include "store/backup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string>

#include "store/archive.h"
#include "store/backup_text.h"
#include "store/blob_references.h"
#include "store/row_text.h"

namespace doudi::store {

namespace {

constexpr std::size_t bytes_of_entry = std::size_t{4} << 20U;

constexpr std::string_view name_of(Shelf shelf) {
    return shelf == Shelf::segments ? "segments" : "originals";
}

// Of a run that has not published nothing is kept.
std::string published_only(const TableColumns& table) {
    if (table.has("publish")) return " where publish <= $1";
    return table.name == "publication" ? " where id <= $1" : " where $1 = $1";
}

class Backup {
  public:
    Backup(DataFolder& store, ArchiveWriter archive)
        : store_(store), database_(store.database()), archive_(std::move(archive)) {}

    Result<BackupReport> make() {
        BackupHead head;
        auto state = TRY(database_.prepare("select id from current_publication"));
        if (TRY(state.step())) head.current = state.integer(0);
        state.reset();
        head.schema = TRY(database_.engine().schema()).version;
        head.tables = TRY(tables_of(database_));
        current_ = head.current;
        TRY_VOID(archive_.add("doudi-backup", head_text(head)));
        TRY_VOID(add_blobs(head));
        for (const TableColumns& table : head.tables) TRY_VOID(add_rows(table));
        TRY_VOID(archive_.finish());
        report_.bytes = archive_.size();
        report_.current = PublishId(static_cast<std::uint64_t>(current_));
        return report_;
    }

  private:
    Result<void> add_blobs(const BackupHead& head) {
        std::set<std::pair<Shelf, std::string>> names;
        for (const BlobReference& reference : blob_references) {
            for (const TableColumns& table : head.tables) {
                if (table.name == reference.table) TRY_VOID(collect(reference, table, names));
            }
        }
        for (const auto& [shelf, name] : names) {
            TRY_VOID(archive_.add_file(fmt::format("blobs/{}/{}", name_of(shelf), name),
                                       store_.blob_path(shelf, name)));
        }
        report_.files = names.size();
        return {};
    }

    Result<void> collect(const BlobReference& reference, const TableColumns& table,
                         std::set<std::pair<Shelf, std::string>>& names) {
        auto query = TRY(database_.prepare(
            fmt::format("select distinct {0} from {1}{2} and {0} <> '' and {3}", reference.column, table.name,
                        published_only(table), names_a_file(reference))));
        query.bind(1, current_);
        while (TRY(query.step())) names.emplace(reference.shelf, query.text(0));
        return {};
    }

    Result<void> add_rows(const TableColumns& table) {
        auto query = TRY(database_.prepare(fmt::format("select {} from {}{}", fmt::join(table.columns, ", "),
                                                       table.name, published_only(table))));
        query.bind(1, current_);
        std::string rows;
        int number = 0;
        while (TRY(query.step())) {
            put_row(rows, query, table);
            ++report_.rows;
            if (rows.size() >= bytes_of_entry) TRY_VOID(add_entry(table, ++number, rows));
        }
        return rows.empty() ? Result<void>{} : add_entry(table, ++number, rows);
    }

    static void put_row(std::string& rows, const Statement& query, const TableColumns& table) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const int column = static_cast<int>(i);
            if (i > 0) rows += '\t';
            if (query.is_null(column)) {
                rows += null_text;
            } else if (table.types[i] == ColumnType::integer) {
                put_integer(rows, query.integer(column));
            } else if (table.types[i] == ColumnType::text) {
                put_text(rows, query.text_view(column));
            } else {
                put_blob(rows, query.blob(column));
            }
        }
        rows += '\n';
    }

    Result<void> add_entry(const TableColumns& table, int number, std::string& rows) {
        TRY_VOID(archive_.add(fmt::format("tables/{}/{:06}", table.name, number), rows));
        rows.clear();
        return {};
    }

    DataFolder& store_;
    Database& database_;
    ArchiveWriter archive_;
    std::int64_t current_ = 0;
    BackupReport report_;
};

}  // namespace

Result<BackupReport> back_up(DataFolder& store, const std::filesystem::path& to) {
    auto archive = TRY(ArchiveWriter::create(to));
    BackupReport report;
    // One state of the database, and the files that its rows name: those are never changed.
    TRY_VOID(store.database().read([&]() -> Result<void> {
        report = TRY(Backup(store, std::move(archive)).make());
        return {};
    }));
    return report;
}

}  // namespace doudi::store
