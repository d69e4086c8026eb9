// SPDX-License-Identifier: Apache-2.0
// The other side of the difference of two lists: households that the register keeps as the category whose
// roll a file is, and that no row of that day's roll names. As the register stood when the file came, as with
// the rows; of those who stand in reach today.
#include <fmt/format.h>

#include <algorithm>

#include "http/feeds/arrivals.h"
#include "http/register/lists_now.h"
#include "http/register/reach.h"
#include "http/register/roll_gap.h"
#include "http/request/listed.h"
#include "http/request/lists.h"
#include "http/request/routes.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
namespace json = boost::json;

constexpr int conflict = 409;

// How registers write the category whose roll the feed is.
Outcome<std::vector<std::string>> category_words(const policy::Law& law, const policy::Dataset& dataset) {
    const int at = dataset.complete_of.empty() ? -1 : law.category_of(dataset.complete_of);
    if (at < 0) {
        return std::unexpected(
            Failure(conflict, "no_roll_of_a_category",
                    {"这项数据不是某一救助类别的整册名册，不能反查名册上缺少的家庭",
                     "it is no whole roll of a category of help: nobody can be said to lack on it"}));
    }
    const policy::Category& category = law.categories[static_cast<std::size_t>(at)];
    std::vector<std::string> all{category.id};
    all.insert(all.end(), category.register_words.begin(), category.register_words.end());
    return all;
}

// All files of the day are the roll of that day.
Outcome<std::vector<match::StoredArrival>> roll_of(Call& call, const match::StoredArrival& arrival) {
    auto all = seen_arrivals(call, arrival.arrival.as_of.date);
    if (!all) return all;
    std::erase_if(*all, [&](const match::StoredArrival& one) {
        return one.arrival.dataset != arrival.arrival.dataset || one.replaced_by != FileId() ||
               one.arrival.as_of.date != arrival.arrival.as_of.date;
    });
    return all;
}

bool is_removed(const match::StoredArrival& one) {
    return one.rows_removal != 0;
}

// Those of them that stand, in reach, by code.
Result<std::vector<PlacedHousehold>> placed_of(Call& call, std::vector<HouseholdId> ids) {
    constexpr std::size_t at_once = 1'000;
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    const auto scope = scope_of_rows(call);
    std::vector<PlacedHousehold> all;
    for (std::size_t begin = 0; begin < ids.size(); begin += at_once) {
        HouseholdFilter filter;
        filter.among.emplace(
            ids.begin() + static_cast<std::ptrdiff_t>(begin),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), begin + at_once)));
        for (auto& one : TRY(list_households(call.desk.data, scope, filter, "", at_once)))
            all.push_back(std::move(one));
    }
    std::ranges::sort(all, {}, &PlacedHousehold::code);
    return all;
}

struct Asked {
    match::StoredArrival arrival;
    const policy::Dataset* dataset = nullptr;
    std::vector<std::string> categories;
    std::vector<match::StoredArrival> roll;
};

