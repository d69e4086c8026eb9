// SPDX-License-Identifier: Apache-2.0
#include "store/sealing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "store/subject_keys.h"
#include "vault/number_permutation.h"
#include "vault/purpose.h"
#include "vault/sealer.h"

namespace doudi::store {

namespace {

namespace fs = std::filesystem;

class SegmentSeal : public column::PartSeal {
  public:
    SegmentSeal(std::shared_ptr<const vault::SealKey> key, vault::Secret numbers)
        : key_(std::move(key)), numbers_(std::move(numbers)) {}

    [[nodiscard]] std::size_t seal_bytes() const override { return vault::Sealer::seal_bytes(key_->suite()); }
    void seal(std::span<const std::byte> about, std::span<std::byte> bytes,
              std::span<std::byte> seal) const override {
        vault::Sealer(*key_).seal(about, bytes, seal);
    }
    [[nodiscard]] bool open(std::span<const std::byte> about, std::span<std::byte> bytes,
                            std::span<const std::byte> seal) const override {
        return vault::Sealer(*key_).open(about, bytes, seal);
    }
    void hide_numbers(std::span<std::int64_t> numbers) const override {
        permutation().hide(as_words(numbers));
    }
    void show_numbers(std::span<std::int64_t> numbers) const override {
        permutation().show(as_words(numbers));
    }

