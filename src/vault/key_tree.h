// SPDX-License-Identifier: Apache-2.0
// A key for each of four thousand million ids that follow from one secret, and of which each can be destroyed
// alone: a tree of sixteen branches and eight levels, whose nodes give the keys below them and nothing above
// or beside. What is kept is a cover: nodes that reach every id but those that were destroyed
// (decisions/0035).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace doudi::vault {

using TreeKey = std::array<std::byte, 16>;  // of SM4

// The node that covers the ids whose first 4 × depth bits are `prefix`.
struct TreeNode {
    std::uint32_t depth = 0;   // 0: all ids; 8: one
    std::uint32_t prefix = 0;  // below 16^depth
    TreeKey key{};
};

class KeyCover {
  public:
    static constexpr std::uint32_t levels = 8;

    explicit KeyCover(std::span<const TreeNode> nodes);
    // The whole tree, from a new secret.
    [[nodiscard]] static TreeNode random_root();

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] const TreeKey* find(std::uint32_t depth, std::uint32_t prefix) const;

    // What takes the place of the node that covers an id, so that this id's key follows from nothing any
    // more.
    struct Puncture {
        TreeNode gone;
        std::vector<TreeNode> instead;
    };
    // Nothing: it was destroyed before.
    [[nodiscard]] std::optional<Puncture> puncture(std::uint32_t id) const;

  private:
    std::unordered_map<std::uint64_t, TreeKey> nodes_;
};

// Gives keys, fast where ids come in order; for one thread.
class KeyCursor {
  public:
    explicit KeyCursor(std::shared_ptr<const KeyCover> cover);
    KeyCursor(KeyCursor&&) noexcept;
    KeyCursor& operator=(KeyCursor&&) noexcept;
    ~KeyCursor();
    // Null: it was destroyed. Valid until the next call.
    [[nodiscard]] const TreeKey* key_of(std::uint32_t id);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::vault
