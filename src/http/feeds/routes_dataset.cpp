// SPDX-License-Identifier: Apache-2.0
// The feed desk: what each department sends, by which headings its files are known, how fresh it is, what
// came last and what is late. A department sees its own datasets.
#include <map>

#include "http/feeds/feed_standing.h"
#include "http/feeds/kept_headings.h"
#include "http/office/desk_routes.h"
#include "http/request/call.h"
#include "http/request/listed.h"

namespace doudi::http {
namespace {

using access::Thing;
namespace json = boost::json;

std::string_view name_of(policy::ColumnType type) {
    switch (type) {
        case policy::ColumnType::id_number:
            return "id_number";
        case policy::ColumnType::name:
            return "name";
        case policy::ColumnType::date:
            return "date";
        case policy::ColumnType::category:
            return "category";
        case policy::ColumnType::text:
            return "text";
        case policy::ColumnType::phone:
            return "phone";
        case policy::ColumnType::code:
            return "code";
        case policy::ColumnType::money:
            return "money";
        case policy::ColumnType::integer:
            break;
    }
    return "integer";
}

std::string_view name_of(policy::DatasetKind kind) {
    if (kind == policy::DatasetKind::feed) return "feed";
    return kind == policy::DatasetKind::register_households ? "register_households" : "register_members";
}

// Headings of a field that hold for the files of the asker's office, and whose they are.
json::array kept_json(const Call& call, const policy::Dataset& dataset, const std::string& field,
                      const std::vector<match::KeptHeading>& kept) {
    json::array all;
    for (const match::KeptHeading& one : kept) {
        if (one.dataset != dataset.id || one.field != field) continue;
        const auto* unit = call.units->find(access::UnitId(one.unit));
        all.push_back(
            json::object{{"heading", one.heading},
                         {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
                         {"is_own", access::UnitId(one.unit) == call.who().unit},
                         {"kept_at", time_text(micros_of(one.kept_at))}});
    }
    return all;
}

json::object dataset_json(const Call& call, const FeedStanding& feed,
                          const std::vector<match::KeptHeading>& kept) {
    const policy::Dataset& dataset = *feed.dataset;
    json::array columns;
    for (const policy::DatasetColumn& column : dataset.columns)
        columns.push_back(json::object{{"field", column.field},
                                       {"type", name_of(column.type)},
                                       {"required", column.required},
                                       {"headings", texts_json(column.headings)},
                                       {"kept", kept_json(call, dataset, column.field, kept)}});
    json::object body = feed_json(feed);
    body["kind"] = name_of(dataset.kind);
    body["delivery"] = dataset.delivery == policy::Delivery::whole_roll ? "whole_roll" : "increment";
    body["max_age_days"] = dataset.max_age_days ? json::value(*dataset.max_age_days) : json::value(nullptr);
    body["complete"] =
        dataset.complete_scope.empty() ? json::value(nullptr) : json::value(dataset.complete_scope);
    body["complete_of"] =
        dataset.complete_of.empty() ? json::value(nullptr) : json::value(dataset.complete_of);
    body["asks_for_papers"] = dataset.authorised_on_column >= 0;
    body["tells"] = texts_json(dataset.tells);
    body["columns"] = std::move(columns);
    return body;
}

struct DepartmentSums {
    Text title;
    std::map<std::string_view, std::uint64_t> states;
};

json::array departments_json(const std::vector<FeedStanding>& feeds) {
    std::map<std::string, DepartmentSums> departments;
    for (const FeedStanding& feed : feeds) {
        DepartmentSums& sums = departments[feed.dataset->department];
        sums.title = feed.dataset->department_title;
        ++sums.states[feed.state];
    }
    json::array rows;
    for (auto& [id, sums] : departments) {
        rows.push_back(json::object{{"department", id},
                                    {"title", words(sums.title)},
                                    {"fresh", sums.states["fresh"]},
                                    {"late", sums.states["late"]},
                                    {"never", sums.states["never"]},
                                    {"no_term", sums.states["no_term"]}});
    }
    return rows;
}

Outcome<Response> list(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto feeds = feeds_standing(call, **law);
    if (!feeds) return std::unexpected(std::move(feeds).error());
    const auto kept = TRY(headings_kept_for(call.desk.database, call.who().unit, call.today()));
    json::array items;
    for (const FeedStanding& feed : *feeds) items.push_back(dataset_json(call, feed, kept));
    if (is_file(*asked))
        return listed_file(call, *asked, "datasets",
                           {{"dataset"},
                            {"title"},
                            {"department_title"},
                            {"state"},
                            {"last/as_of"},
                            {"last/rows", true},
                            {"last/matched", true},
                            {"due_by"},
                            {"delivery"},
                            {"max_age_days", true},
                            {"complete"}},
                           items);
    return json_answer(json::object{
        {"items", std::move(items)}, {"departments", departments_json(*feeds)}, {"next", nullptr}});
}

}  // namespace

std::vector<Route> dataset_routes() {
    return {{.method = "GET",
             .path = "/api/v1/datasets",
             .operation = "listDatasets",
             .handler = list,
             .thing = Thing::feed}};
}

}  // namespace doudi::http
