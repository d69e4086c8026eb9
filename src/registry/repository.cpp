// SPDX-License-Identifier: Apache-2.0
#include "registry/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <optional>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "registry/household_people.h"
#include "registry/keys_image.h"
#include "registry/number_column.h"
#include "registry/row_columns.h"

namespace doudi::registry {

namespace {

constexpr std::uint64_t ids_of_reading = 1U << 16U;

// The row that supersedes the others of its id is the last one: rows come by (id, publish).
constexpr const char* select_households = "select " DOUDI_HOUSEHOLD_COLUMNS
                                          ", ended_on, successor from household"
                                          " where publish <= $1 order by id, publish";
constexpr const char* select_members =
    "select " DOUDI_MEMBER_COLUMNS " from member where publish <= $1 order by id, publish";
constexpr const char* select_some_members = "select " DOUDI_MEMBER_COLUMNS
                                            " from member where publish <= $1 and id > $2 and id <= $3"
                                            " order by id, publish";
constexpr const char* select_changed_members = "select " DOUDI_MEMBER_COLUMNS
                                               " from member where publish > $1 and publish <= $2"
                                               " order by id, publish";
constexpr const char* select_household = "select " DOUDI_HOUSEHOLD_COLUMNS
                                         ", ended_on, successor from household"
                                         " where publish <= $1 and id = $2 order by publish desc limit 1";
constexpr const char* select_member = "select " DOUDI_MEMBER_COLUMNS
                                      " from member where publish <= $1 and id = $2"
                                      " order by publish desc limit 1";
// Each row with the day from which it holds: that of its publication.
constexpr const char* select_said_of_household =
    "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen, "
    "h.publish,"
    " h.sealed, h.ended_on, h.successor, p.as_of from household h join publication p on p.id = h.publish"
    " where h.publish <= $1 and h.id = $2 order by h.publish";
constexpr const char* select_said_of_member =
    "select m.id, m.household, m.name, m.id_number, m.relation, m.sex, m.phone, m.publish, m.sealed, p.as_of"
    " from member m join publication p on p.id = m.publish where m.publish <= $1 and m.id = $2"
    " order by m.publish";
// By what stands in the number's column; a number that someone gave up is his who has it now, and one who is
// on the register comes before one who left it.
constexpr const char* select_by_number =
    "select m.id from member m where m.id_number = $2 and m.publish <= $1 and m.publish ="
    " (select max(n.publish) from member n where n.id = m.id and n.publish <= $1)"
    " order by case when m.household = 0 then 1 else 0 end, m.id limit 1";
constexpr const char* select_members_of_household =
    "select m.id, m.household, m.name, m.id_number, m.relation, m.sex, m.phone, m.publish, m.sealed from "
    "member m"
    " where m.household = $2 and m.publish ="
    " (select max(n.publish) from member n where n.id = m.id and n.publish <= $1) order by m.id";
// Every row that ever put somebody into it, the last of each person last, with the person's last one
// anywhere.
constexpr const char* select_rows_of_household =
    "select m.id, m.household, m.name, m.id_number, m.relation, m.sex, m.phone, m.publish, m.sealed,"
    " (select max(n.publish) from member n where n.id = m.id and n.publish <= $1)"
    " from member m where m.household = $2 and m.publish <= $1 order by m.id, m.publish";
// Behind it come as many ids as asked for.
constexpr std::string_view select_these_households =
    "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen, "
    "h.publish, h.sealed, h.ended_on, h.successor from household h where h.publish ="
    " (select max(v.publish) from household v where v.id = h.id and v.publish <= $1) and h.id in (";

Result<void> read_households(store::DataFolder& folder, PublishId publish, std::vector<Household>& out) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Household next = TRY(household_of(query, pointer_to(seal), Ledger::standing));
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<void> read_members(store::DataFolder& folder, PublishId publish, std::vector<Member>& out) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(select_members));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Member next = TRY(member_of(query, pointer_to(seal)));
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<std::uint32_t> largest_id(store::Database& database, const char* sql) {
    auto query = TRY(database.prepare(sql));
    TRY_VOID(query.step());
    return static_cast<std::uint32_t>(query.integer(0));  // of an empty table null, which reads as 0
}

Result<void> read_household_keys(store::Database& database, PublishId publish, RegisterSeal* seal,
                                 RegisterIndex& index) {
    auto query = TRY(database.prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        const Household household = TRY(household_of(query, seal, Ledger::standing));
        index.put_household(household.id.value(), household.code,
                            household.ended_on ? RegisterIndex::ended : content_key(household));
    }
    return {};
}

Result<MemberKeys> member_keys_of(const store::Statement& row, RegisterSeal* seal) {
    const MemberSecrets secrets = TRY(member_secrets(row, seal));
    MemberKeys keys;
    keys.household = static_cast<std::uint32_t>(row.integer(1));
    keys.number = secrets.number;
    keys.name = name_key(secrets.name);
    keys.content = content_key(secrets.name, row.text_view(4), row.text_view(5), secrets.phone);
    keys.phone = phone_key(secrets.phone);
    return keys;
}

// A part of the register that one thread reads through a connection of its own.
using Reading = std::function<Result<void>(store::Database&, RegisterSeal*)>;

// In ranges of ids. Later rows of a member come behind the earlier ones that they supersede.
template <class Put>
void add_member_readings(std::vector<Reading>& readings, PublishId publish, std::uint32_t last, Put put) {
    for (std::uint64_t begin = 0; begin < last; begin += ids_of_reading) {
        readings.emplace_back([=](store::Database& database, RegisterSeal* seal) -> Result<void> {
            auto query = TRY(database.prepare(select_some_members));
            query.bind(1, number_of(publish)).bind(2, static_cast<std::int64_t>(begin));
            query.bind(3, static_cast<std::int64_t>(begin + ids_of_reading));
            while (TRY(query.step()))
                put(static_cast<std::uint32_t>(query.integer(0)), TRY(member_keys_of(query, seal)));
            return {};
        });
    }
}

Result<void> read_at_once(const store::DataFolder& folder, const std::vector<Reading>& readings,
                          unsigned threads) {
    std::vector<Result<void>> outcomes(std::clamp<std::size_t>(readings.size(), 1, std::max(1U, threads)));
    std::atomic<std::size_t> next = 0;
    const auto work = [&](Result<void>& outcome) {
        auto database = folder.open_reader();
        if (!database) {
            outcome = std::unexpected(std::move(database).error());
            return;
        }
        auto seal = RegisterSeal::of(folder);
        if (!seal) outcome = std::unexpected(std::move(seal).error());
        for (std::size_t at = next++; at < readings.size() && outcome; at = next++)
            outcome = readings[at](*database, pointer_to(*seal));
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < outcomes.size(); ++i) others.emplace_back([&, i] { work(outcomes[i]); });
        work(outcomes.front());
    }
    for (Result<void>& outcome : outcomes) TRY_VOID(std::move(outcome));
    return {};
}

}  // namespace

