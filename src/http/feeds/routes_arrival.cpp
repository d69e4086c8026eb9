// SPDX-License-Identifier: Apache-2.0
// Files that arrived, how their rows fared, and what their senders are told, as a spreadsheet too. A
// department sees its own files alone.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/shown_name.h"
#include "http/feeds/arrivals.h"
#include "http/feeds/heading_map.h"
#include "http/request/lists.h"
#include "http/request/routes.h"
#include "intake/findings_segment.h"
#include "intake/refusals.h"
#include "match/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
namespace json = boost::json;
using match::Bucket;

bool may_see(const Call& call, const match::StoredArrival& arrival) {
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(arrival.arrival.dataset);
    const std::string& mine = call.who().department;
    return mine.empty() || (at >= 0 && catalogue.datasets[static_cast<std::size_t>(at)].department == mine);
}

}  // namespace

Outcome<std::vector<intake::Finding>> findings_of(Call& call, const match::StoredArrival& arrival) {
    std::vector<intake::Finding> findings;
    TRY_VOID(match::check_findings_kept(arrival));
    if (arrival.findings_segment.empty()) return findings;
    const auto segment = TRY(call.desk.data.open_blob(store::Shelf::segments, arrival.findings_segment));
    TRY_VOID(intake::read_findings(segment, [&](const intake::Finding& finding) -> Result<void> {
        findings.push_back(finding);
        return {};
    }));
    return findings;
}

Outcome<std::vector<match::StoredArrival>> seen_arrivals(Call& call, Date until) {
    auto arrivals = TRY(match::list_arrivals(call.desk.data, AsOf{until}, match::Readings::all));
    std::erase_if(arrivals, [&](const auto& arrival) { return !may_see(call, arrival); });
    return arrivals;
}

Outcome<match::StoredArrival> arrival_named(Call& call, std::string_view id) {
    auto arrivals = seen_arrivals(call, call.today() + 1);
    if (!arrivals) return std::unexpected(std::move(arrivals).error());
    const auto found = std::ranges::find_if(*arrivals, [&](const match::StoredArrival& stored) {
        return std::to_string(stored.id.value()) == id;
    });
    if (found == arrivals->end())
        return std::unexpected(Failure(404, "no_such_arrival", {"没有这个文件", "there is no such file"}));
    return std::move(*found);
}

