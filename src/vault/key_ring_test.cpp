// SPDX-License-Identifier: Apache-2.0
#include "vault/key_ring.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "vault/digest.h"

namespace doudi::vault {
namespace {

namespace fs = std::filesystem;

const Date founding = *Date::parse_iso("2026-03-01");
const Date later = *Date::parse_iso("2027-03-01");

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "doudi-keys-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path operator/(const char* name) const { return path_ / name; }

  private:
    fs::path path_;
};

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
void write(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
}

KeyFile make(const fs::path& path) {
    auto made = KeyFile::create(path, founding);
    REQUIRE(made);
    return std::move(*made);
}

std::string fingerprint(const KeyRing& ring, std::uint32_t number) {
    return hex_of(ring.derived(number, "test", 8).bytes());
}

TEST_CASE("a key file is its owner's alone, says its ring and its master key, and reads back") {
    const Folder folder;
    const KeyFile made = make(folder / "office.keys");
    struct stat about{};
    REQUIRE(::stat((folder / "office.keys").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    const auto read = KeyFile::open(folder / "office.keys");
    REQUIRE(read);
    CHECK(read->ring() == made.ring());
    REQUIRE(read->masters().size() == 1);
    CHECK(read->active().id == "m1");
    CHECK(read->active().created_on == founding);
    CHECK(equal_in_constant_time(read->active().key.bytes(), made.active().key.bytes()));
    CHECK(make(folder / "other.keys").ring() != made.ring());
}

TEST_CASE("a key file is never written over, not read where others may, and missed by name") {
    const Folder folder;
    const fs::path path = folder / "office.keys";
    CHECK(KeyFile::open(path).error().code == "key_file_missing");
    (void)make(path);
    const std::string before = text_of(path);
    CHECK(KeyFile::create(path, founding).error().code == "key_file_there");
    CHECK(text_of(path) == before);
    for (const mode_t mode : {0640U, 0604U, 0620U, 0602U}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        const auto read = KeyFile::open(path);
        REQUIRE(!read);
        CHECK(read.error().code == "key_file_open");
        CHECK(read.error().where == path.string());
    }
    CHECK(KeyFile::create(folder / "no" / "office.keys", founding).error().code == "key_file_access");
}

TEST_CASE("a key file with any character changed, left out or put in is refused, with its place") {
    const Folder folder;
    const fs::path path = folder / "office.keys";
    KeyFile file = make(path);
    REQUIRE(file.add_master(later));
    const std::string whole = text_of(path);
    for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = changed[at] == '7' ? '8' : '7';
        write(path, changed);
        const auto read = KeyFile::open(path);
        REQUIRE_MESSAGE(!read, changed);
        CHECK(read.error().code == "key_file_damaged");
        write(path, whole.substr(0, at));
        CHECK(!KeyFile::open(path));
    }
    for (const std::string_view hostile : {"\n", "doudi-keys 1", "doudi-keys 2\nring 00\n", "check\n"}) {
        write(path, hostile);
        CHECK(KeyFile::open(path).error().code == "key_file_damaged");
    }
    write(path, whole);
    CHECK(KeyFile::open(path));
}

TEST_CASE("a data key lies wrapped, and the same master key gives it back") {
    const Folder folder;
    for (const Suite suite : {Suite::aes_256_gcm, Suite::sm4_hmac_sm3}) {
        const KeyFile file = make(folder / (suite == Suite::aes_256_gcm ? "aes.keys" : "sm4.keys"));
        const std::vector<WrappedKey> keys{KeyRing::new_key(file, suite, 1, founding)};
        const auto ring = KeyRing::open(file, suite, file.ring(), keys);
        REQUIRE(ring);
        CHECK(ring->active() == 1);
        CHECK(ring->first() == 1);
        CHECK(ring->name_of(1) == ring_name(file.ring()) + "/1");
        CHECK(fingerprint(*ring, 1) == fingerprint(*KeyRing::open(file, suite, file.ring(), keys), 1));
        CHECK(ring->seal_key(2, suite, "test").error().code == "data_key_missing");
        CHECK(ring->seal_key(2, suite, "test").error().text.en.find(ring->name_of(2)) != std::string::npos);
    }
}

TEST_CASE(
    "another office's key file, a wrapping that was changed, one put under another number: refused by name") {
    const Folder folder;
    const KeyFile file = make(folder / "office.keys");
    const KeyFile other = make(folder / "other.keys");
    constexpr Suite suite = Suite::aes_256_gcm;
    const WrappedKey key = KeyRing::new_key(file, suite, 1, founding);
    const auto code = [&](const KeyFile& with, const WrappedKey& one) {
        const auto ring = KeyRing::open(with, suite, file.ring(), {&one, 1});
        return ring ? std::string() : ring.error().code;
    };
    CHECK(code(file, key).empty());
    CHECK(code(other, key) == "keys_other_ring");
    const auto wrong = KeyRing::open(other, suite, file.ring(), {&key, 1});
    CHECK(wrong.error().text.en.find(ring_name(file.ring())) != std::string::npos);
    CHECK(wrong.error().where == (folder / "other.keys").string());
    WrappedKey changed = key;
    changed.wrapped.back() = changed.wrapped.back() == '0' ? '1' : '0';
    CHECK(code(file, changed) == "data_key_damaged");
    changed = key;
    changed.number = 2;
    CHECK(code(file, changed) == "data_key_damaged");
    changed = key;
    changed.master = "m9";
    CHECK(code(file, changed) == "master_key_missing");
    for (const char* hostile : {"", "1", "1:", "3:00", "1:zz", "2:00"}) {
        changed = key;
        changed.wrapped = hostile;
        CHECK(code(file, changed) == "data_key_damaged");
    }
    CHECK(KeyRing::open(file, suite, file.ring(), {}).error().code == "data_key_damaged");
}

TEST_CASE(
    "rotation: the data key stays what it is under the new master key, and a copy of before opens with the "
    "file of after") {
    const Folder folder;
    KeyFile file = make(folder / "office.keys");
    constexpr Suite suite = Suite::sm4_hmac_sm3;
    const WrappedKey before = KeyRing::new_key(file, suite, 1, founding);
    const std::string key = fingerprint(*KeyRing::open(file, suite, file.ring(), {&before, 1}), 1);
    REQUIRE(file.add_master(later));
    CHECK(file.active().id == "m2");
    const auto after = KeyRing::wrap_anew(file, suite, before);
    REQUIRE(after);
    CHECK(after->master == "m2");
    CHECK(after->wrapped != before.wrapped);
    const auto again = KeyFile::open(folder / "office.keys");
    REQUIRE(again);
    CHECK(fingerprint(*KeyRing::open(*again, suite, file.ring(), {&*after, 1}), 1) == key);
    CHECK(fingerprint(*KeyRing::open(*again, suite, file.ring(), {&before, 1}), 1) == key);
}

TEST_CASE("a new data key seals from now on, the old one still opens") {
    const Folder folder;
    const KeyFile file = make(folder / "office.keys");
    constexpr Suite suite = Suite::aes_256_gcm;
    std::vector<WrappedKey> keys{KeyRing::new_key(file, suite, 1, founding),
                                 KeyRing::new_key(file, suite, 2, later)};
    keys[0].active = false;
    const auto ring = KeyRing::open(file, suite, file.ring(), keys);
    REQUIRE(ring);
    CHECK(ring->active() == 2);
    CHECK(ring->first() == 1);
    CHECK(fingerprint(*ring, 1) != fingerprint(*ring, 2));
}

}  // namespace
}  // namespace doudi::vault
