// SPDX-License-Identifier: Apache-2.0
// What chance does to registered people, at the yearly rates of domain.md §6.3. At most one new event a
// person, indicator and county: whether "once a person" outlives a closed warning is a question that the
// sample leaves open.
#include <algorithm>

#include "synth/plan.h"

namespace doudi::synth {
namespace {

enum Tag : std::uint64_t {
    tag_death = 0xd001,
    tag_sources,
    tag_roll,
    tag_insurance = 0xd101,
    tag_accident,
    tag_school,
    tag_birth,
    tag_marriage,
    tag_disaster,
    tag_petition
};

Status first_status(Draw& draw) {
    const std::uint32_t drawn = draw.below(100);
    return drawn < 88 ? Status::counts : drawn < 95 ? Status::taken_back : Status::blank;
}

Status later_status(Status first, Draw& draw) {
    if (first != Status::counts) return first;
    const std::uint32_t drawn = draw.below(100);
    return drawn < 85 ? Status::counts : drawn < 95 ? Status::taken_back : Status::blank;
}

std::uint8_t details_of(Feed feed) {
    return feed == Feed::illness ? illnesses : feed == Feed::insurance ? insurances : 1;
}

}  // namespace

void Planner::background() {
    for (Household household = 0; household < people_.households(); ++household) {
        if (staged_[household]) continue;
        const Person first = people_.first_member(household);
        for (Person person = first; person < first + people_.size_of(household); ++person) one_person(person);
        if (quarter_of_death(first) < most_quarters) continue;
        for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
            births(household, quarter);
            marriage(household, quarter);
            household_events(household, quarter);
        }
    }
}

void Planner::one_person(Person person) {
    roll(person, Feed::disability, 0.23, 0.012);
    roll(person, Feed::illness, 0.22, 0.05);
    if (!people_.is_child(person)) roll(person, Feed::unemployment, 0.08, 0.015);
    if (const std::size_t quarter = quarter_of_death(person); quarter < most_quarters) {
        death(person, quarter);
        return;  // nothing else befalls somebody who dies: which facts count then is for the scenes
    }
    if (!people_.is_child(person)) insurance(person);
    accident(person);
    schooling(person);
}

std::size_t Planner::quarter_of_death(Person person) const {
    Draw draw(seed_, tag_death, person);
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter)
        if (draw.chance(rate(0.045))) return quarter;
    return most_quarters;
}

Row Planner::event(Person person, Date date, Draw& draw) const {
    Row row;
    row.first = chance_mention(person, draw);
    row.date = date;
    row.salt = static_cast<std::uint32_t>(draw.next());
    row.fault = chance_fault(draw);
    return row;
}

void Planner::death(Person person, std::size_t quarter) {
    Draw draw(seed_, tag_sources, person);
    const Date day = day_in(quarter, draw);
    if (draw.chance(0.05)) ++quarter;  // told late
    std::uint32_t sources = draw.below(8);
    if (sources == 0) sources = 1;
    if (quarter >= quarter_count_) return;
    if (sources & 1u) add_and_copy(quarter, Feed::death_police, event(person, day, draw), draw);
    if (sources & 2u) add_and_copy(quarter, Feed::death_health, event(person, day, draw), draw);
    if (sources & 4u) {
        const Date cremated = std::min(day + draw.between(1, 4), quarters()[quarter].last);
        add_and_copy(quarter, Feed::death_civil, event(person, cremated, draw), draw);
    }
}

void Planner::roll(Person person, Feed feed, double on_it, double yearly_new) {
    Draw draw(seed_, tag_roll + index_of(feed), person);
    Row row;
    row.first.who = person;
    row.salt = static_cast<std::uint32_t>(draw.next());
    row.detail = static_cast<std::uint8_t>(draw.below(details_of(feed)));
    if (draw.chance(on_it)) {
        row.date = day_before_baseline(draw);
        list_in_rolls(row, feed, 0, draw);
        return;
    }
    if (quarter_of_death(person) < most_quarters) return;
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
        if (!draw.chance(rate(yearly_new))) continue;
        row.date = day_in(quarter, draw);
        const std::size_t from = quarter + (draw.chance(0.04) ? 1 : 0);
        list_in_rolls(row, feed, from, draw);
        if (feed == Feed::illness && draw.chance(0.05) && !plan_.closing[people_.household_of(person)]) {
            row.detail = static_cast<std::uint8_t>((row.detail + 1) % illnesses);
            list_in_rolls(row, feed, from, draw);
        }
        return;
    }
}

void Planner::list_in_rolls(const Row& row, Feed feed, std::size_t from, Draw& draw) {
    Status status = Status::counts;
    for (std::size_t quarter = from; quarter < quarter_count_; ++quarter) {
        if (feed == Feed::unemployment)
            status = quarter == from ? first_status(draw) : later_status(status, draw);
        Row listed = event(row.first.who, row.date, draw);
        listed.salt = row.salt;
        listed.detail = row.detail;
        listed.status = status;
        const bool forgotten = draw.chance(0.02);
        if (!forgotten) add_and_copy(quarter, feed, listed, draw);
    }
}

