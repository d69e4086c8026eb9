// SPDX-License-Identifier: Apache-2.0
// What a row says of a person, sealed as one record: SM4-CTR with HMAC-SM3 whatever the folder's cipher is,
// bound to table, column and the row's key. The same content in the same row gives the same bytes, so that a
// run that is repeated leaves what it left; in another row it gives others.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/sealing.h"
#include "vault/sealer.h"

namespace doudi::store {

using RowKey = std::span<const std::int64_t>;  // as the table's primary key has it

// Whose record it is: with a key of their own, which can be destroyed (vault/key_tree.h).
struct SealedSubject {
    SubjectKind kind{};
    std::uint32_t id = 0;
};

// For one thread, and one column of one table.
class RowSeal {
  public:
    // `place`: "member.sealed".
    [[nodiscard]] static Result<RowSeal> create(std::shared_ptr<const FolderSeal> seal,
                                                std::string_view place);
    // Valid until the next call.
    [[nodiscard]] std::span<const std::byte> seal(RowKey row, std::span<const std::byte> content);
    // Valid until the next call. An error names the place, the row and the key.
    [[nodiscard]] Result<std::span<const std::byte>> open(RowKey row, std::span<const std::byte> sealed);

    // The same of a record of someone who has a key of their own. Empty: it was destroyed; nothing about them
    // is sealed any more.
    [[nodiscard]] std::span<const std::byte> seal(SealedSubject of, RowKey row,
                                                  std::span<const std::byte> content);
    // Opens also one that was sealed before there were such keys. Nothing: the key was destroyed.
    [[nodiscard]] Result<std::optional<std::span<const std::byte>>> open(SealedSubject of, RowKey row,
                                                                         std::span<const std::byte> sealed);
    // The key was destroyed.
    [[nodiscard]] bool is_gone(SealedSubject of);
    // Would the record be lost with its subject's key? False: it was sealed before there were any.
    [[nodiscard]] static bool is_bound(std::span<const std::byte> sealed);

  private:
    RowSeal(std::shared_ptr<const FolderSeal> seal, std::string_view place);
    [[nodiscard]] Result<vault::Sealer*> sealer(std::uint32_t key, bool bound = false);
    [[nodiscard]] const vault::TreeKey* key_of(SealedSubject of);
    [[nodiscard]] std::span<const std::byte> about(RowKey row);
    [[nodiscard]] std::unexpected<Error> broken(RowKey row, std::uint32_t key) const;

    std::shared_ptr<const FolderSeal> seal_;
    std::string place_;
    std::uint32_t active_;
    std::vector<std::pair<std::uint32_t, vault::Sealer>> sealers_;  // by data key; bound ones with a bit set
    std::vector<std::pair<SubjectKind, vault::KeyCursor>> cursors_;
    std::vector<std::byte> about_;
    std::vector<std::byte> record_;
};

}  // namespace doudi::store
