// SPDX-License-Identifier: Apache-2.0
// A case that goes into another open one of its household (`into` of a move): what it was told and was not
// yet answered goes on there, by moves of the other case within the same transaction, each from the day and
// by the level from which it counts. So no event is lost, and no due day becomes a later one.
#include "casework/ties/merging.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "casework/moves/mover.h"

namespace doudi::casework {

namespace {

using repository::CaseRow;

std::optional<CaseId> case_named(const Fields& told, const std::string& field) {
    const std::string text = first_of(told, field);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return CaseId(number);
}

// What one move of the other case is told.
struct Step {
    std::string move;
    Fields fields;
};

// One running of the clock: what it is about, and whether it still runs.
struct Running {
    Mark start;
    bool runs = false;
    std::vector<std::string> about;  // filled with what nothing nearer is about
};

bool is_about(const Running& one, const std::string& subject, int told_by) {
    if (one.start.subject.empty()) return told_by <= one.start.event;
    const std::string all = ";" + one.start.subject + ";";
    return all.find(";" + subject + ";") != std::string::npos;
}

class Going {
  public:
    Going(const StandingCase& standing, const policy::IntoRule& into, const std::vector<CaseEvent>& events)
        : standing_(standing), into_(into) {
        for (const ClockReading& clock : standing.clocks) add_running(clock);
        std::set<std::string> seen;
        for (const CaseEvent& event : events) {
            const auto told = event.fields.find(subject_field);
            if (told == event.fields.end()) continue;
            for (const std::string& subject : told->second)
                if (seen.insert(subject).second) add_subject(subject, event.number);
        }
    }

    [[nodiscard]] std::vector<Step> steps() const {
        std::vector<Step> steps;
        for (const Running& one : running_) {
            if (!one.runs) continue;
            Fields fields = told(one.about);
            fields[std::string(counts_from_field)] = {one.start.day.iso()};
            if (!one.start.level.empty()) fields[std::string(counts_as_field)] = {one.start.level};
            steps.push_back({into_.running, std::move(fields)});
        }
        if (!rest_.empty() || into_.clock.empty()) steps.push_back({into_.others, told(rest_)});
        return steps;
    }

  private:
    void add_running(const ClockReading& clock) {
        if (clock.rule->id != into_.clock) return;
        const auto start = std::ranges::find_if(standing_.state.marks, [&](const Mark& mark) {
            return mark.id == clock.rule->from && mark.day == clock.started_on &&
                   mark.subject == clock.subject;
        });
        ensure(start != standing_.state.marks.end(), "a clock starts with a mark");
        running_.push_back({*start, !clock.ended_on, {}});
    }

    // The running that names it goes before the one that is about all that was told by then; what was
    // answered stays where it was answered.
    void add_subject(const std::string& subject, int told_by) {
        Running* nearest = nullptr;
        for (Running& one : running_) {
            if (!is_about(one, subject, told_by)) continue;
            const bool is_nearer = nearest == nullptr || (one.runs && !nearest->runs) ||
                                   (one.runs == nearest->runs && !one.start.subject.empty());
            if (is_nearer) nearest = &one;
        }
        if (nearest == nullptr) {
            rest_.push_back(subject);
        } else if (nearest->runs) {
            nearest->about.push_back(subject);
        }
    }

    [[nodiscard]] Fields told(const std::vector<std::string>& subjects) const {
        Fields fields;
        if (!subjects.empty()) fields[std::string(subject_field)] = subjects;
        fields[std::string(taken_from_field)] = {std::to_string(standing_.head.id.value())};
        return fields;
    }

