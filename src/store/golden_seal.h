// SPDX-License-Identifier: Apache-2.0
// For the golden files in testdata/: keys that nobody keeps anything with, and what was written with them.
#pragma once
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "column/memory_file.h"
#include "store/sealed_stream.h"
#include "store/test_sealed.h"

namespace doudi::store {

class SealedMemorySink : public column::MemorySink {
  public:
    explicit SealedMemorySink(std::shared_ptr<const FolderSeal> seal) : seal_(std::move(seal)) {}
    [[nodiscard]] std::shared_ptr<const column::Sealing> sealing() const override { return seal_; }

  private:
    std::shared_ptr<const FolderSeal> seal_;
};

class SealedMemorySource : public column::MemorySource {
  public:
    SealedMemorySource(std::vector<std::byte> data, std::shared_ptr<const FolderSeal> seal)
        : MemorySource(std::move(data)), seal_(std::move(seal)) {}
    [[nodiscard]] std::shared_ptr<const column::Sealing> sealing() const override { return seal_; }

  private:
    std::shared_ptr<const FolderSeal> seal_;
};

inline const column::Schema golden_schema{{"row", column::Kind::number},
                                          {"id.person", column::Kind::number, true},
                                          {"name.person", column::Kind::text},
                                          {"field.state", column::Kind::dictionary}};

inline column::Batch golden_rows() {
    column::Batch batch = column::Batch::of(golden_schema);
    batch.rows = 300;
    for (std::int64_t row = 0; row < 300; ++row) {
        batch.columns[0].numbers.push_back(row + 2);
        batch.columns[1].numbers.push_back(44169919800101000 + row * 7919);
        batch.columns[1].status.push_back(row % 11 == 5 ? column::Status::none : column::Status::value);
        batch.columns[2].text.append("姓名" + std::to_string(row));
        batch.columns[3].dictionary.append(row % 3 == 0 ? "甲" : "乙");
    }
    return batch;
}

inline std::vector<std::byte> golden_segment(const std::shared_ptr<const FolderSeal>& seal) {
    SealedMemorySink sink(seal);
    column::SegmentWriter writer(golden_schema, sink);
    REQUIRE(writer.append(golden_rows()));
    REQUIRE(writer.finish());
    return std::move(sink.data);
}

inline std::vector<std::byte> golden_content() {
    std::vector<std::byte> content(1000);
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::byte>(i % 251);
    return content;
}

struct GoldenStream {
    std::string name;
    std::vector<std::byte> bytes;
};
inline GoldenStream golden_stream(const std::shared_ptr<const FolderSeal>& seal) {
    auto sealer = StreamSealer::create(seal);
    REQUIRE(sealer);
    std::vector<std::byte> bytes = sealer->header();
    std::vector<std::byte> content = golden_content();
    sealer->add_to_name(content);
    sealer->seal_chunk(content);
    bytes.insert(bytes.end(), content.begin(), content.end());
    auto end = sealer->finish();
    bytes.insert(bytes.end(), end.bytes.begin(), end.bytes.end());
    return {std::move(end.name), std::move(bytes)};
}

}  // namespace doudi::store
