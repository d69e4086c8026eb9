// SPDX-License-Identifier: Apache-2.0
// The sections of the law, each read from its drafts by the file of its name. Conditions are left to
// LawConditions, which needs the names of all sections.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "policy/law_conditions.h"
#include "policy/law_draft.h"

namespace doudi::policy {

[[nodiscard]] std::span<const std::string_view> fact_keys();
[[nodiscard]] std::span<const std::string_view> parameter_keys();
[[nodiscard]] std::span<const std::string_view> category_keys();
[[nodiscard]] std::span<const std::string_view> benefit_keys();

// Each gives a record for every draft, in their order, faulty or not.
[[nodiscard]] std::vector<FactDefinition> read_facts(const ElementDrafts& drafts,
                                                     const DatasetCatalogue& catalogue);
[[nodiscard]] std::vector<Parameter> read_parameters(const ElementDrafts& drafts,
                                                     const std::vector<FactDefinition>& facts);
[[nodiscard]] std::vector<Category> read_categories(const ElementDrafts& drafts);

// What the derived facts and the categories compute; law.names must be whole.
void compile_facts(const ElementDrafts& drafts, Law& law);
void compile_categories(const ElementDrafts& drafts, Law& law);

// What stands on facts, parameters and categories that are in order.
void read_determination(const LawDraft& draft, Law& law);
void read_benefits(const LawDraft& draft, Law& law);
void read_routes(const LawDraft& draft, const DatasetCatalogue& catalogue, Law& law);

// indicators.yaml and levels.yaml; a level may name a parameter of the law.
struct IndicatorDraft {
    Indicator indicator;
    std::vector<std::pair<std::string, YamlValue>> cancels;  // ids, found once all are there
};
[[nodiscard]] std::span<const std::string_view> indicator_keys();
[[nodiscard]] std::span<const std::string_view> level_keys();
[[nodiscard]] std::vector<IndicatorDraft> read_indicators(const ElementDrafts& drafts,
                                                          const DatasetCatalogue& catalogue);
[[nodiscard]] std::vector<Level> read_levels(const ElementDrafts& drafts, const Law& law);
// The nearer pack's scale in place of the farther one's, from which its levels may inherit.
void lay_scale_over(const YamlValue& file, const PackName& pack, ElementDrafts& levels);

// What a key of routes.yaml holds.
enum class RouteValue : std::uint8_t {
    text,        // any words
    ids,         // a list of words of a-z
    flag,        // true or false
    days,        // how many, or a parameter
    months,      // how many, or a parameter
    term,        // months, or `forever`
    one_of,      // one of the section's own words
    categories,  // a list of them
    subjects,
    benefits,
    datasets,
    department,
    departments,
    answer_of,  // a fact that is a word
    unset,      // {set_by: …}
    moves,      // a list of machine.move (procedures/*.yaml)
    told,       // {field: word} or {field: [words]} of a case
};
struct RouteKey {
    std::string_view name;
    RouteValue holds = RouteValue::text;
    bool is_required = false;
    std::vector<std::string_view> words = {};  // of one_of
};
struct RouteSection {
    std::string_view name;
    bool needs_title = false;
    bool needs_action = false;
    std::vector<RouteKey> keys;
};
[[nodiscard]] std::span<const RouteSection> route_sections();
[[nodiscard]] const RouteSection* find_route_section(std::string_view name);  // null if there is none

// A time limit: {days, kind, from} or {months, from}.
[[nodiscard]] std::optional<TimeLimit> read_time_limit(const YamlRecord& record);
// Reports a limit that has neither days nor months, both, or days of no kind.
[[nodiscard]] bool is_time_limit(const YamlRecord& record);

// The parameter that `param.x` names, which must be a whole number; none: it is not written so, or faulty,
// which is reported.
[[nodiscard]] bool names_parameter(const YamlValue& value);
[[nodiscard]] std::optional<int> whole_parameter(const YamlValue& value, const Law& law);

// Reports an id that is none of those known.
template <class Element>
bool is_known_id(const YamlValue& at, std::string_view id, const std::vector<Element>& elements,
                 std::string_view code, std::string_view what_zh, std::string_view what_en) {
    std::vector<std::string_view> known;
    for (const Element& element : elements) {
        if (element.id == id) return true;
        known.push_back(element.id);
    }
    at.unknown_name(std::string(code), what_zh, what_en, id, known);
    return false;
}

}  // namespace doudi::policy