Outcome<Asked> asked_of(Call& call) {
    auto arrival = arrival_named(call, call.parameter("id"));
    if (!arrival) return std::unexpected(std::move(arrival).error());
    auto dataset = feed_of(call, *arrival);
    if (!dataset) return std::unexpected(std::move(dataset).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto categories = category_words((*law)->pack.law, **dataset);
    if (!categories) return std::unexpected(std::move(categories).error());
    auto roll = roll_of(call, *arrival);
    if (!roll) return std::unexpected(std::move(roll).error());
    return Asked{std::move(*arrival), *dataset, std::move(*categories), std::move(*roll)};
}

Result<RollGap> gap_found(Call& call, const Asked& of) {
    std::vector<HouseholdId> named;
    for (const match::StoredArrival& one : of.roll) {
        const JudgedRows rows = TRY(call.services.lists.judged().get(call.desk.data, *of.dataset, one));
        for (const match::JudgedRow& row : *rows)
            for (const match::Hit& hit : row.hits) named.emplace_back(hit.household);
    }
    const PublishId then(of.arrival.publish.value() - 1);
    const auto kept = TRY(
        placed_of(call, TRY(registry::households_kept_as(call.desk.data, then, std::span(of.categories)))));
    const auto kind = access::unit_kind(of.dataset->complete_scope);
    ensure(kind.has_value(), "a roll is whole for a kind of place");
    return gap_of(kept, TRY(placed_of(call, std::move(named))), [&](const PlacedHousehold& one) {
        return place_of_roll(*call.units, one.unit, *kind, call.today());
    });
}

// A department reads its own list: what it sees of a name it sees of those who lack on it.
access::ScopedRow shown_row(const Call& call, const PlacedHousehold& placed) {
    if (call.who().department.empty()) return placed.row();
    return {.unit = call.who().unit, .department = call.who().department};
}

Outcome<json::array> items_of(Call& call, std::span<const PlacedHousehold> rows) {
    const Shower shower(call, call.who().department.empty() ? Thing::person : Thing::category);
    const auto guarded = TRY(protected_now(call.desk.data, call.today())).households;
    std::vector<HouseholdId> ids;
    for (const PlacedHousehold& one : rows) ids.push_back(one.id);
    const auto homes = TRY(registry::read_households(call.desk.data, call.desk.data.current(), ids));
    auto& look = call.looked(fmt::format("arrival {} lacking", call.parameter("id")));
    json::array items;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const access::ScopedRow row = shown_row(call, rows[n]);
        json::object item{{"household", homes[n].code},
                          {"head_name", shower.text(FieldClass::name, row, homes[n].head_name)},
                          {"office", nullptr},
                          {"enrolled_on", day_or_null(homes[n].enrolled_on)}};
        // The office tells where somebody under protection lives.
        const bool tells_office = !guarded.contains(rows[n].id) || shower.is_whole(FieldClass::shelter, row);
        const auto* office = rows[n].unit && tells_office ? call.units->find(*rows[n].unit) : nullptr;
        if (office != nullptr) item["office"] = office->title;
        items.push_back(std::move(item));
        look.households.push_back(rows[n].id);
    }
    return items;
}

// Rows of the roll that name nobody yet, for they could not be read or are dated later: whoever lacks on it
// may stand on one of them.
std::uint64_t unread_of(std::span<const match::StoredArrival> roll) {
    std::uint64_t rows = 0;
    for (const match::StoredArrival& one : roll)
        rows += one.buckets[match::Bucket::rejected] + one.buckets[match::Bucket::held];
    return rows;
}

// A file without a row would say that nobody lacks.
Failure rows_deleted() {
    return {conflict,
            "arrival_rows_deleted",
            {"名单各行已到保存期限并删除，无从得知谁不在名单上",
             "rows of the roll are kept no longer: it is not known who lacks on it"}};
}

Outcome<Response> list(Call& call) {
    if (auto may = require_row_reader(call); !may) return std::unexpected(std::move(may).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto of = asked_of(call);
    if (!of) return std::unexpected(std::move(of).error());
    const bool is_known = std::ranges::none_of(of->roll, is_removed);
    const bool is_page = asked->format == "json";
    if (!is_known && !is_page) return std::unexpected(rows_deleted());
    const RollGap gap = is_known ? TRY(gap_found(call, *of)) : RollGap();
    const auto first = asked->after.empty() ? gap.lacking.begin()
                                            : std::ranges::upper_bound(gap.lacking, asked->after[0], {},
                                                                       &PlacedHousehold::code);
    const auto left = static_cast<std::size_t>(gap.lacking.end() - first);
    const std::size_t told = std::min(left, is_page ? asked->limit : most_exported);
    auto items = items_of(call, std::span(first, told));
    if (!items) return std::unexpected(std::move(items).error());
    if (!is_page)
        return listed_file(call, *asked, fmt::format("arrival-{}-lacking", of->arrival.id.value()),
                           {{"household"}, {"head_name"}, {"office"}, {"enrolled_on"}}, *items);
    json::object body{{"items", std::move(*items)},
                      {"next", nullptr},
                      {"count", is_known ? json::value(gap.lacking.size()) : json::value(nullptr)},
                      {"not_told", is_known ? json::value(gap.not_told) : json::value(nullptr)},
                      {"unread", unread_of(of->roll)}};
    if (told < left)
        body["next"] = call.services.cursors.write(
            asked->list, {std::next(first, static_cast<std::ptrdiff_t>(told) - 1)->code});
    return json_answer(body);
}

}  // namespace

std::vector<Route> roll_gap_routes() {
    return {{.method = "GET",
             .path = "/api/v1/arrivals/{id}/lacking",
             .operation = "listLackingHouseholds",
             .handler = list,
             .thing = Thing::category}};
}

}  // namespace doudi::http
