// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/match_list_repository.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace doudi::http {

namespace {

// $1 is the publish id, $2 the day.
constexpr std::string_view waiting_rows =
    "select h.id, h.code, hu.unit, r.arrival, r.row, r.member, r.role, r.grade, a.dataset, a.file_name, "
    "a.as_of,"
    " a.segment from review_item r join arrival a on a.id = r.arrival join member m on m.id = r.member"
    " join household h on h.id = m.household"
    " left join household_unit hu on hu.household = h.id and hu.from_on <= $2 and hu.until_on > $2"
    " where r.publish <= $1"
    " and not exists (select 1 from arrival n where n.replaces = a.id and n.publish <= $1)"
    " and m.publish = (select max(n.publish) from member n where n.id = m.id and n.publish <= $1)"
    " and h.publish = (select max(v.publish) from household v where v.id = h.id and v.publish <= $1)"
    " and not exists (select 1 from match_verdict d where d.arrival = r.arrival and d.row = r.row"
    " and d.role = r.role and d.member = r.member)";
constexpr int first_bind = 3;

WaitingRow row_of(const store::Statement& query) {
    WaitingRow row;
    row.household.id = HouseholdId(static_cast<std::uint32_t>(query.integer(0)));
    row.household.code = query.text(1);
    if (!query.is_null(2)) row.household.unit = access::UnitId(static_cast<std::uint32_t>(query.integer(2)));
    row.arrival = static_cast<std::uint32_t>(query.integer(3));
    row.row = static_cast<std::uint32_t>(query.integer(4));
    row.person = PersonId(static_cast<std::uint32_t>(query.integer(5)));
    row.role = query.text(6);
    row.grade = query.text(7);
    row.dataset = query.text(8);
    row.file_name = query.text(9);
    row.as_of = query.date(10).value_or(Date());
    row.segment = query.text(11);
    return row;
}

std::int64_t current_of(store::DataFolder& data) {
    return static_cast<std::int64_t>(data.current().value());
}

// The condition of a unit, and its one value.
std::string placed_at(const PlaceFilter& place, int bind) {
    if (place.at) return fmt::format(" and hu.unit = ${}", bind);
    if (!place.below) return {};
    return fmt::format(
        " and exists (select 1 from unit_within pw where pw.unit = coalesce(hu.unit, 0) and pw.ancestor = ${}"
        " and pw.from_on <= $2 and pw.until_on > $2)",
        bind);
}

}  // namespace

WaitingPlace WaitingPlace::of(const WaitingRow& row) {
    return {row.arrival, row.row, row.person.value(), row.role};
}

std::string WaitingPlace::text() const {
    return fmt::format("{}.{}.{}.{}", arrival, row, person, role);
}

std::optional<WaitingPlace> WaitingPlace::parse(std::string_view text) {
    WaitingPlace place;
    for (std::uint32_t* part : std::array{&place.arrival, &place.row, &place.person}) {
        const std::size_t dot = text.find('.');
        if (dot == std::string_view::npos) return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + dot, *part);
        if (error != std::errc() || end != text.data() + dot) return std::nullopt;
        text.remove_prefix(dot + 1);
    }
    place.role = text;
    return place;
}

Result<std::vector<WaitingRow>> list_waiting(store::DataFolder& data, const access::Scope& scope,
                                             const WaitingFilter& filter, const WaitingPlace& after,
                                             std::size_t limit) {
    constexpr int own_binds = 7;  // filter and place, before the office's and the scope's
    const bool by_place = filter.place.at || filter.place.below;
    const int first_of_scope = first_bind + own_binds + (by_place ? 1 : 0);
    const auto cut = scope.sql({.household = "h.id", .household_unit = "hu.unit"}, first_of_scope);
    auto query = TRY(data.database().prepare(
        fmt::format("{} and ($3 = '' or a.dataset = $3) and ($4 = '' or r.grade = $4)"
                    " and (r.arrival, r.row, r.member, r.role) > ($5, $6, $7, $8){} and {}"
                    " order by r.arrival, r.row, r.member, r.role limit $9",
                    waiting_rows, placed_at(filter.place, first_bind + own_binds), cut.condition)));
    query.bind(1, current_of(data)).bind(2, scope.day());
    query.bind(3, std::string_view(filter.dataset)).bind(4, std::string_view(filter.grade));
    query.bind(5, std::int64_t{after.arrival}).bind(6, std::int64_t{after.row});
    query.bind(7, std::int64_t{after.person}).bind(8, std::string_view(after.role));
    query.bind(9, static_cast<std::int64_t>(limit));
    if (by_place) {
        const access::UnitId unit = filter.place.at ? *filter.place.at : *filter.place.below;
        query.bind(first_bind + own_binds, std::int64_t{unit.value()});
    }
    cut.bind(query);
    std::vector<WaitingRow> rows;
    while (TRY(query.step())) rows.push_back(row_of(query));
    return rows;
}

Result<std::optional<WaitingRow>> find_waiting(store::DataFolder& data, const access::Scope& scope,
                                               const WaitingPlace& place) {
    constexpr int first_of_scope = 7;
    const auto cut =
        scope.sql({.household = "h.id", .household_unit = "hu.unit", .one_row = true}, first_of_scope);
    auto query = TRY(data.database().prepare(
        fmt::format("{} and r.arrival = $3 and r.row = $4 and r.member = $5 and r.role = $6 and {}",
                    waiting_rows, cut.condition)));
    query.bind(1, current_of(data)).bind(2, scope.day());
    query.bind(3, std::int64_t{place.arrival}).bind(4, std::int64_t{place.row});
    query.bind(5, std::int64_t{place.person}).bind(6, std::string_view(place.role));
    cut.bind(query);
    if (!TRY(query.step())) return std::optional<WaitingRow>();
    return std::optional(row_of(query));
}

}  // namespace doudi::http
