// SPDX-License-Identifier: Apache-2.0
#include "casework/warnings.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/kept/kept_rows.h"
#include "casework/ties/merging.h"

namespace doudi::casework {

namespace {

using monitor::WarningStanding;
using repository::CaseRow;

const Actor program{UserId(), {std::string(monitoring_role)}, UnitId(), {}, {}, {}};

std::string source_of(const WarningStanding& warning) {
    return fmt::format("{}/{}", warning_machine, warning.id);
}

// Every event that the case was told of so far.
std::vector<std::string> told_events(const std::vector<CaseEvent>& events) {
    std::vector<std::string> told;
    for (const CaseEvent& event : events) {
        const auto found = event.fields.find(subject_field);
        if (event.by == UserId() && found != event.fields.end())
            told.insert(told.end(), found->second.begin(), found->second.end());
    }
    return told;
}

// The case that goes on with a warning: its own, or the one into which that went.
struct GoneOn {
    CaseRow row;
    std::vector<CaseEvent> events;
    std::vector<std::string> told;  // that it, or one that went into it, was told of
};
Result<GoneOn> gone_on(Desk& desk, const CaseRow& own) {
    GoneOn gone{own, TRY(repository::select_events(desk.shelf, own.head)), {}};
    gone.told = told_events(gone.events);
    while (gone.row.now.is_closed) {
        const auto pack = TRY(need_pack(desk, gone.row.head.pack, gone.row.head.opened_on));
        const auto into = goes_into(*TRY(need_machine(*pack, gone.row.head.machine)), gone.events);
        auto other = into ? TRY(repository::select_case(desk.shelf, *into)) : std::nullopt;
        if (!other) break;
        gone.row = *std::move(other);
        gone.events = TRY(repository::select_events(desk.shelf, gone.row.head));
        std::ranges::move(told_events(gone.events), std::back_inserter(gone.told));
    }
    return gone;
}

// Those that the case was never told of.
std::vector<std::string> fresh_events(const WarningStanding& warning, const std::vector<std::string>& told) {
    std::vector<std::string> fresh;
    std::ranges::copy_if(warning.events, std::back_inserter(fresh), [&](const std::string& event) {
        return std::ranges::find(told, event) == told.end();
    });
    return fresh;
}

bool was_closed_by_a_person(const std::vector<CaseEvent>& events) {
    return !events.empty() && events.back().by != UserId();
}

// Each step has the day as of which the cycle found it, the first as well as what joins, changes or falls
// away later: run again on another day, it gives the same days. Never after today, and never before the last
// step of the case: no deadline counts from a day on which its office did not have the case yet.
class Raiser {
  public:
    Raiser(Desk& desk, const access::UnitTree& units, std::string_view pack)
        : desk_(desk), units_(units), pack_(pack), today_(civil_day(desk.clock.now())) {}

    Result<void> take(const WarningStanding& warning) {
        const auto row = TRY(repository::select_by_source(desk_.shelf, source_of(warning)));
        if (!row) return warning.is_open ? open(warning) : Result<void>();
        return warning.is_open ? go_on(warning, *row) : take_back(warning, *row);
    }

    RaiseReport report;

  private:
    Result<void> open(const WarningStanding& warning) {
        const auto unit = TRY(office_of(warning));
        if (!unit) {
            report.nowhere.push_back(warning.household);
            return {};
        }
        OpenRequest request;
        request.machine = warning_machine;
        request.pack = pack_;
        request.household = warning.household;
        request.unit = *unit;
        request.source = source_of(warning);
        request.first = {
            "raise", std::min(warning.issued_on, today_), fields_of(warning, warning.events), {}};
        const Moved moved = TRY(open_within(desk_, program, request));
        TRY_VOID(need_made(moved));
        ++report.opened;
        return {};
    }

    Result<void> go_on(const WarningStanding& warning, const CaseRow& row) {
        const GoneOn gone = TRY(gone_on(desk_, row));
        if (gone.row.now.is_closed) return stand_again(warning, row, gone);
        const bool is_own = gone.row.head.id == row.head.id;
        if (is_own && row.head.household != warning.household) return follow(warning, row);
        const std::vector<std::string> fresh = fresh_events(warning, gone.told);
        Fields fields = fields_of(warning, fresh);
        if (!TRY(is_level_new(warning, gone, is_own))) fields.erase(std::string(level_field));
        if (fields.empty()) {
            ++report.unchanged;
            return {};
        }
        ++report.joined;
        // Another level alone sends nobody out again.
        if (fresh.empty()) return move_by_itself(warning, gone.row, {"tell_level", "add_event"}, fields);
        return move_by_itself(warning, gone.row, {"add_event", "push_event"}, fields);
    }

    // A case in which another one went on has the higher level of both.
    Result<bool> is_level_new(const WarningStanding& warning, const GoneOn& gone, bool is_own) const {
        const CaseState state = fold(gone.events);
        const std::string level = first_of(state.fields, level_field);
        if (is_own && !state.fields.contains(taken_from_field)) return level != warning.level;
        const auto pack = TRY(need_pack(desk_, gone.row.head.pack, gone.row.head.opened_on));
        return is_higher_level(*pack, warning.level, level);
    }

    // Its household ended, and the warning went on with the one that the people went to: so does the case,
    // with all its clocks. It stays with its office: an officer hands it on.
    Result<void> follow(const WarningStanding& warning, const CaseRow& row) {
        Fields fields;
        if (row.head.household)
            fields["followed_from"] = {TRY(repository::select_code(desk_.shelf, *row.head.household))};
        TRY_VOID(move_by_itself(warning, row, {"follow"}, fields));
        TRY_VOID(hand_to_household(desk_.shelf, row.head, warning.household));
        const auto moved = TRY(repository::select_case(desk_.shelf, row.head.id));
        ensure(moved.has_value(), "the case was there a moment ago");
        ++report.followed;
        return go_on(warning, *moved);
    }

