// SPDX-License-Identifier: Apache-2.0
// The rows of this room. SQL stands in repository.cpp (one message, one peer) and lists_repository.cpp only.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/frame.h"
#include "exchange/records.h"
#include "store/data_folder.h"
#include "store/kept_class.h"
#include "store/row_seal.h"

namespace doudi::exchange::repository {

struct Shelf {
    store::Database& database;
    std::shared_ptr<const store::FolderSeal> seal;  // null: the folder is not sealed
};

// --- peers, within a transaction where they write ---
[[nodiscard]] Result<void> make_peer(Shelf& shelf, std::string_view peer);
[[nodiscard]] Result<Standing> standing(Shelf& shelf, std::string_view peer);
[[nodiscard]] Result<void> note_heard(Shelf& shelf, std::string_view peer, Instant now);
// A call was made; `failure`: the code of what went wrong, empty: nothing. Not called again before `next`.
[[nodiscard]] Result<void> note_call(Shelf& shelf, std::string_view peer, Instant now, Instant next,
                                     std::string_view failure);
// A person says: now, whatever pause runs.
[[nodiscard]] Result<void> end_pause(Shelf& shelf, std::string_view peer);
[[nodiscard]] Result<void> put_register_at(Shelf& shelf, std::string_view peer, PublishId at);
// False: it was used before. Those before `old` are forgotten.
[[nodiscard]] Result<bool> use_nonce(Shelf& shelf, std::string_view peer, std::string_view nonce, Instant now,
                                     Instant old);

// --- out ---
// Gives id, and number unless it is held. What its source tells was told before: conflict of keys, nothing
// stands.
[[nodiscard]] Result<void> insert_out(Shelf& shelf, OutRow& row);
[[nodiscard]] Result<bool> is_told(Shelf& shelf, std::string_view peer, std::string_view source);
// The next to send, by number.
[[nodiscard]] Result<std::vector<OutRow>> select_queued(Shelf& shelf, std::string_view peer,
                                                        std::size_t most);
[[nodiscard]] Result<std::vector<std::int64_t>> select_unreceipted(Shelf& shelf, std::string_view peer,
                                                                   std::size_t most);
// All up to this one came there.
[[nodiscard]] Result<void> mark_arrived(Shelf& shelf, std::string_view peer, std::int64_t up_to);
// One that is not settled becomes so; `state`: sent, receipted, refused or queued.
[[nodiscard]] Result<void> put_out_state(Shelf& shelf, std::string_view peer, std::int64_t number,
                                         std::string_view state, const Refusal& why, Instant now);
// A call with these was in vain once more.
[[nodiscard]] Result<void> count_attempt(Shelf& shelf, std::string_view peer, std::int64_t first,
                                         std::int64_t last, int give_up_after);
[[nodiscard]] Result<std::optional<OutRow>> select_out(Shelf& shelf, std::string_view peer, std::int64_t id);
[[nodiscard]] Result<void> delete_out(Shelf& shelf, std::string_view peer, std::int64_t id);
// What was given up is queued once more; gives how many.
[[nodiscard]] Result<std::int64_t> queue_given_up(Shelf& shelf, std::string_view peer, std::int64_t id);

// --- in ---
enum class Kept : std::uint8_t { fresh, again, clash };  // clash: the number or the id came with another one
[[nodiscard]] Result<Kept> keep(Shelf& shelf, std::string_view peer, const Message& message, Instant now);
// How far they came without a gap; kept with the peer.
[[nodiscard]] Result<std::int64_t> advance(Shelf& shelf, std::string_view peer);
// Numbers that did not come though later ones did.
[[nodiscard]] Result<std::vector<std::int64_t>> select_missing(Shelf& shelf, std::string_view peer,
                                                               std::size_t most);
[[nodiscard]] Result<std::optional<InRow>> select_in(Shelf& shelf, std::string_view peer,
                                                     std::int64_t number);
// Taken or refused: state, outcome, household and why of the row; the peer's `settled` goes on as far as it
// may.
[[nodiscard]] Result<void> settle(Shelf& shelf, const InRow& row, Instant now);
[[nodiscard]] Result<std::vector<Receipt>> receipts_of(Shelf& shelf, std::string_view peer,
                                                       std::span<const std::int64_t> numbers);

// --- what was told, households, differences ---
struct UntoldCase {
    std::uint64_t id = 0;
    int told = 0;
    int events = 0;
};
// Cases of one machine with events that the peer was not told of; not those that were closed before the peer
// was made.
[[nodiscard]] Result<std::vector<UntoldCase>> select_untold(Shelf& shelf, std::string_view peer,
                                                            std::string_view machine, std::size_t most);
[[nodiscard]] Result<void> put_told(Shelf& shelf, std::string_view peer, std::uint64_t of, int events);

// Requests that the peer sent and of whose state, as it is, no message of that kind tells; by id.
[[nodiscard]] Result<std::vector<std::int64_t>> select_untold_requests(Shelf& shelf, std::string_view peer,
                                                                       std::string_view kind,
                                                                       std::size_t most);
[[nodiscard]] std::string request_source(std::int64_t request, std::string_view state, std::string_view kind);

struct KnownHousehold {
    std::int64_t sent = 0;   // number of our last message about it; 0: none
    std::int64_t taken = 0;  // of the peer's last one
};
[[nodiscard]] Result<KnownHousehold> known_household(Shelf& shelf, std::string_view peer,
                                                     std::string_view code);
[[nodiscard]] Result<void> put_known(Shelf& shelf, std::string_view peer, std::string_view code,
                                     const KnownHousehold& known);
[[nodiscard]] Result<void> insert_difference(Shelf& shelf, const Difference& difference);
// False: there is no such one that is open.
[[nodiscard]] Result<bool> settle_difference(Shelf& shelf, std::string_view peer, std::int64_t number,
                                             std::string_view by, Instant now);

// --- lists (lists_repository.cpp) ---
struct StateCount {
    std::string state;
    std::uint64_t count = 0;
};
[[nodiscard]] Result<std::vector<StateCount>> count_out(Shelf& shelf, std::string_view peer);
[[nodiscard]] Result<std::vector<StateCount>> count_in(Shelf& shelf, std::string_view peer);
// The newest first, below `before` (0: from the top); of one state, or all where it is empty. Without bodies.
[[nodiscard]] Result<std::vector<OutRow>> list_out(Shelf& shelf, std::string_view peer,
                                                   std::string_view state, std::int64_t before,
                                                   std::size_t most);
[[nodiscard]] Result<std::vector<InRow>> list_in(Shelf& shelf, std::string_view peer, std::string_view state,
                                                 std::int64_t before, std::size_t most);
// Those that nobody has settled, oldest first.
[[nodiscard]] Result<std::vector<Difference>> list_differences(Shelf& shelf, std::string_view peer,
                                                               std::size_t most);

// --- for changing what lies there (kept_rows.h), within write() ---
[[nodiscard]] Result<void> seal_bodies(Shelf& shelf);
[[nodiscard]] Result<void> forget_bodies(Shelf& shelf, HouseholdId household);
// Messages that were done with before that moment and still say something: "out/county/7", "in/county/3".
[[nodiscard]] Result<std::vector<store::Ended>> select_settled(Shelf& shelf, Instant before);
[[nodiscard]] Result<void> clear_body(Shelf& shelf, std::string_view key);

}  // namespace doudi::exchange::repository
