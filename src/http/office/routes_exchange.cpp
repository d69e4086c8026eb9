// SPDX-License-Identifier: Apache-2.0
// The exchange with other platforms: where we stand with each, its messages either way, where registers
// differ; and the one door at which peers themselves call, by their signature.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "exchange/differences.h"
#include "exchange/outbox.h"
#include "exchange/talk.h"
#include "http/cases/case_desk.h"
#include "http/office/exchange_rounds.h"
#include "http/register/register_shown.h"
#include "http/register/repository.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
using exchange::Peer;
namespace repository = exchange::repository;
namespace json = boost::json;

constexpr int not_found = 404;
constexpr int accepted = 202;

Failure no_such_peer() {
    return {not_found,
            "no_such_peer",
            {"没有这个交换对方，或不在您的辖区内", "there is no such peer within your reach"}};
}

repository::Shelf shelf_of(Call& call) {
    return {call.desk.database, call.desk.data.seal()};
}

// Whoever reaches the office where a peer's messages arrive sees it.
bool reaches(const Call& call, const Peer& peer) {
    const auto* unit = call.units->find(peer.arrives_at);
    return unit != nullptr && call.scope(call.route.verb, call.route.thing).covers({.unit = unit->id});
}

Outcome<const Peer*> found_peer(const Call& call) {
    const Peer* peer = call.services.exchange.peers().find(call.parameter("peer"));
    if (peer == nullptr || !reaches(call, *peer)) return std::unexpected(no_such_peer());
    return peer;
}

json::value time_or_null(const std::optional<Instant>& at) {
    return at ? json::value(time_text(micros_of(*at))) : json::value(nullptr);
}

json::object counts_json(const std::vector<repository::StateCount>& counts,
                         std::initializer_list<std::string_view> states) {
    json::object body;
    for (const std::string_view state : states) {
        const auto found = std::ranges::find(counts, state, &repository::StateCount::state);
        body[state] = found == counts.end() ? 0 : found->count;
    }
    return body;
}

json::value refusal_json(const exchange::Refusal& why) {
    if (why.reason.zh.empty()) return nullptr;
    return json::object{{"field", why.field}, {"reason", words(why.reason)}};
}

// --- where we stand

Outcome<json::object> peer_json(Call& call, const Peer& peer) {
    constexpr std::size_t most_missing = 50;
    namespace out = exchange::out;
    namespace in = exchange::in;
    auto shelf = shelf_of(call);
    const auto standing = TRY(repository::standing(shelf, peer.id));
    json::array missing;
    for (const auto number : TRY(repository::select_missing(shelf, peer.id, most_missing)))
        missing.emplace_back(number);
    return json::object{
        {"id", peer.id},
        {"title", words(peer.title)},
        {"channel", peer.channel.id},
        {"channel_title", words(peer.channel.title)},
        {"unit", peer.arrives_at},
        {"calls", !peer.url.empty()},
        {"heard_at", time_or_null(standing.heard_at)},
        {"tried_at", time_or_null(standing.tried_at)},
        {"failures", standing.failures},
        {"failure", standing.failure},
        {"sent_up_to", standing.last_number},
        {"arrived_up_to", standing.arrived},
        {"settled_up_to", standing.settled},
        {"missing", std::move(missing)},
        {"out",
         counts_json(TRY(repository::count_out(shelf, peer.id)),
                     {out::queued, out::sent, out::receipted, out::refused, out::given_up, out::held})},
        {"in", counts_json(TRY(repository::count_in(shelf, peer.id)), {in::kept, in::taken, in::refused})}};
}

