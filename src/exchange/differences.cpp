// SPDX-License-Identifier: Apache-2.0
#include "exchange/differences.h"

#include "registry/proposals.h"

namespace doudi::exchange {

Result<std::vector<Difference>> open_differences(store::DataFolder& data, repository::Shelf& shelf,
                                                 std::string_view peer) {
    constexpr std::size_t most = 1000;
    std::vector<Difference> open;
    for (Difference& one : TRY(repository::list_differences(shelf, peer, most))) {
        const bool is_open =
            one.proposal == PublishId() || TRY(registry::count_rows(data, one.proposal)).open() > 0;
        if (is_open) open.push_back(std::move(one));
    }
    return open;
}

}  // namespace doudi::exchange
