// SPDX-License-Identifier: Apache-2.0
#include "http/cases/warning_cases.h"

#include <fmt/format.h>

#include <utility>

#include "casework/warnings.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"

namespace doudi::http {

namespace repository = casework::repository;
namespace json = boost::json;

namespace {

constexpr std::string_view no_case = "none";

}  // namespace

Result<CasesOfWarnings> answering_cases(Call& call, const std::vector<ListedWarning>& rows) {
    CasesOfWarnings cases;
    const auto readable = readable_cases(call);
    if (!readable) return cases;
    std::vector<std::string> sources;
    for (const ListedWarning& row : rows)
        sources.push_back(fmt::format("{}/{}", casework::warning_machine, row.id));
    auto found = TRY(repository::cases_raised_from(call.desk.database, *readable, sources));
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const auto one = found.find(sources[n]);
        if (one != found.end()) cases.emplace(rows[n].id, std::move(one->second));
    }
    return cases;
}

json::value AnsweringCases::to_json(std::uint32_t warning) const {
    const auto found = cases_.find(warning);
    if (found == cases_.end()) return nullptr;
    const json::object listed = listed_case_json(call_, found->second, pack_);
    json::object body;
    for (const std::string_view key :
         {"id", "machine", "state", "state_title", "unit", "due_on", "due_provisional", "due_clock",
          "due_internal", "working_days_left", "overdue", "told_to", "closed", "closed_on"})
        body[key] = listed.at(key);
    return body;
}

std::vector<std::string> AnsweringCases::cells(std::uint32_t warning) const {
    const json::value told = to_json(warning);
    if (told.is_null()) return {"", "", "", ""};
    const json::object& one = told.get_object();
    const json::object& state = one.at("state_title").get_object();
    return {text_or_empty(one.at("id")), text_or_empty(state.at(call_.lang == Lang::en ? "en" : "zh")),
            text_or_empty(one.at("unit")), text_or_empty(one.at("due_on"))};
}

Outcome<std::optional<AnsweredBy>> answer_asked(Call& call, const policy::Law& law, QueryFields& query) {
    std::vector<std::string> states{std::string(no_case)};
    if (const auto* machine = law.procedures.machine(casework::warning_machine))
        for (const auto& state : machine->states) states.push_back(state.id);
    const auto asked = query.word("case_state", states);
    auto officer = officer_asked(call, query);
    if (!officer) return std::unexpected(std::move(officer).error());
    if (!asked && !*officer) return std::nullopt;
    AnsweredBy answered;
    if (auto readable = readable_cases(call)) answered.readable = std::move(*readable);
    answered.is_none = asked == no_case;
    if (asked && !answered.is_none) answered.filter.state = *asked;
    answered.filter.officer = *officer;
    return answered;
}

}  // namespace doudi::http
