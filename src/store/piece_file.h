// SPDX-License-Identifier: Apache-2.0
// A file that arrives in pieces and lies on the disk until it is used. In a sealed folder under a key of its
// own, which its row holds, wrapped: when the row goes, no byte of the file can be read any more. Pieces may
// be of any size, and of other sizes when they come again: only where the content ends counts.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sealing.h"
#include "vault/sealer.h"

namespace doudi::store {

using PieceKey = std::shared_ptr<const vault::SealKey>;  // null: the folder is plain

struct WrappedPieceKey {
    PieceKey key;
    std::string wrapped;  // as the row holds it
};
[[nodiscard]] Result<WrappedPieceKey> new_piece_key(const FolderSeal& seal, std::string_view file_id);
[[nodiscard]] Result<PieceKey> open_piece_key(const FolderSeal& seal, std::string_view file_id,
                                              std::string_view wrapped);

// Of content bytes; what a killed program left of a last piece does not count. not_found: there is no file.
[[nodiscard]] Result<std::uint64_t> size_of_pieces(const std::filesystem::path& path, const PieceKey& key);

// One that is ours alone while it is written.
class PieceFile {
  public:
    // Empty and durable; its folder is synced by the caller.
    [[nodiscard]] static Result<void> create(const std::filesystem::path& path);
    // conflict "upload_busy": someone else has it open. What is left of an unfinished piece is cut off.
    [[nodiscard]] static Result<PieceFile> open(const std::filesystem::path& path, PieceKey key);
    PieceFile(PieceFile&& other) noexcept;
    PieceFile& operator=(PieceFile&&) = delete;
    ~PieceFile();

    [[nodiscard]] std::uint64_t size() const { return size_; }
    // Durable when it returns.
    [[nodiscard]] Result<void> append(std::string_view piece);
    [[nodiscard]] Result<void> clear();
    // The content in order; memory for one part of it.
    [[nodiscard]] Result<void> read(
        const std::function<Result<void>(std::span<const std::byte>)>& take) const;

  private:
    PieceFile(int descriptor, std::filesystem::path path, PieceKey key);
    int descriptor_;
    std::filesystem::path path_;
    PieceKey key_;
    std::uint64_t size_ = 0;  // of the content
    std::uint64_t end_ = 0;   // of what counts of the file
};

}  // namespace doudi::store
