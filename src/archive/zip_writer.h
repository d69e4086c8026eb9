// SPDX-License-Identifier: Apache-2.0
// A ZIP written to a file as its entries come (libarchive). The same entries at the same hour give the same
// bytes.
#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace doudi::archive {

class ZipWriter {
  public:
    // All entries bear the hour.
    [[nodiscard]] static Result<ZipWriter> create(const std::filesystem::path& file, Instant at);
    ZipWriter(ZipWriter&&) noexcept;
    ZipWriter& operator=(ZipWriter&&) = delete;
    ~ZipWriter();  // without finish(): what was written is no whole ZIP

    // `name` in ASCII.
    [[nodiscard]] Result<void> add(std::string_view name, std::string_view content);
    [[nodiscard]] Result<void> finish();

  private:
    struct State;
    explicit ZipWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::archive
