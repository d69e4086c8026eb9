// SPDX-License-Identifier: Apache-2.0
#include "http/register/chain.h"

#include <algorithm>
#include <tuple>

#include "access/authorisations.h"
#include "casework/repository.h"
#include "http/cases/case_desk.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

// Whose birthday nobody knows is no adult here: less is shown, not more.
bool is_adult(Call& call, PersonId person, int adult_years) {
    constexpr int months = 12;
    const auto member = registry::read_member(call.desk.data, call.desk.data.current(), person);
    return member && member->id_number &&
           call.today() >= member->id_number->birth_date().plus_months(months * adult_years);
}

class Collector {
  public:
    Collector(Call& call, const PlacedHousehold& placed) : call_(call), placed_(placed) {}

    Outcome<std::vector<ChainItem>> collect(const monitor::Explanation& told) {
        guarded_ = TRY(protected_members(call_.desk.data, placed_.id, call_.today()));
        const auto household =
            TRY(registry::read_household(call_.desk.data, call_.desk.data.current(), placed_.id));
        if (household.enrolled_on) add("category.decided", std::nullopt, *household.enrolled_on);
        for (const auto& warning : told.warnings) add_warning(warning);
        for (const auto& doubt : told.doubts) add_told(doubt.dataset, doubt.person, doubt.date, false);
        for (const auto& member :
             TRY(registry::members_of(call_.desk.data, call_.desk.data.current(), placed_.id))) {
            for (const auto& paper : TRY(access::authorisations_of(call_.desk.database, member.id))) {
                add("authorisation.signed", member.id, paper.signed_on);
                if (paper.revoked_on) add("authorisation.revoked", member.id, *paper.revoked_on);
            }
        }
        TRY_VOID(add_cases());
        std::ranges::sort(items_, {}, [](const ChainItem& one) {
            return std::tuple(one.on, one.event.kind, one.person ? one.person->value() : 0);
        });
        return std::move(items_);
    }

  private:
    void add(std::string kind, std::optional<PersonId> person, Date on, std::string source = {},
             bool certain = true) {
        const bool guarded = person ? guarded_.contains(*person) : !guarded_.empty();
        ChainItem item{
            {.kind = std::move(kind), .department = {}, .about_protected = guarded, .withheld_until = {}},
            person,
            on,
            std::move(source)};
        if (!certain) item.event.withheld_until = access::forever;
        items_.push_back(std::move(item));
    }

    // Every step of every case of the household, by the kind that its move has in its own pack.
    Result<void> add_cases() {
        auto desk = case_desk(call_);
        for (const auto& row : TRY(casework::repository::select_cases_of(desk.shelf, placed_.id))) {
            const auto pack = desk.law_of(row.head.pack, row.head.opened_on);
            const policy::Machine* machine =
                pack == nullptr ? nullptr : pack->law.procedures.machine(row.head.machine);
            std::string level;
            for (const auto& event : TRY(casework::repository::select_events(desk.shelf, row.head))) {
                const policy::Move* move = machine == nullptr ? nullptr : machine->move(event.move);
                add(move == nullptr ? std::string() : move->event, row.head.person, event.on);
                auto& item = items_.back();
                item.event.department = row.head.department;
                item.event.withheld_until = withheld_until(event);
                if (const auto told = casework::first_of(event.fields, casework::level_field); !told.empty())
                    level = told;
                item.level = level;
                if (move != nullptr)
                    item.step = ChainStep{row.head.id, machine->title, move->title, event.unit};
            }
        }
        return {};
    }

    // What may be somebody else's, or was taken back, stays in the offices: another's illness must not be
    // told as one's own.
    void add_told(const std::string& dataset, PersonId person, Date on, bool certain) {
        add(std::string(call_.services.visibility.kind_told_by(dataset)), person, on, dataset, certain);
    }

    void add_warning(const monitor::ExplainedWarning& warning) {
        add("warning.issued", std::nullopt, warning.issued_on);
        items_.back().level = warning.level;
        add("warning.score", std::nullopt, warning.issued_on);
        items_.back().level = warning.level;
        if (warning.closed_on) add("warning.closed", std::nullopt, *warning.closed_on);
        for (const auto& event : warning.events)
            add_told(event.dataset, event.person, event.date,
                     event.grade == "exact" && event.state != "taken_back");
    }

    Call& call_;
    const PlacedHousehold& placed_;
    std::set<PersonId> guarded_;
    std::vector<ChainItem> items_;
};

}  // namespace

Outcome<std::vector<ChainItem>> chain_of(Call& call, const PlacedHousehold& placed,
                                         const monitor::Explanation& told) {
    return Collector(call, placed).collect(told);
}

ChainReader::ChainReader(Call& call, const std::vector<access::Reveal>& revealed)
    : call_(call),
      of_warning_(call, access::Thing::warning, revealed),
      of_person_(call, access::Thing::person, revealed) {
    if (call.who().person) is_adult_ = is_adult(call, *call.who().person, call.services.rules.adult_years);
}

access::Reader ChainReader::reader_of(const PlacedHousehold& placed, std::optional<PersonId> person) const {
    using access::ReaderKind;
    const auto& who = call_.who();
    if (who.kind == access::SessionKind::citizen) {
        if (person && who.person == person) return {ReaderKind::person_self, {}};
        if (who.household != placed.id) return {ReaderKind::other_citizen, {}};
        return {is_adult_ ? ReaderKind::adult_of_household : ReaderKind::minor_of_household, {}};
    }
    return {access::reader_kind(who), who.department};
}

access::Shown ChainReader::shown(const PlacedHousehold& placed, const access::ChainEvent& event,
                                 std::optional<PersonId> person) const {
    using access::Shown;
    const access::Reader reader = reader_of(placed, person);
    if (!call_.services.visibility.may_see(reader, event, call_.today())) return Shown::hidden;
    const auto* rule = call_.services.visibility.find(event.kind);
    if (!access::is_office(reader.kind) || rule == nullptr || !rule->field) return Shown::whole;
    access::ScopedRow row = placed.row();
    row.person = person;
    return std::max(of_warning_.shown(*rule->field, row), of_person_.shown(*rule->field, row));
}

access::Shown ChainReader::shown_told(const PlacedHousehold& placed, std::string_view dataset,
                                      std::optional<PersonId> person) const {
    return shown(placed,
                 {.kind = std::string(call_.services.visibility.kind_told_by(dataset)),
                  .department = {},
                  .about_protected = false,
                  .withheld_until = {}},
                 person);
}

access::Shown ChainReader::shown_indicator(const PlacedHousehold& placed, const policy::Policy& law,
                                           std::string_view indicator) const {
    const int index = law.pack.indicator_of(indicator);
    auto least = access::Shown::whole;
    if (index < 0) return least;  // of a pack that no longer has it: nothing says what it stood on
    for (const auto& source : law.pack.indicators[static_cast<std::size_t>(index)].sources) {
        const auto& dataset = law.catalogue.datasets[static_cast<std::size_t>(source.dataset)].id;
        least = std::min(least, shown_told(placed, dataset, std::nullopt));
    }
    return least;
}

std::optional<access::FieldClass> ChainReader::class_told(std::string_view dataset) const {
    const auto& visibility = call_.services.visibility;
    const auto* rule = visibility.find(visibility.kind_told_by(dataset));
    return rule == nullptr ? std::nullopt : rule->field;
}

}  // namespace doudi::http
