// SPDX-License-Identifier: Apache-2.0
// Rows of the list of who is due by rhythm (rhythms.h) that came back as a workbook: each opens a household's
// case, or says why not yet, once a person takes it. A line that is another by now, or is being done, opens
// nothing: whoever filled it in knew another one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/returned/returned_opening.h"
#include "casework/rhythms/rhythms_repository.h"

namespace doudi::casework {

// Under which the workbook is kept (NewWorkbook::machine).
inline constexpr std::string_view due_workbook = "rhythms.due";

// One line: of a household, by category (empty: of the household as a whole) and by what it opens.
struct DueKey {
    HouseholdId household;
    std::string category, machine;
};

// One that does not open: not yet.
struct ReturnedDue : ReturnedOpening {
    std::optional<DueKey> of;        // none: none of ours
    std::uint64_t seen = 0;          // due_version() of the line when the list left
    std::optional<Date> until = {};  // by when it is to be done, where the line has no day of its own
    std::string reason = {};         // why not yet
};

// The same of two lines that say the same days by the same rhythms; 60 bits.
[[nodiscard]] std::uint64_t due_version(const DueLine& line);

// Kept as one; the same file of the same person again is the one that is there. "workbook_rows".
[[nodiscard]] Result<WorkbookId> keep_due_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                                   const std::vector<ReturnedDue>& rows);
[[nodiscard]] Result<std::vector<ReturnedDue>> read_due_rows(Desk& desk, WorkbookId id, int after,
                                                             std::size_t most);
[[nodiscard]] Result<std::optional<ReturnedDue>> find_due_row(Desk& desk, WorkbookId id, int number);
[[nodiscard]] Result<std::vector<int>> waiting_due_rows(Desk& desk, WorkbookId id, int after,
                                                        std::size_t most);

// The line as it stands today, within a scope; none: it is being done, is due no more, or is out of reach.
[[nodiscard]] Result<std::optional<repository::ListedDue>> find_due(Desk& desk, const access::Scope& scope,
                                                                    const DueKey& key);

using TakenDue = TakenOpening;
// What speaks against taking a row now; empty: it may be taken. `due`: its line, see find_due().
[[nodiscard]] std::vector<MoveFault> against_due(const Actor& actor, const policy::Law& law,
                                                 const ReturnedDue& row,
                                                 const std::optional<repository::ListedDue>& due, Date today);
// Whoever takes it opens the case, or keeps why not yet, in one transaction with its being settled; taken
// again, it is what it was. `pack`: the office's law. "row_unknown".
[[nodiscard]] Result<TakenDue> take_due_row(Desk& desk, const Actor& actor, const access::Scope& scope,
                                            std::string_view pack, WorkbookId id, int number);
[[nodiscard]] Result<TakenDue> leave_due_row(Desk& desk, const Actor& actor, WorkbookId id, int number);

// Why a line is not opened yet, as the last row that was taken says of it as it stands now.
struct PutOff {
    std::string reason;  // empty: it was forgotten
    Instant at;
    UserId by;
};
[[nodiscard]] Result<std::optional<PutOff>> put_off(Desk& desk, const DueLine& line);

// Of a folder that has just got its keys; of a household that is forgotten. Within write().
[[nodiscard]] Result<void> seal_due_rows(repository::Shelf& shelf);
[[nodiscard]] Result<void> clear_due_rows(repository::Shelf& shelf, HouseholdId household);

}  // namespace doudi::casework
