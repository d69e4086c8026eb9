// SPDX-License-Identifier: Apache-2.0
// A sealed data folder: what lies in it tells nothing, and nothing in it can be changed, swapped or cut
// unseen.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "column/segment_format.h"
#include "store/key_rotation.h"
#include "store/sealed_stream.h"
#include "store/test_sealed.h"

namespace doudi::store {
namespace {

namespace fs = std::filesystem;
using column::Kind;

const column::Schema schema{
    {"row", Kind::number}, {"id.person", Kind::number, true}, {"name.person", Kind::text}};
constexpr std::int64_t first_number = 44169919800101000;

// `blocks` of them, the last with ten rows; each row its own number and name, some rows without a number.
std::string land(DataFolder& folder, std::size_t blocks, std::int64_t shift = 0) {
    auto blob = folder.new_blob(Shelf::segments);
    REQUIRE(blob);
    column::SegmentWriter writer(schema, *blob);
    const std::size_t rows = (blocks - 1) * column::segment_block_rows + 10;
    column::Batch batch = column::Batch::of(schema);
    for (std::size_t row = 0; row < rows; ++row) {
        batch.columns[0].numbers.push_back(static_cast<std::int64_t>(row));
        batch.columns[1].numbers.push_back(first_number + shift + static_cast<std::int64_t>(row));
        batch.columns[1].status.push_back(row % 7 == 3 ? column::Status::none : column::Status::value);
        batch.columns[2].text.append("张三" + std::to_string(shift + static_cast<std::int64_t>(row)));
    }
    batch.rows = rows;
    REQUIRE(writer.append(batch));
    REQUIRE(writer.finish());
    const auto name = blob->seal();
    REQUIRE(name);
    return *name;
}

std::string keep(DataFolder& folder, std::span<const std::byte> content) {
    auto blob = folder.new_blob(Shelf::originals);
    REQUIRE(blob);
    REQUIRE(blob->write(content));
    const auto name = blob->seal();
    REQUIRE(name);
    return *name;
}

std::vector<std::byte> content_of(std::size_t size, std::uint8_t seed = 1) {
    std::vector<std::byte> content(size);
    for (std::size_t i = 0; i < size; ++i)
        content[i] = static_cast<std::byte>((i * 131 + i / 977 + seed) & 0xFFU);
    return content;
}

Result<void> read_segment(const DataFolder& folder, const std::string& name, std::int64_t shift = 0) {
    const auto reader = TRY(column::SegmentReader::open(TRY(folder.open_blob(Shelf::segments, name))));
    column::Batch batch;
    std::int64_t row = 0;
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
        TRY_VOID(reader.read_block(block, batch));
        for (std::size_t i = 0; i < batch.rows; ++i, ++row) {
            const std::int64_t number = row % 7 == 3 ? 0 : first_number + shift + row;
            CHECK(batch.columns[0].numbers[i] == row);
            CHECK(batch.columns[1].numbers[i] == number);
            CHECK(batch.columns[2].text.at(i) == "张三" + std::to_string(shift + row));
        }
    }
    return {};
}

Result<std::vector<std::byte>> read_original(const DataFolder& folder, const std::string& name) {
    const auto source = TRY(folder.open_blob(Shelf::originals, name));
    std::vector<std::byte> content(source->size());
    TRY_VOID(source->read(0, content));
    return content;
}

void check_refused(const Result<void>& read, const fs::path& file, const std::string& how) {
    CAPTURE(how);
    REQUIRE(!read);
    CHECK(read.error().kind == ErrorKind::unreadable);
    CHECK(read.error().where == file.string());
}

TEST_CASE("a segment and an original of a sealed folder read back, and their files show nothing of them") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const std::string segment = land(folder, 2);
        REQUIRE(read_segment(folder, segment));
        const auto lies = bytes_of_file(folder.blob_path(Shelf::segments, segment));
        CHECK(!holds(lies, "张三"));
        CHECK(!holds(lies, "name.person"));
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{1}, stream_chunk_bytes - 1, stream_chunk_bytes,
              stream_chunk_bytes + 1, 3 * stream_chunk_bytes + 5}) {
            const auto content = content_of(size);
            const std::string name = keep(folder, content);
            const auto back = read_original(folder, name);
            REQUIRE_MESSAGE(back, (back ? "" : back.error().message(Lang::en)));
            CHECK(*back == content);
            if (size > 64) {
                const auto file = bytes_of_file(folder.blob_path(Shelf::originals, name));
                CHECK(std::ranges::search(file, std::span(content).first(16)).empty());
            }
        }
    }
}

