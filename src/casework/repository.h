// SPDX-License-Identifier: Apache-2.0
// The rows of cases and events. SQL stands in repository.cpp only.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/kept/told.h"
#include "casework/records.h"
#include "store/database.h"

namespace doudi::casework::repository {

struct Shelf {
    store::Database& database;
    Seal seal;  // of what events were told; null: the folder is not sealed
};

struct Projection {
    std::string state;
    std::string track;
    int events = 0;
    std::optional<Date> due_on;  // of a clock that stands still: the last day that it can be due
    std::string due_clock;       // the clock of that day
    bool is_closed = false;
    friend bool operator==(const Projection&, const Projection&) = default;
};

struct CaseRow {
    CaseHead head;
    Projection now;
};

// A form that came too late.
struct LateForm {
    std::int64_t id = 0;
    CaseId of;
    std::string move;
    Date on;
    Instant at;
    UserId by;
    UnitId unit;
    Fields fields;
    std::string client_key;
    std::string reason;
};

// Until the transaction ends nobody else opens a case: what is read of open cases then stays true.
[[nodiscard]] Result<void> hold_openings(Shelf& shelf);
// Within write().
[[nodiscard]] Result<CaseId> insert_case(Shelf& shelf, const CaseHead& head);
// The next of a series of numbers, from 1; of two who ask at once the second waits for the first to be kept.
[[nodiscard]] Result<std::int64_t> next_number(Shelf& shelf, std::string_view series);
[[nodiscard]] Result<void> insert_event(Shelf& shelf, const CaseHead& head, const CaseEvent& event);
// Only while the case has `expected` events: false if somebody else was first.
[[nodiscard]] Result<bool> put_projection(Shelf& shelf, CaseId of, int expected, const Projection& now);
// The day alone, for a case that has no new event.
[[nodiscard]] Result<void> put_due(Shelf& shelf, CaseId of, int expected, const Projection& now);
[[nodiscard]] Result<void> put_unit(Shelf& shelf, CaseId of, UnitId unit);
// The row alone: what it was told lies under the old household's key still (kept_rows.h).
[[nodiscard]] Result<void> put_household(Shelf& shelf, CaseId of, std::optional<HouseholdId> household);
[[nodiscard]] Result<void> put_department(Shelf& shelf, CaseId of, std::string_view department);
[[nodiscard]] Result<void> insert_late(Shelf& shelf, const CaseHead& head, const LateForm& form);
[[nodiscard]] Result<bool> settle_late(Shelf& shelf, CaseId of, std::int64_t form, Instant at);

[[nodiscard]] Result<std::optional<CaseRow>> select_case(Shelf& shelf, CaseId of);
[[nodiscard]] Result<std::vector<CaseRow>> select_cases_of(Shelf& shelf, HouseholdId household);
[[nodiscard]] Result<std::vector<CaseRow>> select_open_of_unit(Shelf& shelf, std::string_view machine,
                                                               UnitId unit);
// Of one machine, open and closed.
[[nodiscard]] Result<std::vector<CaseRow>> select_of_person(Shelf& shelf, std::string_view machine,
                                                            PersonId person);
// Open cases by number, after one; those alone that were due before a day, where one is named.
[[nodiscard]] Result<std::vector<CaseRow>> select_open_after(Shelf& shelf, CaseId after, std::size_t limit,
                                                             std::optional<Date> due_before);
// Every event of one move in a time, both days included, by case.
struct MadeMove {
    CaseId of;
    UnitId unit;
    Date on;
};
[[nodiscard]] Result<std::vector<MadeMove>> select_made(Shelf& shelf, std::string_view machine,
                                                        std::string_view move, Date from, Date until);
// The office's number of a household; empty: there is none of that id.
[[nodiscard]] Result<std::string> select_code(Shelf& shelf, HouseholdId household);
// Where the register has it; empty: there is none of that id.
[[nodiscard]] Result<std::string> select_region(Shelf& shelf, HouseholdId household);
[[nodiscard]] Result<std::vector<CaseRow>> select_children(Shelf& shelf, CaseId parent);
// What whoever it is opened about that household by a form of this key, with the move that opened it.
struct OpenedBy {
    CaseRow row;
    std::string move;
};
[[nodiscard]] Result<std::optional<OpenedBy>> select_opened(Shelf& shelf, std::string_view client_key,
                                                            UserId by, std::optional<HouseholdId> household);
// The move of the late form of that key in the case.
[[nodiscard]] Result<std::optional<std::string>> select_late_move(Shelf& shelf, CaseId of,
                                                                  std::string_view client_key);
// What was raised from it, if anything was.
[[nodiscard]] Result<std::optional<CaseRow>> select_by_source(Shelf& shelf, std::string_view source);
[[nodiscard]] Result<std::vector<CaseEvent>> select_events(Shelf& shelf, const CaseHead& head);
[[nodiscard]] Result<std::vector<LateForm>> select_late(Shelf& shelf, const CaseHead& head);

// --- for changing what lies there (kept_rows.h), within write() ---
// Cases of which something lies in the clear: told, attached, determined, or an account.
[[nodiscard]] Result<std::vector<CaseId>> select_told_in_the_clear(Shelf& shelf);
[[nodiscard]] Result<void> seal_told(Shelf& shelf, const CaseHead& head);
// What lies under the key of whom `from` is about comes under that of whom `to` is about; both are one case.
// What is forgotten stays so.
[[nodiscard]] Result<void> reseal_told(Shelf& shelf, const CaseHead& from, const CaseHead& to);
// About that person, or about that household as a whole.
[[nodiscard]] Result<std::vector<CaseId>> select_cases_about(Shelf& shelf, std::optional<PersonId> person,
                                                             std::optional<HouseholdId> household);
[[nodiscard]] Result<void> clear_told(Shelf& shelf, CaseId of);

}  // namespace doudi::casework::repository
