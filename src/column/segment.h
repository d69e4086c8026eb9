// SPDX-License-Identifier: Apache-2.0
// The segment format, version 1 (docs/formats/segment.md): an immutable columnar file.
//   header   magic "DOUDISEG", version, cipher and key, schema hash, block rows (the number of rows is known
//   last: it stands in the footer,
//            so that a segment is written, and hashed, in one pass)
//   blocks   65,536 rows each (the last fewer), in the file's order, aligned to 4096; for each column:
//   encoding, min, max,
//            2-bit status lane if any row is not a value, payload, CRC32C
//   footer   the schema, the rows, the directory of blocks; trailer with the footer's place and CRC32C
// The same rows give the same bytes, however they were cut into batches. Reading checks every CRC it passes.
// A row whose status is not value keeps its status only: it reads as 0, "" or code 0.
// Where the place has a Sealing, blocks and footer are encrypted and authenticated, the footer holds each
// block's seal, and a segment that is not sealed is refused.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "column/batch.h"
#include "column/seal.h"

namespace doudi::column {

inline constexpr std::uint32_t segment_block_rows = 65536;
// What one column of a block may hold in texts, or in words that differ: a block is kept until it is full.
inline constexpr std::size_t segment_block_text = 64U << 20U;

// Where a segment's bytes go and come from; store/ gives files, tests give memory.
class ByteSink {
  public:
    virtual ~ByteSink() = default;
    [[nodiscard]] virtual Result<void> write(std::span<const std::byte> bytes) = 0;
    // The same for a block whose seal stands in what is written by write(): nothing of it need be hashed.
    [[nodiscard]] virtual Result<void> write_sealed(std::span<const std::byte> bytes) { return write(bytes); }
    [[nodiscard]] virtual std::shared_ptr<const Sealing> sealing() const { return nullptr; }  // null: plain
};
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    [[nodiscard]] virtual Result<void> read(std::uint64_t offset, std::span<std::byte> out) const = 0;
    [[nodiscard]] virtual std::shared_ptr<const Sealing> sealing() const { return nullptr; }  // null: plain
    [[nodiscard]] virtual std::string name() const { return {}; }  // the file's, for errors
};

class SegmentWriter {
  public:
    SegmentWriter(Schema schema, ByteSink& sink);
    ~SegmentWriter();
    SegmentWriter(SegmentWriter&&) noexcept;
    // Appends the batch's rows; whole blocks are encoded and written as they fill. Error segment_text_limit:
    // a column holds more than segment_block_text; nothing more may be appended then.
    [[nodiscard]] Result<void> append(const Batch& batch);
    // Writes the last block, footer and trailer. Returns the number of rows.
    [[nodiscard]] Result<std::uint64_t> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

class SegmentReader {
  public:
    [[nodiscard]] static Result<SegmentReader> open(std::shared_ptr<const ByteSource> source);
    [[nodiscard]] const Schema& schema() const;
    [[nodiscard]] std::uint64_t rows() const;
    [[nodiscard]] std::size_t blocks() const;
    // Smallest and largest number of a column in a block (kind number only), for skipping. No value at all:
    // first > second.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> range(std::size_t block, std::size_t column) const;
    // Replaces out's rows by the block's. Thread-safe: each thread with its own batch.
    [[nodiscard]] Result<void> read_block(std::size_t block, Batch& out) const;

  private:
    struct State;
    std::shared_ptr<const State> state_;
};

}  // namespace doudi::column
