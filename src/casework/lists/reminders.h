// SPDX-License-Identifier: Apache-2.0
// Somebody above tells an office to see to a case. Where the case's machine has a move for it (its mark is
// `reminded`) and the sender may make it, the case tells it among its events; otherwise the reminder stands
// beside the case. It changes no clock.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "casework/lists/lists_repository.h"
#include "casework/verbs.h"

namespace doudi::casework {

struct Reminder {
    std::int64_t id = 0;
    CaseId of;
    UnitId unit;  // that was told
    std::optional<Date> due_on;
    int event = 0;  // of the case; 0: none tells it
    Instant at;
    UserId by;
    UnitId from;
    std::string text;
};

// "case_unknown", "case_closed". Within write().
[[nodiscard]] Result<Reminder> remind_within(Desk& desk, const Actor& actor, CaseId of,
                                             const std::string& text);

// With the case, as it stands.
struct SentReminder {
    Reminder reminder;
    repository::ListedCase about;
};
// The newest first, before one; of cases that the scopes reach. `of`: of one case alone.
[[nodiscard]] Result<std::vector<SentReminder>> list_reminders(Desk& desk,
                                                               std::span<const repository::Readable> readable,
                                                               std::optional<CaseId> of,
                                                               std::optional<std::int64_t> before,
                                                               std::size_t limit);

}  // namespace doudi::casework
