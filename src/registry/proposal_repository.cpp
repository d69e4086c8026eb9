// SPDX-License-Identifier: Apache-2.0
#include "registry/proposal_repository.h"

#include <fmt/format.h>

#include <array>

#include "registry/repository.h"
#include "registry/row_columns.h"

namespace doudi::registry {

namespace {

constexpr std::int64_t subject_member = 1;
constexpr std::int64_t subject_household = 2;
constexpr std::array<std::string_view, 4> outcome_names{"open", "accepted", "refused", "overtaken"};
constexpr std::array<std::string_view, 4> part_names{"all", "add", "change", "households"};

RowOutcome outcome_of(std::string_view name) {
    for (std::size_t i = 0; i < outcome_names.size(); ++i) {
        if (outcome_names[i] == name) return static_cast<RowOutcome>(i);
    }
    ensure(false, "an outcome that this program wrote");
    return {};
}

// A condition on the rows of a part; `household` is the column that says of which one a row is.
std::string condition_of(const ProposalPart& part, std::string_view household) {
    switch (part.what) {
        case ProposalPart::What::all:
            return "1 = 1";
        case ProposalPart::What::add:
            return "r.is_new = 1";
        case ProposalPart::What::change:
            return "r.is_new = 0";
        case ProposalPart::What::households:
            break;
    }
    std::string ids;
    for (const HouseholdId id : part.households)
        ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id.value());
    return ids.empty() ? "1 = 0" : fmt::format("r.{} in ({})", household, ids);
}

// $1 the proposal, $2 the id behind which it goes on, $3 how many.
std::string open_rows(std::string_view columns, std::string_view table, std::int64_t subject,
                      std::string_view condition) {
    return fmt::format(
        "select {} from {} r where r.publish = $1 and r.id > $2 and {} and not exists (select 1 from "
        "proposal_outcome o where o.proposal = r.publish and o.subject = {} and o.id = r.id) order by r.id "
        "limit $3",
        columns, table, condition, subject);
}

Proposal proposal_of(const store::Statement& row) {
    Proposal proposal;
    proposal.id = PublishId(static_cast<std::uint64_t>(row.integer(0)));
    proposal.base = PublishId(static_cast<std::uint64_t>(row.integer(1)));
    proposal.as_of = row.date(2).value_or(Date());
    proposal.unit = static_cast<std::uint32_t>(row.integer(3));
    proposal.first_household = id_of<HouseholdId>(row.integer(4));
    proposal.first_member = id_of<PersonId>(row.integer(5));
    proposal.last_household = id_of<HouseholdId>(row.integer(6));
    proposal.last_member = id_of<PersonId>(row.integer(7));
    return proposal;
}

constexpr const char* select_household_row =
    "select " DOUDI_HOUSEHOLD_COLUMNS " from proposed_household where publish = $1 and id = $2";
constexpr const char* select_member_row =
    "select " DOUDI_MEMBER_COLUMNS " from proposed_member where publish = $1 and id = $2";

// The rows of a page by id, with their outcomes.
struct RowId {
    std::uint32_t id = 0;
    bool is_new = false;
    RowOutcome outcome = RowOutcome::open;
};
Result<std::vector<RowId>> row_ids(store::DataFolder& folder, PublishId proposal, bool members,
                                   std::uint32_t after, std::size_t most) {
    auto query = TRY(folder.database().prepare(fmt::format(
        "select r.id, r.is_new, coalesce(o.outcome, 'open') from {} r left join proposal_outcome o on"
        " o.proposal = r.publish and o.subject = {} and o.id = r.id where r.publish = $1 and r.id > $2"
        " order by r.id limit $3",
        members ? "proposed_member" : "proposed_household", members ? subject_member : subject_household)));
    query.bind(1, number_of(proposal)).bind(2, std::int64_t{after}).bind(3, static_cast<std::int64_t>(most));
    std::vector<RowId> rows;
    while (TRY(query.step())) {
        rows.push_back({static_cast<std::uint32_t>(query.integer(0)), query.integer(1) != 0,
                        outcome_of(query.text_view(2))});
    }
    return rows;
}

Result<std::string> code_of(store::DataFolder& folder, const Proposal& proposal, HouseholdId id) {
    if (const auto proposed = TRY(read_proposed_household(folder, proposal.id, id))) return proposed->code;
    return TRY(read_household(folder, proposal.base, id)).code;
}

Result<ProposedRow> household_row(store::DataFolder& folder, const Proposal& proposal, const RowId& row) {
    const HouseholdId id(row.id);
    const auto after = TRY(read_proposed_household(folder, proposal.id, id));
    ensure(after.has_value(), "a row that was listed");
    std::optional<Household> before;
    if (!row.is_new) before = TRY(read_household(folder, proposal.base, id));
    return ProposedRow{true, row.id, row.is_new, row.outcome, id, after->code, differences(before, *after)};
}

Result<ProposedRow> member_row(store::DataFolder& folder, const Proposal& proposal, const RowId& row) {
    const PersonId id(row.id);
    const auto after = TRY(read_proposed_member(folder, proposal.id, id));
    ensure(after.has_value(), "a row that was listed");
    std::optional<Member> before;
    if (!row.is_new) before = TRY(read_member(folder, proposal.base, id));
    return ProposedRow{false,
                       row.id,
                       row.is_new,
                       row.outcome,
                       after->household,
                       TRY(code_of(folder, proposal, after->household)),
                       differences(before, *after)};
}

Result<bool> moved_on(store::DataFolder& folder, const Proposal& proposal, std::string_view table,
                      std::uint32_t id) {
    auto query = TRY(folder.database().prepare(fmt::format(
        "select 1 from {} t join publication p on p.id = t.publish where t.id = $1 and t.publish <= $2"
        " and (t.publish > $3 or p.as_of > $4) limit 1",
        table)));
    query.bind(1, std::int64_t{id}).bind(2, number_of(folder.current()));
    return query.bind(3, number_of(proposal.base)).bind(4, proposal.as_of).step();
}

void count_into(RowCounts& counts, RowOutcome outcome, std::uint64_t rows) {
    switch (outcome) {
        case RowOutcome::open:
            counts.open += rows;
            break;
        case RowOutcome::accepted:
            counts.accepted += rows;
            break;
        case RowOutcome::refused:
            counts.refused += rows;
            break;
        case RowOutcome::overtaken:
            counts.overtaken += rows;
            break;
    }
}

}  // namespace

