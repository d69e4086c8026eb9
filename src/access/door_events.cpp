// SPDX-License-Identifier: Apache-2.0
#include "access/door_events.h"

#include <fmt/format.h>

#include "access/secrets.h"

namespace doudi::access {

Result<void> note_door(const AccountServices& services, const Session& who, Verb verb, std::string what,
                       std::string flag) {
    if (services.log == nullptr) return {};
    Look look;
    look.who = who;
    look.verb = verb;
    look.thing = Thing::session;
    if (who.person) look.persons = {*who.person};
    look.what = std::move(what);
    look.flag = std::move(flag);
    return services.log->append(look);
}

Session someone_at_the_door(const repository::AccountRow* account, std::string_view from) {
    Session who;
    who.why.purpose = "routine";
    who.from = from;
    if (account == nullptr) return who;
    who.user = account->account.id;
    who.user_name = account->account.name;
    who.roles = account->account.roles;
    who.unit = account->account.unit;
    who.department = account->account.department;
    return who;
}

std::string name_mark(std::string_view folded_name) {
    constexpr std::size_t group = 8;
    const std::string hash = sm3_hex(folded_name);
    // In groups: eleven digits in a row would be taken for a person's number, and the log hides those.
    return fmt::format("name {}-{}", hash.substr(0, group), hash.substr(group, group));
}

}  // namespace doudi::access
