// SPDX-License-Identifier: Apache-2.0
// A file of any content as it lies in a sealed folder (docs/formats/stream.md): chunks of 256 KiB, each
// encrypted and authenticated in its place, then a directory with every chunk's seal, sealed itself. Read at
// any offset. The file's name is a keyed hash of its content: equal files have one name, and the name tells
// nobody what is in them.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "column/segment.h"
#include "store/sealing.h"
#include "vault/digest.h"

namespace doudi::store {

inline constexpr std::size_t stream_chunk_bytes = std::size_t{256} << 10U;

class StreamSealer {
  public:
    [[nodiscard]] static Result<StreamSealer> create(std::shared_ptr<const FolderSeal> seal);
    [[nodiscard]] std::vector<std::byte> header() const;
    void add_to_name(std::span<const std::byte> content) { name_.add(content); }
    // Encrypts the next chunk where it lies; all but the last are stream_chunk_bytes long.
    void seal_chunk(std::span<std::byte> chunk);
    struct End {
        std::string name;              // 64 hexadecimal digits
        std::vector<std::byte> bytes;  // directory and trailer
    };
    [[nodiscard]] End finish();

  private:
    StreamSealer(column::SealMark mark, std::shared_ptr<const vault::SealKey> key, vault::Hmac name);
    column::SealMark mark_;
    std::shared_ptr<const vault::SealKey> key_;
    vault::Sealer sealer_;
    vault::Hmac name_;
    std::uint64_t size_ = 0;
    std::vector<std::byte> seals_;
};

// Does a file begin as one of these?
[[nodiscard]] bool is_sealed_stream(std::span<const std::byte> first_bytes);

// The content of one, which must be of this name. Every read checks what it passes.
[[nodiscard]] Result<std::shared_ptr<const column::ByteSource>> open_sealed_stream(
    std::shared_ptr<const column::ByteSource> file, const FolderSeal& seal, std::string_view name);

}  // namespace doudi::store