void Planner::insurance(Person person) {
    Draw draw(seed_, tag_insurance, person);
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
        if (!draw.chance(rate(0.04))) continue;
        Row row = event(person, month_in(quarter, draw), draw);
        row.detail = static_cast<std::uint8_t>(draw.below(insurances));
        row.status = draw.chance(0.84) ? Status::counts : Status::counts_not;
        const std::uint32_t drawn = draw.below(100);
        if (drawn < 8) row.date = quarters()[quarter].first.plus_months(3 + static_cast<int>(drawn % 3));
        if (drawn >= 8 && drawn < 16) row.date = quarters()[0].first.plus_months(-1);
        const bool late = drawn >= 16 && drawn < 20;
        add_and_copy(quarter + (late ? 1 : 0), Feed::insurance, row, draw);
        if ((drawn < 8 || drawn >= 92) && row.status == Status::counts)
            add(quarter + 1, Feed::insurance, row);
        return;
    }
}

void Planner::accident(Person person) {
    Draw draw(seed_, tag_accident, person);
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
        if (!draw.chance(rate(0.006))) continue;
        Row row = event(person, day_in(quarter, draw), draw);
        const std::uint32_t drawn = draw.below(100);
        if (drawn < 5) row.date = day_before_baseline(draw);
        if (drawn >= 5 && drawn < 8) row.date = quarters()[quarter].last + draw.between(1, 60);
        const bool only_late = drawn >= 8 && drawn < 20;
        if (!only_late) add_and_copy(quarter, Feed::accident, row, draw);
        if (only_late || drawn >= 90) add(1, Feed::accident_late, row);
        return;
    }
}

void Planner::schooling(Person person) {
    if (!people_.is_child(person)) return;
    Draw draw(seed_, tag_school, person);
    const std::uint32_t drawn = draw.below(100);
    Date date = day_in(1, draw);
    if (drawn < 3) date = quarters()[1].last + draw.between(1, 40);
    if (drawn >= 3 && drawn < 7) date = day_in(0, draw);
    if (drawn >= 7 && drawn < 10) date = day_before_baseline(draw);
    if (draw.chance(rate(0.06, 4))) {
        add_and_copy(1, Feed::school, event(person, date, draw), draw);
    } else if (draw.chance(rate(0.04, 4))) {
        Row row = event(person, date, draw);
        row.status = draw.chance(0.75) ? Status::counts : Status::counts_not;
        add_and_copy(1, Feed::college, row, draw);
    }
}

void Planner::births(Household household, std::size_t quarter) {
    Draw draw(seed_, tag_birth, household * most_quarters + quarter);
    if (!draw.chance(rate(0.008))) return;
    const Person head = people_.first_member(household);
    const bool couple = people_.size_of(household) > 1 && quarter_of_death(head + 1) == most_quarters;
    const bool fathers = draw.chance(0.25);
    const Person partner = couple ? head + 1 : stranger(draw);
    Row row = event(fathers ? partner : head, day_in(quarter, draw), draw);
    row.second = chance_mention(fathers ? head : partner, draw);
    add_and_copy(quarter, Feed::birth, row, draw);
    if (!draw.chance(0.05)) return;
    row.salt += 1;  // a twin has a certificate of its own
    add(quarter, Feed::birth, row);
}

void Planner::marriage(Household household, std::size_t quarter) {
    Draw draw(seed_, tag_marriage, household * most_quarters + quarter);
    if (!draw.chance(rate(0.016))) return;
    const Person head = people_.first_member(household);
    Person other = stranger(draw);
    const Household elsewhere = draw.below(people_.households());
    const bool free = elsewhere != household && !staged_[elsewhere] &&
                      quarter_of_death(people_.first_member(elsewhere)) == most_quarters;
    const bool couple = people_.size_of(household) > 1 && quarter_of_death(head + 1) == most_quarters;
    const std::uint32_t drawn = draw.below(100);
    if (drawn < 30 && couple) other = head + 1;
    if (drawn >= 30 && drawn < 50 && free) other = people_.first_member(elsewhere);
    Row row = event(head, day_in(quarter, draw), draw);
    row.second = chance_mention(other, draw);
    add_and_copy(quarter, Feed::marriage, row, draw);
}

void Planner::household_events(Household household, std::size_t quarter) {
    const Person head = people_.first_member(household);
    Draw disaster(seed_, tag_disaster, household * most_quarters + quarter);
    if (disaster.chance(rate(0.0144))) {
        const std::uint8_t kind = static_cast<std::uint8_t>(disaster.below(disasters));
        constexpr std::array days{20, 47, 71};  // a flood strikes many on one day
        Row row = event(head, quarters()[quarter].first + days[kind], disaster);
        row.detail = kind;
        add_and_copy(quarter, Feed::disaster, row, disaster);
    }
    Draw draw(seed_, tag_petition, household * most_quarters + quarter);
    if (!draw.chance(rate(0.0054))) return;
    Row row = event(head, day_in(quarter, draw), draw);
    if (!is_undoable(row.first.number) || draw.chance(0.5)) row.first.number = NumberForm::empty;
    row.nobodys_telephone = draw.chance(0.1);
    add_and_copy(quarter, Feed::petition, row, draw);
}

}  // namespace doudi::synth
