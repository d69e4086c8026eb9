// SPDX-License-Identifier: Apache-2.0
// Where the office stands with each peer that it ever spoke to, from the store alone.
#pragma once
#include <string>
#include <vector>

#include "exchange/repository.h"

namespace doudi::exchange::repository {

struct PeerStatus {
    std::string peer;
    Standing standing;
    std::vector<StateCount> out, in;
    std::uint64_t differences = 0;  // that nobody has settled

    [[nodiscard]] std::uint64_t out_in(std::string_view state) const;
    [[nodiscard]] std::uint64_t in_in(std::string_view state) const;
};
[[nodiscard]] Result<std::vector<PeerStatus>> read_status(Shelf& shelf);

}  // namespace doudi::exchange::repository
