// SPDX-License-Identifier: Apache-2.0
// What must hold among the elements of procedures.yaml: every name stated, every state reached and left.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "policy/procedure_sections.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 5> levels{"village", "township", "county", "city", "province"};

class ProcedureChecker {
  public:
    ProcedureChecker(const LawDraft& draft, const Procedures& all) : draft_(draft), all_(all) {
        for (const Machine& machine : all.machines)
            for (const Move& move : machine.moves) marks_.insert(move.marks.begin(), move.marks.end());
    }

    void check() const {
        for (const ElementDraft& one : drafts("machines")) {
            if (const Machine* machine = all_.machine(one.id)) check_machine(*machine, one);
        }
        for (const ElementDraft& one : drafts("papers")) check_conditions(one.record.find("numbered_if"));
        for (const ElementDraft& one : drafts("moves")) check_move(one);
        for (const ElementDraft& one : drafts("fields")) {
            for (const std::string_view key : {"without_maker", "payee"}) check_field(one.record.find(key));
            check_whose(one.record.find("whose"));
        }
        for (const ElementDraft& one : drafts("findings")) check_finding(one);
        for (const ElementDraft& one : drafts("follows")) check_follow(one);
        for (const ElementDraft& one : drafts("allowances"))
            names(one, "paid_by", ids(all_.machines), "unknown_machine", "流程", "machine");
        if (const auto clocks = draft_.routes.find("clocks"); clocks != draft_.routes.end()) {
            for (const ElementDraft& one : clocks->second) check_clock(one);
        }
        if (const auto rhythms = draft_.routes.find("rhythms"); rhythms != draft_.routes.end()) {
            for (const ElementDraft& one : rhythms->second) check_rhythm(one);
        }
        if (const auto authorities = draft_.routes.find("authorities"); authorities != draft_.routes.end()) {
            const std::vector<std::string> moves = all_moves();
            for (const ElementDraft& one : authorities->second)
                names(one, "delegated_alone", {moves.begin(), moves.end()}, "unknown_move", "动作", "move");
        }
        for (const ElementDraft& one : drafts("listed")) {
            for (const std::string_view key : {"machine", "under"})
                names(one, key, ids(all_.machines), "unknown_machine", "流程", "machine");
            names(one, "takes", ids(all_.fields), "unknown_field", "填报项", "field");
        }
        for (const ElementDraft& one : drafts("waits")) check_wait(one);
        for (const ElementDraft& one : drafts("pauses")) check_pause(one);
        for (const ElementDraft& one : drafts("reminders")) check_clocks(one);
        for (const ElementDraft& one : drafts("escalations")) {
            check_clocks(one);
            check_level(one, "to");
        }
    }

  private:
    const ElementDrafts& drafts(std::string_view section) const {
        static const ElementDrafts none;
        const auto found = draft_.procedures.find(section);
        return found == draft_.procedures.end() ? none : found->second;
    }

    static void names(const ElementDraft& one, std::string_view key,
                      const std::vector<std::string_view>& known, std::string_view code, std::string_view zh,
                      std::string_view en) {
        const YamlValue* value = one.record.find(key);
        if (value == nullptr) return;
        for (const YamlValue& item : value->one_or_list()) {
            const auto text = item.text();
            if (text && std::ranges::find(known, std::string_view(*text)) == known.end())
                item.unknown_name(std::string(code), zh, en, *text, known);
        }
    }

    template <class Element>
    static std::vector<std::string_view> ids(const std::vector<Element>& elements) {
        std::vector<std::string_view> found;
        for (const Element& element : elements) found.push_back(element.id);
        return found;
    }

    // "review.decide"
    std::vector<std::string> all_moves() const {
        std::vector<std::string> all;
        for (const Machine& machine : all_.machines)
            for (const Move& move : machine.moves) all.push_back(machine.id + "." + move.id);
        return all;
    }

    void check_machine(const Machine& machine, const ElementDraft& one) const {
        const auto initial = std::ranges::count(machine.states, StateKind::initial, &MachineState::kind);
        const auto opens =
            std::ranges::count_if(machine.moves, [](const Move& move) { return move.from.empty(); });
        if (initial == 0)
            one.record.self().fault("machine_begin", fmt::format("流程“{}”应有 initial 状态", machine.id),
                                    fmt::format("the machine '{}' needs an initial state", machine.id));
        if (opens == 0)
            one.record.self().fault("machine_opened", fmt::format("流程“{}”没有发起动作", machine.id),
                                    fmt::format("no move opens a case of the machine '{}'", machine.id));
        const std::set<std::string_view> reached = reached_by(machine);
        for (const MachineState& state : machine.states) check_state(machine, state, reached, one);
    }

