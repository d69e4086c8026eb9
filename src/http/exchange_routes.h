// SPDX-License-Identifier: Apache-2.0
// The routes of the exchange, and what they find beside what all routes share.
#pragma once
#include <vector>

#include "http/call.h"
#include "http/exchange_rounds.h"
#include "http/route.h"

namespace doudi::http {

// An office has these services and no others (office.cpp).
struct ExchangeServices : Services {
    ExchangeServices(const Services& shared, ExchangeRounds& rounds) : Services(shared), exchange(rounds) {}
    ExchangeRounds& exchange;
};
[[nodiscard]] inline ExchangeRounds& exchange_of(const Call& call) {
    return static_cast<const ExchangeServices&>(call.services).exchange;
}

// What goes to other platforms and comes from them.
[[nodiscard]] std::vector<Route> exchange_routes();

}  // namespace doudi::http
