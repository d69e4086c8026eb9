// SPDX-License-Identifier: Apache-2.0
// procedures.yaml: the state machines of casework. States and moves are elements of their own
// ("warning.verify"), so that a pack states one of them anew and keeps the others.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/procedure_sections.h"

namespace doudi::policy {

namespace {

const std::vector<ProcedureSection>& sections() {
    static const std::vector<ProcedureSection> all{
        {"machines", {"title", "subject", "thing"}},
        {"states", {"title", "kind"}},
        {"moves",
         {"title", "from", "to", "by", "level", "level_of", "needs", "may", "only_if", "at_most", "not_by",
          "not_before", "marks", "papers", "opens", "event"}},
        {"fields", {"title", "type", "words", "least", "sensitive"}},
        {"papers", {"title"}},
        {"pauses", {"title", "clocks", "from", "until", "paper", "days", "kind", "months"}},
        {"reminders", {"clocks", "days"}},
        {"escalations", {"clocks", "days", "to"}},
    };
    return all;
}

const std::vector<std::pair<std::string_view, FieldRule::Type>>& type_names() {
    using enum FieldRule::Type;
    static const std::vector<std::pair<std::string_view, FieldRule::Type>> all{{"text", text},
                                                                               {"texts", texts},
                                                                               {"word", word},
                                                                               {"flag", flag},
                                                                               {"date", date},
                                                                               {"count", count},
                                                                               {"money", money},
                                                                               {"person", person},
                                                                               {"people", people},
                                                                               {"user", user},
                                                                               {"users", users},
                                                                               {"unit", unit},
                                                                               {"department", department},
                                                                               {"category", category},
                                                                               {"benefit", benefit},
                                                                               {"branch", branch},
                                                                               {"case", case_},
                                                                               {"attachments", attachments}};
    return all;
}

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

std::vector<std::string> texts_at(const YamlRecord& record, std::string_view key) {
    const YamlValue* value = record.find(key);
    if (value == nullptr) return {};
    std::vector<std::string> texts;
    for (const YamlValue& item : value->one_or_list())
        if (auto text = item.text()) texts.push_back(*std::move(text));
    return texts;
}

std::string text_at(const YamlRecord& record, std::string_view key) {
    const YamlValue* value = record.find(key);
    return value == nullptr ? std::string() : value->text().value_or("");
}

class ProcedureReader {
  public:
    ProcedureReader(const LawDraft& draft, Law& law) : draft_(draft), law_(law), all_(law.procedures) {}

    void read() {
        read_clocks();
        each("papers", [&](const ElementDraft& one) {
            all_.papers.push_back({one.id, one.record.need_bilingual("title"), one.cite});
        });
        each("fields", [&](const ElementDraft& one) { read_field(one); });
        each("machines", [&](const ElementDraft& one) { read_machine(one); });
        each("states", [&](const ElementDraft& one) { read_state(one); });
        each("moves", [&](const ElementDraft& one) { read_move(one); });
        each("pauses", [&](const ElementDraft& one) { read_pause(one); });
        each("reminders", [&](const ElementDraft& one) { read_reminder(one, all_.reminders); });
        each("escalations", [&](const ElementDraft& one) { read_reminder(one, all_.escalations); });
    }

  private:
    template <class Read>
    void each(std::string_view section, Read read) {
        const auto found = draft_.procedures.find(section);
        if (found == draft_.procedures.end()) return;
        for (const ElementDraft& one : found->second) read(one);
    }

