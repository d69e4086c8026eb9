// SPDX-License-Identifier: Apache-2.0
#include "store/data_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

#include "store/blob_references.h"
#include "store/blob_writer_state.h"
#include "store/durable_file.h"
#include "store/home.h"
#include "store/layout.h"
#include "store/migrations.h"
#include "store/row_seal.h"
#include "store/sealed_segment.h"
#include "store/sealed_stream.h"
#include "store/subject_keys.h"
#include "store/sweep.h"

namespace doudi::store {

namespace fs = std::filesystem;

struct DataFolder::State {
    explicit State(Home the_home) : home(std::move(the_home)) {}

    Home home;
    PublishId current;
    std::shared_ptr<const FolderSeal> seal;                                   // null: plain
    std::vector<std::pair<std::string, std::shared_ptr<RowSeal>>> row_seals;  // by place
    std::atomic<std::uint64_t> temporaries{0};
};

namespace {

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

// A folder that an older program sealed has no keys of single people yet: what is sealed from now on has.
Result<void> plant_keys(Database& database, const fs::path& folder, const fs::path& given,
                        std::shared_ptr<const FolderSeal>& seal) {
    if (seal == nullptr || seal->cover(SubjectKind::person) != nullptr) return {};
    const vault::KeyFile file = TRY(find_key_file(database, folder, given));
    TRY_VOID(database.write(
        [&] { return plant_subject_keys(database, file, seal->ring().suite(), file.active().created_on); }));
    seal = TRY(open_seal(database, folder, file.path()));
    return {};
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

Result<DataFolder> DataFolder::create(const Place& place,
                                      std::span<const std::pair<std::string, std::string>> settings,
                                      const SealChoice& seal) {
    NewHome home = TRY(NewHome::begin(place, all_migrations().size()));
    std::optional<vault::KeyFile> keys;  // outside the folder, and there before anything hangs on it
    if (seal.suite) keys = TRY(prepare_key_file(home.place.folder, seal));
    TRY_VOID(home.fill([&]() -> Result<void> {
        for (const auto& [name, value] : settings) TRY_VOID(insert_setting(*home.database, name, value));
        return keys ? insert_seal(*home.database, *keys, seal) : Result<void>{};
    }));
    std::shared_ptr<const FolderSeal> opened;
    if (keys) opened = TRY(open_seal(*home.database, home.place.folder, keys->path()));
    TRY_VOID(home.finish());
    auto state =
        std::make_unique<State>(Home{std::move(home.place), std::move(home.lock), std::move(home.database)});
    state->seal = std::move(opened);
    return DataFolder(std::move(state));
}

Result<DataFolder> DataFolder::open(const Place& place, Access access, const fs::path& key_file) {
    auto state = std::make_unique<State>(TRY(Home::open(place, access)));
    Database& database = *state->home.database;
    state->current = TRY(read_current(database));
    state->seal = TRY(open_seal(database, state->home.place.folder, key_file));
    if (access == Access::write) {
        TRY_VOID(plant_keys(database, state->home.place.folder, key_file, state->seal));
        TRY_VOID(sweep_rows(database, state->current));
        TRY_VOID(sweep_files(database, state->home.place.folder));
    }
    return DataFolder(std::move(state));
}

Database& DataFolder::database() {
    return *state_->home.database;
}
PublishId DataFolder::current() const {
    return state_->current;
}

Result<Database> DataFolder::open_reader() const {
    auto database = TRY(connect_to(state_->home.place, Access::read));
    // It goes through a table once: what it has read it does not read again.
    if (!state_->home.place.database) TRY_VOID(database.execute("pragma cache_size = -2048"));
    return database;
}

const std::shared_ptr<const FolderSeal>& DataFolder::seal() const {
    return state_->seal;
}

Result<std::shared_ptr<RowSeal>> DataFolder::row_seal(std::string_view place) {
    ensure(state_->seal != nullptr, "rows of a sealed folder");
    for (const auto& [known, seal] : state_->row_seals) {
        if (known == place) return seal;
    }
    auto made = std::make_shared<RowSeal>(TRY(RowSeal::create(state_->seal, place)));
    state_->row_seals.emplace_back(place, made);
    return made;
}

Result<vault::KeyFile> DataFolder::key_file(const fs::path& given) const {
    return find_key_file(*state_->home.database, state_->home.place.folder, given);
}

Result<Database> DataFolder::open_writer() const {
    ensure(state_->home.lock.has_value(), "another writer wants a folder opened for writing");
    return connect_to(state_->home.place, Access::write);
}

const fs::path& DataFolder::path() const {
    return state_->home.place.folder;
}

Result<void> DataFolder::seal_rows(std::shared_ptr<const FolderSeal> seal,
                                   const std::function<Result<void>()>& rows) {
    ensure(state_->seal == nullptr, "a plain folder");
    state_->seal = std::move(seal);
    auto done = state_->home.database->write(rows);
    if (!done) {
        state_->seal.reset();
        state_->row_seals.clear();
    }
    return done;
}

Result<BlobWriter> DataFolder::new_blob(Shelf shelf, BlobForm form) {
    return new_blob_sealed(shelf, form, state_->seal);
}

Result<BlobWriter> DataFolder::new_blob_sealed(Shelf shelf, BlobForm form,
                                               std::shared_ptr<const FolderSeal> seal) {
    ensure(state_->home.lock.has_value(), "a blob wants a folder opened for writing");
    const std::uint64_t number = ++state_->temporaries;
    const std::string name = fmt::format("{}{}-{}", temporary_prefix, ::getpid(), number);
    // Originals are kept, not read; a cycle reads the segments that an import has just landed.
    const auto caching =
        shelf == Shelf::originals ? DurableFile::Caching::bypassed : DurableFile::Caching::ordinary;
    auto file = TRY(DurableFile::create(shelf_folder(state_->home.place.folder, shelf) / name, caching));
    auto writer = std::make_unique<BlobWriter::State>(std::move(file));
    writer->seal = std::move(seal);
    const bool any_kind = shelf == Shelf::originals || form == BlobForm::bytes;
    if (any_kind && writer->seal != nullptr) writer->stream.emplace(TRY(StreamSealer::create(writer->seal)));
    return BlobWriter(std::move(writer));
}

fs::path DataFolder::blob_path(Shelf shelf, std::string_view name) const {
    return shelf_folder(state_->home.place.folder, shelf) / name;
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

Result<void> DataFolder::remove_blob(Shelf shelf, std::string_view name) {
    ensure(state_->home.lock.has_value(), "a file is deleted from a folder opened for writing");
    if (!is_blob_name(name)) return {};
    for (const BlobReference& reference : blob_references) {
        if (reference.shelf != shelf) continue;
        auto query = TRY(state_->home.database->prepare(
            fmt::format("select 1 from {} where {} = $1 and {} limit 1", reference.table, reference.column,
                        names_a_file(reference))));
        query.bind(1, name);
        if (TRY(query.step())) return {};
    }
    TRY_VOID(remove_file(blob_path(shelf, name)));
    return sync_folder(shelf_folder(state_->home.place.folder, shelf));
}

Result<bool> DataFolder::destroy_subject_key(SubjectKind kind, std::uint32_t id,
                                             const std::function<Result<void>()>& also) {
    Database& database = *state_->home.database;
    ensure(state_->home.lock.has_value(), "a key is destroyed in a folder opened for writing");
    bool destroyed = false;
    TRY_VOID(database.write([&]() -> Result<void> {
        if (state_->seal != nullptr)
            destroyed = TRY(store::destroy_subject_key(database, *state_->seal, kind, id));
        return also();
    }));
    if (!destroyed) return false;
    state_->seal = state_->seal->with(TRY(read_covers(database, state_->seal->ring())));
    state_->row_seals.clear();
    return true;
}

Result<void> DataFolder::settle_deletions() {
    return state_->home.database->engine().settle_deletions();
}

Result<PublishId> DataFolder::begin_publish(std::string_view kind, AsOf as_of,
                                            std::string_view manifest_json) {
    ensure(state_->home.lock.has_value(), "publishing wants a folder opened for writing");
    Database& database = *state_->home.database;
    // A connection that was lost is made anew only here, with the writer's lock, and not before the run has
    // ended: what it stages must not fall to whoever wrote meanwhile.
    database.engine().hold_connection(false);
    state_->current = TRY(read_current(database));
    database.engine().hold_connection(true);
    TRY_VOID(sweep_rows(database, state_->current));
    const PublishId id(state_->current.value() + 1);
    TRY_VOID(database.write([&]() -> Result<void> {
        auto insert = TRY(
            database.prepare("insert into publication (id, kind, as_of, manifest) values ($1, $2, $3, $4)"));
        return insert.bind(1, number_of(id)).bind(2, kind).bind(3, as_of.date).bind(4, manifest_json).run();
    }));
    return id;
}

Result<void> DataFolder::publish(PublishId id, const std::function<Result<void>()>& also) {
    ensure(id.value() == state_->current.value() + 1, "publish what was begun last");
    Database& database = *state_->home.database;
    TRY_VOID(database.write([&]() -> Result<void> {
        if (also) TRY_VOID(also());
        auto done = TRY(database.prepare("update publication set done = 1 where id = $1"));
        TRY_VOID(done.bind(1, number_of(id)).run());
        ensure(database.changes() == 1, "publish what was begun");
        auto flip = TRY(database.prepare("update current_publication set id = $1"));
        return flip.bind(1, number_of(id)).run();
    }));
    state_->current = id;
    database.engine().hold_connection(false);
    database.gather_statistics();
    return {};
}

Result<void> DataFolder::withdraw(PublishId id) {
    ensure(id.value() == state_->current.value() + 1, "withdraw what was begun last");
    TRY_VOID(sweep_rows(*state_->home.database, state_->current));
    state_->home.database->engine().hold_connection(false);
    return {};
}

Result<std::string> DataFolder::setting(std::string_view name) {
    auto query = TRY(state_->home.database->prepare("select value from setting where name = $1"));
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
    return state_->home.database->write([&] { return insert_setting(*state_->home.database, name, value); });
}

}  // namespace doudi::store
