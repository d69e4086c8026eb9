// SPDX-License-Identifier: Apache-2.0
// Opening a case and moving it. Each call is one transaction: the event, the fold beside it and the mark of
// the nearest due day, or nothing. Who may see the case at all is the caller's question (access::Scope).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/desk.h"
#include "casework/moves/moves.h"

namespace doudi::casework {

// What a case is where clocks are asked: its marks with the figures of its place and level.
struct CaseView {
    CaseHead head;
    CaseState state;
    std::vector<CaseEvent> events;
    std::vector<ClockReading> clocks;
    std::vector<repository::LateForm> late;
    std::vector<repository::CaseRow> children;
    std::shared_ptr<const policy::Pack> pack;  // keeps what the clocks and the machine point to
    const policy::Machine* machine = nullptr;
    CaseAbove above;
    std::string region = {};  // home_region()

    [[nodiscard]] MoveQuestion question(Date today) const {
        return {pack->law, *machine, state, today, clocks, false, &above, region, is_of_nobody(head)};
    }
};

struct Moved {
    enum class Kind : std::uint8_t {
        made,
        already_there,  // the same form of the same client: nothing was done again
        kept_late,      // the move was no longer open: the form is kept for a person to look at
        refused,        // `faults` say why; nothing was kept
    };
    Kind kind = Kind::refused;
    CaseId of;
    int event = 0;  // of made and already_there
    std::vector<MoveFault> faults;
    std::vector<CaseId> followed;       // cases that began or went on by it, each once
    std::vector<MoveFault> hints = {};  // of made: what may be wrong in what was told, and refused nothing
};

struct OpenRequest {
    std::string machine;
    std::string pack;
    std::optional<HouseholdId> household;
    std::optional<PersonId> person;
    UnitId unit;
    std::optional<CaseId> parent;  // only where its machine's moves say that they open this one
    std::string source;
    MoveRequest first;  // the move that opens it
};

// The move by which people of these roles open a case; where none is theirs, the first that opens one.
[[nodiscard]] std::string opening_move(const policy::Machine& machine, const std::vector<std::string>& roles);

// "pack_unknown", "machine_unknown", "case_unknown" (the parent). Faults of the move are in the answer.
[[nodiscard]] Result<Moved> open_case(Desk& desk, const Actor& actor, const OpenRequest& request);
// The same within a transaction of the caller's.
[[nodiscard]] Result<Moved> open_within(Desk& desk, const Actor& actor, const OpenRequest& request);

// `seen`: how many events the caller had read; "case_changed" if there are more and the move carries no
// client key. A form with a client key is taken as it comes, exactly once: made, already there, or kept late.
[[nodiscard]] Result<Moved> move_case(Desk& desk, const Actor& actor, CaseId of, std::optional<int> seen,
                                      const MoveRequest& request);

// The same within a transaction of the caller's; without `seen` as the case stands.
[[nodiscard]] Result<Moved> move_within(Desk& desk, const Actor& actor, CaseId of, const MoveRequest& request,
                                        std::optional<int> seen = std::nullopt);

// A person has looked at a late form; "late_unknown" if there is none that waits.
[[nodiscard]] Result<void> settle_late(Desk& desk, CaseId of, std::int64_t form);

// "case_unknown".
[[nodiscard]] Result<CaseView> read_case(Desk& desk, CaseId of, Date today);

// Whether the stored fold is what the events say; for checks and after a restore.
[[nodiscard]] Result<bool> is_sound(Desk& desk, CaseId of);

}  // namespace doudi::casework
