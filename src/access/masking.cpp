// SPDX-License-Identifier: Apache-2.0
#include "access/masking.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/case_reveal.h"
#include "access/page_standing.h"
#include "access/papers_repository.h"
#include "access/proposals.h"
#include "access/secrets.h"
#include "base/id_number.h"
#include "base/said.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::access {

namespace {

constexpr std::string_view hidden_part = "***";

// The first code points of a text.
std::string_view front(std::string_view text, std::size_t code_points) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < code_points && at < text.size(); ++i) at += decode_utf8(text, at).length;
    return text.substr(0, at);
}

// So many bytes of front and end, if at least as much lies between them.
std::string ends(std::string_view text, std::size_t begin, std::size_t end) {
    if (text.size() < 2 * (begin + end)) return std::string(hidden_part);
    return fmt::format("{}****{}", text.substr(0, begin), text.substr(text.size() - end));
}

}  // namespace

std::string mask(FieldClass field, std::string_view value) {
    if (value.empty()) return {};
    switch (field) {
        case FieldClass::plain:
            return std::string(value);
        case FieldClass::name:
            return std::string(front(value, 1)) + "**";
        case FieldClass::address:
            // Down to the township, as addresses of the register are written, and no further.
            return std::string(front(value, count_code_points(value) / 2)) + std::string(hidden_part);
        case FieldClass::identity_number:
            return mask_text(value);
        case FieldClass::phone:
            return value.size() >= 11 ? ends(value, 3, 2) : std::string(hidden_part);
        case FieldClass::account:
            return value.size() >= 12 ? ends(value, 0, 4) : std::string(hidden_part);
        case FieldClass::illness:
        case FieldClass::means:
        case FieldClass::marriage:
        case FieldClass::shelter:
        case FieldClass::score:
        case FieldClass::lead:
            return std::string(hidden_part);
    }
    ensure(false, "a class of fields");
    return {};
}

std::string as_shown(Shown shown, FieldClass field, std::string_view value) {
    if (shown == Shown::hidden) return {};
    return shown == Shown::whole ? std::string(value) : mask(field, value);
}

FieldView::FieldView(const Roles& roles, const UnitTree& units, const Session& session, Thing thing, Date day,
                     std::vector<Reveal> revealed)
    : revealed_(std::move(revealed)) {
    const auto rights = roles.rights(session, Verb::read, thing);
    whole_.reserve(field_class_count);
    masked_.reserve(field_class_count);
    for (int i = 0; i < field_class_count; ++i) {
        const auto field = static_cast<FieldClass>(i);
        whole_.push_back(Scope::of_shown(rights, units, session, day, field, true));
        masked_.push_back(Scope::of_shown(rights, units, session, day, field, false));
    }
}

Shown FieldView::shown(FieldClass field, const ScopedRow& row) const {
    const auto at = static_cast<std::size_t>(field);
    if (whole_[at].covers(row)) return Shown::whole;
    if (!masked_[at].covers(row)) return Shown::hidden;
    return has_reveal(field, row) ? Shown::whole : Shown::masked;
}

bool FieldView::by_reveal(FieldClass field, const ScopedRow& row) const {
    const auto at = static_cast<std::size_t>(field);
    return has_reveal(field, row) && masked_[at].covers(row) && !whole_[at].covers(row);
}

bool FieldView::has_reveal(FieldClass field, const ScopedRow& row) const {
    return std::ranges::any_of(revealed_, [&](const Reveal& one) {
        return one.field == field && row.household && one.household == *row.household;
    });
}

namespace {

Result<ScopedRow> row_of(store::Database& database, const Session& session, HouseholdId household, Date day) {
    ScopedRow row;
    row.household = household;
    row.unit = TRY(unit_of(database, household, day));
    row.department = session.department;  // the household itself is addressed to nobody
    row.assigned = TRY(is_assigned(database, session.user, household, day));
    return row;
}

Result<void> check_reason(const SecurityRules& rules, const Session& session, const RevealRequest& request) {
    if (trim(session.why.case_ref).empty()) {
        return fail(ErrorKind::invalid, "reveal_without_case",
                    {"查看完整信息须说明所办的事项", "showing a field whole needs a case"}, "case_ref");
    }
    if (!says_something(request.reason) ||
        count_code_points(trim(request.reason)) < static_cast<std::size_t>(rules.reason_least)) {
        return fail(
            ErrorKind::invalid, "reveal_without_reason",
            {fmt::format("查看完整信息须写明理由（至少 {} 个字）", rules.reason_least),
             fmt::format("showing a field whole needs a reason of {} characters", rules.reason_least)},
            "reason");
    }
    return {};
}

Look look_of(const Session& session, const RevealRequest& request, Thing thing = Thing::person) {
    Look look;
    look.who = session;
    look.verb = Verb::reveal;
    look.thing = thing;
    look.persons = request.persons;
    look.households = {request.household};
    look.what = name_of(request.field);
    look.reason = request.reason;
    return look;
}

}  // namespace

