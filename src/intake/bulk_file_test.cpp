// SPDX-License-Identifier: Apache-2.0
#include "intake/bulk_file.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

// Takes one write, and refuses all behind it.
class FullAfterOne : public column::ByteSink {
  public:
    Result<void> write(std::span<const std::byte>) override {
        if (++writes == 1) return {};
        return fail(ErrorKind::io, "disk_full", {"磁盘空间不足", "the disk is full"});
    }
    int writes = 0;
};

TEST_CASE(
    "who asks for a chunk after the original could not be kept is told so, and nothing more is written") {
    std::string text;
    for (int row = 0; row < 4000; ++row) text += "张三,441699197406129795\n";
    const test::TemporaryFolder folder;
    FullAfterOne original;
    const auto file = BulkFile::open(folder.file("名册.csv", text), {.original = &original});
    REQUIRE(file.has_value());
    ChunkBuffer buffer(16U << 10U);
    Chunk chunk;
    REQUIRE((*file)->next(buffer, chunk).has_value());
    for (int thread = 0; thread < 3; ++thread) {
        const auto more = (*file)->next(buffer, chunk);
        REQUIRE_FALSE(more.has_value());
        CHECK(more.error().code == "disk_full");
    }
    CHECK(original.writes == 2);
}

}  // namespace
}  // namespace doudi::intake