    // Closed by a person, it stays closed, unless something came that the person never saw. Closed by
    // monitoring, whose reason was taken back since, it waits to be dispatched again.
    Result<void> stand_again(const WarningStanding& warning, const CaseRow& row, const GoneOn& gone) {
        const auto fresh = fresh_events(warning, gone.told);
        if (was_closed_by_a_person(gone.events) && fresh.empty()) return {};
        ++report.opened;
        return move_by_itself(warning, row, {"stand_again"},
                              fields_of(warning, fresh.empty() ? warning.events : fresh));
    }

    Result<void> take_back(const WarningStanding& warning, const CaseRow& row) {
        if (row.now.is_closed || warning.closed_why == "settled") return {};
        Fields fields;
        fields["gone"] = {warning.closed_why};
        const CaseState before = fold(TRY(repository::select_events(desk_.shelf, row.head)));
        if (first_of(before.fields, "gone") == warning.closed_why) return {};
        // What went into it stands, whatever became of its own.
        if (before.fields.contains(taken_from_field))
            TRY_VOID(move_by_itself(warning, row, {"tell_gone"}, fields));
        else
            TRY_VOID(move_by_itself(warning, row, {"take_back", "tell_gone"}, fields));
        ++report.withdrawn;
        return {};
    }

    // The first of the moves that is open to monitoring as the case stands.
    Result<void> move_by_itself(const WarningStanding& warning, const CaseRow& row,
                                std::initializer_list<std::string_view> moves, const Fields& fields) {
        const CaseState before = fold(TRY(repository::select_events(desk_.shelf, row.head)));
        const Date on = std::min(std::max(warning.changed_on, before.last_on), today_);
        const auto pack = TRY(need_pack(desk_, row.head.pack, row.head.opened_on));
        const policy::Machine* machine = TRY(need_machine(*pack, row.head.machine));
        for (const std::string_view id : moves) {
            const policy::Move* move = move_as_open(*machine, row.now.state, id);
            if (move == nullptr || std::ranges::find(move->from, row.now.state) == move->from.end()) continue;
            MoveRequest request{std::string(id), on, {}, {}};
            for (const auto& [field, values] : fields) {
                if (!values.empty()) request.fields[field] = values;
            }
            return need_made(TRY(move_within(desk_, program, row.head.id, request)));
        }
        return {};
    }

    static Fields fields_of(const WarningStanding& warning, const std::vector<std::string>& events) {
        Fields fields;
        if (!events.empty()) fields[std::string(subject_field)] = events;
        if (!warning.level.empty()) fields[std::string(level_field)] = {warning.level};
        return fields;
    }

    static Result<void> need_made(const Moved& moved) {
        if (moved.kind == Moved::Kind::made) return {};
        const Text why = moved.faults.empty() ? Text{"未办理", "not made"} : moved.faults.front().text;
        return fail(ErrorKind::invalid, "warning_not_raised", why);
    }

    // The office from which the pack dispatches, above the household's own; where there is none of that
    // level, the next below it.
    Result<std::optional<UnitId>> office_of(const WarningStanding& warning) {
        const auto own = TRY(access::unit_of(desk_.shelf.database, warning.household, today_));
        if (!own) return std::optional<UnitId>();
        const auto pack = TRY(need_pack(desk_, pack_, today_));
        const policy::Machine* machine = TRY(need_machine(*pack, warning_machine));
        const policy::Move* raise = machine->move("raise");
        const std::string level = raise == nullptr ? std::string() : raise->level;
        const auto wanted = access::unit_kind(level);
        for (const UnitId unit : units_.path(*own, today_)) {
            const access::Unit* office = units_.find(unit);
            if (wanted && office != nullptr && office->kind >= *wanted) return std::optional(unit);
        }
        return own;
    }

    Desk& desk_;
    const access::UnitTree& units_;
    std::string pack_;
    Date today_;
};

}  // namespace

Result<std::vector<SettledWarning>> settled_warnings(Desk& desk, std::span<const WarningStanding> standing) {
    std::vector<SettledWarning> settled;
    for (const WarningStanding& warning : standing) {
        if (!warning.is_open) continue;
        const auto row = TRY(repository::select_by_source(desk.shelf, source_of(warning)));
        if (!row || !row->now.is_closed) continue;
        const GoneOn gone = TRY(gone_on(desk, *row));
        if (!gone.row.now.is_closed || !was_closed_by_a_person(gone.events)) continue;
        if (!fresh_events(warning, gone.told).empty()) continue;
        settled.push_back({warning.household, gone.events.back().on, warning.changed_on});
    }
    return settled;
}

Result<RaiseReport> raise_warnings(Desk& desk, const access::UnitTree& units, std::string_view pack,
                                   std::span<const WarningStanding> standing) {
    constexpr std::size_t portion = 200;
    Raiser raiser(desk, units, pack);
    for (std::size_t from = 0; from < standing.size(); from += portion) {
        const auto some = standing.subspan(from, std::min(portion, standing.size() - from));
        // Alone: what is read of a case must still be so when it is moved. Beside others, a second raising
        // and an officer's own move would meet it, and the whole work would end with their conflict.
        TRY_VOID(desk.shelf.database.write([&]() -> Result<void> {
            for (const WarningStanding& warning : some) TRY_VOID(raiser.take(warning));
            return {};
        }));
    }
    return std::move(raiser.report);
}

}  // namespace doudi::casework
