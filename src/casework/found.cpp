// SPDX-License-Identifier: Apache-2.0
#include "casework/found.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "casework/kept/determinations_repository.h"
#include "casework/moves/mover.h"

namespace doudi::casework {

namespace {

using policy::FieldIs;
using policy::RouteElement;

constexpr std::array<std::string_view, 11> finds{found::kind, found::category, found::amount, found::next,
                                                 found::why,  found::missing,  found::replay, found::sample,
                                                 found::paid, found::before,   found::income};

const std::vector<std::string>& list_of(const RouteElement& rule, std::string_view key) {
    static const std::vector<std::string> none;
    const std::vector<std::string>* list = rule.list(key);
    return list == nullptr ? none : *list;
}

// "field=other"
std::pair<std::string, std::string> parts_of(const std::string& text) {
    const std::size_t at = text.find('=');
    return {text.substr(0, at), at == std::string::npos ? std::string() : text.substr(at + 1)};
}

bool all_hold(const RouteElement& rule, std::string_view key, const Fields& told, const Fields& earlier) {
    return std::ranges::all_of(list_of(rule, key), [&](const std::string& text) {
        return holds(condition_of(text), told, earlier);
    });
}

// What the case was told; what was found before the household was looked at anew holds no longer.
Fields known(const CaseState& state) {
    int determined = 0;
    int looked = 0;
    for (const Mark& mark : state.marks) {
        if (mark.id == determined_mark) determined = mark.event;
        if (mark.id == looked_mark) looked = mark.event;
    }
    Fields fields = state.fields;
    if (determined > looked) return fields;
    for (const std::string_view id : finds) fields.erase(std::string(id));
    return fields;
}

bool tells_all(const RouteElement& rule, const Fields& told) {
    return std::ranges::none_of(list_of(rule, "told"),
                                [&](const std::string& id) { return first_of(told, id).empty(); });
}

bool is_of_nobody_alone(const RouteElement& rule) {
    return rule.field("subject") != nullptr;  // nobody: there is no other
}

// The rules of a move that apply to what it is told.
std::vector<const RouteElement*> rules_of(const MoveQuestion& question, const policy::Move& move,
                                          const Fields& told, const Fields& earlier) {
    const std::string id = question.machine.id + "." + move.id;
    std::vector<const RouteElement*> rules;
    for (const RouteElement& rule : question.law.routes) {
        const std::string* of = rule.section == "follows" ? rule.field("move") : nullptr;
        if (of == nullptr || *of != id || (is_of_nobody_alone(rule) && !question.of_nobody)) continue;
        if (all_hold(rule, "only_if", told, earlier) && tells_all(rule, told)) rules.push_back(&rule);
    }
    return rules;
}

// What was told before otherwise than the rule asks, or not at all.
std::optional<FieldIs> not_found(const RouteElement& rule, const Fields& earlier) {
    for (const std::string& text : list_of(rule, "found")) {
        FieldIs is = condition_of(text);
        if (!holds(is, {}, earlier)) return is;
    }
    return std::nullopt;
}

// The first field that is not what was found; empty: all follow.
std::string differs_in(const RouteElement& rule, const Fields& told, const Fields& earlier) {
    if (const auto is = not_found(rule, earlier)) return is->field;
    for (const std::string& text : list_of(rule, "same")) {
        const auto [field, from] = parts_of(text);
        if (first_of(told, field) != first_of(earlier, from)) return field;
    }
    return {};
}

MoveFault missing_field(const MoveQuestion& question, const std::string& id) {
    const Text title = question.law.procedures.title_of_field(id);
    return {
        id, "field_missing", {fmt::format("缺少“{}”", title.zh), fmt::format("'{}' is missing", title.en)}};
}

MoveFault differing(const MoveQuestion& question, const std::string& field, const std::string& differs) {
    const Text title = question.law.procedures.title_of_field(field);
    const Text why = question.law.procedures.title_of_field(differs);
    return {differs,
            "differs_from_found",
            {fmt::format("“{}”与此前的结果不同或此前没有结果，请填写“{}”", title.zh, why.zh),
             fmt::format("'{}' is not what was found, or nothing was: tell '{}'", title.en, why.en)}};
}

MoveFault not_as_found(const MoveQuestion& question, const RouteElement& rule, const std::string& field) {
    const Text title = question.law.procedures.title_of_field(field);
    return {field,
            "not_as_found",
            {fmt::format("“{}”与此前办理的不一致或此前没有办理（{}）", title.zh, rule.cite.text()),
             fmt::format("'{}' is not as it was settled before, or was not settled ({})", title.en,
                         rule.cite.text())}};
}

// "“one” or “other”", as people read the words of a field.
Text words_of(const MoveQuestion& question, const FieldIs& is) {
    const policy::FieldRule* rule = question.law.procedures.field(is.field);
    std::vector<std::pair<std::string, Text>> titles{{"true", {"是", "yes"}}, {"false", {"否", "no"}}};
    if (rule != nullptr && rule->type == policy::FieldRule::Type::word) titles = rule->words;
    Text all;
    for (const std::string& word : is.words) {
        const auto said = std::ranges::find(titles, word, &std::pair<std::string, Text>::first);
        const Text title = said == titles.end() ? Text{word, word} : said->second;
        all.zh += (all.zh.empty() ? "“" : "或“") + title.zh + "”";
        all.en += (all.en.empty() ? "'" : " or '") + title.en + "'";
    }
    return all;
}

MoveFault not_as_needed(const MoveQuestion& question, const RouteElement& rule, const FieldIs& is) {
    const Text title = question.law.procedures.title_of_field(is.field);
    const Text words = words_of(question, is);
    return {
        is.field,
        "not_as_found",
        {fmt::format("此前登记的“{}”须为{}（{}）", title.zh, words.zh, rule.cite.text()),
         fmt::format("'{}' must have been told before as {} ({})", title.en, words.en, rule.cite.text())}};
}

// Of a field that is a number; none: it is not told, or told as none (move_values.cpp refuses that).
std::optional<std::int64_t> number_of(const Fields& fields, std::string_view id) {
    const std::string text = first_of(fields, id);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

MoveFault more_than_told(const MoveQuestion& question, const RouteElement& rule, const std::string& field,
                         const std::string& of) {
    const Text title = question.law.procedures.title_of_field(field);
    const Text before = question.law.procedures.title_of_field(of);
    return {
        field,
        "more_than_told",
        {fmt::format("“{}”超过此前登记的“{}”（{}）", title.zh, before.zh, rule.cite.text()),
         fmt::format("'{}' is more than '{}' was told before ({})", title.en, before.en, rule.cite.text())}};
}

// What is more than the case was told before.
void check_at_most(const MoveQuestion& question, const RouteElement& rule, const Fields& told,
                   const Fields& earlier, std::vector<MoveFault>& faults) {
    for (const std::string& text : list_of(rule, "at_most")) {
        const auto [field, of] = parts_of(text);
        const auto now = number_of(told, field);
        const auto most = number_of(earlier, of);
        if (now && most && *now > *most) faults.push_back(more_than_told(question, rule, field, of));
    }
}

std::string number_of_marks(const CaseState& state, const std::string& mark) {
    return std::to_string(std::ranges::count(state.marks, mark, &Mark::id));
}

// Fewer than was told before, and nobody says why.
std::optional<MoveFault> check_counted(const MoveQuestion& question, const RouteElement& rule,
                                       const Fields& told, const Fields& earlier) {
    const std::string* mark = rule.field("counts");
    if (mark == nullptr) return std::nullopt;
    const std::string* differs = rule.field("differs");
    const auto wanted = number_of(earlier, *rule.field("against"));
    const auto made = std::ranges::count(question.state.marks, *mark, &Mark::id);
    if (!wanted || made >= *wanted) return std::nullopt;
    if (differs != nullptr && !first_of(told, *differs).empty()) return std::nullopt;
    const Text title = question.law.procedures.title_of_field(*rule.field("into"));
    const Text ordered = question.law.procedures.title_of_field(*rule.field("against"));
    const Text why = differs == nullptr ? Text{} : question.law.procedures.title_of_field(*differs);
    return MoveFault{differs == nullptr ? std::string() : *differs,
                     "fewer_than_told",
                     {fmt::format("“{}”为 {}，少于“{}”{}{}", title.zh, made, ordered.zh, *wanted,
                                  differs == nullptr ? "" : fmt::format("，请填写“{}”", why.zh)),
                      fmt::format("'{}' is {}, fewer than '{}' ({}){}", title.en, made, ordered.en, *wanted,
                                  differs == nullptr ? "" : fmt::format(": tell '{}'", why.en))}};
}

// Titles of procedures, one beside the other.
Text titles_of(const MoveQuestion& question, const std::vector<std::string>& machines) {
    Text all;
    for (const std::string& id : machines) {
        const policy::Machine* machine = question.law.procedures.machine(id);
        all.zh += (all.zh.empty() ? "“" : "、“") + (machine == nullptr ? id : machine->title.zh) + "”";
        all.en += (all.en.empty() ? "'" : ", '") + (machine == nullptr ? id : machine->title.en) + "'";
    }
    return all;
}

// Told so, it is about a case above; there is none of that kind. What follows of another step was asked
// there.
std::optional<MoveFault> check_under(const MoveQuestion& question, const RouteElement& rule,
                                     const policy::Move& move) {
    const std::vector<std::string>& under = list_of(rule, "under");
    if (under.empty() || question.by_law) return std::nullopt;
    const policy::Machine* above = question.above == nullptr ? nullptr : question.above->machine;
    if (above != nullptr && std::ranges::find(under, above->id) != under.end()) return std::nullopt;
    const auto& only_if = list_of(rule, "only_if");
    const std::string field = only_if.empty() ? std::string() : condition_of(only_if.front()).field;
    const Text title = field.empty() ? move.title : question.law.procedures.title_of_field(field);
    const Text all = titles_of(question, under);
    return MoveFault{
        field,
        "not_under_decision",
        {fmt::format("“{}”这样填须针对已作出的决定（{}），本件没有；请在作出决定的办件下提出（{}）", title.zh,
                     all.zh, rule.cite.text()),
         fmt::format("'{}' told so is about a decision ({}), and this case stands below none: bring it below "
                     "the case that was decided ({})",
                     title.en, all.en, rule.cite.text())}};
}

bool names(const RouteElement& route, std::string_view key, const std::string& id) {
    return std::ranges::find(list_of(route, key), id) != list_of(route, key).end();
}

// By what the pack says of leaving the category; a pack that says nothing of it binds nobody.
std::optional<MoveFault> check_way(const MoveQuestion& question, const RouteElement& rule,
                                   const Fields& told) {
    const std::string* section = rule.field("route");
    if (section == nullptr) return std::nullopt;
    const std::string* target = rule.field("target");
    const std::string to = target == nullptr ? std::string() : first_of(told, *target);
    if (target != nullptr && to.empty()) return std::nullopt;
    const RouteElement* stated = nullptr;
    for (const RouteElement& route : question.law.routes) {
        if (route.section != *section) continue;
        stated = &route;
        const bool is_from =
            names(route, "from", question.state.track) || names(route, "for", question.state.track);
        if (is_from && (target == nullptr || names(route, "to", to))) return std::nullopt;
    }
    if (stated == nullptr) return std::nullopt;
    const std::string field = target == nullptr ? std::string(track_field) : *target;
    const Text title = question.law.procedures.title_of_field(field);
    return MoveFault{
        field,
        "route_none",
        {fmt::format("按{}，此类对象没有这样的去向（“{}”）", stated->cite.text(), title.zh),
         fmt::format("by {} nothing leads there from this category ('{}')", stated->cite.text(), title.en)}};
}

}  // namespace

FieldIs condition_of(const std::string& text) {
    auto [field, words] = parts_of(text);
    FieldIs is{std::move(field), {}};
    for (std::size_t from = 0; from <= words.size();) {
        const std::size_t end = std::min(words.find('|', from), words.size());
        is.words.push_back(words.substr(from, end - from));
        from = end + 1;
    }
    return is;
}

bool is_found(std::string_view field) {
    return std::ranges::find(finds, field) != finds.end();
}

std::vector<NeedIf> needs_if(const policy::Law& law, const std::string& move) {
    std::vector<NeedIf> all;
    for (const RouteElement& rule : law.routes) {
        const std::string* of = rule.section == "follows" ? rule.field("move") : nullptr;
        if (of == nullptr || *of != move || list_of(rule, "needs").empty()) continue;
        NeedIf one{list_of(rule, "needs"), {}, list_of(rule, "told"), is_of_nobody_alone(rule)};
        for (const std::string& text : list_of(rule, "only_if")) one.only_if.push_back(condition_of(text));
        all.push_back(std::move(one));
    }
    return all;
}

bool is_determined(const policy::Move& move) {
    return std::ranges::find(move.marks, determined_mark) != move.marks.end();
}

bool is_applied_for(const CaseState& state) {
    return std::ranges::find(state.marks, applied_mark, &Mark::id) != state.marks.end();
}

Result<Moved> tell_found(Desk& desk, const Actor& actor, const Finding& finding) {
    Moved moved;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        Mover mover(desk, actor);
        mover.tell(finding.found);
        moved = TRY(mover.move(finding.of, finding.seen, {finding.move, finding.on, {}, {}}));
        if (moved.kind != Moved::Kind::made || finding.kept.empty()) return {};
        const auto row = TRY(repository::select_case(desk.shelf, finding.of));
        ensure(row.has_value(), "it was moved");
        return repository::insert_determination(desk.shelf, row->head, moved.event, finding.people,
                                                finding.kept);
    }));
    return moved;
}

