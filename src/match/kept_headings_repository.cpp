// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "match/kept_headings.h"

namespace doudi::match {

Result<std::vector<KeptHeading>> kept_headings(store::Database& database) {
    auto query =
        TRY(database.prepare("select id, unit, dataset, heading, field, proposal, kept_at from kept_heading"
                             " where ended_by is null order by id"));
    std::vector<KeptHeading> kept;
    while (TRY(query.step()))
        kept.push_back({query.integer(0), static_cast<std::uint32_t>(query.integer(1)), query.text(2),
                        query.text(3), query.text(4), query.integer(5), instant_of(query.integer(6))});
    return kept;
}

Result<void> keep_headings(store::Database& database, std::span<const KeptHeading> headings) {
    for (const KeptHeading& one : headings) {
        auto find = TRY(
            database.prepare("select 1 from kept_heading where unit = $1 and dataset = $2 and heading = $3"
                             " and ended_by is null"));
        find.bind(1, std::int64_t{one.unit}).bind(2, std::string_view(one.dataset));
        if (TRY(find.bind(3, std::string_view(one.heading)).step()))
            return fail(ErrorKind::conflict, "heading_kept",
                        {fmt::format("本单位已保留表头“{}”的对照", one.heading),
                         fmt::format("the office keeps the heading \"{}\" already", one.heading)});
        find.reset();
        auto insert = TRY(database.prepare(
            "insert into kept_heading (id, unit, dataset, heading, field, proposal, kept_at) values"
            " ((select coalesce(max(id), 0) + 1 from kept_heading), $1, $2, $3, $4, $5, $6)"));
        insert.bind(1, std::int64_t{one.unit}).bind(2, std::string_view(one.dataset));
        insert.bind(3, std::string_view(one.heading)).bind(4, std::string_view(one.field));
        TRY_VOID(insert.bind(5, one.proposal).bind(6, micros_of(one.kept_at)).run());
    }
    return {};
}

Result<void> end_headings(store::Database& database, std::span<const KeptHeading> headings) {
    for (const KeptHeading& one : headings) {
        auto update = TRY(database.prepare(
            "update kept_heading set ended_by = $1, ended_at = $2 where unit = $3 and dataset = $4"
            " and heading = $5 and field = $6 and ended_by is null returning id"));
        update.bind(1, one.proposal).bind(2, micros_of(one.kept_at)).bind(3, std::int64_t{one.unit});
        update.bind(4, std::string_view(one.dataset)).bind(5, std::string_view(one.heading));
        if (!TRY(update.bind(6, std::string_view(one.field)).step()))
            return fail(ErrorKind::not_found, "heading_not_kept",
                        {fmt::format("本单位没有保留表头“{}”的对照", one.heading),
                         fmt::format("the office does not keep the heading \"{}\"", one.heading)});
    }
    return {};
}

void add_kept_headings(policy::DatasetCatalogue& catalogue, std::span<const KeptHeading> headings) {
    for (const KeptHeading& one : headings) {
        const int at = catalogue.index_of(one.dataset);
        if (at < 0) continue;
        policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(at)];
        const int column = dataset.column_of(one.field);
        if (column < 0) continue;
        dataset.columns[static_cast<std::size_t>(column)].headings.push_back(one.heading);
    }
}

}  // namespace doudi::match
