// SPDX-License-Identifier: Apache-2.0
#include "store/data_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

#include "store/blob_writer_state.h"
#include "store/durable_file.h"
#include "store/folder_lock.h"
#include "store/layout.h"
#include "store/sealed_segment.h"
#include "store/sealed_stream.h"
#include "store/sweep.h"

namespace doudi::store {

namespace fs = std::filesystem;

struct DataFolder::State {
    fs::path folder;
    std::optional<FolderLock> lock;  // of a writer; before the database, so that it is freed after it
    std::optional<Database> database;
    PublishId current;
    std::shared_ptr<const FolderSeal> seal;  // null: plain
    std::atomic<std::uint64_t> temporaries{0};
};

namespace {

std::unexpected<Error> not_a_data_folder(const fs::path& folder) {
    return fail(ErrorKind::not_found, "store_no_folder",
                {"这里没有数据目录：请先用 doudi init 建立",
                 "there is no data folder here: make one with doudi init first"},
                folder.string());
}

// The folder that a path means, in full. The library throws at an empty path: a script whose variable is
// unset.
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

Result<void> clear_unfinished(const fs::path& folder) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        TRY_VOID(remove_file(folder / (std::string(database_name) + suffix)));
    }
    return {};
}

Result<void> mark_unfinished(const fs::path& folder) {
    std::error_code failure;
    if (!fs::exists(folder / unfinished_name, failure)) {
        (void)TRY(DurableFile::create(folder / unfinished_name));
    }
    return sync_folder(folder);
}

Result<void> insert_setting(Database& database, std::string_view name, std::string_view value) {
    auto insert = TRY(database.prepare("insert into setting (name, value) values ($1, $2)"));
    return insert.bind(1, name).bind(2, value).run();
}

Result<PublishId> read_current(Database& database) {
    auto query = TRY(database.prepare("select id from current_publication"));
    if (!TRY(query.step())) {
        return fail(ErrorKind::unreadable, "store_corrupt",
                    {"数据库缺少发布记录", "the database has no publication record"});
    }
    return PublishId(static_cast<std::uint64_t>(query.integer(0)));
}

bool is_blob_name(std::string_view name) {
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() == 64 && std::all_of(name.begin(), name.end(), hex);
}

std::int64_t number_of(PublishId id) {
    return static_cast<std::int64_t>(id.value());
}

}  // namespace

DataFolder::DataFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
DataFolder::DataFolder(DataFolder&&) noexcept = default;
DataFolder::~DataFolder() = default;

Result<DataFolder> DataFolder::create(const fs::path& given,
                                      std::span<const std::pair<std::string, std::string>> settings,
                                      const SealChoice& seal) {
    auto state = std::make_unique<State>();
    state->folder = TRY(whole_path(given));
    const fs::path& folder = state->folder;
    TRY_VOID(check_parent(folder));
    TRY_VOID(make_folder(folder));
    TRY_VOID(check_free(folder));
    state->lock.emplace(TRY(FolderLock::take(folder)));
    TRY_VOID(mark_unfinished(folder));
    TRY_VOID(clear_unfinished(folder));
    TRY_VOID(make_folder(shelf_folder(folder, Shelf::segments)));
    TRY_VOID(make_folder(shelf_folder(folder, Shelf::originals)));
    std::optional<vault::KeyFile> keys;  // outside the folder, and there before anything hangs on it
    if (seal.suite) keys = TRY(prepare_key_file(folder, seal));
    state->database.emplace(TRY(Database::open(folder / database_name)));
    TRY_VOID(state->database->write([&]() -> Result<void> {
        for (const auto& [name, value] : settings) TRY_VOID(insert_setting(*state->database, name, value));
        return keys ? insert_seal(*state->database, *keys, seal) : Result<void>{};
    }));
    if (keys) state->seal = TRY(open_seal(*state->database, folder, keys->path()));
    TRY_VOID(sync_folder(folder));
    TRY_VOID(sync_folder(folder.parent_path()));
    TRY_VOID(remove_file(folder / unfinished_name));
    TRY_VOID(sync_folder(folder));
    return DataFolder(std::move(state));
}

Result<DataFolder> DataFolder::open(const fs::path& given, Access access, const fs::path& key_file) {
    auto state = std::make_unique<State>();
    state->folder = TRY(whole_path(given));
    const fs::path file = state->folder / database_name;
    std::error_code failure;
    if (!fs::exists(file, failure)) return not_a_data_folder(given);
    if (fs::exists(state->folder / unfinished_name, failure)) {
        return fail(ErrorKind::conflict, "store_unfinished",
                    {"数据目录的建立曾被中断：请重新运行 doudi init",
                     "making this data folder was interrupted: run doudi init again"},
                    given.string());
    }
    if (access == Access::write) state->lock.emplace(TRY(FolderLock::take(state->folder)));
    state->database.emplace(
        TRY(access == Access::write ? Database::open(file) : Database::open_for_reading(file)));
    state->current = TRY(read_current(*state->database));
    state->seal = TRY(open_seal(*state->database, state->folder, key_file));
    if (access == Access::write) {
        TRY_VOID(sweep_rows(*state->database, state->current));
        TRY_VOID(sweep_files(*state->database, state->folder));
    }
    return DataFolder(std::move(state));
}

