// SPDX-License-Identifier: Apache-2.0
#include "determine/case_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/region_code.h"
#include "base/utf8.h"
#include "determine/case_text.h"
#include "policy/fact_value.h"
#include "policy/folder.h"

namespace doudi::determine {

using expr::Value;
using policy::FactDefinition;
using policy::FactType;
using policy::Subject;
using policy::YamlRecord;
using policy::YamlValue;

namespace {

constexpr const char* told_by_case = "case";
constexpr std::size_t longest_words = 200;
constexpr int oldest_years = 150;  // nobody was so old: a slip of the pen

// Of as many digits in a row as an identity number of old has.
bool holds_long_number(std::string_view text) {
    constexpr int shortest = 15;
    int digits = 0;
    for (const char c : text) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits >= shortest) return true;
    }
    return false;
}

}  // namespace

// Reads the values of a draft.
class CaseReading {
  public:
    CaseReading(const CaseDraft& draft, const YamlValue& self)
        : draft_(draft), self_(self), law_(*draft.law_) {}

    std::optional<Case> read() {
        read_top();
        if (!has_day_) return std::nullopt;  // nothing can be judged without it
        read_parameters();
        read_facts(draft_.household_, Subject::household, case_.household);
        for (const auto& values : draft_.members_)
            if (values) read_member(*values);
        if (draft_.are_members_refused_) is_faulty_ = true;
        if (case_.members.empty() && !draft_.are_members_refused_)
            fault(draft_.members_at_ ? *draft_.members_at_ : self_, "case_no_members", "案卷没有家庭成员",
                  "the case has no members");
        read_facts(draft_.application_, Subject::application, case_.application.facts);
        read_built_in();
        if (is_faulty_) return std::nullopt;
        return std::move(case_);
    }

  private:
    void fault(const YamlValue& at, std::string code, std::string zh, std::string en) {
        is_faulty_ = true;
        at.fault(std::move(code), std::move(zh), std::move(en));
    }

    template <class T>
    std::optional<T> noted(std::optional<T> read) {
        if (!read) is_faulty_ = true;
        return read;
    }

    // What the answer repeats: short, on one line, and no identity number.
    std::optional<std::string> spoken(const YamlValue& at) {
        const auto text = noted(at.text());
        if (!text) return text;
        if (text->find_first_of("\n\t") != std::string::npos || count_code_points(*text) > longest_words) {
            fault(at, "case_long_words", fmt::format("应为一行文字，不超过 {} 字", longest_words),
                  fmt::format("one line of at most {} characters is expected", longest_words));
            return std::nullopt;
        }
        if (holds_long_number(*text)) {
            fault(at, "case_identity_number", "这里不能写身份证号码等长号码：答复会照样显示",
                  "an identity number or another long number cannot stand here: the answer would show it");
            return std::nullopt;
        }
        return text;
    }

    static const YamlValue* find(const CaseDraft::Values& values, std::string_view name) {
        const auto found = values.find(name);
        return found == values.end() ? nullptr : found->second.get();
    }

    void read_top() {
        if (const YamlValue* id = find(draft_.top_, "case")) case_.id = spoken(*id).value_or("");
        if (const YamlValue* day = find(draft_.top_, "as_of")) {
            if (const auto date = noted(day->date())) {
                case_.as_of = *date;
                has_day_ = true;
            }
        } else {
            fault(self_, "case_no_day", "缺少“as_of”：以哪一天为准",
                  "'as_of' is missing: the day of the question");
        }
        const YamlValue* region = find(draft_.top_, "region");
        if (region == nullptr) {
            fault(self_, "case_no_region", "缺少区划代码“region”",
                  "'region', the code of the place, is missing");
            return;
        }
        case_.region = noted(region->text()).value_or("");
        if (!case_.region.empty() && !RegionCode::parse(case_.region))
            fault(*region, "case_region", fmt::format("“{}”不是区划代码", case_.region),
                  fmt::format("'{}' is no region code", case_.region));
    }

    // --- values ---

    std::optional<Value> plain(const YamlValue& at, FactType type,
                               const std::vector<policy::FactWord>& words) {
        const auto written = noted(at.text());
        if (!written) return std::nullopt;
        const Result<Value> value = policy::parse_value(type, *written);
        if (!value) {
            fault(at, "case_" + value.error().code, value.error().text.zh, value.error().text.en);
            return std::nullopt;
        }
        if (value->is(expr::TypeKind::integer) && value->as_integer() < 0) {
            fault(at, "case_negative", "不能为负", "it cannot be negative");
            return std::nullopt;
        }
        if (type != FactType::word || words.empty()) return *value;
        if (std::ranges::find(words, *written, &policy::FactWord::id) != words.end()) return *value;
        std::vector<std::string_view> known;
        for (const policy::FactWord& word : words) known.push_back(word.id);
        is_faulty_ = true;
        at.unknown_name("case_unknown_word", "取值", "value", *written, known);
        return std::nullopt;
    }