TEST_CASE("an original is read at any offset") {
    const TestFolder place;
    DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
    const auto content = content_of(3 * stream_chunk_bytes + 777);
    const auto source = folder.open_blob(Shelf::originals, keep(folder, content));
    REQUIRE(source);
    CHECK(rc::check("any part", [&] {
        const auto offset = *rc::gen::inRange<std::size_t>(0, content.size());
        const auto size = *rc::gen::inRange<std::size_t>(0, content.size() - offset + 1);
        std::vector<std::byte> part(size);
        RC_ASSERT((*source)->read(offset, part).has_value());
        RC_ASSERT(std::ranges::equal(part, std::span(content).subspan(offset, size)));
    }));
    std::vector<std::byte> too_much(2);
    CHECK((*source)->read(content.size() - 1, too_much).error().code == "short_read");
}

TEST_CASE("what comes twice is one file, and another folder's is another one") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const auto content = content_of(stream_chunk_bytes + 3);
        CHECK(keep(folder, content) == keep(folder, content));
        CHECK(keep(folder, content) != keep(folder, content_of(stream_chunk_bytes + 3, 2)));
        CHECK(land(folder, 1) == land(folder, 1));
        CHECK(land(folder, 1) != land(folder, 1, 1));
        auto other = DataFolder::create(place / "other", {}, sealed_by(suite, place / "data.keys"));
        REQUIRE(other);
        CHECK(keep(*other, content) != keep(folder, content));
    }
}

// Changes a file in one way after the other; each time it must be refused, in the end it must be read.
class Tampering {
  public:
    Tampering(fs::path file, std::function<Result<void>()> read)
        : file_(std::move(file)), read_(std::move(read)), whole_(bytes_of_file(file_)) {}
    ~Tampering() {
        write_file(file_, whole_);
        CHECK(read_());
    }
    Tampering(const Tampering&) = delete;
    Tampering& operator=(const Tampering&) = delete;

    [[nodiscard]] const std::vector<std::byte>& whole() const { return whole_; }
    void refused(std::span<const std::byte> changed, const std::string& how) {
        write_file(file_, changed);
        check_refused(read_(), file_, how);
    }
    void flip(std::size_t at) {
        auto changed = whole_;
        changed[at] ^= std::byte{1} << (at % 8);
        refused(changed, "flipped at " + std::to_string(at));
    }
    void cut(std::size_t size) { refused(std::span(whole_).first(size), "cut to " + std::to_string(size)); }
    void swap_parts(std::size_t left, std::size_t right, std::size_t size) {
        auto changed = whole_;
        const auto at = [&](std::size_t offset) {
            return changed.begin() + static_cast<std::ptrdiff_t>(offset);
        };
        std::swap_ranges(at(left), at(left + size), at(right));
        refused(changed, "parts swapped");
    }

  private:
    fs::path file_;
    std::function<Result<void>()> read_;
    std::vector<std::byte> whole_;
};

TEST_CASE("a segment with any byte flipped, at every place, or cut at any length is refused by its name") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const std::string name = land(folder, 1);
        Tampering file(folder.blob_path(Shelf::segments, name), [&] { return read_segment(folder, name); });
        for (std::size_t at = 0; at < file.whole().size(); ++at) file.flip(at);
        for (std::size_t size = 0; size < file.whole().size(); size += 37) file.cut(size);
        auto longer = file.whole();
        longer.push_back(std::byte{0});
        file.refused(longer, "a byte more");
    }
}

TEST_CASE("an original with any byte flipped or cut at any length is refused by its name") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const std::string name = keep(folder, content_of(stream_chunk_bytes + 900));
        Tampering file(folder.blob_path(Shelf::originals, name), [&]() -> Result<void> {
            (void)TRY(read_original(folder, name));
            return {};
        });
        // Every byte of the header's words, the last chunk, the directory and the trailer; some of the rest.
        const std::size_t last_chunk = 4096 + stream_chunk_bytes;
        for (std::size_t at = 0; at < file.whole().size(); at += at < 64 || at >= last_chunk ? 1 : 997)
            file.flip(at);
        for (std::size_t size = 0; size < file.whole().size(); size += size < last_chunk ? 65521 : 41)
            file.cut(size);
    }
}

