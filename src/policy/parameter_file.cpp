// SPDX-License-Identifier: Apache-2.0
// parameters.yaml: figures by region and day; what a notice leaves to the locality has no value.
#include "policy/parameter_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/fact_value.h"
#include "policy/folder.h"
#include "policy/law_sections.h"
#include "policy/load.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 7> keys{"title",  "type",     "by_residence", "set_by",
                                               "values", "slice_of", "words"};

constexpr std::string_view parameter_prefix = "param.";

bool is_same_place(const ParameterValue& left, const ParameterValue& right) {
    return left.region == right.region && left.residence == right.residence && left.from == right.from;
}

void check_residence(const YamlValue& at, const std::string& word, const Residences& residences) {
    if (!residences || std::ranges::find(*residences, word) != residences->end()) return;
    at.unknown_name("unknown_word", "取值", "word", word, {residences->begin(), residences->end()});
}

class ValueReader {
  public:
    ValueReader(const YamlRecord& record, const Parameter& parameter, const Citation& cite,
                const Residences& residences)
        : record_(record), parameter_(parameter), residences_(residences) {
        value_.cite = cite;
    }

    ParameterValue read() {
        read_region();
        read_residence();
        read_days();
        if (const YamlValue* written = record_.need("value")) read_value(*written);
        if (const YamlValue* status = record_.find("status"))
            value_.sample = status->one_of<bool>({{"sample", true}}).value_or(false);
        if (const YamlValue* source = record_.find("source")) value_.source = source->text().value_or("");
        if (const YamlValue* cite = record_.find("cite")) value_.cite.clause = cite->text().value_or("");
        return std::move(value_);
    }

