// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/id_number.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/packs_root.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

Result<std::unique_ptr<Office>> assemble(const Console& console, store::DataFolder store,
                                         const std::filesystem::path& given) {
    const auto root = TRY(packs_root(given));
    const std::string pack = TRY(store.setting("policy"));
    const std::string baseline = TRY(store.setting("baseline"));
    auto law = policy::load_policy(root, pack);
    if (!law) {
        console.report(law.error());
        return fail(ErrorKind::invalid, "bad_law",
                    {fmt::format("政策包 {} 有 {} 处错误，未作任何改动", pack, law.error().size()),
                     fmt::format("pack {} has {}; nothing was changed", pack,
                                 counted(law.error().size(), "fault", "faults"))});
    }
    const auto day = Date::parse_iso(baseline);
    if (!day)
        return fail(ErrorKind::invalid, "bad_baseline",
                    {"数据目录中的基准日无法识别", "the data folder's baseline is no date"});
    return std::make_unique<Office>(std::move(store), std::move(*law), *day);
}

}  // namespace

Result<Date> parse_date_option(const std::string& name, const std::string& text) {
    const auto date = Date::parse_iso(text);
    if (!date) {
        return fail(ErrorKind::usage, "bad_date",
                    {fmt::format("{} 应为 2025-06-30 这样的日期，而不是“{}”", name, text),
                     fmt::format("{} takes a date such as 2025-06-30, not \"{}\"", name, text)});
    }
    // A slip of the pen (2052) would shut the office out of every earlier day. One day of grace: another time
    // zone.
    const auto today =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count();
    if (date->days() > today + 1) {
        return fail(ErrorKind::usage, "date_in_future",
                    {fmt::format("{} 不能晚于今天：{}", name, text),
                     fmt::format("{} lies in the future: {}", name, text)});
    }
    return *date;
}

std::string shown_file_name(const std::string& name) {
    constexpr std::size_t shortest_number = 15;  // an old identity number
    std::string shown;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at;
        while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
        if (end - at >= shortest_number) {
            shown += mask_text(name.substr(at, end - at));
        } else {
            end = end == at ? at + 1 : end;
            shown += name.substr(at, end - at);
        }
        at = end;
    }
    return shown;
}

std::unique_ptr<Office> open_office(const Console& console, const StoreOptions& options,
                                    store::Access access, const std::filesystem::path& root) {
    const auto place = options.place();
    if (!place) {
        console.report(place.error());
        return nullptr;
    }
    auto store = store::DataFolder::open(*place, access);
    if (!store) {
        console.report(store.error());
        return nullptr;
    }
    auto office = assemble(console, std::move(*store), root);
    if (!office) {
        console.report(office.error());
        return nullptr;
    }
    return std::move(*office);
}

unsigned default_threads() {
    return std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
}

}  // namespace doudi::cli
