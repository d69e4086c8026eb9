// SPDX-License-Identifier: Apache-2.0
// A person opens the case of a household that is due by rhythm: with the reason, the clause and the day. What
// is not due yet, or is being done, is not opened by it; sent twice, it is one case.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "casework/rhythms/rhythms_repository.h"
#include "casework/verbs.h"

namespace doudi::casework {

struct OpenedDue {
    enum class Kind : std::uint8_t {
        made,
        already_there,  // that very line was opened before
        not_due,        // before its month
        refused,        // `moved.faults` say why
    };
    Kind kind = Kind::refused;
    std::optional<CaseId> of;  // of made and already_there
    Moved moved;
};

// By which the line is due on that day, or may be.
[[nodiscard]] const RhythmRule* rule_on(const std::vector<RhythmRule>& rules, const DueLine& line, Date day);

// `pack`: the office's law. `due_on`: until when it is to be done, where the line has no day of its own.
// "rhythm_unknown": the law no longer names the rhythm by which the line was made. Within write().
[[nodiscard]] Result<OpenedDue> open_due_within(Desk& desk, const Actor& actor, std::string_view pack,
                                                const repository::ListedDue& due, std::optional<Date> due_on);

}  // namespace doudi::casework
