// SPDX-License-Identifier: Apache-2.0
// procedures.yaml: the state machines of casework. States and moves are elements of their own
// ("warning.verify"), so that a pack states one of them anew and keeps the others. A move is read in
// move_file.cpp, what runs and reminds in clock_file.cpp.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "policy/fact_value.h"
#include "policy/procedure_sections.h"

namespace doudi::policy {

namespace {

const std::vector<ProcedureSection>& sections() {
    static const std::vector<ProcedureSection> all{
        {"machines", {"title", "subject", "thing"}},
        {"states", {"title", "kind"}},
        {"moves", {"title",       "from",        "to",
                   "by",          "level",       "level_of",
                   "needs",       "may",         "department_reads",
                   "only_if",     "not_if",      "once",
                   "at_most",     "adds",        "takes",
                   "hands_to",    "stays",       "not_by",
                   "not_before",  "marks",       "papers",
                   "opens",       "starts",      "also",
                   "draws",       "event",       "signed",
                   "alone",       "after",       "among",
                   "otherwise",   "into",        "late_after",
                   "finds",       "repeats",     "not_after",
                   "answers",     "within",      "under",
                   "shut_by",     "nobody_aged", "first_unpaid",
                   "not_beside",  "before",      "pending",
                   "served_once", "shared_by",   "together",
                   "by_proposer", "zero"}},
        {"fields",
         {"title", "type", "words", "least", "range", "past", "ahead", "earliest", "sensitive",
          "without_maker", "fact", "tells", "digits", "check_digit", "whose", "payee", "sum"}},
        {"papers", {"title", "series", "numbered_if"}},
        {"follows",
         {"move", "subject", "only_if", "told", "needs", "found", "same", "at_most", "counts", "into",
          "against", "unused", "route", "target", "differs", "under"}},
        {"allowances", {"paid_by", "benefits", "income"}},
        {"findings", {"account", "in_order"}},
        {"listed", {"machine", "under", "takes"}},
        {"waits",
         {"move", "only_if", "machines", "each", "done", "done_if", "undone_by", "since", "told", "unless",
          "not_by"}},
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
                                                                               {"departments", departments},
                                                                               {"category", category},
                                                                               {"benefit", benefit},
                                                                               {"benefits", benefits},
                                                                               {"branch", branch},
                                                                               {"case", case_},
                                                                               {"attachments", attachments},
                                                                               {"account", account}};
    return all;
}

class ProcedureReader {
  public:
    ProcedureReader(const LawDraft& draft, Law& law) : draft_(draft), law_(law), all_(law.procedures) {}

    void read() {
        read_clocks(draft_, law_);
        each("papers", [&](const ElementDraft& one) {
            all_.papers.push_back({.id = one.id,
                                   .title = one.record.need_bilingual("title"),
                                   .series = text_at(one.record, "series"),
                                   .numbered_if = conditions_at(one.record, "numbered_if"),
                                   .cite = one.cite});
        });
        each("fields", [&](const ElementDraft& one) { read_field(one); });
        each("machines", [&](const ElementDraft& one) { read_machine(one); });
        each("states", [&](const ElementDraft& one) { read_state(one); });
        each("moves", [&](const ElementDraft& one) { read_own_move(one); });
        take_findings();
        take_reasons();
        take_owners();
        each("follows", [&](const ElementDraft& one) { read_follow(one); });
        each("allowances", [&](const ElementDraft& one) { read_allowance(one); });
        each("findings", [&](const ElementDraft& one) { read_finding(one); });
        each("listed", [&](const ElementDraft& one) { read_listing(one); });
        each("waits", [&](const ElementDraft& one) { read_wait(one); });
    }

