// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/below.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

#include "casework/found.h"

namespace doudi::casework {

namespace {

using policy::RouteElement;

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

// What is said of a case below: its procedure and its number.
Text shown(const MoveQuestion& question, const repository::CaseRow& row) {
    const policy::Machine* machine = question.law.procedures.machine(row.head.machine);
    const Text title = machine == nullptr ? Text{row.head.machine, row.head.machine} : machine->title;
    return {fmt::format("{} {}", title.zh, row.head.id.value()),
            fmt::format("{} {}", title.en, row.head.id.value())};
}

// "conference.close": the procedure and its step.
Text shown(const MoveQuestion& question, const std::string& step) {
    const std::size_t point = step.find('.');
    const policy::Machine* machine = question.law.procedures.machine(step.substr(0, point));
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(step.substr(point + 1));
    if (move == nullptr) return {step, step};
    return {fmt::format("“{}·{}”", machine->title.zh, move->title.zh),
            fmt::format("'{}: {}'", machine->title.en, move->title.en)};
}

// The first of them: a campaign has thousands below it.
template <class Things>
Text listed(const MoveQuestion& question, const Things& things) {
    constexpr std::size_t most_named = 10;
    Text all;
    for (const auto& one : things | std::views::take(most_named)) {
        const Text text = shown(question, one);
        all.zh += (all.zh.empty() ? "" : "、") + text.zh;
        all.en += (all.en.empty() ? "" : ", ") + text.en;
    }
    if (things.size() > most_named) {
        all.zh += "等";
        all.en += " …";
    }
    return all;
}

// One rule of what a move waits for, of the case as it stands.
class Wait {
  public:
    Wait(const MoveQuestion& question, const RouteElement& rule, const Fields& told)
        : question_(question), rule_(rule), told_(told), unless_(field_of(rule, "unless")) {
        const std::string mark = field_of(rule, "since");
        for (const Mark& one : question.state.marks)
            if (one.id == mark) since_ = one.day;
    }

    [[nodiscard]] bool applies() const {
        return std::ranges::all_of(list_of("only_if"), [&](const std::string& text) {
            return holds(condition_of(text), told_, question_.state.fields);
        });
    }

    // A case below, and its events where the rule asks what was done in it.
    void look(const repository::CaseRow& row, const std::vector<CaseEvent>& events) {
        const bool is_waited_for = names(rule_.list("machines"), row.head.machine);
        begun_ += is_waited_for ? 1U : 0U;
        const bool counts = has_to_be_done(row) && is_of_those(events);
        const std::optional<Date> done_on = counts ? done_in(row, events) : std::nullopt;
        has_done_ |= done_on && (!since_ || *done_on >= *since_);
        const bool is_open = !row.now.is_closed && (is_waited_for || (counts && !done_on));
        if (is_open) open_.push_back(row);
    }

    // Whether what was done in a case of that kind is asked.
    [[nodiscard]] bool has_to_be_done(const repository::CaseRow& row) const {
        return std::ranges::any_of(list_of("done"), [&](const std::string& step) {
            return step.starts_with(row.head.machine + ".");
        });
    }

    [[nodiscard]] std::vector<MoveFault> faults(const Actor& actor) const {
        std::vector<MoveFault> faults;
        if (!open_.empty()) faults.push_back(still_open());
        const std::string each = field_of(rule_, "each");
        const std::size_t decided = each.empty() ? 0 : values_of(told_, question_.state.fields, each);
        if (begun_ < decided) faults.push_back(missing_below(decided));
        if (open_.empty() && !has_done_ && !list_of("done").empty()) faults.push_back(undone());
        for (const std::string& field : list_of("told")) {
            if (values_of(told_, question_.state.fields, field) == 0) faults.push_back(untold(field));
        }
        if (faults.empty() || first_of(told_, unless_).empty()) return faults;
        return same_person(actor);
    }

  private:
    // Of a case that was told the field, what is done in it counts with those words alone.
    [[nodiscard]] bool is_of_those(const std::vector<CaseEvent>& events) const {
        return std::ranges::all_of(list_of("done_if"), [&](const std::string& text) {
            const policy::FieldIs is = condition_of(text);
            const Fields* last = nullptr;
            for (const CaseEvent& event : events)
                if (event.fields.contains(is.field)) last = &event.fields;
            return last == nullptr || holds(is, {}, *last);
        });
    }

    // The last day on which it was done, and stands: what was sent and came back is not done.
    [[nodiscard]] std::optional<Date> done_in(const repository::CaseRow& row,
                                              const std::vector<CaseEvent>& events) const {
        std::optional<Date> done;
        for (const CaseEvent& event : events) {
            const std::string step = row.head.machine + "." + event.move;
            if (names(rule_.list("undone_by"), step)) done.reset();
            if (names(rule_.list("done"), step)) done = done ? std::max(*done, event.on) : event.on;
        }
        return done;
    }

