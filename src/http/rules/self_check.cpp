// SPDX-License-Identifier: Apache-2.0
#include "http/rules/self_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "determine/case_reader.h"
#include "determine/facts.h"
#include "determine/next_questions.h"
#include "determine/words.h"
#include "http/request/call.h"

namespace doudi::http {
namespace {

namespace json = boost::json;
using determine::FactKey;
using determine::Verdict;
using policy::FactDefinition;
using policy::Subject;

constexpr std::size_t longest_value = 40;
constexpr const char* not_known = "不清楚";

json::object answers(BodyFields& fields, std::string_view name) {
    const json::value* value = fields.value(name, false);
    if (value == nullptr) return {};
    if (value->is_object()) return value->get_object();
    fields.fault(name, "not_an_object", {"应为一个对象", "takes an object"});
    return {};
}

// A value as a case has it; none: it is no short one.
std::optional<json::value> plain(const json::value& value) {
    if (const auto* object = value.if_object()) {
        const auto* unknown = object->if_contains("unknown");
        if (object->size() != 1 || unknown == nullptr || *unknown != json::value(true)) return std::nullopt;
        return json::object{{"unknown", not_known}};
    }
    if (value.is_array() || value.is_double()) return std::nullopt;
    if (const auto* text = value.if_string(); text != nullptr && text->size() > longest_value)
        return std::nullopt;
    return value;
}

class CaseMaker {
  public:
    CaseMaker(const policy::Law& law, FieldFaults& faults) : law_(law), faults_(faults) {}

    json::object facts(const json::object& told, Subject of, const std::string& at) {
        json::object out;
        for (const auto& [key, value] : told) {
            const int index = law_.fact_of(of, key);
            const std::string pointer = fmt::format("{}/{}", at, std::string_view(key));
            if (index < 0 || law_.facts[static_cast<std::size_t>(index)].is) {
                faults_.add("body", pointer, "unknown_fact", {"没有这个问题", "there is no such question"});
            } else if (auto fine = plain(value)) {
                out[key] = std::move(*fine);
            } else {
                faults_.add("body", pointer, "bad_value",
                            {"不能这样回答", "it cannot be answered like this"});
            }
        }
        return out;
    }

    json::array members(const SelfCheck& check) {
        json::array out;
        for (std::size_t i = 0; i < static_cast<std::size_t>(std::max(check.people, 1)); ++i) {
            json::object one;
            if (i < check.members.size()) {
                const std::string at = fmt::format("/members/{}", i);
                if (const auto* told = check.members[i].if_object()) {
                    one = facts(*told, Subject::person, at);
                } else {
                    faults_.add("body", at, "not_an_object", {"应为一个对象", "takes an object"});
                }
            }
            one["name"] = fmt::format("{}", i + 1);
            out.push_back(std::move(one));
        }
        return out;
    }

