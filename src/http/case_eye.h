// SPDX-License-Identifier: Apache-2.0
// Which events of a case its reader may see at all (access/visibility.yaml).
#pragma once
#include "casework/verbs.h"
#include "http/chain.h"

namespace doudi::http {

class CaseEye {
  public:
    // View must outlive it. `household`: its number; empty: of none.
    CaseEye(Call& call, const casework::CaseView& view, const std::string& household);
    // Also what one did oneself.
    [[nodiscard]] bool sees(const casework::CaseEvent& event) const;

  private:
    const casework::CaseView& view_;
    ChainReader chain_;
    casework::UserId user_;
    PlacedHousehold placed_;
};

}  // namespace doudi::http
