// SPDX-License-Identifier: Apache-2.0
// The second half of a cycle: the events that are new or belong to an open warning, household by household,
// into warnings.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "monitor/fold.h"
#include "monitor/person_fold.h"

namespace doudi::monitor {

// What some households came to, in their order.
struct HouseholdsFolded {
    std::vector<WarningChange> changes;
    std::vector<WarningEvent> warning_events;
    std::vector<Warning> open;
    std::uint64_t opened = 0;
    std::uint64_t closed = 0;

    // Households behind these. Both gave new warnings numbers from `last_warning` on: the later ones are
    // numbered behind these, and so are their events.
    void append(HouseholdsFolded more, std::uint32_t last_warning, std::vector<Event>& events);
};

// For one thread; others may be at other households of the same events.
class HouseholdFold {
  public:
    // All must outlive it. cancelled: PersonIndicator::packed() of what counts no more.
    HouseholdFold(const policy::Policy& policy, const Memory& before, const CycleInput& input,
                  std::vector<Event>& events, const std::unordered_set<std::uint32_t>& exited,
                  const std::unordered_set<std::uint64_t>& cancelled)
        : policy_(policy),
          before_(before),
          input_(input),
          events_(events),
          exited_(exited),
          cancelled_(cancelled),
          next_warning_(before.last_warning + 1) {}

    // All events and open warnings (by household) of some households. Sorts the events. Others' results will
    // be appended to these: room for so many households and events is taken at once, and what is not used of
    // it costs nothing.
    void reserve(std::size_t households, std::size_t events);
    void run(std::span<ActiveEvent> active, std::span<const Warning> open);
    [[nodiscard]] HouseholdsFolded take() { return std::exchange(out_, {}); }

  private:
    struct Tally {
        int score = 0;
        std::string indicators;
    };
    void fold_household(std::uint32_t household, std::span<const ActiveEvent> active, const Warning* open);
    [[nodiscard]] Tally tally(std::span<const ActiveEvent> active);
    [[nodiscard]] Warning reckon(Warning warning, Tally sum);
    void set_due(Warning& warning, int old_level);
    [[nodiscard]] std::optional<int> days_of(const Warning& warning) const;
    [[nodiscard]] DueDate due_after(int working_days);
    [[nodiscard]] bool is_suppressed(const Warning& fresh) const;
    void record(const Warning& warning, std::span<const ActiveEvent> active);

    const policy::Policy& policy_;
    const Memory& before_;
    const CycleInput& input_;
    std::vector<Event>& events_;
    const std::unordered_set<std::uint32_t>& exited_;
    const std::unordered_set<std::uint64_t>& cancelled_;
    std::uint32_t next_warning_;
    std::vector<EventState> states_;       // of the household at hand
    std::vector<std::string_view> names_;  // of its indicators that count
    std::map<int, DueDate> due_after_;     // working days
    HouseholdsFolded out_;
};

}  // namespace doudi::monitor