    static std::set<std::string_view> reached_by(const Machine& machine) {
        std::set<std::string_view> reached;
        bool grows = true;
        while (grows) {
            grows = false;
            for (const Move& move : machine.moves) {
                const bool open = move.from.empty() || std::ranges::any_of(move.from, [&](const auto& from) {
                                      return reached.contains(from);
                                  });
                if (open && !move.to.empty()) grows |= reached.insert(move.to).second;
            }
        }
        return reached;
    }

    static void check_state(const Machine& machine, const MachineState& state,
                            const std::set<std::string_view>& reached, const ElementDraft& one) {
        if (!reached.contains(state.id))
            one.record.self().fault("state_unreached",
                                    fmt::format("没有动作能到状态“{}.{}”", machine.id, state.id),
                                    fmt::format("no move leads to the state '{}.{}'", machine.id, state.id));
        const bool left = std::ranges::any_of(machine.moves, [&](const Move& move) {
            return !move.to.empty() && move.to != state.id &&
                   std::ranges::find(move.from, state.id) != move.from.end();
        });
        if (!left && state.kind != StateKind::final)
            one.record.self().fault(
                "state_stuck", fmt::format("状态“{}.{}”没有出路", machine.id, state.id),
                fmt::format("no move leads out of the state '{}.{}'", machine.id, state.id));
    }

    void check_move(const ElementDraft& one) const {
        const std::size_t point = one.id.rfind('.');
        const Machine* machine = point == std::string::npos ? nullptr : all_.machine(one.id.substr(0, point));
        if (machine == nullptr) return;
        names(one, "from", ids(machine->states), "unknown_state", "状态", "state");
        names(one, "to", ids(machine->states), "unknown_state", "状态", "state");
        check_not_by(one, *machine);
        check_signed(one.record.find("signed"));
        check_nobody_aged(one);
        for (const std::string_view key : {"after", "answers", "shut_by", "otherwise"})
            names(one, key, ids(machine->moves), "unknown_move", "动作", "move");
        names(one, "late_after", {marks_.begin(), marks_.end()}, "unknown_mark", "节点", "mark");
        names(one, "needs", ids(all_.fields), "unknown_field", "填报项", "field");
        names(one, "may", ids(all_.fields), "unknown_field", "填报项", "field");
        check_department_reads(one);
        names(one, "papers", ids(all_.papers), "unknown_paper", "文书", "paper");
        for (const std::string_view key : {"not_before", "not_after"})
            names(one, key, ids(all_.clocks), "unknown_clock", "时限", "clock");
        for (const std::string_view key : {"opens", "under"})
            names(one, key, ids(all_.machines), "unknown_machine", "流程", "machine");
        check_level(one, "level");
        for (const std::string_view key : {"only_if", "not_if"}) check_conditions(one.record.find(key));
        for (const std::string_view key : {"adds", "takes"}) check_field(one.record.find(key));
        if (const YamlValue* among = one.record.find("among")) check_fields_of(*among);
        check_within(one.record.find("within"));
        check_together(one, *machine);
        check_zero(one);
        check_by_proposer(one);
        check_before(one, *machine);
        check_first_unpaid(one.record.find("first_unpaid"));
        for (const std::string_view key : {"served_once", "shared_by"}) check_field(one.record.find(key));
        check_consequences(one.record);
        check_into(one.record.find("into"), *machine);
        check_pending(one, *machine);
        check_repeats(one.record.find("repeats"));
        const Move* move = machine->move(one.id.substr(point + 1));
        if (move != nullptr) check_one_account(one, *move);
        if (move != nullptr) check_account_by_two(one, *machine, *move);
        if (move != nullptr && move->from.empty() && !opens_initial(*machine, *move))
            one.record.self().fault("move_opens", "发起动作应到 initial 状态",
                                    "a move that opens a case leads to the initial state");
        if (move == nullptr || move->from.empty()) return;
        const YamlValue* alone = one.record.find("alone");
        if (alone != nullptr && !move->once)
            alone->fault("alone_of_no_opening", "只有发起动作和 once 的动作有 alone",
                         "only a move that opens a case, or is made once, has alone");
        if (const YamlValue* under = one.record.find("under"))
            under->fault("under_of_no_opening", "只有发起动作有 under",
                         "only a move that opens a case has under");
    }

