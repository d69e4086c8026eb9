// SPDX-License-Identifier: Apache-2.0
#include "store/subject_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "vault/digest.h"
#include "vault/purpose.h"
#include "vault/secret.h"

namespace doudi::store {

namespace {

constexpr SubjectKind both_kinds[] = {SubjectKind::person, SubjectKind::household};
constexpr std::uint32_t first_wrapping = 1U << 30U;

std::unexpected<Error> damaged(SubjectKind kind) {
    return fail(
        ErrorKind::unreadable, "subject_key_damaged",
        {fmt::format("个人密钥（第 {} 类）打不开：被改动、移动，或密钥不符", static_cast<int>(kind)),
         fmt::format("the keys of single people (kind {}) do not open: they were edited, moved, or the "
                     "key is another",
                     static_cast<int>(kind))});
}

std::string place_of(SubjectKind kind, const vault::TreeNode& node) {
    return fmt::format("subject_key/{}/{}/{}", static_cast<int>(kind), node.depth, node.prefix);
}

// Seals nodes under one key.
class NodeWrapper {
  public:
    static Result<NodeWrapper> of(const vault::KeyRing& ring, std::uint32_t number) {
        return NodeWrapper(*TRY(ring.seal_key(number, ring.suite(), vault::purpose_subject_node)));
    }
    std::vector<std::byte> wrap(SubjectKind kind, const vault::TreeNode& node) {
        std::vector<std::byte> bytes(node.key.begin(), node.key.end());
        bytes.resize(node.key.size() + seal_bytes_);
        const auto all = std::span(bytes);
        sealer_.seal(vault::bytes_of(place_of(kind, node)), all.first(node.key.size()),
                     all.last(seal_bytes_));
        return bytes;
    }
    // False: it is not what was wrapped.
    bool unwrap(SubjectKind kind, vault::TreeNode& node, std::span<const std::byte> wrapped) {
        if (wrapped.size() != node.key.size() + seal_bytes_) return false;
        std::ranges::copy(wrapped.first(node.key.size()), node.key.begin());
        return sealer_.open(vault::bytes_of(place_of(kind, node)), node.key, wrapped.last(seal_bytes_));
    }