TEST_CASE("the block that was changed is named") {
    const TestFolder place;
    DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
    const std::string name = land(folder, 2);
    const fs::path path = folder.blob_path(Shelf::segments, name);
    auto bytes = bytes_of_file(path);
    const auto reader = column::SegmentReader::open(*folder.open_blob(Shelf::segments, name));
    REQUIRE(reader);
    bytes[bytes.size() - 2000] ^= std::byte{1};  // the last block is one page, the footer behind it far less
    write_file(path, bytes);
    column::Batch batch;
    CHECK(reader->read_block(0, batch));
    const auto second = reader->read_block(1, batch);
    REQUIRE(!second);
    CHECK(second.error().code == "segment_seal");
    CHECK(second.error().text.en.find("block 1") != std::string::npos);
    CHECK(second.error().text.en.find(folder.seal()->ring().name_of(1)) != std::string::npos);
    CHECK(second.error().where == path.string());

    const std::string original = keep(folder, content_of(2 * stream_chunk_bytes));
    const fs::path file = folder.blob_path(Shelf::originals, original);
    auto sealed = bytes_of_file(file);
    sealed[4096 + stream_chunk_bytes + 5] ^= std::byte{1};
    write_file(file, sealed);
    const auto read = read_original(folder, original);
    REQUIRE(!read);
    CHECK(read.error().code == "stream_seal");
    CHECK(read.error().text.en.find("block 1") != std::string::npos);
}

TEST_CASE("blocks swapped within a file or taken from another, and files swapped, are refused") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const auto one = content_of(3 * stream_chunk_bytes, 1);
        const auto two = content_of(3 * stream_chunk_bytes, 2);
        const std::string first = keep(folder, one);
        const std::string second = keep(folder, two);
        const auto other = bytes_of_file(folder.blob_path(Shelf::originals, second));
        Tampering original(folder.blob_path(Shelf::originals, first), [&]() -> Result<void> {
            (void)TRY(read_original(folder, first));
            return {};
        });
        original.swap_parts(4096, 4096 + stream_chunk_bytes, stream_chunk_bytes);
        auto mixed = original.whole();
        std::copy_n(other.begin() + 4096, stream_chunk_bytes, mixed.begin() + 4096);
        original.refused(mixed, "a chunk of another original");
        original.refused(other, "another original in its place");

        const std::string left = land(folder, 3, 1000000);
        const std::string right = land(folder, 3, 2000000);
        const auto foreign = bytes_of_file(folder.blob_path(Shelf::segments, right));
        Tampering segment(folder.blob_path(Shelf::segments, left),
                          [&] { return read_segment(folder, left, 1000000); });
        REQUIRE(foreign.size() == segment.whole().size());
        const std::size_t block = (segment.whole().size() - 4096) / 4096 / 2 * 4096;  // less than two of them
        segment.swap_parts(4096, 4096 + block, 4096);
        mixed = segment.whole();
        std::copy_n(foreign.begin() + 4096, 4096, mixed.begin() + 4096);
        segment.refused(mixed, "a page of another segment's first block");
        segment.refused(foreign, "another segment in its place");
    }
}

TEST_CASE("what is not sealed is not read from a sealed folder, nor what is sealed from a plain one") {
    const TestFolder place;
    DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
    auto plain = DataFolder::create(place / "plain");
    REQUIRE(plain);
    const std::string open_segment = land(*plain, 1);
    const auto bytes = bytes_of_file(plain->blob_path(Shelf::segments, open_segment));
    CHECK(holds(bytes, "name.person"));
    write_file(folder.blob_path(Shelf::segments, open_segment), bytes);
    CHECK(!read_segment(folder, open_segment));
    const auto opened = column::SegmentReader::open(*plain->open_blob(Shelf::segments, open_segment));
    REQUIRE(opened);
    CHECK(opened->schema() == schema);

    const std::string original = keep(*plain, content_of(5000));
    fs::copy_file(plain->blob_path(Shelf::originals, original), folder.blob_path(Shelf::originals, original));
    CHECK(read_original(folder, original).error().code == "stream_not_sealed");

    const std::string sealed = land(folder, 1);
    fs::copy_file(folder.blob_path(Shelf::segments, sealed), plain->blob_path(Shelf::segments, sealed));
    const auto refused = read_segment(*plain, sealed);
    REQUIRE(!refused);
    CHECK(refused.error().code == "segment_cipher");
    CHECK(refused.error().text.en.find(folder.seal()->ring().name_of(1)) != std::string::npos);
}

