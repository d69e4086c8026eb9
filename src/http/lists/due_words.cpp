// SPDX-License-Identifier: Apache-2.0
#include "http/lists/due_words.h"

#include <fmt/format.h>

#include "casework/rhythms/rhythm_opening.h"
#include "http/request/place_asked.h"

namespace doudi::http {

using casework::RhythmRule;
using casework::repository::DueFilter;
namespace repository = casework::repository;
using Part = DueFilter::Part;

namespace {

std::vector<Part> parts_named(const std::string& word) {
    using enum DueFilter::Part;
    if (word == "all") return {};
    for (const Part part : {overdue, month, perhaps, unknown, later})
        if (repository::name_of(part) == word) return {part};
    return {overdue, month, perhaps, unknown};  // proposed
}

}  // namespace

Text category_title(const policy::Law& law, const std::string& id) {
    const int index = law.category_of(id);
    return index < 0 ? Text{id, id} : law.categories[static_cast<std::size_t>(index)].title;
}

Text machine_title(const policy::Law& law, const std::string& id) {
    const policy::Machine* machine = law.procedures.machine(id);
    return machine == nullptr ? Text{id, id} : machine->title;
}

Text missing_words(const policy::Law& law, const std::string& waits_for) {
    constexpr std::string_view prefix = "param.";
    if (waits_for.empty()) return {};
    if (waits_for == "last_on")
        return {"上次日期不明，请人工核定", "the last day is not known: somebody has to find out"};
    if (waits_for.starts_with(prefix)) {
        const int index = law.parameter_of(waits_for.substr(prefix.size()));
        if (index < 0) return {waits_for, waits_for};
        const policy::Parameter& parameter = law.parameters[static_cast<std::size_t>(index)];
        return {fmt::format("“{}”尚未设定，由{}设定", parameter.title.zh, parameter.set_by.zh),
                fmt::format("'{}' is not set: {} sets it", parameter.title.en, parameter.set_by.en)};
    }
    const policy::FieldRule* field = law.procedures.field(waits_for);
    const Text title = field == nullptr ? Text{waits_for, waits_for} : field->title;
    return {fmt::format("未填“{}”，适用哪一周期不明", title.zh),
            fmt::format("'{}' was not told: which rhythm holds is not known", title.en)};
}

Text late_words(int days) {
    return {fmt::format("已超期 {} 天", days),
            fmt::format("overdue by {} {}", days, days == 1 ? "day" : "days")};
}

Text standing_words(const policy::Law& law, const casework::DueLine& line, Date day) {
    switch (casework::state_on(line.due_on, line.sure_on, day)) {
        case casework::DueState::overdue:
            return late_words(day - *line.sure_on);
        case casework::DueState::due:
            return {"今日到期", "due today"};
        case casework::DueState::perhaps: {
            const Text why = missing_words(law, line.waits_for);
            if (!line.sure_on) return why;
            return {fmt::format("可能已到期（{}）；最迟 {} 到期", why.zh, line.sure_on->iso()),
                    fmt::format("perhaps due ({}); due by {} in any case", why.en, line.sure_on->iso())};
        }
        case casework::DueState::later:
            return {fmt::format("{} 到期", line.due_on->iso()), fmt::format("due on {}", line.due_on->iso())};
        default:
            return missing_words(law, line.waits_for);
    }
}

DueFilter due_filter(const Call& call, QueryFields& query, const policy::Law& law) {
    DueFilter filter;
    filter.day = query.date("day").value_or(call.today());
    filter.parts =
        parts_named(query.word("due", {"proposed", "overdue", "month", "perhaps", "unknown", "later", "all"})
                        .value_or("proposed"));
    std::vector<std::string> machines;
    std::vector<std::string> rhythms;
    for (const RhythmRule& rule : casework::rhythms_of(law)) {
        rhythms.push_back(rule.id);
        if (!rule.opens.machine.empty()) machines.push_back(rule.opens.machine);
    }
    filter.machine = query.word("machine", machines).value_or("");
    filter.rhythm = query.word("rhythm", rhythms).value_or("");
    std::vector<std::string> categories;
    for (const auto& category : law.categories) categories.push_back(category.id);
    filter.category = query.word("category", categories).value_or("");
    filter.code = query.text("household").value_or("");
    if (const auto seen = query.word("seen", {"true", "false"})) filter.is_seen = *seen == "true";
    const PlaceFilter place = place_asked(call, query);
    filter.below = place.below;
    filter.at = place.at;
    return filter;
}

}  // namespace doudi::http
