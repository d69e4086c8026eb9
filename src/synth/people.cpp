// SPDX-License-Identifier: Apache-2.0
#include "synth/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include "synth/draw.h"

namespace doudi::synth {
namespace {

constexpr std::uint32_t last_county = 441699;  // never assigned, as are the ones just below it
constexpr std::uint32_t sequences = 900;       // 900..999 are left to the namesakes
constexpr std::uint64_t residents_of_a_code = 15'000'000;

__extension__ using Wide = unsigned __int128;

std::uint64_t times(std::uint64_t left, std::uint64_t right, std::uint64_t modulus) {
    return static_cast<std::uint64_t>(static_cast<Wide>(left) * right % modulus);
}

std::uint64_t inverse(std::uint64_t value, std::uint64_t modulus) {
    std::int64_t t = 0, next_t = 1;
    auto r = static_cast<std::int64_t>(modulus);
    auto next_r = static_cast<std::int64_t>(value);
    while (next_r != 0) {
        const std::int64_t quotient = r / next_r;
        t = std::exchange(next_t, t - quotient * next_t);
        r = std::exchange(next_r, r - quotient * next_r);
    }
    return static_cast<std::uint64_t>(t < 0 ? t + static_cast<std::int64_t>(modulus) : t);
}

std::int32_t day_number(int year, unsigned month, unsigned day) {
    const std::chrono::sys_days days =
        std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day);
    return static_cast<std::int32_t>(days.time_since_epoch().count());
}

std::uint32_t digits(const Number& number, std::size_t from, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = from; i < from + count; ++i)
        value = value * 10 + static_cast<std::uint32_t>(number[i] - '0');
    return value;
}

Person registered_of(std::uint64_t residents) {
    return static_cast<Person>(residents / 20);
}

}  // namespace

People::People(std::uint64_t residents, std::uint64_t seed)
    : residents_(static_cast<Person>(residents)),
      registered_(registered_of(residents)),
      seed_(seed),
      counties_(static_cast<std::uint32_t>(residents / residents_of_a_code + 1)),
      adults_(make_block(1944, 2005, 1)),
      children_(make_block(2006, 2019, 2)) {
    make_households();
    make_namesakes();
}

People::Block People::make_block(int first_year, int last_year, std::uint64_t tag) const {
    Block block;
    block.first_day = day_number(first_year, 1, 1);
    block.days = static_cast<std::uint32_t>(day_number(last_year, 12, 31) - block.first_day + 1);
    block.size = static_cast<std::uint64_t>(block.days) * sequences * counties_;
    block.factor = mix(seed_ ^ (tag << 32)) % block.size | 1u;
    while (std::gcd(block.factor, block.size) != 1) block.factor += 2;
    block.back = inverse(block.factor % block.size, block.size);
    block.shift = mix(seed_ + tag) % block.size;
    return block;
}

Number People::Block::at(std::uint64_t index) const {
    const std::uint64_t slot = (times(index, factor, size) + shift) % size;
    const auto sequence = static_cast<std::uint32_t>(slot % sequences);
    const auto day = static_cast<std::int32_t>(slot / sequences % days);
    const auto county = last_county - static_cast<std::uint32_t>(slot / sequences / days);
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{first_day + day}}};
    const auto birth = static_cast<std::uint32_t>(static_cast<int>(ymd.year())) * 10000 +
                       static_cast<unsigned>(ymd.month()) * 100 + static_cast<unsigned>(ymd.day());
    return make_number(county, birth, sequence);
}