MoveRequest followed(const MoveQuestion& question, MoveRequest request) {
    const policy::Move* move = question.machine.move(request.move);
    if (move == nullptr) return request;
    const Fields earlier = known(question.state);
    for (const RouteElement* rule : rules_of(question, *move, request.fields, earlier)) {
        if (!all_hold(*rule, "found", {}, earlier)) continue;
        for (const std::string& text : list_of(*rule, "same")) {
            const auto [field, from] = parts_of(text);
            const std::string found = first_of(earlier, from);
            if (first_of(request.fields, field).empty() && !found.empty()) request.fields[field] = {found};
        }
    }
    return request;
}

Fields counted(const MoveQuestion& question, const policy::Move& move, const Fields& told) {
    Fields all;
    for (const RouteElement* rule : rules_of(question, move, told, known(question.state))) {
        if (const std::string* mark = rule->field("counts"))
            all[*rule->field("into")] = {number_of_marks(question.state, *mark)};
    }
    return all;
}

std::vector<UnusedField> unused_of(const MoveQuestion& question, const policy::Move& move,
                                   const Fields& told) {
    std::vector<UnusedField> all;
    for (const RouteElement* rule : rules_of(question, move, told, known(question.state))) {
        for (const std::string& field : list_of(*rule, "unused")) all.push_back({field, rule->cite.text()});
    }
    return all;
}

