// SPDX-License-Identifier: Apache-2.0
// Identity numbers in a column of a sealed folder's database: under a keyed permutation of its own, so that a
// number is found by what stands there (a blind index without false hits) and read back from it.
#pragma once
#include <cstdint>

#include "store/sealing.h"
#include "vault/number_permutation.h"

namespace doudi::store {

// For one thread.
class NumberIndex {
  public:
    explicit NumberIndex(const FolderSeal& seal);
    [[nodiscard]] std::int64_t index_of(std::uint64_t packed);
    [[nodiscard]] std::uint64_t number_of(std::int64_t index);

  private:
    vault::NumberPermutation permutation_;
};

}  // namespace doudi::store