  private:
    [[nodiscard]] vault::NumberPermutation permutation() const {
        return {numbers_.bytes(), vault::purpose_landed_number};
    }
    static std::span<std::uint64_t> as_words(std::span<std::int64_t> numbers) {
        return {reinterpret_cast<std::uint64_t*>(numbers.data()), numbers.size()};
    }
    std::shared_ptr<const vault::SealKey> key_;
    vault::Secret numbers_;
};

Result<std::optional<std::string>> read_setting(Database& database, std::string_view name) {
    auto query = TRY(database.prepare("select value from setting where name = $1"));
    query.bind(1, name);
    if (TRY(query.step())) return std::optional(query.text(0));
    return std::optional<std::string>();
}

Result<void> insert_one(Database& database, std::string_view name, std::string_view value) {
    auto insert = TRY(database.prepare("insert into setting (name, value) values ($1, $2)"));
    return insert.bind(1, name).bind(2, value).run();
}

bool lies_inside(const fs::path& file, const fs::path& folder) {
    std::error_code failure;
    const fs::path whole_file = fs::weakly_canonical(fs::absolute(file, failure), failure);
    const fs::path whole_folder = fs::weakly_canonical(fs::absolute(folder, failure), failure);
    const auto [at, rest] = std::ranges::mismatch(whole_folder, whole_file);
    return at == whole_folder.end();
}

std::unexpected<Error> damaged_settings() {
    return fail(ErrorKind::unreadable, "seal_settings",
                {"数据目录的加密设置已损坏", "the data folder's settings of how it is sealed are damaged"});
}

struct SealSettings {
    vault::Suite suite{};
    std::uint64_t ring = 0;
    std::string key_file;
};

// Nothing if the folder is not sealed. `pending`: how it will be, if that was begun.
Result<std::optional<SealSettings>> read_settings(Database& database, const std::string& pending = {}) {
    const auto cipher = TRY(read_setting(database, pending + "cipher"));
    if (!cipher) return std::optional<SealSettings>();
    const auto suite = suite_of_setting(*cipher);
    const auto ring = TRY(read_setting(database, pending + "key_ring"));
    const auto file = TRY(read_setting(database, pending + "key_file"));
    if (!suite || !ring || !file) return damaged_settings();
    SealSettings settings{*suite, 0, *file};
    const char* end = ring->data() + ring->size();
    const auto read = std::from_chars(ring->data(), end, settings.ring, 16);
    if (read.ec != std::errc() || read.ptr != end) return damaged_settings();
    return std::optional(settings);
}

std::unexpected<Error> no_key_file(const SealSettings& settings, const std::vector<std::string>& places) {
    const std::string ring = vault::ring_name(settings.ring);
    return fail(
        ErrorKind::not_found, "keys_missing",
        {fmt::format("数据目录已加密，找不到密钥环 {} 的密钥文件（找过：{}）：请用 --keys 或环境变量 "
                     "DOUDI_KEYS 指明；没有它，数据无法读取",
                     ring, fmt::join(places, "、")),
         fmt::format(
             "the data folder is sealed and the key file of ring {} is not to be found (looked at: {}): "
             "name it with --keys or DOUDI_KEYS; without it the data cannot be read",
             ring, fmt::join(places, ", "))});
}

// The first of the places where there is a file of this ring. A file that is another's, or damaged, is what
// the error tells if none fits.
Result<vault::KeyFile> find_file(const SealSettings& settings, const fs::path& folder,
                                 const fs::path& given) {
    std::vector<std::string> places;
    if (!given.empty()) {
        places = {given.string()};
    } else {
        places = {default_key_file(folder).string(), settings.key_file};
        if (places[0] == places[1]) places.pop_back();
    }
    std::optional<Error> worse;
    for (const std::string& place : places) {
        auto file = vault::KeyFile::open(place);
        if (file && file->ring() == settings.ring) return file;
        if (file) {
            const auto other = vault::KeyRing::open(*file, settings.suite, settings.ring, {});
            worse = other.error();
        } else if (file.error().kind != ErrorKind::not_found) {
            worse = file.error();
        }
    }
    if (worse) return std::unexpected(*worse);
    return no_key_file(settings, places);
}

}  // namespace

std::string setting_of(vault::Suite suite) {
    return suite == vault::Suite::aes_256_gcm ? "aes-256-gcm" : "sm4-ctr-hmac-sm3";
}

std::optional<vault::Suite> suite_of_setting(std::string_view setting) {
    for (const vault::Suite suite : {vault::Suite::aes_256_gcm, vault::Suite::sm4_hmac_sm3}) {
        if (setting == setting_of(suite)) return suite;
    }
    return std::nullopt;
}

fs::path default_key_file(const fs::path& folder) {
    return folder.string() + ".keys";
}

FolderSeal::FolderSeal(std::shared_ptr<const vault::KeyRing> ring, Covers covers)
    : ring_(std::move(ring)), covers_(std::move(covers)) {}

column::SealMark FolderSeal::mark() const {
    return {static_cast<column::Cipher>(ring_->suite()), ring_->ring(), ring_->active()};
}

Result<std::shared_ptr<const vault::SealKey>> FolderSeal::key(const column::SealMark& mark,
                                                              std::string_view purpose) const {
    if (mark.ring != ring_->ring()) {
        return fail(ErrorKind::conflict, "keys_other_ring",
                    {fmt::format("文件以密钥环 {} 加密，而这里的密钥环是 {}", vault::ring_name(mark.ring),
                                 vault::ring_name(ring_->ring())),
                     fmt::format("the file is sealed with ring {}, and the ring here is {}",
                                 vault::ring_name(mark.ring), vault::ring_name(ring_->ring()))});
    }
    return ring_->seal_key(mark.key, static_cast<vault::Suite>(mark.cipher), purpose);
}

Result<std::shared_ptr<const column::PartSeal>> FolderSeal::find(const column::SealMark& mark) const {
    auto found = TRY(key(mark, vault::purpose_segment));
    vault::Secret numbers = ring_->derived(ring_->first(), vault::purpose_landed_number, 32);
    return std::make_shared<const SegmentSeal>(std::move(found), std::move(numbers));
}

Result<vault::KeyFile> prepare_key_file(const fs::path& folder, const SealChoice& choice) {
    const fs::path path = choice.key_file.empty() ? default_key_file(folder) : choice.key_file;
    if (lies_inside(path, folder)) {
        return fail(ErrorKind::usage, "keys_inside",
                    {"密钥文件不能放在数据目录里：得到目录的人就得到了一切",
                     "the key file must not lie inside the data folder: who has the folder would have all"},
                    path.string());
    }
    auto known = vault::KeyFile::open(path);
    if (known || known.error().kind != ErrorKind::not_found) return known;
    return vault::KeyFile::create(path, choice.today);
}

namespace {

constexpr const char* pending_prefix = "pending_";

Result<void> insert_keys(Database& database, const vault::KeyFile& file, const SealChoice& choice,
                         const std::string& prefix) {
    std::error_code failure;
    const fs::path place = fs::absolute(file.path(), failure).lexically_normal();
    TRY_VOID(insert_one(database, prefix + "cipher", setting_of(*choice.suite)));
    TRY_VOID(insert_one(database, prefix + "key_ring", vault::ring_name(file.ring())));
    TRY_VOID(insert_one(database, prefix + "key_file", place.string()));
    const vault::WrappedKey first = vault::KeyRing::new_key(file, *choice.suite, 1, choice.today);
    TRY_VOID(insert_data_key(database, first));
    return plant_subject_keys(database, file, *choice.suite, choice.today);
}

Result<std::shared_ptr<const FolderSeal>> open_with(Database& database, const vault::KeyFile& file,
                                                    const SealSettings& settings) {
    auto ring = TRY(vault::KeyRing::open(file, settings.suite, settings.ring, TRY(read_data_keys(database))));
    auto covers = TRY(read_covers(database, ring));
    return std::make_shared<const FolderSeal>(std::make_shared<const vault::KeyRing>(std::move(ring)),
                                              std::move(covers));
}

}  // namespace

Result<void> insert_seal(Database& database, const vault::KeyFile& file, const SealChoice& choice) {
    return insert_keys(database, file, choice, {});
}

Result<std::shared_ptr<const FolderSeal>> prepare_pending_seal(Database& database, const fs::path& folder,
                                                               const SealChoice& choice) {
    auto settings = TRY(read_settings(database, pending_prefix));
    if (settings) return open_with(database, TRY(find_file(*settings, folder, choice.key_file)), *settings);
    const vault::KeyFile file = TRY(prepare_key_file(folder, choice));
    TRY_VOID(database.write([&] { return insert_keys(database, file, choice, pending_prefix); }));
    settings = TRY(read_settings(database, pending_prefix));
    ensure(settings.has_value(), "what was just written");
    return open_with(database, file, *settings);
}

Result<void> settle_pending_seal(Database& database) {
    for (const char* name : {"cipher", "key_ring", "key_file"}) {
        auto update = TRY(database.prepare("update setting set name = $1 where name = $2"));
        const std::string pending = std::string(pending_prefix) + name;
        TRY_VOID(update.bind(1, std::string_view(name)).bind(2, std::string_view(pending)).run());
    }
    // Records of the log that came before the keys were hashed without them.
    auto since = TRY(database.prepare(
        "insert into setting (name, value) select 'audit_keyed_after', cast(seq as text) from audit_head"));
    return since.run();
}

Result<void> insert_data_key(Database& database, const vault::WrappedKey& key) {
    auto insert = TRY(database.prepare(
        "insert into data_key (id, created_on, state, master, wrapped) values ($1, $2, $3, $4, $5)"));
    insert.bind(1, std::int64_t{key.number}).bind(2, key.created_on);
    insert.bind(3, std::string_view(wraps_subjects(key.number) ? "subjects"
                                    : key.active               ? "active"
                                                               : "retired"));
    return insert.bind(4, std::string_view(key.master)).bind(5, std::string_view(key.wrapped)).run();
}

Result<std::vector<vault::WrappedKey>> read_data_keys(Database& database) {
    auto query =
        TRY(database.prepare("select id, created_on, state, master, wrapped from data_key order by id"));
    std::vector<vault::WrappedKey> keys;
    while (TRY(query.step())) {
        const auto day = query.date(1);
        if (!day) return damaged_settings();
        keys.push_back({static_cast<std::uint32_t>(query.integer(0)), *day, query.text_view(2) == "active",
                        query.text(3), query.text(4)});
    }
    return keys;
}

Result<vault::KeyFile> find_key_file(Database& database, const fs::path& folder, const fs::path& given) {
    const auto settings = TRY(read_settings(database));
    if (settings) return find_file(*settings, folder, given);
    return fail(ErrorKind::not_found, "not_sealed",
                {"这个数据目录没有加密，也就没有密钥", "this data folder is not sealed and has no keys"},
                folder.string());
}

Result<std::shared_ptr<const FolderSeal>> open_seal(Database& database, const fs::path& folder,
                                                    const fs::path& given) {
    const auto settings = TRY(read_settings(database));
    if (!settings) return std::shared_ptr<const FolderSeal>();
    return open_with(database, TRY(find_file(*settings, folder, given)), *settings);
}

}  // namespace doudi::store