  private:
    explicit NodeWrapper(const vault::SealKey& key)
        : sealer_(key), seal_bytes_(vault::Sealer::seal_bytes(key.suite())) {}
    vault::Sealer sealer_;
    std::size_t seal_bytes_;
};

Result<void> insert_nodes(Database& database, NodeWrapper& wrapper, std::uint32_t number, SubjectKind kind,
                          std::span<const vault::TreeNode> nodes) {
    auto insert = TRY(database.prepare(
        "insert into subject_key (kind, depth, prefix, ring_key, wrapped) values ($1, $2, $3, $4, $5)"));
    for (const vault::TreeNode& node : nodes) {
        const auto wrapped = wrapper.wrap(kind, node);
        insert.bind(1, static_cast<std::int64_t>(kind)).bind(2, std::int64_t{node.depth});
        insert.bind(3, std::int64_t{node.prefix}).bind(4, std::int64_t{number});
        TRY_VOID(insert.bind(5, std::span<const std::byte>(wrapped)).run());
    }
    return {};
}

Result<std::vector<vault::TreeNode>> read_nodes(Database& database, const vault::KeyRing& ring,
                                                SubjectKind kind) {
    auto query = TRY(database.prepare(
        "select depth, prefix, ring_key, wrapped from subject_key where kind = $1 order by depth, prefix"));
    query.bind(1, static_cast<std::int64_t>(kind));
    std::vector<vault::TreeNode> nodes;
    std::optional<NodeWrapper> wrapper;
    std::int64_t number = 0;
    while (TRY(query.step())) {
        if (!wrapper || query.integer(2) != number) {
            number = query.integer(2);
            wrapper.emplace(TRY(NodeWrapper::of(ring, static_cast<std::uint32_t>(number))));
        }
        vault::TreeNode node{
            static_cast<std::uint32_t>(query.integer(0)), static_cast<std::uint32_t>(query.integer(1)), {}};
        if (node.depth > vault::KeyCover::levels || !wrapper->unwrap(kind, node, query.blob(3)))
            return damaged(kind);
        nodes.push_back(node);
    }
    return nodes;
}

// The number of the key that wraps nodes now; 0: there is none.
Result<std::uint32_t> wrapping_number(Database& database) {
    auto query = TRY(database.prepare("select coalesce(max(id), 0) from data_key where state = 'subjects'"));
    (void)TRY(query.step());
    return static_cast<std::uint32_t>(query.integer(0));
}

// A ring of one key, that wraps nodes.
Result<vault::KeyRing> ring_of(const vault::KeyFile& file, vault::Suite suite, vault::WrappedKey key) {
    key.active = true;
    return vault::KeyRing::open(file, suite, file.ring(), std::span(&key, 1));
}

}  // namespace

Result<bool> has_subject_keys(Database& database) {
    return TRY(wrapping_number(database)) != 0;
}

Result<void> plant_subject_keys(Database& database, const vault::KeyFile& file, vault::Suite suite,
                                Date today) {
    vault::WrappedKey key = vault::KeyRing::new_key(file, suite, first_wrapping, today);
    key.active = false;
    TRY_VOID(insert_data_key(database, key));
    const vault::KeyRing ring = TRY(ring_of(file, suite, key));
    NodeWrapper wrapper = TRY(NodeWrapper::of(ring, key.number));
    for (const SubjectKind kind : both_kinds) {
        const vault::TreeNode root = vault::KeyCover::random_root();
        TRY_VOID(insert_nodes(database, wrapper, key.number, kind, std::span(&root, 1)));
    }
    return {};
}

Result<FolderSeal::Covers> read_covers(Database& database, const vault::KeyRing& ring) {
    FolderSeal::Covers covers;
    if (!TRY(has_subject_keys(database))) return covers;
    for (const SubjectKind kind : both_kinds) {
        const auto nodes = TRY(read_nodes(database, ring, kind));
        if (nodes.empty()) return damaged(kind);  // nobody has four thousand million people to forget
        covers[static_cast<std::size_t>(kind) - 1] = std::make_shared<const vault::KeyCover>(nodes);
    }
    return covers;
}

Result<bool> destroy_subject_key(Database& database, const FolderSeal& seal, SubjectKind kind,
                                 std::uint32_t id) {
    const auto puncture = seal.cover(kind)->puncture(id);
    if (!puncture) return false;
    auto remove =
        TRY(database.prepare("delete from subject_key where kind = $1 and depth = $2 and prefix = $3"));
    remove.bind(1, static_cast<std::int64_t>(kind)).bind(2, std::int64_t{puncture->gone.depth});
    TRY_VOID(remove.bind(3, std::int64_t{puncture->gone.prefix}).run());
    ensure(database.changes() == 1, "the cover is the store's");
    const std::uint32_t number = TRY(wrapping_number(database));
    NodeWrapper wrapper = TRY(NodeWrapper::of(seal.ring(), number));
    TRY_VOID(insert_nodes(database, wrapper, number, kind, puncture->instead));
    return true;
}

Result<void> rewrap_subject_keys(Database& database, const vault::KeyFile& file, const vault::KeyRing& ring,
                                 Date today) {
    const std::uint32_t before = TRY(wrapping_number(database));
    if (before == 0) return {};
    vault::WrappedKey key = vault::KeyRing::new_key(file, ring.suite(), before + 1, today);
    key.active = false;
    const vault::KeyRing fresh = TRY(ring_of(file, ring.suite(), key));
    NodeWrapper wrapper = TRY(NodeWrapper::of(fresh, key.number));
    for (const SubjectKind kind : both_kinds) {
        const auto nodes = TRY(read_nodes(database, ring, kind));
        auto remove = TRY(database.prepare("delete from subject_key where kind = $1"));
        TRY_VOID(remove.bind(1, static_cast<std::int64_t>(kind)).run());
        TRY_VOID(insert_nodes(database, wrapper, key.number, kind, nodes));
    }
    auto forget = TRY(database.prepare("delete from data_key where id = $1"));
    TRY_VOID(forget.bind(1, std::int64_t{before}).run());
    return insert_data_key(database, key);
}

}  // namespace doudi::store
