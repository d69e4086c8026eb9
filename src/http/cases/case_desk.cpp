// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_desk.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "casework/kept/kept_numbers.h"
#include "casework/marks.h"
#include "http/cases/case_law.h"
#include "http/register/repository.h"
#include "http/register/signatures.h"
#include "http/request/place_asked.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace repository = casework::repository;

Failure no_such_case() {
    return {404,
            "no_such_case",
            {"没有这件办件，或不在您的办理范围内", "there is no such case within your reach"}};
}

}  // namespace

casework::Desk case_desk(Call& call, store::Database& database) {
    return {{database, call.desk.data.seal()},
            [&call](std::string_view pack, Date day) {
                return call.services.case_law.of(call.desk.database, pack, day);
            },
            *call.units,
            call.services.policy.calendar,
            call.services.clock,
            [&call](const casework::CaseHead& of, std::string_view scope, Date day) {
                return unsigned_adults(call, of, scope, day);
            },
            [&call](std::optional<HouseholdId> household, std::optional<PersonId> person, int years,
                    Date day) { return ages_of(call, household, person, years, day); }};
}

casework::Desk case_desk(Call& call) {
    return case_desk(call, call.desk.database);
}

casework::Desk night_desk(const Services& services, Desk& at, const access::UnitTree& units) {
    return {{at.database, at.data.seal()},
            [&](std::string_view pack, Date day) { return services.case_law.of(at.database, pack, day); },
            units,
            services.policy.calendar,
            services.clock};
}

casework::Actor actor_of(const Call& call) {
    return casework::actor_of(call.who(), *call.units, call.today());
}

Outcome<void> require_office(const Call& call) {
    if (call.who().kind == access::SessionKind::staff && call.who().department.empty()) return {};
    return std::unexpected(Failure(
        403, "not_allowed",
        {"您没有查看附件、文书和案卷的权限", "you may not see attachments, papers and files of cases"}));
}

Outcome<std::shared_ptr<const policy::Pack>> law_of_case(Call& call, const std::string& pack,
                                                         Date opened_on) {
    const auto desk = case_desk(call);
    return TRY(casework::need_pack(desk, pack, opened_on));
}

Outcome<std::vector<repository::Readable>> readable_cases(Call& call) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto readable = casework::readable_by((*law)->pack.law.procedures, call.services.roles, *call.units,
                                          call.who(), call.today());
    if (readable.empty())
        return std::unexpected(
            Failure(403, "not_allowed", {"您没有查看办件的权限", "you may not read cases"}));
    return readable;
}

std::optional<Date> withheld_until(const casework::CaseEvent& event) {
    return Date::parse_iso(casework::first_of(event.fields, casework::withheld_field));
}

namespace {

// Overdue cases of which a level is told today.
void cut_to_told(const Call& call, const policy::Procedures& procedures, std::string_view level,
                 repository::CaseFilter& filter) {
    const auto span = casework::told_span(procedures, call.services.policy.calendar, level, call.today());
    const Date until = span ? span->until : Date();
    filter.due_until = std::min(filter.due_until.value_or(until), until);
    if (span && span->from) filter.due_from = std::max(filter.due_from.value_or(*span->from), *span->from);
}

// In one word: past its day, due today, near by the pack's reminders, or due on no day.
void cut_to_due(const Call& call, const policy::Procedures& procedures, QueryFields& query,
                repository::CaseFilter& filter) {
    const auto due = query.word("due", {"overdue", "today", "near", "none"});
    if (!due) return;
    if (*due == "none") {
        filter.is_undated = true;
        return;
    }
    const Date today = call.today();
    const Date first = *due == "today" ? today : today + 1;
    const Date last = *due == "today" ? today : today - 1;
    if (*due != "overdue") filter.due_from = std::max(filter.due_from.value_or(first), first);
    if (*due != "near") filter.due_until = std::min(filter.due_until.value_or(last), last);
    if (*due == "near") filter.near = casework::near_spans(procedures, call.services.policy.calendar, today);
}

// By what its day is set: the law, or the office itself.
void cut_to_due_by(const policy::Pack& pack, QueryFields& query, repository::CaseFilter& filter) {
    if (const auto by = query.word("due_by", {"law", "target"}))
        filter.due_by = repository::CaseFilter::DueBy{casework::targets_of(pack), *by == "target"};
}

// Moves of the pack that leave one of these marks.
std::vector<repository::MachineMove> moves_marking(const policy::Procedures& procedures,
                                                   std::span<const std::string> marks) {
    std::vector<repository::MachineMove> moves;
    for (const policy::Machine& machine : procedures.machines) {
        for (const policy::Move& move : machine.moves) {
            if (std::ranges::find_first_of(move.marks, marks) != move.marks.end())
                moves.push_back({machine.id, move.id});
        }
    }
    return moves;
}

// Open cases that wait for a paper or an answer, as the pack's pauses say what is waited for.
void cut_to_waiting(const policy::Procedures& procedures, QueryFields& query,
                    repository::CaseFilter& filter) {
    if (!query.word("waiting", {"true"})) return;
    filter.waiting.emplace();
    for (const policy::PauseRule& pause : procedures.pauses)
        filter.waiting->push_back(
            {moves_marking(procedures, std::span(&pause.from, 1)), moves_marking(procedures, pause.until)});
}

// Cases in which somebody was given help in that time.
void cut_to_granted(const policy::Procedures& procedures, QueryFields& query,
                    repository::CaseFilter& filter) {
    const auto from = query.date("granted_from");
    const auto until = query.date("granted_until");
    if (from || until) filter.made = repository::CaseFilter::Made{granting_moves(procedures), from, until};
}

// Those in which a relative of staff was registered apart: for offices of civil affairs alone.
Outcome<void> cut_to_relatives(const Call& call, const policy::Procedures& procedures, QueryFields& query,
                               repository::CaseFilter& filter) {
    if (!query.word("relatives", {"true"})) return {};
    if (auto may = require_office(call); !may) return may;
    const std::string mark(casework::relatives_mark);
    filter.marked = moves_marking(procedures, std::span(&mark, 1));
    return {};
}

}  // namespace

