// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_news.h"

#include "casework/repository.h"
#include "http/cases/case_desk.h"
#include "http/request/payload.h"

namespace doudi::http {

namespace {

namespace json = boost::json;

constexpr std::string_view kind = "case";

}  // namespace

void tell_of_case(Call& call, casework::CaseId of) {
    auto desk = case_desk(call);
    const auto row = casework::repository::select_case(desk.shelf, of);
    if (!row || !*row) return;
    const auto& [head, now] = **row;
    const access::Unit* unit = call.units->find(head.unit);
    const auto law = call.law();
    const policy::Machine* machine = law ? (*law)->pack.law.procedures.machine(head.machine) : nullptr;
    if (unit == nullptr || machine == nullptr) return;
    const json::object body{{"case", std::to_string(of.value())},
                            {"machine", head.machine},
                            {"thing", machine->thing},
                            {"state", now.state},
                            {"unit", unit->code},
                            {"department", head.department}};
    (void)call.services.board.announce(kind, json::serialize(body));
}

void tell_of_move(Call& call, const casework::Moved& moved) {
    if (moved.kind != casework::Moved::Kind::made) return;
    tell_of_case(call, moved.of);
    for (const casework::CaseId one : moved.followed) tell_of_case(call, one);
}

std::function<bool(const jobs::FreshEvent&)> news_for(Call& call) {
    return [units = call.units, session = call.who(), today = call.today(),
            roles = &call.services.roles](const jobs::FreshEvent& event) {
        if (event.kind != kind) return true;
        boost::system::error_code failure;
        const json::value told = json::parse(event.body, failure);
        if (failure || !told.is_object() || session.kind == access::SessionKind::citizen) return false;
        const json::object& body = told.get_object();
        const auto thing = thing_named(text_if_there(body, "thing"));
        if (!thing || !roles->may(session, access::Verb::read, *thing)) return false;
        const access::Unit* unit = units->find(text_if_there(body, "unit"));
        if (unit == nullptr) return false;
        const std::string department = text_if_there(body, "department");
        if (!session.department.empty()) {
            return access::Scope::of(*roles, *units, session, access::Verb::read, *thing, today)
                .covers({.unit = unit->id, .department = department});
        }
        return units->within(unit->id, session.unit, today);
    };
}

}  // namespace doudi::http
