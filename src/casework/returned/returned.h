// SPDX-License-Identifier: Apache-2.0
// Workbooks that came back: each row is one move of one case that waits until a person takes it or leaves it.
// A row whose case has gone on since the list left is never made: whoever filled it in knew another case.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/lists/lists_repository.h"
#include "casework/verbs.h"

namespace doudi::casework {

using WorkbookId = Id<struct WorkbookTag, std::uint64_t>;

// How many rows one workbook may bring.
inline constexpr std::size_t most_returned_rows = 5000;

enum class RowOutcome : std::uint8_t {
    waiting,   // for a person
    refused,   // it could not be read: `refusals` say why, and nothing of it is kept
    made,      // `event` of its case
    moved_on,  // its case had gone on: nothing was done
    left,      // a person has left it
};
[[nodiscard]] std::string_view name_of(RowOutcome outcome);

// What every row that came back is, whatever it is about.
struct ReturnedAt {
    int number = 0;  // from 1
    std::string sheet;
    std::uint32_t row = 0;  // of the sheet, as a person counts
    std::vector<Error> refusals = {};
    RowOutcome outcome = RowOutcome::waiting;
    bool forgotten = false;  // what it told went with the key of whom it was about
};

struct ReturnedRow : ReturnedAt {
    std::optional<CaseId> of;  // none: none of ours
    int seen = 0;              // how many events the case had when the list left
    MoveRequest request;       // its client key is empty: the row is taken once because it is settled once
    int event = 0;
};

struct NewWorkbook {
    std::string machine;
    std::string file_name;
    std::string hash;  // SHA-256 of the file, in hex
    std::size_t unchanged = 0;
};

struct RowCounts {
    std::uint64_t waiting = 0, refused = 0, made = 0, moved_on = 0, left = 0;
};

struct Workbook {
    WorkbookId id;
    NewWorkbook file;
    Instant at;
    UserId by;
    UnitId unit;
    RowCounts rows;
};

// Kept as one; the same file of the same person again is the one that is there. "workbook_rows".
[[nodiscard]] Result<WorkbookId> keep_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                               const std::vector<ReturnedRow>& rows);
[[nodiscard]] Result<std::optional<Workbook>> find_workbook(Desk& desk, WorkbookId id);
// The one that this file of this person is already, if it is.
[[nodiscard]] Result<std::optional<Workbook>> find_workbook_of(Desk& desk, const Actor& actor,
                                                               const NewWorkbook& file);
// Whose workbooks are one's own, or come from an office that one reaches by cases of that machine.
[[nodiscard]] bool is_in_reach(const Workbook& workbook, UserId asker,
                               std::span<const repository::Readable> readable);
// The newest first.
[[nodiscard]] Result<std::vector<Workbook>> list_workbooks(Desk& desk, std::size_t most);
[[nodiscard]] Result<std::vector<ReturnedRow>> read_rows(Desk& desk, WorkbookId id, int after,
                                                         std::size_t most);
[[nodiscard]] Result<std::optional<ReturnedRow>> find_row(Desk& desk, WorkbookId id, int number);
// Numbers of the rows that wait.
[[nodiscard]] Result<std::vector<int>> waiting_rows(Desk& desk, WorkbookId id, int after, std::size_t most);

// "row_unknown".
[[nodiscard]] std::unexpected<Error> row_unknown(int number);
// Against what is taken of a row whose words are gone.
[[nodiscard]] MoveFault row_forgotten();

struct TakenRow {
    RowOutcome outcome = RowOutcome::waiting;  // as it stands now; still waiting: `faults` say why
    int event = 0;
    std::vector<MoveFault> faults;
    std::optional<Moved> moved = {};  // of one that was made just now
};

// What speaks against making a row's move now; empty: it may be made.
[[nodiscard]] std::vector<MoveFault> against(const Actor& actor, const ReturnedRow& row, const CaseView& view,
                                             Date today);

// The row becomes a move of whoever takes it, in one transaction with its being settled; taken again, it is
// what it was. "row_unknown".
[[nodiscard]] Result<TakenRow> take_row(Desk& desk, const Actor& actor, WorkbookId id, int number);
[[nodiscard]] Result<TakenRow> leave_row(Desk& desk, const Actor& actor, WorkbookId id, int number);
// The one or the other, of a row whose case the actor reaches; nothing: there is no such row, or it waits for
// somebody else. Its household is added to `households`.
[[nodiscard]] Result<std::optional<TakenRow>> settle_reached(Desk& desk, const Actor& actor,
                                                             std::span<const repository::Readable> readable,
                                                             WorkbookId id, int number, bool takes,
                                                             std::vector<HouseholdId>& households);

}  // namespace doudi::casework
