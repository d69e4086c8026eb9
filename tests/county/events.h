// SPDX-License-Identifier: Apache-2.0
// The events of a county as two witnesses have them: what the engine scored, and what truth/events.csv says
// of each that was planted. An event reads "LZ000001/12/death/2025-05-01": household, member, indicator, day.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/id_number.h"
#include "county/county.h"

namespace doudi::county {

using Events = std::multiset<std::string>;

// What `taken` has is taken away, each as often as it is there.
[[nodiscard]] Events without(const Events& events, const Events& taken);
// What both have.
[[nodiscard]] Events common(const Events& left, const Events& right);
// A line each, for whoever reads of a failure.
[[nodiscard]] std::string text_of(const Events& events);
// The indicators that are met.
[[nodiscard]] std::set<std::string> indicators_of(const Events& events);

// Members by their numbers, as the truth names them: by their row in the members' file, headings not counted.
class MemberRows {
  public:
    // Of the folder that has the register's files.
    explicit MemberRows(const std::filesystem::path& registry);
    [[nodiscard]] std::uint32_t of(IdNumber number) const;

  private:
    std::map<std::uint64_t, std::uint32_t> row_of_;  // by the packed number
};

// What the engine has by now, all cycles together.
struct EngineEvents {
    Events scored;  // that a cycle remembers as scored
    Events joined;  // that stand under a warning, whatever became of the two since
    Events ended;   // of them, those of a warning that a natural exit closed
};
[[nodiscard]] EngineEvents read_engine_events(County& county, const MemberRows& rows);

// What the truth says of one quarter.
struct PlantedEvents {
    Events counted;          // each joined a warning
    Events household_exits;  // each scored, and all of its household are dead
};
// By the quarter's name.
[[nodiscard]] std::map<std::string, PlantedEvents> read_planted_events(const std::filesystem::path& truth);

}  // namespace doudi::county
