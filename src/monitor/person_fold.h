// SPDX-License-Identifier: Apache-2.0
// The first half of a cycle: what each person's events say of the person for good, and which of them a
// warning is made of.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "monitor/fold.h"

namespace doudi::monitor {

struct PersonIndicator {
    std::uint32_t person = 0;
    std::uint16_t indicator = 0;
    [[nodiscard]] std::uint64_t packed() const { return std::uint64_t{person} << 16U | indicator; }
};

// An event that a household's warning is made of.
struct ActiveEvent {
    std::uint32_t household = 0;
    std::int32_t date = 0;
    std::uint32_t event = 0;  // index into CycleResult::events
    bool changed = false;     // new, or taken back in this cycle
};

// Open warnings, those that are carried on too: the household that each is of.
using OpenWarnings = boost::unordered_flat_map<std::uint32_t, std::uint32_t>;

// What some persons' events came to, in the persons' order.
struct PersonsFolded {
    std::vector<ActiveEvent> active;
    std::vector<std::uint32_t> ends;       // events by which somebody is gone
    std::vector<std::uint32_t> gone;       // households, one for each person who is gone
    std::vector<std::uint64_t> cancelled;  // PersonIndicator::packed() of what counts no more
    std::uint64_t scored = 0;
    std::uint64_t taken_back = 0;

    void append(const PersonsFolded& more);
};

// For one thread; others may be at other persons of the same events.
class PersonFold {
  public:
    // All must outlive it; `events` by Event::order().
    PersonFold(const policy::Policy& policy, const match::Roster& roster, const CycleInput& input,
               const OpenWarnings& open, std::vector<Event>& events);
    // begin..end are all events of some persons. Marks those that score or are taken back.
    [[nodiscard]] PersonsFolded run(std::size_t begin, std::size_t end);

  private:
    struct Group;
    [[nodiscard]] const policy::MonitoringRules& rules() const { return policy_.pack.monitoring; }
    [[nodiscard]] const policy::Indicator& indicator(const Event& event) const {
        return policy_.pack.indicators[event.indicator];
    }
    [[nodiscard]] Group next_group(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool is_taken_back(const Event& event) const;
    [[nodiscard]] bool is_denied(const Event& event) const;
    [[nodiscard]] unsigned sources_of(const Group& group, const Event& event) const;
    [[nodiscard]] bool is_eligible(const Group& group, const Event& event) const;
    [[nodiscard]] std::uint32_t household_of_open(const Event& event) const;
    void learn(std::size_t begin, std::size_t end);
    void score(const Group& group);

    const policy::Policy& policy_;
    const match::Roster& roster_;
    const CycleInput& input_;
    const OpenWarnings& open_;
    std::vector<Event>& events_;
    std::int32_t first_day_;
    PersonsFolded out_;
};

}  // namespace doudi::monitor
