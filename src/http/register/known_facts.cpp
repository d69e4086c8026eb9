// SPDX-License-Identifier: Apache-2.0
#include "http/register/known_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/secrets.h"
#include "determine/words.h"
#include "http/cases/visit_findings.h"
#include "http/register/chain.h"
#include "http/register/means.h"
#include "http/register/reach.h"
#include "oversight/household_facts.h"
#include "policy/fact_value.h"
#include "policy/folder.h"

namespace doudi::http {
namespace {

namespace json = boost::json;
using access::FieldClass;
using access::Thing;
using access::Verb;
using determine::Paper;
using oversight::FactStanding;
using oversight::HouseholdFact;
using policy::Subject;

std::vector<access::Reveal> revealed_of(const Call& call) {
    return call.reveals().value_or(std::vector<access::Reveal>());
}

// What this reader sees of the facts of one household, and by what of the rest they may have it judged.
class Sight {
  public:
    Sight(Call& call, const PlacedHousehold& placed, bool may_read_means)
        : call_(call),
          placed_(placed),
          chain_(call, revealed_of(call)),
          of_household_(call, Thing::household, revealed_of(call)),
          of_person_(call, Thing::person, revealed_of(call)),
          may_read_means_(may_read_means) {}

    // The classes that keep it from being shown.
    [[nodiscard]] std::set<FieldClass> hidden_by(const HouseholdFact& fact) const {
        std::set<FieldClass> classes;
        auto row = placed_.row();
        row.person = fact.person;
        if (const auto field = class_of(*fact.definition); field && !is_whole(*field, row))
            classes.insert(*field);
        // That a dataset of an illness told it says the illness.
        if (fact.source != nullptr &&
            chain_.shown_told(placed_, fact.source->id, fact.person) != access::Shown::whole)
            classes.insert(chain_.class_told(fact.source->id).value_or(FieldClass::illness));
        return classes;
    }
    // What no paper lets in is no word at all (HouseholdFact::standing): to judge asks for no other.
    [[nodiscard]] bool may_judge_by(FieldClass field) const {
        return access::Scope::of(call_.services.roles, *call_.units, call_.who(), Verb::determine,
                                 Thing::fact, call_.today(), field)
            .covers(placed_.row());
    }

  private:
    [[nodiscard]] bool is_whole(FieldClass field, const access::ScopedRow& row) const {
        if (field == FieldClass::means && !may_read_means_) return false;
        return of_person_.is_whole(field, row) || of_household_.is_whole(field, row);
    }

    const Call& call_;
    const PlacedHousehold& placed_;
    ChainReader chain_;
    Shower of_household_;
    Shower of_person_;
    bool may_read_means_;
};

const determine::ToldFacts& facts_at(const std::optional<std::size_t>& member, const determine::Case& told) {
    return member ? told.members[*member].facts : told.household;
}
determine::ToldFacts& facts_at(const std::optional<std::size_t>& member, determine::Case& told) {
    return member ? told.members[*member].facts : told.household;
}

std::string source_of(const HouseholdFact& fact) {
    return fact.found ? fmt::format("入户走访（第 {} 号办件，{}）", fact.found->of_case, fact.found->unit)
                      : fact.source->title.zh;
}

// Under which papers a department's word enters was asked when its rows were read; what was heard at the door
// is asked with the case's own words.
determine::ToldFact told_of(const HouseholdFact& fact) {
    const bool counts = fact.standing == FactStanding::counts;
    return {.value = counts ? fact.value : expr::Value::unknown(std::vector<expr::FactId>{}),
            .source = source_of(fact),
            .as_of = fact.as_of,
            .why_unknown = counts       ? ""
                           : fact.found ? "走访发现与其他来源不一致"
                                        : "各来源不一致",
            .conflicting = {},
            .paper = !fact.found && fact.definition->needs_authorisation ? Paper::recorded : Paper::by_case};
}

class Collecting {
  public:
    Collecting(Call& call, const policy::Policy& policy, const CasePeople& people,
               const determine::Case& told)
        : call_(call), policy_(policy), people_(people), case_(told) {}

    Outcome<KnownFacts> collect() {
        const auto scope = call_.scope(Verb::read, Thing::fact);
        for (const PlacedHousehold& placed : people_.households) {
            if (!scope.covers(placed.row())) continue;
            if (auto taken = take_household(placed); !taken) return std::unexpected(std::move(taken).error());
        }
        const bool hides =
            std::ranges::any_of(known_.facts, [](const KnownFact& one) { return one.hidden.has_value(); });
        if (hides) known_.salt = std::to_string(access::random_key());
        return std::move(known_);
    }

  private:
    Outcome<void> take_household(const PlacedHousehold& placed) {
        const auto findings = facts_found(call_, TRY(visits_told(call_, placed)));
        // The landed files are gone through for what may be judged by, and not for nothing.
        const bool may_judge = call_.services.roles.may(call_.who(), Verb::determine, Thing::fact);
        if (findings.empty() && !may_judge) return {};
        const auto known = TRY(oversight::read_household_facts(call_.desk.data, policy_, AsOf{case_.as_of},
                                                               placed.id, findings));
        auto means = papers_let_read_means(call_, known.people.members);
        if (!means) return std::unexpected(std::move(means).error());
        const Sight sight(call_, placed, *means);
        for (const HouseholdFact& fact : known.facts) {
            const bool is_word =
                fact.standing == FactStanding::counts || fact.standing == FactStanding::conflict;
            if (is_word) take(sight, fact);
        }
        return {};
    }

