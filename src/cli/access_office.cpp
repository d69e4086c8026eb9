// SPDX-License-Identifier: Apache-2.0
#include "cli/access_office.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "access/vault_sealer.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

std::string system_user() {
    const passwd* entry = ::getpwuid(::geteuid());
    return entry != nullptr ? entry->pw_name : fmt::format("uid {}", ::geteuid());
}

std::unique_ptr<AccessOffice> assemble(const Console& console, store::DataFolder store) {
    const auto root = policy::find_policy_root();
    if (!root) {
        console.report(root.error());
        return nullptr;
    }
    auto roles = access::Roles::load(*root / "access" / "roles.yaml");
    auto rules = access::SecurityRules::load(*root / "access");
    if (!roles) console.report(roles.error());
    if (!rules) console.report(rules.error());
    if (!roles || !rules) return nullptr;
    std::string audit_key = access::audit_key_of(store);
    return std::unique_ptr<AccessOffice>(new AccessOffice{
        std::move(store), std::move(*roles), std::move(*rules), {}, nullptr, std::move(audit_key)});
}

}  // namespace

std::unique_ptr<AccessOffice> open_access(const Console& console, const StoreOptions& options,
                                          store::Access access) {
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
    auto office = assemble(console, std::move(*store));
    if (office == nullptr || access == store::Access::read) return office;
    auto log = open_log(office->store, office->clock);
    if (!log) {
        console.report(log.error());
        return nullptr;
    }
    office->log = std::move(*log);
    return office;
}

Result<std::unique_ptr<access::AuditLog>> open_log(store::DataFolder& store, const Clock& clock) {
    return access::AuditLog::start(TRY(store.open_writer()), clock, access::audit_key_of(store));
}

access::Session machine_session() {
    access::Session session;
    session.kind = access::SessionKind::machine;
    session.user_name = system_user();
    session.why.purpose = "upkeep";
    session.from = "command line";
    return session;
}

Result<void> record(AccessOffice& office, access::Verb verb, access::Thing thing, std::string what) {
    access::Look look;
    look.who = machine_session();
    look.verb = verb;
    look.thing = thing;
    look.what = std::move(what);
    return office.log->append(look);
}

Result<access::UnitId> unit_of_code(const access::UnitTree& tree, const std::string& code) {
    const access::Unit* unit = tree.find(code);
    if (unit != nullptr) return unit->id;
    return fail(ErrorKind::not_found, "unit_unknown",
                {fmt::format("没有单位“{}”（doudi units list 列出全部）", code),
                 fmt::format("there is no unit '{}' (doudi units list shows all)", code)});
}

std::string code_of_unit(const access::UnitTree& tree, access::UnitId id) {
    const access::Unit* unit = tree.find(id);
    return unit == nullptr ? std::string() : unit->code;
}

}  // namespace doudi::cli
