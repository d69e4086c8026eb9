// SPDX-License-Identifier: Apache-2.0
// What befalls people, and how it is told.
#include <array>

#include "synth/scenes.h"

namespace doudi::synth {

void Scenes::exits() {
    if (const Person alone = cast(1, 1); alone != nobody) {
        put(0, Feed::death_police, alone, day(0, 30));
        put(1, Feed::accident, alone, day(1, 20));
    }
    if (const Person pair = cast(2, 2); pair != nobody) {
        put(0, Feed::death_police, pair, day(0, 11));
        put(1, Feed::death_health, pair + 1, day(1, 17));
    }
    if (const Person probable = cast(1, 1); probable != nobody) {
        Row made = row(probable, day(0, 40));
        if (substitute(made.first, 1)) put(0, Feed::death_civil, made);
    }
    if (const Person later = cast(1, 1); later != nobody) {  // probable first, exact a quarter later
        Row made = row(later, day(0, 41));
        const Row exact = made;
        if (substitute(made.first, 1)) put(0, Feed::death_civil, made);
        put(1, Feed::death_police, exact);
    }
    if (const Person survived = cast(3); survived != nobody) put(0, Feed::death_health, survived, day(0, 5));
}

void Scenes::deaths() {
    if (const Person who = cast(2); who != nobody) {  // three sources, the ashes later: one death
        put(0, Feed::death_police, who, day(0, 20));
        put(0, Feed::death_health, who, day(0, 20));
        put(0, Feed::death_civil, who, day(0, 23));
    }
    if (const Person who = cast(2, 9, true); who != nobody) {  // told again after the warning was settled
        put(0, Feed::death_police, who, day(0, 20));
        put(1, Feed::death_civil, who, day(0, 23));
    }
    if (const Person who = cast(2);
        who != nobody) {  // the insurance stopped with a death that is told a quarter later
        Row stopped = row(who, day(0, 0).plus_months(1));
        put(0, Feed::insurance, stopped);
        put(0, Feed::accident, who + 1, day(0, 33));
        put(1, Feed::death_police, who, day(0, 20));
    }
    if (const Person who = cast(2); who != nobody) {  // the widow's own insurance counts
        put(0, Feed::death_police, who, day(0, 3));
        put(0, Feed::insurance, who + 1, day(0, 0).plus_months(1));
    }
}

void Scenes::retractions() {
    const auto take_back = [this](Person who, Date date) {
        Row made = row(who, date);
        put(0, Feed::unemployment, made);
        made.status = Status::taken_back;
        put(1, Feed::unemployment, made);
    };
    if (const Person who = cast(1); who != nobody) take_back(who, day(0, 15));
    if (const Person who = cast(1); who != nobody) {  // red falls to orange and keeps its day
        take_back(who, day(0, 15));
        put(0, Feed::accident, who, day(0, 18));
        put(0, Feed::illness, who, day(0, 19));
    }
    if (const Person who = cast(1); who != nobody) {  // orange falls to green and has none
        take_back(who, day(0, 16));
        put(0, Feed::accident, who, day(0, 28));
    }
    if (const Person who = cast(1, 9, true); who != nobody) take_back(who, day(0, 17));
    if (const Person who = cast(1); who != nobody) {
        Row made = row(who, day(0, 22));
        put(0, Feed::unemployment, made);
        made.status = Status::blank;
        put(1, Feed::unemployment, made);
    }
}

void Scenes::late_and_repeated() {
    if (const Person who = cast(1); who != nobody) put(1, Feed::accident_late, who, day(0, 44));
    if (const Person who = cast(1); who != nobody) {
        const Row made = row(who, day(0, 45));
        put(0, Feed::accident, made);
        put(1, Feed::accident_late, made);
    }
    if (const Person who = cast(1); who != nobody) {
        const Row made = row(who, day(1, 45));
        put(1, Feed::accident, made);
        put(1, Feed::accident_late, made);
    }
    if (const Person who = cast(1, 9, true); who != nobody)
        both_quarters(Feed::illness, row(who, day(0, 37)));
    if (const Person who = cast(1, 9, true); who != nobody) {  // settled, and something new comes
        both_quarters(Feed::disability, row(who, day(0, 38)));
        put(1, Feed::petition, who, day(1, 9));
    }
}

void Scenes::held() {
    if (const Person who = cast(1); who != nobody) {
        const Row made = row(who, day(1, 0).plus_months(1));
        put(0, Feed::insurance, made);
    }
    if (const Person who = cast(1); who != nobody)
        both_quarters(Feed::insurance, row(who, day(1, 0).plus_months(2)));
    if (const Person who = cast(1); who != nobody) put(0, Feed::accident, who, day(1, 0));
    if (const Person who = cast(1); who != nobody) put(1, Feed::college, who, day(1, 92));
    if (const Person who = cast(1); who != nobody) put(0, Feed::accident, who, day(1, 120));
}

void Scenes::births() {
    const auto birth = [this](Person mother, Person father, int offset) {
        Row made = row(mother, day(0, offset));
        made.second.who = father;
        return made;
    };
    if (const Person who = cast(2); who != nobody) {
        Row made = birth(who + 1, who, 50);
        put(0, Feed::birth, made);
        made.salt += 1;
        put(0, Feed::birth, made);
    }
    if (const Person who = cast(1); who != nobody)
        put(0, Feed::birth, birth(planner_.stranger(draw_), who, 51));
    if (const Person who = cast(1); who != nobody) {
        Row made = birth(planner_.stranger(draw_), who, 52);
        made.first.number = NumberForm::empty;
        put(0, Feed::birth, made);
    }
    const Person mother = cast(1), father = cast(1);
    if (mother != nobody && father != nobody) put(0, Feed::birth, birth(mother, father, 53));
    const Person probable = cast(1), husband = cast(1);
    if (probable != nobody && husband != nobody) {
        Row made = birth(probable, husband, 54);
        if (substitute(made.first, 1)) put(0, Feed::birth, made);
    }
}

void Scenes::marriages() {
    const auto marry = [this](Person man, Person woman, std::size_t quarter, int offset) {
        Row made = row(man, day(quarter, offset));
        made.second.who = woman;
        put(quarter, Feed::marriage, made);
    };
    const Person man = cast(1), woman = cast(1);
    if (man != nobody && woman != nobody) marry(man, woman, 0, 60);
    if (const Person who = cast(2); who != nobody) marry(who, who + 1, 0, 61);
    if (const Person who = cast(2); who != nobody) {  // twice in one household: counts once
        marry(who, planner_.stranger(draw_), 0, 62);
        marry(who + 1, planner_.stranger(draw_), 1, 63);
    }
    if (const Person who = cast(1, 9, true); who != nobody) {  // settled between the two: counts again
        marry(who, planner_.stranger(draw_), 0, 64);
        marry(who, planner_.stranger(draw_), 1, 65);
    }
}

void Scenes::petitions() {
    const auto nameless = [this](Person who, bool nobodys) {
        Row made = row(who, day(0, 70));
        made.first.number = NumberForm::empty;
        made.nobodys_telephone = nobodys;
        put(0, Feed::petition, made);
    };
    if (const Person who = cast(1); who != nobody) nameless(who, false);
    if (const Person who = cast(1); who != nobody) nameless(who, true);
    if (const Person who = cast(1); who != nobody) {
        put(0, Feed::petition, who, day(0, 71));
        put(1, Feed::petition, who, day(1, 71));
    }
}

void Scenes::once() {
    if (const Person who = cast(1); who != nobody) {  // two illnesses of one person
        Row made = row(who, day(0, 8));
        both_quarters(Feed::illness, made);
        made.detail = 1;
        both_quarters(Feed::illness, made);
    }
    if (const Person who = cast(2); who != nobody) {  // the same of two
        both_quarters(Feed::illness, row(who, day(0, 8)));
        both_quarters(Feed::illness, row(who + 1, day(0, 8)));
    }
    if (const Person who = cast(1); who != nobody) {
        put(0, Feed::accident, who, day(0, 9));
        put(1, Feed::accident, who, day(1, 9));
    }
    if (const Person who = cast(1); who != nobody) {  // two disasters of one household
        Row made = row(who, day(0, 20));
        put(0, Feed::disaster, made);
        made.detail = 1;
        put(0, Feed::disaster, made);
    }
}

void Scenes::levels() {
    // Events in the order of points, and those that the second quarter adds.
    struct Ladder {
        std::array<Feed, 2> now;
        int count;
        std::array<Feed, 2> later;
        int later_count;
    };
    using enum Feed;
    constexpr std::array ladders{
        Ladder{{accident, accident}, 1, {accident_late, illness}, 0},
        Ladder{{petition, petition}, 1, {illness, illness}, 1},
        Ladder{{accident, insurance}, 2, {illness, illness}, 0},
        Ladder{{accident, illness}, 2, {insurance, insurance}, 1},
        Ladder{{petition, insurance}, 2, {college, school}, 2},
        Ladder{{disability, disability}, 1, {college, school}, 1},
        Ladder{{insurance, insurance}, 1, {school, school}, 1},
        Ladder{{insurance, insurance}, 1, {disaster, disaster}, 1},
    };
    for (const Ladder& ladder : ladders) {
        const Person who = cast(1);
        if (who == nobody) return;
        const auto dated = [](Feed feed, std::size_t quarter) {
            return day(quarter, feed == insurance ? 0 : 25);
        };
        for (int i = 0; i < ladder.count; ++i)
            put(0, ladder.now[static_cast<std::size_t>(i)], who,
                dated(ladder.now[static_cast<std::size_t>(i)], 0));
        for (int i = 0; i < ladder.later_count; ++i)
            put(1, ladder.later[static_cast<std::size_t>(i)], who,
                dated(ladder.later[static_cast<std::size_t>(i)], 1));
    }
}

void Scenes::mixed_dates() {
    if (const Person who = cast(1); who != nobody) {  // two dates are two keys, and count once a person
        put(0, Feed::accident, who, day(0, 34));
        put(0, Feed::accident, who, day(0, 35));
    }
    if (const Person who = cast(2); who != nobody) {  // a death takes nothing but the insurance
        put(0, Feed::accident, who, day(0, 10));
        put(0, Feed::death_police, who, day(0, 11));
        put(1, Feed::insurance, who, day(1, 0));
    }
}

}  // namespace doudi::synth