namespace {

// Rows that were not taken; for who is told of the form alone those that it refused, which is not known any
// more where the list of them was removed.
Outcome<json::value> rejected_json(Call& call, const match::StoredArrival& stored, bool form_only) {
    if (!form_only) return json::value(stored.buckets[Bucket::rejected]);
    if (!match::check_findings_kept(stored)) return json::value(nullptr);
    const auto findings = findings_of(call, stored);
    if (!findings) return std::unexpected(findings.error());
    std::set<std::pair<std::string, std::uint32_t>> rows;
    for (const auto& finding : *findings)
        if (finding.refused) rows.emplace(finding.sheet, finding.row);
    return json::value(rows.size());
}

json::value buckets_json(const match::StoredArrival& stored, bool form_only) {
    if (form_only) return nullptr;
    json::object buckets;
    for (const auto& [bucket, name] : bucket_names) buckets[name] = stored.buckets[bucket];
    return buckets;
}

json::value number_or_null(std::uint32_t id) {
    return id == 0 ? json::value(nullptr) : json::value(std::to_string(id));
}

Outcome<json::object> arrival_json(Call& call, const match::StoredArrival& stored, bool form_only) {
    auto rejected = rejected_json(call, stored, form_only);
    if (!rejected) return std::unexpected(std::move(rejected).error());
    return json::object{{"id", std::to_string(stored.id.value())},
                        {"file", shown_file_name(stored.arrival.file_name)},
                        {"dataset", stored.arrival.dataset},
                        {"as_of", stored.arrival.as_of.date.iso()},
                        {"bytes", stored.arrival.bytes},
                        {"encoding", stored.arrival.encoding},
                        {"sha256", stored.arrival.sha256},
                        {"rows", stored.buckets.rows},
                        {"rejected", std::move(*rejected)},
                        {"buckets", buckets_json(stored, form_only)},
                        {"headings", map_of(stored.arrival.headings)},
                        {"replaces", number_or_null(stored.arrival.replaces)},
                        {"replaced_by", number_or_null(stored.replaced_by.value())},
                        {"has_findings", !stored.findings_segment.empty()}};
}

intake::Table arrivals_table(const std::vector<match::StoredArrival>& arrivals, bool form_only) {
    intake::Table table{.columns = {{"file"}, {"dataset"}, {"as_of"}, {"rows", true}}, .rows = {}};
    for (const auto& [bucket, name] : bucket_names)
        if (!form_only) table.columns.push_back({name, true});
    for (const auto& stored : arrivals) {
        table.rows.push_back({shown_file_name(stored.arrival.file_name), stored.arrival.dataset,
                              stored.arrival.as_of.date.iso(), std::to_string(stored.buckets.rows)});
        for (const auto& [bucket, name] : bucket_names)
            if (!form_only) table.rows.back().push_back(std::to_string(stored.buckets[bucket]));
    }
    return table;
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto as_of = query->date("as_of");
    const auto dataset = query->text("dataset");
    const bool with_replaced = query->word("readings", {"standing", "all"}) == "all";
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto arrivals = seen_arrivals(call, as_of.value_or(call.today() + 1));
    if (!arrivals) return std::unexpected(std::move(arrivals).error());
    std::erase_if(*arrivals, [&](const match::StoredArrival& stored) {
        return (as_of && stored.arrival.as_of.date != *as_of) ||
               (!with_replaced && stored.replaced_by != FileId()) ||
               (dataset && stored.arrival.dataset != *dataset);
    });
    const bool form_only = is_told_form_only(call);
    if (asked->format != "json")
        return exported(call, *asked, "arrivals", arrivals_table(*arrivals, form_only));
    std::uint32_t after = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), after);
    json::array items;
    std::optional<std::vector<std::string>> next;
    std::uint32_t last = 0;
    for (const auto& stored : *arrivals) {
        if (stored.id.value() <= after) continue;
        if (items.size() == asked->limit) {
            next = std::vector{std::to_string(last)};
            break;
        }
        auto item = arrival_json(call, stored, form_only);
        if (!item) return std::unexpected(std::move(item).error());
        items.push_back(std::move(*item));
        last = stored.id.value();
    }
    return page_answer(call, *asked, std::move(items), next);
}

// The answer to the sender: no right to export is needed, it is their own file.
Outcome<Response> as_file(Call& call, const match::StoredArrival& arrival,
                          const std::vector<intake::Finding>& findings, const std::string& format) {
    FileBody file = temporary_file(call, "." + format);
    TRY_VOID(intake::write_refusals(file.path, shown_file_name(arrival.arrival.file_name), findings));
    Response response;
    response.headers.add("Content-Type",
                         format == "csv"
                             ? "text/csv; charset=utf-8"
                             : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.headers.add(
        "Content-Disposition",
        fmt::format("attachment; filename*=UTF-8''{}",
                    percent_encoded(fmt::format("refusals-{}.{}", arrival.id.value(), format))));
    response.body = std::move(file);
    return response;
}

Outcome<Response> refusals(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto found = arrival_named(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto findings = findings_of(call, *found);
    if (!findings) return std::unexpected(std::move(findings).error());
    if (asked->format != "json") return as_file(call, *found, *findings, asked->format);
    std::size_t at = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), at);
    json::array items;
    for (; at < findings->size() && items.size() < asked->limit; ++at) {
        const intake::Finding& finding = (*findings)[at];
        items.push_back(json::object{{"row", finding.row},
                                     {"sheet", finding.sheet},
                                     {"column", finding.column},
                                     {"code", intake::code_of(finding.code)},
                                     {"text", words(intake::describe(finding.code))},
                                     {"value", finding.value},
                                     {"refused", finding.refused}});
    }
    std::optional<std::vector<std::string>> next;
    if (at < findings->size()) next = std::vector{std::to_string(at)};
    return page_answer(call, *asked, std::move(items), next);
}

}  // namespace

std::vector<Route> arrival_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/arrivals",
         .operation = "listArrivals",
         .handler = list,
         .thing = Thing::feed},
        {.method = "GET",
         .path = "/api/v1/arrivals/{id}/refusals",
         .operation = "listRefusals",
         .handler = refusals,
         .thing = Thing::feed},
    };
}

}  // namespace doudi::http
