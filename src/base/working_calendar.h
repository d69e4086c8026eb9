// SPDX-License-Identifier: Apache-2.0
// Working days by the State Council's yearly notices: a make-up day works, a holiday does not, else Monday to
// Friday. A day past the last loaded year is counted by weekdays and the answer says that it is provisional.
// The day of the push does not count; day one is the next working day.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace doudi {

struct CalendarYear {
    int year = 0;
    std::string source;  // the notice
    std::vector<Date> holidays;
    std::vector<Date> makeup_workdays;
};

struct DueDate {
    Date date;
    bool provisional = false;  // some counted day lies outside the loaded years
    friend bool operator==(DueDate, DueDate) = default;
};

class WorkingCalendar {
  public:
    // Years, in any order, must follow each other without a gap; a day must lie in its year and be named
    // once.
    [[nodiscard]] static Result<WorkingCalendar> create(std::vector<CalendarYear> years);

    [[nodiscard]] bool is_working_day(Date date) const;
    [[nodiscard]] bool is_loaded(Date date) const;
    // The end of the n-th working day after start; n >= 1.
    [[nodiscard]] DueDate due_after_working_days(Date start, int working_days) const;
    [[nodiscard]] DueDate due_after_natural_days(
        Date start, int days) const;  // a last day off moves to the next working day
    // Working days in (from, to]; negative if to lies before from.
    [[nodiscard]] int working_days_between(Date from, Date to) const;
    [[nodiscard]] int first_year() const { return first_year_; }
    [[nodiscard]] int last_year() const { return last_year_; }

  private:
    int first_year_ = 0;
    int last_year_ = 0;
    Date first_day_;
    std::vector<std::uint8_t> works_;  // 1 or 0 for each day of the loaded years
};

}  // namespace doudi