namespace {

// Everything but how many there were: the right, the scope, the case, the reason.
Result<void> check_request(const Roles& roles, const UnitTree& units, const SecurityRules& rules,
                           const Session& session, const RevealRequest& request, Date day, Thing thing,
                           const ScopedRow& row) {
    TRY_VOID(roles.require(session, Verb::reveal, thing));
    const Scope scope = Scope::of(roles, units, session, Verb::reveal, thing, day, request.field);
    if (!scope.covers(row)) {
        return fail(ErrorKind::not_found, "out_of_scope",
                    {"不在可查看的范围内", "it lies outside of what you may show whole"});
    }
    return check_reason(rules, session, request);
}

Result<Look> flagged_look(store::Database& database, const Session& session, const RevealRequest& request,
                          Date day, Thing thing) {
    Look look = look_of(session, request, thing);
    look.flag = request.flag ? *request.flag : TRY(flag_of(database, session, look.households, day));
    return look;
}

// By the right to reveal on this thing, of which this is the row.
Result<Reveal> granted(store::Database& database, AuditLog& log, const Roles& roles, const UnitTree& units,
                       const SecurityRules& rules, const Clock& clock, const Session& session,
                       const RevealRequest& request, Thing thing, const ScopedRow& row) {
    const Instant now = clock.now();
    const Date day = civil_day(now);
    TRY_VOID(check_request(roles, units, rules, session, request, day, thing, row));
    const Instant since = now - std::chrono::hours(24);
    if (TRY(repository::count_reveals(database, session.user, since)) >= rules.reveals_a_day) {
        return fail(ErrorKind::limit, "reveal_too_many",
                    {fmt::format("一天内已查看 {} 次完整信息，再多须由第二人批准", rules.reveals_a_day),
                     fmt::format("{} reveals in a day: more need a second person", rules.reveals_a_day)});
    }
    TRY_VOID(log.append(TRY(flagged_look(database, session, request, day, thing))));
    const Reveal given{request.household, request.field, now + rules.reveal_term};
    TRY_VOID(repository::insert_reveal(database, random_key(), session, given, now));
    return given;
}

}  // namespace

Result<Reveal> reveal(store::Database& database, AuditLog& log, const Roles& roles, const UnitTree& units,
                      const SecurityRules& rules, const Clock& clock, const Session& session,
                      const RevealRequest& request) {
    const ScopedRow row = TRY(row_of(database, session, request.household, civil_day(clock.now())));
    return granted(database, log, roles, units, rules, clock, session, request, Thing::person, row);
}

Result<Reveal> reveal_of_case(store::Database& database, AuditLog& log, const Roles& roles,
                              const UnitTree& units, const SecurityRules& rules, const Clock& clock,
                              const Session& session, const RevealRequest& request, const RevealingCase& of) {
    Session for_case = session;
    for_case.why.case_ref = of.id;
    return granted(database, log, roles, units, rules, clock, for_case, request, of.thing, of.row);
}

Result<Look> reveal_many(store::Database& database, const Roles& roles, const UnitTree& units,
                         const SecurityRules& rules, const Clock& clock, const Session& session,
                         const MassReveal& request, std::uint64_t proposal, std::string_view payload) {
    const Date day = civil_day(clock.now());
    RevealRequest one{.household = {}, .persons = {}, .field = request.field, .reason = request.reason};
    for (const HouseholdId household : request.households) {
        one.household = household;
        const ScopedRow row = TRY(row_of(database, session, household, day));
        TRY_VOID(check_request(roles, units, rules, session, one, day, Thing::person, row));
    }
    const auto asked = TRY(find_proposal(database, proposal));
    if (asked && asked->proposed_by != session.user) {
        return fail(ErrorKind::usage, "proposal_of_another",
                    {"只能由提请人本人取出", "only the one who proposed it may take it"});
    }
    TRY_VOID(use_proposal(database, rules, clock, proposal, Thing::person, payload));
    one.persons = request.persons;
    Look look = look_of(session, one);
    look.households = request.households;
    look.what = fmt::format("{}.many proposal {}", name_of(request.field), proposal);
    return look;
}

Result<Standing> standing_of(store::Database& database, const Session& session, HouseholdId household,
                             Date day, Instant now) {
    return TRY(repository::select_standing(database, session, household, {}, day, now)).of_session;
}

Result<PageStanding> standing_of_page(store::Database& database, const Session& session,
                                      HouseholdId household, std::span<const PersonId> people, Date day,
                                      Instant now) {
    return repository::select_standing(database, session, household, people, day, now);
}

Result<std::vector<Reveal>> reveals_of(store::Database& database, const Session& session, Instant now) {
    if (session.why.case_ref.empty()) return std::vector<Reveal>();  // none was given without a case
    return repository::select_reveals(database, session, now);
}

}  // namespace doudi::access