    void read_clocks() {
        const auto found = draft_.routes.find("clocks");
        if (found == draft_.routes.end()) return;
        for (const ElementDraft& one : found->second) {
            const YamlRecord& record = one.record;
            ClockRule clock;
            clock.id = one.id;
            clock.cite = one.cite;
            if (const YamlValue* title = record.find("title"))
                clock.title = title->bilingual().value_or(Text{});
            clock.machines = texts_at(record, "machines");
            clock.of = text_at(record, "of");
            clock.from = text_at(record, "from");
            clock.until = texts_at(record, "until");
            clock.each = record.flag("each");
            clock.internal = record.flag("internal");
            if (record.flag("by_level")) {
                clock.term.kind = ClockTerm::Kind::by_level;
            } else if (record.flag("by_day")) {
                clock.term.kind = ClockTerm::Kind::told_day;
            } else {
                clock.term = term_of(record, law_).value_or(ClockTerm{});
            }
            all_.clocks.push_back(std::move(clock));
        }
    }

    void read_field(const ElementDraft& one) {
        using enum FieldRule::Type;
        FieldRule field;
        field.id = one.id;
        field.cite = one.cite;
        field.title = one.record.need_bilingual("title");
        field.sensitive = one.record.flag("sensitive");
        if (const YamlValue* type = one.record.need("type")) {
            field.type = type->one_of(std::span(type_names())).value_or(text);
        }
        if (const YamlValue* least = one.record.find("least"))
            field.least = least->integer(1, 100).value_or(1);
        const YamlValue* words = field.type == word ? one.record.need("words") : one.record.find("words");
        if (words != nullptr) read_words(*words, field);
        all_.fields.push_back(std::move(field));
    }

    static void read_words(const YamlValue& words, FieldRule& field) {
        if (field.type != FieldRule::Type::word) {
            words.fault("words_of_no_word", "只有 word 类型有 words", "only a field of type word has words");
            return;
        }
        for (const YamlEntry& entry : words.entries())
            field.words.emplace_back(entry.key, entry.value.bilingual().value_or(Text{}));
    }

    void read_machine(const ElementDraft& one) {
        Machine machine;
        machine.id = one.id;
        machine.cite = one.cite;
        machine.title = one.record.need_bilingual("title");
        machine.thing = one.record.need_id("thing");
        if (const YamlValue* subject = one.record.need("subject")) {
            machine.subject = subject
                                  ->one_of<Machine::Subject>({{"household", Machine::Subject::household},
                                                              {"person", Machine::Subject::person},
                                                              {"campaign", Machine::Subject::campaign},
                                                              {"anyone", Machine::Subject::anyone}})
                                  .value_or(Machine::Subject::household);
        }
        all_.machines.push_back(std::move(machine));
    }

    // The machine before the last point of an element's id, and the rest in `own`; null after a fault.
    Machine* machine_of(const ElementDraft& one, std::string& own) {
        const std::size_t point = one.id.rfind('.');
        const std::string id = one.id.substr(0, point == std::string::npos ? 0 : point);
        own = point == std::string::npos ? one.id : one.id.substr(point + 1);
        const auto machine = std::ranges::find(all_.machines, id, &Machine::id);
        if (machine != all_.machines.end()) return &*machine;
        const YamlValue* at = one.record.find("id");
        if (at != nullptr) (void)is_known_id(*at, id, all_.machines, "unknown_machine", "流程", "machine");
        return nullptr;
    }

    void read_state(const ElementDraft& one) {
        MachineState state;
        Machine* machine = machine_of(one, state.id);
        state.cite = one.cite;
        state.title = one.record.need_bilingual("title");
        if (const YamlValue* kind = one.record.find("kind")) {
            state.kind = kind->one_of<StateKind>({{"initial", StateKind::initial},
                                                  {"open", StateKind::open},
                                                  {"final", StateKind::final}})
                             .value_or(StateKind::open);
        }
        if (machine != nullptr) machine->states.push_back(std::move(state));
    }

