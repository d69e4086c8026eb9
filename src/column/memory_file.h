// SPDX-License-Identifier: Apache-2.0
// A file in memory, for tests of whatever writes or reads segments.
#pragma once
#include <cstring>
#include <utility>
#include <vector>

#include "column/segment.h"

namespace doudi::column {

class MemorySink : public ByteSink {
  public:
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes) override {
        data.insert(data.end(), bytes.begin(), bytes.end());
        return {};
    }
    std::vector<std::byte> data;
};

class MemorySource : public ByteSource {
  public:
    explicit MemorySource(std::vector<std::byte> data) : data_(std::move(data)) {}
    [[nodiscard]] std::uint64_t size() const override { return data_.size(); }
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        if (offset > data_.size() || out.size() > data_.size() - offset) {
            return fail(ErrorKind::unreadable, "short_read",
                        {"文件比预期短", "the file is shorter than expected"});
        }
        if (!out.empty()) std::memcpy(out.data(), data_.data() + offset, out.size());
        return {};
    }

  private:
    std::vector<std::byte> data_;
};

}  // namespace doudi::column
