// SPDX-License-Identifier: Apache-2.0
#include "casework/actors.h"

#include <algorithm>
#include <map>
#include <string>

#include "casework/ties/tying.h"

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

namespace {

// Where one of these roles has a step to make.
std::vector<repository::MachineAt> at_hand_of(const policy::Procedures& procedures,
                                              const std::vector<std::string>& machines,
                                              const std::vector<std::string>& roles) {
    std::vector<repository::MachineAt> at_hand;
    for (const std::string& id : machines) {
        const policy::Machine& machine = *procedures.machine(id);
        const auto is_at_hand = [&](const policy::MachineState& state) {
            return std::ranges::any_of(machine.moves, [&](const policy::Move& move) {
                return std::ranges::find(move.from, state.id) != move.from.end() &&
                       std::ranges::find_first_of(move.by, roles) != move.by.end();
            });
        };
        for (const policy::MachineState& state : machine.states)
            if (is_at_hand(state)) at_hand.push_back({id, state.id});
    }
    return at_hand;
}

std::vector<repository::MachineMove> ties_of(const policy::Procedures& procedures,
                                             const std::vector<std::string>& machines) {
    std::vector<repository::MachineMove> ties;
    for (const std::string& id : machines) {
        for (const policy::Move& move : procedures.machine(id)->moves)
            if (is_tying(move) && !is_untying(move)) ties.push_back({id, move.id});
    }
    return ties;
}

}  // namespace

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
        if (scope.is_empty()) continue;
        std::vector<repository::MachineAt> at_hand;
        if (scope.desk_above() != access::UnitId()) at_hand = at_hand_of(procedures, ids, session.roles);
        readable.push_back({std::move(ids), std::move(scope), std::move(at_hand)});
        // Whoever opens no household at all is told whom a case is about because it is addressed to them.
        if (session.kind != access::SessionKind::staff || !session.department.empty()) continue;
        const auto households =
            access::Scope::of(roles, units, session, access::Verb::read, access::Thing::household, day);
        if (households.is_empty()) continue;
        readable.back().ties = ties_of(procedures, readable.back().machines);
        readable.back().households = households;
    }
    return readable;
}

}  // namespace doudi::casework