TEST_CASE("a missing, a foreign and a damaged key file: an error that names the ring, never garbage") {
    const TestFolder place;
    std::string ring;
    std::string name;
    {
        DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
        ring = vault::ring_name(folder.seal()->ring().ring());
        name = land(folder, 1);
        (void)make_sealed(place, vault::Suite::aes_256_gcm, "other");
    }
    const auto opened = [&](const fs::path& keys = {}) {
        return DataFolder::open(place / "data", Access::read, keys);
    };
    REQUIRE(opened());
    REQUIRE(read_segment(*opened(), name));
    const auto foreign = opened(place / "other.keys");
    REQUIRE(!foreign);
    CHECK(foreign.error().code == "keys_other_ring");
    CHECK(foreign.error().text.en.find(ring) != std::string::npos);
    fs::rename(place / "data.keys", place / "in-the-safe");
    const auto missing = opened();
    REQUIRE(!missing);
    CHECK(missing.error().code == "keys_missing");
    CHECK(missing.error().text.en.find(ring) != std::string::npos);
    CHECK(missing.error().text.en.find("data.keys") != std::string::npos);
    CHECK(opened(place / "in-the-safe"));
    fs::copy_file(place / "other.keys", place / "data.keys");
    CHECK(opened().error().code == "keys_other_ring");
}

TEST_CASE("a copy of the folder elsewhere finds the key file where it was, and one beside it first") {
    const TestFolder place;
    (void)make_sealed(place, vault::Suite::aes_256_gcm);
    fs::create_directory(place / "elsewhere");
    fs::copy(place / "data", place / "elsewhere/data", fs::copy_options::recursive);
    CHECK(DataFolder::open(place / "elsewhere/data", Access::read));
    fs::rename(place / "data.keys", place / "elsewhere/data.keys");
    CHECK(DataFolder::open(place / "elsewhere/data", Access::read));
    CHECK(DataFolder::open(place / "data", Access::read).error().code == "keys_missing");
}

TEST_CASE("the key file lies outside the data folder, however its path is written") {
    const TestFolder place;
    for (const char* inside : {"data/keys", "data/../data/keys", "./data/x/../keys"}) {
        const auto made =
            DataFolder::create(place / "data", {}, sealed_by(vault::Suite::aes_256_gcm, place / inside));
        REQUIRE(!made);
        CHECK(made.error().code == "keys_inside");
    }
    fs::create_directory(place / "data");
    fs::create_directory_symlink(place / "data", place / "alias");
    const auto by_link =
        DataFolder::create(place / "data", {}, sealed_by(vault::Suite::aes_256_gcm, place / "alias/keys"));
    REQUIRE(!by_link);
    CHECK(by_link.error().code == "keys_inside");
    CHECK(DataFolder::create(place / "data", {}, sealed_by(vault::Suite::aes_256_gcm, place / "data-keys")));
}

TEST_CASE(
    "rotation wraps anew and re-encrypts nothing; a new data key seals what comes, the old one still opens") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        DataFolder folder = make_sealed(place, suite);
        const Date later = *Date::parse_iso("2027-03-01");
        const auto content = content_of(stream_chunk_bytes + 3);
        const std::string segment = land(folder, 1);
        const std::string original = keep(folder, content);
        const auto before = bytes_of_file(folder.blob_path(Shelf::segments, segment));
        auto file = folder.key_file({});
        REQUIRE(file);
        REQUIRE(rotate_master_key(folder.database(), *file, later));
        REQUIRE(rotate_data_key(folder.database(), *file, later));
        const auto keys = read_data_keys(folder.database());
        REQUIRE(keys);
        REQUIRE(keys->size() == 3);  // the third wraps what the keys of single people follow from, and is new
        CHECK(keys->back().number > (1U << 30U));
        for (const auto& key : *keys) CHECK(key.master == "m2");
        CHECK(bytes_of_file(folder.blob_path(Shelf::segments, segment)) == before);

        const auto again = DataFolder::open(place / "data", Access::read);
        REQUIRE(again);
        CHECK(again->seal()->mark().key == 2);
        REQUIRE(read_segment(*again, segment));
        CHECK(read_original(*again, original) == content);
    }
}

TEST_CASE("after a new data key the same original has the name it had: what has arrived is known again") {
    const TestFolder place;
    const auto content = content_of(stream_chunk_bytes + 3);
    std::string name;
    {
        DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
        name = keep(folder, content);
        REQUIRE(rotate_data_key(folder.database(), *folder.key_file({}), *Date::parse_iso("2027-03-01")));
    }
    auto folder = DataFolder::open(place / "data", Access::write);
    REQUIRE(folder);
    CHECK(keep(*folder, content) == name);
}

TEST_CASE("a plain folder has no keys to rotate") {
    const TestFolder place;
    auto folder = DataFolder::create(place / "data");
    REQUIRE(folder);
    CHECK(folder->seal() == nullptr);
    CHECK(folder->key_file({}).error().code == "not_sealed");
    CHECK(!fs::exists(place / "data.keys"));
}

}  // namespace
}  // namespace doudi::store