  private:
    template <class Read>
    void each(std::string_view section, Read read) {
        const auto found = draft_.procedures.find(section);
        if (found == draft_.procedures.end()) return;
        for (const ElementDraft& one : found->second) read(one);
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
        if (const YamlValue* range = one.record.find("range")) read_range(*range, field);
        if (const YamlValue* sum = one.record.find("sum")) read_sum(*sum, field);
        field.without_maker = text_at(one.record, "without_maker");
        for (const char* key : {"past", "ahead", "earliest"})
            if (const YamlValue* bound = one.record.find(key); bound != nullptr && field.type != date)
                bound->fault(fmt::format("{}_of_no_date", key), fmt::format("只有 date 类型有 {}", key),
                             fmt::format("only a field of type date has {}", key));
        field.past = one.record.flag("past");
        constexpr int most_ahead = 120;
        if (const YamlValue* ahead = one.record.find("ahead")) field.ahead = ahead->integer(1, most_ahead);
        if (const YamlValue* earliest = one.record.find("earliest")) field.earliest = earliest->date();
        const bool has_own = field.type == word && one.record.find("fact") == nullptr;
        const YamlValue* words = has_own ? one.record.need("words") : one.record.find("words");
        if (words != nullptr) read_words(*words, field);
        if (const YamlValue* fact = one.record.find("fact")) read_fact(*fact, one.record, field);
        if (field.type == account) field.account = read_account(one.record);
        all_.fields.push_back(std::move(field));
    }

    // [the smallest, the largest]
    static void read_range(const YamlValue& at, FieldRule& field) {
        constexpr int most = 1'000'000;
        const std::vector<YamlValue> ends = at.one_or_list();
        if (field.type == FieldRule::Type::count && ends.size() == 2) {
            const auto least = ends.front().integer(0, most);
            const auto largest = ends.back().integer(0, most);
            if (least && largest && *least <= *largest) {
                field.range = std::pair(*least, *largest);
                return;
            }
        }
        at.fault("range", "range 须为 [最小, 最大]，只用于 count 类型",
                 "range is [smallest, largest] of a field of type count");
    }

    // {least: 0.01, most: 1000000.00, because: …}, in yuan
    static void read_sum(const YamlValue& at, FieldRule& field) {
        const auto one = at.record({"least", "most", "because"});
        if (!one) return;
        const auto least = Money::parse_yuan(one->need_text("least"));
        const auto most = Money::parse_yuan(one->need_text("most"));
        const bool is_range = least && most && *least >= Money() && *least <= *most;
        if (field.type != FieldRule::Type::money || !is_range) {
            at.fault("sum_range", "sum 须写明 least（最小）和 most（最大），以元为单位，只用于 money 类型",
                     "sum states least and most, in yuan, of a field of type money");
            return;
        }
        field.sum = SumRule{*least, *most, one->need_bilingual("because")};
    }

    // Eight digits at least, so that the last four are not half of it.
    static AccountRule read_account(const YamlRecord& record) {
        constexpr int fewest = 8;
        constexpr int most = 40;
        AccountRule rule;
        if (const YamlValue* digits = record.need("digits")) {
            if (const auto bounds = digits->record({"least", "most"})) {
                rule.least = bounds->need_integer("least", fewest, most);
                rule.most = bounds->need_integer("most", fewest, most);
                if (rule.most < rule.least)
                    digits->fault("account_digits", "位数的上限小于下限", "most is below least");
            }
        }
        if (const YamlValue* check = record.find("check_digit"))
            rule.refuses_check_digit =
                check->one_of<bool>({{"said", false}, {"refused", true}}).value_or(false);
        rule.whose = record.need_id("whose");
        rule.payee = text_at(record, "payee");
        return rule;
    }

    // A visit tells what the law lets visits tell, in the fact's own words, and hides what the fact hides.
    void read_fact(const YamlValue& at, const YamlRecord& record, FieldRule& field) {
        field.fact = at.text().value_or("");
        if (!is_known_id(at, field.fact, law_.facts, "unknown_fact", "事实", "fact")) return;
        const FactDefinition& fact = *std::ranges::find(law_.facts, field.fact, &FactDefinition::id);
        const bool is_told = !fact.is && fact.of != Subject::application && fact.get.is_from(visit_teller);
        if (!is_told)
            at.fault("fact_not_of_visits",
                     fmt::format("“{}”不由走访得知（get.from 中没有 home_visit）", fact.id),
                     fmt::format("no visit tells '{}' (home_visit is not in its get.from)", fact.id));
        if (!fits(field.type, fact))
            at.fault("fact_type", fmt::format("填报项的类型与事实“{}”不符", fact.id),
                     fmt::format("the field is not of the type of the fact '{}'", fact.id));
        field.sensitive = field.sensitive || fact.sensitive || fact.needs_authorisation;
        if (field.type == FieldRule::Type::people) read_tells(record, fact, field);
        if (field.type == FieldRule::Type::word && field.words.empty()) take_words(fact, field);
    }

