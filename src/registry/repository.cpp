// SPDX-License-Identifier: Apache-2.0
#include "registry/repository.h"

#include <algorithm>
#include <tuple>

namespace doudi::registry {

namespace {

// Long enough that syncing a commit does not count, short enough that a reader's snapshot never holds back
// much of the log.
constexpr std::size_t rows_of_transaction = 50000;

std::int64_t number_of(PublishId id) {
    return static_cast<std::int64_t>(id.value());
}

template <class IdType>
IdType id_of(std::int64_t value) {
    return IdType(static_cast<std::uint32_t>(value));
}

// The row that supersedes the others of its id is the last one: rows come by (id, publish).
constexpr const char* select_households =
    "select id, code, region, address, head_name, category, enrolled_on, income_fen from household"
    " where publish <= $1 order by id, publish";
constexpr const char* select_members =
    "select id, household, name, id_number, relation, sex, phone from member where publish <= $1 order by "
    "id, publish";
constexpr const char* insert_household =
    "insert into household (publish, id, code, region, address, head_name, category, enrolled_on, income_fen)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr const char* insert_member =
    "insert into member (publish, id, household, name, id_number, relation, sex, phone)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8)";

Household household_of(const store::Statement& row) {
    Household household;
    household.id = id_of<HouseholdId>(row.integer(0));
    household.code = row.text_view(1);
    household.region = row.text_view(2);
    household.address = row.text_view(3);
    household.head_name = row.text_view(4);
    household.category = row.text_view(5);
    household.enrolled_on = row.date(6);
    if (!row.is_null(7)) household.income_per_head_month = Money::fen(row.integer(7));
    return household;
}

Member member_of(const store::Statement& row) {
    Member member;
    member.id = id_of<PersonId>(row.integer(0));
    member.household = id_of<HouseholdId>(row.integer(1));
    member.name = row.text_view(2);
    if (!row.is_null(3)) member.id_number = IdNumber::from_packed(static_cast<std::uint64_t>(row.integer(3)));
    member.relation = row.text_view(4);
    member.sex = row.text_view(5);
    member.phone = row.text_view(6);
    return member;
}

MemberView view_of(const Member& member) {
    return {member.id,       member.household, member.name, member.id_number,
            member.relation, member.sex,       member.phone};
}

Result<void> read_households(store::Database& database, PublishId publish, std::vector<Household>& out) {
    auto query = TRY(database.prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Household next = household_of(query);
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<void> read_members(store::Database& database, PublishId publish, std::vector<Member>& out) {
    auto query = TRY(database.prepare(select_members));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Member next = member_of(query);
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

template <class Row, class Bind>
Result<void> insert_all(store::Database& database, const char* sql, std::span<const Row> rows, Bind bind) {
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), rows_of_transaction));
        TRY_VOID(database.write([&]() -> Result<void> {
            auto insert = TRY(database.prepare(sql));
            for (const Row& row : part) {
                bind(insert, row);
                TRY_VOID(insert.run());
            }
            return {};
        }));
        rows = rows.subspan(part.size());
    }
    return {};
}

// An empty text of the register is an absent one.
void bind_text(store::Statement& statement, int n, const std::string& text) {
    if (text.empty()) {
        statement.bind_null(n);
    } else {
        statement.bind(n, std::string_view(text));
    }
}

}  // namespace

Result<Register> read_register(store::DataFolder& folder, PublishId publish) {
    Register all;
    TRY_VOID(read_households(folder.database(), publish, all.households));
    TRY_VOID(read_members(folder.database(), publish, all.members));
    const auto order = [](const Member& member) { return std::tuple(member.household, member.id); };
    if (!std::ranges::is_sorted(all.members, {}, order)) std::ranges::sort(all.members, {}, order);
    return all;
}

Result<void> visit_members(store::DataFolder& folder, PublishId publish,
                           const std::function<void(const MemberView&)>& take) {
    auto query = TRY(folder.database().prepare(select_members));
    query.bind(1, number_of(publish));
    std::optional<Member> held;  // until it is known that no later row supersedes it
    while (TRY(query.step())) {
        Member next = member_of(query);
        if (held && held->id != next.id) take(view_of(*held));
        held = std::move(next);
    }
    if (held) take(view_of(*held));
    return {};
}

Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                              std::span<const Household> households) {
    const auto bind = [publish](store::Statement& insert, const Household& household) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{household.id.value()});
        insert.bind(3, std::string_view(household.code)).bind(4, std::string_view(household.region));
        bind_text(insert, 5, household.address);
        bind_text(insert, 6, household.head_name);
        insert.bind(7, std::string_view(household.category)).bind(8, household.enrolled_on);
        if (household.income_per_head_month) {
            insert.bind(9, household.income_per_head_month->fen());
        } else {
            insert.bind_null(9);
        }
    };
    return insert_all(folder.database(), insert_household, households, bind);
}

Result<void> stage_members(store::DataFolder& folder, PublishId publish, std::span<const Member> members) {
    const auto bind = [publish](store::Statement& insert, const Member& member) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{member.id.value()});
        insert.bind(3, std::int64_t{member.household.value()}).bind(4, std::string_view(member.name));
        if (member.id_number) {
            insert.bind(5, static_cast<std::int64_t>(member.id_number->packed()));
        } else {
            insert.bind_null(5);
        }
        bind_text(insert, 6, member.relation);
        bind_text(insert, 7, member.sex);
        bind_text(insert, 8, member.phone);
    };
    return insert_all(folder.database(), insert_member, members, bind);
}

}  // namespace doudi::registry