std::vector<MoveFault> check_follows(const MoveQuestion& question, const policy::Move& move,
                                     const Fields& told) {
    std::vector<MoveFault> faults;
    const Fields earlier = known(question.state);
    for (const RouteElement* rule : rules_of(question, move, told, earlier)) {
        for (const std::string& need : list_of(*rule, "needs"))
            if (first_of(told, need).empty()) faults.push_back(missing_field(question, need));
        if (auto fault = check_way(question, *rule, told)) faults.push_back(*std::move(fault));
        if (auto fault = check_under(question, *rule, move)) faults.push_back(*std::move(fault));
        check_at_most(question, *rule, told, earlier, faults);
        if (auto fault = check_counted(question, *rule, told, earlier)) faults.push_back(*std::move(fault));
        const std::string* differs = rule->field("differs");
        const std::string other = differs_in(*rule, told, earlier);
        if (other.empty() || (differs != nullptr && !first_of(told, *differs).empty())) continue;
        if (differs != nullptr) {
            faults.push_back(differing(question, other, *differs));
        } else if (const auto is = not_found(*rule, earlier)) {
            faults.push_back(not_as_needed(question, *rule, *is));
        } else {
            faults.push_back(not_as_found(question, *rule, other));
        }
    }
    return faults;
}

}  // namespace doudi::casework
