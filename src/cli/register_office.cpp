// SPDX-License-Identifier: Apache-2.0
#include "cli/register_office.h"

#include <fmt/format.h>

#include "access/units.h"
#include "cli/counted.h"
#include "http/register/household_warnings.h"
#include "policy/load.h"
#include "registry/repository.h"

namespace doudi::cli {
namespace {

std::expected<upkeep::ChangeRules, std::vector<Error>> load_rules() {
    const auto root = policy::find_policy_root();
    if (!root) return std::unexpected(std::vector<Error>{root.error()});
    const auto roles = access::Roles::load(*root / "access" / "roles.yaml");
    if (!roles) return std::unexpected(roles.error());
    return upkeep::ChangeRules::load(*root / "access" / "changes.yaml", *roles);
}

void say_asked(const Console& console, const upkeep::ChangeRules& rules,
               const match::RegisterProposed& proposed, const upkeep::Asked& asked) {
    const auto say = [&](upkeep::Subject about, std::size_t left_out, std::size_t fresh, Text of) {
        if (left_out == 0) return;
        const std::string& kind = rules.absent(about).id;
        console.note(
            {fmt::format(
                 "文件漏报 {} {}，其中 {} {}新列为待核实（doudi register cases --kind {}）：不会因此减员",
                 left_out, of.zh, fresh, of.zh, kind),
             fmt::format(
                 "{} left out, {} of them newly asked about (doudi register cases --kind {}): nobody is "
                 "taken off by that",
                 of.en, fresh, kind)});
    };
    say(upkeep::Subject::household, proposed.absent_households.size(), asked.households,
        {"户", counted(proposed.absent_households.size(), "household is", "households are")});
    say(upkeep::Subject::person, proposed.absent_members.size(), asked.members,
        {"名成员", counted(proposed.absent_members.size(), "member is", "members are")});
}

void say_waiting(const Console& console, PublishId id) {
    const std::uint64_t number = id.value();
    console.line(
        {fmt::format(
             "名册已有内容：文件没有改动名册，记为第 {} 号名册提请；查看差异：doudi register show {}；"
             "采纳：doudi register accept {}（导入时加 --accept 可一步完成）",
             number, number, number),
         fmt::format(
             "a register stands: the files changed nothing and are proposal {}; what it would change: "
             "doudi register show {}; to accept it: doudi register accept {} (import --accept does "
             "both)",
             number, number, number)});
}

}  // namespace

std::unique_ptr<RegisterOffice> open_register(const Console& console, const StoreOptions& options,
                                              store::Access access) {
    auto office = std::make_unique<RegisterOffice>();
    auto rules = load_rules();
    if (!rules) {
        console.report(rules.error());
        return nullptr;
    }
    office->rules = std::make_unique<upkeep::ChangeRules>(std::move(*rules));
    office->access = open_access(console, options, access);
    if (office->access == nullptr) return nullptr;
    office->session = std::make_unique<access::Session>(machine_session());
    return office;
}

Result<void> take_due_changes(const Console& console, store::DataFolder& store, Date as_of) {
    http::MonitoredWarnings warnings(store);
    const auto taken = TRY(upkeep::take_due(store, warnings, as_of));
    if (!taken.cases.empty())
        console.note({fmt::format("{} 项已确认的名册变动生效", taken.cases.size()),
                      fmt::format("{} of the register took effect",
                                  counted(taken.cases.size(), "confirmed change", "confirmed changes"))});
    for (const upkeep::Hindered& one : taken.hindered)
        console.note({fmt::format("第 {} 号名册变动不能生效：{}", one.change.value(), one.why.text.zh),
                      fmt::format("case {} cannot take effect: {}", one.change.value(), one.why.text.en)});
    for (const HouseholdId id : taken.emptied) {
        const auto household = TRY(registry::read_household(store, store.current(), id));
        console.note({fmt::format("户 {} 已没有成员：如不再有人，请以变动终止该户", household.code),
                      fmt::format("household {} has no member left: if nobody comes, end it by a case",
                                  household.code)});
    }
    return {};
}

Result<std::uint32_t> unit_of_file(store::DataFolder& store, const std::string& code, Date day) {
    const auto tree = TRY(access::read_units(store.database()));
    if (!code.empty()) return TRY(unit_of_code(tree, code)).value();
    std::uint32_t root = 0;
    for (const access::Unit& one : tree.units()) {
        const access::UnitPlace* place = tree.place(one.id, day);
        if (place == nullptr || place->parent != access::UnitId()) continue;
        if (root != 0) return 0;
        root = one.id.value();
    }
    return root;
}

Result<void> AboutLeftOut::ask(store::DataFolder& store, const match::RegisterProposed& proposed,
                               const match::RegisterTerms& terms, Date as_of) {
    if (proposed.absent_households.empty() && proposed.absent_members.empty()) return {};
    auto loaded = load_rules();
    if (!loaded) return std::unexpected(loaded.error().front());
    rules = std::move(*loaded);
    const upkeep::LeftOut left_out{proposed.proposal,          as_of,
                                   access::UnitId(terms.unit), proposed.absent_households,
                                   proposed.absent_members,    terms.at};
    asked = TRY(upkeep::ask_about(store, *rules, machine_session(), left_out));
    return {};
}

void report_proposed(const Console& console, const match::RegisterProposed& proposed,
                     const AboutLeftOut& about) {
    if (proposed.proposal == PublishId()) {
        console.line({"名册文件与名册一致：没有新增或变更，未形成提请",
                      "the files say what the register says already: nothing to add or change, no proposal"});
    } else if (!proposed.accepted) {
        say_waiting(console, proposed.proposal);
    } else if (proposed.decided.overtaken != 0) {
        console.note({fmt::format("{} 行未采纳：名册上已有更新的变动", proposed.decided.overtaken),
                      fmt::format("{} not accepted: the register says something newer",
                                  counted(proposed.decided.overtaken, "row was", "rows were"))});
    }
    if (about.rules) say_asked(console, *about.rules, proposed, about.asked);
}

Result<Date> day_or_today(const std::string& text, const Clock& clock) {
    if (text.empty()) return civil_day(clock.now());
    const auto day = Date::parse_iso(text);
    if (day) return *day;
    return fail(ErrorKind::usage, "bad_date",
                {fmt::format("“{}”应为年-月-日（四位年份）的日期", text),
                 fmt::format("\"{}\" is no day, written as year-month-day", text)});
}

std::string codes_of(RegisterOffice& office, const std::vector<HouseholdId>& ids) {
    std::string codes;
    for (const HouseholdId id : ids) {
        const auto household = registry::read_household(office.store(), office.store().current(), id);
        if (household) codes += (codes.empty() ? "" : " ") + household->code;
    }
    return codes;
}

std::string shown_value(const std::string& field, const std::string& value) {
    return field == "id_number" ? mask_text(value) : value;
}

}  // namespace doudi::cli
