// SPDX-License-Identifier: Apache-2.0
#include "casework/actors.h"

#include <map>
#include <string>

namespace doudi::casework {

Actor actor_of(const access::Session& session, const access::UnitTree& units, Date day) {
    Actor actor;
    actor.user = session.user;
    actor.roles = session.roles;
    actor.unit = session.unit;
    actor.department = session.department;
    actor.region = units.region_of(actor.unit, day);
    // A department's unit acts at the level of the office under which it stands.
    for (const access::UnitId unit : units.path(actor.unit, day)) {
        const access::Unit* office = units.find(unit);
        if (office != nullptr && office->kind != access::UnitKind::department)
            actor.level = access::name_of(office->kind);
    }
    return actor;
}

std::optional<access::Thing> thing_named(std::string_view name) {
    for (int n = 0; n < access::thing_count; ++n) {
        if (access::name_of(static_cast<access::Thing>(n)) == name) return static_cast<access::Thing>(n);
    }
    return std::nullopt;
}

std::vector<repository::Readable> readable_by(const policy::Procedures& procedures,
                                              const access::Roles& roles, const access::UnitTree& units,
                                              const access::Session& session, Date day) {
    std::map<access::Thing, std::vector<std::string>> machines;
    for (const policy::Machine& machine : procedures.machines) {
        if (const auto thing = thing_named(machine.thing)) machines[*thing].push_back(machine.id);
    }
    std::vector<repository::Readable> readable;
    for (auto& [thing, ids] : machines) {
        auto scope = access::Scope::of(roles, units, session, access::Verb::read, thing, day);
        if (!scope.is_empty()) readable.push_back({std::move(ids), std::move(scope)});
    }
    return readable;
}

}  // namespace doudi::casework