  private:
    void read_region() {
        const YamlValue* region = record_.find("region");
        if (region == nullptr) return;
        value_.region = region->text().value_or("");
        const bool digits = std::ranges::all_of(value_.region, [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || value_.region.size() > 12) {
            region->fault("bad_region", fmt::format("区划前缀“{}”应为至多 12 位数字", value_.region),
                          fmt::format("the region prefix '{}' must be at most 12 digits", value_.region));
        }
    }

    void read_residence() {
        const YamlValue* residence = record_.find("residence");
        if (residence == nullptr) return;
        value_.residence = residence->text().value_or("");
        check_residence(*residence, value_.residence, residences_);
        if (!parameter_.by_residence) {
            residence->fault("not_by_residence",
                             fmt::format("参数“{}”不分城乡（by_residence）", parameter_.id),
                             fmt::format("the parameter '{}' is not by_residence", parameter_.id));
        }
    }

    void read_days() {
        const YamlValue* from = record_.need("from");
        if (from != nullptr) value_.from = from->date().value_or(Date());
        const YamlValue* to = record_.find("to");
        if (to == nullptr) return;
        value_.to = to->date();
        if (value_.to && *value_.to < value_.from)
            to->fault("value_reversed", "止日早于起日", "the value ends before it begins");
    }

    void read_value(const YamlValue& written) {
        const std::optional<std::string> text = written.text();
        if (!text) return;
        Result<expr::Value> value = parse_value(parameter_.type, *text);
        if (value) {
            check_word(written, *text);
            value_.value = std::move(*value);
        } else {
            written.fault(value.error().code, value.error().text.zh, value.error().text.en);
        }
    }

    void check_word(const YamlValue& written, const std::string& word) const {
        if (parameter_.words.empty()) return;
        (void)is_known_id(written, word, parameter_.words, "unknown_word", "取值", "word");
    }

    const YamlRecord& record_;
    const Parameter& parameter_;
    const Residences& residences_;
    ParameterValue value_;
};

void read_type(const YamlRecord& record, Parameter& parameter) {
    const YamlValue* type = record.need("type");
    if (type == nullptr) return;
    parameter.type = type->one_of<FactType>({{"money", FactType::money},
                                             {"ratio", FactType::ratio},
                                             {"int", FactType::integer},
                                             {"bool", FactType::boolean},
                                             {"text", FactType::word}})
                         .value_or(FactType::money);
}

void read_words(const YamlRecord& record, Parameter& parameter) {
    const YamlValue* words = record.find("words");
    if (words == nullptr) return;
    if (parameter.type != FactType::word) {
        words->fault("words_of_no_word", "只有 text 类型的参数有 words",
                     "only a parameter of type text has words");
        return;
    }
    for (const YamlEntry& entry : words->entries())
        parameter.words.push_back({entry.key, entry.value.bilingual().value_or(Text{})});
}

void read_slice(const YamlValue& slice, const YamlRecord& record, const Residences& residences,
                Parameter& parameter) {
    if (const auto of = slice.record({"parameter", "residence"})) {
        parameter.slice_of = of->need_id("parameter");
        parameter.slice_residence = of->need_text("residence");
        if (const YamlValue* residence = of->find("residence"))
            check_residence(*residence, parameter.slice_residence, residences);
    }
    for (const std::string_view key : {"type", "by_residence", "set_by", "values", "words"}) {
        if (const YamlValue* value = record.find(key)) {
            value->fault("slice_has_own", fmt::format("slice_of 的参数不能有 {}", key),
                         fmt::format("a parameter with slice_of has no {}", key));
        }
    }
}

Parameter read_parameter(const ElementDraft& draft, const Residences& residences) {
    const YamlRecord& record = draft.record;
    Parameter parameter;
    parameter.id = draft.id;
    parameter.cite = draft.cite;
    parameter.place = record.self().place();
    parameter.title = record.need_bilingual("title");
    if (const YamlValue* slice = record.find("slice_of")) {
        read_slice(*slice, record, residences, parameter);
        return parameter;
    }
    read_type(record, parameter);
    read_words(record, parameter);
    parameter.by_residence = record.flag("by_residence");
    if (parameter.by_residence && !residences) {
        record.find("by_residence")
            ->fault("no_residence_fact", fmt::format("没有事实“{}”，不能分城乡", residence_fact),
                    fmt::format("there is no fact '{}' to go by", residence_fact));
    }
    if (const YamlValue* values = record.need("values")) {
        const PackName owner = draft.pack_of("values");
        parameter.values =
            read_values(*values, parameter, {owner.id, owner.version, draft.cite.clause}, residences);
    }
    if (const YamlValue* set_by = record.find("set_by")) {
        parameter.set_by = set_by->bilingual().value_or(Text{});
    } else if (parameter.values.empty()) {
        record.self().fault("nobody_sets_it", "没有值的参数应说明由谁制定（set_by）",
                            "a parameter without a value must say who sets it (set_by)");
    }
    return parameter;
}

// What a slice is of must be there and be by residence.
void check_slice(const ElementDraft& draft, Parameter& parameter, const std::vector<Parameter>& all) {
    const YamlValue* slice = draft.record.find("slice_of");
    if (slice == nullptr || parameter.slice_of.empty()) return;
    if (!is_known_id(*slice, parameter.slice_of, all, "unknown_parameter", "参数", "parameter")) return;
    const Parameter& whole = *std::ranges::find(all, parameter.slice_of, &Parameter::id);
    parameter.type = whole.type;
    parameter.set_by = whole.set_by;
    if (!whole.by_residence) {
        slice->fault("not_by_residence", fmt::format("参数“{}”不分城乡（by_residence）", whole.id),
                     fmt::format("the parameter '{}' is not by_residence", whole.id));
    }
}

void lay_values_over(std::vector<ParameterValue> over, std::vector<ParameterValue>& values) {
    for (ParameterValue& value : over) {
        const auto same = std::ranges::find_if(
            values, [&](const ParameterValue& old) { return is_same_place(old, value); });
        if (same == values.end()) {
            values.push_back(std::move(value));
        } else {
            *same = std::move(value);
        }
    }
}

}  // namespace

std::span<const std::string_view> parameter_keys() {
    return keys;
}

