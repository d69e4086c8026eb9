// SPDX-License-Identifier: Apache-2.0
// Purpose: a scene for every sentence of samples/README.md that chance might not reach in a small county.
// Invariant: each has its household to itself; what must come of it is not written here: the truth finds that
// from the rows, as for any other.
#pragma once
#include "synth/plan.h"

namespace doudi::synth {

class Scenes {
  public:
    Scenes(Planner& planner, std::uint64_t set) : planner_(planner), draw_(planner.seed_, 0x5ce4e, set) {}
    void play_all();
    void namesakes();  // once a county

  private:
    // The head of a household of so many members that no scene has yet; nobody if none is left.
    Person cast(Person least, Person most = 9, bool closing = false);
    [[nodiscard]] static Date day(std::size_t quarter, int offset) {
        return quarters()[quarter].first + offset;
    }
    Row row(Person who, Date date) {
        Row made;
        made.first.who = who;
        made.date = date;
        made.salt = static_cast<std::uint32_t>(draw_.next());
        return made;
    }
    void put(std::size_t quarter, Feed feed, const Row& made) { planner_.add(quarter, feed, made); }
    void put(std::size_t quarter, Feed feed, Person who, Date date) { put(quarter, feed, row(who, date)); }
    void both_quarters(Feed feed, const Row& made) {
        put(0, feed, made);
        put(1, feed, made);
    }
    bool substitute(Mention& mention, int lookalikes);

    void exits();
    void deaths();
    void retractions();
    void late_and_repeated();
    void held();
    void births();
    void marriages();
    void petitions();
    void once();
    void mixed_dates();
    void levels();
    void number_forms();
    void name_forms();
    void wrong_digits();
    void other_names();
    void faults();
    void statuses();
    void borders();
    void duplicates();

    Planner& planner_;
    Draw draw_;
};

}  // namespace doudi::synth
