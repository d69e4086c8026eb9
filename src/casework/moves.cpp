// SPDX-License-Identifier: Apache-2.0
#include "casework/moves.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/said.h"
#include "base/text_fold.h"
#include "base/utf8.h"
#include "casework/accounts.h"
#include "casework/attachments.h"
#include "casework/authority.h"
#include "casework/found.h"
#include "casework/routing.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;
using policy::Move;

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

std::string_view first_value(const Fields& fields, std::string_view id) {
    const auto found = fields.find(id);
    return found == fields.end() || found->second.empty() ? std::string_view() : found->second.front();
}

template <class Number>
bool is_number(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

std::int64_t whole_number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Money is told in fen.
std::int64_t bound_of(const expr::Value& value) {
    return value.kind() == expr::TypeKind::money ? value.as_money().fen() : value.as_integer();
}

// The reasons against one move.
class Check {
  public:
    Check(const MoveQuestion& question, const Actor& actor, const Move& move)
        : question_(question), actor_(actor), move_(move) {}

    // Against making it at all, whatever else it is told than its category.
    void check_open(const Fields& told) {
        const std::string& state = question_.state.state;
        const bool open = move_.from.empty() ? state.empty() : names(move_.from, state);
        if (!open) fault_not_open();
        if (move_.once && question_.state.made_by.contains(move_.id)) {
            add("", "move_once",
                {fmt::format("“{}”只能办理一次", move_.title.zh),
                 fmt::format("'{}' is made once in a case", move_.title.en)});
        }
        if (!move_.answers.empty() &&
            std::ranges::none_of(move_.answers, [&](const std::string& id) { return stands(id); }))
            fault_not_proposed();
        check_shut();
        if (!question_.by_law) check_person(told);
        check_others();
    }

    // What the case was told before, and the move itself tells nothing of, as it stands.
    void check_standing() {
        const auto is_settled = [&](const policy::FieldIs& is) {
            return !names(move_.needs, is.field) && !names(move_.may, is.field);
        };
        for (const policy::FieldIs& is : move_.only_if)
            if (is_settled(is)) check_condition(is, {}, true);
        for (const policy::FieldIs& is : move_.not_if)
            if (is_settled(is)) check_condition(is, {}, false);
    }

    void check_told(const MoveRequest& request) {
        on_ = request.on;
        check_day(request.on);
        for (const std::string& need : move_.needs) {
            if (is_empty(request.fields, need)) fault_missing(need);
        }
        for (const auto& [id, values] : request.fields) check_field(id, values);
        check_maker(request.fields);
        for (const policy::FieldIs& is : move_.only_if) check_condition(is, request.fields, true);
        for (const policy::FieldIs& is : move_.not_if) check_condition(is, request.fields, false);
        check_not_before(request.on);  // what is not open at all waits for no day
        check_not_after(request.on);
        check_after();
        check_among(request.fields);
        if (is_determined(move_)) fault_not_found();
        for (MoveFault& fault : check_follows(question_, move_, request.fields))
            faults_.push_back(std::move(fault));
        check_bounds(request.fields);
        check_balance(request.fields);
        check_route(request.fields);
    }

    std::vector<MoveFault> take() { return std::move(faults_); }

  private:
    void add(std::string_view field, std::string_view code, Text text) {
        faults_.push_back({std::string(field), std::string(code), std::move(text)});
    }

    // Proposed, and not answered since.
    bool stands(const std::string& proposal) const {
        const auto& made_at = question_.state.made_at;
        const auto proposed = made_at.find(proposal);
        if (proposed == made_at.end()) return false;
        return std::ranges::none_of(question_.machine.moves, [&](const Move& other) {
            const auto answered = made_at.find(other.id);
            return names(other.answers, proposal) && answered != made_at.end() &&
                   answered->second > proposed->second;
        });
    }

    void fault_not_proposed() {
        const Move* first = question_.machine.move(move_.answers.front());
        const Text title = first == nullptr ? move_.title : first->title;
        add("", "move_after",
            {fmt::format("没有待答复的“{}”，不能“{}”", title.zh, move_.title.zh),
             fmt::format("no '{}' waits for an answer: '{}' is not open", title.en, move_.title.en)});
    }

    void fault_unanswered(const Move& answer) {
        if (!names(answer.from, question_.state.state)) return;
        for (const std::string& id : answer.answers) {
            const Move* proposal = question_.machine.move(id);
            if (proposal == nullptr || !stands(id)) continue;
            add("", "move_after",
                {fmt::format("“{}”尚未答复（核准或“{}”），不能“{}”", proposal->title.zh, answer.title.zh,
                             move_.title.zh),
                 fmt::format("'{}' waits for an answer (admit it, or '{}'): '{}' is not open",
                             proposal->title.en, answer.title.en, move_.title.en)});
        }
    }

    void fault_not_open() {
        const policy::MachineState* state = question_.machine.state(question_.state.state);
        const Text shown = state == nullptr ? Text{"尚未发起", "not opened yet"} : state->title;
        add("", "move_not_open",
            {fmt::format("当前状态为“{}”，不能“{}”", shown.zh, move_.title.zh),
             fmt::format("the case is '{}': '{}' is not open", shown.en, move_.title.en)});
    }

    // What another step has made somebody else's matter.
    void check_shut() {
        for (const std::string& id : move_.shut_by) {
            const Move* made = question_.machine.move(id);
            if (made == nullptr || !question_.state.made_by.contains(id)) continue;
            add("", "move_shut",
                {fmt::format("本件已“{}”，不能“{}”", made->title.zh, move_.title.zh),
                 fmt::format("'{}' was made in this case: '{}' is not open", made->title.en,
                             move_.title.en)});
        }
    }

    // A step that the case, as it stands, leaves open comes first; one that is not open is not waited for.
    void check_after() {
        for (const std::string& id : move_.after) {
            const Move* first = question_.machine.move(id);
            if (first == nullptr) continue;
            if (!first->answers.empty()) {  // each proposal wants an answer of its own
                fault_unanswered(*first);
                continue;
            }
            if (question_.state.made_by.contains(id)) continue;
            const auto is = [&](const policy::FieldIs& one) {
                return holds(one, {}, question_.state.fields);
            };
            const bool open = names(first->from, question_.state.state) &&
                              std::ranges::all_of(first->only_if, is) &&
                              std::ranges::none_of(first->not_if, is);
            if (!open) continue;
            add("", "move_after",
                {fmt::format("须先“{}”，才能“{}”", first->title.zh, move_.title.zh),
                 fmt::format("'{}' comes first: '{}' is not open", first->title.en, move_.title.en)});
        }
    }

    void check_among(const Fields& told) {
        for (const auto& [field, of] : move_.among) {
            const auto values = told.find(field);
            if (values == told.end()) continue;
            const auto ever = question_.state.ever.find(of);
            for (const std::string& value : values->second) {
                if (ever != question_.state.ever.end() && names(ever->second, value)) continue;
                add(field, "field_never_told",
                    {fmt::format("“{}”须是本件中“{}”已登记的", title_of(field).zh, title_of(of).zh),
                     fmt::format("'{}' names what '{}' of this case was never told", title_of(field).en,
                                 title_of(of).en)});
            }
        }
    }

    void fault_not_found() {
        add("", determined_only,
            {fmt::format("“{}”由核算得出，不能直接填报", move_.title.zh),
             fmt::format("'{}' is what a determination finds: nobody tells it", move_.title.en)});
    }

    void check_day(Date on) {
        if (on > question_.today) add("on", "on_future", {"日期不能晚于今天", "the day lies after today"});
        if (question_.state.events > 0 && on < question_.state.first_on)
            add("on", "on_before_case", {"日期早于发起之日", "the day lies before the case was opened"});
        check_order(on);
    }

    void check_not_before(Date on) {
        bool is_begun = move_.not_before.empty();
        for (const ClockReading& clock : question_.clocks) {
            if (!names(move_.not_before, clock.rule->id)) continue;
            is_begun = true;
            if (!clock.ended_on) check_run_out(clock, on);
        }
        if (!is_begun) fault_no_clock(move_.not_before);
    }

    // One of them runs still on that day, or stands still. Of one that waits for a word it is not known.
    void check_not_after(Date on) {
        if (move_.not_after.empty()) return;
        const ClockReading* last = nullptr;
        for (const ClockReading& clock : question_.clocks) {
            const bool counts = clock.state != ClockState::replaced;
            if (counts && names(move_.not_after, clock.rule->id)) last = &clock;
        }
        if (last == nullptr) {
            fault_no_clock(move_.not_after);
        } else if (last->state == ClockState::unset) {
            fault_waits(*last);
        } else if (last->ended_on || (last->due && on > *last->due)) {
            fault_too_late(*last);
        }
    }

    void fault_waits(const ClockReading& clock) {
        const Text& title = clock.rule->title;
        const Text waits = title_of(clock.waits_for);
        const bool is_field = question_.law.procedures.field(clock.waits_for) != nullptr;
        add(is_field ? std::string_view(clock.waits_for) : std::string_view(), "move_clock_unset",
            {fmt::format("“{}”的时限尚不确定（待定：{}），不能“{}”", title.zh, waits.zh, move_.title.zh),
             fmt::format("'{}' is not known yet (it waits for: {}): '{}' is not open", title.en, waits.en,
                         move_.title.en)});
    }

    // Ended, it may have no day of its own: it stood still then.
    void fault_too_late(const ClockReading& clock) {
        const Text& title = clock.rule->title;
        const Date day = clock.ended_on ? *clock.ended_on : *clock.due;
        add("on", "move_too_late",
            {fmt::format("“{}”已于{}{}，不能再“{}”", title.zh, day.iso(), clock.ended_on ? "办结" : "届满",
                         move_.title.zh),
             fmt::format("'{}' {} {}: '{}' comes before that", title.en,
                         clock.ended_on ? "has ended on" : "ran to", day.iso(), move_.title.en)});
    }

    // What has never begun to run has not run out.
    void fault_no_clock(const std::vector<std::string>& clocks) {
        const policy::ClockRule* clock = question_.law.procedures.clock(clocks.front());
        const Text title = clock == nullptr ? move_.title : clock->title;
        add("on", "move_no_clock",
            {fmt::format(
                 "“{}”一类的时限没有起算（政策包未写明该类别的时限，或应先办的一步没有办理），不能“{}”",
                 title.zh, move_.title.zh),
             fmt::format(
                 "no clock such as '{}' has begun (the pack states none for this category, or the step "
                 "before was not made): '{}' is not open",
                 title.en, move_.title.en)});
    }

    // A step of the law has the day of the one that it follows, what the program is told that of whoever told
    // it.
    void check_order(Date on) {
        const CaseState& state = question_.state;
        const bool is_told = !question_.by_law && actor_.user != UserId();
        if (!is_told || state.events == 0 || on < state.first_on || on >= state.last_on) return;
        if (!move_.late_after) {
            add("on", "on_before_last",
                {fmt::format("日期早于上一步（{}），“{}”不能补录在其前", state.last_on.iso(), move_.title.zh),
                 fmt::format("the day lies before the last step ({}): '{}' is not entered late",
                             state.last_on.iso(), move_.title.en)});
            return;
        }
        const auto before = std::ranges::find_if(state.marks, [&](const Mark& mark) {
            return names(*move_.late_after, mark.id) && on < mark.day;
        });
        if (before == state.marks.end()) return;
        add("on", "on_before_mark",
            {fmt::format("“{}”须在{}之后：此前的情况不能说明其后的事项", move_.title.zh, before->day.iso()),
             fmt::format("'{}' answers what came on {}: it does not lie before it", move_.title.en,
                         before->day.iso())});
    }

    // Its last day belongs to it: what follows comes the day after. A clock to the first of a month tells the
    // day on which it may begin.
    void check_run_out(const ClockReading& clock, Date on) {
        const bool tells_first = clock.rule->term.kind == policy::ClockTerm::Kind::month_starts;
        if (clock.due && (tells_first ? on >= *clock.due : on > *clock.due)) return;
        const Text& title = clock.rule->title;
        if (clock.due) {
            add("on", "move_too_early",
                {fmt::format("“{}”至{}届满，次日起方可“{}”", title.zh, clock.due->iso(), move_.title.zh),
                 fmt::format("'{}' runs to {}: '{}' comes after it", title.en, clock.due->iso(),
                             move_.title.en)});
        } else {
            add("on", "move_clock_open",
                {fmt::format("“{}”尚未届满，不能“{}”", title.zh, move_.title.zh),
                 fmt::format("'{}' has not run out: '{}' is not open", title.en, move_.title.en)});
        }
    }

    void check_person(const Fields& told) {
        const bool has_role =
            std::ranges::any_of(actor_.roles, [&](const std::string& role) { return names(move_.by, role); });
        if (!has_role) {
            add("", "move_role",
                {fmt::format("您的岗位不能“{}”", move_.title.zh),
                 fmt::format("your role may not '{}'", move_.title.en)});
        }
        if (actor_.user == UserId()) return;  // the program sits in no office
        if (!is_at_level(told)) {
            add("", "move_level",
                {fmt::format("“{}”不由本级办理", move_.title.zh),
                 fmt::format("'{}' is not made at this level", move_.title.en)});
        }
        if (move_.level_of == Move::LevelOf::authority) check_authorities(told);
    }

    // Of a step that follows of another one too: whoever made that one is bound by what they did in this
    // case.
    void check_others() {
        if (actor_.user == UserId()) return;
        for (const std::string& other : move_.not_by) check_not_by(other);
    }

    // "review.decide" is a move of the case above.
    void check_not_by(const std::string& other) {
        const std::size_t point = other.find('.');
        if (point == std::string::npos) {
            check_other_person(question_.machine, question_.state, other);
            return;
        }
        const CaseAbove* above = question_.above;
        if (above != nullptr && above->machine != nullptr && above->machine->id == other.substr(0, point))
            check_other_person(*above->machine, above->state, other.substr(point + 1));
    }

    // Whoever made the other move, and whom it names as having gone along.
    void check_other_person(const policy::Machine& machine, const CaseState& state,
                            const std::string& other) {
        const auto made = state.made_by.find(other);
        if (made == state.made_by.end()) return;
        const auto told = state.told.find(other);
        const bool is_named = told != state.told.end() && names_user(told->second);
        if (made->second != actor_.user && !is_named) return;
        const Move* earlier = machine.move(other);
        const Text shown = earlier == nullptr ? Text{other, other} : earlier->title;
        add("", "move_same_person",
            {fmt::format("“{}”和“{}”须由不同的人办理", shown.zh, move_.title.zh),
             fmt::format("whoever made '{}' may not '{}'", shown.en, move_.title.en)});
    }

    bool names_user(const Fields& told) const {
        const std::string own = std::to_string(actor_.user.value());
        return std::ranges::any_of(told, [&](const auto& field) {
            const FieldRule* rule = question_.law.procedures.field(field.first);
            const bool is_of_users = rule != nullptr && (rule->type == FieldRule::Type::users ||
                                                         rule->type == FieldRule::Type::user);
            return is_of_users && names(field.second, own);
        });
    }

    // Of a conference the level hangs on its kind; while that is not told, some kind must be this level's.
    bool is_at_level(const Fields& told) const {
        if (move_.level_of != Move::LevelOf::conference) return is_level(move_.level);
        std::string_view kind = first_value(told, conference_field);
        if (kind.empty()) kind = first_value(question_.state.fields, conference_field);
        if (!kind.empty()) return is_level(conference_level(kind));
        const FieldRule* kinds = question_.law.procedures.field(conference_field);
        return kinds == nullptr || std::ranges::any_of(kinds->words, [&](const auto& word) {
                   return is_level(conference_level(word.first));
               });
    }
    // At which the pack has such a conference convened; empty: at any.
    std::string_view conference_level(std::string_view kind) const {
        const policy::RouteElement* conference = question_.law.route_of("conference", kind);
        const std::string* level = conference == nullptr ? nullptr : conference->field("level");
        return level == nullptr ? std::string_view() : std::string_view(*level);
    }
    bool is_level(std::string_view level) const { return level.empty() || level == actor_.level; }

    // Of the category that the case is handled as, and of the one that the move gives.
    void check_authorities(const Fields& told) {
        const std::string now(first_value(told, track_field));
        check_authority_of(question_.state.track);
        if (!now.empty() && now != question_.state.track) check_authority_of(now);
    }

    void check_authority_of(const std::string& track) {
        if (auto fault = check_authority(question_, actor_, move_, track))
            faults_.push_back(*std::move(fault));
    }

    void check_bounds(const Fields& told) {
        for (const auto& [field, parameter] : move_.at_most) {
            const std::string_view value = first_value(told, field);
            if (value.empty() || !is_number<std::int64_t>(value)) continue;
            const int of = question_.law.parameter_of(parameter);
            const policy::ParameterValue* most =
                question_.law.value_of(of, actor_.region, "", question_.today);
            if (most == nullptr) {
                fault_unset(field, question_.law.parameters[static_cast<std::size_t>(of)]);
            } else if (whole_number(value) > bound_of(most->value)) {
                add(field, "field_too_much",
                    {fmt::format("“{}”超过上限（{}）", title_of(field).zh, most->cite.text()),
                     fmt::format("'{}' is more than is allowed ({})", title_of(field).en,
                                 most->cite.text())});
            }
        }
    }

    void fault_unset(const std::string& field, const policy::Parameter& parameter) {
        add(field, "bound_unset",
            {fmt::format("尚未设定“{}”（由{}设定），不能“{}”", parameter.title.zh, parameter.set_by.zh,
                         move_.title.zh),
             fmt::format("'{}' is not set (by: {}): '{}' is not open", parameter.title.en,
                         parameter.set_by.en, move_.title.en)});
    }

    // What is kept is never less than nothing.
    void check_balance(const Fields& told) {
        const std::string_view value = first_value(told, move_.takes);
        if (move_.takes.empty() || !is_number<std::int64_t>(value)) return;
        const std::int64_t there = whole_number(first_value(question_.state.fields, balance_field));
        if (whole_number(value) <= there) return;
        add(move_.takes, "balance_short",
            {fmt::format("余额不足：现有 {} 分", there), fmt::format("there are {} fen left", there)});
    }

    // A hardship goes to the department that the pack names for it.
    void check_route(const Fields& told) {
        const std::string_view department = first_value(told, department_field);
        if (department.empty()) return;
        const auto route = route_of(question_.law, told, question_.state.fields);
        if (!route || route->department == department || names(route->others, department)) return;
        const policy::RouteElement* own = question_.law.route_of("departments", route->department);
        const Text title = own == nullptr ? Text{route->department, route->department} : own->title;
        add(department_field, "route_other",
            {fmt::format("按{}应转“{}”", route->cite.text(), title.zh),
             fmt::format("by {} this goes to: {}", route->cite.text(), title.en)});
    }

    // Whoever tells of a visit was there, or says why they tell of it.
    void check_maker(const Fields& told) {
        if (question_.by_law || actor_.user == UserId()) return;
        for (const auto& [id, values] : told) {
            const FieldRule* rule = question_.law.procedures.field(id);
            if (rule == nullptr || rule->without_maker.empty() || values.empty()) continue;
            if (names(values, std::to_string(actor_.user.value()))) continue;
            if (!is_empty(told, rule->without_maker)) continue;
            const Text why = title_of(rule->without_maker);
            add(id, "maker_missing",
                {fmt::format("“{}”中没有填报人本人；由他人代填的，请填写“{}”", rule->title.zh, why.zh),
                 fmt::format("whoever tells this is none of '{}': tell '{}' if it is told for others",
                             rule->title.en, why.en)});
        }
    }

    static bool is_empty(const Fields& fields, std::string_view id) {
        const auto found = fields.find(id);
        return found == fields.end() ||
               std::ranges::all_of(found->second, [](const std::string& text) { return text.empty(); });
    }

    Text title_of(std::string_view id) const {
        const FieldRule* rule = question_.law.procedures.field(id);
        return rule == nullptr ? Text{std::string(id), std::string(id)} : rule->title;
    }

    void fault_missing(const std::string& id) {
        const Text title = title_of(id);
        add(id, "field_missing",
            {fmt::format("缺少“{}”", title.zh), fmt::format("'{}' is missing", title.en)});
    }

    void check_field(const std::string& id, const std::vector<std::string>& values) {
        const FieldRule* rule = question_.law.procedures.field(id);
        if (rule == nullptr || (!names(move_.needs, id) && !names(move_.may, id))) {
            add(id, "field_unknown",
                {fmt::format("“{}”不填“{}”", move_.title.zh, id),
                 fmt::format("'{}' does not take '{}'", move_.title.en, id)});
            return;
        }
        if (!is_many(rule->type) && values.size() > 1)
            fault_value(*rule, "field_many", {"只能填一个值", "takes one value"});
        if (is_many(rule->type) && static_cast<int>(values.size()) < rule->least) {
            fault_value(
                *rule, "field_few",
                {fmt::format("至少要有 {} 个", rule->least), fmt::format("takes at least {}", rule->least)});
        }
        if (rule->type == FieldRule::Type::attachments && std::cmp_greater(values.size(), most_attachments)) {
            fault_value(*rule, "field_many",
                        {fmt::format("不能超过 {} 个", most_attachments),
                         fmt::format("takes {} at most", most_attachments)});
        }
        if (is_repeated(values)) fault_value(*rule, "field_repeated", {"有重复", "names one twice"});
        for (const std::string& value : values) check_value(*rule, value);
    }

    static bool is_many(FieldRule::Type type) {
        using enum FieldRule::Type;
        return type == texts || type == people || type == users || type == attachments ||
               type == departments || type == benefits;
    }

    static bool is_repeated(std::vector<std::string> values) {
        std::ranges::sort(values);
        return std::ranges::adjacent_find(values) != values.end();
    }

    void check_value(const FieldRule& rule, const std::string& value) {
        using enum FieldRule::Type;
        switch (rule.type) {
            case word:
                if (std::ranges::find(rule.words, value, [](const auto& one) { return one.first; }) ==
                    rule.words.end())
                    fault_value(rule, "field_word", {"不在可选值之中", "is none of the words it may be"});
                return;
            case flag:
                if (value != "true" && value != "false")
                    fault_value(rule, "field_flag", {"应为是或否", "is yes or no (true, false)"});
                return;
            case date:
                check_date(rule, value);
                return;
            case text:
            case texts:
                if (!is_valid_utf8(value)) fault_value(rule, "field_text", {"文字编码有误", "is not UTF-8"});
                return;
            case category:
                need_in_law(rule, question_.law.category_of(value) >= 0);
                return;
            case benefit:
            case benefits:
                need_in_law(rule, question_.law.benefit_of(value) >= 0);
                return;
            case department:
            case departments:
                need_in_law(rule, question_.law.route_of("departments", value) != nullptr);
                return;
            case branch:
                need_in_law(rule, question_.law.route_of("branches", value) != nullptr);
                return;
            case attachments:  // whether it is there is for whoever keeps them to say
                if (!is_attachment_name(value))
                    fault_value(rule, "field_hash",
                                {"应为附件的 SHA-256", "is the SHA-256 of an attachment"});
                return;
            case account:
                if (auto fault = casework::check_account(rule, value)) faults_.push_back(*std::move(fault));
                return;
            case count:
            case money:
                check_number(rule, value);
                return;
            default:  // the numbers of ours
                if (!is_number<std::uint32_t>(value))
                    fault_value(rule, "field_id", {"应为编号", "is the number of one of ours"});
                return;
        }
    }

    void check_number(const FieldRule& rule, const std::string& value) {
        if (!is_number<std::int64_t>(value)) {
            fault_value(rule, "field_number", {"应为非负整数", "is a whole number"});
            return;
        }
        if (!rule.range) return;
        const auto [least, most] = *rule.range;
        const std::int64_t number = whole_number(value);
        if (number < least || number > most)
            fault_value(rule, "field_range",
                        {fmt::format("应在 {} 至 {} 之间", least, most),
                         fmt::format("is between {} and {}", least, most)});
    }

    void check_date(const FieldRule& rule, const std::string& value) {
        const auto day = Date::parse_iso(value);
        if (!day) {
            fault_value(rule, "field_date", {"应为日期（YYYY-MM-DD）", "is a day (YYYY-MM-DD)"});
        } else if (rule.past && *day > on_) {
            fault_value(rule, "field_future", {"不能晚于办理之日", "lies after the day of the step"});
        }
    }

    void need_in_law(const FieldRule& rule, bool is_there) {
        if (!is_there) fault_value(rule, "field_law", {"不在本政策包之中", "is nothing that this pack has"});
    }

    void fault_value(const FieldRule& rule, std::string_view code, const Text& what) {
        add(rule.id, code,
            {fmt::format("“{}”{}", rule.title.zh, what.zh), fmt::format("'{}' {}", rule.title.en, what.en)});
    }

    void check_condition(const policy::FieldIs& is, const Fields& told, bool wanted) {
        if (holds(is, told, question_.state.fields) == wanted) return;
        const Text title = title_of(is.field);
        add(is.field, "move_condition",
            {fmt::format("“{}”的现值不允许“{}”", title.zh, move_.title.zh),
             fmt::format("'{}' does not allow '{}' as it stands", title.en, move_.title.en)});
    }

    const MoveQuestion& question_;
    const Actor& actor_;
    const Move& move_;
    Date on_;  // of what is told
    std::vector<MoveFault> faults_;
};

}  // namespace