std::string_view name_of(RowOutcome outcome) {
    return outcome_names[static_cast<std::size_t>(outcome)];
}
std::string_view name_of(ProposalPart::What what) {
    return part_names[static_cast<std::size_t>(what)];
}

Result<std::optional<Household>> read_proposed_household(store::DataFolder& folder, PublishId proposal,
                                                         HouseholdId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder, Ledger::proposed));
    auto query = TRY(folder.database().prepare(select_household_row));
    if (!TRY(query.bind(1, number_of(proposal)).bind(2, std::int64_t{id.value()}).step()))
        return std::nullopt;
    return TRY(household_of(query, pointer_to(seal), Ledger::proposed));
}

Result<std::optional<Member>> read_proposed_member(store::DataFolder& folder, PublishId proposal,
                                                   PersonId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder, Ledger::proposed));
    auto query = TRY(folder.database().prepare(select_member_row));
    if (!TRY(query.bind(1, number_of(proposal)).bind(2, std::int64_t{id.value()}).step()))
        return std::nullopt;
    return TRY(member_of(query, pointer_to(seal)));
}

Result<std::vector<Household>> open_households(store::DataFolder& folder, const Proposal& proposal,
                                               const ProposalPart& part, HouseholdId after,
                                               std::size_t most) {
    auto seal = TRY(RegisterSeal::kept_by(folder, Ledger::proposed));
    auto query = TRY(folder.database().prepare(open_rows(DOUDI_HOUSEHOLD_COLUMNS, "proposed_household",
                                                         subject_household, condition_of(part, "id"))));
    query.bind(1, number_of(proposal.id)).bind(2, std::int64_t{after.value()});
    query.bind(3, static_cast<std::int64_t>(most));
    std::vector<Household> rows;
    while (TRY(query.step())) rows.push_back(TRY(household_of(query, pointer_to(seal), Ledger::proposed)));
    return rows;
}

Result<std::vector<Member>> open_members(store::DataFolder& folder, const Proposal& proposal,
                                         const ProposalPart& part, PersonId after, std::size_t most) {
    auto seal = TRY(RegisterSeal::kept_by(folder, Ledger::proposed));
    auto query = TRY(folder.database().prepare(
        open_rows(DOUDI_MEMBER_COLUMNS, "proposed_member", subject_member, condition_of(part, "household"))));
    query.bind(1, number_of(proposal.id)).bind(2, std::int64_t{after.value()});
    query.bind(3, static_cast<std::int64_t>(most));
    std::vector<Member> rows;
    while (TRY(query.step())) rows.push_back(TRY(member_of(query, pointer_to(seal))));
    return rows;
}

