// SPDX-License-Identifier: Apache-2.0
// What the planner's files share.
#include "synth/plan.h"

#include <utility>

namespace doudi::synth {
namespace {

Date ymd(int year, int month, int day) {
    return Date::from_ymd(year, month, day).value();
}

}  // namespace

const std::array<Quarter, most_quarters>& quarters() {
    static const std::array<Quarter, most_quarters> all{{
        {"2025Q2", ymd(2025, 4, 1), ymd(2025, 6, 30)},
        {"2025Q3", ymd(2025, 7, 1), ymd(2025, 9, 30)},
    }};
    return all;
}

Planner::Planner(const People& people, std::uint64_t seed, const Rates& rates, std::size_t quarter_count)
    : people_(people),
      seed_(seed),
      rates_(rates),
      quarter_count_(quarter_count),
      staged_(people.households()) {
    plan_.closing.resize(people.households());
    for (Household household = 0; household < people.households(); ++household)
        plan_.closing[household] = Draw(seed, 0xc105e, household).chance(0.12);
}

Plan Planner::take() {
    shuffle();
    return std::move(plan_);
}

void Planner::shuffle() {
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
        for (std::size_t feed = 0; feed < feed_count; ++feed) {
            Rows& rows = plan_.rows[quarter][feed];
            Draw draw(seed_, 0x5f1e, quarter * feed_count + feed);
            for (std::size_t i = rows.size(); i > 1; --i)
                std::swap(rows[i - 1], rows[draw.below(static_cast<std::uint32_t>(i))]);
        }
    }
}

double Planner::rate(double yearly, double quarters_of_year) const {
    return rates_.clean ? 0 : yearly / 4 * quarters_of_year * rates_.density;
}

Person Planner::stranger(Draw& draw) const {
    return people_.registered() + draw.below(people_.residents() - people_.registered());
}

Date Planner::day_in(std::size_t quarter, Draw& draw) const {
    const Quarter& when = quarters()[quarter];
    return when.first + draw.between(0, when.last - when.first);
}

Date Planner::day_before_baseline(Draw& draw) const {
    // One in a hundred on the baseline itself, which is not new either.
    const Date baseline = quarters()[0].first - 1;
    return draw.chance(0.01) ? baseline : baseline - draw.between(0, 2600);
}

Date Planner::month_in(std::size_t quarter, Draw& draw) const {
    const auto first = quarters()[quarter].first;
    return first.plus_months(draw.between(0, 2));
}

void Planner::add(std::size_t quarter, Feed feed, const Row& row) {
    if (quarter >= quarter_count_) return;
    plan_.rows[quarter][index_of(feed)].push_back(row);
}

void Planner::add_and_copy(std::size_t quarter, Feed feed, const Row& row, Draw& draw) {
    add(quarter, feed, row);
    const auto sound = [](const Mention& mention) {
        return mention.who == nobody || (is_undoable(mention.number) && mention.name != NameForm::other);
    };
    if (draw.chance(0.012 * rates_.density) && sound(row.first) && sound(row.second) &&
        row.fault == DateFault::none) {
        Row copy = row;
        copy.first.number =
            row.first.number == NumberForm::plain ? NumberForm::trailing_space : NumberForm::plain;
        add(quarter, feed, copy);
    }
}

Plan make_plan(const People& people, std::uint64_t seed, const Rates& rates, std::size_t quarter_count) {
    Planner planner(people, seed, rates, quarter_count);
    if (!rates.clean) planner.scenes();
    planner.background();
    return planner.take();
}

}  // namespace doudi::synth
