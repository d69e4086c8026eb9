// SPDX-License-Identifier: Apache-2.0
// Every machine of every pack, walked at random: whatever is tried, each event follows its machine, and what
// stands beside a case is what its events say.
#include <algorithm>
#include <random>
#include <tuple>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Type = policy::FieldRule::Type;

// Somebody of every role, at each office: whoever may make a move is among them.
std::vector<Actor> people() {
    std::vector<Actor> all;
    unsigned id = 20;
    for (const auto& [unit, level, department] :
         {std::tuple(1U, "county", ""), std::tuple(2U, "township", ""), std::tuple(4U, "county", "hr"),
          std::tuple(4U, "county", "agriculture")}) {
        for (int copy = 0; copy < 2; ++copy) {
            all.push_back({UserId(id++),
                           {"county_caseworker", "township_officer", "village_worker", "verification_clerk",
                            "city_monitor_officer", "fund_clerk", "partner_department", "agriculture_officer",
                            "service_provider", "social_worker", "citizen"},
                           UnitId(unit),
                           level,
                           "441699101",
                           department});
        }
    }
    all.push_back(program);
    return all;
}

class Walk {
  public:
    Walk(Office<store::OnSqlite>& office, const policy::Machine& machine, unsigned seed)
        : office_(office), machine_(machine), people_(people()), random_(seed) {}

    CaseId go(int steps) {
        CaseId of;
        for (int step = 0; step < steps; ++step) {
            const policy::Move& move = machine_.moves[below(machine_.moves.size())];
            const Actor& who = people_[below(people_.size())];
            const MoveRequest request{move.id, office_.today(), told(move), ""};
            if (of == CaseId()) {
                of = opened(who, request);
            } else if (!move.from.empty()) {
                (void)move_case(office_.desk, who, of, std::nullopt, request);
            }
            office_.go_on(static_cast<int>(below(4)));
        }
        return of;
    }

  private:
    std::size_t below(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_);
    }

    CaseId opened(const Actor& who, MoveRequest first) {
        OpenRequest request;
        request.machine = machine_.id;
        request.pack = office_.pack_id;
        request.household = HouseholdId(5);
        request.person = PersonId(7);
        request.unit = UnitId(2);
        request.first = std::move(first);
        const auto moved = open_case(office_.desk, who, request);
        return moved && moved->kind == Moved::Kind::made ? moved->of : CaseId();
    }

    Fields told(const policy::Move& move) {
        Fields fields;
        for (const std::string& id : move.needs) fields[id] = values_of(id);
        for (const std::string& id : move.may)
            if (below(3) == 0) fields[id] = values_of(id);
        return fields;
    }

    std::vector<std::string> values_of(const std::string& id) {
        const policy::Law& law = office_.law();
        const policy::FieldRule& field = *law.procedures.field(id);
        switch (field.type) {
            case Type::word:
                return {field.words[below(field.words.size())].first};
            case Type::flag:
                return {below(4) == 0 ? "false" : "true"};
            case Type::date:
                return {office_.today().iso()};
            case Type::count:
            case Type::money:
                return {"100"};
            case Type::unit:
                return {below(2) == 0 ? "2" : "4"};
            case Type::users:
            case Type::people:
                return {"2", "3"};
            case Type::department:
                return {route("departments")};
            case Type::departments:
                return {"health", "civil"};
            case Type::category:
                return {law.categories[below(law.categories.size())].id};
            case Type::benefit:
            case Type::benefits:
                return {law.benefits[below(law.benefits.size())].id};
            case Type::branch:
                return {route("branches")};
            case Type::attachments:
                return {std::string(64, 'a')};
            default:
                return {"1"};
        }
    }

    std::string route(std::string_view section) {
        std::vector<std::string> ids;
        for (const policy::RouteElement& one : office_.law().routes)
            if (one.section == section) ids.push_back(one.id);
        return ids[below(ids.size())];
    }

    Office<store::OnSqlite>& office_;
    const policy::Machine& machine_;
    std::vector<Actor> people_;
    std::mt19937 random_;
};

// Each event from a state that its move leaves, to the state that it leads to.
bool follows(const CaseView& view) {
    std::string state;
    for (const CaseEvent& event : view.events) {
        const policy::Move* move = view.machine->move(event.move);
        if (move == nullptr) return false;
        const bool open =
            move->from.empty() ? state.empty() : std::ranges::find(move->from, state) != move->from.end();
        if (!open) return false;
        state = event.to;
    }
    return state == view.state.state;
}

}  // namespace

TEST_CASE("any state of any machine is what its events say") {
    for (const char* pack :
         {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024", "shanxi-county"}) {
        CAPTURE(pack);
        Office<store::OnSqlite> office(pack);
        office.clock.advance(std::chrono::days(300));  // all five are in force
        unsigned seed = 1;
        int opened = 0;
        for (const policy::Machine& machine : office.law().procedures.machines) {
            CAPTURE(machine.id);
            for (int walk = 0; walk < 3; ++walk)
                opened += Walk(office, machine, seed++).go(40) == CaseId() ? 0 : 1;
        }
        CHECK(opened > static_cast<int>(office.law().procedures.machines.size()));
        const auto rows = value(repository::select_cases_of(office.desk.shelf, HouseholdId(5)));
        for (const auto& row : rows) {
            CAPTURE(row.head.machine);
            CHECK(value(is_sound(office.desk, row.head.id)));
            CHECK(follows(office.view(row.head.id)));
        }
    }
}

}  // namespace doudi::casework
