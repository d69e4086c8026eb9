// SPDX-License-Identifier: Apache-2.0
#include "casework/rhythms/rhythms.h"

#include <algorithm>
#include <map>
#include <utility>

#include "casework/rhythms/rhythms_repository.h"

namespace doudi::casework {

namespace {

bool names(const std::vector<MachineMove>& moves, const MachineMove& move) {
    return std::ranges::any_of(
        moves, [&](const MachineMove& one) { return one.machine == move.machine && one.move == move.move; });
}

// Since when a household stands in a category, as far as anybody knows.
struct Standing {
    std::string category;
    std::optional<Date> last_on;
    std::optional<CaseId> last_case;
    Fields told;  // the latest word on each field
};

bool is_of(const TenureWord& word, const std::string& category) {
    return word.category.empty() || word.category == category;
}

// The later of what the register and the cases say. None: it ended and was not confirmed since.
std::optional<Standing> standing_in(const RhythmRule& rule, const Tenure& tenure,
                                    const std::string& category) {
    const bool is_registered = rule.every_household || tenure.category == category;
    Standing standing{category, std::nullopt, std::nullopt, {}};
    if (is_registered && !rule.every_household) standing.last_on = tenure.enrolled_on;
    bool stands = is_registered;
    for (const TenureWord& word : tenure.words) {
        if (!rule.every_household && !is_of(word, category)) continue;
        const bool is_later = !standing.last_on || word.on >= *standing.last_on;
        if (names(rule.since, word.move)) {
            // A review that names no category says nothing of one that does not stand.
            if (word.category.empty() && !stands) continue;
            for (const auto& [field, values] : word.told) standing.told[field] = values;
            if (!is_later) continue;
            stands = true;
            standing.last_on = word.on;
            standing.last_case = word.of;
        } else if (names(rule.ends, word.move) && is_later) {
            stands = false;
        }
    }
    if (!stands) return std::nullopt;
    return standing;
}

// Whether the rhythm holds for it; none: what it hangs on was not told.
std::optional<bool> holds(const RhythmRule& rule, const Standing& standing, std::string& missing) {
    for (const policy::FieldIs& is : rule.only_if) {
        const std::string told = first_of(standing.told, is.field);
        if (told.empty()) {
            missing = is.field;
            return std::nullopt;
        }
        if (std::ranges::find(is.words, told) == is.words.end()) return false;
    }
    return true;
}

// The categories that a rule is about, of those that the law knows.
std::vector<std::pair<std::string, std::optional<int>>> categories_of(const policy::Law& law,
                                                                      const RhythmRule& rule) {
    std::vector<std::pair<std::string, std::optional<int>>> categories;
    if (rule.every_household) return {{"", std::nullopt}};
    for (const policy::Category& category : law.categories) {
        const bool is_named = std::ranges::find(rule.of, category.id) != rule.of.end();
        if (is_named || (rule.by_validity && category.valid_months))
            categories.emplace_back(category.id, category.valid_months);
    }
    return categories;
}

class Lines {
  public:
    Lines(const policy::Law& law, const std::vector<RhythmRule>& rules, const Tenure& tenure,
          const MonthsOf& months)
        : law_(law), rules_(rules), tenure_(tenure), months_(months) {}

    std::vector<DueLine> make() {
        for (const RhythmRule& rule : rules_) {
            for (const auto& [category, valid_months] : categories_of(law_, rule))
                if (const auto standing = standing_in(rule, tenure_, category))
                    add(rule, *standing, valid_months);
        }
        drop_what_was_left();
        std::vector<DueLine> lines;
        for (auto& [key, line] : lines_) lines.push_back(std::move(line));
        return lines;
    }

  private:
    // From which day by this rule; none: unknown, and `missing` says why.
    std::optional<Date> day_by(const RhythmRule& rule, const Standing& standing,
                               std::optional<int> valid_months, std::string& missing) const {
        std::optional<int> months = rule.by_validity ? valid_months : rule.every.months;
        if (!rule.every.parameter.empty()) {
            months = months_(rule.every.parameter);
            if (!months) missing = "param." + rule.every.parameter;
        }
        if (!months) return std::nullopt;
        if (!standing.last_on) {
            missing = "last_on";
            return std::nullopt;
        }
        return standing.last_on->plus_months(*months);
    }

