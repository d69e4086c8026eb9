// SPDX-License-Identifier: Apache-2.0
#include "cli/place_households.h"

#include <fmt/format.h>

#include "access/units.h"
#include "cli/access_office.h"
#include "cli/counted.h"

namespace doudi::cli {
namespace {

Result<access::UnitId> fallback_of(const access::UnitTree& tree, const std::string& unit, Date day) {
    if (!unit.empty()) return unit_of_code(tree, unit);
    access::UnitId root;
    for (const access::Unit& one : tree.units()) {
        const access::UnitPlace* place = tree.place(one.id, day);
        if (place == nullptr || place->parent != access::UnitId()) continue;
        if (root != access::UnitId()) {
            return fail(ErrorKind::usage, "unit_needed",
                        {"有几个最上级单位：请用 --for 写明文件属于哪个单位",
                         "there are several units at the top: say with --for for which one the files came"});
        }
        root = one.id;
    }
    if (root != access::UnitId()) return root;
    return fail(
        ErrorKind::not_found, "unit_unknown",
        {fmt::format("{} 这一天还没有任何单位", day.iso()), fmt::format("no unit exists on {}", day.iso())});
}

}  // namespace

Result<void> check_unit(store::DataFolder& store, const std::string& unit) {
    if (unit.empty()) return {};
    const auto tree = TRY(access::read_units(store.database()));
    TRY_VOID(unit_of_code(tree, unit));
    return {};
}

ExitCode place_households(const Console& console, store::DataFolder& store, const std::string& unit,
                          Date from) {
    const auto tree = access::read_units(store.database());
    if (!tree) return console.report(tree.error());
    if (tree->units().empty() && unit.empty()) return ExitCode::done;
    const auto fallback = fallback_of(*tree, unit, from);
    if (!fallback) return console.report(fallback.error());
    const auto placed = access::place_new_households(store.database(), *fallback, from);
    if (!placed) return console.report(placed.error());
    if (placed->by_region + placed->by_file == 0) return ExitCode::done;
    console.note({fmt::format("归属单位：按区划 {} 户，按报送单位 {} 户", placed->by_region, placed->by_file),
                  fmt::format("units: {} by region, {} by the unit that sent the file",
                              counted(placed->by_region, "household", "households"), placed->by_file)});
    return ExitCode::done;
}

}  // namespace doudi::cli
