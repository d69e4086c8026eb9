// SPDX-License-Identifier: Apache-2.0
// The server's side of the API's benchmark.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>
#include <memory>
#include <thread>

#include "bench/api_bare.h"
#include "bench/api_client.h"
#include "bench/api_tally.h"

namespace doudi::bench {

namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::size_t piece_bytes = 2048;

// One client of the run: asks, waits, asks.
class Visitor {
  public:
    Visitor(asio::io_context& io, std::uint16_t port, const Plan& plan, const ApiRun& run, unsigned number)
        : plan_(plan), questions_(plan_, run.seed * 1000 + number), client_(io, port) {}

    asio::awaitable<void> stay(Tally::Clock::time_point end) {
        while (Tally::Clock::now() < end) {
            const Question question = questions_.next();
            const Reader& reader = question.asking == Asking::looks ? plan_.citizens[question.reader]
                                                                    : plan_.officers[question.reader];
            const char* what = name_of(question.asking);
            const std::string target = target_of(question, reader);
            if (question.asking == Asking::upload) {
                co_await upload(plan_.monitor, target);
            } else if (question.asking == Asking::reveal) {
                co_await ask(what, send_of(reader, "POST", target, json_type,
                                           R"({"field": "phone", "reason": "a call before the visit"})"));
            } else {
                const Heard heard = co_await ask(what, get_of(reader, target));
                const std::string next =
                    question.asking == Asking::warnings ? text_of(heard.body, "next") : "";
                if (!next.empty()) co_await ask("warnings next", get_of(reader, target + "&cursor=" + next));
            }
        }
    }
    [[nodiscard]] const Tally& tally() const { return tally_; }

  private:
    asio::awaitable<Heard> ask(const char* what, std::string request) {
        const auto began = Tally::Clock::now();
        Heard heard = co_await client_.ask(request);
        if (heard.status >= 200 && heard.status < 300) tally_.add(what, Tally::Clock::now() - began);
        constexpr int busy = 503;
        if (heard.status == busy) tally_.add("refused", Tally::Clock::now() - began);
        if (heard.status / 100 != 2) tally_.count(fmt::format("{} {}", what, heard.status));
        co_return heard;
    }

    asio::awaitable<void> upload(const Reader& reader, std::string target) {
        const std::string wanted = fmt::format(R"({{"file": "piece.csv", "bytes": {}}})", piece_bytes);
        const Heard begun = co_await ask("upload", send_of(reader, "POST", target, json_type, wanted));
        const std::string id = text_of(begun.body, "id");
        if (id.empty()) co_return;
        const std::string place = target + "/" + id;
        const std::string piece(piece_bytes, 'x');
        const Heard sent =
            co_await ask("upload", send_of(reader, "PATCH", place, "application/offset+octet-stream", piece,
                                           "Upload-Offset: 0\r\n"));
        if (sent.status == 200)
            co_await ask("upload", send_of(reader, "POST", place + "/complete", json_type, ""));
    }

    Plan plan_;
    Questions questions_;
    Client client_;
    Tally tally_;
};

// Of an answer, what the bare side's rows name.
std::vector<std::string> named_in(const Question& question, const std::string& body) {
    namespace json = boost::json;
    const json::object answer = json::parse(body).as_object();
    std::vector<std::string> names;
    const auto all_of = [&](const char* list, const char* name) {
        for (const auto& item : answer.at(list).as_array()) names.emplace_back(item.at(name).as_string());
    };
    if (question.asking == Asking::household) names.emplace_back(answer.at("code").as_string());
    if (question.asking == Asking::household) all_of("members", "id");
    if (question.asking == Asking::warnings) all_of("items", "household");
    if (question.asking == Asking::households) all_of("items", "code");
    if (question.asking == Asking::counts) names.push_back(std::to_string(answer.at("total").as_int64()));
    if (question.asking == Asking::why) all_of("warnings", "id");
    return names;
}

}  // namespace

Result<void> ask_server(std::uint16_t port, Plan& plan, const ApiRun& run) {
    asio::io_context io(1);
    std::vector<std::unique_ptr<Visitor>> visitors;
    const auto began = Tally::Clock::now();
    const auto end = began + std::chrono::duration_cast<Tally::Clock::duration>(
                                 std::chrono::duration<double>(run.seconds));
    for (unsigned i = 0; i < run.clients; ++i) {
        visitors.push_back(std::make_unique<Visitor>(io, port, plan, run, i));
        asio::co_spawn(io, visitors.back()->stay(end), asio::detached);
    }
    io.run();
    Tally all;
    for (const auto& visitor : visitors) all.merge(visitor->tally());
    fmt::print("{}\n", all.json(Tally::Clock::now() - began));
    return {};
}

namespace {

asio::awaitable<void> one_answer(Client& client, std::string request, Heard& heard) {
    heard = co_await client.ask(request);
}

Heard ask_once(asio::io_context& io, Client& client, std::string request) {
    Heard heard;
    asio::co_spawn(io, one_answer(client, std::move(request), heard), asio::detached);
    io.restart();
    io.run();
    return heard;
}

}  // namespace

