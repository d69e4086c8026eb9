// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "store/archive.h"
#include "store/backup.h"
#include "store/backup_text.h"
#include "store/durable_file.h"
#include "store/home.h"
#include "store/layout.h"
#include "store/migrations.h"
#include "store/row_text.h"

namespace doudi::store {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t longest_text = std::uint64_t{256} << 20U;

bool is_blob_name(std::string_view name) {
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() == 64 && std::ranges::all_of(name, hex);
}

class Restore {
  public:
    Restore(const Place& place, ArchiveReader archive) : place_(place), archive_(std::move(archive)) {}

    Result<BackupReport> make() {
        TRY_VOID(read_first());
        home_.emplace(TRY(NewHome::begin(place_, static_cast<std::size_t>(head_.schema))));
        TRY_VOID(advance());
        while (entry_ && entry_->name.starts_with("blobs/")) {
            TRY_VOID(put_blob());
            TRY_VOID(advance());
        }
        for (const Shelf shelf : {Shelf::segments, Shelf::originals}) {
            TRY_VOID(sync_folder(shelf_folder(home_->place.folder, shelf)));
        }
        TRY_VOID(home_->fill([this] { return put_tables(); }));
        TRY_VOID(home_->finish());
        report_.current = PublishId(static_cast<std::uint64_t>(head_.current));
        return report_;
    }

  private:
    Result<void> advance() {
        entry_ = TRY(archive_.next());
        return {};
    }

    Result<void> read_first() {
        TRY_VOID(advance());
        if (!entry_ || entry_->name != "doudi-backup") return archive_.damaged();
        auto head = read_head(TRY(archive_.read_all(longest_text)));
        if (!head) return archive_.damaged();
        head_ = std::move(*head);
        const auto known = static_cast<std::int64_t>(all_migrations().size());
        if (head_.schema >= 1 && head_.schema <= known) return {};
        return fail(ErrorKind::unreadable, "store_newer",
                    {fmt::format("备份的结构为第 {} 版，本程序只认识到第 {} 版：请使用更新的程序",
                                 head_.schema, known),
                     fmt::format("the backup has schema {}, this program knows {}: use a newer program",
                                 head_.schema, known)});
    }

    Result<void> put_blob() {
        constexpr std::string_view prefix = "blobs/";
        const std::string_view rest = std::string_view(entry_->name).substr(prefix.size());
        const std::size_t slash = rest.find('/');
        const std::string_view shelf = rest.substr(0, slash);
        const std::string_view name = rest.substr(std::min(slash, rest.size() - 1) + 1);
        if ((shelf != "segments" && shelf != "originals") || !is_blob_name(name)) return archive_.damaged();
        auto file = TRY(DurableFile::create(home_->place.folder / shelf / name));
        std::vector<std::byte> buffer(std::size_t{1} << 20U);
        for (std::size_t got = TRY(archive_.read(buffer)); got > 0; got = TRY(archive_.read(buffer))) {
            TRY_VOID(file.append(std::span(buffer).first(got)));
        }
        ++report_.files;
        report_.bytes += entry_->size;
        return file.sync();
    }

    // Until the archive's end, which is checked before this is committed.
    Result<void> put_tables() {
        Database& database = *home_->database;
        TRY_VOID(database.engine().defer_foreign_keys());
        auto tables = TRY(tables_of(database));
        std::ranges::reverse(tables);
        for (const TableColumns& table : tables) TRY_VOID(database.execute("delete from " + table.name));
        for (const TableColumns& table : head_.tables) TRY_VOID(put_table(table));
        return entry_ ? Result<void>(archive_.damaged()) : Result<void>{};
    }

    Result<void> put_table(const TableColumns& table) {
        const std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
        const std::string prefix = "tables/" + table.name + "/";
        auto bulk = home_->database->bulk(table.name, columns, Bulk::whole);
        while (entry_ && entry_->name.starts_with(prefix)) {
            const std::string rows = TRY(archive_.read_all(longest_text));
            for (std::size_t at = 0; at < rows.size();) {
                const std::size_t end = rows.find('\n', at);
                if (end == std::string::npos) return archive_.damaged();
                TRY_VOID(put_row(bulk, table, std::string_view(rows).substr(at, end - at)));
                at = end + 1;
            }
            report_.bytes += entry_->size;
            TRY_VOID(advance());
        }
        return bulk.finish();
    }

    Result<void> put_row(BulkInsert& bulk, const TableColumns& table, std::string_view line) {
        const auto values = values_of(line);
        if (values.size() != table.columns.size()) return archive_.damaged();
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] != null_text &&
                !put_value(bulk, static_cast<int>(i + 1), table.types[i], values[i])) {
                return archive_.damaged();
            }
        }
        ++report_.rows;
        return bulk.row();
    }

    static bool put_value(BulkInsert& bulk, int n, ColumnType type, std::string_view written) {
        if (type == ColumnType::integer) {
            const auto value = integer_of(written);
            if (value) bulk.bind(n, *value);
            return value.has_value();
        }
        if (type == ColumnType::text) {
            const auto value = text_of(written);
            if (value) bulk.bind(n, std::string_view(*value));
            return value.has_value();
        }
        const auto value = blob_of(written);
        if (value) bulk.bind(n, std::span<const std::byte>(*value));
        return value.has_value();
    }

    const Place& place_;
    ArchiveReader archive_;
    std::optional<ArchiveReader::Entry> entry_;
    BackupHead head_;
    std::optional<NewHome> home_;
    BackupReport report_;
};

}  // namespace

Result<BackupReport> restore(const Place& place, const std::filesystem::path& from) {
    auto report = TRY(Restore(place, TRY(ArchiveReader::open(from))).make());
    // Brings the schema of an older backup to this program's; its keys, if it is sealed, are not asked for.
    Home opened = TRY(Home::open(place, Access::write));
    opened.database->gather_statistics();
    return report;
}

}  // namespace doudi::store
