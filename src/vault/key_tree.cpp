// SPDX-License-Identifier: Apache-2.0
#include "vault/key_tree.h"

#include <utility>

#include "base/result.h"
#include "vault/block_cipher.h"
#include "vault/secret.h"

namespace doudi::vault {

namespace {

constexpr std::uint32_t bits_of_level = 4;
constexpr std::uint32_t branches = 1U << bits_of_level;
constexpr std::uint32_t levels = KeyCover::levels;

std::uint64_t place_of(std::uint32_t depth, std::uint32_t prefix) {
    return std::uint64_t{depth} << 32U | prefix;
}

std::uint32_t prefix_of(std::uint32_t id, std::uint32_t depth) {
    return depth == 0 ? 0 : id >> (bits_of_level * (levels - depth));
}

// A branch of a node: what the node's key makes of a block that says which.
TreeKey branch_of(BlockCipher& cipher, const TreeKey& node, std::uint32_t branch) {
    TreeKey block{};
    block[0] = static_cast<std::byte>(branch);
    block[15] = std::byte{'b'};
    cipher.set_key(node);
    cipher.encrypt(block);
    return block;
}

}  // namespace

KeyCover::KeyCover(std::span<const TreeNode> nodes) {
    for (const TreeNode& node : nodes) {
        ensure(node.depth <= levels, "a node of the tree");
        nodes_.emplace(place_of(node.depth, node.prefix), node.key);
    }
}

TreeNode KeyCover::random_root() {
    TreeNode root;
    fill_random(root.key);
    return root;
}

const TreeKey* KeyCover::find(std::uint32_t depth, std::uint32_t prefix) const {
    const auto found = nodes_.find(place_of(depth, prefix));
    return found == nodes_.end() ? nullptr : &found->second;
}

std::optional<KeyCover::Puncture> KeyCover::puncture(std::uint32_t id) const {
    for (std::uint32_t depth = 0; depth <= levels; ++depth) {
        const TreeKey* key = find(depth, prefix_of(id, depth));
        if (key == nullptr) continue;
        Puncture made{{depth, prefix_of(id, depth), *key}, {}};
        BlockCipher cipher;
        TreeKey at = *key;
        for (std::uint32_t below = depth + 1; below <= levels; ++below) {
            const std::uint32_t own = prefix_of(id, below);
            for (std::uint32_t branch = 0; branch < branches; ++branch) {
                const std::uint32_t prefix = (own & ~(branches - 1)) | branch;
                if (prefix != own) made.instead.push_back({below, prefix, branch_of(cipher, at, branch)});
            }
            at = branch_of(cipher, at, own & (branches - 1));
        }
        wipe(at);
        return made;
    }
    return std::nullopt;
}

struct KeyCursor::State {
    std::shared_ptr<const KeyCover> cover;
    BlockCipher cipher;
    std::uint32_t id = 0;
    std::uint32_t from = levels + 1;  // path[from…] hold the keys on the way to `id`; past the end: none
    std::array<TreeKey, levels + 1> path{};
};

KeyCursor::KeyCursor(std::shared_ptr<const KeyCover> cover) : state_(std::make_unique<State>()) {
    state_->cover = std::move(cover);
}
KeyCursor::KeyCursor(KeyCursor&&) noexcept = default;
KeyCursor& KeyCursor::operator=(KeyCursor&&) noexcept = default;
KeyCursor::~KeyCursor() {
    if (state_ != nullptr) {
        for (TreeKey& key : state_->path) wipe(key);
    }
}

const TreeKey* KeyCursor::key_of(std::uint32_t id) {
    State& state = *state_;
    // The deepest node that both ids have in common, if it is below one of the cover.
    std::uint32_t depth = levels;
    while (depth > 0 && prefix_of(id, depth) != prefix_of(state.id, depth)) --depth;
    if (state.from > levels || depth < state.from) {
        for (depth = 0; depth <= levels; ++depth) {
            const TreeKey* key = state.cover->find(depth, prefix_of(id, depth));
            if (key == nullptr) continue;
            state.path[depth] = *key;
            state.from = depth;
            break;
        }
        if (depth > levels) return nullptr;
    }
    for (std::uint32_t below = depth + 1; below <= levels; ++below)
        state.path[below] =
            branch_of(state.cipher, state.path[below - 1], prefix_of(id, below) & (branches - 1));
    state.id = id;
    return &state.path[levels];
}

}  // namespace doudi::vault
