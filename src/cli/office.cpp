// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/packs_root.h"
#include "policy/folder.h"
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
    return std::make_unique<Office>(std::move(store), std::move(*law), *day,
                                    ruledesk::ProgramLaw{root, pack});
}

// YYYY-MM-DD, whether or not there is such a day.
bool is_written_as_day(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    return std::ranges::equal(text, form, [](char given, char wanted) {
        return wanted == '0' ? given >= '0' && given <= '9' : given == wanted;
    });
}

}  // namespace

Result<Date> parse_date_option(const std::string& name, const std::string& text) {
    const auto date = Date::parse_iso(text);
    if (!date && is_written_as_day(text)) {
        return fail(ErrorKind::usage, "no_such_day",
                    {fmt::format("{}：历法上没有“{}”这一天", name, text),
                     fmt::format("{}: there is no day \"{}\" in the calendar", name, text)});
    }
    if (!date) {
        return fail(ErrorKind::usage, "bad_date",
                    {fmt::format("{} 应为 2025-06-30 这样的日期，而不是“{}”", name, text),
                     fmt::format("{} takes a date such as 2025-06-30, not \"{}\"", name, text)});
    }
    // A slip of the pen (2052) would shut the office out of every earlier day. One day of grace: another time
    // zone.
    if (date->days() > today().days() + 1) {
        return fail(ErrorKind::usage, "date_in_future",
                    {fmt::format("{} 不能晚于今天：{}", name, text),
                     fmt::format("{} lies in the future: {}", name, text)});
    }
    return *date;
}

std::unique_ptr<Office> open_office(const Console& console, const StoreOptions& options, store::Access access,
                                    const std::filesystem::path& root) {
    const auto place = options.place();
    if (!place) {
        console.report(place.error());
        return nullptr;
    }
    auto store = store::DataFolder::open(*place, access, console.key_file);
    if (!store) {
        console.report(store.error());
        return nullptr;
    }
    if (store->seal() == nullptr && access == store::Access::write) {
        console.note(
            {"注意：这个数据目录没有加密，任何能读到文件的人都能读到内容（新目录默认加密）",
             "note: this data folder is not sealed: whoever can read its files can read what is in them "
             "(new ones are sealed)"});
    }
    auto office = assemble(console, std::move(*store), root);
    if (!office) {
        console.report(office.error());
        return nullptr;
    }
    return std::move(*office);
}

bool take_law_in_force(const Console& console, Office& office, Date day) {
    const auto all = ruledesk::list_enactments(office.store.database());
    if (!all) {
        console.report(all.error());
        return false;
    }
    if (all->empty()) return true;
    auto law = ruledesk::law_in_force(
        office.store.database(), office.program,
        {.day = day, .known = {}, .pack = {}, .purpose = ruledesk::LawAsked::Purpose::warnings});
    if (!law) {
        console.report(law.error());
        return false;
    }
    office.policy = std::move(law->policy);
    return true;
}

bool take_figures(const Console& console, Office& office, const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) {
        console.report(text.error());
        return false;
    }
    if (const auto laid = policy::lay_figures_over(*text, file.generic_string(), office.policy.pack); !laid) {
        console.report(laid.error());
        return false;
    }
    return true;
}

Date today() {
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return Date::from_days(static_cast<std::int32_t>(days.time_since_epoch().count()));
}

std::string shown_time(Instant at) {
    const auto there = std::chrono::floor<std::chrono::seconds>(at + std::chrono::hours(8));
    const std::chrono::hh_mm_ss clock(there - std::chrono::floor<std::chrono::days>(there));
    return fmt::format("{} {:02}:{:02}:{:02}", civil_day(at).iso(), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

unsigned default_threads() {
    return std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
}

}  // namespace doudi::cli