    // --- accounts: a step keeps four digits, so that nothing can be asked of them or handed on with them

    bool is_account(std::string_view id) const {
        const FieldRule* field = all_.field(id);
        return field != nullptr && field->type == FieldRule::Type::account;
    }
    void check_no_account(const YamlValue& at, std::string_view id) const {
        if (is_account(id))
            at.fault(
                "account_stays", fmt::format("“{}”是账号，办件中只留末四位，不能作条件，也不能转填", id),
                fmt::format("'{}' is an account, of which a step keeps four digits: it is no condition and"
                            " goes over to nothing",
                            id));
    }
    static std::vector<std::string> told_by(const Move& move) {
        std::vector<std::string> told = move.needs;
        told.insert(told.end(), move.may.begin(), move.may.end());
        return told;
    }
    // Of two accounts in one step it could not be said which is meant.
    void check_one_account(const ElementDraft& one, const Move& move) const {
        const auto told = told_by(move);
        if (std::ranges::count_if(told, [&](const std::string& id) { return is_account(id); }) > 1)
            one.record.self().fault("account_one", "一个动作至多填一个账号",
                                    "a move takes one account at most");
    }
    // Whoever tells it puts it in force no more: a move that answers it, by another, names the payee.
    void check_account_by_two(const ElementDraft& one, const Machine& machine, const Move& move) const {
        for (const std::string& id : told_by(move)) {
            const FieldRule* field = all_.field(id);
            if (field == nullptr || !field->account) continue;
            const auto admits = [&](const Move& other) {
                return names_one(other.answers, move.id) && names_one(other.not_by, move.id) &&
                       names_one(other.needs, field->account->payee);
            };
            if (std::ranges::any_of(machine.moves, admits)) continue;
            one.record.self().fault(
                "account_by_one", "填报账号的动作须由另一人以填报领款人的动作答复（answers、not_by、payee）",
                "a move that takes an account is answered by one that names the payee, by another person"
                " (answers, not_by, payee)");
            return;
        }
    }
    static bool names_one(const std::vector<std::string>& all, const std::string& id) {
        return std::ranges::find(all, id) != all.end();
    }
    void check_whose(const YamlValue* value) const {
        check_field(value);
        const FieldRule* field = value == nullptr ? nullptr : all_.field(value->text().value_or(""));
        if (field != nullptr && field->type != FieldRule::Type::word)
            value->fault("whose_no_word", fmt::format("“{}”不是 word 类型", field->id),
                         fmt::format("'{}' is no field of type word", field->id));
    }
    // Its words are those that say whose the account is.
    void check_finding(const ElementDraft& one) const {
        const YamlValue* of = one.record.find("account");
        check_field(of);
        const FieldRule* field = of == nullptr ? nullptr : all_.field(of->text().value_or(""));
        if (field == nullptr) return;
        if (!field->account) {
            of->fault("finding_no_account", fmt::format("“{}”不是 account 类型", field->id),
                      fmt::format("'{}' is no field of type account", field->id));
            return;
        }
        const FieldRule* whose = all_.field(field->account->whose);
        std::vector<std::string_view> words;
        if (whose != nullptr)
            for (const auto& [word, title] : whose->words) words.push_back(word);
        names(one, "in_order", words, "unknown_word", "取值", "word");
    }

    // A department can be shown only what the move itself is told.
    static void check_department_reads(const ElementDraft& one) {
        std::vector<std::string> told = texts_at(one.record, "needs");
        for (std::string& field : texts_at(one.record, "may")) told.push_back(std::move(field));
        names(one, "department_reads", {told.begin(), told.end()}, "unknown_field", "该动作的填报项",
              "field of the move");
    }

