// SPDX-License-Identifier: Apache-2.0
// A comma-separated file read once, from front to back, in chunks of whole rows, by as many threads as come:
// each call of next() hands out the next chunk and remembers where the unfinished row goes on. Reading is
// pread into a page-aligned buffer at page-aligned offsets (measured: five times faster than unaligned, and
// without mmap's memory).
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "column/segment.h"

namespace doudi::intake {

// Page-aligned memory with room in front for the row that the chunk before left unfinished.
class ChunkBuffer {
  public:
    explicit ChunkBuffer(std::size_t chunk_bytes);
    // Space for `front` bytes followed by a page-aligned area of chunk_bytes().
    void reserve_front(std::size_t front);
    [[nodiscard]] char* aligned() const { return aligned_; }
    [[nodiscard]] std::size_t chunk_bytes() const { return chunk_bytes_; }

  private:
    struct Free {
        void operator()(char* memory) const;
    };
    std::size_t chunk_bytes_;
    std::size_t front_ = 0;
    std::unique_ptr<char, Free> memory_;
    char* aligned_ = nullptr;
};

struct Chunk {
    std::uint64_t index = 0;
    std::string_view text;  // whole rows; lies in the caller's buffer
};

// "odd_text": the rows of this text are only found by the reader that goes through it character by character.
[[nodiscard]] std::unexpected<Error> odd_text();

// A text that proves odd (csv_rows.h, is_odd_text) only in a chunk's rows is for the caller to see; where its
// rows cannot be found at all, next() ends with odd_text().
class BulkFile {
  public:
    struct Settings {
        char separator = ',';
        std::uint64_t skip_bytes = 0;  // title and heading rows
        std::uint64_t row_bytes_max = 16U << 20U;
        column::ByteSink* original = nullptr;  // gets every byte in order; may be null
    };
    [[nodiscard]] static Result<std::unique_ptr<BulkFile>> open(const std::filesystem::path& path,
                                                                Settings settings);
    ~BulkFile();
    BulkFile(const BulkFile&) = delete;
    BulkFile& operator=(const BulkFile&) = delete;

    // False at the end of the file. Thread-safe; chunks are numbered in the file's order without gaps. After
    // an error there is no more than that error, for whoever asks.
    [[nodiscard]] Result<bool> next(ChunkBuffer& buffer, Chunk& chunk);
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] std::uint64_t bytes_read() const;
    [[nodiscard]] std::uint64_t chunks() const;  // so far

  private:
    BulkFile(int file, std::uint64_t bytes, Settings settings);
    [[nodiscard]] Result<bool> read_next(ChunkBuffer& buffer, Chunk& chunk);
    [[nodiscard]] Result<std::size_t> fill(ChunkBuffer& buffer);
    [[nodiscard]] Result<void> copy_original(std::string_view bytes);

    int file_;
    std::uint64_t bytes_;
    Settings settings_;
    mutable std::mutex mutex_;
    std::uint64_t offset_ = 0;  // of the next pread
    std::uint64_t chunks_ = 0;
    std::string unfinished_;  // the row that the last chunk cut
    std::optional<Error> failure_;
};

}  // namespace doudi::intake
