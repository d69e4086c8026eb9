// SPDX-License-Identifier: Apache-2.0
#include "http/case_news.h"

#include <algorithm>

#include "casework/repository.h"
#include "http/case_desk.h"

namespace doudi::http {

namespace {

namespace json = boost::json;

constexpr std::string_view kind = "case";

std::string text_of(const json::object& body, std::string_view name) {
    const json::value* found = body.if_contains({name.data(), name.size()});
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

void tell(Call& call, const casework::repository::CaseRow& row, const policy::Machine& machine) {
    const access::Unit* unit = call.units->find(row.head.unit);
    if (unit == nullptr) return;
    const json::object body{{"case", std::to_string(row.head.id.value())},
                            {"machine", row.head.machine},
                            {"thing", machine.thing},
                            {"state", row.now.state},
                            {"unit", unit->code},
                            {"department", row.head.department}};
    (void)call.services.board.announce(kind, json::serialize(body));
}

bool starts(const policy::Move& move, std::string_view machine) {
    return std::ranges::find(move.starts, machine, &policy::StartRule::machine) != move.starts.end();
}

}  // namespace

void tell_of_case(Call& call, casework::CaseId of) {
    auto desk = case_desk(call);
    const auto row = casework::repository::select_case(desk.shelf, of);
    const auto law = call.law();
    if (!row || !*row || !law) return;
    if (const auto* machine = (*law)->pack.law.procedures.machine((*row)->head.machine))
        tell(call, **row, *machine);
}

void tell_of_move(Call& call, const casework::Moved& moved, const casework::MoveRequest& made) {
    if (moved.kind != casework::Moved::Kind::made) return;
    auto desk = case_desk(call);
    const auto row = casework::repository::select_case(desk.shelf, moved.of);
    const auto law = call.law();
    if (!row || !*row || !law) return;
    const policy::Procedures& procedures = (*law)->pack.law.procedures;
    const policy::Machine* machine = procedures.machine((*row)->head.machine);
    if (machine == nullptr) return;
    tell(call, **row, *machine);
    const policy::Move* move = machine->move(made.move);
    if (move == nullptr || move->starts.empty()) return;
    const auto below = casework::repository::select_children(desk.shelf, moved.of);
    if (!below) return;
    for (const auto& one : *below) {
        const policy::Machine* other = procedures.machine(one.head.machine);
        if (other != nullptr && starts(*move, other->id) && one.head.opened_on == made.on)
            tell(call, one, *other);
    }
}

std::function<bool(const jobs::FreshEvent&)> news_for(Call& call) {
    return [units = call.units, session = call.who(), today = call.today(),
            roles = &call.services.roles](const jobs::FreshEvent& event) {
        if (event.kind != kind) return true;
        boost::system::error_code failure;
        const json::value told = json::parse(event.body, failure);
        if (failure || !told.is_object() || session.kind == access::SessionKind::citizen) return false;
        const json::object& body = told.get_object();
        const auto thing = thing_named(text_of(body, "thing"));
        if (!thing || !roles->may(session, access::Verb::read, *thing)) return false;
        const access::Unit* unit = units->find(text_of(body, "unit"));
        if (unit == nullptr || !units->within(unit->id, session.unit, today)) return false;
        return session.department.empty() || session.department == text_of(body, "department");
    };
}

}  // namespace doudi::http