    // Of its own machine, or with its name of the case above; of the household's cases beside it.
    void check_not_by(const ElementDraft& one, const Machine& machine) const {
        std::vector<std::string> all;
        for (const Move& move : machine.moves) all.push_back(move.id);
        std::ranges::move(all_moves(), std::back_inserter(all));
        names(one, "not_by", {all.begin(), all.end()}, "unknown_move", "动作", "move");
        const std::vector<std::string> beside = all_moves();
        names(one, "not_beside", {beside.begin(), beside.end()}, "unknown_move", "动作", "move");
    }

    void check_signed(const YamlValue* value) const {
        const auto unless = value == nullptr ? std::nullopt : value_at(*value, "unless");
        if (unless) check_conditions(&*unless);
    }

    // Whoever says why tells it with the move itself.
    void check_nobody_aged(const ElementDraft& one) const {
        const YamlValue* rule = one.record.find("nobody_aged");
        if (rule == nullptr) return;
        if (const auto only_if = value_at(*rule, "only_if")) check_conditions(&*only_if);
        const auto unless = value_at(*rule, "unless");
        const std::string id = unless ? unless->text().value_or("") : std::string();
        std::vector<std::string> told = texts_at(one.record, "needs");
        for (std::string& field : texts_at(one.record, "may")) told.push_back(std::move(field));
        if (unless && std::ranges::find(told, id) == told.end())
            unless->unknown_name("unknown_field", "该动作的填报项", "field of the move", id,
                                 {told.begin(), told.end()});
    }

    static bool opens_initial(const Machine& machine, const Move& move) {
        const MachineState* to = machine.state(move.to);
        return to != nullptr && to->kind == StateKind::initial;
    }

    void check_conditions(const YamlValue* value) const {
        if (value == nullptr || !value->is_mapping()) return;
        for (const YamlEntry& entry : value->entries()) check_words(entry);
    }

    static std::optional<YamlValue> value_at(const YamlValue& of, std::string_view key) {
        if (!of.is_mapping()) return std::nullopt;
        for (const YamlEntry& entry : of.entries()) {
            if (entry.key == key) return entry.value;
        }
        return std::nullopt;
    }

    // A field and what it may be: `with` of a case that is started says it in the same way.
    void check_words(const YamlEntry& entry) const {
        const FieldRule* field = all_.field(entry.key);
        if (field == nullptr) {
            entry.key_value.unknown_name("unknown_field", "填报项", "field", entry.key, ids(all_.fields));
            return;
        }
        check_no_account(entry.key_value, entry.key);
        std::vector<std::string_view> words;
        for (const auto& [word, title] : field->words) words.push_back(word);
        if (field->type == FieldRule::Type::flag) words = {"true", "false"};
        if (words.empty()) return;  // the law or the office has its words
        for (const YamlValue& item : entry.value.one_or_list()) {
            const auto text = item.text();
            if (text && std::ranges::find(words, std::string_view(*text)) == words.end())
                item.unknown_name("unknown_word", "取值", "word", *text, words);
        }
    }

    void check_field(const YamlValue* value) const {
        const auto id = value == nullptr ? std::nullopt : value->text();
        if (id) (void)is_known_id(*value, *id, all_.fields, "unknown_field", "填报项", "field");
    }

    // Cases that it starts, that go on with it, that it draws.
    void check_consequences(const YamlRecord& of) const {
        for (const std::string_view key : {"starts", "also", "draws"}) {
            const YamlValue* value = of.find(key);
            if (value == nullptr) continue;
            for (const YamlValue& item : value->is_list() ? value->list() : std::vector<YamlValue>{*value})
                check_consequence(item);
        }
    }

    // What bounds it is money.
    void check_within(const YamlValue* value) const {
        for (const YamlEntry& entry :
             value != nullptr && value->is_mapping() ? value->entries() : std::vector<YamlEntry>{}) {
            check_key(entry);
            const FieldRule* field = all_.field(entry.key);
            if (field != nullptr && field->type != FieldRule::Type::money)
                entry.key_value.fault("within_no_money", fmt::format("“{}”不是 money 类型", entry.key),
                                      fmt::format("'{}' is no field of type money", entry.key));
        }
    }

