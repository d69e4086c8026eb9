// SPDX-License-Identifier: Apache-2.0
// As which category one person of a household is known: of a household's category each of its people, of a
// category of single persons (单人保) whoever was decided on, and nobody else of the house by it. Nothing is
// guessed: where neither register nor decisions say it, it is unknown.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "casework/payments/paid.h"
#include "policy/law.h"

namespace doudi::http {

struct PersonCategory {
    std::optional<bool> low_income;  // none: it is not known
    std::string category;            // empty: none, or which one is not known
    friend bool operator==(const PersonCategory&, const PersonCategory&) = default;
};

// `household`: the category of the register's row, of a household that stands; `members`: so many people it
// has; `decided`: its decisions that hold.
[[nodiscard]] PersonCategory category_of_person(const policy::Law& law, const std::string& household,
                                                std::size_t members,
                                                std::span<const casework::PaidTo> decided, PersonId person);

}  // namespace doudi::http