Result<Register> read_register(store::DataFolder& folder, PublishId publish) {
    Register all;
    TRY_VOID(read_households(folder, publish, all.households));
    TRY_VOID(read_members(folder, publish, all.members));
    std::erase_if(all.households, [](const Household& household) { return household.ended_on.has_value(); });
    std::erase_if(all.members, [](const Member& member) { return member.household == HouseholdId(); });
    const auto order = [](const Member& member) { return std::tuple(member.household, member.id); };
    if (!std::ranges::is_sorted(all.members, {}, order)) std::ranges::sort(all.members, {}, order);
    return all;
}

Result<RegisterIndex> read_index(store::DataFolder& folder, PublishId publish, unsigned threads) {
    const auto households = TRY(largest_id(folder.database(), "select max(id) from household"));
    const auto members = TRY(largest_id(folder.database(), "select max(id) from member"));
    RegisterIndex index(households, members);
    std::vector<Reading> readings;
    if (households != 0) {
        readings.emplace_back([&](store::Database& database, RegisterSeal* seal) {
            return read_household_keys(database, publish, seal, index);
        });
    }
    const auto put = [&index](std::uint32_t id, const MemberKeys& keys) { index.put_member(id, keys); };
    add_member_readings(readings, publish, members, put);
    TRY_VOID(read_at_once(folder, readings, threads));
    index.ready();
    return index;
}