// By who acted last at the office where a case is, or those that nobody there has taken up. Colleagues are
// told of by the offices alone.
Outcome<std::optional<access::UserId>> officer_asked(Call& call, QueryFields& query) {
    const auto name = query.text("officer");
    const auto untaken = query.word("untaken", {"true"});
    if (!name && !untaken) return std::nullopt;
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    if (!name) return access::UserId();
    const std::string number =
        casework::number_kept(*call.units, call.desk.database, policy::FieldRule::Type::user, *name);
    std::uint32_t user = 0;
    std::from_chars(number.data(), number.data() + number.size(), user);
    constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
    return access::UserId(user == 0 ? nobody : user);
}

std::vector<repository::MachineMove> granting_moves(const policy::Procedures& procedures) {
    const std::string help(casework::help_mark);
    return moves_marking(procedures, std::span(&help, 1));
}

std::vector<std::string> levels_told(const policy::Law& law) {
    std::vector<std::string> levels;
    for (const auto& rule : law.procedures.escalations) levels.push_back(rule.to);
    return levels;
}

Outcome<CasesAsked> cases_asked(Call& call, QueryFields& query) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    std::vector<std::string> machines;
    for (const auto& machine : (*law)->pack.law.procedures.machines) machines.push_back(machine.id);
    CasesAsked asked{std::move(*law), {}};
    repository::CaseFilter& filter = asked.filter;
    filter.machine = query.word("machine", machines).value_or("");
    filter.state = query.text("state").value_or("");
    const auto closed = query.word("closed", {"true", "false", "all"}).value_or("false");
    if (closed != "all") filter.is_closed = closed == "true";
    filter.due_from = query.date("due_from");
    filter.due_until = query.date("due_until");
    if (const auto level = query.word("told_to", levels_told((*asked.law).pack.law)))
        cut_to_told(call, asked.words().procedures, *level, filter);
    filter.level = query.text("level").value_or("");
    filter.closed_from = query.date("closed_from");
    filter.closed_until = query.date("closed_until");
    cut_to_due(call, asked.words().procedures, query, filter);
    cut_to_due_by(asked.law->pack, query, filter);
    cut_to_waiting(asked.words().procedures, query, filter);
    cut_to_granted(asked.words().procedures, query, filter);
    auto officer = officer_asked(call, query);
    if (!officer) return std::unexpected(std::move(officer).error());
    filter.officer = *officer;
    if (auto cut = cut_to_relatives(call, asked.words().procedures, query, filter); !cut)
        return std::unexpected(std::move(cut).error());
    const PlaceFilter place = place_asked(call, query);
    filter.below = place.below;
    filter.day = call.today();
    if (place.at) filter.units = {*place.at};
    if (const auto code = query.text("household")) {
        const auto placed =
            TRY(find_household(call.desk.data, call.scope(Verb::read, Thing::household), *code));
        constexpr HouseholdId nobody{std::numeric_limits<std::uint32_t>::max()};
        filter.household = placed ? placed->id : nobody;
    }
    return asked;
}

Outcome<repository::ListedCase> case_in_reach(Call& call, std::string_view id) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (error != std::errc() || end != id.data() + id.size()) return std::unexpected(no_such_case());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    auto found = TRY(repository::find_case(call.desk.database, *readable, casework::CaseId(number)));
    if (!found) return std::unexpected(no_such_case());
    return std::move(*found);
}

}  // namespace doudi::http
