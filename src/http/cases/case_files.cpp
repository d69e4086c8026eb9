// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "access/accounts.h"
#include "access/masking.h"
#include "archive/seal.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_law.h"
#include "http/register/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using archive::Cut;
using casework::CaseHead;

// "10年"; a term that is no whole years in days.
std::string term_of(const access::RetentionTable& retention) {
    constexpr int year = 365;
    const auto& classes = retention.classes();
    const auto found = std::ranges::find(classes, "casework", &access::RetentionClass::id);
    if (found == classes.end()) return {};
    return found->days % year == 0 ? fmt::format("{}年", found->days / year)
                                   : fmt::format("{}天", found->days);
}

std::function<std::string(access::UserId)> names_of(store::Database& database, const Services& services) {
    return [&database, &services](access::UserId id) -> std::string {
        if (id == access::UserId()) return {};
        const auto account = access::Accounts(database, services.accounts).find(id);
        return account ? account->full_name : std::string();
    };
}

Result<bool> is_guarded(store::DataFolder& data, const CaseHead& head, Date today) {
    return head.household && !TRY(protected_members(data, *head.household, today)).empty();
}

archive::Setting setting_of(const Services& services, casework::Desk& desk, Desk& at,
                            const access::UnitTree& units) {
    return {.desk = desk,
            .data = at.data,
            .units = units,
            .user_name = names_of(at.database, services),
            .cut_of = [&at, &services](const CaseHead& head) -> Result<Cut> {
                return archive::cut_of_file(TRY(is_guarded(at.data, head, civil_day(services.clock.now()))));
            },
            .adult_years = services.rules.adult_years,
            .kept_for = term_of(services.retention)};
}

// What the session's rights on cases of this machine show of the household.
Result<Cut> cut_of_reader(Call& call, const casework::Desk& desk, const CaseHead& head) {
    const access::Thing thing = TRY(thing_of_case(desk, head));
    access::ScopedRow row{.household = head.household, .person = head.person, .unit = head.unit};
    if (head.household)
        row.assigned = TRY(access::standing_of(call.desk.database, call.who(), *head.household, call.today(),
                                               call.services.clock.now()))
                           .assigned;
    const bool guarded = TRY(is_guarded(call.desk.data, head, call.today()));
    const access::FieldView view(call.services.roles, *call.units, call.who(), thing, call.today());
    return Cut([view, row, guarded](FieldClass field, std::string_view value) -> std::optional<std::string> {
        const bool tells_where = field == FieldClass::address || field == FieldClass::phone;
        if (guarded && tells_where && view.shown(FieldClass::shelter, row) != access::Shown::whole)
            return std::nullopt;
        const access::Shown shown = view.shown(field, row);
        if (shown == access::Shown::hidden) return std::nullopt;
        return access::as_shown(shown, field, value);
    });
}

}  // namespace

Result<access::Thing> thing_of_case(const casework::Desk& desk, const CaseHead& head) {
    const auto pack = TRY(casework::need_pack(desk, head.pack, head.opened_on));
    const auto thing = thing_named(TRY(casework::need_machine(*pack, head.machine))->thing);
    if (thing) return *thing;
    return fail(ErrorKind::conflict, "no_such_thing",
                {"该办件的流程没有对应的权限", "there is no right by which this kind of case is read"});
}

archive::Setting setting_of_file(Call& call, casework::Desk& desk) {
    return setting_of(call.services, desk, call.desk, *call.units);
}

archive::Setting setting_of_reader(Call& call, casework::Desk& desk) {
    archive::Setting setting = setting_of_file(call, desk);
    setting.cut_of = [&call, &desk](const CaseHead& head) { return cut_of_reader(call, desk, head); };
    return setting;
}

bool sees_files_whole(const Call& call, const CaseHead& head) {
    const access::ScopedRow row{.household = head.household, .person = head.person, .unit = head.unit};
    const access::FieldView view(call.services.roles, *call.units, call.who(), access::Thing::household,
                                 call.today());
    return view.shown(FieldClass::name, row) == access::Shown::whole &&
           view.shown(FieldClass::address, row) == access::Shown::whole;
}

std::string named_in_log(const archive::SealedFile& file) {
    return fmt::format("case.file {}-{} sm3 {}", file.manifest.of.value(), file.manifest.number, file.sm3);
}

Result<std::string> seal_closed_files(const Services& services) {
    auto at = TRY(services.desks.take());
    const auto units = TRY(services.units.get(at->database));
    casework::Desk desk = night_desk(services, *at, *units);
    const archive::Setting setting = setting_of(services, desk, *at, *units);
    std::optional<Error> first;
    const auto done = TRY(archive::seal_closed(setting, services.case_law.press(),
                                               [&](casework::CaseId of, const Error& error) {
                                                   if (first) return;
                                                   first = error;
                                                   first->where = fmt::format("case {}", of.value());
                                               }));
    if (first) return std::unexpected(*std::move(first));
    return fmt::format("{} files", done);
}

}  // namespace doudi::http