namespace {

// Both tables have an index that holds the publish ids: what is said of people is not read for it.
Result<RowsMark> mark_of_rows(store::Database& database) {
    RowsMark mark;
    const auto look = [&](const char* sql, std::int64_t& rows, std::int64_t& publishes) -> Result<void> {
        auto query = TRY(database.prepare(sql));
        TRY_VOID(query.step());
        rows = query.integer(0);
        publishes = query.integer(1);
        return {};
    };
    TRY_VOID(look("select count(*), cast(coalesce(sum(publish), 0) as bigint) from household",
                  mark.households, mark.household_publishes));
    TRY_VOID(look("select count(*), cast(coalesce(sum(publish), 0) as bigint) from member", mark.members,
                  mark.member_publishes));
    return mark;
}

}  // namespace

Result<std::optional<RegisterIndex>> read_kept_index(store::DataFolder& folder) {
    std::string name;
    {
        auto find = TRY(folder.database().prepare(
            "select segment from register_keys where publish <= $1 order by publish desc limit 1"));
        if (!TRY(find.bind(1, number_of(folder.current())).step())) return std::optional<RegisterIndex>();
        name = find.text(0);
    }
    const auto source = folder.open_blob(store::Shelf::segments, name);
    if (!source) return std::optional<RegisterIndex>();
    auto index = load_keys(**source, TRY(mark_of_rows(folder.database())));
    if (!index) return std::optional<RegisterIndex>();
    return std::optional(std::move(*index));
}

// Earlier ones stay, as rosters do: a row that went before its successor is published would be missed by
// whoever reads what is.
Result<void> keep_index(store::DataFolder& folder, PublishId publish, const RegisterIndex& index) {
    store::Database& database = folder.database();
    auto blob = TRY(folder.new_blob(store::Shelf::segments, store::BlobForm::bytes));
    TRY_VOID(save_keys(index, TRY(mark_of_rows(database)), blob));
    const std::string name = TRY(blob.seal());
    return database.write([&]() -> Result<void> {
        auto insert = TRY(database.prepare("insert into register_keys (publish, segment) values ($1, $2)"));
        return insert.bind(1, number_of(publish)).bind(2, std::string_view(name)).run();
    });
}

Result<std::vector<MemberKeys>> read_member_keys(store::DataFolder& folder, PublishId publish,
                                                 unsigned threads) {
    const auto last = TRY(largest_id(folder.database(), "select max(id) from member"));
    std::vector<MemberKeys> members(last + std::size_t{1});
    std::vector<Reading> readings;
    const auto put = [&members](std::uint32_t id, const MemberKeys& keys) { members[id] = keys; };
    add_member_readings(readings, publish, last, put);
    TRY_VOID(read_at_once(folder, readings, threads));
    return members;
}

Result<std::vector<std::pair<PersonId, MemberKeys>>> read_changed_members(store::DataFolder& folder,
                                                                          PublishId after, PublishId until) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(select_changed_members));
    query.bind(1, number_of(after)).bind(2, number_of(until));
    std::vector<std::pair<PersonId, MemberKeys>> changed;
    while (TRY(query.step())) {
        const auto id = id_of<PersonId>(query.integer(0));
        if (!changed.empty() && changed.back().first == id) changed.pop_back();
        changed.emplace_back(id, TRY(member_keys_of(query, pointer_to(seal))));
    }
    return changed;
}

Result<Household> read_household(store::DataFolder& folder, PublishId publish, HouseholdId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_household));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a household that is on the register");
    return household_of(query, pointer_to(seal), Ledger::standing);
}

namespace {

// A statement for each of a few sizes, so that there are few to prepare; what is too many is the last id
// again.
Result<void> read_part(store::DataFolder& folder, PublishId publish, std::span<const HouseholdId> ids,
                       RegisterSeal* seal, std::unordered_map<std::uint32_t, Household>& found) {
    const std::size_t size = std::bit_ceil(ids.size());
    std::string sql(select_these_households);
    for (std::size_t n = 0; n < size; ++n) sql += fmt::format("{}${}", n == 0 ? "" : ", ", n + 2);
    auto query = TRY(folder.database().prepare(sql + ")"));
    query.bind(1, number_of(publish));
    for (std::size_t n = 0; n < size; ++n)
        query.bind(static_cast<int>(n) + 2, std::int64_t{ids[std::min(n, ids.size() - 1)].value()});
    while (TRY(query.step())) {
        Household household = TRY(household_of(query, seal, Ledger::standing));
        const std::uint32_t id = household.id.value();
        found.emplace(id, std::move(household));
    }
    return {};
}

}  // namespace