    std::optional<Value> fact_value(const YamlValue& at, const FactDefinition& definition) {
        if (at.is_null()) {
            if (definition.may_be_none) return Value::none();
            fault(at, "case_never_none",
                  fmt::format("“{}”不能是“无”：不知道就不要写，或写明 unknown", definition.title.zh),
                  fmt::format("'{}' cannot be none: leave it out if it is not known, or say why",
                              definition.title.en));
            return std::nullopt;
        }
        const auto value = plain(at, definition.type, definition.words);
        if (value && definition.id == policy::birth_fact && !is_birth(at, value->as_date()))
            return std::nullopt;
        return value;
    }

    bool is_birth(const YamlValue& at, Date day) {
        const Date asked = case_.as_of;
        const bool is_later = day > asked;
        const bool is_too_early = day.plus_months(12 * oldest_years) < asked;
        if (is_later)
            fault(at, "case_born_later", fmt::format("出生日期 {} 晚于 {}", day.iso(), asked.iso()),
                  fmt::format("born on {}, after {}", day.iso(), asked.iso()));
        if (is_too_early)
            fault(at, "case_born_too_early",
                  fmt::format("出生日期 {} 早于 {} 的 {} 年前", day.iso(), asked.iso(), oldest_years),
                  fmt::format("born on {}, more than {} years before {}", day.iso(), oldest_years,
                              asked.iso()));
        return !is_later && !is_too_early;
    }

    std::optional<Date> day_told(const YamlValue& at) {
        const auto day = noted(at.date());
        if (day && *day > case_.as_of) {
            fault(at, "case_told_later", fmt::format("日期 {} 晚于 {}", day->iso(), case_.as_of.iso()),
                  fmt::format("{} lies after the day of the question, {}", day->iso(), case_.as_of.iso()));
        }
        return day;
    }

    std::optional<ToldFact> sourced(const YamlRecord& record, const FactDefinition& definition) {
        ToldFact told{.source = told_by_case, .as_of = case_.as_of};
        if (const YamlValue* source = record.find("source")) told.source = spoken(*source).value_or("");
        if (const YamlValue* day = record.find("as_of")) told.as_of = day_told(*day);
        const YamlValue* value = record.need("value");
        if (value == nullptr) {
            is_faulty_ = true;
            return std::nullopt;
        }
        const auto read = fact_value(*value, definition);
        if (!read) return std::nullopt;
        told.value = *read;
        return told;
    }

    std::optional<ToldFact> of_mapping(const YamlValue& at, const FactDefinition& definition) {
        const auto entries = at.entries();
        const auto has = [&](std::string_view key) {
            return std::ranges::find(entries, key, &policy::YamlEntry::key) != entries.end();
        };
        if (has("unknown")) {
            const auto record = noted(at.record({"unknown"}));
            ToldFact told{.value = Value::unknown(std::vector<expr::FactId>{}), .source = told_by_case};
            told.as_of = case_.as_of;
            const YamlValue* why = record ? record->need("unknown") : nullptr;
            if (why != nullptr) told.why_unknown = spoken(*why).value_or("");
            return told;
        }
        if (has("values")) return of_sources(at, definition);
        const auto record = noted(at.record({"value", "source", "as_of"}));
        return record ? sourced(*record, definition) : std::nullopt;
    }

    // Equal: the newest stands. Different: unknown, and every source is shown.
    std::optional<ToldFact> of_sources(const YamlValue& at, const FactDefinition& definition) {
        const auto record = noted(at.record({"values"}));
        const YamlValue* values = record ? record->need("values") : nullptr;
        if (values == nullptr) return std::nullopt;
        std::vector<ToldFact> told;
        for (const YamlValue& item : values->list()) {
            const auto one = noted(item.record({"value", "source", "as_of"}));
            auto fact = one ? sourced(*one, definition) : std::nullopt;
            if (fact) told.push_back(std::move(*fact));
        }
        if (told.empty()) {
            fault(*values, "case_no_values", "这里没有任何值", "there is no value here");
            return std::nullopt;
        }
        const auto newest = std::ranges::max_element(told, {}, &ToldFact::as_of);
        const bool agree = std::ranges::all_of(
            told, [&](const ToldFact& one) { return expr::same_answer(one.value, told[0].value); });
        if (agree) return *newest;
        ToldFact conflict{.value = Value::unknown(std::vector<expr::FactId>{})};
        conflict.as_of = newest->as_of;
        conflict.conflicting = std::move(told);
        return conflict;
    }

    std::optional<ToldFact> fact(const YamlValue& at, const FactDefinition& definition) {
        if (at.is_mapping()) return of_mapping(at, definition);
        const auto value = fact_value(at, definition);
        if (!value) return std::nullopt;
        return ToldFact{.value = *value, .source = told_by_case, .as_of = case_.as_of};
    }

