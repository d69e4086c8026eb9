// SPDX-License-Identifier: Apache-2.0
// How numbers, names, dates and states come in damaged.
#include <array>

#include "synth/scenes.h"

namespace doudi::synth {

void Scenes::number_forms() {
    for (const NumberForm form :
         {NumberForm::full_width, NumberForm::spaced, NumberForm::trailing_space, NumberForm::quoted,
          NumberForm::lower_x, NumberForm::fifteen, NumberForm::scientific, NumberForm::empty}) {
        for (int tries = 0; tries < 24; ++tries) {
            const Person who = cast(1);
            if (who == nobody) return;
            Row made = row(who, day(0, 12));
            if (!form_fits(form, planner_.people_.number(who))) continue;
            made.first.number = form;
            put(0, Feed::illness, made);
            break;
        }
    }
}

void Scenes::name_forms() {
    for (const NameForm form : {NameForm::remark, NameForm::parted, NameForm::padded, NameForm::other}) {
        const Person who = cast(1);
        if (who == nobody) return;
        Row made = row(who, day(0, 13));
        made.first.name = form;
        put(0, Feed::unemployment, made);
    }
}

void Scenes::wrong_digits() {
    for (int i = 0; i < 3; ++i) {
        const Person who = cast(1);
        if (who == nobody) return;
        Row made = row(who, day(0, 14 + i));
        if (!substitute(made.first, 1)) continue;
        put(0, Feed::disability, made);
        if (i == 1) put(1, Feed::disability, made);
        if (i != 2) continue;
        made.first.number = NumberForm::plain;  // the same event, seen exactly a quarter later
        put(1, Feed::disability, made);
    }
}

void Scenes::namesakes() {
    for (const People::Namesakes& pair : planner_.people_.namesakes()) {
        Row made = row(pair.one, day(0, 26));
        if (substitute(made.first, 2)) put(0, Feed::accident, made);  // between two people: nobody's
        made.first = {.who = pair.other, .number = NumberForm::empty};
        put(0, Feed::petition, made);  // name and telephone of two people
    }
}

void Scenes::faults() {
    for (const DateFault fault : {DateFault::unknown, DateFault::impossible, DateFault::blank}) {
        const Person who = cast(1);
        if (who == nobody) return;
        Row made = row(who, day(0, 27));
        made.fault = fault;
        put(0, Feed::accident, made);
        put(0, Feed::insurance, made);
    }
}

void Scenes::statuses() {
    const auto with = [this](Feed feed, std::size_t quarter, Status status) {
        const Person who = cast(1);
        if (who == nobody) return;
        Row made = row(who, day(quarter, 0));
        made.status = status;
        put(quarter, feed, made);
    };
    with(Feed::unemployment, 0, Status::taken_back);
    with(Feed::unemployment, 0, Status::blank);
    with(Feed::insurance, 0, Status::counts_not);
    with(Feed::college, 1, Status::counts_not);
    with(Feed::college, 1, Status::blank);
}

void Scenes::borders() {
    for (const int offset :
         {-1, 0, 90, 91}) {  // the baseline, the day after it, the day of import, the day after it
        const Person who = cast(1);
        if (who == nobody) return;
        put(0, Feed::accident, who, day(0, offset));
    }
}

void Scenes::duplicates() {
    for (const Feed feed :
         {Feed::accident, Feed::disaster, Feed::insurance, Feed::petition, Feed::death_police}) {
        const Person who = cast(2);
        if (who == nobody) return;
        Row made = row(who, day(0, 0));
        put(0, feed, made);
        made.first.number = NumberForm::spaced;
        put(0, feed, made);
    }
    if (const Person who = cast(1); who != nobody) {  // the same person, once by a wrong digit
        Row made = row(who, day(0, 36));
        put(0, Feed::illness, made);
        if (substitute(made.first, 1)) put(0, Feed::illness, made);
    }
}

// Somebody else's name beside a number, a telephone or a wrong digit of ours.
void Scenes::other_names() {
    if (const Person who = cast(1); who != nobody) {
        Row made = row(who, day(0, 29));
        made.first.name = NameForm::other;
        made.first.number = NumberForm::empty;
        put(0, Feed::petition, made);
    }
    if (const Person who = cast(1); who != nobody) {
        Row made = row(who, day(0, 30));
        if (substitute(made.first, 1)) {
            made.first.name = NameForm::other;
            put(0, Feed::accident, made);
        }
    }
    if (const Person who = cast(1); who != nobody) {  // a spoilt number is no missing one
        Row made = row(who, day(0, 31));
        made.first.number = NumberForm::scientific;
        put(0, Feed::petition, made);
    }
    const Person mother = cast(1), father = cast(1);
    if (mother == nobody || father == nobody) return;
    Row made = row(mother, day(0, 32));  // she goes to review, he matches: his household
    made.first.name = NameForm::other;
    made.second.who = father;
    put(0, Feed::birth, made);
}

}  // namespace doudi::synth
