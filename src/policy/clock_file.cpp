// SPDX-License-Identifier: Apache-2.0
// The clocks of routes.yaml, and what procedures.yaml says of them: why one stands still, who is told before
// it is due and after.
#include "policy/procedure_sections.h"

namespace doudi::policy {

namespace {

// A term of days or months, where the record states one; a figure may be `param.x`.
std::optional<ClockTerm> term_of(const YamlRecord& record, const Law& law) {
    const YamlValue* months = record.find("months");
    const YamlValue* days = record.find("days");
    if ((months == nullptr && days == nullptr) || !is_time_limit(record)) return std::nullopt;
    ClockTerm term;
    const YamlValue& figure = months != nullptr ? *months : *days;
    if (months != nullptr) {
        term.kind = record.flag("from_the_first") ? ClockTerm::Kind::month_starts : ClockTerm::Kind::months;
    } else {
        term.kind = record.find("kind")
                        ->one_of<ClockTerm::Kind>({{"working", ClockTerm::Kind::working_days},
                                                   {"natural", ClockTerm::Kind::natural_days}})
                        .value_or(ClockTerm::Kind::working_days);
    }
    constexpr std::string_view prefix = "param.";
    const std::string text = figure.is_scalar() ? figure.text().value_or("") : "";
    if (text.starts_with(prefix)) {
        term.parameter = text.substr(prefix.size());
        (void)is_known_id(figure, term.parameter, law.parameters, "unknown_parameter", "参数", "parameter");
    } else {
        term.count = figure.integer(1, 3660).value_or(1);
    }
    return term;
}

ClockTerm term_of_clock(const YamlRecord& record, const Law& law) {
    if (record.flag("by_level")) return {ClockTerm::Kind::by_level, 0, {}};
    if (record.flag("by_day")) {
        ClockTerm term = term_of(record, law).value_or(ClockTerm{});
        term.kind = ClockTerm::Kind::told_day;
        return term;
    }
    if (record.flag("by_benefit")) return {ClockTerm::Kind::by_benefit, 0, {}};
    return term_of(record, law).value_or(ClockTerm{});
}

ClockRule read_clock(const ElementDraft& one, const Law& law) {
    const YamlRecord& record = one.record;
    ClockRule clock;
    clock.id = one.id;
    clock.cite = one.cite;
    if (const YamlValue* title = record.find("title")) clock.title = title->bilingual().value_or(Text{});
    clock.machines = texts_at(record, "machines");
    clock.of = texts_at(record, "of");
    clock.from = text_at(record, "from");
    clock.until = texts_at(record, "until");
    clock.each = record.flag("each");
    clock.goes_on = texts_at(record, "goes_on");
    clock.internal = record.flag("internal");
    clock.lapses = record.flag("lapses");
    clock.only_after = text_at(record, "only_after");
    clock.instead_of = text_at(record, "instead_of");
    clock.before_category = record.flag("before_category");
    clock.term = term_of_clock(record, law);
    return clock;
}

PauseRule read_pause(const ElementDraft& one, const Law& law) {
    PauseRule pause;
    pause.id = one.id;
    pause.cite = one.cite;
    pause.title = one.record.need_bilingual("title");
    pause.clocks = texts_at(one.record, "clocks");
    pause.from = one.record.need_id("from");
    pause.until = texts_at(one.record, "until");
    pause.paper = text_at(one.record, "paper");
    pause.most = term_of(one.record, law);
    return pause;
}

ReminderRule read_reminder(const ElementDraft& one) {
    ReminderRule rule;
    rule.id = one.id;
    rule.cite = one.cite;
    rule.clocks = texts_at(one.record, "clocks");
    rule.days = one.record.need_integer("days", 0, 366);
    rule.to = text_at(one.record, "to");
    return rule;
}

const ElementDrafts& drafts_of(const std::map<std::string, ElementDrafts, std::less<>>& by_section,
                               std::string_view section) {
    static const ElementDrafts none;
    const auto found = by_section.find(section);
    return found == by_section.end() ? none : found->second;
}

}  // namespace

void read_clocks(const LawDraft& draft, Law& law) {
    Procedures& all = law.procedures;
    for (const ElementDraft& one : drafts_of(draft.routes, "clocks"))
        all.clocks.push_back(read_clock(one, law));
    for (const ElementDraft& one : drafts_of(draft.procedures, "pauses"))
        all.pauses.push_back(read_pause(one, law));
    for (const ElementDraft& one : drafts_of(draft.procedures, "reminders"))
        all.reminders.push_back(read_reminder(one));
    for (const ElementDraft& one : drafts_of(draft.procedures, "escalations"))
        all.escalations.push_back(read_reminder(one));
}

}  // namespace doudi::policy
