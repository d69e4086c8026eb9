// SPDX-License-Identifier: Apache-2.0
#include "oversight/household_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "match/repository.h"
#include "oversight/row_facts.h"
#include "oversight/told_columns.h"
#include "registry/repository.h"

namespace doudi::oversight {
namespace {

using policy::Dataset;
using policy::Subject;

// A fact of a subject: index into Law::facts, and the row of the member or household.
using Of = std::pair<int, std::uint32_t>;

// One dataset's words on the household: of each fact the newest rows alone.
class NewestRows : public FactSink {
  public:
    explicit NewestRows(const RowFacts& rows, Date as_of, bool is_roll)
        : rows_(rows), as_of_(as_of), is_roll_(is_roll) {}

    void told(const ToldRow& row) override { keep(row, access::AuthorisationAnswer::covered, {}); }
    void kept_apart(const ToldRow& row, const registry::Member& member,
                    access::AuthorisationAnswer why) override {
        keep(row, why, member.id);
    }
    [[nodiscard]] std::map<Of, std::vector<HouseholdFact>>& facts() { return facts_; }

  private:
    void keep(const ToldRow& row, access::AuthorisationAnswer paper, std::optional<PersonId> unsigned_by) {
        if (!is_roll_ && row.day > as_of_) return;  // it is said of a day to come
        std::vector<HouseholdFact>& newest = facts_[{row.fact, row.subject}];
        HouseholdFact fact{.definition = row.definition,
                           .person = std::nullopt,
                           .source = &rows_.dataset(),
                           .value = row.value,
                           .as_of = row.day,
                           .good_until = std::nullopt,
                           .file_name = std::string(row.file_name),
                           .row = row.row,
                           .paper = paper,
                           .unsigned_by = unsigned_by};
        if (unsigned_by) {
            fact.standing = FactStanding::not_authorised;
            fact.value = value_of_fact(*row.definition, {});
        }
        // What may not be read neither supersedes what may, nor is superseded by it.
        const bool is_kept = unsigned_by.has_value();
        const auto same_kind = [&](const HouseholdFact& one) {
            return one.unsigned_by.has_value() == is_kept;
        };
        if (std::ranges::any_of(newest, [&](const auto& one) {
                return same_kind(one) && (one.as_of > fact.as_of ||
                                          (one.as_of == fact.as_of && (is_kept || same_value(one, fact))));
            }))
            return;
        std::erase_if(newest, [&](const auto& one) { return same_kind(one) && one.as_of < fact.as_of; });
        newest.push_back(std::move(fact));
    }
    static bool same_value(const HouseholdFact& one, const HouseholdFact& other) {
        return expr::same_answer(one.value, other.value);
    }

    const RowFacts& rows_;
    Date as_of_;
    bool is_roll_;
    std::map<Of, std::vector<HouseholdFact>> facts_;
};

class HouseholdReader {
  public:
    HouseholdReader(store::DataFolder& store, const policy::Policy& policy, AsOf as_of)
        : store_(store), policy_(policy), law_(policy.pack.law), as_of_(as_of) {}

    Result<HouseholdFacts> read(HouseholdId household, std::span<const VisitFinding> findings) {
        const PublishId now = store_.current();
        out_.people.households.push_back(TRY(registry::read_household(store_, now, household)));
        out_.people.members = TRY(registry::members_of(store_, now, household));
        TRY_VOID(read_permits());
        const match::Roster roster = match::Roster::build(TRY(own_numbers()));
        const Places places(out_.people);
        const auto arrivals = TRY(match::list_arrivals(store_, as_of_));
        for (const Dataset& dataset : policy_.catalogue.datasets) {
            if (dataset.facts.empty() || dataset.kind != policy::DatasetKind::feed) continue;
            const RowFacts rows(dataset, law_, permits_, roster, places, out_.people);
            TRY_VOID(read_feed(rows, counting_arrivals(dataset, arrivals)));
        }
        for (const VisitFinding& finding : findings) take_finding(finding, places);
        tell_by_register();
        for (auto& [of, facts] : told_) judge(facts);
        hand_over();
        return std::move(out_);
    }

  private:
    Result<void> read_permits() {
        std::vector<access::Authorisation> papers;
        for (const registry::Member& member : out_.people.members)
            for (auto& paper : TRY(access::authorisations_of(store_.database(), member.id)))
                papers.push_back(std::move(paper));
        permits_ = {access::AuthorisationBook(std::move(papers)), as_of_.date};
        return {};
    }

