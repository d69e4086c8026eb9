// SPDX-License-Identifier: Apache-2.0
// What an office has beside the services that all routes share, for the few that ask for it.
#pragma once
#include "http/call.h"
#include "http/lists_now.h"

namespace doudi::http {

// An office has these services and no others (office.cpp).
struct OfficeServices : Services {
    OfficeServices(const Services& shared, ListsNow& the_lists) : Services(shared), lists(the_lists) {}
    ListsNow& lists;
};
[[nodiscard]] inline ListsNow& lists_of(const Call& call) {
    return static_cast<const OfficeServices&>(call.services).lists;
}

}  // namespace doudi::http