const policy::Move* move_as_open(const policy::Machine& machine, std::string_view state,
                                 std::string_view id) {
    const policy::Move* asked = machine.move(id);
    std::vector<std::string> tried;
    for (const policy::Move* move = asked; move != nullptr && !names(tried, move->id);
         move = machine.move(move->otherwise)) {
        if (names(move->from, state)) return move;
        tried.push_back(move->id);
    }
    return asked;
}

bool may_become(const policy::Machine& machine, std::string_view id, std::string_view made) {
    std::vector<std::string> tried;
    for (const policy::Move* move = machine.move(id); move != nullptr && !names(tried, move->id);
         move = machine.move(move->otherwise)) {
        if (move->id == made) return true;
        tried.push_back(move->id);
    }
    return id == made;
}

bool holds(const policy::FieldIs& is, const Fields& told, const Fields& earlier) {
    std::string_view value = first_value(told, is.field);
    if (value.empty()) value = first_value(earlier, is.field);
    return names(is.words, value);
}

MoveRequest as_written(const policy::Law& law, MoveRequest request) {
    using Type = policy::FieldRule::Type;
    for (auto& [id, values] : request.fields) {
        const FieldRule* rule = law.procedures.field(id);
        if (rule == nullptr || (rule->type != Type::text && rule->type != Type::texts)) continue;
        for (std::string& value : values)
            value = says_something(value) || !is_valid_utf8(value) ? std::string(trim(value)) : std::string();
        if (rule->type == Type::texts) std::erase_if(values, &std::string::empty);
    }
    std::erase_if(request.fields, [&](const auto& field) {
        const FieldRule* rule = law.procedures.field(field.first);
        return rule != nullptr && rule->type == Type::texts && field.second.empty();
    });
    return request;
}

