// SPDX-License-Identifier: Apache-2.0
#include "store/number_index.h"

#include "vault/purpose.h"

namespace doudi::store {

// By the first data key: what was written before a new one must be found.
NumberIndex::NumberIndex(const FolderSeal& seal)
    : permutation_(seal.ring().derived(seal.ring().first(), vault::purpose_number_index, 32).bytes(),
                   vault::purpose_number_index) {}

std::int64_t NumberIndex::index_of(std::uint64_t packed) {
    return static_cast<std::int64_t>(permutation_.hidden(packed));
}

std::uint64_t NumberIndex::number_of(std::int64_t index) {
    auto number = static_cast<std::uint64_t>(index);
    permutation_.show({&number, 1});
    return number;
}

}  // namespace doudi::store
