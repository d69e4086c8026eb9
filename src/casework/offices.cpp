// SPDX-License-Identifier: Apache-2.0
#include "casework/offices.h"

#include <algorithm>
#include <charconv>

#include "casework/routing.h"

namespace doudi::casework {

namespace {

using access::Unit;
using access::UnitKind;
using policy::HandsTo;

// The county in which an office stands; where there is none (Dongguan), the highest office above it.
UnitId county_of(const access::UnitTree& units, UnitId unit, Date day) {
    const std::vector<UnitId> path = units.path(unit, day);
    for (const UnitId one : path) {
        const Unit* office = units.find(one);
        if (office != nullptr && office->kind == UnitKind::county) return one;
    }
    return path.empty() ? unit : path.front();
}

// Of several the first that was founded; where it has none of its own, its people sit at the county's.
UnitId office_of(const access::UnitTree& units, std::string_view department, UnitId county, Date day) {
    for (const Unit& unit : units.units()) {
        const bool is_its = unit.kind == UnitKind::department && unit.department == department;
        if (is_its && units.within(unit.id, county, day)) return unit.id;
    }
    return county;
}

class Reach {
  public:
    Reach(const access::UnitTree& units, const Actor& actor, const CaseHead& head, const Fields& told)
        : units_(units), actor_(actor), head_(head), told_(told) {}

    [[nodiscard]] bool reaches(HandsTo where, const Unit& unit, Date day) const {
        switch (where) {
            case HandsTo::below:
                return !is_shut(unit) && units_.within(unit.id, actor_.unit, day);
            case HandsTo::above:
                return unit.id != actor_.unit && units_.within(actor_.unit, unit.id, day);
            case HandsTo::department: {
                std::string department = first_of(told_, department_field);
                if (department.empty()) department = head_.department;
                const UnitId county = county_of(units_, head_.unit, day);
                if (unit.kind != UnitKind::department)
                    return unit.id == office_of(units_, department, county, day);
                return unit.department == department && units_.within(unit.id, county, day);
            }
            default:
                return !is_shut(unit) && units_.place(unit.id, day) != nullptr;
        }
    }

    // A department's office sees what was sent to its department, and nothing else that lies there.
    [[nodiscard]] bool is_shut(const Unit& unit) const {
        return unit.kind == UnitKind::department && unit.department != head_.department;
    }

  private:
    const access::UnitTree& units_;
    const Actor& actor_;
    const CaseHead& head_;
    const Fields& told_;
};

}  // namespace

std::optional<UnitId> unit_told(const Fields& told) {
    const std::string text = first_of(told, unit_field);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return UnitId(number);
}

MoveRequest routed(const access::UnitTree& units, const MoveQuestion& question, const CaseHead& head,
                   const MoveRequest& request) {
    MoveRequest whole = request;
    const policy::Move* move = question.machine.move(request.move);
    if (move == nullptr || !move->tells(department_field)) return whole;
    std::string department = first_of(whole.fields, department_field);
    const bool needs_it = std::ranges::find(move->needs, department_field) != move->needs.end();
    if (department.empty() && needs_it) {
        const auto route = route_of(question.law, whole.fields, question.state.fields);
        if (!route) return whole;
        department = route->department;
        whole.fields[std::string(department_field)] = {department};
    }
    if (department.empty() || !move->tells(unit_field) || whole.fields.contains(unit_field)) return whole;
    const Date day = question.today;
    const UnitId office = office_of(units, department, county_of(units, head.unit, day), day);
    whole.fields[std::string(unit_field)] = {std::to_string(office.value())};
    return whole;
}

std::optional<MoveFault> check_office(const access::UnitTree& units, const policy::Move& move,
                                      const Actor& actor, const CaseHead& head, const MoveRequest& request,
                                      bool by_law) {
    const auto told = unit_told(request.fields);
    if (!told || by_law || actor.user == UserId()) return std::nullopt;  // the program sits in no office
    const Unit* unit = units.find(*told);
    const std::string field(unit_field);
    if (unit == nullptr) return MoveFault{field, "unit_unknown", {"没有这个单位", "there is no such office"}};
    const Reach reach(units, actor, head, request.fields);
    const bool is_reached = std::ranges::any_of(
        move.hands_to, [&](HandsTo where) { return reach.reaches(where, *unit, request.on); });
    if (is_reached) return std::nullopt;
    const bool takes_department =
        std::ranges::find(move.hands_to, HandsTo::department) != move.hands_to.end();
    if (!takes_department && reach.is_shut(*unit)) {
        return MoveFault{field,
                         "unit_of_department",
                         {"该单位是部门的单位，看不到这样交办的办件：需部门办理的，请用部门转办",
                          "this office is a department's and would not see the case: what a department is to "
                          "answer is sent to it by a referral"}};
    }
    return MoveFault{
        field,
        "unit_out_of_reach",
        {"该单位不在这一步可以交办的范围内", "the case may not be handed to this office by this step"}};
}

}  // namespace doudi::casework
