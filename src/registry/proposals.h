// SPDX-License-Identifier: Apache-2.0
// A register that came while one stood: what it would add and change is kept row by row under the publish id
// of its arrival, until a person accepts or refuses it, as a whole, in part or household by household. What
// the register says otherwise by then (a case, another file) is not overwritten: such a row is overtaken.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "registry/fields.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::registry {

struct Proposal {
    PublishId id;    // the publish id under which it came
    PublishId base;  // the register over which it was laid
    Date as_of;
    std::uint32_t unit = 0;  // for which it came; 0: none was told
    // From these ids up to and with these its rows are new. The ids are its own: nobody else is given one,
    // and who is accepted keeps it, so that whoever is forgotten is forgotten in the proposal too.
    HouseholdId first_household;
    PersonId first_member;
    HouseholdId last_household;
    PersonId last_member;
};

enum class RowOutcome : std::uint8_t { open, accepted, refused, overtaken };
[[nodiscard]] std::string_view name_of(RowOutcome outcome);

struct RowCounts {
    std::uint64_t open = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t overtaken = 0;
    [[nodiscard]] std::uint64_t all() const { return open + accepted + refused + overtaken; }
};
struct ProposalCounts {
    RowCounts new_households;
    RowCounts changed_households;
    RowCounts new_members;
    RowCounts changed_members;
    [[nodiscard]] std::uint64_t open() const {
        return new_households.open + changed_households.open + new_members.open + changed_members.open;
    }
};

// Which rows a decision is about.
struct ProposalPart {
    enum class What : std::uint8_t { all, add, change, households };
    What what = What::all;
    std::vector<HouseholdId>
        households;  // of `households`: these with their members, ids as the proposal has
};
[[nodiscard]] std::string_view name_of(ProposalPart::What what);

struct Decider {
    std::uint32_t user = 0;  // 0: the command line
    std::string name;
};
struct Decision {
    bool accepted = false;
    ProposalPart::What part = ProposalPart::What::all;
    Decider by;
    std::string reason;
    Instant at;
};

// One row as it is shown: what it would change, and what became of it.
struct ProposedRow {
    bool household = false;
    std::uint32_t id = 0;  // as the proposal has it
    bool is_new = false;
    RowOutcome outcome = RowOutcome::open;
    HouseholdId of_household;  // of a member: as the proposal has it
    std::string code;          // of the household
    std::vector<FieldChange> changes;
};
// Where a page ends.
struct RowPlace {
    bool members = false;  // households come first
    std::uint32_t id = 0;
};

// --- making one ---

// The header of the rows that were staged under this id.
[[nodiscard]] Result<void> stage_proposal(store::DataFolder& folder, const Proposal& proposal);

// --- reading ---

// The newest first.
[[nodiscard]] Result<std::vector<Proposal>> list_proposals(store::DataFolder& folder, std::size_t most);
[[nodiscard]] Result<std::optional<Proposal>> find_proposal(store::DataFolder& folder, PublishId id);
[[nodiscard]] Result<ProposalCounts> count_rows(store::DataFolder& folder, PublishId proposal);
[[nodiscard]] Result<std::vector<ProposedRow>> read_rows(store::DataFolder& folder, const Proposal& proposal,
                                                         RowPlace after, std::size_t most);
// Of the codes those whose households the proposal speaks of, itself or by a member; ids as it has them.
[[nodiscard]] Result<std::vector<HouseholdId>> proposed_households(store::DataFolder& folder,
                                                                   const Proposal& proposal,
                                                                   std::span<const std::string> codes);
// Whether a publication is the acceptance of a proposal's rows: what it says is from its day on.
[[nodiscard]] Result<bool> is_acceptance(store::DataFolder& folder, PublishId publish);
// Some of its rows were refused or overtaken: the same file may come again.
[[nodiscard]] Result<bool> has_rejected_rows(store::DataFolder& folder, PublishId proposal);
[[nodiscard]] Result<std::vector<Decision>> decisions_of(store::DataFolder& folder, PublishId proposal);

// --- deciding ---

struct Decided {
    std::uint64_t households = 0;  // accepted, or refused
    std::uint64_t members = 0;
    std::uint64_t overtaken = 0;
    std::uint64_t waiting = 0;  // members whose household is new and not accepted: they stay open
};
// Stages the outcome under a publish id that begin_publish() gave (it may be the proposal's own).
[[nodiscard]] Result<Decided> decide_rows(store::DataFolder& folder, PublishId publish,
                                          const Proposal& proposal, const ProposalPart& part,
                                          const Decision& decision);

}  // namespace doudi::registry
