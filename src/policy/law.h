// SPDX-License-Identifier: Apache-2.0
// What a pack states beside its indicators: facts, parameters, categories, benefits and routes, resolved over
// the packs that it extends (docs/formats/pack.md). Conditions are compiled against one set of names,
// LawNames. Plain records: determine/ and assist/ walk them, no figure of the law stands in C++.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "expr/program.h"
#include "expr/schema.h"
#include "expr/value.h"
#include "policy/citation.h"
#include "policy/faults.h"
#include "policy/procedures.h"

namespace doudi::policy {

enum class Subject : std::uint8_t { household, person, application };
enum class FactType : std::uint8_t { boolean, integer, money, amount, ratio, date, word };

// The type of a fact's or parameter's value in a condition, and in a column.
[[nodiscard]] expr::TypeKind type_of(FactType type);

struct FactWord {
    std::string id;  // as conditions write it: "urban"
    Text title;
};

// Where a fact comes from and what it takes to get it; `cost` orders what is asked first (semantics 25).
struct FactSource {
    int cost = 0;  // 1 the applicant, 2 a paper, 3 a department, 4 an authorised check, 5 a visit
    Text how;
    std::vector<std::string> from;  // applicant | paper | verification | home_visit | a dataset's id
    // What a visit found against what a department tells, where both still count and differ. doubts: neither
    // is taken, the fact is unknown. yields: the department's is. newest: the later word is.
    enum class Visit : std::uint8_t { doubts, yields, newest } visit = Visit::doubts;

    [[nodiscard]] bool is_from(std::string_view teller) const;
};
// Who tells a fact at a door, as `from` names it.
inline constexpr std::string_view visit_teller = "home_visit";

struct FactDefinition {
    std::string id;
    Subject of = Subject::household;
    FactType type = FactType::boolean;
    Text title;
    Text help;                    // what a form says beside it; may be empty
    std::vector<FactWord> words;  // of a word: every one that there is
    bool may_be_none = false;
    std::optional<expr::Program> is;  // derived: computed, never asked for
    std::string is_text;
    FactSource get;                   // of what is not derived
    std::optional<int> max_age_days;  // older at the question: unknown (semantics 2)
    bool needs_authorisation = false;
    bool sensitive = false;
    Citation cite;
    Place place;  // where the nearest pack states it
};

struct ParameterValue {
    std::string region;     // prefix; empty: everywhere the pack holds
    std::string residence;  // the word of residence_kind that it is for; empty: any
    Date from;
    std::optional<Date> to;  // the last day
    expr::Value value;
    bool sample = false;  // an invented figure: every verdict that used it says so
    std::string source;
    Citation cite;
};

struct Parameter {
    std::string id;
    Text title;
    FactType type = FactType::money;
    bool by_residence = false;
    Text set_by;                  // who sets it, for the answer to "what is missing"
    std::vector<FactWord> words;  // of a text: what it may be; empty: any
    std::vector<ParameterValue> values;
    std::string slice_of;  // the parameter whose value for `slice_residence` this one is; empty: none
    std::string slice_residence;
    Citation cite;
    Place place;
};

// One line of a condition, with what it says to a person; all lines must hold.
struct ConditionLine {
    Text say;  // empty: the text of the condition is shown
    std::string text;
    expr::Program program;
    Citation cite;
    Place place;
};
using Condition = std::vector<ConditionLine>;

struct Category {
    std::string id;
    Text title;
    std::vector<std::string> register_words;  // how registers write it
    Subject subject = Subject::household;     // household or person
    Condition when;                           // empty with open_rule, or in a pack that only monitors
    std::optional<ConditionLine> unless;
    std::optional<ConditionLine> covers;  // of a household's category: over each person
    std::string becomes;                  // the category that a covered member is then in; itself by default
    std::string confirmed_by;             // an authority's id; empty: not stated
    std::optional<int> valid_months;
    std::optional<Text> open_rule;  // who has to set the rule that the notice leaves open
    Citation cite;
    Place place;

