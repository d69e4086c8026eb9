// SPDX-License-Identifier: Apache-2.0
#include "cli/case_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "access/audit_text.h"
#include "cli/table.h"
#include "registry/retention.h"

namespace doudi::cli {
namespace {

using casework::CaseView;
using casework::ClockState;

std::string code_of(CaseOffice& office, const CaseView& view) {
    if (!view.head.household) return {};
    return registry::code_of_household(office.store(), *view.head.household).value_or(std::string());
}

void print_head(const Console& console, CaseOffice& office, const CaseView& view) {
    const Text machine = machine_title(view.pack->law, view.head.machine);
    const Text state = state_title(view.pack->law, view.head.machine, view.state.state);
    const std::string unit = office.unit_title(view.head.unit);
    const std::string code = code_of(office, view);
    console.line({fmt::format("第 {} 号{}：{}", view.head.id.value(), machine.zh, state.zh),
                  fmt::format("case {}, {}: {}", view.head.id.value(), machine.en, state.en)});
    if (!code.empty()) console.line({"  户：" + code, "  household: " + code});
    console.line(
        {fmt::format("  承办：{}{}", unit, view.head.department.empty() ? "" : " " + view.head.department),
         fmt::format("  office: {}{}", unit,
                     view.head.department.empty() ? "" : ", " + view.head.department)});
    console.line({fmt::format("  发起日 {}，按政策包 {} 办理（{}）", view.head.opened_on.iso(),
                              view.head.pack, view.machine->cite.text()),
                  fmt::format("  opened on {}, handled by the pack {} ({})", view.head.opened_on.iso(),
                              view.head.pack, view.machine->cite.text())});
}

std::string event_words(const Console& console, const CaseOffice& office, const CaseView& view,
                        const casework::CaseEvent& event) {
    if (event.forgotten) return console.say({"（已随当事人信息删除）", "(deleted with the person's data)"});
    return told_words(console, office, view.pack->law, event.fields);
}

void print_events(const Console& console, const CaseOffice& office, const CaseView& view) {
    Table table;
    table.headings = {{{"序号", "event"}, true}, {{"日期", "on"}},    {{"办理事项", "move"}},
                      {{"状态", "state"}},       {{"经办人", "by"}},  {{"单位", "office"}},
                      {{"内容", "told"}},        {{"依据", "clause"}}};
    for (const casework::CaseEvent& event : view.events) {
        const policy::Move* move = view.machine->move(event.move);
        table.rows.push_back({std::to_string(event.number), event.on.iso(),
                              console.say(move == nullptr ? Text{event.move, event.move} : move->title),
                              console.say(state_title(view.pack->law, view.head.machine, event.to)),
                              office.user_name(console, event.by), office.unit_title(event.unit),
                              event_words(console, office, view, event),
                              move == nullptr ? "" : move->cite.text()});
    }
    print_table(console, table);
}

Text clock_words(ClockState state) {
    static const std::array<Text, 10> words{{{"计时中", "running"},
                                             {"将到期", "nearly due"},
                                             {"今日到期", "due today"},
                                             {"超期", "overdue"},
                                             {"中止计时", "paused"},
                                             {"按期完成", "met"},
                                             {"逾期完成", "missed"},
                                             {"期限未设定", "not set"},
                                             {"已重新计时", "begun anew"},
                                             {"已过", "passed"}}};
    return words[static_cast<std::size_t>(state)];
}

void print_clocks(const Console& console, const CaseView& view) {
    if (view.clocks.empty()) return;
    Table table;
    table.headings = {{{"时限", "clock"}},  {{"起算日", "from"}},    {{"届满日", "due"}}, {{"状态", "state"}},
                      {{"中止", "pauses"}}, {{"上报至", "told to"}}, {{"依据", "clause"}}};
    for (const casework::ClockReading& clock : view.clocks) {
        std::string due = clock.due ? clock.due->iso() : "";
        if (clock.provisional) due += console.say({"（暂定）", " (provisional)"});
        std::vector<std::string> pauses;
        for (const auto& pause : clock.pauses)
            pauses.push_back(fmt::format("{} {}…{}", console.say(pause.rule->title), pause.from.iso(),
                                         pause.to ? pause.to->iso() : ""));
        std::string title = console.say(clock.rule->title);
        if (clock.is_internal) title += console.say({"（内部目标）", " (internal target)"});
        table.rows.push_back(
            {std::move(title), clock.started_on.iso(), due, console.say(clock_words(clock.state)),
             fmt::format("{}", fmt::join(pauses, "; ")), clock.climbed_to, clock.rule->cite.text()});
    }
    print_table(console, table);
}

void print_papers(const Console& console, const CaseView& view) {
    Table table;
    table.headings = {{{"文书", "paper"}}, {{"日期", "on"}}, {{"序号", "event"}, true}, {{"依据", "clause"}}};
    for (const casework::CaseEvent& event : view.events)
        for (const std::string& id : event.papers) {
            const policy::PaperRule* paper = view.pack->law.procedures.paper(id);
            table.rows.push_back({paper == nullptr ? id : console.say(paper->title), event.on.iso(),
                                  std::to_string(event.number), paper == nullptr ? "" : paper->cite.text()});
        }
    if (!table.rows.empty()) print_table(console, table);
}

// What was named and has not come, with whoever was to send it.
void print_awaited(const Console& console, const CaseOffice& office,
                   const std::vector<casework::AwaitedAttachment>& awaited) {
    constexpr std::size_t digits = 12;
    for (const auto& one : awaited) {
        const std::string name = one.hash.substr(0, digits);
        const std::string by = office.user_name(console, one.by);
        const std::string unit = office.unit_title(one.unit);
        console.line(
            {fmt::format("第 {} 项写明的附件 {}… 尚未送到，应由 {}（{}）送来", one.event, name, by, unit),
             fmt::format("attachment {}… that event {} names has not come; {} ({}) was to send it", name,
                         one.event, by, unit)});
    }
}

void print_rest(const Console& console, const CaseView& view) {
    for (const auto& child : view.children) {
        const Text machine = machine_title(view.pack->law, child.head.machine);
        const Text state = state_title(view.pack->law, child.head.machine, child.now.state);
        console.line(
            {fmt::format("  下级办件：第 {} 号{}（{}）", child.head.id.value(), machine.zh, state.zh),
             fmt::format("  below it: case {}, {} ({})", child.head.id.value(), machine.en, state.en)});
    }
    if (!view.late.empty())
        console.note({fmt::format("有 {} 张迟到的表单待人处理", view.late.size()),
                      fmt::format("forms that came too late and wait for a person: {}", view.late.size())});
}

}  // namespace

Text machine_title(const policy::Law& law, std::string_view machine) {
    const policy::Machine* found = law.procedures.machine(machine);
    return found == nullptr ? Text{std::string(machine), std::string(machine)} : found->title;
}

Text state_title(const policy::Law& law, std::string_view machine, std::string_view state) {
    const policy::Machine* found = law.procedures.machine(machine);
    const policy::MachineState* at = found == nullptr ? nullptr : found->state(state);
    return at == nullptr ? Text{std::string(state), std::string(state)} : at->title;
}

std::string field_words(const Console& console, const CaseOffice& office, const policy::Law& law,
                        std::string_view id, const std::vector<std::string>& values) {
    using Type = policy::FieldRule::Type;
    const policy::FieldRule* field = law.procedures.field(id);
    if (field == nullptr || field->sensitive || field->type == Type::attachments)
        return values.empty() ? std::string() : console.say({"（不显示）", "(not shown)"});
    std::vector<std::string> shown;
    for (const std::string& value : values) {
        const auto word = std::ranges::find(field->words, value, [](const auto& one) { return one.first; });
        const auto number = static_cast<std::uint32_t>(std::strtoul(value.c_str(), nullptr, 10));
        if (word != field->words.end()) {
            shown.push_back(console.say(word->second));
        } else if (field->type == Type::user || field->type == Type::users) {
            shown.push_back(office.user_name(console, access::UserId(number)));
        } else if (field->type == Type::unit) {
            shown.push_back(office.unit_title(access::UnitId(number)));
        } else {
            shown.push_back(access::without_numbers(value));
        }
    }
    return fmt::format("{}", fmt::join(shown, ","));
}

std::string told_words(const Console& console, const CaseOffice& office, const policy::Law& law,
                       const casework::Fields& told) {
    std::vector<std::string> parts;
    for (const auto& [id, values] : told) {
        const policy::FieldRule* field = law.procedures.field(id);
        const std::string title = field == nullptr ? id : console.say(field->title);
        parts.push_back(fmt::format("{}={}", title, field_words(console, office, law, id, values)));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

void print_case(const Console& console, CaseOffice& office, const CaseView& view,
                const std::vector<casework::AwaitedAttachment>& awaited) {
    print_head(console, office, view);
    print_events(console, office, view);
    print_clocks(console, view);
    print_papers(console, view);
    print_rest(console, view);
    print_awaited(console, office, awaited);
}

}  // namespace doudi::cli
