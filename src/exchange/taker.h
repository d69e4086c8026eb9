// SPDX-License-Identifier: Apache-2.0
// What takers of one message share: where they are, what it says, and how it is refused.
#pragma once
#include <string>
#include <string_view>

#include "exchange/taking.h"

namespace doudi::exchange {

class Taker {
  public:
    Taker(TakingDesk& taking, const Peer& peer, const MessageRule& rule, const Content& content, InRow& row)
        : taking_(taking), desk_(taking.desk), peer_(peer), rule_(rule), content_(content), row_(row) {}

  protected:
    // The first word of a field of ours; empty: it is not told.
    [[nodiscard]] std::string word(std::string_view field) const;
    // The message is refused, and what comes behind it goes on: the peer's name of the field stands in the
    // reason's place.
    Result<void> refuse(std::string_view ours, Text reason);
    Result<void> taken(std::string outcome);

    TakingDesk& taking_;
    Desk& desk_;
    const Peer& peer_;
    const MessageRule& rule_;
    const Content& content_;
    InRow& row_;
};

}  // namespace doudi::exchange
