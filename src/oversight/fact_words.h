// SPDX-License-Identifier: Apache-2.0
// Facts of households that are words (urban, rural), by the rows and rules by which determination reads them:
// of the whole register at once, when the first is asked, and anew after a publication.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "oversight/register_cases.h"

namespace doudi::oversight {

class FactWords {
  public:
    // What is told must outlive this.
    FactWords(store::DataFolder& store, const policy::Policy& policy) : store_(store), policy_(policy) {}

    // Empty: it is not known as of that day, or the law has no such fact.
    [[nodiscard]] Result<std::string> of(HouseholdId household, std::string_view fact, Date day);

  private:
    struct Known {
        PublishId at;
        Date day;
        RegisterCases cases;
        std::map<HouseholdId, std::size_t> rows;
    };
    [[nodiscard]] Result<void> read(Date day);

    store::DataFolder& store_;
    const policy::Policy& policy_;
    std::optional<Known> known_;
};

}  // namespace doudi::oversight
