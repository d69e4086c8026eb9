// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/rule_hits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/hash.h"
#include "casework/deaths.h"
#include "casework/lists/rule_hits_repository.h"
#include "casework/marks.h"
#include "casework/payments/accounts_repository.h"
#include "casework/repository.h"

namespace doudi::casework {

namespace {

using repository::CaseFilter;
using repository::ListedCase;

constexpr std::size_t all_cases = 1'000'000;
constexpr std::string_view died_field = "died_on";
constexpr std::string_view death_source_field = "death_source";

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool leaves(const policy::Machine& machine, std::string_view mark) {
    return std::ranges::any_of(machine.moves,
                               [&](const policy::Move& move) { return has(move.marks, mark); });
}

const policy::Move* listing_move(const policy::Machine& machine) {
    const auto found = std::ranges::find_if(
        machine.moves, [](const policy::Move& move) { return has(move.marks, relatives_mark); });
    return found == machine.moves.end() ? nullptr : &*found;
}

// The same, or both of the group of which a person has one at most (alone.cpp asks the same of what is
// opened).
bool exclude(const policy::CategoryOrder& order, const std::string& one, const std::string& other) {
    return one == other || (has(order.categories, one) && has(order.categories, other));
}

HitSource source_of(const PaidNow& one) {
    return {one.row.row.head.id,
            one.row.row.head.machine,
            one.paid.event,
            one.paid.from,
            one.paid.amount,
            one.paid.category,
            {}};
}

// The rule of the pack; null: it has none.
const policy::RouteElement* account_rule(const policy::Law& law) {
    return law.route_of("findings", name_of(HitRule::same_account));
}

const policy::FieldRule* compared_field(const policy::Law& law) {
    const policy::RouteElement* rule = account_rule(law);
    const std::string* field = rule == nullptr ? nullptr : rule->field("account");
    return field == nullptr ? nullptr : law.procedures.field(*field);
}

// Where those live who are paid: whoever moved takes their payment along; nobody's own stays with the case.
HouseholdId lives_at(const PaidNow& one, const std::map<PersonId, HouseholdId>& homes) {
    const CaseHead& head = one.row.row.head;
    const auto home = head.person ? homes.find(*head.person) : homes.end();
    const bool has_moved = home != homes.end() && home->second != HouseholdId();
    return has_moved ? home->second : head.household.value_or(HouseholdId());
}

// Those of which it is told into which account they go, and whose word does not say that this is in order.
bool is_compared(const policy::RouteElement& rule, const PaidNow& one) {
    if (!one.account) return false;
    const auto* in_order = rule.list("in_order");
    return in_order == nullptr || !has(*in_order, one.account->whose);
}

// Opened where another household's ends alike: the others cannot be the same.
Result<void> open_numbers(Desk& desk, const policy::RouteElement& rule, std::span<PaidNow> paid,
                          const std::map<PersonId, HouseholdId>& homes) {
    std::map<std::string, std::set<HouseholdId>> ends;
    for (const PaidNow& one : paid)
        if (is_compared(rule, one)) ends[one.account->masked].insert(lives_at(one, homes));
    for (PaidNow& one : paid) {
        if (!is_compared(rule, one) || ends[one.account->masked].size() < 2) continue;
        auto number = TRY(repository::select_account(desk.shelf, one.row.row.head, one.account->event));
        one.number = number.value_or(std::string());
    }
    return {};
}

bool is_held(const CaseState& state) {
    return last_of(state, held_mark, resumed_mark) == held_mark;
}

// Read once, by what each machine is for.
class Finding {
  public:
    // `account`: null where the pack compares none.
    Finding(Desk& desk, std::span<const repository::Readable> readable, Date today,
            const policy::FieldRule* account)
        : desk_(desk), readable_(readable), today_(today), account_(account) {}

    Result<void> payments(const policy::Machine& machine) {
        return each(machine, false, [&](const ListedCase& row, const std::vector<CaseEvent>& events) {
            auto one = paid_now(row, events, today_);
            if (!one) return;
            if (account_ != nullptr) one->account = accounts_of(*account_, machine, events).in_force;
            paid.push_back(std::move(*one));
        });
    }
    Result<void> deaths_of(const policy::Machine& machine) {
        return each(machine, std::nullopt, [this](const ListedCase& row, const auto& events) {
            if (auto one = death_told(row, events)) deaths.push_back(std::move(*one));
        });
    }
    Result<void> relatives(const policy::Machine& machine) {
        return each(machine, std::nullopt, [this, &machine](const ListedCase& row, const auto& events) {
            if (auto one = relative_unlisted(machine, row, events)) unlisted.push_back(std::move(*one));
        });
    }

    std::vector<PaidNow> paid;
    std::vector<DeathTold> deaths;
    std::vector<RuleHit> unlisted;

