// SPDX-License-Identifier: Apache-2.0
// exchange: what goes to other platforms and comes from them, without the web: where we stand with each peer,
// the messages either way, one of them with its receipt, where registers differ, and a whole round by hand.
// What tells of households is in the log of looks before it is printed, so those commands open the folder for
// writing.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "cli/access_office.h"
#include "cli/counted.h"
#include "cli/exchange_commands.h"
#include "cli/exchange_office.h"
#include "cli/exchange_text.h"
#include "cli/interrupt.h"
#include "cli/table.h"
#include "exchange/round.h"

namespace doudi::cli {
namespace {

using exchange::Peer;
namespace repository = exchange::repository;

// --- where we stand

std::string count_of(const std::vector<repository::StateCount>& counts, std::string_view state) {
    const auto found = std::ranges::find(counts, state, &repository::StateCount::state);
    return found == counts.end() ? "0" : std::to_string(found->count);
}

Table peers_table() {
    return {.headings = {{{"对方", "peer"}},
                         {{"名称", "title"}},
                         {{"待发送", "queued"}, true},
                         {{"待回执", "sent"}, true},
                         {{"已接办", "receipted"}, true},
                         {{"不予接办", "refused"}, true},
                         {{"待人工", "for a person"}, true},
                         {{"收到待接办", "kept"}, true},
                         {{"收到已接办", "taken"}, true},
                         {{"收到不接办", "refused of theirs"}, true},
                         {{"缺号", "missing"}, true},
                         {{"最近收到", "heard"}},
                         {{"呼叫失败", "calls in vain"}}},
            .rows = {}};
}

intake::Table peers_data() {
    return {
        .columns = {{"peer"},          {"channel"},      {"unit"},       {"calls"},      {"heard_at"},
                    {"tried_at"},      {"failures"},     {"failure"},    {"sent_up_to"}, {"arrived_up_to"},
                    {"settled_up_to"}, {"missing"},      {"out_queued"}, {"out_sent"},   {"out_receipted"},
                    {"out_refused"},   {"out_given_up"}, {"out_held"},   {"in_kept"},    {"in_taken"},
                    {"in_refused"}},
        .rows = {}};
}

Result<void> add_peer(const Console& console, ExchangeOffice& office, const Peer& peer, Table& people,
                      intake::Table& data) {
    namespace out = exchange::out;
    namespace in = exchange::in;
    auto shelf = office.desk.shelf();
    const auto standing = TRY(repository::standing(shelf, peer.id));
    const auto sent = TRY(repository::count_out(shelf, peer.id));
    const auto came = TRY(repository::count_in(shelf, peer.id));
    const auto missing = TRY(repository::select_missing(shelf, peer.id, exchange::most_in_frame));
    const auto for_a_person =
        std::stoull(count_of(sent, out::given_up)) + std::stoull(count_of(sent, out::held));
    people.rows.push_back(
        {peer.id, console.say(peer.title), count_of(sent, out::queued), count_of(sent, out::sent),
         count_of(sent, out::receipted), count_of(sent, out::refused), std::to_string(for_a_person),
         count_of(came, in::kept), count_of(came, in::taken), count_of(came, in::refused),
         std::to_string(missing.size()), shown_at(standing.heard_at),
         standing.failures == 0 ? std::string()
                                : fmt::format("{} ({})", standing.failures, standing.failure)});
    data.rows.push_back({peer.id,
                         peer.channel.id,
                         peer.arrives_at,
                         peer.url.empty() ? "false" : "true",
                         shown_at(standing.heard_at),
                         shown_at(standing.tried_at),
                         std::to_string(standing.failures),
                         standing.failure,
                         std::to_string(standing.last_number),
                         std::to_string(standing.arrived),
                         std::to_string(standing.settled),
                         fmt::format("{}", fmt::join(missing, " ")),
                         count_of(sent, out::queued),
                         count_of(sent, out::sent),
                         count_of(sent, out::receipted),
                         count_of(sent, out::refused),
                         count_of(sent, out::given_up),
                         count_of(sent, out::held),
                         count_of(came, in::kept),
                         count_of(came, in::taken),
                         count_of(came, in::refused)});
    return {};
}

// Numbers alone: nothing of anyone's.
ExitCode list_peers(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::read);
    if (office == nullptr) return console.failed();
    Table people = peers_table();
    intake::Table data = peers_data();
    for (const Peer& peer : office->peers.all) {
        if (const auto added = add_peer(console, *office, peer, people, data); !added)
            return console.report(added.error());
    }
    return put_list(console, options.list, people, data,
                    {"没有交换对方", "there is nobody to exchange with"});
}

// --- sent again

Result<void> send_again(ExchangeOffice& office, const Peer& peer, std::int64_t id) {
    auto shelf = office.desk.shelf();
    const auto row = TRY(repository::select_out(shelf, peer.id, id));
    TRY_VOID(exchange::tell_again(office.desk, peer, id));
    std::vector<HouseholdId> households;
    if (row && row->household != HouseholdId()) households.push_back(row->household);
    return log_exchange(office, access::Verb::change, fmt::format("exchange.retry {} {}", peer.id, id),
                        std::move(households));
}

// Each number alone: one that cannot be sent again keeps none of the others back.
ExitCode resend(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto peer = need_peer(*office, options.peer);
    if (!peer) return console.report(peer.error());
    std::size_t again = 0;
    for (const std::string& text : options.numbers) {
        const auto id = static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10));
        const auto done = send_again(*office, **peer, id);
        again += done ? 1 : 0;
        if (done) continue;
        Error error = done.error();
        if (error.where.empty()) error.where = text;
        console.report(error);
    }
    console.line({fmt::format("{} 条消息将再次发送（doudi exchange round 或服务器的下一轮）", again),
                  fmt::format("{} sent again (by doudi exchange round, or the server's next round)",
                              counted(again, "message will be", "messages will be"))});
    return again == options.numbers.size() ? ExitCode::done : ExitCode::failure;
}