    // What is counted together is what `at_most` bounds, near by the step's own day or by a day that is told.
    void check_together(const ElementDraft& one, const Machine& machine) const {
        const YamlValue* rule = one.record.find("together");
        if (rule == nullptr) return;
        if (one.record.find("at_most") == nullptr)
            rule->fault("together_no_bound", "没有 at_most 就没有 together",
                        "without at_most there is no together");
        if (const auto moves = value_at(*rule, "moves")) {
            for (const YamlValue& item : moves->one_or_list())
                if (const auto id = item.text())
                    (void)is_known_id(item, *id, machine.moves, "unknown_move", "动作", "move");
        }
        if (const auto same = value_at(*rule, "same")) {
            check_field(&*same);
            check_no_account(*same, same->text().value_or(""));
        }
        if (const auto day = value_at(*rule, "day")) check_date(&*day, "together_no_date");
    }

    // What may be nothing is a sum that the move takes.
    void check_zero(const ElementDraft& one) const {
        std::vector<std::string> sums;
        for (const std::string_view key : {"needs", "may"}) {
            for (std::string& id : texts_at(one.record, key)) {
                const FieldRule* field = all_.field(id);
                if (field != nullptr && field->type == FieldRule::Type::money) sums.push_back(std::move(id));
            }
        }
        names(one, "zero", {sums.begin(), sums.end()}, "unknown_field", "该动作的金额", "sum of the move");
    }

    // Nobody takes back what nobody proposed.
    static void check_by_proposer(const ElementDraft& one) {
        const YamlValue* flag = one.record.find("by_proposer");
        if (flag != nullptr && one.record.find("answers") == nullptr)
            flag->fault("by_proposer_of_none", "没有 answers 就没有 by_proposer",
                        "without answers there is no by_proposer");
    }

    // From which day it ends is a day.
    void check_first_unpaid(const YamlValue* value) const { check_date(value, "first_unpaid_no_date"); }

    void check_date(const YamlValue* value, std::string_view code) const {
        check_field(value);
        const FieldRule* field = value == nullptr ? nullptr : all_.field(value->text().value_or(""));
        if (field != nullptr && field->type != FieldRule::Type::date)
            value->fault(std::string(code), fmt::format("“{}”不是 date 类型", field->id),
                         fmt::format("'{}' is no field of type date", field->id));
    }

    // Since when it was paid elsewhere is a day; on which paper it stands is told with the move, or with what
    // it answers.
    void check_before(const ElementDraft& one, const Machine& machine) const {
        const YamlValue* rule = one.record.find("before");
        if (rule == nullptr) return;
        if (one.record.find("within") == nullptr)
            rule->fault("before_no_within", "没有 within 就没有 before", "without within there is no before");
        if (const auto since = value_at(*rule, "since")) check_date(&*since, "before_no_date");
        const auto shown_by = value_at(*rule, "shown_by");
        if (!shown_by) return;
        std::vector<std::string> told = texts_at(one.record, "needs");
        for (std::string& field : texts_at(one.record, "may")) told.push_back(std::move(field));
        for (const std::string& id : texts_at(one.record, "answers"))
            if (const Move* answered = machine.move(id))
                std::ranges::copy(told_by(*answered), std::back_inserter(told));
        const std::string id = shown_by->text().value_or("");
        if (std::ranges::find(told, id) == told.end())
            shown_by->unknown_name("unknown_field", "该动作的填报项", "field of the move", id,
                                   {told.begin(), told.end()});
    }

    void check_repeats(const YamlValue* repeats) const {
        if (repeats == nullptr) return;
        for (const YamlEntry& entry : repeats->entries())
            if (entry.key == "same" || entry.key == "unless") check_field(&entry.value);
    }

    // The other case is of the same machine.
    void check_into(const YamlValue* of, const Machine& machine) const {
        if (of == nullptr) return;
        if (const auto field = value_at(*of, "field")) check_case_field(*field);
        if (const auto clock = value_at(*of, "clock")) {
            if (const auto id = clock->text())
                (void)is_known_id(*clock, *id, all_.clocks, "unknown_clock", "时限", "clock");
        }
        for (const std::string_view key : {"running", "others"}) {
            const auto move = value_at(*of, key);
            const auto id = move ? move->text() : std::nullopt;
            if (id) (void)is_known_id(*move, *id, machine.moves, "unknown_move", "动作", "move");
        }
    }

