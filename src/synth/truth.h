// SPDX-License-Identifier: Apache-2.0
// Purpose: what must come of the planted rows: a plain second reading of samples/README.md, quarter by
// quarter. Invariant: works on the plan alone, never on a file; hash maps and loops, nothing clever.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <ostream>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "synth/judge.h"
#include "synth/plan.h"
#include "synth/profile.h"

namespace doudi::synth {

using Counts = std::array<std::uint64_t, bucket_count>;

struct EventKey {
    std::uint8_t indicator = 0;
    Person person = nobody;
    std::int32_t date = 0;  // 0 for what happens once in a life
    std::uint32_t detail = 0;
    friend bool operator==(const EventKey&, const EventKey&) = default;
};
struct EventKeyHash {
    std::size_t operator()(const EventKey& key) const;
};

struct Event {
    EventKey key;
    Date date;
    Bucket quality = Bucket::exact;
};

struct Warning {
    std::vector<Event> events;
    Date issued;
    std::optional<Date> due;
    std::size_t level = 0;
    int score = 0;
    std::vector<std::string> indicators;
};

class Truth {
  public:
    Truth(const People& people, const Plan& plan, std::ostream& events);

    // The import of a quarter's rows and the cycle on its last day.
    void run(std::size_t quarter);
    // Settles the warnings of the households that the plan closes, and names them.
    [[nodiscard]] std::vector<Household> close();

    [[nodiscard]] const std::array<Counts, feed_count>& buckets() const { return buckets_; }
    [[nodiscard]] const std::map<Household, Warning>& open() const { return open_; }
    [[nodiscard]] std::vector<Household> exits() const;
    [[nodiscard]] const Profile& profile() const { return profile_; }
    [[nodiscard]] std::uint64_t counted() const { return counted_; }

  private:
    struct Held {
        Feed feed;
        Row row;
    };
    using Keys = std::unordered_set<EventKey, EventKeyHash>;

    void import_file(std::size_t quarter, Feed feed);
    void take_held(std::size_t quarter);
    void take_row(std::size_t quarter, Feed feed, const Row& row, const Judged& judged);
    void take_event(std::size_t quarter, Feed feed, const Row& row, const Event& event);
    void take_back(std::size_t quarter);
    void score(std::size_t quarter);
    void find_exits();
    void grade(std::size_t quarter);
    [[nodiscard]] bool tally(Warning& warning) const;
    [[nodiscard]] EventKey key_of(Feed feed, const Row& row, Person person) const;
    [[nodiscard]] bool seen_before(Feed feed, const Row& row, const Judged& judged, Keys& seen) const;
    void note(std::size_t quarter, Feed feed, const Row& row, Person person, Bucket quality,
              std::string_view what);
    void note_all(std::size_t quarter, Feed feed, const Row& row, const Judged& judged,
                  std::string_view what);

    const People& people_;
    const Plan& plan_;
    Profile profile_;
    std::ostream& events_;
    std::array<Counts, feed_count> buckets_{};
    std::vector<Held> held_;
    struct Candidate {
        Feed feed;
        Event event;
    };
    std::vector<Candidate> candidates_;
    std::vector<EventKey> retracted_;
    std::unordered_map<EventKey, std::size_t, EventKeyHash> scored_;  // in which quarter
    std::unordered_set<Person> known_dead_, surely_dead_;
    std::unordered_set<Household> exits_;
    std::map<Household, Warning> open_;
    std::uint64_t counted_ = 0;
};

}  // namespace doudi::synth