    // Of people the field says who, and the pack which value that tells of them.
    static bool fits(FieldRule::Type type, const FactDefinition& fact) {
        using enum FieldRule::Type;
        if (fact.of == Subject::person) return type == people;
        switch (fact.type) {
            case FactType::boolean:
                return type == flag;
            case FactType::integer:
                return type == count;
            case FactType::money:
                return type == money;
            case FactType::date:
                return type == date;
            case FactType::word:
                return type == word;
            default:
                return false;
        }
    }

    static void read_tells(const YamlRecord& record, const FactDefinition& fact, FieldRule& field) {
        const YamlValue* tells = record.need("tells");
        if (tells == nullptr) return;
        field.tells = tells->text().value_or("");
        const bool is_none = field.tells == "none" && fact.may_be_none;
        const bool is_value =
            fact.type == FactType::word
                ? std::ranges::find(fact.words, field.tells, &FactWord::id) != fact.words.end()
                : parse_value(fact.type, field.tells).has_value();
        if (!is_none && !is_value)
            tells->fault("told_fact", fmt::format("“{}”不是事实“{}”的取值", field.tells, fact.id),
                         fmt::format("'{}' is no value of the fact '{}'", field.tells, fact.id));
    }

    static void take_words(const FactDefinition& fact, FieldRule& field) {
        for (const FactWord& word : fact.words) field.words.emplace_back(word.id, word.title);
        if (fact.may_be_none) field.words.emplace_back("none", Text{"无", "none"});
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

    void read_own_move(const ElementDraft& one) {
        Move move = read_move(one, law_);
        if (Machine* machine = machine_of(one, move.id)) machine->moves.push_back(std::move(move));
    }

    // Who is at the door may tell every fact that visits tell.
    void take_findings() {
        for (Machine& machine : all_.machines) {
            for (Move& move : machine.moves) {
                if (!move.finds) continue;
                for (const FieldRule& field : all_.fields) {
                    if (!field.fact.empty() && !move.tells(field.id)) move.may.push_back(field.id);
                }
            }
        }
    }

    // Whoever is told who came along may be told why its maker did not.
    void take_reasons() {
        for (Machine& machine : all_.machines) {
            for (Move& move : machine.moves) {
                for (const FieldRule& field : all_.fields) {
                    if (field.without_maker.empty() || move.tells(field.without_maker)) continue;
                    if (move.tells(field.id)) move.may.push_back(field.without_maker);
                }
            }
        }
    }
    // Whoever is told an account may be told whose it is.
    void take_owners() {
        for (Machine& machine : all_.machines) {
            for (Move& move : machine.moves) {
                for (const FieldRule& field : all_.fields) {
                    const std::string whose = field.account ? field.account->whose : std::string();
                    if (whose.empty() || !move.tells(field.id) || move.tells(whose)) continue;
                    move.may.push_back(whose);
                }
            }
        }
    }

    // What a move is told follows what was found before, or a route: conditions as "field=word|word".
    void read_follow(const ElementDraft& one) {
        RouteElement follow;
        follow.section = "follows";
        follow.id = one.id;
        follow.cite = one.cite;
        follow.fields = {{"move", one.record.need_id("move")}};
        for (const char* key : {"differs", "target"}) {
            if (std::string text = text_at(one.record, key); !text.empty())
                follow.fields.emplace_back(key, std::move(text));
        }
        if (const YamlValue* subject = one.record.find("subject")) {
            if (const auto who = subject->one_of<std::string_view>({{"nobody", "nobody"}}))
                follow.fields.emplace_back("subject", *who);
        }
        if (one.record.find("counts") != nullptr) {
            for (const char* key : {"counts", "into", "against"})
                follow.fields.emplace_back(key, one.record.need_id(key));
        }
        if (const YamlValue* route = one.record.find("route")) {
            const auto section =
                route->one_of<std::string_view>({{"transfers", "transfers"}, {"phase_outs", "phase_outs"}});
            if (section) follow.fields.emplace_back("route", *section);
        }
        for (const char* key : {"only_if", "found"})
            follow.lists.emplace_back(key, conditions_text(conditions_at(one.record, key)));
        for (const char* key : {"same", "at_most"}) {
            std::vector<std::string> pairs;
            if (const YamlValue* value = one.record.find(key))
                for (const YamlEntry& entry : value->entries())
                    pairs.push_back(entry.key + "=" + entry.value.text().value_or(""));
            follow.lists.emplace_back(key, std::move(pairs));
        }
        for (const char* key : {"told", "needs", "unused", "under"})
            follow.lists.emplace_back(key, texts_at(one.record, key));
        law_.routes.push_back(std::move(follow));
    }

    static RouteElement joined(const ElementDraft& one, std::string section,
                               std::initializer_list<const char*> needed) {
        RouteElement rule;
        rule.section = std::move(section);
        rule.id = one.id;
        rule.cite = one.cite;
        for (const char* key : needed) rule.fields.emplace_back(key, one.record.need_id(key));
        return rule;
    }

    void read_listing(const ElementDraft& one) {
        RouteElement rule = joined(one, "listed", {"machine", "under"});
        rule.lists.emplace_back("takes", texts_at(one.record, "takes"));
        law_.routes.push_back(std::move(rule));
    }

    // What is looked for among payments that go on, and whose words say that it is in order.
    void read_finding(const ElementDraft& one) {
        RouteElement rule = joined(one, "findings", {"account"});
        rule.lists.emplace_back("in_order", texts_at(one.record, "in_order"));
        law_.routes.push_back(std::move(rule));
    }

    // For what a move waits: cases below that are open, what has to be done below, what has to be told.
    void read_wait(const ElementDraft& one) {
        RouteElement rule = joined(one, "waits", {"move", "unless"});
        for (const char* key : {"each", "since"}) {
            if (std::string text = text_at(one.record, key); !text.empty())
                rule.fields.emplace_back(key, std::move(text));
        }
        for (const char* key : {"only_if", "done_if"})
            rule.lists.emplace_back(key, conditions_text(conditions_at(one.record, key)));
        for (const char* key : {"machines", "done", "undone_by", "told", "not_by"})
            rule.lists.emplace_back(key, texts_at(one.record, key));
        law_.routes.push_back(std::move(rule));
    }

    static std::vector<std::string> conditions_text(const std::vector<FieldIs>& conditions) {
        std::vector<std::string> all;
        for (const FieldIs& is : conditions)
            all.push_back(fmt::format("{}={}", is.field, fmt::join(is.words, "|")));
        return all;
    }

    // With which benefits a category is paid, the nearest first.
    void read_allowance(const ElementDraft& one) {
        RouteElement allowance;
        allowance.section = "allowances";
        allowance.id = one.id;
        allowance.cite = one.cite;
        allowance.fields = {{"paid_by", one.record.need_id("paid_by")}};
        allowance.lists.emplace_back("benefits", texts_at(one.record, "benefits"));
        const YamlValue* id = one.record.find("id");
        if (id != nullptr)
            (void)is_known_id(*id, one.id, law_.categories, "unknown_category", "类别", "category");
        const YamlValue* benefits = one.record.need("benefits");
        for (const YamlValue& item : benefits != nullptr ? benefits->one_or_list() : std::vector<YamlValue>{})
            (void)is_known_id(item, item.text().value_or(""), law_.benefits, "unknown_benefit", "救助项目",
                              "benefit");
        if (const YamlValue* income = one.record.find("income")) {
            std::string fact = income->text().value_or("");
            if (is_known_id(*income, fact, law_.facts, "unknown_fact", "事实", "fact"))
                allowance.fields.emplace_back("income", std::move(fact));
        }
        law_.routes.push_back(std::move(allowance));
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
bool Move::tells(std::string_view field) const {
    return std::ranges::find(needs, field) != needs.end() || std::ranges::find(may, field) != may.end();
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
Text Procedures::title_of_field(std::string_view id) const {
    const FieldRule* rule = field(id);
    return rule == nullptr ? Text{std::string(id), std::string(id)} : rule->title;
}
const ClockRule* Procedures::clock(std::string_view id) const {
    return find_in(clocks, id);
}
const PaperRule* Procedures::paper(std::string_view id) const {
    return find_in(papers, id);
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
    check_consequences_told(draft, law.procedures);
}

}  // namespace doudi::policy