    // Whoever says why tells it with the move itself; what joins goes into another case.
    void check_pending(const ElementDraft& one, const Machine& machine) const {
        const YamlValue* rule = one.record.find("pending");
        if (rule == nullptr) return;
        if (const auto until = value_at(*rule, "until")) {
            const auto mark = until->text();
            if (mark && !marks_.contains(*mark))
                until->unknown_name("unknown_mark", "节点", "mark", *mark, {marks_.begin(), marks_.end()});
        }
        if (const auto unless = value_at(*rule, "unless")) {
            std::vector<std::string> told = texts_at(one.record, "needs");
            for (std::string& field : texts_at(one.record, "may")) told.push_back(std::move(field));
            const std::string id = unless->text().value_or("");
            if (!names_one(told, id))
                unless->unknown_name("unknown_field", "该动作的填报项", "field of the move", id,
                                     {told.begin(), told.end()});
        }
        const auto joins = value_at(*rule, "joins");
        const auto id = joins ? joins->text() : std::nullopt;
        if (!id || !is_known_id(*joins, *id, machine.moves, "unknown_move", "动作", "move")) return;
        if (!machine.move(*id)->into)
            joins->fault("joins_nothing", fmt::format("“{}”没有 into，并不进别的办件", *id),
                         fmt::format("'{}' has no into: it goes into no other case", *id));
    }

    void check_case_field(const YamlValue& value) const {
        check_field(&value);
        const FieldRule* field = all_.field(value.text().value_or(""));
        if (field != nullptr && field->type != FieldRule::Type::case_)
            value.fault("into_no_case", fmt::format("“{}”不是 case 类型", field->id),
                        fmt::format("'{}' is no field of type case", field->id));
    }

    void check_consequence(const YamlValue& of) const {
        const auto at = value_at(of, "machine");
        const std::string id = at ? at->text().value_or("") : std::string();
        if (!at || !is_known_id(*at, id, all_.machines, "unknown_machine", "流程", "machine")) return;
        for (const std::string_view key : {"move", "moves"}) {
            const auto moves = value_at(of, key);
            for (const YamlValue& item : moves ? moves->one_or_list() : std::vector<YamlValue>{}) {
                const auto move = item.text();
                if (!move ||
                    !is_known_id(item, *move, all_.machine(id)->moves, "unknown_move", "动作", "move"))
                    continue;
                for (const std::string& field : told_by(*all_.machine(id)->move(*move)))
                    check_no_account(item, field);
            }
        }
        for (const std::string_view key : {"over", "as"}) {
            if (const auto field = value_at(of, key)) check_field(&*field);
        }
        if (const auto fields = value_at(of, "only_if")) check_conditions(&*fields);
        const auto with = value_at(of, "with");
        for (const YamlEntry& entry : with && with->is_mapping() ? with->entries() : std::vector<YamlEntry>{})
            check_with(entry, *all_.machine(id));
    }

    // What the other case is told: a word, or what this case was told, or the day of a clock of it, or what
    // was paid before a step of the other.
    void check_with(const YamlEntry& entry, const Machine& other) const {
        constexpr std::string_view told = "told.";
        constexpr std::string_view clock = "clock.";
        constexpr std::string_view before = "paid_before.";
        const std::string text = entry.value.is_scalar() ? entry.value.text().value_or("") : std::string();
        if (!text.starts_with(told) && !text.starts_with(clock) && !text.starts_with(before)) {
            check_words(entry);
            return;
        }
        check_key(entry);
        if (text.starts_with(before)) {
            const std::string moves = text.substr(before.size());  // "end|admit_end": whichever was made last
            for (std::size_t from = 0; from <= moves.size();) {
                const std::size_t end = std::min(moves.find('|', from), moves.size());
                (void)is_known_id(entry.value, moves.substr(from, end - from), other.moves, "unknown_move",
                                  "动作", "move");
                from = end + 1;
            }
            return;
        }
        if (text.starts_with(told)) {
            check_no_account(entry.value, text.substr(told.size()));
            (void)is_known_id(entry.value, text.substr(told.size()), all_.fields, "unknown_field", "填报项",
                              "field");
        } else {
            (void)is_known_id(entry.value, text.substr(clock.size()), all_.clocks, "unknown_clock", "时限",
                              "clock");
        }
    }

    void check_key(const YamlEntry& entry) const {
        check_no_account(entry.key_value, entry.key);
        if (all_.field(entry.key) == nullptr)
            entry.key_value.unknown_name("unknown_field", "填报项", "field", entry.key, ids(all_.fields));
    }