Result<void> compare(const store::Place& place, std::uint16_t port, Plan& plan, unsigned questions) {
    asio::io_context io(1);
    Client client(io, port);
    auto bare = TRY(BareStore::open(place, plan));
    Questions asked(plan, 7);
    Tally unused;
    for (unsigned i = 0; i < questions; ++i) {
        const Question question = asked.next();
        if (question.asking == Asking::looks || question.asking == Asking::upload ||
            question.asking == Asking::reveal)
            continue;
        const Reader& reader = plan.officers[question.reader];
        const std::string target = target_of(question, reader);
        const Heard heard = ask_once(io, client, get_of(reader, target));
        auto rows = TRY(bare.answer(question, unused));
        if (heard.status != 200)
            return fail(ErrorKind::invalid, "answer", {"无回答", "no answer"}, target + heard.body);
        const auto names = named_in(question, heard.body);
        // Of a list that goes on both pages are among the bare side's rows.
        if (question.asking == Asking::warnings) rows.resize(std::min(rows.size(), names.size()));
        std::vector<std::string> sorted_names = names;
        if (question.asking == Asking::why) {
            std::ranges::sort(sorted_names);
            std::ranges::sort(rows);
        }
        if (rows != sorted_names)
            return fail(ErrorKind::invalid, "differs", {"两边不一致", "the two sides tell different rows"},
                        target);
    }
    fmt::print("{{\"same\": {}}}\n", questions);
    return {};
}

Result<void> wait_for_recovery(std::uint16_t port, const Plan& plan, double line_ms) {
    constexpr int in_a_row = 20;
    constexpr std::chrono::seconds patience{60};
    asio::io_context io(1);
    Client client(io, port);
    const auto began = Tally::Clock::now();
    int good = 0;
    int refused = 0;
    while (good < in_a_row) {
        const auto asked = Tally::Clock::now();
        const Heard heard = ask_once(
            io, client, get_of(plan.officers.front(), "/api/v1/households/" + plan.households.front()));
        const double took = std::chrono::duration<double, std::milli>(Tally::Clock::now() - asked).count();
        good = heard.status == 200 && took <= line_ms ? good + 1 : 0;
        if (heard.status != 200) ++refused;
        if (Tally::Clock::now() - began > patience)
            return fail(ErrorKind::limit, "no_recovery", {"未恢复", "the server does not recover"});
    }
    fmt::print("{{\"recovered_ms\": {:.1f}, \"refused\": {}}}\n",
               std::chrono::duration<double, std::milli>(Tally::Clock::now() - began).count(), refused);
    return {};
}

Result<void> probe(std::uint16_t port, const Plan& plan, unsigned questions) {
    asio::io_context io(1);
    Tally tally;
    const auto began = Tally::Clock::now();
    for (unsigned i = 0; i < questions; ++i) {
        Client client(io, port);  // who comes now, on a connection of their own
        const Reader& reader = plan.officers[i % plan.officers.size()];
        const auto& reach = plan.of_officer[i % plan.officers.size()];
        const std::string code = plan.households[reach[i % reach.size()]];
        const auto asked = Tally::Clock::now();
        const Heard heard = ask_once(io, client, get_of(reader, "/api/v1/households/" + code));
        if (heard.status == 200) tally.add("household", Tally::Clock::now() - asked);
        if (heard.status != 200) tally.count(std::to_string(heard.status));
    }
    fmt::print("{}\n", tally.json(Tally::Clock::now() - began));
    return {};
}

namespace {

// A head that never ends, or a question whose answers are not read.
asio::awaitable<void> dawdle(asio::ip::tcp::socket& socket, std::string request, bool reads_nothing) {
    constexpr std::chrono::milliseconds pause{500};
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (std::size_t at = 0; at < request.size();) {
        const std::size_t count = reads_nothing ? request.size() : 1;
        const auto [failure, sent] = co_await asio::async_write(
            socket, asio::buffer(request.data() + at, count), asio::as_tuple(asio::use_awaitable));
        if (failure) co_return;
        at += count;
        timer.expires_after(pause);
        (void)co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

}  // namespace

Result<void> stand_in_the_way(std::uint16_t port, const Plan& plan, unsigned idle, unsigned slow) {
    asio::io_context io(1);
    std::vector<asio::ip::tcp::socket> sockets;
    const asio::ip::tcp::endpoint server(asio::ip::address_v4::loopback(), port);
    for (unsigned i = 0; i < idle + slow; ++i) {
        boost::system::error_code failure;
        auto& socket = sockets.emplace_back(io);
        // What is not read fills up soon: a slow reader is one who takes little, not one who asks much.
        constexpr int little = 4096;
        socket.open(server.protocol());
        if (i >= idle) socket.set_option(asio::socket_base::receive_buffer_size(little));
        socket.connect(server, failure);
        if (failure) return fail(ErrorKind::io, "connect", {"无法连接", failure.message()});
    }
    const Reader& reader = plan.officers.front();
    // Larger than what fits between the two sides, and made once: a slow reader takes little and asks for no
    // work.
    const std::string large = get_of(reader, "/api/v1/openapi.json");
    const std::string one = get_of(reader, "/api/v1/households/" + plan.households.front());
    for (unsigned i = 0; i < slow; ++i) {
        const bool reads_nothing = i % 2 == 0;
        asio::co_spawn(io, dawdle(sockets[idle + i], reads_nothing ? large : one, reads_nothing),
                       asio::detached);
    }
    std::jthread dawdling([&io] { io.run(); });
    fmt::print("{{\"standing\": {}}}\n", idle + slow);
    std::fflush(stdout);
    std::cin.get();
    io.stop();
    return {};
}

}  // namespace doudi::bench
