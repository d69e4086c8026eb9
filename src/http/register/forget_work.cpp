// SPDX-License-Identifier: Apache-2.0
#include "http/register/forget_work.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "http/register/forget.h"
#include "http/request/payload.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

Forgetting forgetting_of(const ForgetPayload& payload, const std::string& reason) {
    Forgetting what{payload.household, {}, payload.persons, reason};
    if (!payload.whole && !payload.persons.empty()) what.person = payload.persons.front();
    return what;
}

access::Session who_asked(const jobs::Job& job, const json::object& parameters) {
    access::Session who;
    who.user = access::UserId(static_cast<std::uint32_t>(job.asked_by));
    who.user_name = text_of(parameters, "user");
    who.from = text_of(parameters, "from");
    who.why.purpose = "upkeep";
    return who;
}

Result<std::string> forget_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto parameters = json::parse(job.parameters).as_object();  // we wrote it
    const auto payload = read_payload(text_of(parameters, "payload"));
    const auto* asked = payload ? std::get_if<ForgetPayload>(&*payload) : nullptr;
    ensure(asked != nullptr, "what was approved");
    progress.stage({"正在销毁密钥、删除数据行", "destroying keys and removing rows"});
    const auto done = forget(place.writer, place.audit, place.policy, place.clock, who_asked(job, parameters),
                             forgetting_of(*asked, text_of(parameters, "reason")));
    place.desks.published();  // what went may be part of what some look at
    if (!done) return std::unexpected(done.error());
    const auto& until = done->originals_until;
    return json::serialize(
        json::object{{"proof", done->proof},
                     {"people", done->people},
                     {"already", done->already ? json::value(done->already->iso()) : json::value(nullptr)},
                     {"originals_until", until ? json::value(until->iso()) : json::value(nullptr)}});
}

}  // namespace

Outcome<void> check_forgetting(Call& call, const ForgetPayload& payload) {
    (void)TRY(to_forget(call.desk.data, forgetting_of(payload, {})));
    return {};
}

Outcome<Response> forget_as_approved(Call& call, const access::Proposal& proposal,
                                     const ForgetPayload& payload) {
    constexpr int accepted = 202;
    if (auto fine = check_forgetting(call, payload); !fine) return std::unexpected(std::move(fine).error());
    const std::string reason = fmt::format("{} (proposal {})", proposal.reason, proposal.id);
    const json::object parameters{{"payload", proposal.payload},
                                  {"reason", reason},
                                  {"user", call.who().user_name},
                                  {"from", call.who().from}};
    jobs::JobId id = 0;
    TRY_VOID(call.services.board.write([&](store::Database& database) -> Result<void> {
        TRY_VOID(access::use_proposal_within(database, call.services.rules, call.services.clock, proposal.id,
                                             access::Thing::retention, proposal.payload));
        id = TRY(call.services.board.add(database, {.kind = "forgetting",
                                                    .parameters = json::serialize(parameters),
                                                    .asked_by = call.asker(),
                                                    .unit = std::to_string(call.who().unit.value())}));
        return {};
    }));
    call.services.board.wake(id);
    auto& look = call.looked(fmt::format("forgetting by proposal {}: job {}", proposal.id, id));
    look.verb = access::Verb::change;
    look.thing = access::Thing::retention;
    look.reason = proposal.reason;
    look.households.push_back(payload.household);
    look.persons = payload.persons;
    Response response = json_answer(json::object{{"job", std::to_string(id)}}, accepted);
    response.headers.add("Location", fmt::format("/api/v1/jobs/{}", id));
    return response;
}

jobs::Kind forget_kind(WorkPlace& place) {
    return {.name = "forgetting",
            .lane = jobs::Lane::publishing,
            .title = {"销毁密钥、删除信息", "Forgetting of people"},
            .work = [&place](const jobs::Job& job,
                             jobs::Progress& progress) { return forget_work(place, job, progress); },
            .fresh = {}};
}

}  // namespace doudi::http