std::optional<Person> People::find(const Number& number) const {
    const std::uint32_t county = digits(number, 0, 6);
    if (county > last_county || county + counties_ <= last_county) return {};
    const std::chrono::year_month_day ymd{std::chrono::year(static_cast<int>(digits(number, 6, 4))),
                                          std::chrono::month(digits(number, 10, 2)),
                                          std::chrono::day(digits(number, 12, 2))};
    if (!ymd.ok()) return {};
    const std::uint32_t sequence = digits(number, 14, 3);
    if (sequence >= sequences) {
        const auto found = special_.find(std::string(text_of(number)));
        return found == special_.end() ? std::nullopt : std::optional(found->second);
    }
    const auto days = static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count());
    const bool child = days >= children_.first_day;
    const Block& block = child ? children_ : adults_;
    if (days < block.first_day || days >= block.first_day + static_cast<std::int32_t>(block.days)) return {};
    const std::uint64_t day = static_cast<std::uint64_t>(days - block.first_day);
    const std::uint64_t slot =
        ((last_county - county) * static_cast<std::uint64_t>(block.days) + day) * sequences + sequence;
    const std::uint64_t index = times((slot + block.size - block.shift) % block.size, block.back, block.size);
    if (index >= registered_) return {};
    const auto person = static_cast<Person>(index);
    if (is_child(person) != child || original_.contains(person)) return {};
    return person;
}

void People::make_households() {
    household_.resize(registered_);
    Person next = 0;
    for (Household household = 0; next < registered_; ++household) {
        const std::uint32_t drawn = Draw(seed_, 0x4a11, household).below(100);
        const Person wanted = drawn < 55 ? 1 : drawn < 77 ? 2 : drawn < 90 ? 3 : drawn < 97 ? 4 : 5;
        const Person size = std::min(wanted, registered_ - next);
        first_.push_back(next);
        for (Person i = 0; i < size; ++i) household_[next++] = household;
    }
    first_.push_back(next);
}

void People::make_namesakes() {
    const std::uint32_t wanted = std::max<std::uint32_t>(2, registered_ / 20'000);
    Draw draw(seed_, 0x7717, 0);
    for (std::uint32_t tries = 0; namesakes_.size() < wanted && tries < wanted * 20; ++tries) {
        const Person one = first_[draw.below(households())];
        const Person other = first_[draw.below(households())];
        if (one == other || has_namesake(one) || has_namesake(other)) continue;
        const Number source = number(one);
        Number twin = source;
        twin[14] = '9';
        twin[17] = check_character(twin);
        if (!special_.emplace(std::string(text_of(twin)), other).second) continue;
        original_.emplace(other, one);
        namesakes_.push_back({one, other});
    }
}

bool People::has_namesake(Person person) const {
    return std::any_of(namesakes_.begin(), namesakes_.end(), [person](const Namesakes& pair) {
        return pair.one == person || pair.other == person;
    });
}

std::string People::household_id(Household household) const {
    return fmt::format("LZ{:0{}}", household + 1, households() > 999'999 ? 8 : 6);
}

Number People::number(Person person) const {
    if (is_registered(person)) {
        if (const auto found = original_.find(person); found != original_.end()) {
            Number twin = number(found->second);
            twin[14] = '9';
            twin[17] = check_character(twin);
            return twin;
        }
        if (is_child(person)) return children_.at(person);
    }
    return adults_.at(person);
}

std::uint64_t People::name_hash(Person person) const {
    if (is_registered(person))
        if (const auto found = original_.find(person); found != original_.end()) person = found->second;
    return mix(mix(seed_ ^ 0x9a3e) ^ person);
}

std::string People::name(Person person) const {
    std::string out;
    append_name(out, name_hash(person), NameForm::plain);
    return out;
}

std::uint64_t People::telephone(Person person, bool nobodys) const {
    constexpr std::uint64_t first = 13'000'000'000, count = 7'000'000'000,
                            factor = 777'767'777;  // coprime to count
    if (is_registered(person))
        if (const auto found = original_.find(person); found != original_.end()) person = found->second;
    const std::uint64_t index = nobodys ? static_cast<std::uint64_t>(person) + residents_ : person;
    return first + times(index, factor, count);
}

int People::lookalikes(const Number& number, std::uint64_t name_hash) const {
    int count = 0;
    for (std::size_t at = 0; at < number.size(); ++at) {
        for (const char character : std::string_view(at == 17 ? "0123456789X" : "0123456789")) {
            if (character == number[at]) continue;
            Number other = number;
            other[at] = character;
            if (!check_holds(other)) continue;
            const auto person = find(other);
            if (person && same_name(this->name_hash(*person), name_hash)) ++count;
        }
    }
    return count;
}

}  // namespace doudi::synth
