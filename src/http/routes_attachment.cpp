// SPDX-License-Identifier: Apache-2.0
// Photographs, signatures and scans of a case: taken by their content, told by their hash.
#include <fmt/format.h>

#include <algorithm>

#include "casework/attachments.h"
#include "http/case_desk.h"
#include "http/case_routes.h"

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

// Whoever may not do anything with a case adds nothing to it.
bool may_move(Call& call, const casework::CaseView& view) {
    const casework::MoveQuestion question{view.pack->law, *view.machine, view.state, call.today(),
                                          view.clocks};
    return !casework::open_moves(question, actor_of(call)).empty();
}

}  // namespace

Outcome<Response> add_attachment(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto of = found->row.head.id;
    const auto view = TRY(casework::read_case(desk, of, call.today()));
    if (!may_move(call, view))
        return std::unexpected(
            Failure(403, "not_allowed",
                    {"您当前不能办理这件办件", "there is nothing that you may do with this case now"}));
    const std::string& body = call.request.body;
    const auto hash = TRY(casework::keep_attachment(desk, actor_of(call), of,
                                                    std::as_bytes(std::span(body.data(), body.size()))));
    look_at(call, *found, access::Verb::create);
    return json_answer(boost::json::object{{"hash", hash}}, created);
}

Outcome<Response> get_attachment(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    // They are marked sensitive in every pack.
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto desk = case_desk(call);
    const auto one = TRY(casework::read_attachment(desk, found->row.head.id, call.parameter("hash")));
    look_at(call, *found, access::Verb::read);
    Response response;
    response.body = std::string(reinterpret_cast<const char*>(one.content.data()), one.content.size());
    response.headers.add("Content-Type", one.type);
    response.headers.add("Content-Disposition", "attachment");
    return response;
}

}  // namespace doudi::http
