// SPDX-License-Identifier: Apache-2.0
// The rows of what determinations were told and answered, beside the events that tell what was found.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/repository.h"

namespace doudi::casework::repository {

// Within write(). `people`: whom on the register it tells of.
[[nodiscard]] Result<void> insert_determination(Shelf& shelf, const CaseHead& head, int event,
                                                std::span<const PersonId> people, std::string_view content);
// The numbers of the events of which it is kept.
[[nodiscard]] Result<std::vector<int>> list_determinations(Shelf& shelf, CaseId of);
struct DeterminationRow {
    std::vector<PersonId> people;
    std::optional<std::string> content;  // none: the key of whom the case is about was destroyed
};
[[nodiscard]] Result<std::optional<DeterminationRow>> select_determination(Shelf& shelf, const CaseHead& head,
                                                                           int event);

// Of a folder that has just got its keys: those that lie in the clear.
[[nodiscard]] Result<void> seal_determinations(Shelf& shelf, const CaseHead& head);
// Of one case, as repository.h has it of what was told.
[[nodiscard]] Result<void> reseal_determinations(Shelf& shelf, const CaseHead& from, const CaseHead& to);
[[nodiscard]] Result<void> delete_determinations(Shelf& shelf, CaseId of);
// Those that tell of that person, whichever case they belong to.
[[nodiscard]] Result<void> delete_determinations_of(Shelf& shelf, PersonId person);

}  // namespace doudi::casework::repository