    [[nodiscard]] bool is_determined() const { return !when.empty() || open_rule.has_value(); }
};

struct ReportingGroup {
    std::string id;
    Text title;
    std::vector<std::string> categories;
    Citation cite;
};

struct CategoryOrder {
    std::vector<std::string> categories;
    Citation cite;
};

// A time limit, counted from the day after `from`.
struct TimeLimit {
    enum class Kind : std::uint8_t { working_days, natural_days, months };
    int count = 0;
    Kind kind = Kind::working_days;
    std::string from;  // acceptance | confirmation | notice | …
};

struct Grant {
    ConditionLine when;                   // `true` where it always applies
    std::optional<expr::Program> amount;  // money or amount
    std::optional<expr::Program> share;   // ratio
    std::string amount_text, share_text;
    Text of;            // what the share is of
    std::string every;  // month | year | once; empty: not stated
    Citation cite;
    Place place;
};

struct FollowUp {
    std::string what;  // materials | explanation
    std::optional<TimeLimit> within;
};

struct Benefit {
    std::string id;
    Text title;
    std::string layer;  // basic_living | special | emergency | service | relief | charity
    Subject subject = Subject::person;
    bool for_anyone = false;
    std::vector<std::string> for_categories;
    Condition when;
    std::optional<ConditionLine> unless;
    std::vector<Grant> grants;
    std::string department;
    Text channel;
    std::optional<TimeLimit> within;
    std::optional<FollowUp> follow_up;
    bool is_optional = false;
    Citation cite;
    Place place;
};

// An element of routes.yaml as its file states it: checked by its section's rules, read by casework and shown
// by the rule desk. `fields` are the scalar keys, `lists` the others; a path section.id.key finds a value.
struct RouteElement {
    std::string section;  // departments | authorities | branches | conference | transfers | …
    std::string id;
    Text title;
    Text action;
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<std::pair<std::string, std::vector<std::string>>> lists;
    Citation cite;

    [[nodiscard]] const std::string* field(std::string_view key) const;              // null if not stated
    [[nodiscard]] const std::vector<std::string>* list(std::string_view key) const;  // null if not stated
};

// Which name of a condition is what. The numbers are those of `schema`; one schema serves every condition of
// a pack (a line about households must not name `person`).
struct LawNames {
    expr::Schema schema;
    expr::StructId person_struct = 0;
    expr::StructId application_struct = 0;
    expr::StructId param_struct = 0;
    expr::VariableId person = 0;
    expr::VariableId application = 0;
    expr::VariableId param = 0;
    expr::VariableId members = 0;
    expr::VariableId as_of = 0;
    // Built in beside the pack's facts of an application.
    expr::FieldId authorised_on = 0;
    expr::FieldId consents_to_transfer = 0;
    expr::FieldId leaving = 0;
    expr::FieldId left_on = 0;
    expr::FieldId refused_on = 0;
    std::vector<int> fact_of_variable;      // by VariableId: index into Law::facts, else -1
    std::vector<int> category_of_variable;  // by VariableId: index into Law::categories, else -1
    std::vector<int> fact_of_person_field;  // by FieldId of the person's structure
    std::vector<int> fact_of_application_field;
    std::vector<int> parameter_of_field;  // by FieldId of `param`
};

// An element as the nearest pack states it, with what it inherits: each key's text, lists joined by ", ".
struct StatedElement {
    std::string section;  // facts | parameters | … | a section of routes.yaml | determination (its two
                          // orders) | reporting_groups | indicators | levels | switches | pack (`header`)
    std::string id;
    std::vector<std::pair<std::string, std::string>> values;  // "within.days"
    Citation cite;
};

// The fact of the household by which parameters with `by_residence` go.
inline constexpr std::string_view residence_fact = "residence_kind";
// The fact of a person that says whether the person counts among the household: whom a category covers.
inline constexpr std::string_view counted_fact = "counts_as_member";
// The fact of a person that is the birthday: identity numbers tell it, and none lies after the question.
inline constexpr std::string_view birth_fact = "birth_date";

struct Law {
    std::vector<FactDefinition> facts;  // derived ones after what they stand on
    std::vector<Parameter> parameters;  // as the packs list them
    std::vector<Category> categories;   // in the order of evaluation: after those that they name
    CategoryOrder test_order;
    CategoryOrder exclusive_order;
    std::vector<ReportingGroup> reporting_groups;
    std::vector<Benefit> benefits;  // as the notice lists them
    std::vector<RouteElement> routes;
    Procedures procedures;
    std::vector<StatedElement> stated;
    LawNames names;

    [[nodiscard]] int fact_of(Subject of, std::string_view id) const;  // -1 if none
    [[nodiscard]] int parameter_of(std::string_view id) const;
    [[nodiscard]] int category_of(std::string_view id) const;
    [[nodiscard]] int benefit_of(std::string_view id) const;
    [[nodiscard]] const RouteElement* route_of(std::string_view section, std::string_view id) const;
    // The value of "section.id.key" of any element, as text; for golden cases and the rule desk.
    [[nodiscard]] std::optional<std::string> value_at(std::string_view path) const;
    // The value of a parameter, or of the slice of one, that holds at a place on a day; null if none is set.
    [[nodiscard]] const ParameterValue* value_of(int parameter, std::string_view region,
                                                 std::string_view residence, Date day) const;
};

// The value that holds at a place on a day (semantics 19): the longest region prefix, then the latest `from`,
// then the one for the residence. Null if none is set. Slices are not followed: Law::value_of() does.
[[nodiscard]] const ParameterValue* value_of(const Parameter& parameter, std::string_view region,
                                             std::string_view residence, Date day);

}  // namespace doudi::policy