    void read_facts(const CaseDraft::Values& values, Subject of, ToldFacts& facts) {
        for (const auto& [name, at] : values) {
            const int index = law_.fact_of(of, name);
            if (index < 0) continue;  // built in
            if (auto told = fact(*at, law_.facts[static_cast<std::size_t>(index)]))
                facts.emplace(name, std::move(*told));
        }
    }

    void read_member(const CaseDraft::Values& values) {
        CaseMember member;
        if (const YamlValue* name = find(values, "name")) {
            member.name = spoken(*name).value_or("");
            if (!member.name.empty() && !names_.insert(member.name).second)
                fault(*name, "case_same_name", fmt::format("有两个成员叫“{}”", member.name),
                      fmt::format("two members are called '{}'", member.name));
        }
        read_facts(values, Subject::person, member.facts);
        case_.members.push_back(std::move(member));
    }

    // --- parameters: always samples ---

    void add_figure(const YamlValue& at, const policy::Parameter& parameter, std::string residence) {
        const auto value = plain(at, parameter.type, {});
        if (!value) return;
        case_.parameters[parameter.id].push_back({.region = {},
                                                  .residence = std::move(residence),
                                                  .from = case_.as_of,
                                                  .to = std::nullopt,
                                                  .value = *value,
                                                  .sample = true,
                                                  .source = told_by_case,
                                                  .cite = {}});
    }

    void read_parameters() {
        const int residence = law_.fact_of(Subject::household, policy::residence_fact);
        for (const auto& [id, at] : draft_.parameters_) {
            const auto& parameter = law_.parameters[static_cast<std::size_t>(law_.parameter_of(id))];
            if (!at->is_mapping() || !parameter.by_residence || residence < 0) {
                add_figure(*at, parameter, {});
                continue;
            }
            std::vector<std::string_view> known;
            for (const auto& word : law_.facts[static_cast<std::size_t>(residence)].words)
                known.push_back(word.id);
            for (const policy::YamlEntry& entry : at->entries()) {
                if (std::ranges::find(known, std::string_view(entry.key)) != known.end()) {
                    add_figure(entry.value, parameter, entry.key);
                    continue;
                }
                is_faulty_ = true;
                entry.key_value.unknown_name("case_unknown_word", "取值", "value", entry.key, known);
            }
        }
    }

    // --- what is built in of an application ---

    bool is_category(const YamlValue& at, const std::string& id) {
        if (law_.category_of(id) >= 0) return true;
        std::vector<std::string_view> known;
        for (const policy::Category& category : law_.categories) known.push_back(category.id);
        is_faulty_ = true;
        at.unknown_name("case_unknown_category", "类别", "category", id, known);
        return false;
    }

    std::optional<Date> built_in_day(std::string_view name) {
        const YamlValue* at = find(draft_.application_, name);
        return at == nullptr ? std::nullopt : day_told(*at);
    }

    void read_built_in() {
        CaseApplication& application = case_.application;
        if (const YamlValue* at = find(draft_.application_, "leaving")) {
            const auto id = noted(at->text());
            if (id && is_category(*at, *id)) application.leaving = *id;
        }
        if (const YamlValue* at = find(draft_.application_, "refused")) {
            for (const YamlValue& one : at->one_or_list()) {
                const auto id = noted(one.text());
                const bool is_benefit = id && law_.benefit_of(*id) >= 0;
                if (id && (is_benefit || is_category(one, *id))) application.refused.push_back(*id);
            }
        }
        if (const YamlValue* at = find(draft_.application_, "consents_to_transfer"))
            application.consents_to_transfer = noted(at->flag());
        application.left_on = built_in_day("left_on");
        application.refused_on = built_in_day("refused_on");
        application.authorised_on = built_in_day("authorised_on");
        refuse_alone("left_on", "leaving");
        refuse_alone("refused_on", "refused");
    }

    void refuse_alone(std::string_view day, std::string_view of) {
        const YamlValue* at = find(draft_.application_, day);
        if (at == nullptr || find(draft_.application_, of) != nullptr) return;
        fault(*at, "case_day_of_nothing", fmt::format("写了“{}”而没有“{}”", day, of),
              fmt::format("'{}' is told, but not '{}'", day, of));
    }

    const CaseDraft& draft_;
    const YamlValue& self_;
    const policy::Law& law_;
    Case case_;
    std::set<std::string> names_;
    bool has_day_ = false;
    bool is_faulty_ = false;
};

std::optional<Case> CaseDraft::read(const YamlValue& self) const {
    return CaseReading(*this, self).read();
}

std::expected<Case, std::vector<Error>> read_case(const std::string& text, std::string shown,
                                                  const policy::Law& law) {
    policy::Faults faults;
    if (const auto value = read_case_text(text, std::move(shown), faults)) {
        CaseDraft draft(law);
        draft.take(*value);
        std::optional<Case> read = value->is_mapping() ? draft.read(*value) : std::nullopt;
        if (read && faults.none()) {
            read->hash = policy::fingerprint_of(text);
            return std::move(*read);
        }
    }
    return std::unexpected(std::move(faults).take());
}

}  // namespace doudi::determine