    // A number that somebody else on the register carries too is theirs, as it is for matching.
    Result<registry::Register> own_numbers() {
        registry::Register own = out_.people;
        for (registry::Member& member : own.members) {
            if (!member.id_number) continue;
            const PersonId owner = TRY(registry::find_by_number(store_, store_.current(), *member.id_number));
            if (owner != member.id) member.id_number.reset();
        }
        return own;
    }

    Result<void> read_feed(const RowFacts& rows, const std::vector<const match::StoredArrival*>& arrivals) {
        if (rows.wanted().empty() || arrivals.empty()) return {};
        const Dataset& dataset = rows.dataset();
        const bool is_roll = dataset.delivery == policy::Delivery::whole_roll;
        NewestRows newest(rows, as_of_.date, is_roll);
        for (const match::StoredArrival* arrival : arrivals) {
            auto source = TRY(store_.open_blob(store::Shelf::segments, arrival->arrival.segment));
            TRY_VOID(rows.read(TRY(match::LandedRows::open(std::move(source), dataset)),
                               arrival->arrival.file_name, newest));
        }
        // A whole roll speaks as of its delivery, whatever the days on its rows.
        const Date delivered = arrivals.back()->arrival.as_of.date;
        if (is_roll && !dataset.complete_scope.empty()) tell_the_rest(rows, newest, delivered);
        for (auto& [of, facts] : newest.facts()) {
            mark_conflict(facts);
            for (HouseholdFact& fact : facts) {
                if (is_roll) fact.as_of = delivered;
                take(of, std::move(fact), rows.term(of.first));
            }
        }
        return {};
    }

    [[nodiscard]] std::size_t subjects(const policy::FactDefinition& definition) const {
        return definition.of == Subject::person ? out_.people.members.size() : out_.people.households.size();
    }

    void tell_the_rest(const RowFacts& rows, NewestRows& newest, Date delivered) {
        for (const RowFacts::Wanted& one : rows.wanted()) {
            const auto value = told_by_silence(one);
            for (std::uint32_t subject = 0; value && subject < subjects(*one.definition); ++subject) {
                auto& facts = newest.facts()[{one.fact, subject}];
                if (facts.empty()) facts.push_back(plain(*one.definition, rows.dataset(), *value, delivered));
            }
        }
    }

    static HouseholdFact plain(const policy::FactDefinition& definition, const Dataset& source,
                               const expr::Value& value, Date as_of) {
        return {.definition = &definition,
                .person = std::nullopt,
                .source = &source,
                .value = value,
                .as_of = as_of,
                .good_until = std::nullopt,
                .file_name = {},
                .unsigned_by = std::nullopt};
    }

    // Being on the register tells something of those of whom nobody says otherwise; the number tells the
    // birthday.
    void tell_by_register() {
        for (const Dataset& dataset : policy_.catalogue.datasets) {
            if (dataset.kind == policy::DatasetKind::feed) continue;
            for (const RowFacts::Wanted& one : told_by_register(dataset, law_)) {
                const auto value = value_of_fact(*one.definition, one.told->value);
                for (std::uint32_t subject = 0; subject < subjects(*one.definition); ++subject) {
                    const Of of{one.fact, subject};
                    if (!is_told(of)) take(of, plain(*one.definition, dataset, value, as_of_.date), {});
                }
            }
            if (dataset.kind == policy::DatasetKind::register_members) tell_birth_dates(dataset);
        }
    }
    [[nodiscard]] bool is_told(const Of& of) const {
        const auto known = told_.find(of);
        return known != told_.end() && std::ranges::any_of(known->second, is_usable);
    }
    static bool is_usable(const HouseholdFact& fact) {
        return fact.standing == FactStanding::counts || fact.standing == FactStanding::conflict;
    }

    void tell_birth_dates(const Dataset& members) {
        const int fact = law_.fact_of(Subject::person, policy::birth_fact);
        if (fact < 0 || law_.facts[static_cast<std::size_t>(fact)].is) return;
        const policy::FactDefinition& definition = law_.facts[static_cast<std::size_t>(fact)];
        for (std::uint32_t row = 0; row < out_.people.members.size(); ++row) {
            const auto& number = out_.people.members[row].id_number;
            if (number)
                take({fact, row},
                     plain(definition, members, expr::Value::date(number->birth_date()), as_of_.date), {});
        }
    }

