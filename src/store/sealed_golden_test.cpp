// SPDX-License-Identifier: Apache-2.0
// Sealed files of format version 1, as they were written once: every later program reads them, and writes the
// same.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "store/golden_seal.h"
#include "vault/digest.h"

namespace doudi::store {
namespace {

struct Golden {
    vault::Suite suite;
    const char* files;    // "aes"
    const char* wrapped;  // the data key
    const char* stream_name;
};

constexpr Golden all_golden[] = {
    {vault::Suite::aes_256_gcm, "aes",
     "1:"
     "8d50369721c5056dbc5131ea11283824195fca2ff3a9236952a7be67c4566bd1aae342380b6847cef4260e52b75cd66a8e33490"
     "313d5"
     "7d3eb16c4a59",
     "743ab756840847ba8a02c03e083c9f4d738f5e476142dcac2311302dff7fd386"},
    {vault::Suite::sm4_hmac_sm3, "sm4",
     "2:"
     "db217aa599f704cf13da99f2fa9689140739c6994796b409a8092571815548af85671fff4cba45a7117e82b0a4dd90199c5f422"
     "695"
     "9221b0879ab059c077690f",
     "d3752c11c4405329b3a67de4445538e5adce7c7b513dc69e8d7c106fc4e89db8"},
};

std::filesystem::path golden_file(const std::string& name) {
    return std::filesystem::path(DOUDI_SOURCE_DIR "/src/store/testdata") / name;
}

std::shared_ptr<const FolderSeal> golden_seal(const Golden& golden) {
    const TestFolder place;  // a key file that others may read is refused, and a checkout's may be read
    write_file(place / "golden.keys", bytes_of_file(golden_file("golden.keys")));
    REQUIRE(::chmod((place / "golden.keys").c_str(), 0600) == 0);
    const auto file = vault::KeyFile::open(place / "golden.keys");
    REQUIRE(file);
    const vault::WrappedKey key{1, file->active().created_on, true, "m1", golden.wrapped};
    auto ring = vault::KeyRing::open(*file, golden.suite, file->ring(), {&key, 1});
    REQUIRE(ring);
    return std::make_shared<const FolderSeal>(std::make_shared<const vault::KeyRing>(std::move(*ring)),
                                              FolderSeal::Covers{});
}

TEST_CASE("a sealed segment of format version 1 is read, and written to the byte") {
    for (const Golden& golden : all_golden) {
        const auto seal = golden_seal(golden);
        const auto bytes = bytes_of_file(golden_file(std::string("segment-v1-") + golden.files + ".bin"));
        const auto reader = column::SegmentReader::open(std::make_shared<SealedMemorySource>(bytes, seal));
        REQUIRE(reader);
        CHECK(reader->schema() == golden_schema);
        column::Batch batch;
        REQUIRE(reader->read_block(0, batch));
        const column::Batch wanted = golden_rows();
        REQUIRE(batch.rows == wanted.rows);
        for (std::size_t row = 0; row < wanted.rows; ++row) {
            const bool there = wanted.columns[1].status[row] == column::Status::value;
            CHECK(batch.columns[1].numbers[row] == (there ? wanted.columns[1].numbers[row] : 0));
            CHECK(batch.columns[2].text.at(row) == wanted.columns[2].text.at(row));
            CHECK(batch.columns[3].dictionary.at(row) == wanted.columns[3].dictionary.at(row));
        }
        CHECK(golden_segment(seal) == bytes);
    }
}

TEST_CASE("a sealed stream of format version 1 is read, and written to the byte and under its name") {
    for (const Golden& golden : all_golden) {
        const auto seal = golden_seal(golden);
        const auto bytes = bytes_of_file(golden_file(std::string("stream-v1-") + golden.files + ".bin"));
        const auto source =
            open_sealed_stream(std::make_shared<column::MemorySource>(bytes), *seal, golden.stream_name);
        REQUIRE(source);
        std::vector<std::byte> content((*source)->size());
        REQUIRE((*source)->read(0, content));
        CHECK(content == golden_content());
        const GoldenStream written = golden_stream(seal);
        CHECK(written.bytes == bytes);
        CHECK(written.name == golden.stream_name);
    }
}

}  // namespace
}  // namespace doudi::store