Result<std::vector<Household>> read_households(store::DataFolder& folder, PublishId publish,
                                               std::span<const HouseholdId> ids) {
    constexpr std::size_t ids_of_part = 256;
    auto seal = TRY(RegisterSeal::kept_by(folder));
    std::unordered_map<std::uint32_t, Household> found;
    for (std::size_t at = 0; at < ids.size(); at += ids_of_part) {
        const auto part = ids.subspan(at, std::min(ids_of_part, ids.size() - at));
        TRY_VOID(read_part(folder, publish, part, pointer_to(seal), found));
    }
    std::vector<Household> households;
    households.reserve(ids.size());
    for (const HouseholdId id : ids) {
        const auto at = found.find(id.value());
        ensure(at != found.end(), "a household that is on the register");
        households.push_back(at->second);
    }
    return households;
}

Result<Member> read_member(store::DataFolder& folder, PublishId publish, PersonId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_member));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a member who is on the register");
    return member_of(query, pointer_to(seal));
}

Result<PersonId> find_by_number(store::DataFolder& folder, PublishId publish, IdNumber number) {
    auto query = TRY(folder.database().prepare(select_by_number));
    query.bind(1, number_of(publish)).bind(2, NumberColumn(folder).column_of(number));
    const bool found = TRY(query.step());
    return found ? id_of<PersonId>(query.integer(0)) : PersonId();
}

Result<HouseholdId> find_by_code(store::DataFolder& folder, PublishId publish, std::string_view code) {
    auto query = TRY(folder.database().prepare(
        "select id from household where code = $2 and publish <= $1 order by id limit 1"));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, code).step());
    return found ? id_of<HouseholdId>(query.integer(0)) : HouseholdId();
}

Result<std::vector<HouseholdId>> households_kept_as(store::DataFolder& folder, PublishId publish,
                                                    std::span<const std::string> categories) {
    std::vector<HouseholdId> found;
    if (categories.empty()) return found;
    std::string words;
    for (std::size_t n = 0; n < categories.size(); ++n)
        words += fmt::format("{}${}", n == 0 ? "" : ", ", n + 2);
    auto query = TRY(folder.database().prepare(
        fmt::format("select h.id from household h where h.publish = (select max(v.publish) from household v"
                    " where v.id = h.id and v.publish <= $1) and h.ended_on is null and h.category in ({})"
                    " order by h.id",
                    words)));
    query.bind(1, number_of(publish));
    for (std::size_t n = 0; n < categories.size(); ++n)
        query.bind(static_cast<int>(n) + 2, std::string_view(categories[n]));
    while (TRY(query.step())) found.push_back(id_of<HouseholdId>(query.integer(0)));
    return found;
}

Result<bool> register_stands(store::DataFolder& folder, PublishId publish) {
    auto query = TRY(folder.database().prepare("select 1 from member where publish <= $1 limit 1"));
    return query.bind(1, number_of(publish)).step();
}

Result<std::vector<Said<Household>>> said_of(store::DataFolder& folder, PublishId publish,
                                             HouseholdId household) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_said_of_household));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{household.value()});
    std::vector<Said<Household>> said;
    while (TRY(query.step())) {
        said.push_back({PublishId(static_cast<std::uint64_t>(query.integer(8))),
                        query.date(12).value_or(Date()),
                        TRY(household_of(query, pointer_to(seal), Ledger::standing))});
    }
    return said;
}

Result<std::vector<Said<Member>>> said_of(store::DataFolder& folder, PublishId publish, PersonId person) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_said_of_member));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{person.value()});
    std::vector<Said<Member>> said;
    while (TRY(query.step())) {
        said.push_back({PublishId(static_cast<std::uint64_t>(query.integer(7))),
                        query.date(9).value_or(Date()), TRY(member_of(query, pointer_to(seal)))});
    }
    return said;
}

