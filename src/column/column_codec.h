// SPDX-License-Identifier: Apache-2.0
// One column of one block as bytes and back. Numbers: frame of reference (value - min) in 0, 1, 2, 4 or 8
// bytes: whole bytes, so that both ways run at memory speed. Text: row lengths as such a lane, then the
// bytes. Dictionary: codes as such a lane, then the words in the order of their first appearance. A row
// without a value leaves nothing but its status: the bytes depend on the rows alone.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "column/batch.h"
#include "column/segment_format.h"

namespace doudi::column {

// Appends the column's `rows` rows as a chunk and returns its header. A dictionary's words must stand in the
// order of their first use by a row with a value, and none besides.
[[nodiscard]] Result<ChunkHeader> encode_chunk(const Column& column, std::size_t rows, Bytes& out);

// Fills `out` from the chunk; `what` names the place in errors. A row without a value reads as 0, "" or code
// 0.
[[nodiscard]] Result<void> decode_chunk(std::span<const std::byte> chunk, Kind kind, std::size_t rows,
                                        std::string_view what, Column& out);

}  // namespace doudi::column
