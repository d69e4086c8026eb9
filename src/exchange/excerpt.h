// SPDX-License-Identifier: Apache-2.0
// A household of the register as a message says it, whether a peer is concerned with it, and how what a peer
// says of one stands to ours.
#pragma once
#include "exchange/desk.h"
#include "registry/records.h"

namespace doudi::exchange {

// Every field of registry/fields.h that is known; the members that are there now.
[[nodiscard]] Result<Content> excerpt_of(store::DataFolder& data, HouseholdId household);

// Of the office that the peer is; where it is none of ours, of the office that speaks to it.
[[nodiscard]] Result<bool> in_reach(Desk& desk, const Peer& peer, HouseholdId household);
// Rows for the register's loader; a value that a field cannot have is refused.
struct ExcerptRows {
    registry::HouseholdRow household;
    std::vector<registry::MemberRow> members;
};
[[nodiscard]] Mapped<ExcerptRows> rows_of(const Content& content);

// Whether ours says all that theirs says. What theirs leaves out is no difference.
[[nodiscard]] bool says_the_same(const Content& ours, const Content& theirs);

}  // namespace doudi::exchange
