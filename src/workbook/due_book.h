// SPDX-License-Identifier: Apache-2.0
// Who is due by rhythm as a workbook: a row a household's line, with a drop-down for what is to become of it
// (open its case, or not yet and why). Its words are Chinese whoever sends it out.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casework/returned/returned_due.h"
#include "workbook/records.h"

namespace doudi::workbook {

// Of the kind of list: keys of it are none of a list of cases.
inline constexpr std::string_view due_list = "rhythms/due";

// A line with what stands in its row beside its days.
struct DueShown {
    casework::repository::ListedDue due;
    std::optional<std::string> head_name;  // as the reader sees it; held against nothing when it comes back
    std::string unit, category, machine, rhythm;
    std::string standing;  // of the day on which it left; held against nothing
};

[[nodiscard]] WorkList due_columns();
[[nodiscard]] Result<void> send_due(const std::vector<DueShown>& lines, std::span<const std::byte> secret,
                                    const std::filesystem::path& path);

// A line as it stands now, within the reach of whoever sends the workbook back; none: it is being done, due
// no more, or out of reach.
using DueNow = std::function<Result<std::optional<DueShown>>(
    const std::string& household, const std::string& category, const std::string& machine)>;
struct ReturnedDueRows {
    std::vector<casework::ReturnedDue> rows;  // numbered from 1
    std::size_t unchanged = 0;
    std::vector<HouseholdId> households;  // of the lines that were looked at
};
// Nothing is written. Errors are those of take_back(). Refused beside what that refuses: "due_choice" (no
// choice was made), "due_reason" (not yet, without a word why), "due_unread" (a reason beside an opening, a
// day beside what is not opened or has a day of its own: it would be lost without a word).
[[nodiscard]] Result<ReturnedDueRows> take_due(const DueNow& now, std::span<const std::byte> secret,
                                               const std::filesystem::path& path);

}  // namespace doudi::workbook