    void take(const Sight& sight, const HouseholdFact& fact) {
        KnownFact one{
            .member = std::nullopt, .id = fact.definition->id, .told = told_of(fact), .hidden = std::nullopt};
        if (fact.person) {
            const auto member = std::ranges::find(people_.members, fact.person);
            if (member == people_.members.end()) return;
            one.member = static_cast<std::size_t>(member - people_.members.begin());
        }
        if (facts_at(one.member, case_).contains(one.id) || is_taken(one)) return;
        const auto classes = sight.hidden_by(fact);
        if (classes.empty()) {
            if (fact.found) known_.facts.push_back(std::move(one));
            return;
        }
        const bool may = case_.parameters.empty() && std::ranges::all_of(classes, [&](FieldClass field) {
                             return sight.may_judge_by(field);
                         });
        if (!may) {
            known_.withheld.insert(classes.begin(), classes.end());
            return;
        }
        one.hidden = *classes.begin();
        known_.facts.push_back(std::move(one));
    }
    [[nodiscard]] bool is_taken(const KnownFact& like) const {
        return std::ranges::any_of(known_.facts, [&](const KnownFact& one) {
            return one.member == like.member && one.id == like.id;
        });
    }

    Call& call_;
    const policy::Policy& policy_;
    const CasePeople& people_;
    const determine::Case& case_;
    KnownFacts known_;
};

// --- as it is kept

// As a case writes it (policy/fact_value.h reads it).
std::string written(const expr::Value& value) {
    return determine::figure_of(value).text;
}

json::object kept_fact(const KnownFact& one) {
    const expr::Value& value = one.told.value;
    json::value text = nullptr;
    if (value.is_value()) text = written(value);
    return {{"member", one.member ? json::value(*one.member) : json::value(nullptr)},
            {"fact", one.id},
            {"value", std::move(text)},
            {"unknown", value.is_unknown() ? json::value(one.told.why_unknown) : json::value(nullptr)},
            {"source", one.told.source},
            {"as_of", one.told.as_of ? json::value(one.told.as_of->iso()) : json::value(nullptr)},
            {"recorded", one.told.paper == Paper::recorded},
            {"hidden", one.hidden ? json::value(access::name_of(*one.hidden)) : json::value(nullptr)}};
}

std::unexpected<Error> damaged() {
    return fail(ErrorKind::invalid, "determination_damaged",
                {"存档的核算内容已损坏", "what is kept of the determination is damaged"});
}

std::optional<FieldClass> class_named(std::string_view name) {
    for (int i = 0; i < access::field_class_count; ++i)
        if (access::name_of(static_cast<FieldClass>(i)) == name) return static_cast<FieldClass>(i);
    return std::nullopt;
}

Result<expr::Value> value_of(const json::object& kept, const policy::FactDefinition& definition) {
    if (!kept.at("unknown").is_null()) return expr::Value::unknown(std::vector<expr::FactId>{});
    const json::value& text = kept.at("value");
    if (text.is_null()) return expr::Value::none();
    return policy::parse_value(definition.type, std::string(text.as_string()));
}

Result<KnownFact> read_fact(const json::object& kept, const policy::Law& law) {
    KnownFact one;
    if (const json::value& member = kept.at("member"); !member.is_null())
        one.member = member.to_number<std::size_t>();
    one.id = std::string(kept.at("fact").as_string());
    const int index = law.fact_of(one.member ? Subject::person : Subject::household, one.id);
    if (index < 0) return damaged();
    one.told.value = TRY(value_of(kept, law.facts[static_cast<std::size_t>(index)]));
    one.told.source = std::string(kept.at("source").as_string());
    if (const json::value& day = kept.at("as_of"); !day.is_null())
        one.told.as_of = Date::parse_iso(std::string(day.as_string()));
    if (const json::value& why = kept.at("unknown"); !why.is_null())
        one.told.why_unknown = std::string(why.as_string());
    if (kept.at("recorded").as_bool()) one.told.paper = Paper::recorded;
    if (const json::value& hidden = kept.at("hidden"); !hidden.is_null())
        one.hidden = class_named(std::string(hidden.as_string()));
    return one;
}

}  // namespace

std::vector<determine::FactKey> KnownFacts::hidden_keys() const {
    std::vector<determine::FactKey> keys;
    for (const KnownFact& one : facts) {
        if (!one.hidden) continue;
        keys.push_back({.kind = determine::FactKey::Kind::fact,
                        .of = one.member ? Subject::person : Subject::household,
                        .member = one.member ? static_cast<int>(*one.member) : -1,
                        .id = one.id});
    }
    return keys;
}

Outcome<KnownFacts> known_beside(Call& call, const policy::Policy& policy, const CasePeople& people,
                                 const determine::Case& told) {
    return Collecting(call, policy, people, told).collect();
}

void lay_known(const KnownFacts& known, determine::Case& told) {
    if (known.facts.empty()) return;
    for (const KnownFact& one : known.facts) facts_at(one.member, told).emplace(one.id, one.told);
    told.hash = policy::fingerprint_of(told.hash + json::serialize(kept_known(known)));
}

determine::Case without_hidden(const KnownFacts& known, const determine::Case& told) {
    determine::Case blind = told;
    for (const KnownFact& one : known.facts)
        if (one.hidden) facts_at(one.member, blind).erase(one.id);
    return blind;
}

json::object kept_known(const KnownFacts& known) {
    json::array facts;
    for (const KnownFact& one : known.facts) facts.emplace_back(kept_fact(one));
    return {{"salt", known.salt}, {"facts", std::move(facts)}};
}

Result<KnownFacts> read_known(const json::object& kept, const policy::Law& law) {
    KnownFacts known;
    known.salt = std::string(kept.at("salt").as_string());
    for (const json::value& one : kept.at("facts").as_array())
        known.facts.push_back(TRY(read_fact(one.as_object(), law)));
    return known;
}

}  // namespace doudi::http