    const StandingCase& standing_;
    const policy::IntoRule& into_;
    std::vector<Running> running_;
    std::vector<std::string> rest_;  // under no clock yet
};

// The move by which it is asked first whether a case goes into another: with it a case is under way. Null:
// the pack has none.
const policy::Move* begins_under_way(const policy::Machine& machine, const policy::Move& joins) {
    const auto found = std::ranges::find_if(machine.moves, [&](const policy::Move& move) {
        return move.pending && move.pending->asks_unknown && move.pending->joins == joins.id;
    });
    return found == machine.moves.end() ? nullptr : &*found;
}

// When it left all of these marks; none: it has not.
std::optional<Date> left_on(const CaseState& state, const std::vector<std::string>& marks) {
    std::optional<Date> last;
    for (const std::string& id : marks) {
        const auto mark = std::ranges::find(state.marks, id, &Mark::id);
        if (mark == state.marks.end()) return std::nullopt;
        last = std::max(last, std::optional(mark->day));
    }
    return last;
}

// One whose clocks began no later; or one that cannot go the other way.
bool puts_off_no_day(const StandingCase& standing, const policy::Move& joins, const policy::Move& begins,
                     const CaseHead& into, const CaseState& other) {
    const bool is_shut =
        std::ranges::any_of(joins.shut_by, [&](const std::string& id) { return other.made_by.contains(id); });
    if (is_shut) return true;
    const auto own = left_on(standing.state, begins.marks);
    const auto since = left_on(other, begins.marks);
    if (since) return !own || *since <= *own;
    return !own && into.opened_on <= standing.head.opened_on;
}

}  // namespace

bool is_higher_level(const policy::Pack& pack, std::string_view level, std::string_view than) {
    const auto place = [&](std::string_view id) {
        return std::ranges::find(pack.levels, id, &policy::Level::id) - pack.levels.begin();
    };
    return place(level) < place(than);
}

std::optional<CaseId> goes_into(const policy::Machine& machine, const std::vector<CaseEvent>& events) {
    if (events.empty()) return std::nullopt;
    const policy::Move* last = machine.move(events.back().move);
    if (last == nullptr || !last->into) return std::nullopt;
    return case_named(events.back().fields, last->into->field);
}

Result<void> Mover::check_into(const StandingCase& standing, const policy::Move& move,
                               const MoveRequest& request, Moved& moved) {
    if (!move.into) return {};
    const auto refuse = [&](std::string_view code, Text text) -> Result<void> {
        moved.faults.push_back({move.into->field, std::string(code), std::move(text)});
        return {};
    };
    const auto named = case_named(request.fields, move.into->field);
    std::optional<CaseRow> row;
    if (named) row = TRY(repository::select_case(shelf_, *named));
    // A case that an office does not reach is none that it is told of.
    if (!row || !desk_.units.within(row->head.unit, actor_.unit, standing.today))
        return refuse("into_unknown", {"您的辖区内没有这件办件", "there is no such case within your reach"});
    if (row->head.id == standing.head.id)
        return refuse("into_itself", {"不能并入自身", "a case does not go into itself"});
    const bool is_same = row->head.machine == standing.head.machine && row->head.household &&
                         row->head.household == standing.head.household;
    if (!is_same)
        return refuse("into_other", {"只能并入同一户的同类办件",
                                     "it goes into a case of the same kind and household alone"});
    if (row->now.is_closed)
        return refuse("into_closed", {"该办件已办结，不能并入", "that case is closed: nothing goes into it"});
    const policy::Move* begins = begins_under_way(*standing.machine, move);
    if (begins == nullptr) return {};
    const CaseState other = fold(TRY(repository::select_events(shelf_, row->head)));
    if (puts_off_no_day(standing, move, *begins, row->head, other)) return {};
    return refuse("into_later",
                  {fmt::format("只能并入先“{}”的办件（都未“{}”的，并入先登记的），时限不因并入而延后",
                               begins->title.zh, begins->title.zh),
                   fmt::format("it goes into the one in which '{}' was made first or, where it was made in "
                               "neither, into the one that was opened first: no day is put off",
                               begins->title.en)});
}

Result<void> Mover::go_into(const StandingCase& standing, const policy::Move& move, const CaseEvent& event,
                            Moved& moved) {
    if (!move.into) return {};
    const auto named = case_named(event.fields, move.into->field);
    ensure(named.has_value(), "the case was named when the move was checked");
    const auto events = TRY(repository::select_events(shelf_, standing.head));
    for (Step& step : Going(standing, *move.into, events).steps()) {
        const auto row = TRY(repository::select_case(shelf_, *named));
        if (!row) return case_unknown(*named);
        const StandingCase other =
            TRY(standing_of(row->head, fold(TRY(repository::select_events(shelf_, row->head)))));
        const std::string level = first_of(standing.state.fields, level_field);
        if (is_higher_level(*other.pack, level, first_of(other.state.fields, level_field)))
            step.fields[std::string(level_field)] = {level};
        const policy::Move* taken = move_as_open(*other.machine, other.state.state, step.move);
        if (taken != nullptr)
            std::erase_if(step.fields, [&](const auto& one) { return !taken->tells(one.first); });
        TRY_VOID(move_by_law(*named, {step.move, event.on, step.fields, {}}, moved));
    }
    return {};
}

}  // namespace doudi::casework
