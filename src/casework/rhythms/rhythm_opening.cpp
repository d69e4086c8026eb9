// SPDX-License-Identifier: Apache-2.0
#include "casework/rhythms/rhythm_opening.h"

#include <fmt/format.h>

namespace doudi::casework {

namespace {

constexpr std::string_view note_field = "note";

std::string source_of(const RhythmRule& rule, const DueLine& line) {
    return fmt::format("rhythm/{}/{}/{}/{}", rule.id, line.household.value(), line.category,
                       line.last_on ? line.last_on->iso() : "unknown");
}

// Why the case begins, as its readers read it.
std::string reason_of(const RhythmRule& rule, const DueLine& line) {
    const std::string last = line.last_on ? fmt::format("上次 {}", line.last_on->iso()) : "上次日期不明";
    const std::optional<Date> day = rule.id == line.rhythm ? line.due_on : line.sure_on;
    const std::string due = day ? fmt::format("，{} 到期", day->iso()) : std::string();
    return fmt::format("{}：{}{}。依据：{}", rule.title.zh, last, due, rule.element->cite.text());
}

Fields told_of(const RhythmRule& rule, const DueLine& line, const policy::Move& move, Date due_on) {
    Fields told;
    for (const auto& [field, word] : rule.with) told[field] = {word};
    const auto put = [&](std::string_view field, std::string value) {
        if (!value.empty() && move.tells(field)) told[std::string(field)] = {std::move(value)};
    };
    put(track_field, line.category);
    put(note_field, reason_of(rule, line));
    put(day_field, due_on.iso());
    return told;
}

}  // namespace

const RhythmRule* rule_on(const std::vector<RhythmRule>& rules, const DueLine& line, Date day) {
    const bool is_sure = line.sure_on && *line.sure_on <= day && !line.sure_rhythm.empty();
    return rhythm_named(rules, is_sure ? line.sure_rhythm : line.rhythm);
}

Result<OpenedDue> open_due_within(Desk& desk, const Actor& actor, std::string_view pack_id,
                                  const repository::ListedDue& due, std::optional<Date> due_on) {
    const Date today = civil_day(desk.clock.now());
    const DueLine& line = due.line;
    const auto pack = TRY(need_pack(desk, pack_id, today));
    const auto rules = rhythms_of(pack->law);
    const RhythmRule* rule = rule_on(rules, line, today);
    const policy::Machine* machine =
        rule == nullptr ? nullptr : pack->law.procedures.machine(rule->opens.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(rule->opens.move);
    if (move == nullptr)
        return fail(ErrorKind::not_found, "rhythm_unknown",
                    {"现行政策包没有这一周期，待办清单今晚更新",
                     "the law in force has no such rhythm: the list is made anew tonight"});
    OpenedDue opened;
    if (repository::part_on(line, today) == repository::DueFilter::Part::later) {
        opened.kind = OpenedDue::Kind::not_due;
        return opened;
    }
    OpenRequest request;
    request.source = source_of(*rule, line);
    if (const auto there = TRY(repository::select_by_source(desk.shelf, request.source))) {
        opened.kind = OpenedDue::Kind::already_there;
        opened.of = there->head.id;
        return opened;
    }
    request.machine = machine->id;
    request.pack = pack->id;
    request.household = line.household;
    request.unit = due.unit.value_or(actor.unit);
    const Date day = line.sure_on ? *line.sure_on : due_on.value_or(line.due_on.value_or(today));
    request.first = {move->id, today, told_of(*rule, line, *move, day), {}};
    opened.moved = TRY(open_within(desk, actor, request));
    if (opened.moved.kind != Moved::Kind::made) return opened;
    opened.kind = OpenedDue::Kind::made;
    opened.of = opened.moved.of;
    return opened;
}

}  // namespace doudi::casework
