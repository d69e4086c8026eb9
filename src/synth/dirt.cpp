// SPDX-License-Identifier: Apache-2.0
// The damage that chance brings to a mention, and the rows about strangers (domain.md §6.3: numbers
// damaged 2.5 %, half of them beyond repair; missing 1 %; other spellings of a name 1.5 %; a registered
// number under another name 0.3 %).
#include "synth/plan.h"

namespace doudi::synth {
namespace {

NumberForm undoable_form(const Number& number, Draw& draw) {
    constexpr std::array forms{NumberForm::full_width, NumberForm::spaced,  NumberForm::trailing_space,
                               NumberForm::quoted,     NumberForm::lower_x, NumberForm::fifteen};
    const NumberForm form = forms[draw.below(forms.size())];
    return form_fits(form, number) ? form : NumberForm::full_width;
}

NameForm name_form(std::uint64_t name_hash, Draw& draw) {
    if (has_dot(name_hash)) return NameForm::dotted;
    constexpr std::array forms{NameForm::remark, NameForm::parted, NameForm::padded};
    return forms[draw.below(forms.size())];
}

// Finds a wrong digit that points to exactly as many registered people as it should.
bool substitute_safely(const People& people, Mention& mention, int wanted) {
    const Number number = people.number(mention.who);
    for (int tries = 0; tries < 8; ++tries, ++mention.salt)
        if (people.lookalikes(substitute(number, mention.salt), people.name_hash(mention.who)) == wanted)
            return true;
    return false;
}

Mention damaged(const People& people, Person person, double density, Draw& draw) {
    Mention mention{.who = person, .salt = static_cast<std::uint32_t>(draw.next())};
    const bool ours = people.is_registered(person);
    const double drawn = static_cast<double>(draw.next() >> 11) * 0x1.0p-53 / density;
    if (drawn < 0.0125) {
        mention.number = undoable_form(people.number(person), draw);
    } else if (drawn < 0.025) {
        if (draw.chance(0.6) && substitute_safely(people, mention, ours ? 1 : 0)) {
            mention.number = NumberForm::substituted;
        } else {
            mention.number = NumberForm::scientific;
        }
    } else if (drawn < 0.035) {
        mention.number = NumberForm::empty;
    }
    if (draw.chance(0.015 * density)) {
        mention.name = name_form(people.name_hash(person), draw);
    } else if (ours && is_undoable(mention.number) && draw.chance(0.003 * density)) {
        mention.name = NameForm::other;
    }
    return mention;
}

DateFault fault_by_chance(double density, Draw& draw) {
    if (!draw.chance(0.002 * density)) return DateFault::none;
    constexpr std::array faults{DateFault::unknown, DateFault::impossible, DateFault::blank};
    return faults[draw.below(faults.size())];
}

Date stranger_date(Feed feed, std::size_t quarter, Draw& draw) {
    const Quarter& when = quarters()[quarter];
    if (feed == Feed::insurance) return when.first.plus_months(draw.between(-1, draw.chance(0.03) ? 4 : 2));
    const bool whole_list = feed == Feed::disability || feed == Feed::illness || feed == Feed::unemployment;
    if (whole_list && draw.chance(0.75)) return when.first - draw.between(0, 2600);
    if (!whole_list && draw.chance(0.01)) return when.last + draw.between(1, 100);
    if (draw.chance(0.06)) return when.first - draw.between(1, 200);
    return when.first + draw.between(0, when.last - when.first);
}

Status stranger_status(Feed feed, Draw& draw) {
    const std::uint32_t drawn = draw.below(100);
    if (feed == Feed::unemployment)
        return drawn < 84 ? Status::counts : drawn < 95 ? Status::taken_back : Status::blank;
    if (feed == Feed::insurance) return drawn < 84 ? Status::counts : Status::counts_not;
    if (feed == Feed::college) return drawn < 75 ? Status::counts : Status::counts_not;
    return Status::counts;
}

std::uint8_t chance_detail(Feed feed, Draw& draw) {
    if (feed == Feed::illness) return static_cast<std::uint8_t>(draw.below(illnesses));
    if (feed == Feed::insurance) return static_cast<std::uint8_t>(draw.below(insurances));
    if (feed == Feed::disaster) return static_cast<std::uint8_t>(draw.below(disasters));
    return 0;
}

}  // namespace

Mention Planner::chance_mention(Person person, Draw& draw) const {
    return damaged(people_, person, rates_.density, draw);
}

DateFault Planner::chance_fault(Draw& draw) const {
    return fault_by_chance(rates_.density, draw);
}

Row make_stranger(const People& people, std::uint64_t seed, const Rates& rates, Feed feed,
                  std::size_t quarter, std::uint64_t index) {
    Draw draw(seed, 0x57a6 + quarter * feed_count + index_of(feed), index);
    const auto someone = [&] {
        return people.registered() + draw.below(people.residents() - people.registered());
    };
    Row row;
    row.first = damaged(people, someone(), rates.density, draw);
    if (feed == Feed::birth || feed == Feed::marriage)
        row.second = damaged(people, someone(), rates.density, draw);
    if (feed == Feed::petition) {
        row.first.number = draw.chance(0.45) ? NumberForm::empty : NumberForm::plain;
    }
    row.salt = static_cast<std::uint32_t>(draw.next());
    row.detail = chance_detail(feed, draw);
    row.date = stranger_date(feed, quarter, draw);
    row.status = stranger_status(feed, draw);
    row.fault = fault_by_chance(rates.density, draw);
    return row;
}

}  // namespace doudi::synth
