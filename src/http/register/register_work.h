// SPDX-License-Identifier: Apache-2.0
// The register kept up by the board: confirmed changes take effect, rows that a file proposed are accepted or
// refused. What publishes has one lane, so that none of it comes between another's rows.
#pragma once
#include <vector>

#include "http/office/work.h"
#include "match/import.h"
#include "upkeep/questions.h"

namespace doudi::http {

[[nodiscard]] jobs::Kind register_kind(WorkPlace& place);

// Confirmed changes whose day has come by then, before something else is run of that day.
[[nodiscard]] Result<void> take_due_changes(WorkPlace& place, AsOf as_of);
// Asks about whom a register's files left out, within the publication of the files.
[[nodiscard]] Result<upkeep::Asked> ask_about_absent(WorkPlace& place,
                                                     const match::RegisterProposed& proposed,
                                                     const match::RegisterTerms& terms, AsOf as_of);

}  // namespace doudi::http