    void check_move_named(const ElementDraft& one) const {
        const YamlValue* move = one.record.find("move");
        const std::string id = move == nullptr ? std::string() : move->text().value_or("");
        const std::size_t point = id.rfind('.');
        const Machine* machine = point == std::string::npos ? nullptr : all_.machine(id.substr(0, point));
        if (move != nullptr && (machine == nullptr || machine->move(id.substr(point + 1)) == nullptr))
            move->fault("unknown_move", fmt::format("没有动作“{}”", id), fmt::format("no move '{}'", id));
    }

    void check_wait(const ElementDraft& one) const {
        check_move_named(one);
        for (const std::string_view key : {"only_if", "done_if"}) check_conditions(one.record.find(key));
        names(one, "machines", ids(all_.machines), "unknown_machine", "流程", "machine");
        for (const std::string_view key : {"each", "unless"}) check_field(one.record.find(key));
        names(one, "told", ids(all_.fields), "unknown_field", "填报项", "field");
        names(one, "since", {marks_.begin(), marks_.end()}, "unknown_mark", "节点", "mark");
        const std::vector<std::string> moves = all_moves();
        for (const std::string_view key : {"done", "undone_by"})
            names(one, key, {moves.begin(), moves.end()}, "unknown_move", "动作", "move");
        check_done(one);
        const std::string of = text_at(one.record, "move");
        if (const Machine* machine = all_.machine(of.substr(0, of.rfind('.'))))
            names(one, "not_by", ids(machine->moves), "unknown_move", "动作", "move");
        if (one.record.find("machines") == nullptr && one.record.find("done") == nullptr &&
            one.record.find("told") == nullptr)
            one.record.self().fault("waits_for_nothing", "waits 须有 machines、done 或 told",
                                    "waits needs machines, done or told");
    }

    // Of what was done: which cases it counts of, and what takes it back.
    static void check_done(const ElementDraft& one) {
        if (one.record.find("done") != nullptr) return;
        for (const std::string_view key : {"done_if", "undone_by"}) {
            if (const YamlValue* value = one.record.find(key))
                value->fault("done_nothing", fmt::format("有 {} 的，须写明 done", key),
                             fmt::format("{} says nothing without done", key));
        }
    }

    void check_follow(const ElementDraft& one) const {
        check_move_named(one);
        for (const std::string_view key : {"only_if", "found"}) check_conditions(one.record.find(key));
        for (const std::string_view key : {"told", "needs", "unused"})
            names(one, key, ids(all_.fields), "unknown_field", "填报项", "field");
        names(one, "under", ids(all_.machines), "unknown_machine", "流程", "machine");
        for (const std::string_view key : {"differs", "target"})
            names(one, key, ids(all_.fields), "unknown_field", "填报项", "field");
        if (const YamlValue* same = one.record.find("same")) check_fields_of(*same);
        if (const YamlValue* most = one.record.find("at_most")) {
            check_fields_of(*most);
            for (const YamlEntry& entry : most->is_mapping() ? most->entries() : std::vector<YamlEntry>{}) {
                check_number(entry.key_value, entry.key);
                check_number(entry.value, entry.value.text().value_or(""));
            }
        }
        check_counts(one);
    }

    // What is compared as a number is one.
    void check_number(const YamlValue& at, std::string_view id) const {
        const FieldRule* field = all_.field(id);
        if (field == nullptr || field->type == FieldRule::Type::count ||
            field->type == FieldRule::Type::money)
            return;
        at.fault("compared_no_number", fmt::format("“{}”不是 count 或 money 类型，不能比较大小", id),
                 fmt::format("'{}' is no field of type count or money: it has no size", id));
    }

    // How often a mark was left: the program alone tells it.
    void check_counts(const ElementDraft& one) const {
        for (const std::string_view key : {"into", "against"}) {
            const YamlValue* field = one.record.find(key);
            if (field == nullptr) continue;
            if (one.record.find("counts") == nullptr)
                field->fault("counts_nothing", fmt::format("有 {} 的，须写明 counts（计哪个节点）", key),
                             fmt::format("{} says nothing without counts", key));
            names(one, key, ids(all_.fields), "unknown_field", "填报项", "field");
            check_number(*field, field->text().value_or(""));
        }
        names(one, "counts", {marks_.begin(), marks_.end()}, "unknown_mark", "节点", "mark");
        const YamlValue* into = one.record.find("into");
        const std::string counted = into == nullptr ? std::string() : into->text().value_or("");
        for (const Machine& machine : all_.machines) {
            for (const Move& move : machine.moves) {
                const bool takes = std::ranges::find(move.needs, counted) != move.needs.end() ||
                                   std::ranges::find(move.may, counted) != move.may.end();
                if (takes && !counted.empty())
                    into->fault("counted_is_told",
                                fmt::format("“{}”由程序计数，“{}.{}”不能填报", counted, machine.id, move.id),
                                fmt::format("'{}' is counted by the program: '{}.{}' does not take it",
                                            counted, machine.id, move.id));
            }
        }
    }

