// SPDX-License-Identifier: Apache-2.0
#include "access/unit_spans.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace doudi::access {

namespace {

constexpr int deepest = 16;  // province to village is five; more is a circle

class SpanMaker {
  public:
    SpanMaker(std::span<const Unit> units, std::span<const UnitPlace> places) {
        for (const Unit& unit : units) titles_[unit.id] = unit.title;
        for (const UnitPlace& place : places) places_[place.unit].push_back(place);
    }

    Result<std::vector<UnitSpan>> make() {
        for (const auto& [unit, places] : places_) {
            for (const UnitPlace& place : places) {
                spans_.push_back({unit, unit, place.from, place.until});
                TRY_VOID(climb(unit, place, place.from, place.until, 1));
            }
        }
        std::ranges::sort(spans_);
        return joined();
    }

  private:
    // `unit` stands below the parent of `place`, and below all above it, from a day until another.
    Result<void> climb(UnitId unit, const UnitPlace& place, Date from, Date until, int depth) {
        if (place.parent == UnitId()) return {};
        if (place.parent == unit || depth > deepest) {
            return fail(ErrorKind::invalid, "unit_circle",
                        {fmt::format("“{}”在 {} 成了自己的下级", titles_[unit], from.iso()),
                         fmt::format("{} would stand below itself on {}", titles_[unit], from.iso())});
        }
        spans_.push_back({place.parent, unit, from, until});
        int covered = 0;
        const auto found = places_.find(place.parent);
        if (found != places_.end()) {
            for (const UnitPlace& above : found->second) {
                const Date begin = std::max(from, above.from);
                const Date end = std::min(until, above.until);
                if (begin >= end) continue;
                covered += end - begin;
                TRY_VOID(climb(unit, above, begin, end, depth + 1));
            }
        }
        if (covered == until - from) return {};
        return fail(
            ErrorKind::invalid, "unit_without_parent",
            {fmt::format("“{}”的上级在 {} 至 {} 之间并非每天都存在", titles_[unit], from.iso(), until.iso()),
             fmt::format("the unit above {} does not exist on every day from {} until {}", titles_[unit],
                         from.iso(), until.iso())});
    }

    std::vector<UnitSpan> joined() const {
        std::vector<UnitSpan> out;
        for (const UnitSpan& next : spans_) {
            const bool goes_on = !out.empty() && out.back().ancestor == next.ancestor &&
                                 out.back().unit == next.unit && next.from <= out.back().until;
            if (goes_on) {
                out.back().until = std::max(out.back().until, next.until);
            } else {
                out.push_back(next);
            }
        }
        return out;
    }

    std::map<UnitId, std::string> titles_;
    std::map<UnitId, std::vector<UnitPlace>> places_;
    std::vector<UnitSpan> spans_;
};

}  // namespace

Result<std::vector<UnitSpan>> spans_of(std::span<const Unit> units, std::span<const UnitPlace> places) {
    return SpanMaker(units, places).make();
}

}  // namespace doudi::access
