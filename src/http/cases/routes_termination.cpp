// SPDX-License-Identifier: Apache-2.0
// A department tells that it has ended its help to someone (C25: the platform did not ask). The answer is
// about the form alone: whether the person is on the register is not told. Sent twice it is one case.
#include <fmt/format.h>

#include "http/cases/case_desk.h"
#include "http/cases/case_news.h"
#include "http/register/asked_person.h"
#include "http/register/reach.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// The machine by which every pack takes such a word (procedures/ended_help.yaml).
constexpr std::string_view termination_machine = "ended_help";

struct Told {
    AskedPerson person;
    casework::MoveRequest first;
};

Outcome<Told> read_told(Call& call, const policy::Law& law, const policy::Machine& machine) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    Told told{read_asked_person(fields), {}};
    const std::string benefit = fields.text("benefit");
    const Date ended_on = fields.date("ended_on");
    const std::string reason = fields.prose("reason", {.most = 2000});
    if (law.benefit_of(benefit) < 0)
        fields.fault("benefit", "no_such_benefit", {"没有这个救助项目", "the pack has no such benefit"});
    if (ended_on > call.today())
        fields.fault("ended_on", "on_future", {"日期不能晚于今天", "the day lies after today"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    for (const policy::Move& move : machine.moves)
        if (move.from.empty()) told.first.move = move.id;
    told.first.on = call.today();
    told.first.fields = {{"benefit", {benefit}}, {"ended_on", {ended_on.iso()}}, {"reason", {reason}}};
    return told;
}

Outcome<void> open_told(Call& call, const std::string& pack, const Told& told,
                        const registry::Member& member) {
    const auto unit = TRY(access::unit_of(call.desk.database, member.household, call.today()));
    casework::OpenRequest request;
    request.machine = termination_machine;
    request.pack = pack;
    request.household = member.household;
    request.person = member.id;
    request.unit = unit.value_or(office_above(call));
    request.first = told.first;
    request.source = fmt::format("{}/{}/{}/{}", termination_machine, member.id.value(),
                                 casework::first_of(told.first.fields, "benefit"),
                                 casework::first_of(told.first.fields, "ended_on"));
    auto desk = case_desk(call);
    if (TRY(casework::repository::select_by_source(desk.shelf, request.source))) return {};
    const auto moved = TRY(casework::open_case(desk, actor_of(call), request));
    if (moved.kind == casework::Moved::Kind::refused)
        return std::unexpected(Failure(403, "not_allowed", moved.faults.front().text));
    tell_of_move(call, moved);
    return {};
}

Outcome<Response> tell_termination(Call& call) {
    constexpr int taken = 202;
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Pack& pack = (*law)->pack;
    const policy::Machine* machine = pack.law.procedures.machine(termination_machine);
    if (machine == nullptr)
        return std::unexpected(
            Failure(422, "no_such_machine", {"本政策包不受理部门终止告知", "this pack takes no such word"}));
    auto told = read_told(call, pack.law, *machine);
    if (!told) return std::unexpected(std::move(told).error());
    auto& look = call.looked("termination");
    look.verb = access::Verb::query;
    look.thing = access::Thing::category;
    const auto member = TRY(find_asked_person(call, told->person));
    if (member) {
        look.persons.push_back(member->id);
        look.households.push_back(member->household);
        if (auto opened = open_told(call, pack.id, *told, *member); !opened)
            return std::unexpected(std::move(opened).error());
    }
    return json_answer(json::object{{"taken", true}}, taken);
}

}  // namespace

std::vector<Route> termination_routes() {
    return {{.method = "POST",
             .path = "/api/v1/terminations",
             .operation = "tellTermination",
             .handler = tell_termination,
             .verb = access::Verb::query,
             .thing = access::Thing::category,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