    void add(const RhythmRule& rule, const Standing& standing, std::optional<int> valid_months) {
        std::string missing;
        const std::optional<bool> is_sure = holds(rule, standing, missing);
        if (is_sure && !*is_sure) return;
        const std::optional<Date> day = day_by(rule, standing, valid_months, missing);
        const auto [at, is_new] = lines_.try_emplace({standing.category, rule.opens.machine});
        DueLine& line = at->second;
        if (is_new) {
            line.household = tenure_.household;
            line.category = standing.category;
            line.machine = rule.opens.machine;
            line.rhythm = rule.id;
            line.last_on = standing.last_on;
            line.last_case = standing.last_case;
        }
        if (line.waits_for.empty()) line.waits_for = missing;
        if (!day) return;
        if (!line.due_on || *day < *line.due_on) {
            line.due_on = day;
            line.rhythm = rule.id;
        }
        // Of rhythms of which one holds and nobody said which, the farthest holds in any case.
        if (is_sure) {
            const bool is_nearer = !line.sure_on || !is_settled_[at->first] || *day < *line.sure_on;
            if (is_nearer) settle(line, *day, rule.id);
            is_settled_[at->first] = true;
        } else if (!is_settled_[at->first] && (!line.sure_on || *day > *line.sure_on)) {
            settle(line, *day, rule.id);
        }
        if (line.due_on == line.sure_on) line.waits_for.clear();
    }

    static void settle(DueLine& line, Date day, const std::string& rhythm) {
        line.sure_on = day;
        line.sure_rhythm = rhythm;
    }

    // Of categories that exclude each other the one that was said last; where no day is known, what a case
    // said before what the register says.
    void drop_what_was_left() {
        const auto& order = law_.exclusive_order.categories;
        const auto is_exclusive = [&](const std::string& category) {
            return std::ranges::find(order, category) != order.end();
        };
        const DueLine* last = nullptr;
        for (const auto& [key, line] : lines_) {
            if (!is_exclusive(line.category)) continue;
            if (last == nullptr || said_later(line, *last)) last = &line;
        }
        if (last == nullptr) return;
        const std::string kept = last->category;
        std::erase_if(lines_, [&](const auto& one) {
            return is_exclusive(one.second.category) && one.second.category != kept;
        });
    }

    static bool said_later(const DueLine& one, const DueLine& other) {
        if (one.last_on != other.last_on) return other.last_on < one.last_on;  // none is before every day
        return one.last_case.has_value() && !other.last_case.has_value();
    }

