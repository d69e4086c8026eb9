// SPDX-License-Identifier: Apache-2.0
// Enactments in the store; the only SQL of this room. Rows are added, never changed.
#pragma once
#include <span>
#include <vector>

#include "base/result.h"
#include "ruledesk/records.h"
#include "store/database.h"

namespace doudi::ruledesk::repository {

// By number.
[[nodiscard]] Result<std::vector<Enactment>> select_enactments(store::Database& database);
// Of all enactments up to that number, in the order in which they were put into force.
[[nodiscard]] Result<std::vector<Figure>> select_figures(store::Database& database, std::uint64_t known);
[[nodiscard]] Result<std::vector<PackFile>> select_files(store::Database& database, std::uint64_t enactment);

// Inside of a write(). Gives the number.
[[nodiscard]] Result<std::uint64_t> insert_enactment(store::Database& database, const Enactment& enactment);
[[nodiscard]] Result<void> insert_figures(store::Database& database, std::uint64_t enactment,
                                          std::span<const Figure> figures);
[[nodiscard]] Result<void> insert_files(store::Database& database, std::uint64_t enactment,
                                        std::span<const PackFile> files);

}  // namespace doudi::ruledesk::repository
