// SPDX-License-Identifier: Apache-2.0
// Imports in the order in which they speak: by their day, then by the order of publishing. Ranks are for one
// run only; what is kept are publish ids.
#pragma once
#include <cstdint>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "monitor/records.h"

namespace doudi::monitor {

class ImportRanks {
  public:
    struct Import {
        AsOf as_of;
        PublishId publish;
        friend auto operator<=>(const Import&, const Import&) = default;
    };
    ImportRanks() = default;
    explicit ImportRanks(std::vector<Import> imports);  // in any order, repeats allowed

    [[nodiscard]] ImportRank rank_of(std::uint64_t publish) const;  // 0: no such import
    [[nodiscard]] std::uint64_t publish_of(ImportRank rank) const {
        return rank == 0 ? 0 : imports_[rank - 1].publish.value();
    }

  private:
    std::vector<Import> imports_;
    std::vector<ImportRank> by_publish_;
};

}  // namespace doudi::monitor