std::vector<MoveFault> check_move(const MoveQuestion& question, const Actor& actor, const MoveRequest& told) {
    const MoveRequest request = as_written(question.law, told);
    const Move* move = question.machine.move(request.move);
    if (move == nullptr) {
        return {{"",
                 "move_unknown",
                 {fmt::format("“{}”没有动作“{}”", question.machine.title.zh, request.move),
                  fmt::format("'{}' has no move '{}'", question.machine.title.en, request.move)}}};
    }
    Check check(question, actor, *move);
    check.check_open(request.fields);
    check.check_told(request);
    return check.take();
}

CaseEvent event_of(const MoveQuestion& question, const Actor& actor, const MoveRequest& request) {
    const Move* move = question.machine.move(request.move);
    ensure(move != nullptr, "the move was checked");
    CaseEvent event;
    event.number = question.state.events + 1;
    event.move = move->id;
    event.to = move->to.empty() ? question.state.state : move->to;
    event.on = request.on;
    event.by = actor.user;
    event.unit = actor.unit;
    event.fields = request.fields;
    event.marks = move->marks;
    event.papers = move->papers;
    event.client_key = request.client_key;
    if (!move->adds.empty() || !move->takes.empty()) {
        const std::int64_t there = whole_number(first_value(question.state.fields, balance_field)) +
                                   whole_number(first_value(request.fields, move->adds)) -
                                   whole_number(first_value(request.fields, move->takes));
        event.fields[std::string(balance_field)] = {std::to_string(there)};
    }
    for (auto& [field, values] : counted(question, *move, request.fields))
        event.fields[field] = std::move(values);
    return event;
}

std::vector<const Move*> open_moves(const MoveQuestion& question, const Actor& actor) {
    std::vector<const Move*> open;
    for (const Move& move : question.machine.moves) {
        Check check(question, actor, move);
        check.check_open({});
        check.check_standing();
        if (check.take().empty()) open.push_back(&move);
    }
    return open;
}

}  // namespace doudi::casework
