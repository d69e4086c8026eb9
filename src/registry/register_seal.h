// SPDX-License-Identifier: Apache-2.0
// What the register's rows say of a person as it stands in the store: in a plain folder as it is; in a sealed
// one names, numbers, phones, addresses and incomes are one sealed record a row, their columns are empty, and
// the number's column holds the number under a keyed permutation, by which it is found.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/records.h"
#include "store/data_folder.h"
#include "store/row_seal.h"

namespace doudi::registry {

// The tables that hold rows of the register alike: household and member, proposed_household and
// proposed_member.
enum class Ledger : std::uint8_t { standing, proposed };

struct MemberSecrets {
    std::uint64_t number = 0;  // packed; 0: none known
    std::string_view name;
    std::string_view phone;
};
struct HouseholdSecrets {
    std::string_view address;
    std::string_view head_name;
    std::optional<Money> income = std::nullopt;  // per head and month; none: not known
};

// For one thread. Views and spans are valid until the next call.
class RegisterSeal {
  public:
    // Nothing in a plain folder. Of rows that stand, or of rows that a file proposed.
    [[nodiscard]] static Result<std::optional<RegisterSeal>> of(const store::DataFolder& folder,
                                                                Ledger ledger = Ledger::standing);
    // That which the folder keeps, for the thread that works on the folder itself: made once.
    [[nodiscard]] static Result<std::optional<RegisterSeal>> kept_by(store::DataFolder& folder,
                                                                     Ledger ledger = Ledger::standing);

    // Each under a key of that person, or household, too. Empty: the key was destroyed, nothing is said of
    // them.
    [[nodiscard]] std::span<const std::byte> seal(PublishId publish, PersonId id,
                                                  const MemberSecrets& secrets);
    [[nodiscard]] std::span<const std::byte> seal(PublishId publish, HouseholdId id,
                                                  const HouseholdSecrets& secrets);
    // Of one whose key was destroyed all is empty, also if there is no record.
    [[nodiscard]] bool is_gone(PersonId id);
    [[nodiscard]] bool is_gone(HouseholdId id);
    [[nodiscard]] Result<MemberSecrets> open_member(std::int64_t publish, std::int64_t id,
                                                    std::span<const std::byte> sealed);
    [[nodiscard]] Result<HouseholdSecrets> open_household(std::int64_t publish, std::int64_t id,
                                                          std::span<const std::byte> sealed);

  private:
    RegisterSeal(std::shared_ptr<store::RowSeal> members, std::shared_ptr<store::RowSeal> households);
    std::shared_ptr<store::RowSeal> members_;
    std::shared_ptr<store::RowSeal> households_;
    std::vector<std::byte> content_;
};

// All rows of the register of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_register_rows(store::DataFolder& folder);

}  // namespace doudi::registry
