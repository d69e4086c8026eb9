// SPDX-License-Identifier: Apache-2.0
#include "monitor/doubts.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "monitor/merge.h"

namespace doudi::monitor {

namespace {

class Doubts {
  public:
    Doubts(const policy::Policy& policy, const match::Roster& roster, const CycleResult& result,
           std::span<const std::uint32_t> exits_before, const CycleInput& input)
        : policy_(policy),
          roster_(roster),
          result_(result),
          exits_before_(exits_before),
          input_(input),
          first_day_(window_start(policy.pack.monitoring, input).days()) {}

    [[nodiscard]] bool stands(const DoubtfulEvent& doubt) const {
        const std::uint32_t household = roster_.household_of(doubt.person);
        return doubt.date >= first_day_ && household != 0 && !has_left(household) && !is_settled(doubt);
    }

  private:
    [[nodiscard]] bool has_left(std::uint32_t household) const {
        return std::ranges::binary_search(exits_before_, household) ||
               std::ranges::binary_search(result_.new_exits, household);
    }

    // By the other events of the person under the indicator.
    [[nodiscard]] bool is_settled(const DoubtfulEvent& doubt) const {
        const policy::Indicator& indicator = policy_.pack.indicators[doubt.indicator];
        const auto group = std::ranges::equal_range(
            result_.events, std::tuple(doubt.person, doubt.indicator), {},
            [](const Event& event) { return std::tuple(event.person, event.indicator); });
        return std::ranges::any_of(group, [&](const Event& event) {
            if (indicator.once_in_life && event.scored) return true;
            if (event.order() != doubt.order()) return false;
            const bool told = event.told != 0 && std::popcount(event.sources) >= indicator.sources_needed;
            const bool taken_back =
                policy_.pack.monitoring.retraction && event.taken > input_.rank_of(doubt.arrival);
            return told || event.scored || taken_back;
        });
    }

    const policy::Policy& policy_;
    const match::Roster& roster_;
    const CycleResult& result_;
    std::span<const std::uint32_t> exits_before_;
    const CycleInput& input_;
    std::int32_t first_day_;
};

}  // namespace

std::vector<DoubtfulEvent> standing_doubts(const policy::Policy& policy, const match::Roster& roster,
                                           std::vector<DoubtfulEvent> doubts, const CycleResult& result,
                                           std::span<const std::uint32_t> exits_before,
                                           const CycleInput& input) {
    std::ranges::sort(doubts, {}, [&](const DoubtfulEvent& doubt) {
        return std::tuple(doubt.order(), doubt.fault.empty(), input.rank_of(doubt.arrival), doubt.arrival,
                          doubt.row);
    });
    const auto repeated = std::ranges::unique(doubts, {}, &DoubtfulEvent::order);
    doubts.erase(repeated.begin(), repeated.end());
    const Doubts judge(policy, roster, result, exits_before, input);
    std::erase_if(doubts, [&](const DoubtfulEvent& doubt) { return !judge.stands(doubt); });
    return doubts;
}

}  // namespace doudi::monitor