Outcome<Response> list_peers(Call& call) {
    json::array items;
    for (const Peer& peer : call.services.exchange.peers().all) {
        if (!reaches(call, peer)) continue;
        auto body = peer_json(call, peer);
        if (!body) return std::unexpected(std::move(body).error());
        items.push_back(std::move(*body));
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

// --- messages

json::object out_json(const exchange::OutRow& row) {
    return {{"id", std::to_string(row.id)},
            {"number", row.number},
            {"kind", row.kind},
            {"source", row.source},
            {"made_at", time_text(micros_of(row.made_at))},
            {"state", row.state},
            {"attempts", row.attempts},
            {"settled_at", time_or_null(row.settled_at)},
            {"why", refusal_json(row.why)}};
}

json::object in_json(const exchange::InRow& row) {
    return {{"number", row.number},
            {"kind", row.kind},
            {"made_at", time_text(micros_of(row.made_at))},
            {"came_at", time_text(micros_of(row.came_at))},
            {"state", row.state},
            {"outcome", row.outcome},
            {"settled_at", time_or_null(row.settled_at)},
            {"why", refusal_json(row.why)}};
}

struct MessagesAsked {
    const Peer* peer = nullptr;
    std::string state;
    PageAsked page;
    std::int64_t before = 0;
};
Outcome<MessagesAsked> messages_asked(Call& call, const std::vector<std::string>& states) {
    MessagesAsked asked;
    const auto peer = found_peer(call);
    if (!peer) return std::unexpected(peer.error());
    asked.peer = *peer;
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    asked.state = query->word("state", states).value_or("");
    auto page = page_asked(call, *query, faults, 1);
    if (!page) return std::unexpected(std::move(page).error());
    asked.page = std::move(*page);
    if (!asked.page.after.empty())
        asked.before = static_cast<std::int64_t>(case_number(asked.page.after[0]).value_or(0));
    return asked;
}

// No person's field stands in a list: what a message says stays in it.
template <class Row>
Outcome<Response> message_page(Call& call, const MessagesAsked& asked, std::vector<Row> rows,
                               json::object (*shown)(const Row&), std::int64_t Row::* place,
                               ListedColumns columns) {
    std::optional<std::vector<std::string>> next;
    if (rows.size() > most_of(asked.page)) {
        rows.resize(most_of(asked.page));
        next = std::vector{std::to_string(rows.back().*place)};
    }
    auto& look = call.looked(is_file(asked.page) ? "exchange.messages.export" : "exchange.messages");
    json::array items;
    for (const Row& row : rows) {
        items.push_back(shown(row));
        if (row.household != HouseholdId()) look.households.push_back(row.household);
    }
    return listed(call, asked.page, "messages", columns, std::move(items), next);
}

Outcome<Response> list_out(Call& call) {
    const auto asked = messages_asked(call, {"queued", "sent", "receipted", "refused", "given_up", "held"});
    if (!asked) return std::unexpected(asked.error());
    auto shelf = shelf_of(call);
    auto rows = TRY(
        repository::list_out(shelf, asked->peer->id, asked->state, asked->before, most_of(asked->page) + 1));
    return message_page(call, *asked, std::move(rows), out_json, &exchange::OutRow::id,
                        {{"id"},
                         {"number", true},
                         {"kind"},
                         {"source"},
                         {"made_at"},
                         {"state"},
                         {"attempts", true},
                         {"settled_at"},
                         {"why/field"},
                         {"why/reason"}});
}

Outcome<Response> list_in(Call& call) {
    const auto asked = messages_asked(call, {"kept", "taken", "refused"});
    if (!asked) return std::unexpected(asked.error());
    auto shelf = shelf_of(call);
    auto rows = TRY(
        repository::list_in(shelf, asked->peer->id, asked->state, asked->before, most_of(asked->page) + 1));
    return message_page(call, *asked, std::move(rows), in_json, &exchange::InRow::number,
                        {{"number", true},
                         {"kind"},
                         {"made_at"},
                         {"came_at"},
                         {"state"},
                         {"outcome"},
                         {"settled_at"},
                         {"why/field"},
                         {"why/reason"}});
}

Outcome<Response> retry(Call& call) {
    const auto peer = found_peer(call);
    if (!peer) return std::unexpected(peer.error());
    const auto id = case_number(call.parameter("id"));
    if (!id)
        return std::unexpected(
            Failure(not_found, "message_unknown", {"没有这条消息", "there is no such message"}));
    casework::Desk cases = case_desk(call);
    oversight::FactWords facts(call.desk.data, call.services.policy);
    exchange::Desk desk{call.desk.data,      cases,
                        *call.units,         call.services.exchange.peers(),
                        call.services.clock, facts_by(facts, call.services.clock)};
    TRY_VOID(exchange::tell_again(desk, **peer, static_cast<std::int64_t>(*id)));
    auto& look = call.looked(fmt::format("exchange.retry {} {}", (*peer)->id, *id));
    look.verb = Verb::change;
    auto shelf = shelf_of(call);
    const auto row = TRY(repository::select_out(shelf, (*peer)->id, static_cast<std::int64_t>(*id)));
    if (row && row->household != HouseholdId()) look.households.push_back(row->household);
    call.services.exchange.wake();
    return no_content();
}

// Now, whatever pause runs after calls in vain.
Outcome<Response> begin_round(Call& call) {
    auto shelf = shelf_of(call);
    std::int64_t peers = 0;
    TRY_VOID(shelf.database.write_beside([&]() -> Result<void> {
        for (const Peer& peer : call.services.exchange.peers().all) {
            if (!reaches(call, peer)) continue;
            TRY_VOID(repository::end_pause(shelf, peer.id));
            ++peers;
        }
        return {};
    }));
    call.services.exchange.wake();
    return json_answer(json::object{{"peers", peers}}, accepted);
}

// --- where registers differ

Outcome<void> add_differences(Call& call, const Peer& peer, json::array& items) {
    auto shelf = shelf_of(call);
    auto& look = *call.look;
    for (const auto& one : TRY(exchange::open_differences(call.desk.data, shelf, peer.id))) {
        if (one.household != HouseholdId()) look.households.push_back(one.household);
        items.push_back(json::object{
            {"peer", peer.id},
            {"number", one.number},
            {"kind", one.kind},
            {"household", one.code},
            {"proposal", one.proposal == PublishId() ? json::value(nullptr)
                                                     : json::value(std::to_string(one.proposal.value()))},
            {"at", time_text(micros_of(one.at))}});
    }
    return {};
}

Outcome<Response> list_differences(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    call.looked("exchange.differences");
    for (const Peer& peer : call.services.exchange.peers().all) {
        if (!reaches(call, peer)) continue;
        if (auto added = add_differences(call, peer, items); !added)
            return std::unexpected(std::move(added).error());
    }
    if (is_file(*asked))
        return listed_file(call, *asked, "differences",
                           {{"peer"}, {"number", true}, {"kind"}, {"household"}, {"proposal"}, {"at"}},
                           items);
    return json_answer(json::object{{"items", std::move(items)}});
}

Outcome<Response> settle_difference(Call& call) {
    const auto peer = found_peer(call);
    if (!peer) return std::unexpected(peer.error());
    const auto number = case_number(call.parameter("number"));
    auto shelf = shelf_of(call);
    auto& look = call.looked("exchange.settle " + (*peer)->id + " " + call.parameter("number"));
    look.verb = Verb::change;
    constexpr std::size_t most = 1000;
    for (const auto& one : TRY(repository::list_differences(shelf, (*peer)->id, most))) {
        if (std::cmp_equal(one.number, number.value_or(0)) && one.household != HouseholdId())
            look.households.push_back(one.household);
    }
    bool settled = false;
    if (number) {
        TRY_VOID(shelf.database.write_beside([&]() -> Result<void> {
            settled =
                TRY(repository::settle_difference(shelf, (*peer)->id, static_cast<std::int64_t>(*number),
                                                  call.who().user_name, call.services.clock.now()));
            return {};
        }));
    }
    if (settled) return no_content();
    call.look.reset();
    return std::unexpected(Failure(not_found, "no_such_difference",
                                   {"没有这样一处待处理的差异", "there is no such open difference"}));
}

// --- the door of the peers

// Whoever has no key is told nothing: not even whether a peer of that name is known.
Failure not_signed() {
    constexpr int unauthorized = 401;
    return {
        unauthorized,
        "exchange_sign",
        {"报文没有签名，或签名与约定的密钥不符", "the frame is not signed, or not with the key of the two"}};
}

Outcome<Response> take_frame(Call& call) {
    const Peer* peer = call.services.exchange.peers().find(call.parameter("peer"));
    if (peer == nullptr || call.request.body.size() > peer->bytes) return std::unexpected(not_signed());
    auto shelf = shelf_of(call);
    const auto noted = [&](const Peer& to, std::span<const HouseholdId> households) {
        return call.services.exchange.note_sent(to, households);
    };
    auto answered = exchange::answer(call.services.exchange.peers(), *peer, shelf, call.services.clock.now(),
                                     call.request.body, noted);
    if (!answered && answered.error().code == "exchange_sign") return std::unexpected(not_signed());
    if (!answered) return std::unexpected(Failure(answered.error()));
    if (answered->heard.fresh > 0) call.services.exchange.wake();
    Response response;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(answered->body);
    return response;
}

// Messages are what comes in and goes out, as feeds are; where registers differ is the register's.
Route changes(std::string_view path, std::string_view operation, Handler handler, Thing thing = Thing::feed) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .verb = Verb::change,
            .thing = thing};
}

}  // namespace

std::vector<Route> exchange_routes() {
    constexpr std::uint64_t largest_frame = std::uint64_t{8} << 20U;
    return {reads("/api/v1/exchange/peers", "listPeers", list_peers, Thing::feed),
            reads("/api/v1/exchange/peers/{peer}/out", "listSentMessages", list_out, Thing::feed),
            reads("/api/v1/exchange/peers/{peer}/in", "listReceivedMessages", list_in, Thing::feed),
            reads("/api/v1/exchange/differences", "listDifferences", list_differences, Thing::household),
            changes("/api/v1/exchange/peers/{peer}/out/{id}/retry", "retryMessage", retry),
            changes("/api/v1/exchange/peers/{peer}/differences/{number}/settle", "settleDifference",
                    settle_difference, Thing::household),
            changes("/api/v1/exchange/rounds", "beginRound", begin_round),
            {.method = "POST",
             .path = "/api/v1/exchange/{peer}/inbox",
             .operation = "takeFrame",
             .handler = take_frame,
             .who = Who::anyone,
             .request_type = "application/json",
             .body_limit = largest_frame,
             .deadline = std::chrono::seconds{60}}};
}

}  // namespace doudi::http
