// SPDX-License-Identifier: Apache-2.0
// What the sections of routes.yaml may say (docs/formats/pack.md).
#include <algorithm>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

using enum RouteValue;

std::vector<RouteKey> rhythm_keys() {
    return {{"every_months", months},  {"unset", unset},  {"by_validity", flag}, {"of", categories},
            {"every_household", flag}, {"only_if", told}, {"since", moves},      {"ends", moves},
            {"by_cycle", flag},        {"opens", text},   {"with", told}};
}

const std::vector<RouteSection>& sections() {
    static const std::vector<RouteSection> all{
        {"departments", true, false, {{"duties", benefits}, {"feeds", datasets}}},
        {"authorities",
         true,
         false,
         {{"level", one_of, false, {"village", "township", "county", "city", "province"}},
          {"named_by", text},
          {"kind", one_of, false, {"gb", "statistical", "functional_zone", "custom"}},
          {"department", department},
          {"delegated_to", one_of, false, {"village", "township", "county", "city"}},
          {"delegated", text},
          {"delegated_alone", moves}}},
        {"branches",
         true,
         true,
         {{"letter", text, true},
          {"covered", one_of, true, {"true", "false", "any"}},
          {"to",
           one_of,
           true,
           {"responsible_department", "civil_affairs", "conference", "department_itself"}}}},
        {"conference",
         false,
         false,
         {{"level", one_of, true, {"township", "county"}},
          {"form", one_of, true, {"discussion", "approval"}}}},
        {"transfers",
         false,
         false,
         {{"from", categories, true},
          {"to", categories, true},
          {"consent", flag, true},
          {"repeat_papers", flag}}},
        {"phase_outs", false, false, {{"for", categories, true}, {"months", months, true}}},
        {"watches",
         false,
         false,
         {{"after", one_of, true, {"exit", "refusal"}}, {"of", subjects}, {"months", term, true}}},
        {"rhythms", false, false, rhythm_keys()},
        {"clocks",
         true,
         false,
         {{"machines", ids},
          {"of", subjects},
          {"days", days},
          {"months", months},
          {"from_the_first", flag},
          {"kind", one_of, false, {"working", "natural"}},
          {"by_level", flag},
          {"by_day", flag},
          {"by_benefit", flag},
          {"from", text, true},
          {"until", ids},
          {"each", flag},
          {"goes_on", ids},
          {"internal", flag},
          {"lapses", flag},
          {"only_after", text},
          {"instead_of", text},
          {"before_category", flag}}},
        {"choices", false, true, {{"on", answer_of, true}, {"is", text, true}, {"to", department, true}}},
    };
    return all;
}

}  // namespace

std::span<const RouteSection> route_sections() {
    return sections();
}

const RouteSection* find_route_section(std::string_view name) {
    const auto found = std::ranges::find(sections(), name, &RouteSection::name);
    return found == sections().end() ? nullptr : &*found;
}

}  // namespace doudi::policy
