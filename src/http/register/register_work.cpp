// SPDX-License-Identifier: Apache-2.0
#include "http/register/register_work.h"

#include <boost/json.hpp>
#include <string>

#include "access/units.h"
#include "http/cases/case_work.h"
#include "http/register/household_warnings.h"
#include "http/request/call.h"
#include "http/request/payload.h"
#include "match/register_import.h"
#include "upkeep/verbs.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

json::array numbers(const std::vector<upkeep::CaseId>& ids) {
    json::array all;
    for (const auto id : ids) all.emplace_back(std::to_string(id.value()));
    return all;
}

Result<std::string> apply(WorkPlace& place) {
    MonitoredWarnings warnings(place.writer);
    const auto taken = TRY(upkeep::take_due(place.writer, warnings, civil_day(place.clock.now())));
    place.desks.published();
    if (warnings.has_staged()) (void)TRY(raise_cases(place));
    json::array hindered;
    for (const auto& one : taken.hindered) {
        hindered.push_back(json::object{{"case", std::to_string(one.change.value())},
                                        {"code", one.why.code},
                                        {"text", words(one.why.text)}});
    }
    return json::serialize(
        json::object{{"in_force", numbers(taken.cases)}, {"hindered", std::move(hindered)}});
}

registry::ProposalPart part_of(const json::object& parameters) {
    using registry::ProposalPart;
    ProposalPart part;
    for (const auto what : {ProposalPart::What::all, ProposalPart::What::add, ProposalPart::What::change,
                            ProposalPart::What::households}) {
        if (name_of(what) == text_of(parameters, "part")) part.what = what;
    }
    for (const auto& id : parameters.at("households").as_array())
        part.households.emplace_back(static_cast<std::uint32_t>(id.as_int64()));
    return part;
}

// Households that are new belong to an office from the file's day on: by their region, else to the one for
// which the file came.
Result<void> place_new(WorkPlace& place, const jobs::Job& job, PublishId id) {
    auto desk = TRY(place.desks.take());
    const auto proposal = TRY(registry::find_proposal(desk->data, id));
    ensure(proposal.has_value(), "a proposal that was decided");
    access::UnitId unit(proposal->unit);
    if (unit == access::UnitId()) unit = access::UnitId(static_cast<std::uint32_t>(std::stoul(job.unit)));
    (void)TRY(access::place_new_households(desk->database, unit, proposal->as_of));
    return {};
}

Result<std::string> decide(WorkPlace& place, const jobs::Job& job, const json::object& parameters) {
    const auto part = part_of(parameters);
    const registry::Decision decision{
        .accepted = text_of(parameters, "verdict") == "accept",
        .part = part.what,
        .by = {static_cast<std::uint32_t>(job.asked_by), text_of(parameters, "by_name")},
        .reason = text_of(parameters, "reason"),
        .at = place.clock.now()};
    const PublishId proposal(static_cast<std::uint64_t>(parameters.at("proposal").as_int64()));
    const auto decided = TRY(match::decide_proposal(place.writer, proposal, part, decision, place.threads));
    place.desks.published();
    if (decision.accepted) TRY_VOID(place_new(place, job, proposal));
    return json::serialize(json::object{{"households", decided.households},
                                        {"members", decided.members},
                                        {"overtaken", decided.overtaken},
                                        {"waiting", decided.waiting}});
}

Result<std::string> work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto parameters = json::parse(job.parameters).as_object();  // we wrote it
    progress.stage({"正在更新名册", "bringing the register up to date"});
    return text_of(parameters, "what") == "decide" ? decide(place, job, parameters) : apply(place);
}

}  // namespace

jobs::Kind register_kind(WorkPlace& place) {
    return {.name = "register",
            .lane = jobs::Lane::publishing,
            .title = {"名册维护", "Upkeep of the register"},
            .work = [&place](const jobs::Job& job,
                             jobs::Progress& progress) { return work(place, job, progress); },
            .fresh = "register"};
}

Result<void> take_due_changes(WorkPlace& place, AsOf as_of) {
    MonitoredWarnings warnings(place.writer);
    (void)TRY(upkeep::take_due(place.writer, warnings, as_of.date));
    return {};
}

Result<upkeep::Asked> ask_about_absent(WorkPlace& place, const match::RegisterProposed& proposed,
                                       const match::RegisterTerms& terms, AsOf as_of) {
    access::Session session;
    session.user = access::UserId(terms.by.user);
    session.user_name = terms.by.name;
    const upkeep::LeftOut left_out{proposed.proposal,          as_of.date,
                                   access::UnitId(terms.unit), proposed.absent_households,
                                   proposed.absent_members,    terms.at};
    return upkeep::ask_about(place.writer, *place.changes, session, left_out);
}

}  // namespace doudi::http
