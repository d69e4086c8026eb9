// SPDX-License-Identifier: Apache-2.0
// What stands in the column id_number of the register: the packed number, or in a sealed folder what it is
// found by.
#pragma once
#include <cstdint>
#include <optional>

#include "base/id_number.h"
#include "store/data_folder.h"
#include "store/number_index.h"

namespace doudi::registry {

// For one thread.
class NumberColumn {
  public:
    explicit NumberColumn(const store::DataFolder& folder) {
        if (folder.seal() != nullptr) index_.emplace(*folder.seal());
    }
    [[nodiscard]] std::int64_t column_of(IdNumber number) {
        return index_ ? index_->index_of(number.packed()) : static_cast<std::int64_t>(number.packed());
    }
    [[nodiscard]] IdNumber number_of(std::int64_t column) {
        return IdNumber::from_packed(index_ ? index_->number_of(column) : static_cast<std::uint64_t>(column));
    }

  private:
    std::optional<store::NumberIndex> index_;
};

}  // namespace doudi::registry