  private:
    const policy::Law& law_;
    FieldFaults& faults_;
};

const determine::ToldFacts& told_of(const determine::Case& told, const FactKey& key) {
    if (key.of == Subject::person && key.member >= 0)
        return told.members[static_cast<std::size_t>(key.member)].facts;
    return key.of == Subject::application ? told.application.facts : told.household;
}

const char* shown(Verdict verdict) {
    if (verdict == Verdict::yes) return "may";
    return verdict == Verdict::no ? "no" : "unknown";
}

// In plain words as the pack states them, else by the title.
Text asked_as(const policy::Law& law, const FactDefinition& fact) {
    Text ask = fact.title;
    for (const auto& element : law.stated) {
        if (element.section != "facts" || element.id != fact.id) continue;
        for (const auto& [key, value] : element.values) {
            if (key == "ask.zh") ask.zh = value;
            if (key == "ask.en") ask.en = value;
        }
    }
    return ask;
}

// As docs/formats/pack.md names the types of facts.
const char* type_name(policy::FactType type) {
    constexpr std::array<const char*, 7> names{"bool", "int", "money", "amount", "ratio", "date", "word"};
    return names[static_cast<std::size_t>(type)];
}

json::value member_json(int member) {
    return member < 0 ? json::value(nullptr) : json::value(member);
}

json::array lines_json(const std::vector<determine::LineAnswer>& lines) {
    json::array out;
    for (const auto& line : lines) {
        const auto& value = line.value;
        const char* verdict = value.is_true() ? "met" : value.is_false() ? "not_met" : "unknown";
        out.push_back(json::object{
            {"say", words(line.line->say)}, {"verdict", verdict}, {"clause", line.line->cite.text()}});
    }
    return out;
}

// Each sentence once: of several people the same paper is brought.
void add_once(json::array& to, const Text& text) {
    json::object said = words(text);
    if (!text.zh.empty() && std::ranges::find(to, json::value(said)) == to.end())
        to.push_back(std::move(said));
}

// What a person brings, and what is looked up once they have signed.
void add_proof(const policy::Law& law, const determine::CategoryAnswer& answer, json::object& out) {
    constexpr int paper = 2;  // FactSource::cost: what the applicant says or holds
    json::array bring, checks;
    for (const auto& used : answer.used) {
        const FactDefinition* fact = determine::definition_of(law, used.key);
        if (fact == nullptr || fact->is) continue;
        if (fact->needs_authorisation)
            add_once(checks, fact->title);
        else if (fact->get.cost == paper)
            add_once(bring, fact->get.how);
    }
    out["bring"] = std::move(bring);
    out["checks"] = std::move(checks);
}

json::array missing_json(const policy::Law& law, const determine::Missing& missing) {
    json::array out;
    std::set<std::string> named;
    for (const FactKey& key : missing.smallest) {
        if (!named.insert(key.id).second) continue;
        const FactDefinition* fact = determine::definition_of(law, key);
        const Text title = determine::bare_title(law, key);
        out.push_back(json::object{{"title", words(title)},
                                   {"ask", words(fact == nullptr ? title : asked_as(law, *fact))},
                                   {"how", words(determine::how_to_get(law, key))},
                                   {"is_unset", key.kind != FactKey::Kind::fact}});
    }
    return out;
}

}  // namespace

SelfCheck read_self_check(const json::value& body, FieldFaults& faults) {
    BodyFields fields(body, faults);
    SelfCheck check;
    check.region = fields.optional_text("region", 12).value_or("");
    const auto people = fields.optional_number("people");
    if (people && (*people < 1 || *people > most_people_at_home))
        fields.fault("people", "out_of_range",
                     {fmt::format("应在 1 到 {} 之间", most_people_at_home),
                      fmt::format("takes 1 to {}", most_people_at_home)});
    else
        check.people = static_cast<int>(people.value_or(0));
    check.household = answers(fields, "household");
    check.application = answers(fields, "application");
    if (const auto* members = fields.value("members", false)) {
        if (members->is_array() && members->get_array().size() <= static_cast<std::size_t>(check.people))
            check.members = members->get_array();
        else
            fields.fault("members", "too_many",
                         {"应为一个列表，不多于 people", "takes a list, of `people` at most"});
    }
    fields.finish();
    return check;
}

std::optional<determine::Case> case_of(const SelfCheck& check, const policy::Law& law, Date day,
                                       FieldFaults& faults) {
    CaseMaker maker(law, faults);
    json::object application = maker.facts(check.application, Subject::application, "/application");
    // Who answers says it themselves; it is looked up only after they sign.
    application[determine::authorised_on] = day.iso();
    const json::object made{{"region", check.region},
                            {"as_of", day.iso()},
                            {"household", maker.facts(check.household, Subject::household, "/household")},
                            {"members", maker.members(check)},
                            {"application", std::move(application)}};
    if (!faults.empty()) return std::nullopt;
    auto told = determine::read_case(json::serialize(made), "answers", law);
    if (told) return std::move(*told);
    for (const Error& fault : told.error()) faults.add("body", "", fault.code, fault.text);
    return std::nullopt;
}

NextQuestion next_question(const policy::Law& law, const determine::Case& told,
                           const determine::Determination& answer) {
    NextQuestion next;
    std::set<std::pair<Subject, std::string>> open;
    for (const auto& step : determine::next_questions(law, told, answer).steps) {
        for (const FactKey& key : step.ask) {
            if (told_of(told, key).contains(key.id)) continue;
            const FactDefinition* fact = determine::definition_of(law, key);
            if (fact == nullptr) continue;
            open.emplace(key.of, key.id);
            if (next.fact == nullptr) next.fact = fact;
            if (fact == next.fact && key.member >= 0 &&
                std::ranges::find(next.members, key.member) == next.members.end())
                next.members.push_back(key.member);
        }
    }
    std::ranges::sort(next.members);
    next.left = static_cast<int>(open.size());
    return next;
}

json::value question_json(const policy::Law& law, const NextQuestion& next) {
    if (next.fact == nullptr) return nullptr;
    const FactDefinition& fact = *next.fact;
    constexpr std::array<const char*, 3> subjects{"household", "person", "application"};
    json::array choices;
    for (const auto& word : fact.words)
        choices.push_back(json::object{{"id", word.id}, {"title", words(word.title)}});
    json::array members;
    for (const int member : next.members) members.emplace_back(member);
    return json::object{{"fact", fact.id},
                        {"of", subjects[static_cast<std::size_t>(fact.of)]},
                        {"title", words(fact.title)},
                        {"ask", words(asked_as(law, fact))},
                        {"help", fact.help.zh.empty() ? json::value(nullptr) : json::value(words(fact.help))},
                        {"how", words(fact.get.how)},
                        {"type", type_name(fact.type)},
                        {"words", std::move(choices)},
                        {"may_be_none", fact.may_be_none},
                        {"members", std::move(members)}};
}

json::array categories_json(const policy::Law& law, const determine::Determination& answer) {
    json::array out;
    for (const auto& one : answer.categories) {
        const policy::Category& category = law.categories[static_cast<std::size_t>(one.category)];
        json::object shape{{"id", category.id},
                           {"title", words(category.title)},
                           {"member", member_json(one.member)},
                           {"verdict", shown(one.verdict)},
                           {"clause", category.cite.text()},
                           {"lines", lines_json(one.lines)},
                           {"missing", missing_json(law, one.missing)},
                           {"sample", one.sample}};
        add_proof(law, one, shape);
        out.push_back(std::move(shape));
    }
    return out;
}

json::array benefits_json(const policy::Law& law, const determine::Determination& answer) {
    json::array out;
    for (const auto& one : answer.benefits) {
        if (one.verdict != Verdict::yes) continue;
        const policy::Benefit& benefit = law.benefits[static_cast<std::size_t>(one.benefit)];
        const auto* department = law.route_of("departments", benefit.department);
        const bool has_amount = one.amount && !one.amount->is_unknown() && !one.amount->is_error();
        out.push_back(json::object{
            {"id", benefit.id},
            {"title", words(benefit.title)},
            {"member", member_json(one.member)},
            {"amount",
             has_amount ? json::value(determine::figure_of(*one.amount).text) : json::value(nullptr)},
            {"every", one.grant == nullptr ? json::value(nullptr) : json::value(one.grant->every)},
            {"department",
             department == nullptr ? json::value(nullptr) : json::value(words(department->title))},
            {"channel", words(benefit.channel)},
            {"clause", benefit.cite.text()},
            {"sample", one.sample}});
    }
    return out;
}

}  // namespace doudi::http