  private:
    template <class Take>
    Result<void> each(const policy::Machine& machine, std::optional<bool> is_closed, Take take) {
        CaseFilter filter;
        filter.machine = machine.id;
        filter.is_closed = is_closed;
        filter.day = today_;
        for (const ListedCase& row :
             TRY(repository::list_cases(desk_.shelf.database, readable_, filter, {}, all_cases)))
            take(row, TRY(repository::select_events(desk_.shelf, row.row.head)));
        return {};
    }

    Desk& desk_;
    std::span<const repository::Readable> readable_;
    Date today_;
    const policy::FieldRule* account_;
};

}  // namespace

std::optional<PaidNow> paid_now(const ListedCase& row, const std::vector<CaseEvent>& events, Date today) {
    const auto course = paid_course(events);
    const PaidFrom* paid = paid_on(course, today);
    if (paid == nullptr || paid->ends || paid->amount == Money() || is_held(fold(events)))
        return std::nullopt;
    const auto set = std::ranges::find(events, paid->event, &CaseEvent::number);
    return PaidNow{row, *paid, set == events.end() ? paid->from : set->on};
}

std::optional<DeathTold> death_told(const ListedCase& row, const std::vector<CaseEvent>& events) {
    const CaseState state = fold(events);
    const auto day = Date::parse_iso(first_of(state.fields, died_field));
    const bool is_confirmed = std::ranges::find(state.marks, confirmed_mark, &Mark::id) != state.marks.end();
    if (!day || (row.row.now.is_closed && !is_confirmed)) return std::nullopt;
    const auto told = std::ranges::find_if(events.rbegin(), events.rend(), [](const CaseEvent& event) {
        return event.fields.contains(std::string(died_field));
    });
    std::string sources;
    if (const auto heard = state.ever.find(death_source_field); heard != state.ever.end())
        sources = fmt::format("{}", fmt::join(heard->second, "、"));
    return DeathTold{row, *day, std::move(sources), told == events.rend() ? 0 : told->number};
}

std::vector<RuleHit> paid_after_death(std::span<const PaidNow> paid, std::span<const DeathTold> deaths) {
    std::multimap<HouseholdId, const PaidNow*> by_household;
    for (const PaidNow& one : paid)
        if (one.row.row.head.household) by_household.emplace(*one.row.row.head.household, &one);
    std::vector<RuleHit> hits;
    for (const DeathTold& death : deaths) {
        const CaseHead& of = death.row.row.head;
        if (!of.household) continue;
        const auto [first, last] = by_household.equal_range(*of.household);
        for (auto at = first; at != last; ++at) {
            const PaidNow& one = *at->second;
            const CaseHead& head = one.row.row.head;
            const bool is_anothers = head.person && of.person && *head.person != *of.person;
            if (is_anothers || one.set_on >= death.on) continue;
            hits.push_back(
                {HitRule::dead_paid,
                 fmt::format("{}/{}/{}/{}", name_of(HitRule::dead_paid), of.id.value(), head.id.value(),
                             one.paid.event),
                 one.row,
                 of.person,
                 {{of.id, of.machine, death.event, death.on, std::nullopt, {}, death.told}, source_of(one)}});
        }
    }
    return hits;
}

std::vector<RuleHit> paid_twice(const policy::CategoryOrder& exclusive, std::span<const PaidNow> paid,
                                const std::map<PersonId, HouseholdId>& homes) {
    std::map<HouseholdId, std::vector<const PaidNow*>> by_home;
    for (const PaidNow& one : paid)
        if (const HouseholdId home = lives_at(one, homes); home != HouseholdId())
            by_home[home].push_back(&one);
    std::vector<RuleHit> hits;
    for (auto& [home, all] : by_home) {
        std::ranges::sort(all, {}, [](const PaidNow* one) { return one->row.row.head.id; });
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                const CaseHead& one = all[i]->row.row.head;
                const CaseHead& other = all[j]->row.row.head;
                const bool are_two_persons = one.person && other.person && *one.person != *other.person;
                if (are_two_persons || !exclude(exclusive, all[i]->paid.category, all[j]->paid.category))
                    continue;
                hits.push_back(
                    {HitRule::paid_twice,
                     fmt::format("{}/{}/{}", name_of(HitRule::paid_twice), one.id.value(), other.id.value()),
                     all[j]->row,
                     one.person ? one.person : other.person,
                     {source_of(*all[i]), source_of(*all[j])}});
            }
        }
    }
    return hits;
}

