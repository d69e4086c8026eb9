// SPDX-License-Identifier: Apache-2.0
#include "casework/below.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::casework {

namespace {

bool names(const std::vector<std::string>* ids, std::string_view id) {
    return ids != nullptr && std::ranges::find(*ids, id) != ids->end();
}

std::string field_of(const policy::RouteElement& rule, std::string_view key) {
    const std::string* text = rule.field(key);
    return text == nullptr ? std::string() : *text;
}

// How many values a field has, as the move tells it or as it was told before.
std::size_t values_of(const Fields& told, const Fields& earlier, const std::string& field) {
    const auto now = told.find(field);
    if (now != told.end()) return now->second.size();
    const auto before = earlier.find(field);
    return before == earlier.end() ? 0 : before->second.size();
}

Text title_of(const MoveQuestion& question, const std::string& field) {
    const policy::FieldRule* rule = question.law.procedures.field(field);
    return rule == nullptr ? Text{field, field} : rule->title;
}

MoveFault open_below(const MoveQuestion& question, const std::string& unless, std::size_t open) {
    const Text why = title_of(question, unless);
    return {unless,
            "below_open",
            {fmt::format("其下还有 {} 件未办结；仍要办理的，请填写“{}”", open, why.zh),
             fmt::format("{} below it are still open: say '{}' to go on all the same", open, why.en)}};
}

MoveFault missing_below(const MoveQuestion& question, const std::string& unless, std::size_t decided,
                        std::size_t begun) {
    const Text why = title_of(question, unless);
    return {
        unless,
        "below_missing",
        {fmt::format("共 {} 项，只有 {} 项已交办；仍要办理的，请填写“{}”", decided, begun, why.zh),
         fmt::format("of {} only {} became cases: say '{}' to go on all the same", decided, begun, why.en)}};
}

}  // namespace

const policy::RouteElement* listing_of(const policy::Law& law, std::string_view machine,
                                       std::string_view above) {
    for (const policy::RouteElement& rule : law.routes) {
        if (rule.section != "listed") continue;
        if (field_of(rule, "machine") == machine && field_of(rule, "under") == above) return &rule;
    }
    return nullptr;
}

void take_from_above(const policy::RouteElement& listing, const policy::Move& move, const CaseState& above,
                     Fields& told) {
    const std::vector<std::string>* takes = listing.list("takes");
    if (takes == nullptr) return;
    for (const std::string& field : *takes) {
        const auto found = above.fields.find(field);
        const bool may = names(&move.needs, field) || names(&move.may, field);
        if (may && found != above.fields.end() && !told.contains(field)) told[field] = found->second;
    }
}

Result<std::vector<MoveFault>> check_listed_once(repository::Shelf& shelf,
                                                 const policy::RouteElement& listing, CaseId above,
                                                 std::optional<HouseholdId> household) {
    std::vector<MoveFault> faults;
    if (!household) return faults;
    const std::string machine = field_of(listing, "machine");
    for (const auto& row : TRY(repository::select_children(shelf, above))) {
        if (row.head.machine != machine || row.head.household != household) continue;
        faults.push_back({"household",
                          "listed_twice",
                          {fmt::format("该户已在名单上（办件 {}）", row.head.id.value()),
                           fmt::format("the household stands on the list (case {})", row.head.id.value())}});
        break;
    }
    return faults;
}

Result<std::vector<MoveFault>> check_waits(repository::Shelf& shelf, const MoveQuestion& question,
                                           const policy::Move& move, CaseId of, const Fields& told) {
    std::vector<MoveFault> faults;
    const std::string id = question.machine.id + "." + move.id;
    for (const policy::RouteElement& rule : question.law.routes) {
        if (rule.section != "waits" || field_of(rule, "move") != id) continue;
        const std::string unless = field_of(rule, "unless");
        if (!first_of(told, unless).empty()) continue;
        std::size_t begun = 0;
        std::size_t open = 0;
        for (const auto& row : TRY(repository::select_children(shelf, of))) {
            if (!names(rule.list("machines"), row.head.machine)) continue;
            ++begun;
            open += row.now.is_closed ? 0U : 1U;
        }
        if (open > 0) faults.push_back(open_below(question, unless, open));
        const std::string each = field_of(rule, "each");
        const std::size_t decided = each.empty() ? 0 : values_of(told, question.state.fields, each);
        if (begun < decided) faults.push_back(missing_below(question, unless, decided, begun));
    }
    return faults;
}

}  // namespace doudi::casework
