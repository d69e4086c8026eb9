// SPDX-License-Identifier: Apache-2.0
// A backup's file: a tar (pax, zstd) of named entries, the last of which lists all others with size and
// SHA-256; behind it, where readers of zstd skip it, the SHA-256 of the whole. What is cut short or changed
// anywhere is refused. The file is its owner's alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::store {

class ArchiveWriter {
  public:
    // Beside `file`, which must not be there, under another name until finish().
    [[nodiscard]] static Result<ArchiveWriter> create(const std::filesystem::path& file);
    ArchiveWriter(ArchiveWriter&&) noexcept;
    ~ArchiveWriter();  // without finish(): leaves nothing

    [[nodiscard]] Result<void> add(std::string_view name, std::string_view bytes);
    [[nodiscard]] Result<void> add_file(std::string_view name, const std::filesystem::path& file);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::uint64_t size() const;  // of the file, once finished

  private:
    struct State;
    explicit ArchiveWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class ArchiveReader {
  public:
    struct Entry {
        std::string name;
        std::uint64_t size;
    };
    [[nodiscard]] static Result<ArchiveReader> open(const std::filesystem::path& file);
    ArchiveReader(ArchiveReader&&) noexcept;
    ~ArchiveReader();

    // The next one, as it stands. Nothing: all were read, whole, and are what the last entry lists.
    [[nodiscard]] Result<std::optional<Entry>> next();
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> to);  // of the entry; 0: its end
    [[nodiscard]] Result<std::string> read_all(std::uint64_t most);   // of the entry

    [[nodiscard]] std::unexpected<Error> damaged() const;  // store_backup_damaged

  private:
    struct State;
    explicit ArchiveReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::store