namespace {

Result<std::vector<PersonId>> persons_of(store::DataFolder& folder, const char* sql, PublishId publish,
                                         HouseholdId household) {
    auto query = TRY(folder.database().prepare(sql));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{household.value()});
    std::vector<PersonId> ids;
    while (TRY(query.step())) ids.push_back(id_of<PersonId>(query.integer(0)));
    return ids;
}

}  // namespace

Result<std::vector<PersonId>> ever_in(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    return persons_of(folder,
                      "select distinct id from member where household = $2 and publish <= $1 order by id",
                      publish, household);
}

Result<std::vector<PersonId>> who_is_in(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    return persons_of(
        folder,
        "select m.id from member m where m.household = $2 and m.publish = (select max(n.publish)"
        " from member n where n.id = m.id and n.publish <= $1) order by m.id",
        publish, household);
}

Result<std::vector<PersonId>> once_in(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    return persons_of(
        folder,
        "select distinct m.id from member m where m.household = $2 and m.publish <= $1 and (select"
        " n.household from member n where n.id = m.id and n.publish <= $1 order by n.publish desc limit"
        " 1) <> $2 order by m.id",
        publish, household);
}

Result<std::vector<std::string>> regions_of(store::DataFolder& folder, PublishId publish,
                                            std::span<const HouseholdId> households) {
    // Once through the table: a file that leaves out a township leaves out many.
    std::vector<std::string> regions(households.size());
    auto query = TRY(folder.database().prepare(
        "select id, region from household where publish <= $1 order by id, publish"));
    query.bind(1, number_of(publish));
    std::size_t at = 0;
    while (TRY(query.step())) {
        const auto id = id_of<HouseholdId>(query.integer(0));
        while (at < households.size() && households[at] < id) ++at;
        if (at == households.size()) break;
        if (households[at] == id) regions[at] = query.text_view(1);
    }
    return regions;
}

Result<NextIds> next_ids(store::Database& database) {
    NextIds next;
    // Ids that a proposal has are its own, be it accepted, refused or open.
    const auto households =
        std::max(TRY(largest_id(database, "select max(id) from household")),
                 TRY(largest_id(database, "select max(last_household) from register_proposal")));
    const auto members =
        std::max(TRY(largest_id(database, "select max(id) from member")),
                 TRY(largest_id(database, "select max(last_member) from register_proposal")));
    next.household = HouseholdId(households + 1);
    next.person = PersonId(members + 1);
    return next;
}

Result<std::vector<Member>> members_of(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_members_of_household));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{household.value()});
    std::vector<Member> members;
    while (TRY(query.step())) members.push_back(TRY(member_of(query, pointer_to(seal))));
    return members;
}

Result<PeopleOfHousehold> people_of(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_rows_of_household));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{household.value()});
    PeopleOfHousehold people;
    while (TRY(query.step())) {
        const auto person = id_of<PersonId>(query.integer(0));
        const bool is_now = query.integer(7) == query.integer(9);
        if (is_now) {
            std::erase(people.once, person);
            people.members.push_back(TRY(member_of(query, pointer_to(seal))));
        } else if (people.once.empty() || people.once.back() != person) {
            people.once.push_back(person);
        }
    }
    return people;
}

Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                              std::span<const Household> households) {
    return insert_households(folder, publish, households, Ledger::standing, HouseholdId());
}

Result<void> stage_members(store::DataFolder& folder, PublishId publish, std::span<const Member> members) {
    return insert_members(folder, publish, members, Ledger::standing, PersonId());
}

Result<void> unstage(store::DataFolder& folder, PublishId publish) {
    store::Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        for (const char* sql :
             {"delete from household where publish = $1", "delete from member where publish = $1",
              "delete from proposed_household where publish = $1",
              "delete from proposed_member where publish = $1"}) {
            auto statement = TRY(database.prepare(sql));
            TRY_VOID(statement.bind(1, number_of(publish)).run());
        }
        return {};
    });
}

}  // namespace doudi::registry