// --- a round

Result<std::vector<const Peer*>> peers_meant(const ExchangeOffice& office, const ExchangeOptions& options) {
    std::vector<const Peer*> meant;
    for (const std::string& id : options.only) meant.push_back(TRY(need_peer(office, id)));
    for (const Peer& peer : office.peers.all)
        if (options.only.empty()) meant.push_back(&peer);
    return meant;
}

// Now, whatever pause runs after calls in vain.
Result<exchange::WholeRound> round_with(ExchangeOffice& office, const Peer& peer) {
    auto shelf = office.desk.shelf();
    TRY_VOID(shelf.database.write_beside([&] { return repository::end_pause(shelf, peer.id); }));
    exchange::TakingDesk taking{office.desk, office.cases->office->policy.pack.id, default_threads()};
    return exchange::whole_round(taking, peer, *office.log);
}

// What became of the call: a word that programs read.
std::string call_outcome(const Peer& peer, const exchange::WholeRound& done) {
    if (!done.round.failure.empty()) return done.round.failure;
    return peer.url.empty() ? "it_calls_us" : "done";
}

Text call_words(const Peer& peer, const exchange::WholeRound& done) {
    if (!done.round.failure.empty()) return {"未通：" + done.round.failure, "in vain: " + done.round.failure};
    if (peer.url.empty()) return {"由对方呼叫", "it calls us"};
    return {"已通", "done"};
}

