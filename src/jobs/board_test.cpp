// SPDX-License-Identifier: Apache-2.0
#include "jobs/board.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

#include "base/fake_clock.h"
#include "jobs/repository.h"
#include "store/test_folder.h"

namespace doudi::jobs {
namespace {

// A store with a board whose one kind of work waits for a gate.
struct Bench {
    store::TestFolder folder;
    SystemClock clock;
    std::promise<void> begun;
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();
    std::vector<std::string> order;
    std::unique_ptr<Board> board = open();

    store::Database database() { return store::Database::open(folder / "jobs.sqlite").value(); }

    std::unique_ptr<Board> open() {
        const auto note = [this](const Job& job, Progress& progress) -> Result<std::string> {
            order.push_back(job.parameters);
            progress.stage({"在做", "at it"});
            TRY_VOID(progress.put_rows({{0, "4416", "{}"}, {0, "4417", "{}"}}));
            return "{\"ok\":true}";
        };
        const auto wait = [this](const Job&, Progress& progress) -> Result<std::string> {
            progress.count(1, 4);
            begun.set_value();
            while (opened.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
                if (progress.stop().stop_requested())
                    return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
            }
            return "{}";
        };
        const auto throwing = [](const Job&, Progress&) -> Result<std::string> {
            throw std::runtime_error("secret");
        };
        return Board::open(database(), database(),
                           {{"note", Lane::publishing, {"记", "note"}, note, "noted"},
                            {"wait", Lane::publishing, {"等", "wait"}, wait, ""},
                            {"throw", Lane::reading, {"抛", "throw"}, throwing, ""}},
                           clock)
            .value();
    }
    Job ended(JobId id) {
        for (;;) {
            Job job = board->find(id).value();
            if (has_ended(job.state)) return job;
            std::this_thread::yield();
        }
    }
    JobId add(const char* kind, const char* parameters = "{}") {
        return board->add({kind, parameters, 7, "3"}).value();
    }
};

TEST_CASE("jobs of one lane are done one after the other, in the order in which they were asked for") {
    Bench bench;
    const JobId first = bench.add("note", "{\"n\":1}");
    const JobId second = bench.add("note", "{\"n\":2}");
    CHECK(bench.board->find(first)->state == State::queued);
    bench.board->start();
    const Job done = bench.ended(second);
    CHECK(bench.order == std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"});
    CHECK(done.state == State::done);
    CHECK(done.result == "{\"ok\":true}");
    CHECK(done.asked_by == 7);
    CHECK(done.attempts == 1);
    CHECK(bench.board->list(0, 10)->size() == 2);
    CHECK(bench.board->list(second, 10)->front().id == first);
}

TEST_CASE("what a job opened down to is there, cut by region; what it says is fresh is told once") {
    Bench bench;
    bench.board->start();
    const JobId id = bench.add("note");
    (void)bench.ended(id);
    auto database = bench.database();
    CHECK(result_rows(database, id, "", 0, 10)->size() == 2);
    CHECK(result_rows(database, id, "4416", 0, 10)->size() == 1);
    CHECK(result_rows(database, id, "", 1, 10)->front().region == "4417");
    const auto events = bench.board->stored_events_after(0, 10).value();
    REQUIRE(events.size() == 1);
    CHECK(events[0].kind == "noted");
    CHECK(bench.board->stored_events_after(events[0].id, 10)->empty());
}

TEST_CASE("a running job tells how far it is; cancelled, it leaves nothing and may be run again") {
    Bench bench;
    bench.board->start();
    const JobId id = bench.add("wait");
    bench.begun.get_future().wait();
    const Job running = bench.board->find(id).value();
    CHECK(running.state == State::running);
    CHECK(running.done == 1);
    CHECK(running.total == 4);
    CHECK(bench.board->changed_since(id, running.sequence - 1));
    CHECK_FALSE(bench.board->changed_since(id, running.sequence));
    REQUIRE(bench.board->cancel(id));
    CHECK(bench.ended(id).state == State::cancelled);
    CHECK(bench.board->cancel(id).error().code == "job_state");
    bench.begun = {};
    bench.gate.set_value();
    REQUIRE(bench.board->run_again(id));
    const Job again = bench.ended(id);
    CHECK(again.state == State::done);
    CHECK(again.attempts == 2);
    CHECK(bench.board->run_again(id).error().code == "job_state");
}

TEST_CASE("a queued job is cancelled at once and never begins") {
    Bench bench;
    const JobId id = bench.add("note");
    CHECK(bench.board->cancel(id)->state == State::cancelled);
    bench.board->start();
    const JobId other = bench.add("note");
    (void)bench.ended(other);
    CHECK(bench.order.size() == 1);
    CHECK(bench.board->find(id)->state == State::cancelled);
}

TEST_CASE("work that throws fails, without what it threw being shown") {
    Bench bench;
    bench.board->start();
    const Job failed = bench.ended(bench.add("throw"));
    CHECK(failed.state == State::failed);
    REQUIRE(failed.fault);
    CHECK(failed.fault->find("secret") == std::string::npos);
}

TEST_CASE("what ran when the program was killed is interrupted, what was queued goes on") {
    Bench bench;
    const JobId ran = bench.add("wait");
    const JobId queued = bench.add("note");
    {
        // As a kill leaves it: the row says running, and nobody is.
        auto database = bench.database();
        Job job = find_job(database, ran).value().value();
        job.state = State::running;
        REQUIRE(database.write([&] { return update_job(database, job); }));
    }
    bench.board = bench.open();
    CHECK(bench.board->find(ran)->state == State::interrupted);
    bench.board->start();
    CHECK(bench.ended(queued).state == State::done);
    bench.gate.set_value();
    REQUIRE(bench.board->run_again(ran));
    CHECK(bench.ended(ran).state == State::done);
}

TEST_CASE("a server that is told to stop interrupts what runs and leaves what waits") {
    Bench bench;
    bench.board->start();
    const JobId running = bench.add("wait");
    const JobId waiting = bench.add("note");
    bench.begun.get_future().wait();
    bench.board->stop();
    CHECK(bench.board->find(running)->state == State::interrupted);
    CHECK(bench.board->find(waiting)->state == State::queued);
}

TEST_CASE("how a job stands is told while others write and someone waits to ask for another") {
    Bench bench;
    const JobId first = bench.add("note");
    std::atomic<bool> asks{false};
    std::atomic<bool> asked{false};
    std::jthread waiting;
    auto database = bench.database();
    const auto held = database.write([&]() -> Result<void> {
        TRY_VOID(database.execute("delete from fresh_event"));
        waiting = std::jthread([&] {
            asks = true;
            (void)bench.board->add({"note", "{}", 7, "3"});  // not before the other one is done
            asked = true;
        });
        while (!asks) std::this_thread::yield();
        for (int n = 0; n < 200; ++n) {
            std::this_thread::yield();
            CHECK(bench.board->find(first)->state == State::queued);
        }
        CHECK_FALSE(asked);
        return {};
    });
    CHECK(held);
    waiting.join();
    CHECK(bench.board->list(0, 10)->size() == 2);
}

TEST_CASE("a kind that nobody knows and a job that is not there are said to be none") {
    Bench bench;
    CHECK(bench.board->add({"unknown", "{}", 1, ""}).error().code == "no_such_kind");
    CHECK(bench.board->find(99).error().kind == ErrorKind::not_found);
    CHECK(bench.board->cancel(99).error().kind == ErrorKind::not_found);
}

}  // namespace
}  // namespace doudi::jobs
