// SPDX-License-Identifier: Apache-2.0
// Messages and differences as they are listed, and as they are changed where they lie.
#include <fmt/format.h>

#include <limits>
#include <string>

#include "exchange/body_columns.h"
#include "exchange/repository.h"

namespace doudi::exchange::repository {

namespace {

constexpr std::int64_t from_the_top = std::numeric_limits<std::int64_t>::max();

Result<std::vector<StateCount>> count(Shelf& shelf, const char* sql, std::string_view peer) {
    auto query = TRY(shelf.database.prepare(sql));
    query.bind(1, peer);
    std::vector<StateCount> counts;
    while (TRY(query.step())) counts.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1))});
    return counts;
}

Result<store::Statement> listed(Shelf& shelf, const std::string& sql, std::string_view peer,
                                std::string_view state, std::int64_t before, std::size_t most) {
    auto query = TRY(shelf.database.prepare(sql));
    query.bind(1, peer).bind(2, state).bind(3, before == 0 ? from_the_top : before);
    query.bind(4, static_cast<std::int64_t>(most));
    return query;
}

}  // namespace

Result<std::vector<StateCount>> count_out(Shelf& shelf, std::string_view peer) {
    return count(shelf,
                 "select state, count(*) from exchange_out where peer = $1 group by state order by state",
                 peer);
}

Result<std::vector<StateCount>> count_in(Shelf& shelf, std::string_view peer) {
    return count(
        shelf, "select state, count(*) from exchange_in where peer = $1 group by state order by state", peer);
}

Result<std::vector<OutRow>> list_out(Shelf& shelf, std::string_view peer, std::string_view state,
                                     std::int64_t before, std::size_t most) {
    auto query = TRY(
        listed(shelf,
               fmt::format("select {} from exchange_out where peer = $1 and ($2 = '' or state = $2) and id"
                           " < $3 order by id desc limit $4",
                           out_columns),
               peer, state, before, most));
    std::vector<OutRow> rows;
    while (TRY(query.step())) rows.push_back(out_of(query));
    return rows;
}

Result<std::vector<InRow>> list_in(Shelf& shelf, std::string_view peer, std::string_view state,
                                   std::int64_t before, std::size_t most) {
    auto query =
        TRY(listed(shelf,
                   fmt::format("select {} from exchange_in where peer = $1 and ($2 = '' or state = $2) and"
                               " number < $3 order by number desc limit $4",
                               in_columns),
                   peer, state, before, most));
    std::vector<InRow> rows;
    while (TRY(query.step())) rows.push_back(in_of(query));
    return rows;
}

Result<std::vector<Difference>> list_differences(Shelf& shelf, std::string_view peer, std::size_t most) {
    auto query =
        TRY(shelf.database.prepare("select number, code, household, kind, proposal, at from "
                                   "exchange_difference where peer = $1 and settled_at is"
                                   " null order by number limit $2"));
    query.bind(1, peer).bind(2, static_cast<std::int64_t>(most));
    std::vector<Difference> found;
    while (TRY(query.step())) {
        Difference one;
        one.peer = peer;
        one.number = query.integer(0);
        one.code = query.text(1);
        one.household = HouseholdId(static_cast<std::uint32_t>(query.integer(2)));
        one.kind = query.text(3);
        one.proposal = PublishId(static_cast<std::uint64_t>(query.integer(4)));
        one.at = instant_of(query.integer(5));
        found.push_back(std::move(one));
    }
    return found;
}

namespace {

struct Clear {
    std::string peer;
    std::int64_t row = 0;
    HouseholdId household;
    std::string body;
};

Result<std::vector<Clear>> in_the_clear(Shelf& shelf, const char* sql) {
    auto query = TRY(shelf.database.prepare(sql));
    std::vector<Clear> found;
    while (TRY(query.step()))
        found.push_back({query.text(0), query.integer(1),
                         HouseholdId(static_cast<std::uint32_t>(query.integer(2))), query.text(3)});
    return found;
}

Result<void> seal_column(Shelf& shelf, std::string_view column, const char* select, const char* put) {
    for (const Clear& one : TRY(in_the_clear(shelf, select))) {
        const BodyRow body = TRY(write_body(shelf, {column, one.peer, one.row, one.household}, one.body));
        auto update = TRY(shelf.database.prepare(put));
        update.bind(1, std::string_view(one.peer)).bind(2, one.row);
        bind_body(update, 3, 4, body);
        TRY_VOID(update.run());
    }
    return {};
}

}  // namespace

Result<void> seal_bodies(Shelf& shelf) {
    TRY_VOID(seal_column(shelf, out_column,
                         "select peer, id, household, body from exchange_out where body <> ''",
                         "update exchange_out set body = $3, sealed = $4 where peer = $1 and id = $2"));
    return seal_column(shelf, in_column,
                       "select peer, number, household, body from exchange_in where body <> ''",
                       "update exchange_in set body = $3, sealed = $4 where peer = $1 and number = $2");
}

Result<std::vector<store::Ended>> select_settled(Shelf& shelf, Instant before) {
    auto query =
        TRY(shelf.database.prepare("select 'out/' || peer || '/' || cast(id as text), household from "
                                   "exchange_out where settled_at < $1 and"
                                   " forgotten = 0 union all select 'in/' || peer || '/' || cast(number as "
                                   "text), household from exchange_in"
                                   " where settled_at < $1 and forgotten = 0 order by 1"));
    query.bind(1, micros_of(before));
    std::vector<store::Ended> ended;
    while (TRY(query.step()))
        ended.push_back({.key = query.text(0), .household = static_cast<std::uint32_t>(query.integer(1))});
    return ended;
}

Result<void> clear_body(Shelf& shelf, std::string_view key) {
    const std::size_t first = key.find('/');
    const std::size_t last = key.rfind('/');
    const bool is_out = key.substr(0, first) == "out";
    auto update = TRY(shelf.database.prepare(
        is_out ? "update exchange_out set body = '', sealed = null, forgotten = 1 where peer = $1 and id = $2"
               : "update exchange_in set body = '', sealed = null, forgotten = 1 where peer = $1 and number "
                 "= $2"));
    update.bind(1, key.substr(first + 1, last - first - 1));
    return update.bind(2, std::int64_t{std::stoll(std::string(key.substr(last + 1)))}).run();
}

Result<void> forget_bodies(Shelf& shelf, HouseholdId household) {
    for (const char* sql :
         {"update exchange_out set body = '', sealed = null, forgotten = 1 where household = $1",
          "update exchange_in set body = '', sealed = null, forgotten = 1 where household = $1"}) {
        auto update = TRY(shelf.database.prepare(sql));
        TRY_VOID(update.bind(1, std::int64_t{household.value()}).run());
    }
    return {};
}

}  // namespace doudi::exchange::repository
