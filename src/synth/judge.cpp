// SPDX-License-Identifier: Apache-2.0
#include "synth/judge.h"

#include <algorithm>

namespace doudi::synth {

Bucket judge(const People& people, Feed feed, const Mention& mention, const Row& row) {
    if (mention.who == nobody) return Bucket::rejected;
    const bool ours = people.is_registered(mention.who);
    const bool own_name = mention.name != NameForm::other;
    if (mention.number == NumberForm::empty && feed == Feed::petition) {
        const bool one = ours && own_name && !row.nobodys_telephone && !people.has_namesake(mention.who);
        return one ? Bucket::probable : Bucket::off_roster;
    }
    if (mention.number == NumberForm::substituted) {
        const bool one = ours && own_name &&
                         people.lookalikes(substitute(people.number(mention.who), mention.salt),
                                           people.name_hash(mention.who)) == 1;
        return one ? Bucket::probable : Bucket::rejected;
    }
    if (mention.number == NumberForm::empty || mention.number == NumberForm::scientific)
        return Bucket::rejected;
    if (!ours) return Bucket::off_roster;
    return own_name ? Bucket::exact : Bucket::review;
}

Judged judge(const People& people, Feed feed, const Row& row, Date as_of) {
    Judged judged;
    judged.first = judge(people, feed, row.first, row);
    judged.second = judge(people, feed, row.second, row);
    judged.row = std::min(judged.first, judged.second);
    if (row.fault != DateFault::none) {
        judged.row = Bucket::rejected;
    } else if (judged.row != Bucket::rejected && row.date > as_of) {
        judged.row = Bucket::held;
    }
    return judged;
}

}  // namespace doudi::synth
