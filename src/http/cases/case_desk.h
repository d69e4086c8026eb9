// SPDX-License-Identifier: Apache-2.0
// Whoever asks, as casework knows them: with what they act, and which cases they reach.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/actors.h"
#include "casework/lists/lists_repository.h"
#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] casework::Desk case_desk(Call& call);
// The same on another connection, within a transaction of the caller's.
[[nodiscard]] casework::Desk case_desk(Call& call, store::Database& database);
// Of work of the night, that nobody asked for. All of them must outlive it.
[[nodiscard]] casework::Desk night_desk(const Services& services, Desk& at, const access::UnitTree& units);
[[nodiscard]] casework::Actor actor_of(const Call& call);

// The law by which a case is handled: of the day on which it was opened. 404 where the shelf has it no more.
[[nodiscard]] Outcome<std::shared_ptr<const policy::Pack>> law_of_case(Call& call, const std::string& pack,
                                                                       Date opened_on);

using casework::thing_named;
// Attachments, papers and files are for the offices of civil affairs alone: 403.
[[nodiscard]] Outcome<void> require_office(const Call& call);

// Machines of today's law, by the right that reads their cases (access/roles.yaml). Not allowed to read any:
// 403.
[[nodiscard]] Outcome<std::vector<casework::repository::Readable>> readable_cases(Call& call);
// The day until which whoever made the move wants it kept inside the offices; nothing: it was not said.
[[nodiscard]] std::optional<Date> withheld_until(const casework::CaseEvent& event);
// The moves by which somebody is given help.
[[nodiscard]] std::vector<casework::repository::MachineMove> granting_moves(
    const policy::Procedures& procedures);
// What of the cases a query asks for, by today's law: machine, state, level, closed, household, unit, at,
// days, and by what they are set. A household that is out of reach has no cases here.
struct CasesAsked {
    std::shared_ptr<const policy::Policy> law;
    casework::repository::CaseFilter filter;

    [[nodiscard]] const policy::Law& words() const { return law->pack.law; }
};
// `officer` and `untaken` of a query: who acted last at the office where a case is; 0: nobody there. For
// offices alone: 403.
[[nodiscard]] Outcome<std::optional<access::UserId>> officer_asked(Call& call, QueryFields& query);
// The levels that can be told of an overdue case.
[[nodiscard]] std::vector<std::string> levels_told(const policy::Law& law);
[[nodiscard]] Outcome<CasesAsked> cases_asked(Call& call, QueryFields& query);
// 404 also where it is out of reach.
[[nodiscard]] Outcome<casework::repository::ListedCase> case_in_reach(Call& call, std::string_view id);

}  // namespace doudi::http