    const policy::Law& law_;
    const std::vector<RhythmRule>& rules_;
    const Tenure& tenure_;
    const MonthsOf& months_;
    using Key = std::pair<std::string, std::string>;  // category, machine
    std::map<Key, DueLine> lines_;
    std::map<Key, bool> is_settled_;
};

struct Rules {
    std::shared_ptr<const policy::Pack> pack;
    std::vector<RhythmRule> all;
    std::vector<MachineMove> moves;  // on which a rhythm of households hangs
};

Rules rules_of(std::shared_ptr<const policy::Pack> pack) {
    Rules rules{std::move(pack), {}, {}};
    rules.all = rhythms_of(rules.pack->law);
    for (const RhythmRule& rule : rules.all) {
        if (!rule.of_households()) continue;
        for (const auto* moves : {&rule.since, &rule.ends}) {
            for (const MachineMove& move : *moves)
                if (!names(rules.moves, move)) rules.moves.push_back(move);
        }
    }
    return rules;
}

// What cases were told lies under keys: it is opened only where a rhythm asks for it.
bool asks_what_was_told(const Rules& rules, const MachineMove& move) {
    return std::ranges::any_of(
        rules.all, [&](const RhythmRule& rule) { return !rule.only_if.empty() && names(rule.since, move); });
}

Result<void> read_told(Desk& desk, const Rules& rules, Tenure& tenure) {
    for (TenureWord& word : tenure.words) {
        if (!asks_what_was_told(rules, word.move)) continue;
        const auto row = TRY(repository::select_case(desk.shelf, word.of));
        if (row) word.told = fold(TRY(repository::select_events(desk.shelf, row->head))).fields;
    }
    return {};
}

Result<std::vector<DueLine>> lines_of(Desk& desk, const Rules& rules, repository::RegisteredTenure& one,
                                      Date today) {
    const policy::Law& law = rules.pack->law;
    TRY_VOID(read_told(desk, rules, one.tenure));
    const MonthsOf months = [&](std::string_view id) -> std::optional<int> {
        const policy::ParameterValue* value = law.value_of(law.parameter_of(id), one.region, "", today);
        if (value == nullptr) return std::nullopt;
        return static_cast<int>(value->value.as_integer());
    };
    return due_lines(law, rules.all, one.tenure, months);
}

// Gives how many lines are other than they were.
Result<std::uint64_t> put_lines(Desk& desk, const std::vector<DueLine>& before,
                                const std::vector<DueLine>& now) {
    std::uint64_t changed = 0;
    for (const DueLine& line : before) {
        const auto is_same = [&](const DueLine& other) { return other == line; };
        if (std::ranges::any_of(now, is_same)) continue;
        TRY_VOID(repository::delete_due(desk.shelf, line));
        ++changed;
    }
    for (const DueLine& line : now) {
        if (std::ranges::find(before, line) != before.end()) continue;
        TRY_VOID(repository::insert_due(desk.shelf, line));
        ++changed;
    }
    return changed;
}

}  // namespace

std::vector<DueLine> due_lines(const policy::Law& law, const std::vector<RhythmRule>& rules,
                               const Tenure& tenure, const MonthsOf& months) {
    return Lines(law, rules, tenure, months).make();
}

DueState state_on(const std::optional<Date>& due_on, const std::optional<Date>& sure_on, Date day) {
    if (!due_on) return DueState::unknown;
    if (day < *due_on) return DueState::later;
    if (!sure_on || day < *sure_on) return DueState::perhaps;
    return day == *sure_on ? DueState::due : DueState::overdue;
}

std::string_view name_of(DueState state) {
    switch (state) {
        case DueState::later:
            return "later";
        case DueState::perhaps:
            return "perhaps";
        case DueState::due:
            return "due";
        case DueState::overdue:
            return "overdue";
        default:
            return "unknown";
    }
}

Result<DueReport> renew_due_lines(Desk& desk, std::string_view pack) {
    constexpr std::size_t portion = 500;
    const Date today = civil_day(desk.clock.now());
    const Rules rules = rules_of(TRY(need_pack(desk, pack, today)));
    DueReport report;
    HouseholdId after;
    bool is_done = false;
    while (!is_done) {
        TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
            auto some = TRY(repository::select_tenures(desk.shelf, rules.moves, after, portion));
            is_done = some.size() < portion;
            const std::optional<HouseholdId> last =
                is_done ? std::nullopt : std::optional(some.back().tenure.household);
            const auto before = TRY(repository::select_due_between(desk.shelf, after, last));
            std::vector<DueLine> now;
            for (auto& one : some) {
                auto lines = TRY(lines_of(desk, rules, one, today));
                now.insert(now.end(), lines.begin(), lines.end());
            }
            report.changed += TRY(put_lines(desk, before, now));
            report.households += some.size();
            report.lines += now.size();
            if (last) after = *last;
            return {};
        }));
    }
    return report;
}

Result<void> renew_due_lines(Desk& desk, const CaseHead& head, const policy::Move& move) {
    if (!head.household) return {};
    const Date today = civil_day(desk.clock.now());
    const Rules rules = rules_of(TRY(need_pack(desk, head.pack, today)));
    if (!names(rules.moves, {head.machine, move.id})) return {};
    const HouseholdId before_it(head.household->value() - 1);
    std::vector<DueLine> now;
    auto found = TRY(repository::select_tenures(desk.shelf, rules.moves, before_it, 1));
    if (!found.empty() && found.front().tenure.household == *head.household)
        now = TRY(lines_of(desk, rules, found.front(), today));
    const auto before = TRY(repository::select_due_between(desk.shelf, before_it, *head.household));
    TRY_VOID(put_lines(desk, before, now));
    return {};
}

}  // namespace doudi::casework
