// SPDX-License-Identifier: Apache-2.0
// What is due to a household that applies or is reviewed: determined on its facts by the office's law, of a
// review held against what is paid, and told to the case as what was found. Nothing is proposed by it: a
// person does, and another decides.
#include <fmt/format.h>

#include <algorithm>

#include "casework/found.h"
#include "casework/payments/paid.h"
#include "determine/review.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_news.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"
#include "http/cases/determination.h"
#include "http/cases/kept_determination.h"

namespace doudi::http {

namespace json = boost::json;
using casework::Fields;
using casework::Moved;
using determine::ReviewAnswer;

namespace {

// The move by which its machine is told what was found; null: it has none.
const policy::Move* determining_move(const policy::Machine& machine) {
    const auto found = std::ranges::find_if(machine.moves, casework::is_determined);
    return found == machine.moves.end() ? nullptr : &*found;
}

json::object replay_json(const determine::ReplayKey& key) {
    return {{"pack", key.pack},
            {"pack_version", key.pack_version},
            {"pack_hash", key.pack_hash},
            {"parameters_hash", key.parameters_hash},
            {"calendar_hash", key.calendar_hash},
            {"case_hash", key.case_hash},
            {"as_of", key.as_of.iso()},
            {"engine", key.engine},
            {"enactment", key.enactment}};
}

std::vector<std::string> in_chinese(const std::vector<Text>& texts) {
    std::vector<std::string> all;
    for (const Text& text : texts) all.push_back(text.zh);
    return all;
}

std::vector<std::string> fen(const std::optional<Money>& amount) {
    if (!amount) return {};
    return {std::to_string(amount->fen())};
}

std::vector<std::string> word(std::string text) {
    if (text.empty()) return {};
    return {std::move(text)};
}

// Each of them, also those without a value: what an earlier determination found no longer holds.
Fields found_fields(const ReviewAnswer& answer, const casework::PaidCase& paid,
                    const determine::ReplayKey& key) {
    namespace found = casework::found;
    Fields fields;
    const auto put = [&](std::string_view id, std::vector<std::string> values) {
        fields[std::string(id)] = std::move(values);
    };
    put(found::kind, word(determine::word_of(answer.kind)));
    put(found::category, word(answer.category));
    put(found::amount, fen(answer.amount));
    put(found::next, word(answer.next));
    put(found::why, in_chinese(answer.why));
    put(found::missing, in_chinese(answer.missing));
    put(found::replay, word(json::serialize(replay_json(key))));
    put(found::sample, word(answer.sample ? "true" : "false"));
    put(found::paid, word(paid.of ? std::to_string(paid.of->value()) : std::string()));
    put(found::before, fen(paid.amount));
    put(found::income, fen(answer.income));
    return fields;
}

// The case's own household, and who of it the members are.
json::object register_of(const std::string& household, const json::value* members, const json::object& told) {
    json::object on_register;
    if (!household.empty()) on_register["household"] = household;
    if (members != nullptr) {
        on_register["members"] = *members;
        return on_register;
    }
    const auto* list = told.if_contains("members");
    json::array nobody;
    if (list != nullptr && list->is_array()) nobody.resize(list->get_array().size());
    on_register["members"] = std::move(nobody);
    return on_register;
}

struct Asked {
    json::object told;
    json::object on_register;
};

Outcome<Asked> asked_of(Call& call, const std::string& household) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const auto* told = fields.value("case");
    if (told != nullptr && !told->is_object())
        fields.fault("case", "not_an_object", {"应为一个对象", "takes an object"});
    const auto* members = fields.value("members", false);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return Asked{told->get_object(), register_of(household, members, told->get_object())};
}

// A standard of elsewhere is none of the household's.
Outcome<void> check_place(Call& call, const casework::CaseHead& head, const determine::Case& told) {
    const std::string own = call.units->region_of(head.unit, call.today());
    const bool is_there =
        own.empty() || told.region.starts_with(own) || std::string_view(own).starts_with(told.region);
    FieldFaults faults;
    if (!is_there)
        faults.add(
            "body", "/case/region", "other_region",
            {fmt::format("应为办件所在地（{}）", own), fmt::format("is not where the case is ({})", own)});
    if (told.as_of > call.today())
        faults.add("body", "/case/as_of", "on_future", {"日期不能晚于今天", "the day lies after today"});
    if (!faults.empty()) return std::unexpected(faults.failure());
    return {};
}

// Nothing is tried for somebody who may not tell the case of it.
Outcome<const policy::Move*> open_move(Call& call, const casework::CaseView& view) {
    const policy::Move* move = determining_move(*view.machine);
    if (move == nullptr)
        return std::unexpected(
            Failure(422, "determines_nothing",
                    {"这类办件不核算待遇", "nothing is determined in a case of this kind"}));
    const casework::MoveQuestion question = view.question(call.today());
    const auto open = casework::open_moves(question, actor_of(call));
    if (std::ranges::find(open, move) != open.end()) return move;
    Moved refused;
    refused.faults = casework::check_move(question, actor_of(call), {move->id, call.today(), {}, {}});
    std::erase_if(refused.faults,
                  [](const casework::MoveFault& fault) { return fault.code == casework::determined_only; });
    return std::unexpected(refused_move(refused));
}

Outcome<Response> determine_review(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    const casework::CaseHead& head = found->row.head;
    if (found->is_beyond) return std::unexpected(TRY(household_out_of_reach(call, head)));
    auto desk = case_desk(call);
    const auto view = TRY(casework::read_case(desk, head.id, call.today()));
    const auto move = open_move(call, view);
    if (!move) return std::unexpected(move.error());
    if (auto match = require_match(call, etag_of_case(view.state.events)); !match)
        return std::unexpected(std::move(match).error());
    auto asked = asked_of(call, found->household);
    if (!asked) return std::unexpected(std::move(asked).error());
    const json::value on_register = asked->on_register;
    const auto tried = determine_told(
        call,
        {.told = asked->told, .at = std::string("/case"), .on_register = &on_register, .pack = head.pack});
    if (!tried) return std::unexpected(tried.error());
    const Determined& answer = **tried;
    if (auto there = check_place(call, head, answer.told); !there)
        return std::unexpected(std::move(there).error());
    call.look->what = "case.determination";
    if (!answer.known.hides()) call.look->verb = access::Verb::change;
    const policy::Law& law = answer.law.policy.pack.law;
    const auto allowances = determine::allowances_of(law);
    const std::string machine = allowances.empty() ? std::string() : allowances.front().paid_by;
    HeldAgainst against{casework::is_applied_for(view.state), view.state.track, {}};
    if (!against.is_applied)
        against.paid = TRY(casework::paid_case(desk, head.household, machine, view.state.track));
    const ReviewAnswer review = finding_of(law, answer.told, answer.answer.told(), against);
    const Moved moved =
        TRY(casework::tell_found(desk, actor_of(call),
                                 {.of = head.id,
                                  .seen = view.state.events,
                                  .move = (*move)->id,
                                  .on = answer.told.as_of,
                                  .found = found_fields(review, against.paid, answer.answer.whole.replay),
                                  .kept = kept_determination(answer, against, review),
                                  .people = answer.people.everyone}));
    if (moved.kind == Moved::Kind::refused) return std::unexpected(refused_move(moved));
    tell_of_move(call, moved);
    return moved_answer(
        call, moved,
        {{"review", finding_json(review, against.paid)}, {"determination", determination_json(answer)}});
}

}  // namespace

std::vector<Route> review_routes() {
    return {{.method = "POST",
             .path = "/api/v1/cases/{id}/determination",
             .operation = "determineReview",
             .handler = determine_review,
             .who = Who::signed_in,
             .request_type = "application/json",
             .body_limit = std::uint64_t{1} << 20U,
             .deadline = std::chrono::seconds{30}}};
}

}  // namespace doudi::http