    void read_move(const ElementDraft& one) {
        Move move;
        Machine* machine = machine_of(one, move.id);
        const YamlRecord& record = one.record;
        move.cite = one.cite;
        move.place = record.self().place();
        move.title = record.need_bilingual("title");
        move.from = texts_at(record, "from");
        move.to = text_at(record, "to");
        move.by = texts_at(record, "by");
        move.level = text_at(record, "level");
        move.needs = texts_at(record, "needs");
        move.may = texts_at(record, "may");
        if (const YamlValue* of = record.find("level_of")) {
            move.level_of = of->one_of<Move::LevelOf>({{"authority", Move::LevelOf::authority},
                                                       {"conference", Move::LevelOf::conference}})
                                .value_or(Move::LevelOf::stated);
        }
        if (const YamlValue* bounds = record.find("at_most")) read_bounds(*bounds, move);
        move.not_by = texts_at(record, "not_by");
        move.not_before = texts_at(record, "not_before");
        move.marks = texts_at(record, "marks");
        move.papers = texts_at(record, "papers");
        move.opens = texts_at(record, "opens");
        move.event = text_at(record, "event");
        if (const YamlValue* only_if = record.find("only_if")) {
            for (const YamlEntry& entry : only_if->entries()) {
                FieldIs is{entry.key, {}};
                for (const YamlValue& word : entry.value.one_or_list())
                    if (auto text = word.text()) is.words.push_back(*std::move(text));
                move.only_if.push_back(std::move(is));
            }
        }
        if (machine != nullptr) machine->moves.push_back(std::move(move));
    }

    void read_bounds(const YamlValue& bounds, Move& move) {
        for (const YamlEntry& entry : bounds.entries()) {
            std::string parameter = entry.value.text().value_or("");
            if (is_known_id(entry.value, parameter, law_.parameters, "unknown_parameter", "参数",
                            "parameter"))
                move.at_most.emplace_back(entry.key, std::move(parameter));
        }
    }

    void read_pause(const ElementDraft& one) {
        PauseRule pause;
        pause.id = one.id;
        pause.cite = one.cite;
        pause.title = one.record.need_bilingual("title");
        pause.clocks = texts_at(one.record, "clocks");
        pause.from = one.record.need_id("from");
        pause.until = texts_at(one.record, "until");
        pause.paper = text_at(one.record, "paper");
        pause.most = term_of(one.record, law_);
        all_.pauses.push_back(std::move(pause));
    }

    static void read_reminder(const ElementDraft& one, std::vector<ReminderRule>& rules) {
        ReminderRule rule;
        rule.id = one.id;
        rule.cite = one.cite;
        rule.clocks = texts_at(one.record, "clocks");
        rule.days = one.record.need_integer("days", 0, 366);
        rule.to = text_at(one.record, "to");
        rules.push_back(std::move(rule));
    }

    const LawDraft& draft_;
    Law& law_;
    Procedures& all_;
};

template <class Element>
const Element* find_in(const std::vector<Element>& elements, std::string_view id) {
    const auto found = std::ranges::find(elements, id, &Element::id);
    return found == elements.end() ? nullptr : &*found;
}

}  // namespace

const MachineState* Machine::state(std::string_view wanted) const {
    return find_in(states, wanted);
}
const Move* Machine::move(std::string_view wanted) const {
    return find_in(moves, wanted);
}
const Machine* Procedures::machine(std::string_view id) const {
    return find_in(machines, id);
}
const FieldRule* Procedures::field(std::string_view id) const {
    return find_in(fields, id);
}
const ClockRule* Procedures::clock(std::string_view id) const {
    return find_in(clocks, id);
}
const PaperRule* Procedures::paper(std::string_view id) const {
    return find_in(papers, id);
}

std::string_view name_of(FieldRule::Type type) {
    const auto found = std::ranges::find(type_names(), type, [](const auto& one) { return one.second; });
    return found->first;
}

std::span<const ProcedureSection> procedure_sections() {
    return sections();
}

void read_procedures(const LawDraft& draft, Law& law) {
    ProcedureReader(draft, law).read();
    check_procedures(draft, law.procedures);
}

}  // namespace doudi::policy
