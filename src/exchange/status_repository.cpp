// SPDX-License-Identifier: Apache-2.0
#include "exchange/status_repository.h"

#include <algorithm>

namespace doudi::exchange::repository {

namespace {

std::uint64_t count_of(const std::vector<StateCount>& counts, std::string_view state) {
    const auto found = std::ranges::find(counts, state, &StateCount::state);
    return found == counts.end() ? 0 : found->count;
}

Result<std::vector<std::string>> select_peers(Shelf& shelf) {
    auto query = TRY(shelf.database.prepare("select peer from exchange_peer order by peer"));
    std::vector<std::string> peers;
    while (TRY(query.step())) peers.push_back(query.text(0));
    return peers;
}

Result<std::uint64_t> count_differences(Shelf& shelf, std::string_view peer) {
    auto query = TRY(shelf.database.prepare(
        "select count(*) from exchange_difference where peer = $1 and settled_at is null"));
    (void)TRY(query.bind(1, peer).step());
    return static_cast<std::uint64_t>(query.integer(0));
}

}  // namespace

std::uint64_t PeerStatus::out_in(std::string_view state) const {
    return count_of(out, state);
}

std::uint64_t PeerStatus::in_in(std::string_view state) const {
    return count_of(in, state);
}

Result<std::vector<PeerStatus>> read_status(Shelf& shelf) {
    std::vector<PeerStatus> all;
    for (std::string& peer : TRY(select_peers(shelf))) {
        PeerStatus one;
        one.standing = TRY(standing(shelf, peer));
        one.out = TRY(count_out(shelf, peer));
        one.in = TRY(count_in(shelf, peer));
        one.differences = TRY(count_differences(shelf, peer));
        one.peer = std::move(peer);
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace doudi::exchange::repository
