// SPDX-License-Identifier: Apache-2.0
// What stands in the column id_number of the register: the packed number, or in a sealed folder what it is
// found by.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "base/id_number.h"
#include "store/data_folder.h"
#include "store/number_index.h"

namespace doudi::registry {

// For one thread.
class NumberColumn {
  public:
    explicit NumberColumn(const store::DataFolder& folder) : seal_(folder.seal()) {}
    [[nodiscard]] std::int64_t column_of(IdNumber number) {
        return seal_ != nullptr ? index().index_of(number.packed())
                                : static_cast<std::int64_t>(number.packed());
    }
    [[nodiscard]] IdNumber number_of(std::int64_t column) {
        return IdNumber::from_packed(seal_ != nullptr ? index().number_of(column)
                                                      : static_cast<std::uint64_t>(column));
    }

  private:
    // Its key is derived for the first number: many who could ask for one have none to ask for.
    store::NumberIndex& index() {
        if (!index_) index_.emplace(*seal_);
        return *index_;
    }
    std::shared_ptr<const store::FolderSeal> seal_;  // null: plain
    std::optional<store::NumberIndex> index_;
};

}  // namespace doudi::registry