    // Rows of one dataset and day that differ.
    static void mark_conflict(std::vector<HouseholdFact>& facts) {
        const auto is_told = [](const HouseholdFact& one) { return !one.unsigned_by; };
        if (std::ranges::count_if(facts, is_told) < 2) return;
        for (HouseholdFact& fact : facts)
            if (is_told(fact)) fact.standing = FactStanding::conflict;
    }

    void take(const Of& of, HouseholdFact fact, std::optional<int> term) {
        if (fact.definition->of == Subject::person) fact.person = out_.people.members[of.second].id;
        if (term) fact.good_until = fact.as_of + *term;
        if (fact.good_until && *fact.good_until < as_of_.date && !fact.unsigned_by)
            fact.standing = FactStanding::stale;
        told_[of].push_back(std::move(fact));
    }

    void take_finding(const VisitFinding& finding, const Places& places) {
        const Subject subject = finding.person ? Subject::person : Subject::household;
        const int fact = law_.fact_of(subject, finding.fact);
        const std::uint32_t row = finding.person ? places.person(finding.person->value()) : 0;
        if (fact < 0 || row == Places::nowhere || finding.on > as_of_.date) return;
        const policy::FactDefinition& definition = law_.facts[static_cast<std::size_t>(fact)];
        auto value = value_of_fact(definition, finding.value);
        if (definition.is || value.is_unknown()) return;
        HouseholdFact one{.definition = &definition,
                          .person = std::nullopt,
                          .source = nullptr,
                          .value = std::move(value),
                          .as_of = finding.on,
                          .good_until = std::nullopt,
                          .file_name = {},
                          .unsigned_by = std::nullopt,
                          .found = finding.at};
        if (definition.needs_authorisation) keep_apart(one, row);
        take({fact, row}, std::move(one), definition.max_age_days);
    }

    // Means that were heard at the door enter under the same papers as those that a department told.
    void keep_apart(HouseholdFact& fact, std::uint32_t row) {
        const access::MeansFact means{.id = fact.definition->id,
                                      .signed_on = {},
                                      .sender_holds_papers = false,
                                      .told_on = fact.as_of,
                                      .read_on = as_of_.date};
        const bool is_persons = fact.definition->of == Subject::person;
        for (std::uint32_t member = 0; member < out_.people.members.size(); ++member) {
            if (is_persons && member != row) continue;
            const PersonId whose = out_.people.members[member].id;
            const auto answer = permits_.papers.lets_enter(whose, means);
            if (answer == access::AuthorisationAnswer::covered) continue;
            fact.standing = FactStanding::not_authorised;
            fact.value = value_of_fact(*fact.definition, {});
            fact.paper = answer;
            fact.unsigned_by = whose;
            return;
        }
    }

    using Words = std::vector<HouseholdFact*>;

    // What departments tell and what visits found are judged apart, and then held against each other.
    static void judge(std::vector<HouseholdFact>& facts) {
        Words told;
        Words found;
        for (HouseholdFact& fact : facts) {
            if (is_usable(fact)) (fact.found ? found : told).push_back(&fact);
        }
        told = settled(told);
        found = settled(found);
        if (!told.empty() && !found.empty()) weigh(told, found);
    }

    // Neither takes the other's place: where they differ, the fact's own rule says which is taken.
    static void weigh(const Words& told, const Words& found) {
        const auto agrees = [&](const HouseholdFact* one) {
            return one->standing == FactStanding::counts && expr::same_answer(one->value, told[0]->value);
        };
        if (std::ranges::all_of(told, agrees) && std::ranges::all_of(found, agrees)) return;
        using Visit = policy::FactSource::Visit;
        const Visit rule = told[0]->definition->get.visit;
        const bool is_one_newer = told[0]->as_of != found[0]->as_of;
        if (rule == Visit::yields) {
            for (HouseholdFact* fact : found) fact->standing = FactStanding::beside;
        } else if (rule == Visit::newest && is_one_newer) {
            for (HouseholdFact* fact : told[0]->as_of < found[0]->as_of ? told : found)
                fact->standing = FactStanding::superseded;
        } else {
            for (const Words* words : {&told, &found})
                for (HouseholdFact* fact : *words) fact->standing = FactStanding::conflict;
        }
    }