std::vector<ParameterValue> read_values(const YamlValue& list, const Parameter& parameter,
                                        const Citation& cite, const Residences& residences) {
    std::vector<ParameterValue> values;
    for (const YamlValue& item : list.list()) {
        const auto record =
            item.record({"region", "residence", "from", "to", "value", "status", "source", "cite"});
        if (!record) continue;
        ParameterValue value = ValueReader(*record, parameter, cite, residences).read();
        const bool is_repeated =
            std::ranges::any_of(values, [&](const ParameterValue& old) { return is_same_place(old, value); });
        if (is_repeated) {
            item.fault("value_repeated", "同一地区、同一起日已有一个值",
                       "there is a value for this region and first day already");
        }
        values.push_back(std::move(value));
    }
    return values;
}

Residences residences_of(const std::vector<FactDefinition>& facts) {
    const auto fact = std::ranges::find_if(facts, [](const FactDefinition& one) {
        return one.of == Subject::household && one.id == residence_fact;
    });
    if (fact == facts.end()) return std::nullopt;
    std::vector<std::string> words;
    for (const FactWord& word : fact->words) words.push_back(word.id);
    return words;
}

std::vector<Parameter> read_parameters(const ElementDrafts& drafts,
                                       const std::vector<FactDefinition>& facts) {
    const Residences residences = residences_of(facts);
    std::vector<Parameter> parameters;
    for (const ElementDraft& draft : drafts) parameters.push_back(read_parameter(draft, residences));
    for (std::size_t i = 0; i < drafts.size(); ++i) check_slice(drafts[i], parameters[i], parameters);
    return parameters;
}

bool names_parameter(const YamlValue& value) {
    return value.is_scalar() && value.text().value_or("").starts_with(parameter_prefix);
}

std::optional<int> whole_parameter(const YamlValue& value, const Law& law) {
    const std::string id = value.text().value_or("").substr(parameter_prefix.size());
    if (!is_known_id(value, id, law.parameters, "unknown_parameter", "参数", "parameter"))
        return std::nullopt;
    const int parameter = law.parameter_of(id);
    if (law.parameters[static_cast<std::size_t>(parameter)].type == FactType::integer) return parameter;
    value.fault("value_type", fmt::format("参数“{}”应为整数（int）", id),
                fmt::format("the parameter '{}' must be a whole number (int)", id));
    return std::nullopt;
}

void lay_parameters_over(const YamlValue& file, Law& law) {
    const Residences residences = residences_of(law.facts);
    std::vector<std::string> seen;
    for (const YamlValue& item : file.list()) {
        const auto record = item.record({"id", "values"});
        if (!record) continue;
        const YamlValue* id = record->need("id");
        const YamlValue* values = record->need("values");
        if (id == nullptr || values == nullptr) continue;
        const std::string name = id->text().value_or("");
        if (name.empty() || !is_known_id(*id, name, law.parameters, "unknown_parameter", "参数", "parameter"))
            continue;
        if (std::ranges::find(seen, name) != seen.end()) {
            id->fault("duplicate_id", fmt::format("标识“{}”重复", name),
                      fmt::format("the id '{}' is given twice", name));
        }
        seen.push_back(name);
        Parameter& parameter = law.parameters[static_cast<std::size_t>(law.parameter_of(name))];
        if (!parameter.slice_of.empty()) {
            id->fault("slice_has_own", fmt::format("请为“{}”设值", parameter.slice_of),
                      fmt::format("set the values of '{}'", parameter.slice_of));
            continue;
        }
        lay_values_over(read_values(*values, parameter, parameter.cite, residences), parameter.values);
    }
}

Loaded<void> lay_figures_over(const std::string& yaml, std::string shown, Pack& pack) {
    Faults faults;
    if (const auto file = read_yaml_text(yaml, std::move(shown), faults))
        lay_parameters_over(*file, pack.law);
    check_targets(pack, faults);
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    pack.content_hash = fingerprint_of(pack.content_hash + "\n" + yaml);
    return {};
}

}  // namespace doudi::policy