    // A field, and another one of which it is told.
    void check_fields_of(const YamlValue& of) const {
        for (const YamlEntry& entry : of.is_mapping() ? of.entries() : std::vector<YamlEntry>{}) {
            check_key(entry);
            check_field(&entry.value);
            if (entry.value.is_scalar()) check_no_account(entry.value, entry.value.text().value_or(""));
        }
    }

    // The move by which a person opens a case for a household that is due, and those between which months
    // run.
    void check_rhythm(const ElementDraft& one) const {
        for (const std::string_view key : {"only_if", "with"}) check_conditions(one.record.find(key));
        std::vector<std::string> all;
        std::vector<std::string> opening;
        for (const Machine& machine : all_.machines) {
            for (const Move& move : machine.moves) {
                all.push_back(machine.id + "." + move.id);
                if (move.from.empty()) opening.push_back(all.back());
            }
        }
        const std::vector<std::string_view> moves(all.begin(), all.end());
        names(one, "since", moves, "unknown_move", "动作", "move");
        names(one, "ends", moves, "unknown_move", "动作", "move");
        names(one, "opens", {opening.begin(), opening.end()}, "unknown_opening_move", "发起动作",
              "move that opens a case");
    }

    // What takes another's place does so with a mark, which some move leaves.
    void check_clock(const ElementDraft& one) const {
        names(one, "machines", ids(all_.machines), "unknown_machine", "流程", "machine");
        names(one, "only_after", {marks_.begin(), marks_.end()}, "unknown_mark", "节点", "mark");
        names(one, "instead_of", ids(all_.clocks), "unknown_clock", "时限", "clock");
        const YamlValue* instead = one.record.find("instead_of");
        if (instead != nullptr && one.record.find("only_after") == nullptr)
            instead->fault("instead_of_at_once", "instead_of 须与 only_after 一起写明",
                           "instead_of is stated with only_after: with which mark it takes its place");
        const std::vector<std::string> until = texts_at(one.record, "until");
        names(one, "goes_on", {until.begin(), until.end()}, "goes_on_no_end", "截止节点",
              "mark that ends it");
        if (const YamlValue* goes_on = one.record.find("goes_on");
            goes_on != nullptr && one.record.find("each") != nullptr)
            goes_on->fault("goes_on_each", "goes_on 不能与 each 一起写明",
                           "goes_on is not stated with each: no run of its own goes on from another");
        const YamlValue* before = one.record.find("before_category");
        if (before != nullptr && one.record.find("of") == nullptr)
            before->fault("before_no_category", "before_category 须与 of 一起写明",
                          "before_category is stated with of: without it the clock waits for no category");
    }

    void check_pause(const ElementDraft& one) const {
        check_clocks(one);
        const std::vector<std::string_view> known(marks_.begin(), marks_.end());
        names(one, "from", known, "unknown_mark", "节点", "mark");
        names(one, "until", known, "unknown_mark", "节点", "mark");
        names(one, "paper", ids(all_.papers), "unknown_paper", "文书", "paper");
    }

    void check_clocks(const ElementDraft& one) const {
        names(one, "clocks", ids(all_.clocks), "unknown_clock", "时限", "clock");
    }

    static void check_level(const ElementDraft& one, std::string_view key) {
        names(one, key, {levels.begin(), levels.end()}, "unknown_level", "层级", "level");
    }

    const LawDraft& draft_;
    const Procedures& all_;
    std::set<std::string_view> marks_;
};

}  // namespace

void check_procedures(const LawDraft& draft, const Procedures& procedures) {
    ProcedureChecker(draft, procedures).check();
}

}  // namespace doudi::policy