    // Of what several tell the newest counts; of equally new words that differ none does. Gives the newest.
    static Words settled(const Words& usable) {
        if (usable.empty()) return {};
        const Date newest = (*std::ranges::max_element(usable, {}, [](const HouseholdFact* one) {
                                return one->as_of;
                            }))->as_of;
        std::vector<HouseholdFact*> last;
        for (HouseholdFact* fact : usable) {
            if (fact->as_of == newest) {
                last.push_back(fact);
            } else {
                fact->standing = FactStanding::superseded;
            }
        }
        const bool differ = std::ranges::any_of(last, [&](const HouseholdFact* one) {
            return one->standing == FactStanding::conflict || !expr::same_answer(one->value, last[0]->value);
        });
        for (HouseholdFact* fact : last)
            fact->standing = differ ? FactStanding::conflict : FactStanding::counts;
        return last;
    }

    void hand_over() {
        determine::Case& told = out_.told;
        told.id = out_.people.households[0].code;
        told.region = out_.people.households[0].region;
        told.as_of = as_of_.date;
        for (const registry::Member& member : out_.people.members)
            told.members.push_back({.name = std::to_string(member.id.value()), .facts = {}});
        for (auto& [of, facts] : told_) {
            const policy::FactDefinition& definition = *facts.front().definition;
            auto& into = definition.of == Subject::person ? told.members[of.second].facts : told.household;
            if (auto fact = case_fact(facts)) into[definition.id] = std::move(*fact);
        }
        std::vector<std::pair<Of, std::vector<HouseholdFact>*>> order;
        for (auto& [of, facts] : told_) order.emplace_back(of, &facts);
        std::ranges::sort(order, {}, [](const auto& one) {
            const bool is_persons = one.second->front().person.has_value();
            return std::tuple(is_persons, is_persons ? one.first.second : 0, one.first.first);
        });
        for (auto& [of, facts] : order) {
            std::ranges::sort(*facts, {}, [](const HouseholdFact& one) {
                return std::tuple(one.standing, source_id(one), one.row, one.found ? one.found->of_case : 0);
            });
            std::ranges::move(*facts, std::back_inserter(out_.facts));
        }
    }

    static std::string_view source_id(const HouseholdFact& fact) {
        return fact.source == nullptr ? policy::visit_teller : std::string_view(fact.source->id);
    }

    static determine::ToldFact as_told(const HouseholdFact& fact) {
        return {.value = fact.value,
                .source = fact.source == nullptr
                              ? fmt::format("入户走访（第 {} 号办件）", fact.found->of_case)
                              : fact.source->title.zh,
                .as_of = fact.as_of,
                .why_unknown = {},
                .conflicting = {},
                .paper = determine::Paper::recorded};
    }

    // What determination hears of it; nothing: it is unknown as if nobody had told it.
    static std::optional<determine::ToldFact> case_fact(const std::vector<HouseholdFact>& facts) {
        std::optional<determine::ToldFact> told;
        for (const HouseholdFact& fact : facts) {
            if (fact.standing == FactStanding::counts) return as_told(fact);
            if (fact.standing == FactStanding::not_authorised && !told) {
                told = as_told(fact);
                told->paper = fact.paper == access::AuthorisationAnswer::not_begun
                                  ? determine::Paper::of_before
                                  : determine::Paper::missing;
            }
            if (fact.standing != FactStanding::conflict) continue;
            if (!told || told->conflicting.empty()) {
                told = as_told(fact);
                told->value = value_of_fact(*fact.definition, {});
            }
            told->conflicting.push_back(as_told(fact));
        }
        return told;
    }

    store::DataFolder& store_;
    const policy::Policy& policy_;
    const policy::Law& law_;
    AsOf as_of_;
    Permits permits_;
    std::map<Of, std::vector<HouseholdFact>> told_;
    HouseholdFacts out_;
};

}  // namespace

const char* name_of(FactStanding standing) {
    switch (standing) {
        case FactStanding::counts:
            return "counts";
        case FactStanding::superseded:
            return "superseded";
        case FactStanding::conflict:
            return "conflict";
        case FactStanding::stale:
            return "stale";
        case FactStanding::not_authorised:
            return "not_authorised";
        case FactStanding::beside:
            return "beside";
    }
    return "";
}

Result<HouseholdFacts> read_household_facts(store::DataFolder& store, const policy::Policy& policy,
                                            AsOf as_of, HouseholdId household,
                                            std::span<const VisitFinding> findings) {
    return HouseholdReader(store, policy, as_of).read(household, findings);
}

}  // namespace doudi::oversight