Result<bool> register_moved_on(store::DataFolder& folder, const Proposal& proposal) {
    auto query =
        TRY(folder.database().prepare("select 1 from publication where kind = 'register' and id <= $1 and "
                                      "(id > $2 or as_of > $3) limit 1"));
    query.bind(1, number_of(folder.current())).bind(2, number_of(proposal.base));
    return query.bind(3, proposal.as_of).step();
}

Result<bool> moved_on(store::DataFolder& folder, const Proposal& proposal, HouseholdId id) {
    return moved_on(folder, proposal, "household", id.value());
}
Result<bool> moved_on(store::DataFolder& folder, const Proposal& proposal, PersonId id) {
    return moved_on(folder, proposal, "member", id.value());
}

Result<bool> household_stands(store::DataFolder& folder, const Proposal& proposal, HouseholdId id) {
    if (TRY(read_household(folder, folder.current(), id)).ended_on) return false;
    auto query = TRY(folder.database().prepare(
        "select 1 from household h join publication p on p.id = h.publish where h.id = $1 and p.as_of <= $2"
        " limit 1"));
    return query.bind(1, std::int64_t{id.value()}).bind(2, proposal.as_of).step();
}

Result<bool> is_accepted(store::DataFolder& folder, PublishId proposal, HouseholdId id) {
    auto query = TRY(folder.database().prepare(
        "select 1 from proposal_outcome where proposal = $1 and subject = 2 and id = $2 and outcome = "
        "'accepted'"));
    return query.bind(1, number_of(proposal)).bind(2, std::int64_t{id.value()}).step();
}

Result<void> stage_outcomes(store::DataFolder& folder, PublishId publish, PublishId proposal,
                            std::span<const Outcome> outcomes) {
    constexpr std::array<std::string_view, 6> columns{"publish", "proposal", "subject",
                                                      "id",      "outcome",  "given_id"};
    return folder.database().write([&]() -> Result<void> {
        auto insert = folder.database().bulk("proposal_outcome", columns);
        for (const Outcome& one : outcomes) {
            insert.bind(1, number_of(publish)).bind(2, number_of(proposal));
            insert.bind(3, one.household ? subject_household : subject_member).bind(4, std::int64_t{one.id});
            const bool accepted = one.outcome == RowOutcome::accepted;
            insert.bind(5, name_of(one.outcome)).bind(6, std::int64_t{accepted ? one.id : 0});
            TRY_VOID(insert.row());
        }
        return insert.finish();
    });
}

Result<void> stage_decision(store::DataFolder& folder, PublishId publish, PublishId proposal,
                            const Decision& decision) {
    return folder.database().write([&]() -> Result<void> {
        auto insert = TRY(folder.database().prepare(
            "insert into proposal_decision (publish, proposal, verdict, part, by_user, by_name, reason, at)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8)"));
        insert.bind(1, number_of(publish)).bind(2, number_of(proposal));
        insert.bind(3, std::string_view(decision.accepted ? "accepted" : "refused"));
        insert.bind(4, name_of(decision.part)).bind(5, std::int64_t{decision.by.user});
        insert.bind(6, std::string_view(decision.by.name)).bind(7, std::string_view(decision.reason));
        return insert.bind(8, micros_of(decision.at)).run();
    });
}

Result<void> stage_proposal(store::DataFolder& folder, const Proposal& proposal) {
    return folder.database().write([&]() -> Result<void> {
        auto insert = TRY(folder.database().prepare(
            "insert into register_proposal (publish, base, as_of, unit, first_household, first_member,"
            " last_household, last_member) values ($1, $2, $3, $4, $5, $6, $7, $8)"));
        insert.bind(1, number_of(proposal.id)).bind(2, number_of(proposal.base)).bind(3, proposal.as_of);
        return insert.bind(4, std::int64_t{proposal.unit})
            .bind(5, std::int64_t{proposal.first_household.value()})
            .bind(6, std::int64_t{proposal.first_member.value()})
            .bind(7, std::int64_t{proposal.last_household.value()})
            .bind(8, std::int64_t{proposal.last_member.value()})
            .run();
    });
}

Result<std::vector<Proposal>> list_proposals(store::DataFolder& folder, std::size_t most) {
    auto query = TRY(folder.database().prepare(
        "select publish, base, as_of, unit, first_household, first_member, last_household, last_member from "
        "register_proposal where publish <= $1"
        " order by publish desc limit $2"));
    query.bind(1, number_of(folder.current())).bind(2, static_cast<std::int64_t>(most));
    std::vector<Proposal> proposals;
    while (TRY(query.step())) proposals.push_back(proposal_of(query));
    return proposals;
}

