// SPDX-License-Identifier: Apache-2.0
// Who asks, for what, from where: every read and write of a person's data takes a Session.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"

namespace doudi::access {

using UserId = Id<struct UserTag>;
using UnitId = Id<struct UnitTag>;
using SessionId = Id<struct SessionTag, std::uint64_t>;

enum class SessionKind : std::uint8_t {
    staff,    // an account
    citizen,  // a person, by a code that a window issued or by a provincial identity
    token,    // a department's machine
    machine,  // this program itself, on the command line
};

// A session that is not full may only do what ends its stage (or end itself): every other question of
// Roles is answered no.
enum class SessionStage : std::uint8_t { full, needs_second_factor, needs_new_password };

// Why a person's data is asked for. Both texts go into the audit log.
struct Why {
    std::string purpose;   // id of access/roles.yaml, `purposes`: "visit", "review"
    std::string case_ref;  // the case at hand: warning, application, task; empty: none
};

struct Session {
    SessionId id;
    SessionKind kind = SessionKind::staff;
    SessionStage stage = SessionStage::full;
    UserId user;                           // 0 for citizens and tokens
    std::string user_name;                 // of the account or token; empty for citizens
    std::vector<std::string> roles;        // ids of access/roles.yaml
    UnitId unit;                           // acts within this unit and all below it
    std::string department;                // id as in datasets/ ("hr"); empty: the civil-affairs office
    std::optional<PersonId> person;        // a citizen's own
    std::optional<HouseholdId> household;  // and the household as the register has it now
    Why why;                               // of this request
    std::string from;                      // address
};

}  // namespace doudi::access
