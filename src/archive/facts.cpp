// SPDX-License-Identifier: Apache-2.0
#include "archive/facts.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/money.h"
#include "casework/numbers.h"

namespace doudi::archive {
namespace {

using access::FieldClass;
using casework::ClockReading;
using Type = policy::FieldRule::Type;

constexpr std::array<std::string_view, 16> spaces{
    "told", "event",     "mark",      "clock",  "clock_days", "soonest", "soonest_days", "made",
    "case", "household", "applicant", "office", "law",        "papers",  "figure",       "own"};

Fact one(std::string value, std::string word) {
    return {{std::move(value)}, {std::move(word)}};
}
Fact text(const std::string& value) {
    return value.empty() ? Fact() : one(value, value);
}
Fact day(Date day) {
    return one(day.iso(), day.iso());
}
Fact flag(bool value) {
    return value ? one("true", "是") : one("false", "否");
}

std::uint32_t number_of(const std::string& text) {
    std::uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// A clause without the mark of how it was read, "[F]"; empty where it is no clause of a notice at all: "[I]".
std::string clause_alone(std::string clause) {
    constexpr std::size_t mark = 3;
    for (std::size_t at = clause.find('['); at != std::string::npos; at = clause.find('[', at)) {
        if (at + mark > clause.size() || clause[at + 2] != ']') break;
        if (clause[at + 1] == 'I') return {};
        clause.erase(at, mark);
    }
    while (clause.ends_with(' ')) clause.pop_back();
    return clause;
}

// A figure as papers write it: a word, a number, fen.
Fact of_figure(const policy::ParameterValue* figure) {
    if (figure == nullptr) return {};
    switch (figure->value.kind()) {
        case expr::TypeKind::string:
            return text(std::string(figure->value.as_text()));
        case expr::TypeKind::integer:
            return text(std::to_string(figure->value.as_integer()));
        case expr::TypeKind::money:
            return text(std::to_string(figure->value.as_money().fen()));
        default:
            return {};
    }
}

template <class List>
std::string title_of(const List& list, const std::string& id) {
    const auto found = std::ranges::find_if(list, [&](const auto& one) { return one.id == id; });
    return found == list.end() ? id : found->title.zh;
}

bool runs(const ClockReading& clock) {
    return !clock.ended_on && clock.state != casework::ClockState::replaced;
}

// As the law states them; 0: it counts otherwise, or a figure of the place says how many.
int days_of(const ClockReading& clock) {
    using Kind = policy::ClockTerm::Kind;
    const auto& term = clock.rule->term;
    const bool counts = term.kind == Kind::working_days || term.kind == Kind::natural_days;
    return counts && term.parameter.empty() ? term.count : 0;
}

}  // namespace

bool is_fact_name(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot != std::string_view::npos && dot + 1 < name.size() &&
           std::ranges::find(spaces, name.substr(0, dot)) != spaces.end();
}

Result<CaseFacts> CaseFacts::at(const Setting& setting, const casework::CaseView& view,
                                const casework::CaseEvent& event) {
    CaseFacts facts(setting, view, event);
    for (const auto& before : view.events) {
        if (before.number > event.number) break;
        casework::fold(facts.state_, before);
    }
    facts.clocks_ = casework::clocks_of(setting.desk, *view.pack, view.head, facts.state_, event.on);
    facts.cut_ = TRY(setting.cut_of(view.head));
    if (!view.head.household) return facts;
    facts.home_ = TRY(home_on(setting.data, *view.head.household, event.on));
    const auto unit = TRY(access::unit_of(setting.data.database(), *view.head.household, event.on));
    const access::Unit* found = unit ? setting.units.find(*unit) : nullptr;
    if (found != nullptr && found->kind == access::UnitKind::village) facts.village_ = found->title;
    return facts;
}

Fact CaseFacts::find(std::string_view name, std::string_view paper) const {
    if (name == paper_number) {
        const auto number = event_->numbers.find(paper);
        return number == event_->numbers.end() ? Fact() : text(number->second);
    }
    const std::size_t dot = name.find('.');
    const std::string_view space = name.substr(0, dot);
    const std::string_view what = name.substr(dot + 1);
    if (space == "told") return told(state_.fields, what);
    if (space == "event") return told(event_->fields, what);
    using Finder = Fact (CaseFacts::*)(std::string_view) const;
    static constexpr std::array<std::pair<std::string_view, Finder>, 14> finders{
        {{"mark", &CaseFacts::mark},
         {"clock", &CaseFacts::clock},
         {"clock_days", &CaseFacts::clock_days},
         {"soonest", &CaseFacts::soonest},
         {"soonest_days", &CaseFacts::soonest_days},
         {"made", &CaseFacts::made},
         {"case", &CaseFacts::of_case},
         {"household", &CaseFacts::household},
         {"applicant", &CaseFacts::applicant},
         {"office", &CaseFacts::office},
         {"law", &CaseFacts::law},
         {"papers", &CaseFacts::papers},
         {"figure", &CaseFacts::figure},
         {"own", &CaseFacts::own}}};
    const auto found = std::ranges::find(finders, space, &std::pair<std::string_view, Finder>::first);
    return found == finders.end() ? Fact() : (this->*found->second)(what);
}

std::vector<FactRow> CaseFacts::rows(std::string_view name) const {
    std::vector<FactRow> all;
    if (name == "household.posted") {
        if (home_.household) all.push_back(posted());
        return all;
    }
    if (name == "household.members") {
        for (const auto& member : home_.members) {
            FactRow row;
            for (const std::string_view column : {"name", "relation", "sex", "number", "phone"})
                row.emplace(column, of_member(member, column));
            all.push_back(std::move(row));
        }
        return all;
    }
    const Fact fact = find(name);
    for (std::size_t n = 0; n < fact.values.size(); ++n)
        all.push_back({{"value", one(fact.values[n], fact.words[n])}});
    return all;
}

// --- what was told

Fact CaseFacts::told(const casework::Fields& fields, std::string_view field) const {
    const auto found = fields.find(field);
    if (found == fields.end()) return {};
    const policy::FieldRule* rule = view_->pack->law.procedures.field(field);
    Fact fact{found->second, {}};
    for (const std::string& value : fact.values) fact.words.push_back(word_of(rule, value));
    return fact;
}

std::string CaseFacts::word_of(const policy::FieldRule* field, const std::string& value) const {
    if (field == nullptr) return value;
    switch (field->type) {
        case Type::word: {
            const auto found = std::ranges::find(field->words, value, &std::pair<std::string, Text>::first);
            return found == field->words.end() ? value : found->second.zh;
        }
        case Type::flag:
            return flag(value == "true").words.front();
        case Type::category:
            return title_of(view_->pack->law.categories, value);
        case Type::benefit:
            return title_of(view_->pack->law.benefits, value);
        case Type::money: {
            std::int64_t fen = 0;
            std::from_chars(value.data(), value.data() + value.size(), fen);
            return Money::fen(fen).yuan_text() + "元";
        }
        case Type::user:
        case Type::users:
            return setting_->user_name(access::UserId(number_of(value)));
        case Type::unit: {
            const access::Unit* unit = setting_->units.find(access::UnitId(number_of(value)));
            return unit == nullptr ? std::string() : unit->title;
        }
        case Type::person:
        case Type::people: {
            // Of others than the household's own the paper says nothing.
            const registry::Member* member = home_.member(PersonId(number_of(value)));
            return member == nullptr ? std::string() : member->name;
        }
        default:
            return value;
    }
}

// --- when, and by whom

Fact CaseFacts::mark(std::string_view id) const {
    const casework::Mark* last = nullptr;
    for (const auto& mark : state_.marks)
        if (mark.id == id) last = &mark;
    return last == nullptr ? Fact() : day(last->day);
}

// One that runs before a category is settled is the office's to keep; no paper tells its day as the
// household's.
bool CaseFacts::is_settled(const ClockReading& clock) const {
    return clock.rule->of.empty() || !state_.track.empty();
}

Fact CaseFacts::clock(std::string_view id) const {
    const ClockReading* last = nullptr;
    for (const auto& clock : clocks_)
        if (clock.rule->id == id && runs(clock) && is_settled(clock)) last = &clock;
    return last == nullptr || !last->due ? Fact() : day(*last->due);
}

Fact CaseFacts::clock_days(std::string_view id) const {
    for (const auto& clock : clocks_)
        if (clock.rule->id == id && runs(clock) && is_settled(clock) && days_of(clock) > 0)
            return text(std::to_string(days_of(clock)));
    return {};
}

// While no category is settled its clocks wait for it: each is read as if one of its own were.
std::optional<ClockReading> CaseFacts::soonest_of(std::string_view ids) const {
    std::optional<ClockReading> found;
    if (!state_.track.empty()) return found;
    casework::CaseState settled = state_;
    for (std::size_t at = 0; at < ids.size();) {
        const std::size_t end = std::min(ids.find('+', at), ids.size());
        const std::string_view id = ids.substr(at, end - at);
        at = end + 1;
        const policy::ClockRule* rule = view_->pack->law.procedures.clock(id);
        if (rule == nullptr || rule->of.empty()) continue;
        settled.track = rule->of.front();
        for (auto& clock :
             casework::clocks_of(setting_->desk, *view_->pack, view_->head, settled, event_->on))
            if (clock.rule->id == id && runs(clock) && clock.due && days_of(clock) > 0 &&
                (!found || *clock.due < *found->due))
                found = std::move(clock);
    }
    return found;
}

Fact CaseFacts::soonest(std::string_view ids) const {
    const auto clock = soonest_of(ids);
    return clock ? day(*clock->due) : Fact();
}

Fact CaseFacts::soonest_days(std::string_view ids) const {
    const auto clock = soonest_of(ids);
    return clock ? text(std::to_string(days_of(*clock))) : Fact();
}

const access::Unit* CaseFacts::office_unit() const {
    return setting_->units.find(event_->unit != access::UnitId() ? event_->unit : view_->head.unit);
}

Fact CaseFacts::made(std::string_view what) const {
    if (what == "day") return day(event_->on);
    if (what == "by") return text(setting_->user_name(event_->by));
    if (what == "move") return text(view_->head.machine + "." + event_->move);
    const access::Unit* unit = office_unit();
    if (what == "office" && unit != nullptr) return text(unit->title);
    return {};
}

Fact CaseFacts::office(std::string_view kind) const {
    const access::Unit* unit = office_unit();
    if (unit == nullptr) return {};
    Fact found;
    // The nearest above, of the office that made the event, else of the one that handles the case.
    for (const access::UnitId from : {unit->id, view_->head.unit}) {
        for (const access::UnitId id : setting_->units.path(from, event_->on)) {
            const access::Unit* above = setting_->units.find(id);
            if (above != nullptr && access::name_of(above->kind) == kind) found = text(above->title);
        }
        if (found.is_known()) break;
    }
    return found;
}

// --- the case and its law

Fact CaseFacts::of_case(std::string_view what) const {
    if (what == "number") return text(std::to_string(view_->head.id.value()));
    if (what == "machine") return text(view_->head.machine);
    if (what == "title") return text(view_->machine->title.zh);
    if (what == "opened_on") return day(view_->head.opened_on);
    return {};
}

Fact CaseFacts::law(std::string_view what) const {
    const policy::Move* move = view_->machine->move(event_->move);
    if (what == "title") return text(view_->pack->title.zh);
    if (what != "clause" || move == nullptr) return {};
    const std::string clause = clause_alone(move->cite.clause);
    // A clause of the notice itself stands behind its number; one of another document names it.
    const bool names_document =
        clause.find("〔") != std::string::npos || clause.find("号") != std::string::npos;
    if (clause.empty() || names_document || move->cite.pack != view_->pack->id) return text(clause);
    return text(view_->pack->source + " " + clause);
}

Fact CaseFacts::papers(std::string_view what) const {
    return what == "served" ? served_ : Fact();
}

// --- figures of the place

Fact CaseFacts::figure(std::string_view id) const {
    const access::Unit* unit = office_unit();
    const policy::Law& law = view_->pack->law;
    const int parameter = law.parameter_of(id);
    if (unit == nullptr || parameter < 0) return {};
    const std::string region = setting_->units.region_of(unit->id, event_->on);
    return of_figure(law.value_of(parameter, region, "", event_->on));
}

Fact CaseFacts::own(std::string_view id) const {
    const access::Unit* unit = office_unit();
    if (unit == nullptr) return {};
    return of_figure(casework::own_figure(view_->pack->law, setting_->units, unit->id, id, event_->on));
}

// --- people

Fact CaseFacts::shown(FieldClass field, std::string_view value) const {
    if (value.empty()) return {};
    const auto seen = cut_(field, value);
    return seen ? text(*seen) : Fact();
}

Fact CaseFacts::of_member(const registry::Member& member, std::string_view what) const {
    if (what == "name") return shown(FieldClass::name, member.name);
    if (what == "relation") return text(member.relation);
    if (what == "sex") return text(member.sex);
    if (what == "phone") return shown(FieldClass::phone, member.phone);
    // Masked whatever the reader may see: a paper is copied.
    if (what == "number" && member.id_number) return text(member.id_number->masked());
    return {};
}

const registry::Member* CaseFacts::who_applies() const {
    const std::string told = casework::first_of(state_.fields, "applicant");
    const registry::Member* applicant = told.empty() ? nullptr : home_.member(PersonId(number_of(told)));
    return applicant == nullptr ? home_.head() : applicant;
}

Fact CaseFacts::applicant(std::string_view what) const {
    const registry::Member* member = who_applies();
    if (member != nullptr) return of_member(*member, what);
    if (what == "name" && home_.household) return shown(FieldClass::name, home_.household->head_name);
    return {};
}

Fact CaseFacts::household(std::string_view what) const {
    if (!home_.household) return {};
    if (what == "address") return shown(FieldClass::address, home_.household->address);
    if (what == "size" && !home_.members.empty()) return text(std::to_string(home_.members.size()));
    if (what == "village") return text(village_);
    return {};
}

// The head, known to be an adult where both the head and who applies are.
FactRow CaseFacts::posted() const {
    FactRow row;
    row.emplace("name", text(home_.household->head_name));
    row.emplace("village", text(village_));
    row.emplace("persons", told(state_.fields, "persons"));
    row.emplace("amount", told(state_.fields, "amount"));
    const registry::Member* head = home_.head();
    const registry::Member* applies = who_applies();
    if (head == nullptr || applies == nullptr) return row;
    const auto of_age = [&](const registry::Member& member) {
        return is_adult(member, event_->on, setting_->adult_years).value_or(false);
    };
    row.emplace("adult", flag(of_age(*head) && of_age(*applies)));
    return row;
}

}  // namespace doudi::archive
