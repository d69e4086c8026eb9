// SPDX-License-Identifier: Apache-2.0
#include "jobs/daily.h"

#include <algorithm>

#include "jobs/repository.h"

namespace doudi::jobs {

DailyRounds::~DailyRounds() {
    stop();
}

Result<std::vector<DailyDone>> DailyRounds::run_due() {
    std::vector<DailyDone> done;
    const Date last = civil_day(clock_.now()) - 1;  // the last day that is over
    for (const DailyTask& task : tasks_) TRY_VOID(run_task(task, last, done));
    return done;
}

Result<void> DailyRounds::run_task(const DailyTask& task, Date last, std::vector<DailyDone>& done) {
    auto known = TRY(last_daily(database_, task.name));
    if (!known) {
        // Its first day: from here on none is missed, also if this one fails.
        known = last - 1;
        TRY_VOID(database_.write_beside([&] {
            return insert_daily(database_, task.name, *known, micros_of(clock_.now()), false, "begins");
        }));
    }
    Date day = task.every_day ? std::max(*known + 1, last - most_missed) : std::max(*known + 1, last);
    for (; day <= last; day = day + 1) {
        DailyDone one{task.name, day, civil_day(clock_.now()).days() > day.days() + 1, std::string()};
        one.outcome = task.work(day);
        if (one.outcome) {
            TRY_VOID(database_.write_beside([&] {
                return insert_daily(database_, one.task, one.day, micros_of(clock_.now()), one.late,
                                    *one.outcome);
            }));
        }
        const bool failed = !one.outcome;
        done.push_back(std::move(one));
        if (failed) break;
    }
    return {};
}

void DailyRounds::start(std::function<void(const DailyDone&)> told) {
    told_ = std::move(told);
    thread_ = std::thread([this] { loop(); });
}

void DailyRounds::loop() {
    constexpr std::chrono::minutes between_looks{1};
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        const auto done = run_due();
        if (done) {
            for (const DailyDone& one : *done) told_(one);
        } else {
            told_({"daily", civil_day(clock_.now()), false, std::unexpected(done.error())});
        }
        lock.lock();
        wake_.wait_for(lock, between_looks, [this] { return stopping_; });
    }
}

void DailyRounds::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace doudi::jobs
