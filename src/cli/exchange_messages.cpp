// SPDX-License-Identifier: Apache-2.0
// The messages to and from a peer, and one of them with its receipt.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/exchange_commands.h"
#include "cli/exchange_office.h"
#include "cli/exchange_text.h"

namespace doudi::cli {
namespace {

using exchange::Peer;
namespace repository = exchange::repository;
constexpr std::size_t most_listed = 100000;

// --- messages

struct Listing {
    Table people;
    intake::Table data;
    std::vector<HouseholdId> households;
};

Listing list_of_sent(const Console& console, const std::vector<exchange::OutRow>& rows) {
    Listing list{{.headings = {{{"编号", "id"}, true},
                               {{"序号", "number"}, true},
                               {{"消息", "kind"}},
                               {{"来自", "source"}},
                               {{"生成时间", "made"}},
                               {{"状态", "state"}},
                               {{"呼叫次数", "attempts"}, true},
                               {{"不予接办的原因", "why not"}}},
                  .rows = {}},
                 {.columns = {{"id"},
                              {"number"},
                              {"kind"},
                              {"source"},
                              {"made_at"},
                              {"state"},
                              {"attempts"},
                              {"settled_at"},
                              {"field"},
                              {"reason_zh"},
                              {"reason_en"}},
                  .rows = {}},
                 {}};
    for (const exchange::OutRow& row : rows) {
        list.people.rows.push_back({std::to_string(row.id), number_text(row.number), row.kind, row.source,
                                    shown_time(row.made_at), console.say(message_state(row.state)),
                                    std::to_string(row.attempts), console.say(refusal_words(row.why))});
        list.data.rows.push_back({std::to_string(row.id), number_text(row.number), row.kind, row.source,
                                  shown_time(row.made_at), row.state, std::to_string(row.attempts),
                                  shown_at(row.settled_at), row.why.field, row.why.reason.zh,
                                  row.why.reason.en});
        if (row.household != HouseholdId()) list.households.push_back(row.household);
    }
    return list;
}

Listing list_of_received(const Console& console, const std::vector<exchange::InRow>& rows) {
    Listing list{{.headings = {{{"序号", "number"}, true},
                               {{"消息", "kind"}},
                               {{"生成时间", "made"}},
                               {{"收到时间", "came"}},
                               {{"状态", "state"}},
                               {{"结果", "outcome"}},
                               {{"不予接办的原因", "why not"}}},
                  .rows = {}},
                 {.columns = {{"number"},
                              {"kind"},
                              {"made_at"},
                              {"came_at"},
                              {"state"},
                              {"outcome"},
                              {"settled_at"},
                              {"field"},
                              {"reason_zh"},
                              {"reason_en"}},
                  .rows = {}},
                 {}};
    for (const exchange::InRow& row : rows) {
        list.people.rows.push_back({number_text(row.number), row.kind, shown_time(row.made_at),
                                    shown_time(row.came_at), console.say(message_state(row.state)),
                                    row.outcome, console.say(refusal_words(row.why))});
        list.data.rows.push_back({number_text(row.number), row.kind, shown_time(row.made_at),
                                  shown_time(row.came_at), row.state, row.outcome, shown_at(row.settled_at),
                                  row.why.field, row.why.reason.zh, row.why.reason.en});
        if (row.household != HouseholdId()) list.households.push_back(row.household);
    }
    return list;
}

Result<Listing> listed_messages(const Console& console, ExchangeOffice& office,
                                const ExchangeOptions& options) {
    const Peer* peer = TRY(need_peer(office, options.peer));
    auto shelf = office.desk.shelf();
    Listing list =
        options.way == "out"
            ? list_of_sent(console, TRY(repository::list_out(shelf, peer->id, options.state, 0, most_listed)))
            : list_of_received(console,
                               TRY(repository::list_in(shelf, peer->id, options.state, 0, most_listed)));
    TRY_VOID(log_exchange(office, look_of(options),
                          fmt::format("exchange.messages {} {}", peer->id, options.way), list.households));
    return list;
}

}  // namespace

ExitCode list_messages(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto list = listed_messages(console, *office, options);
    if (!list) return console.report(list.error());
    return put_list(console, options.list, list->people, list->data,
                    {"没有这样的消息", "there are no such messages"});
}

namespace {

// --- one message

std::unexpected<Error> no_such_message() {
    return fail(ErrorKind::not_found, "message_unknown", {"没有这条消息", "there is no such message"});
}

// A message of either way, with what is told of both.
struct Shown {
    std::vector<std::pair<Text, std::string>> head;
    const exchange::MessageRule* rule = nullptr;
    std::string body;
    bool forgotten = false;
    HouseholdId household;
};

Result<Shown> sent_message(const Console& console, ExchangeOffice& office, const Peer& peer,
                           std::int64_t id) {
    auto shelf = office.desk.shelf();
    auto row = TRY(repository::select_out(shelf, peer.id, id));
    if (!row) return no_such_message();
    return Shown{{{{"编号", "id"}, std::to_string(row->id)},
                  {{"序号", "number"}, number_text(row->number)},
                  {{"消息", "kind"}, row->kind},
                  {{"来自", "source"}, row->source},
                  {{"生成时间", "made"}, shown_time(row->made_at)},
                  {{"呼叫次数", "attempts"}, std::to_string(row->attempts)},
                  {{"状态", "state"}, console.say(message_state(row->state))},
                  {{"回执时间", "receipted at"}, shown_at(row->settled_at)},
                  {{"不予接办的原因", "why not"}, console.say(refusal_words(row->why))}},
                 peer.channel.sent(row->kind),
                 std::move(row->body),
                 row->forgotten,
                 row->household};
}

Result<Shown> received_message(const Console& console, ExchangeOffice& office, const Peer& peer,
                               std::int64_t number) {
    auto shelf = office.desk.shelf();
    auto row = TRY(repository::select_in(shelf, peer.id, number));
    if (!row) return no_such_message();
    return Shown{{{{"序号", "number"}, number_text(row->number)},
                  {{"消息", "kind"}, row->kind},
                  {{"生成时间", "made"}, shown_time(row->made_at)},
                  {{"收到时间", "came"}, shown_time(row->came_at)},
                  {{"状态", "state"}, console.say(message_state(row->state))},
                  {{"结果", "outcome"}, row->outcome},
                  {{"接办时间", "settled at"}, shown_at(row->settled_at)},
                  {{"不予接办的原因", "why not"}, console.say(refusal_words(row->why))}},
                 peer.channel.taken_up(row->kind),
                 std::move(row->body),
                 row->forgotten,
                 row->household};
}

Result<Shown> found_message(const Console& console, ExchangeOffice& office, const ExchangeOptions& options) {
    const Peer* peer = TRY(need_peer(office, options.peer));
    const auto number = static_cast<std::int64_t>(options.number);
    Shown shown = options.way == "out" ? TRY(sent_message(console, office, *peer, number))
                                       : TRY(received_message(console, office, *peer, number));
    std::vector<HouseholdId> households;
    if (shown.household != HouseholdId()) households.push_back(shown.household);
    TRY_VOID(log_exchange(office, look_of(options),
                          fmt::format("exchange.message {} {} {}", peer->id, options.way, number),
                          std::move(households)));
    return shown;
}

}  // namespace

ExitCode show_message(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto shown = found_message(console, *office, options);
    if (!shown) return console.report(shown.error());
    Table people{.headings = {{{"项目", "field"}}, {{"内容", "value"}}}, .rows = {}};
    intake::Table data{.columns = {{"part"}, {"field"}, {"value"}}, .rows = {}};
    for (const auto& [title, value] : shown->head) {
        if (!value.empty()) people.rows.push_back({console.say(title), value});
        data.rows.push_back({"message", title.en, value});
    }
    if (shown->forgotten)
        people.rows.push_back(
            {"", console.say({"内容已随当事人信息删除", "what it said was deleted with the person's data"})});
    for (const SaidField& one : said_fields(console, *office, shown->rule, shown->body)) {
        people.rows.push_back({one.field, one.value});
        data.rows.push_back({"body", one.field, one.value});
    }
    return put_list(console, options.list, people, data, {});
}

}  // namespace doudi::cli