Database& DataFolder::database() {
    return *state_->database;
}
PublishId DataFolder::current() const {
    return state_->current;
}

Result<Database> DataFolder::open_reader() const {
    auto database = TRY(Database::open_for_reading(state_->folder / database_name));
    // It goes through a table once: what it has read it does not read again.
    TRY_VOID(database.execute("pragma cache_size = -2048"));
    return database;
}

const std::shared_ptr<const FolderSeal>& DataFolder::seal() const {
    return state_->seal;
}

Result<vault::KeyFile> DataFolder::key_file(const fs::path& given) const {
    return find_key_file(*state_->database, state_->folder, given);
}

Result<BlobWriter> DataFolder::new_blob(Shelf shelf, BlobForm form) {
    ensure(state_->lock.has_value(), "a blob wants a folder opened for writing");
    const std::uint64_t number = ++state_->temporaries;
    const std::string name = fmt::format("{}{}-{}", temporary_prefix, ::getpid(), number);
    // Originals are kept, not read; a cycle reads the segments that an import has just landed.
    const auto caching =
        shelf == Shelf::originals ? DurableFile::Caching::bypassed : DurableFile::Caching::ordinary;
    auto file = TRY(DurableFile::create(shelf_folder(state_->folder, shelf) / name, caching));
    auto writer = std::make_unique<BlobWriter::State>(std::move(file));
    writer->seal = state_->seal;
    const bool any_kind = shelf == Shelf::originals || form == BlobForm::bytes;
    if (any_kind && state_->seal != nullptr) writer->stream.emplace(TRY(StreamSealer::create(state_->seal)));
    return BlobWriter(std::move(writer));
}

fs::path DataFolder::blob_path(Shelf shelf, std::string_view name) const {
    return shelf_folder(state_->folder, shelf) / name;
}

Result<std::shared_ptr<const column::ByteSource>> DataFolder::open_blob(Shelf shelf,
                                                                        std::string_view name) const {
    const fs::path path = blob_path(shelf, name);
    std::error_code failure;
    if (!is_blob_name(name) || !fs::exists(path, failure)) {
        return fail(ErrorKind::not_found, "blob_missing",
                    {"数据目录中缺少一个文件：请从备份恢复",
                     "a file of the data folder is missing: restore it from a backup"},
                    path.string());
    }
    auto file = TRY(open_source(path));
    if (state_->seal == nullptr) return file;
    std::array<std::byte, 8> begin{};
    if (file->size() >= begin.size()) TRY_VOID(file->read(0, begin));
    if (shelf == Shelf::originals || is_sealed_stream(begin))
        return open_sealed_stream(file, *state_->seal, name);
    return open_sealed_segment(file, state_->seal, name);
}

Result<PublishId> DataFolder::begin_publish(std::string_view kind, AsOf as_of,
                                            std::string_view manifest_json) {
    ensure(state_->lock.has_value(), "publishing wants a folder opened for writing");
    Database& database = *state_->database;
    TRY_VOID(sweep_rows(database, state_->current));
    const PublishId id(state_->current.value() + 1);
    TRY_VOID(database.write([&]() -> Result<void> {
        auto insert = TRY(
            database.prepare("insert into publication (id, kind, as_of, manifest) values ($1, $2, $3, $4)"));
        return insert.bind(1, number_of(id)).bind(2, kind).bind(3, as_of.date).bind(4, manifest_json).run();
    }));
    return id;
}

Result<void> DataFolder::publish(PublishId id) {
    ensure(id.value() == state_->current.value() + 1, "publish what was begun last");
    Database& database = *state_->database;
    TRY_VOID(database.write([&]() -> Result<void> {
        auto done = TRY(database.prepare("update publication set done = 1 where id = $1"));
        TRY_VOID(done.bind(1, number_of(id)).run());
        ensure(database.changes() == 1, "publish what was begun");
        auto flip = TRY(database.prepare("update current_publication set id = $1"));
        return flip.bind(1, number_of(id)).run();
    }));
    state_->current = id;
    return {};
}

Result<void> DataFolder::withdraw(PublishId id) {
    ensure(id.value() == state_->current.value() + 1, "withdraw what was begun last");
    return sweep_rows(*state_->database, state_->current);
}

Result<std::string> DataFolder::setting(std::string_view name) {
    auto query = TRY(state_->database->prepare("select value from setting where name = $1"));
    query.bind(1, name);
    if (TRY(query.step())) return query.text(0);
    return fail(ErrorKind::not_found, "store_no_setting",
                {fmt::format("数据目录没有设置“{}”", name),
                 fmt::format("the data folder has no setting \"{}\"", name)});
}

Result<void> DataFolder::set_setting(std::string_view name, std::string_view value) {
    const auto known = setting(name);
    if (known && *known == value) return {};
    if (known) {
        return fail(
            ErrorKind::conflict, "store_setting_set",
            {fmt::format("设置“{}”已是 {}，不能改为 {}", name, *known, value),
             fmt::format("the setting \"{}\" is {} already and cannot become {}", name, *known, value)});
    }
    if (known.error().kind != ErrorKind::not_found) return std::unexpected(known.error());
    return state_->database->write([&] { return insert_setting(*state_->database, name, value); });
}

}  // namespace doudi::store