struct RoundList {
    Table people{.headings = {{{"对方", "peer"}},
                              {{"呼叫", "call"}},
                              {{"新写", "told"}, true},
                              {{"待补", "held"}, true},
                              {{"发出", "sent"}, true},
                              {{"收到", "came"}, true},
                              {{"接办", "taken"}, true},
                              {{"不予接办", "refused"}, true},
                              {{"名册提请", "proposals"}, true}},
                 .rows = {}};
    intake::Table data{.columns = {{"peer"},
                                   {"call"},
                                   {"calls"},
                                   {"told"},
                                   {"held"},
                                   {"sent"},
                                   {"came"},
                                   {"taken"},
                                   {"refused"},
                                   {"proposals"}},
                       .rows = {}};

    void add(const Console& console, const Peer& peer, const exchange::WholeRound& done) {
        const std::vector<std::string> counts{
            std::to_string(done.told.queued),    std::to_string(done.told.held),
            std::to_string(done.round.sent),     std::to_string(done.round.fresh),
            std::to_string(done.taken.taken),    std::to_string(done.taken.refused),
            std::to_string(done.taken.proposals)};
        people.rows.push_back({peer.id, console.say(call_words(peer, done))});
        data.rows.push_back({peer.id, call_outcome(peer, done), std::to_string(done.round.calls)});
        people.rows.back().insert(people.rows.back().end(), counts.begin(), counts.end());
        data.rows.back().insert(data.rows.back().end(), counts.begin(), counts.end());
    }
};

ExitCode run_round(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto meant = peers_meant(*office, options);
    if (!meant) return console.report(meant.error());
    if (const auto logged = log_exchange(*office, access::Verb::change, "exchange.round", {}); !logged)
        return console.report(logged.error());
    RoundList list;
    bool all_called = true;
    {
        ProgressBar bar(console, {"正在与对方交换", "exchanging"});
        for (std::size_t at = 0; at < meant->size() && !interrupt_token().stop_requested(); ++at) {
            bar.show(at, meant->size());
            const auto done = round_with(*office, *(*meant)[at]);
            if (!done) return console.report(done.error());
            all_called = all_called && done->round.failure.empty();
            list.add(console, *(*meant)[at], *done);
        }
    }
    const bool whole = list.people.rows.size() == meant->size();
    if (!whole) console.note({"已中断：其余对方未呼叫", "interrupted: the other peers were not called"});
    const ExitCode put = put_list(console, options.list, list.people, list.data,
                                  {"没有交换对方", "there is nobody to exchange with"});
    return put == ExitCode::done && !(all_called && whole) ? ExitCode::failure : put;
}

// --- the commands

using Perform = ExitCode (*)(const Console&, const ExchangeOptions&);

class Declaring {
  public:
    Declaring(Registration registration, Command& group) : registration_(registration), group_(group) {}

    // With its data folder and the file of peers; what else it takes is added to what this returns.
    Command& add(const char* name, const char* zh, const char* en, Perform perform,
                 const std::shared_ptr<ExchangeOptions>& options) {
        auto* command = group_.add_subcommand(name, help(zh, en));
        add_store_options(*command, registration_.console, options->store);
        command
            ->add_option("--peers", options->peers,
                         help("与谁交换数据（YAML，见 docs/exchange.md）",
                              "a file of those whom the office exchanges with (YAML, docs/exchange.md)"))
            ->required();
        registration_.on(*command, options, perform);
        return *command;
    }
    void peer_of(Command& command, const std::shared_ptr<ExchangeOptions>& options) {
        command.add_option("peer", options->peer, help("交换对方的标识", "the peer's id"))->required();
    }
    void list_of(Command& command, const std::shared_ptr<ExchangeOptions>& options) {
        add_list_options(command, registration_.console, options->list);
    }
    void words_of(Option* option, std::initializer_list<const char*> words) {
        allow_words(*option, registration_.console, words);
    }
    [[nodiscard]] std::string help(const char* zh, const char* en) const {
        return registration_.help(zh, en);
    }

  private:
    Registration registration_;
    Command& group_;
};

