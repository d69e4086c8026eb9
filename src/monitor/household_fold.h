// SPDX-License-Identifier: Apache-2.0
// The second half of a cycle: the events that are new or belong to an open warning, household by household,
// into warnings.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
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

class HouseholdFold {
  public:
    HouseholdFold(const policy::Policy& policy, const Memory& before, const CycleInput& input,
                  CycleResult& result)
        : policy_(policy),
          before_(before),
          input_(input),
          result_(result),
          next_warning_(before.last_warning + 1) {}

    // cancelled: PersonIndicator::packed() of what counts no more.
    void run(std::vector<ActiveEvent> active, const std::unordered_set<std::uint32_t>& exited,
             const std::unordered_set<std::uint64_t>& cancelled);

  private:
    struct Tally {
        int score = 0;
        std::string indicators;
    };
    void fold_household(std::uint32_t household, std::span<const ActiveEvent> active, const Warning* open);
    [[nodiscard]] Tally tally(std::span<const ActiveEvent> active);
    [[nodiscard]] Warning reckon(Warning warning, const Tally& sum);
    void set_due(Warning& warning, int old_level);
    [[nodiscard]] std::optional<int> days_of(const Warning& warning) const;
    [[nodiscard]] DueDate due_after(int working_days);
    [[nodiscard]] bool is_suppressed(const Warning& fresh) const;
    void record(const Warning& warning, std::span<const ActiveEvent> active);

    const policy::Policy& policy_;
    const Memory& before_;
    const CycleInput& input_;
    CycleResult& result_;
    std::uint32_t next_warning_;
    const std::unordered_set<std::uint32_t>* exited_ = nullptr;
    const std::unordered_set<std::uint64_t>* cancelled_ = nullptr;
    std::vector<EventState> states_;    // of the household at hand
    std::map<int, DueDate> due_after_;  // working days
};

}  // namespace doudi::monitor
