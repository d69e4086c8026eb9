// SPDX-License-Identifier: Apache-2.0
// Which events of a case its reader may see at all (access/visibility.yaml), and what of that which they were
// told.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "casework/verbs.h"
#include "http/register/chain.h"

namespace doudi::http {

class CaseEye {
  public:
    // View must outlive it. `household`: its number; empty: of none.
    CaseEye(Call& call, const casework::CaseView& view, const std::string& household);
    // Also what one did oneself.
    [[nodiscard]] bool sees(const casework::CaseEvent& event) const;
    // Of what a move was told. No citizen is told an officer's name, nor by a field; what is sensitive, the
    // department that the case is addressed to reads where the pack lets it.
    [[nodiscard]] bool sees(const policy::FieldRule* field, const policy::Move* move) const;
    // The latest word on a field that its reader may read; null: there is none.
    [[nodiscard]] const std::vector<std::string>* latest(std::string_view field) const;

  private:
    [[nodiscard]] bool is_read_by_department(const policy::FieldRule& field, const policy::Move& move) const;

    const casework::CaseView& view_;
    ChainReader chain_;
    casework::UserId user_;
    PlacedHousehold placed_;
    bool is_office_;
    bool is_addressed_;
};

}  // namespace doudi::http
