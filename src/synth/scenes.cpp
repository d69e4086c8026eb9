// SPDX-License-Identifier: Apache-2.0
// Casting, and the running order.
#include "synth/scenes.h"

#include <algorithm>

namespace doudi::synth {

Person Scenes::cast(Person least, Person most, bool closing) {
    const People& people = planner_.people_;
    const Household count = people.households();
    const Household start = draw_.below(count);
    for (Household i = 0; i < count; ++i) {
        const Household household = (start + i) % count;
        const Person size = people.size_of(household);
        if (planner_.staged_[household] || size < least || size > most) continue;
        if (people.has_namesake(people.first_member(household))) continue;
        planner_.staged_[household] = true;
        planner_.plan_.closing[household] = closing;
        return people.first_member(household);
    }
    return nobody;
}

bool Scenes::substitute(Mention& mention, int lookalikes) {
    const People& people = planner_.people_;
    mention.number = NumberForm::substituted;
    for (mention.salt = static_cast<std::uint32_t>(draw_.next() & 0xFFFFFFu); mention.salt < 0x2000000u;
         ++mention.salt) {
        const Number damaged = synth::substitute(people.number(mention.who), mention.salt);
        if (people.lookalikes(damaged, people.name_hash(mention.who)) == lookalikes) return true;
    }
    return false;
}

void Scenes::play_all() {
    exits();
    deaths();
    retractions();
    late_and_repeated();
    held();
    births();
    marriages();
    petitions();
    once();
    mixed_dates();
    levels();
    wrong_digits();
    name_forms();
    other_names();
    faults();
    statuses();
    borders();
    duplicates();
    number_forms();
}

void Planner::scenes() {
    // The namesakes live in no other scene, and chance leaves them alone too.
    for (const People::Namesakes& pair : people_.namesakes()) {
        staged_[people_.household_of(pair.one)] = true;
        staged_[people_.household_of(pair.other)] = true;
    }
    Scenes(*this, ~0ull).namesakes();
    const std::uint64_t sets = std::clamp<std::uint64_t>(people_.households() / 1000, 1, 200);
    for (std::uint64_t set = 0; set < sets; ++set) Scenes(*this, set).play_all();
}

}  // namespace doudi::synth