std::vector<RuleHit> same_account(const policy::RouteElement& rule, std::span<const PaidNow> paid,
                                  const std::map<PersonId, HouseholdId>& homes) {
    std::map<std::string, std::vector<const PaidNow*>> by_number;
    for (const PaidNow& one : paid)
        if (is_compared(rule, one) && !one.number.empty()) by_number[one.number].push_back(&one);
    std::vector<RuleHit> hits;
    for (auto& [number, all] : by_number) {
        std::set<HouseholdId> paid_homes;
        for (const PaidNow* one : all) paid_homes.insert(lives_at(*one, homes));
        paid_homes.erase(HouseholdId());  // of whom no household is known: not known to be another
        if (paid_homes.size() < 2) continue;
        std::ranges::sort(all, {}, [](const PaidNow* one) { return one->row.row.head.id; });
        RuleHit hit{HitRule::same_account, {}, all.front()->row, all.front()->row.row.head.person, {}};
        // Many may share one: a key names the first, and the others by a hash of the steps.
        std::string steps;
        for (const PaidNow* one : all) {
            HitSource source = source_of(*one);
            source.event = one->account->event;
            source.account = one->account->masked;
            steps += fmt::format("{}.{},", source.of.value(), source.event);
            hit.sources.push_back(std::move(source));
        }
        hit.key = fmt::format("{}/{}/{:016x}", name_of(HitRule::same_account),
                              all.front()->row.row.head.id.value(), hash64(steps));
        hits.push_back(std::move(hit));
    }
    return hits;
}

std::optional<RuleHit> relative_unlisted(const policy::Machine& machine, const ListedCase& row,
                                         std::span<const CaseEvent> events) {
    const policy::Move* move = listing_move(machine);
    if (move == nullptr || move->only_if.empty()) return std::nullopt;
    const CaseState state = fold({events.begin(), events.end()});
    if (std::ranges::find(state.marks, relatives_mark, &Mark::id) != state.marks.end()) return std::nullopt;
    const bool is_asked = std::ranges::all_of(move->only_if, [&](const policy::FieldIs& one) {
        return has(one.words, first_of(state.fields, one.field));
    });
    if (!is_asked) return std::nullopt;
    const std::string& field = move->only_if.front().field;
    const auto told = std::ranges::find_if(
        events.rbegin(), events.rend(), [&](const CaseEvent& event) { return event.fields.contains(field); });
    if (told == events.rend()) return std::nullopt;  // it was forgotten
    const CaseHead& head = row.row.head;
    return RuleHit{
        HitRule::relative_unlisted,
        fmt::format("{}/{}", name_of(HitRule::relative_unlisted), head.id.value()),
        row,
        head.person,
        {{head.id, head.machine, told->number, told->on, std::nullopt, row.row.now.track, std::string()}}};
}

Result<RuleHits> rule_hits(Desk& desk, const policy::Law& law, std::span<const repository::Readable> readable,
                           const HomeOf& home_of) {
    Finding finding(desk, readable, civil_day(desk.clock.now()), compared_field(law));
    const policy::Machine* deaths = machine_of_deaths(law.procedures);
    for (const policy::Machine& machine : law.procedures.machines) {
        if (leaves(machine, amount_mark)) TRY_VOID(finding.payments(machine));
        if (&machine == deaths) TRY_VOID(finding.deaths_of(machine));
        if (listing_move(machine) != nullptr) TRY_VOID(finding.relatives(machine));
    }
    std::map<PersonId, HouseholdId> homes;
    for (const PaidNow& one : finding.paid) {
        const auto& person = one.row.row.head.person;
        if (person && !homes.contains(*person)) homes.emplace(*person, TRY(home_of(*person)));
    }
    RuleHits found{paid_after_death(finding.paid, finding.deaths), std::nullopt};
    std::vector<RuleHit>& hits = found.all;
    std::ranges::move(paid_twice(law.exclusive_order, finding.paid, homes), std::back_inserter(hits));
    std::ranges::move(finding.unlisted, std::back_inserter(hits));
    if (const policy::RouteElement* rule = account_rule(law)) {
        TRY_VOID(open_numbers(desk, *rule, finding.paid, homes));
        std::ranges::move(same_account(*rule, finding.paid, homes), std::back_inserter(hits));
        found.without_account = static_cast<std::uint64_t>(
            std::ranges::count_if(finding.paid, [](const PaidNow& one) { return !one.account; }));
    }
    std::ranges::sort(hits, {}, [](const RuleHit& hit) {
        return std::tuple(hit.rule, std::string_view(hit.about.household), std::string_view(hit.key));
    });
    return found;
}

Result<HitLook> look_at_hit_within(Desk& desk, const RuleHit& hit, const Actor& actor,
                                   const std::string& reason) {
    if (!TRY(looks_at_hits(desk, std::span(&hit, 1))).empty())
        return fail(ErrorKind::conflict, "hit_looked_at",
                    {"已有人核实过", "somebody has looked at it already"});
    HitLook look{.at = desk.clock.now(), .by = actor.user, .unit = actor.unit, .reason = reason};
    look.id = TRY(repository::insert_hit_look(desk.shelf, hit.about.row.head, hit.key, look));
    return look;
}

Result<std::map<std::string, HitLook>> looks_at_hits(Desk& desk, std::span<const RuleHit> hits) {
    std::map<std::string, HitLook> looks;
    for (const RuleHit& hit : hits) {
        if (auto look = TRY(repository::select_hit_look(desk.shelf, hit.about.row.head, hit.key)))
            looks.emplace(hit.key, std::move(*look));
    }
    return looks;
}

}  // namespace doudi::casework
