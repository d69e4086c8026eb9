// SPDX-License-Identifier: Apache-2.0
// Work of each day, by the clock: what belongs to a day is done once that day is over. A program that did not
// run catches up, day by day, and says so; what failed is tried again. The day is China's.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::jobs {

struct DailyTask {
    std::string name;
    bool every_day = true;  // missed days are caught up; else the last one alone is done
    // In a word what came of it. It may run twice for a day, if the program was killed behind it.
    std::function<Result<std::string>(Date day)> work;
};

struct DailyDone {
    std::string task;
    Date day;
    bool late = false;  // not on the day after
    Result<std::string> outcome;
};

class DailyRounds {
  public:
    // More missed days than these are not caught up.
    static constexpr int most_missed = 400;
    // Takes the database for itself. The clock must outlive it.
    DailyRounds(store::Database database, std::vector<DailyTask> tasks, const Clock& clock)
        : database_(std::move(database)), tasks_(std::move(tasks)), clock_(clock) {}
    DailyRounds(const DailyRounds&) = delete;
    DailyRounds& operator=(const DailyRounds&) = delete;
    ~DailyRounds();

    // What is due now. A task that fails on a day does not hold up the others; its later days wait.
    [[nodiscard]] Result<std::vector<DailyDone>> run_due();

    // Looks every minute, and at once. `told` is called for each that was done or failed, on its own thread.
    void start(std::function<void(const DailyDone&)> told);
    void stop();

  private:
    [[nodiscard]] Result<void> run_task(const DailyTask& task, Date last, std::vector<DailyDone>& done);
    void loop();

    store::Database database_;
    const std::vector<DailyTask> tasks_;
    const Clock& clock_;
    std::function<void(const DailyDone&)> told_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace doudi::jobs