void add_messages(Declaring& declaring) {
    for (const bool sent : {true, false}) {
        auto options = std::make_shared<ExchangeOptions>();
        options->way = sent ? "out" : "in";
        Command& list = sent ? declaring.add("out", "发给对方的消息，新的在前",
                                             "messages to a peer, the newest first", list_messages, options)
                             : declaring.add("in", "对方发来的消息，新的在前",
                                             "messages of a peer, the newest first", list_messages, options);
        declaring.peer_of(list, options);
        Option* state =
            list.add_option("--state", options->state, declaring.help("只列此状态", "of this state alone"));
        if (sent)
            declaring.words_of(state, {"queued", "sent", "receipted", "refused", "given_up", "held"});
        else
            declaring.words_of(state, {"kept", "taken", "refused"});
        declaring.list_of(list, options);
    }
    auto options = std::make_shared<ExchangeOptions>();
    Command& one = declaring.add("message", "一条消息：内容（遮盖）和回执",
                                 "one message: what it says, masked, and its receipt", show_message, options);
    declaring.peer_of(one, options);
    Option* way = one.add_option("way", options->way, declaring.help("发出或收到", "sent or received"));
    declaring.words_of(way->required(), {"out", "in"});
    one.add_option(
           "number", options->number,
           declaring.help("out 列表的编号，或 in 列表的序号", "its id under out, its number under in"))
        ->required();
    declaring.list_of(one, options);
}

void add_differences(Declaring& declaring) {
    auto options = std::make_shared<ExchangeOptions>();
    Command& list = declaring.add("conflicts", "名册与对方不一致、待人处理的户",
                                  "households of which a peer's register says otherwise, for a person",
                                  list_differences, options);
    list.add_option("peer", options->peer, declaring.help("只列此对方的", "of this peer alone"));
    declaring.words_of(
        list.add_option("--kind", options->state, declaring.help("只列此类", "of this kind alone")),
        {"new", "changed", "conflict", "ended"});
    declaring.list_of(list, options);
    auto settled = std::make_shared<ExchangeOptions>();
    Command& settling = declaring.add("settle", "一处差异记为处理完毕", "say that a difference is settled",
                                      settle_difference, settled);
    declaring.peer_of(settling, settled);
    settling.add_option("number", settled->number, declaring.help("消息的序号", "number of the message"))
        ->required();
}

std::string fault_of_number(const Console& console, const std::string& text) {
    const bool fits = !text.empty() && text.size() <= 18 && text.front() != '0' &&
                      std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return fits ? std::string() : console.say({"应为消息的编号", "takes the id of a message"});
}

}  // namespace

void add_exchange(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "exchange", registration.help("与其他平台的数据交换：状态、消息、差异、手动一轮",
                                      "the exchange with other platforms: where it stands, messages, "
                                      "differences, a round by hand"));
    group->require_subcommand(1);
    Declaring declaring(registration, *group);
    auto of_peers = std::make_shared<ExchangeOptions>();
    declaring.list_of(
        declaring.add("peers", "各对方的收发状态", "where we stand with each peer", list_peers, of_peers),
        of_peers);
    add_messages(declaring);
    add_differences(declaring);
    auto again = std::make_shared<ExchangeOptions>();
    Command& resending = declaring.add("resend", "不予接办、待补或多次未通的消息再次发送",
                                       "send again what was refused, held or given up", resend, again);
    declaring.peer_of(resending, again);
    resending.add_option("id", again->numbers, declaring.help("消息的编号", "ids of messages"))
        ->required()
        ->check([&console = registration.console](const std::string& text) {
            return fault_of_number(console, text);
        });
    auto of_round = std::make_shared<ExchangeOptions>();
    Command& round =
        declaring.add("round", "与各对方完整交换一轮：写出、呼叫、接办",
                      "one whole round with each peer: tell, call, take up", run_round, of_round);
    round.add_option("--peer", of_round->only, declaring.help("只与此对方", "with this peer alone"));
    declaring.list_of(round, of_round);
}

}  // namespace doudi::cli
