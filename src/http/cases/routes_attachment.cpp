// SPDX-License-Identifier: Apache-2.0
// Photographs, signatures and scans of a case: taken by their content, told by their hash.
#include <fmt/format.h>

#include <algorithm>

#include "archive/seal.h"
#include "casework/kept/attachments.h"
#include "casework/ties/tying.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"

namespace doudi::http {
namespace {

constexpr int created = 201;

access::Look& look_at(Call& call, const casework::repository::ListedCase& one, access::Verb verb) {
    auto& look = call.looked("case.attachment");
    look.verb = verb;
    if (one.row.head.household) look.households.push_back(*one.row.head.household);
    if (one.row.head.person) look.persons.push_back(*one.row.head.person);
    return look;
}

bool may_move(Call& call, const casework::CaseView& view) {
    const casework::MoveQuestion question = view.question(call.today());
    // Whose household it is takes no papers of its own.
    return !std::ranges::all_of(casework::open_moves(question, actor_of(call)),
                                [](const policy::Move* move) { return casework::is_tying(*move); });
}

// What one opened oneself, within the reach of one's right to open such cases (access/roles.yaml).
bool has_opened(Call& call, const casework::CaseView& view) {
    const access::Session& who = call.who();
    const auto thing = thing_named(view.machine->thing);
    if (!thing || who.user == access::UserId() || view.events.front().by != who.user) return false;
    const access::ScopedRow row{
        .household = view.head.household, .person = view.head.person, .unit = view.head.origin};
    return call.scope(access::Verb::create, *thing).covers(row);
}

bool is_closed(const casework::CaseView& view) {
    const policy::MachineState* state = view.machine->state(view.state.state);
    return state != nullptr && state->kind == policy::StateKind::final;
}

Failure not_allowed() {
    constexpr int forbidden = 403;
    return {forbidden,
            "not_allowed",
            {"您当前不能办理这件办件", "there is nothing that you may do with this case now"}};
}

// Whoever may not do anything with a case adds nothing to it, save what they opened themselves; to a closed
// one only what it waits for, until its file is sealed.
Outcome<void> check_adding(Call& call, const casework::CaseView& view, std::string_view hash) {
    if (!has_opened(call, view) && !may_move(call, view)) return std::unexpected(not_allowed());
    if (!is_closed(view)) return {};
    auto desk = case_desk(call);
    const auto awaited = TRY(casework::awaited_attachments(desk, view));
    if (TRY(casework::has_attachment(desk, view.head.id, hash))) return {};
    if (std::ranges::find(awaited, hash, &casework::AwaitedAttachment::hash) == awaited.end())
        return std::unexpected(not_allowed());
    const auto file = TRY(archive::file_standing(desk, view));
    if (file.state == archive::FileState::unsealed) return {};
    constexpr int conflict = 409;
    return std::unexpected(Failure(
        conflict, "file_sealed",
        {"案卷已归档封存，不再收附件", "the case's file is sealed and takes no attachment any more"}));
}

// Of a case that its reader reads in part only what a step that they read named.
Outcome<void> check_reading(Call& call, casework::Desk& desk, const casework::repository::ListedCase& found,
                            const std::string& hash) {
    auto whole = TRY(casework::read_case(desk, found.row.head.id, call.today()));
    const auto reached = TRY(reached_case(call, found, std::move(whole)));
    const auto names_it = [&](const casework::CaseEvent& event) {
        return std::ranges::any_of(event.fields, [&](const auto& field) {
            return std::ranges::find(field.second, hash) != field.second.end();
        });
    };
    if (!reached.is_cut || std::ranges::any_of(reached.view.events, names_it)) return {};
    return std::unexpected(TRY(household_out_of_reach(call, found.row.head)));
}

}  // namespace

Outcome<Response> add_attachment(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto of = found->row.head.id;
    const auto view = TRY(casework::read_case(desk, of, call.today()));
    const std::string& body = call.request.body;
    const auto content = std::as_bytes(std::span(body.data(), body.size()));
    if (auto may = check_adding(call, view, casework::attachment_name(content)); !may)
        return std::unexpected(std::move(may).error());
    const auto hash = TRY(casework::keep_attachment(desk, actor_of(call), of, content));
    look_at(call, *found, access::Verb::create);
    return json_answer(boost::json::object{{"hash", hash}}, created);
}

Outcome<Response> get_attachment(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    // They are marked sensitive in every pack.
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto desk = case_desk(call);
    if (auto may = check_reading(call, desk, *found, call.parameter("hash")); !may) {
        look_at(call, *found, access::Verb::read);
        return std::unexpected(std::move(may).error());
    }
    const auto one = TRY(casework::read_attachment(desk, found->row.head.id, call.parameter("hash")));
    look_at(call, *found, access::Verb::read);
    Response response;
    response.body = std::string(reinterpret_cast<const char*>(one.content.data()), one.content.size());
    response.headers.add("Content-Type", one.type);
    response.headers.add("Content-Disposition", "attachment");
    return response;
}

}  // namespace doudi::http
