// SPDX-License-Identifier: Apache-2.0
// Numbers that name rows of ours. Id<Household> does not convert to Id<Person>.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace doudi {

template <class Tag, class Rep = std::uint32_t>
class Id {
  public:
    constexpr Id() = default;
    constexpr explicit Id(Rep value) : value_(value) {}
    [[nodiscard]] constexpr Rep value() const { return value_; }
    friend constexpr auto operator<=>(Id, Id) = default;

  private:
    Rep value_ = 0;  // 0 names nothing
};

using PersonId = Id<struct PersonTag>;
using HouseholdId = Id<struct HouseholdTag>;
using FileId = Id<struct FileTag>;
using PublishId = Id<struct PublishTag, std::uint64_t>;

}  // namespace doudi

template <class Tag, class Rep>
struct std::hash<doudi::Id<Tag, Rep>> {
    std::size_t operator()(doudi::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value()); }
};