    [[nodiscard]] const std::vector<std::string>& list_of(std::string_view key) const {
        static const std::vector<std::string> none;
        const std::vector<std::string>* list = rule_.list(key);
        return list == nullptr ? none : *list;
    }

    // How it may go on all the same.
    [[nodiscard]] MoveFault unless_told(std::string code, const Text& what) const {
        const Text why = question_.law.procedures.title_of_field(unless_);
        const bool by_another = !list_of("not_by").empty();
        return {unless_,
                std::move(code),
                {fmt::format("{}；仍要办理的，请{}填写“{}”", what.zh, by_another ? "由另一人" : "", why.zh),
                 fmt::format("{}: say '{}'{} to go on all the same", what.en, why.en,
                             by_another ? " (another person)" : "")}};
    }

    [[nodiscard]] MoveFault still_open() const {
        const Text all = listed(question_, open_);
        return unless_told("below_open",
                           {fmt::format("其下还有 {} 件未办结（{}）", open_.size(), all.zh),
                            fmt::format("{} below it are still open ({})", open_.size(), all.en)});
    }

    [[nodiscard]] MoveFault missing_below(std::size_t decided) const {
        return unless_told("below_missing", {fmt::format("共 {} 项，只有 {} 项已交办", decided, begun_),
                                             fmt::format("of {} only {} became cases", decided, begun_)});
    }

    [[nodiscard]] MoveFault undone() const {
        const Text all = listed(question_, list_of("done"));
        const Text those = only_those();
        return unless_told(
            "below_undone",
            {fmt::format("其下还没有办过{}中的任何一项{}（{}）", all.zh, those.zh, rule_.cite.text()),
             fmt::format("below it none of these was done: {}{} ({})", all.en, those.en, rule_.cite.text())});
    }

    // In which cases it counts; empty: in all.
    [[nodiscard]] Text only_those() const {
        Text all;
        for (const std::string& text : list_of("done_if")) {
            const policy::FieldIs is = condition_of(text);
            const Text title = question_.law.procedures.title_of_field(is.field);
            Text words;
            for (const std::string& word : is.words) {
                const Text one = word_of(is.field, word);
                words.zh += (words.zh.empty() ? "" : "或") + one.zh;
                words.en += (words.en.empty() ? "" : " or ") + one.en;
            }
            all.zh += fmt::format("，“{}”须为“{}”", title.zh, words.zh);
            all.en += fmt::format(", with '{}': '{}'", title.en, words.en);
        }
        return all;
    }

    [[nodiscard]] Text word_of(const std::string& field, const std::string& word) const {
        const policy::FieldRule* rule = question_.law.procedures.field(field);
        if (rule != nullptr) {
            for (const auto& [id, title] : rule->words)
                if (id == word) return title;
        }
        return {word, word};
    }

    [[nodiscard]] MoveFault untold(const std::string& field) const {
        const Text title = question_.law.procedures.title_of_field(field);
        return unless_told("told_missing",
                           {fmt::format("还没有记录“{}”（{}）", title.zh, rule_.cite.text()),
                            fmt::format("'{}' was never told ({})", title.en, rule_.cite.text())});
    }

    // Whoever chose is not whoever says that it need not be done.
    [[nodiscard]] std::vector<MoveFault> same_person(const Actor& actor) const {
        std::vector<MoveFault> faults;
        for (const std::string& id : list_of("not_by")) {
            const auto made = question_.state.made_by.find(id);
            if (question_.by_law || made == question_.state.made_by.end() || made->second != actor.user)
                continue;
            const policy::Move* move = question_.machine.move(id);
            const Text step = move == nullptr ? Text{id, id} : move->title;
            const Text why = question_.law.procedures.title_of_field(unless_);
            faults.push_back(
                {unless_,
                 "unless_same_person",
                 {fmt::format("“{}”须由办理“{}”以外的人填写", why.zh, step.zh),
                  fmt::format("'{}' is for another person than who made '{}'", why.en, step.en)}});
        }
        return faults;
    }

    const MoveQuestion& question_;
    const RouteElement& rule_;
    const Fields& told_;
    std::string unless_;
    std::optional<Date> since_;  // what was done before it was done for something else
    std::vector<repository::CaseRow> open_;
    std::size_t begun_ = 0;
    bool has_done_ = false;
};

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
                                           const Actor& actor, const policy::Move& move, CaseId of,
                                           const Fields& told) {
    std::vector<MoveFault> faults;
    const std::string id = question.machine.id + "." + move.id;
    for (const RouteElement& rule : question.law.routes) {
        if (rule.section != "waits" || field_of(rule, "move") != id) continue;
        Wait wait(question, rule, told);
        if (!wait.applies()) continue;
        for (const auto& row : TRY(repository::select_children(shelf, of))) {
            std::vector<CaseEvent> events;
            if (wait.has_to_be_done(row)) events = TRY(repository::select_events(shelf, row.head));
            wait.look(row, events);
        }
        for (MoveFault& fault : wait.faults(actor)) faults.push_back(std::move(fault));
    }
    return faults;
}

}  // namespace doudi::casework
