// SPDX-License-Identifier: Apache-2.0
#include "registry/retention_repository.h"

#include <fmt/format.h>

#include <string>

#include "registry/retention.h"

namespace doudi::registry {
namespace {

constexpr const char* superseded_members =
    "select m.id, m.publish, m.household from member m where m.publish <= $1 and exists (select 1 from "
    "member n join publication p on p.id = n.publish where n.id = m.id and n.publish > m.publish and "
    "n.publish <= $1 and p.as_of < $2) order by m.id, m.publish";
constexpr const char* superseded_households =
    "select h.id, h.publish, h.id from household h where h.publish <= $1 and exists (select 1 from "
    "household n join publication p on p.id = n.publish where n.id = h.id and n.publish > h.publish and "
    "n.publish <= $1 and p.as_of < $2) order by h.id, h.publish";

Result<void> select_into(store::DataFolder& folder, const char* sql, std::string_view kind, Date before,
                         std::vector<store::Ended>& ended) {
    auto query = TRY(folder.database().prepare(sql));
    query.bind(1, static_cast<std::int64_t>(folder.current().value())).bind(2, before);
    while (TRY(query.step())) {
        ended.push_back({.key = fmt::format("{}/{}/{}", kind, query.integer(0), query.integer(1)),
                         .household = static_cast<std::uint32_t>(query.integer(2))});
    }
    return {};
}

}  // namespace

Result<std::vector<store::Ended>> superseded_before(store::DataFolder& folder, Date before) {
    std::vector<store::Ended> ended;
    TRY_VOID(select_into(folder, superseded_households, "household", before, ended));
    TRY_VOID(select_into(folder, superseded_members, "member", before, ended));
    return ended;
}

Result<HouseholdId> household_of_code(store::DataFolder& folder, std::string_view code) {
    auto query =
        TRY(folder.database().prepare("select id from household where code = $1 and publish <= $2 limit 1"));
    query.bind(1, code).bind(2, static_cast<std::int64_t>(folder.current().value()));
    if (TRY(query.step())) return HouseholdId(static_cast<std::uint32_t>(query.integer(0)));
    return fail(ErrorKind::not_found, "no_such_household",
                {fmt::format("名册里没有户“{}”", code),
                 fmt::format("there is no household '{}' on the register", code)});
}

Result<std::string> code_of_household(store::DataFolder& folder, HouseholdId id) {
    auto query = TRY(folder.database().prepare(
        "select code from household where id = $1 and publish <= $2 order by publish desc limit 1"));
    query.bind(1, std::int64_t{id.value()}).bind(2, static_cast<std::int64_t>(folder.current().value()));
    if (TRY(query.step())) return query.text(0);
    return fail(ErrorKind::not_found, "no_such_household",
                {"台账里没有这一户", "there is no such household on the register"});
}

Result<void> delete_superseded(store::Database& database, std::string_view key) {
    const std::size_t first = key.find('/');
    const std::size_t last = key.rfind('/');
    const auto number = [](std::string_view text) { return std::int64_t{std::stoll(std::string(text))}; };
    auto remove = TRY(
        database.prepare(fmt::format("delete from {} where id = $1 and publish = $2", key.substr(0, first))));
    remove.bind(1, number(key.substr(first + 1, last - first - 1)));
    return remove.bind(2, number(key.substr(last + 1))).run();
}

// --- forgetting

Result<std::vector<HouseholdVersion>> households_headed_by(store::DataFolder& folder, PersonId person,
                                                           std::string_view name) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(
        "select h.id, h.publish, h.address, h.head_name, h.sealed from household h where exists (select 1 "
        "from "
        "member m where m.household = h.id and m.id = $1) order by h.id, h.publish"));
    query.bind(1, std::int64_t{person.value()});
    std::vector<HouseholdVersion> found;
    while (TRY(query.step())) {
        HouseholdSecrets secrets{query.text_view(2), query.text_view(3), std::nullopt};
        if (seal && query.is_null(4)) continue;
        if (seal) secrets = TRY(seal->open_household(query.integer(1), query.integer(0), query.blob(4)));
        if (secrets.head_name != name) continue;
        found.push_back({HouseholdId(static_cast<std::uint32_t>(query.integer(0))), query.integer(1),
                         std::string(secrets.address), secrets.income});
    }
    return found;
}

Result<void> put_household_secrets(store::Database& database, const HouseholdVersion& version,
                                   const HouseholdSecrets& plain, std::span<const std::byte> record) {
    auto update = TRY(database.prepare(
        "update household set address = $1, head_name = $2, sealed = $3 where id = $4 and publish = $5"));
    if (!plain.address.empty()) update.bind(1, plain.address);
    if (!plain.head_name.empty()) update.bind(2, plain.head_name);
    if (!record.empty()) update.bind(3, record);
    return update.bind(4, std::int64_t{version.id.value()}).bind(5, version.publish).run();
}

Result<void> blank_member_rows(store::Database& database, PersonId person) {
    auto standing = TRY(database.prepare(
        "update member set name = '', id_number = null, phone = null, relation = null, sex = null,"
        " sealed = null where id = $1"));
    TRY_VOID(standing.bind(1, std::int64_t{person.value()}).run());
    auto proposed =
        TRY(database.prepare("update proposed_member set name = '', id_number = null, phone = null,"
                             " relation = null, sex = null, sealed = null where id = $1"));
    return proposed.bind(1, std::int64_t{person.value()}).run();
}

Result<void> blank_household_rows(store::Database& database, HouseholdId household) {
    auto standing = TRY(database.prepare(
        "update household set address = null, head_name = null, category = '', enrolled_on = null,"
        " income_fen = null, sealed = null where id = $1"));
    TRY_VOID(standing.bind(1, std::int64_t{household.value()}).run());
    auto proposed =
        TRY(database.prepare("update proposed_household set address = null, head_name = null, category = '',"
                             " enrolled_on = null, income_fen = null, sealed = null where id = $1"));
    return proposed.bind(1, std::int64_t{household.value()}).run();
}

Result<std::vector<std::string>> forget_kept_index(store::Database& database) {
    std::vector<std::string> files;
    {
        auto query = TRY(database.prepare("select segment from register_keys"));
        while (TRY(query.step())) files.push_back(query.text(0));
    }
    auto remove = TRY(database.prepare("delete from register_keys"));
    TRY_VOID(remove.run());
    return files;
}

}  // namespace doudi::registry
