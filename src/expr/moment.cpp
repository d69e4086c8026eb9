// SPDX-License-Identifier: Apache-2.0
#include "expr/moment.h"

#include <fmt/format.h>

#include <array>

namespace doudi::expr {

namespace {

constexpr std::int64_t nanos_a_second = 1'000'000'000;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// Reads from the front of a text and remembers whether all of it was there.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_.empty() || !is_digit(rest_.front())) {
                fits_ = false;
                return 0;
            }
            number = number * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return number;
    }
    void letter(char wanted) { fits_ = take(wanted) && fits_; }
    bool take(char wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // ".5" is 500,000,000; nine digits at most.
    std::int32_t fraction() {
        if (!take('.')) return 0;
        std::int32_t nanos = 0;
        std::int32_t unit = nanos_a_second;
        while (!rest_.empty() && is_digit(rest_.front()) && unit > 1) {
            unit /= 10;
            nanos += unit * (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (unit == nanos_a_second) fits_ = false;
        return nanos;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool fits() const { return fits_; }

  private:
    std::string_view rest_;
    bool fits_ = true;
};

std::optional<Moment> moment_from(Int128 nanos) {
    Int128 seconds = nanos / nanos_a_second;
    Int128 rest = nanos % nanos_a_second;
    if (rest < 0) {
        rest += nanos_a_second;
        --seconds;
    }
    return Moment{static_cast<std::int64_t>(seconds), static_cast<std::int32_t>(rest)};
}

std::string fraction_text(std::int64_t nanos) {
    if (nanos == 0) return {};
    std::string text = fmt::format(".{:09}", nanos);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

struct Unit {
    std::string_view name;
    std::int64_t nanos;
};
// The longer ones first: "ms" is not "m".
constexpr auto units = std::to_array<Unit>({{"ns", 1},
                                            {"us", 1'000},
                                            {"\u00B5s", 1'000},
                                            {"\u03BCs", 1'000},
                                            {"ms", 1'000'000},
                                            {"s", nanos_a_second},
                                            {"m", 60 * nanos_a_second},
                                            {"h", 3600 * nanos_a_second}});

const Unit* take_unit(std::string_view& text) {
    for (const Unit& unit : units) {
        if (!text.starts_with(unit.name)) continue;
        text.remove_prefix(unit.name.size());
        return &unit;
    }
    return nullptr;
}

// One "1.5h" off the front, in nanoseconds.
std::optional<Int128> take_term(std::string_view& text) {
    constexpr int most_digits = 18;  // with any unit far within 128 bits
    std::int64_t number = 0;
    std::int64_t scale = 1;
    int digits = 0;
    bool after_point = false;
    for (; !text.empty() && (is_digit(text.front()) || (text.front() == '.' && !after_point));
         text.remove_prefix(1)) {
        if (text.front() == '.') {
            after_point = true;
            continue;
        }
        if (++digits > most_digits) return std::nullopt;
        number = number * 10 + (text.front() - '0');
        if (after_point) scale *= 10;
    }
    const Unit* unit = digits == 0 ? nullptr : take_unit(text);
    if (unit == nullptr) return std::nullopt;
    const Int128 nanos = Int128{number} * unit->nanos;
    if (nanos % scale != 0) return std::nullopt;
    return nanos / scale;
}

}  // namespace

Int128 total_nanos(Moment moment) {
    return Int128{moment.seconds} * nanos_a_second + moment.nanos;
}

std::optional<Moment> timestamp_from(Int128 nanos) {
    constexpr std::int64_t first = -62'135'596'800;  // 0001-01-01T00:00:00Z
    constexpr std::int64_t after = 253'402'300'800;  // 10000-01-01T00:00:00Z
    if (nanos < Int128{first} * nanos_a_second || nanos >= Int128{after} * nanos_a_second)
        return std::nullopt;
    return moment_from(nanos);
}

std::optional<Moment> duration_from(Int128 nanos) {
    constexpr Int128 most = Int128{315'576'000'000} * nanos_a_second;
    if (nanos < -most || nanos > most) return std::nullopt;
    return moment_from(nanos);
}

std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
    const bool is_behind = text.starts_with('-');
    if (is_behind || text.starts_with('+')) text.remove_prefix(1);
    Reader reader(text);
    const int hours = reader.digits(2);
    reader.letter(':');
    const int minutes = reader.digits(2);
    if (!reader.fits() || !reader.rest().empty() || hours > 23 || minutes > 59) return std::nullopt;
    const std::chrono::seconds ahead = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return is_behind ? -ahead : ahead;
}

std::optional<Moment> parse_timestamp(std::string_view text) {
    Reader reader(text);
    const std::chrono::year year(reader.digits(4));
    reader.letter('-');
    const std::chrono::month month(static_cast<unsigned>(reader.digits(2)));
    reader.letter('-');
    const std::chrono::year_month_day day(year, month,
                                          std::chrono::day(static_cast<unsigned>(reader.digits(2))));
    reader.letter('T');
    const int hour = reader.digits(2);
    reader.letter(':');
    const int minute = reader.digits(2);
    reader.letter(':');
    const int second = reader.digits(2);
    const std::int32_t nanos = reader.fraction();
    const std::string_view zone = reader.rest();
    const bool has_zone = zone == "Z" || zone.starts_with('+') || zone.starts_with('-');
    const auto offset = zone == "Z" ? std::chrono::seconds(0) : parse_offset(zone);
    const bool is_time = hour < 24 && minute < 60 && second < 60;
    if (!reader.fits() || !day.ok() || !is_time || !has_zone || !offset) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset->count();
    return timestamp_from(Int128{seconds} * nanos_a_second + nanos);
}

std::optional<Moment> parse_duration(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    if (text == "0") return Moment{};
    if (text.empty()) return std::nullopt;
    Int128 nanos = 0;
    while (!text.empty()) {
        const auto term = take_term(text);
        if (!term) return std::nullopt;
        nanos += *term;
        if (!duration_from(nanos)) return std::nullopt;
    }
    return duration_from(is_negative ? -nanos : nanos);
}

std::string timestamp_text(Moment timestamp) {
    const std::chrono::sys_seconds time{std::chrono::seconds(timestamp.seconds)};
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day day(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       fraction_text(timestamp.nanos));
}

std::string duration_text(Moment duration) {
    const Int128 total = total_nanos(duration);
    const Int128 size = total < 0 ? -total : total;
    return fmt::format("{}{}{}s", total < 0 ? "-" : "", static_cast<std::int64_t>(size / nanos_a_second),
                       fraction_text(static_cast<std::int64_t>(size % nanos_a_second)));
}

}  // namespace doudi::expr
