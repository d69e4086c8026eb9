// SPDX-License-Identifier: Apache-2.0
#include "vault/key_tree.h"

#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "vault/block_cipher.h"
#include "vault/secret.h"

namespace doudi::vault {
namespace {

TreeNode root_of(std::uint8_t byte) {
    TreeNode root;
    root.key.fill(std::byte{byte});
    return root;
}

std::shared_ptr<const KeyCover> cover_of(const std::vector<TreeNode>& nodes) {
    return std::make_shared<const KeyCover>(nodes);
}

std::optional<TreeKey> key_in(const std::shared_ptr<const KeyCover>& cover, std::uint32_t id) {
    KeyCursor cursor(cover);
    const TreeKey* key = cursor.key_of(id);
    return key == nullptr ? std::nullopt : std::optional(*key);
}

// The nodes that are left when an id's key is destroyed.
std::vector<TreeNode> without(std::vector<TreeNode> nodes, std::uint32_t id) {
    const auto puncture = KeyCover(nodes).puncture(id);
    REQUIRE(puncture);
    std::erase_if(nodes, [&](const TreeNode& node) {
        return node.depth == puncture->gone.depth && node.prefix == puncture->gone.prefix;
    });
    nodes.insert(nodes.end(), puncture->instead.begin(), puncture->instead.end());
    return nodes;
}

constexpr std::uint32_t some_ids[] = {0,   1,     2,     15,      16,         17,        255,
                                      256, 65535, 65536, 1999999, 0x7fffffff, 0xffffffff};

TEST_CASE("SM4 on one block is GB/T 32907's") {
    BlockCipher cipher;
    TreeKey key{};
    const auto sample = *bytes_of_hex("0123456789abcdeffedcba9876543210");
    std::ranges::copy(sample, key.begin());
    std::vector<std::byte> block = sample;
    cipher.set_key(key);
    cipher.encrypt(block);
    CHECK(hex_of(block) == "681edf34d206965e86b3e94f536e4246");
}

TEST_CASE("each id has a key of its own, the same in whatever order they are asked for") {
    const auto cover = cover_of({root_of(7)});
    std::set<std::string> seen;
    KeyCursor forward(cover);
    for (std::uint32_t id = 0; id < 5000; ++id) {
        const TreeKey* key = forward.key_of(id);
        REQUIRE(key != nullptr);
        CHECK(seen.insert(hex_of(*key)).second);
        if (id % 97 == 0) CHECK(*key == *key_in(cover, id));
    }
    KeyCursor jumping(cover);
    for (const std::uint32_t id : {4999U, 3U, 4096U, 4095U, 0U, 0xffffffffU, 17U}) {
        const TreeKey* key = jumping.key_of(id);
        REQUIRE(key != nullptr);
        CHECK(*key == *key_in(cover, id));
    }
    CHECK(*key_in(cover_of({root_of(8)}), 3) != *key_in(cover, 3));
}

TEST_CASE("a key that was destroyed follows from nothing that is kept; every other one is what it was") {
    const auto before = cover_of({root_of(7)});
    for (const std::uint32_t gone : some_ids) {
        const std::vector<TreeNode> left = without({root_of(7)}, gone);
        CHECK(left.size() == 15 * 8);
        const auto after = cover_of(left);
        CHECK_FALSE(key_in(after, gone));
        CHECK_FALSE(KeyCover(left).puncture(gone));
        for (const std::uint32_t id : some_ids) {
            if (id != gone) CHECK(key_in(after, id) == key_in(before, id));
        }
        // None of the nodes is on the way to it.
        for (const TreeNode& node : left)
            CHECK((node.depth == 0 ? 0 : gone >> (4 * (8 - node.depth))) != node.prefix);
    }
}

TEST_CASE(
    "many destroyed in a row: a cursor walks over them, and the cover grows by what they do not share") {
    std::vector<TreeNode> nodes{root_of(7)};
    for (std::uint32_t id = 100; id < 140; ++id) nodes = without(nodes, id);
    CHECK(nodes.size() < 200);
    const auto before = cover_of({root_of(7)});
    KeyCursor cursor(cover_of(nodes));
    for (std::uint32_t id = 90; id < 150; ++id) {
        const TreeKey* key = cursor.key_of(id);
        CHECK((key == nullptr) == (id >= 100 && id < 140));
        if (key != nullptr) CHECK(*key == *key_in(before, id));
    }
}

TEST_CASE("two new trees have nothing in common") {
    CHECK(KeyCover::random_root().key != KeyCover::random_root().key);
}

}  // namespace
}  // namespace doudi::vault
