// SPDX-License-Identifier: Apache-2.0
// Reminders in the store.
#pragma once
#include "casework/lists/reminders.h"

namespace doudi::casework::repository {

// Gives its number. Within write().
[[nodiscard]] Result<std::int64_t> insert_reminder(Shelf& shelf, const CaseHead& head,
                                                   const Reminder& reminder);
// Without their texts.
[[nodiscard]] Result<std::vector<Reminder>> select_reminders(Shelf& shelf, std::span<const Readable> readable,
                                                             std::optional<CaseId> of,
                                                             std::optional<std::int64_t> before,
                                                             std::size_t limit);
// Empty: it was forgotten with whom the case is about.
[[nodiscard]] Result<std::string> select_reminder_text(Shelf& shelf, const CaseHead& head, std::int64_t id);

}  // namespace doudi::casework::repository