Result<std::optional<Proposal>> find_proposal(store::DataFolder& folder, PublishId id) {
    auto query = TRY(folder.database().prepare(
        "select publish, base, as_of, unit, first_household, first_member, last_household, last_member from "
        "register_proposal where publish = $1"
        " and publish <= $2"));
    if (!TRY(query.bind(1, number_of(id)).bind(2, number_of(folder.current())).step())) return std::nullopt;
    return proposal_of(query);
}

Result<ProposalCounts> count_rows(store::DataFolder& folder, PublishId proposal) {
    ProposalCounts counts;
    for (const bool members : {false, true}) {
        auto query = TRY(folder.database().prepare(fmt::format(
            "select r.is_new, coalesce(o.outcome, 'open'), count(*) from {} r left join proposal_outcome o on"
            " o.proposal = r.publish and o.subject = {} and o.id = r.id where r.publish = $1"
            " group by r.is_new, coalesce(o.outcome, 'open')",
            members ? "proposed_member" : "proposed_household",
            members ? subject_member : subject_household)));
        query.bind(1, number_of(proposal));
        while (TRY(query.step())) {
            const bool is_new = query.integer(0) != 0;
            RowCounts& to = members ? (is_new ? counts.new_members : counts.changed_members)
                                    : (is_new ? counts.new_households : counts.changed_households);
            count_into(to, outcome_of(query.text_view(1)), static_cast<std::uint64_t>(query.integer(2)));
        }
    }
    return counts;
}

Result<std::vector<ProposedRow>> read_rows(store::DataFolder& folder, const Proposal& proposal,
                                           RowPlace after, std::size_t most) {
    std::vector<ProposedRow> rows;
    for (const bool members : {false, true}) {
        if (after.members && !members) continue;
        const std::uint32_t behind = after.members == members ? after.id : 0;
        for (const RowId& id : TRY(row_ids(folder, proposal.id, members, behind, most - rows.size())))
            rows.push_back(
                TRY(members ? member_row(folder, proposal, id) : household_row(folder, proposal, id)));
        if (rows.size() == most) break;
    }
    return rows;
}

Result<std::vector<HouseholdId>> proposed_households(store::DataFolder& folder, const Proposal& proposal,
                                                     std::span<const std::string> codes) {
    auto of_rows =
        TRY(folder.database().prepare("select id from proposed_household where publish = $1 and code = $2"));
    std::vector<HouseholdId> ids;
    for (const std::string& code : codes) {
        of_rows.reset();
        if (TRY(of_rows.bind(1, number_of(proposal.id)).bind(2, std::string_view(code)).step())) {
            ids.push_back(id_of<HouseholdId>(of_rows.integer(0)));
            continue;
        }
        // Only its members change: the household itself is as it was.
        const HouseholdId standing = TRY(find_by_code(folder, proposal.base, code));
        auto named = TRY(folder.database().prepare(
            "select 1 from proposed_member where publish = $1 and household = $2 limit 1"));
        named.bind(1, number_of(proposal.id)).bind(2, std::int64_t{standing.value()});
        if (standing != HouseholdId() && TRY(named.step())) ids.push_back(standing);
    }
    return ids;
}

Result<bool> is_acceptance(store::DataFolder& folder, PublishId publish) {
    auto query = TRY(folder.database().prepare("select 1 from proposal_decision where publish = $1"));
    return query.bind(1, number_of(publish)).step();
}

Result<bool> has_rejected_rows(store::DataFolder& folder, PublishId proposal) {
    auto query =
        TRY(folder.database().prepare("select 1 from proposal_outcome where proposal = $1 and outcome in "
                                      "('refused', 'overtaken') limit 1"));
    return query.bind(1, number_of(proposal)).step();
}

Result<std::vector<Decision>> decisions_of(store::DataFolder& folder, PublishId proposal) {
    auto query = TRY(folder.database().prepare(
        "select verdict, part, by_user, by_name, reason, at from proposal_decision where proposal = $1 and"
        " publish <= $2 order by publish"));
    query.bind(1, number_of(proposal)).bind(2, number_of(folder.current()));
    std::vector<Decision> decisions;
    while (TRY(query.step())) {
        Decision decision;
        decision.accepted = query.text_view(0) == "accepted";
        for (std::size_t i = 0; i < part_names.size(); ++i) {
            if (part_names[i] == query.text_view(1)) decision.part = static_cast<ProposalPart::What>(i);
        }
        decision.by = {static_cast<std::uint32_t>(query.integer(2)), query.text(3)};
        decision.reason = query.text(4);
        decision.at = instant_of(query.integer(5));
        decisions.push_back(std::move(decision));
    }
    return decisions;
}

}  // namespace doudi::registry
