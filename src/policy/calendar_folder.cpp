// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "policy/folder.h"
#include "policy/load.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

namespace fs = std::filesystem;

namespace {

class CalendarReader {
  public:
    CalendarYear read(const YamlValue& file) {
        const auto top = file.record({"year", "source", "holidays", "makeup_workdays"});
        if (!top) return std::move(year_);
        year_.year = top->need_integer("year", 1949, 2999);
        year_.source = top->need_text("source");
        if (const YamlValue* days = top->need("holidays")) year_.holidays = read_days(*days);
        if (const YamlValue* days = top->need("makeup_workdays")) year_.makeup_workdays = read_days(*days);
        return std::move(year_);
    }

  private:
    std::vector<Date> read_days(const YamlValue& days) {
        std::vector<Date> read;
        for (const YamlValue& item : days.list()) {
            const auto record = item.record({"date", "name"});
            if (!record) continue;
            (void)record->need_text("name");  // for people; a day without its name is a slip
            const YamlValue* value = record->need("date");
            const std::optional<Date> day = value == nullptr ? std::nullopt : value->date();
            if (!day) continue;
            if (day->year() != year_.year) {
                value->fault("day_of_other_year", fmt::format("{} 不在 {} 年", day->iso(), year_.year),
                             fmt::format("{} is not in {}", day->iso(), year_.year));
            } else if (!seen_.insert(*day).second) {
                value->fault("duplicate_day", fmt::format("{} 重复", day->iso()),
                             fmt::format("{} is given twice", day->iso()));
            } else {
                read.push_back(*day);
            }
        }
        return read;
    }

    CalendarYear year_;
    std::set<Date> seen_;
};

}  // namespace

Loaded<WorkingCalendar> load_calendar(const fs::path& folder) {
    Faults faults;
    std::map<int, CalendarYear> years;
    for (const fs::path& path : yaml_files(folder, faults)) {
        const std::optional<YamlValue> file = read_yaml_file(path, shown_name(folder, path), faults);
        if (!file) continue;
        CalendarYear year = CalendarReader().read(*file);
        const int number = year.year;
        if (!years.emplace(number, std::move(year)).second) {
            file->fault("duplicate_year", fmt::format("{} 年重复", number),
                        fmt::format("the year {} is given twice", number));
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    std::vector<CalendarYear> in_order;
    for (auto& [number, year] : years) in_order.push_back(std::move(year));
    Result<WorkingCalendar> calendar = WorkingCalendar::create(std::move(in_order));
    if (calendar) return std::move(*calendar);
    Error error = calendar.error();
    if (error.where.empty()) error.where = folder.filename().string();
    return std::unexpected(std::vector{std::move(error)});
}

}  // namespace doudi::policy
