// SPDX-License-Identifier: Apache-2.0
// A list below a case drawn by what the register says: each household of a category, or of an office, becomes
// a case below (a campaign's surveys). Who stands on the list already stays; sent again it adds nobody twice.
#include <fmt/format.h>

#include <algorithm>

#include "casework/lists/below.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_news.h"
#include "http/cases/case_routes.h"
#include "http/register/repository.h"

namespace doudi::http {
namespace {

namespace json = boost::json;
using casework::Moved;

struct DrawAsked {
    HouseholdFilter filter;
    Date on;
    std::optional<Date> due_on;
};

DrawAsked draw_asked(Call& call, BodyFields& fields, const policy::Law& law) {
    DrawAsked asked;
    asked.filter.category = fields.text("category");
    if (law.category_of(asked.filter.category) < 0)
        fields.fault("category", "unknown_category", {"政策包没有这一类别", "the pack has no such category"});
    if (const auto code = fields.optional_text("unit")) {
        const auto* unit = call.units->find(*code);
        if (unit == nullptr || !call.units->within(unit->id, call.who().unit, call.today()))
            fields.fault("unit", "no_such_unit",
                         {"没有这个单位，或不在您的辖区内", "there is no such office within your reach"});
        if (unit != nullptr) asked.filter.place.below = unit->id;
    }
    asked.on = fields.optional_date("on").value_or(call.today());
    asked.due_on = fields.optional_date("due_on");
    fields.finish();
    return asked;
}

struct Drawn {
    std::uint64_t made = 0;
    std::uint64_t there = 0;
    std::uint64_t matched = 0;
};

casework::OpenRequest opening_of(const casework::CaseHead& above, const policy::Machine& machine,
                                 const PlacedHousehold& placed, const DrawAsked& asked) {
    casework::OpenRequest request;
    request.machine = machine.id;
    request.pack = above.pack;
    request.household = placed.id;
    request.unit = placed.unit.value_or(above.unit);
    request.parent = above.id;
    const auto opening =
        std::ranges::find_if(machine.moves, [](const auto& move) { return move.from.empty(); });
    request.first = {opening == machine.moves.end() ? std::string() : opening->id, asked.on, {}, {}};
    if (asked.due_on) request.first.fields[std::string(casework::day_field)] = {asked.due_on->iso()};
    return request;
}

bool stands_on_it(const Moved& moved) {
    return std::ranges::any_of(moved.faults, [](const auto& fault) { return fault.code == "listed_twice"; });
}

Outcome<Response> draw_list(Call& call) {
    constexpr std::size_t most_households = 2000;
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    const casework::CaseHead& above = found->row.head;
    auto pack = law_of_case(call, above.pack, above.opened_on);
    if (!pack) return std::unexpected(std::move(pack).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const DrawAsked asked = draw_asked(call, fields, (*pack)->law);
    if (!faults.empty()) return std::unexpected(faults.failure());
    const policy::Machine* machine = listed_machine((*pack)->law, above.machine);
    if (machine == nullptr)
        return std::unexpected(
            Failure(422, "lists_nobody", {"这类办件没有名单", "a case of this kind has no list"}));
    const auto rows =
        TRY(list_households(call.desk.data, call.scope(access::Verb::read, access::Thing::household),
                            asked.filter, "", most_households + 1));
    if (rows.size() > most_households)
        return std::unexpected(
            Failure(422, "too_many",
                    {fmt::format("超过 {} 户，请按单位分批列入", most_households),
                     fmt::format("more than {} households: draw them office by office", most_households)}));
    auto& look = call.looked("case.list_drawn");
    look.verb = access::Verb::create;
    auto desk = case_desk(call);
    const casework::Actor actor = actor_of(call);
    Drawn drawn{.matched = rows.size()};
    for (const PlacedHousehold& placed : rows) {
        Moved moved;
        TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
            moved = TRY(casework::open_within(desk, actor, opening_of(above, *machine, placed, asked)));
            return {};
        }));
        look.households.push_back(placed.id);
        if (moved.kind == Moved::Kind::made) {
            ++drawn.made;
            tell_of_move(call, moved);
        } else if (stands_on_it(moved)) {
            ++drawn.there;
        } else {
            return std::unexpected(refused_move(moved));
        }
    }
    return json_answer(
        json::object{{"matched", drawn.matched}, {"made", drawn.made}, {"already_there", drawn.there}});
}

}  // namespace

const policy::Machine* listed_machine(const policy::Law& law, std::string_view above) {
    for (const policy::Machine& machine : law.procedures.machines)
        if (casework::listing_of(law, machine.id, above) != nullptr) return &machine;
    return nullptr;
}

std::vector<Route> listing_routes() {
    return {{.method = "POST",
             .path = "/api/v1/cases/{id}/listed",
             .operation = "drawList",
             .handler = draw_list,
             .who = Who::signed_in,
             .request_type = "application/json",
             .deadline = std::chrono::seconds{120}}};
}

}  // namespace doudi::http
