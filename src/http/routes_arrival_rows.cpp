// SPDX-License-Identifier: Apache-2.0
// The rows behind the buckets of a department's own file: the difference of its list and the register
// (CS-1.3c, CQ-18a), row by row. For a department that may read who is low-income; any other is told of the
// form alone. Nothing is told of a row but what the department itself sent, and on which lists it stands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "http/arrival_rows.h"
#include "http/arrivals.h"
#include "http/asked_person.h"
#include "http/lists.h"
#include "http/lists_now.h"
#include "http/reach.h"
#include "http/routes.h"
#include "http/told_number.h"
#include "match/told_rows.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using match::Bucket;
namespace json = boost::json;

// A row of the file, landed or refused by its form.
struct FileRow {
    std::string sheet;
    std::uint32_t row = 0;  // in its sheet
    Bucket bucket = Bucket::rejected;
    const ToldRow* landed = nullptr;
    std::vector<intake::FindingCode> codes;  // why it was refused
};

struct FileRows {
    match::StoredArrival arrival;
    const policy::Dataset* dataset = nullptr;
    std::vector<ToldRow> landed;
    std::vector<FileRow> rows;
    std::uint64_t removed = 0;  // kept no longer
};

Outcome<void> require_department(const Call& call) {
    constexpr int forbidden = 403;
    if (!call.who().department.empty() && !is_told_form_only(call)) return {};
    return std::unexpected(Failure(
        forbidden, "not_allowed",
        {"仅限可以查看低收入人口类别的报送部门", "for a department that may read who is low-income"}));
}

std::vector<FileRow> refused_rows(const std::vector<intake::Finding>& findings) {
    std::map<std::pair<std::string, std::uint32_t>, std::size_t> at;
    std::vector<FileRow> rows;
    for (const intake::Finding& finding : findings) {
        if (!finding.refused) continue;
        const auto [place, is_new] = at.try_emplace({finding.sheet, finding.row}, rows.size());
        if (is_new) rows.push_back({.sheet = finding.sheet, .row = finding.row, .codes = {}});
        rows[place->second].codes.push_back(finding.code);
    }
    return rows;
}

std::string sheet_of(std::uint32_t landed) {
    const std::uint32_t sheet = landed / intake::sheet_row_stride;
    return sheet == 0 ? std::string() : fmt::format("{}", sheet + 1);
}

// The whole file, as the session is told of it.
Outcome<FileRows> rows_of(Call& call) {
    auto arrival = arrival_named(call, call.parameter("id"));
    if (!arrival) return std::unexpected(std::move(arrival).error());
    FileRows of{.arrival = std::move(*arrival), .landed = {}, .rows = {}};
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(of.arrival.arrival.dataset);
    ensure(at >= 0, "a file that a department sees is of a dataset of its own");
    of.dataset = &catalogue.datasets[static_cast<std::size_t>(at)];
    const JudgedRows judged = TRY(call.services.lists.judged().get(call.desk.data, *of.dataset, of.arrival));
    std::vector<std::uint32_t> households;
    for (const match::JudgedRow& row : *judged)
        for (const match::Hit& hit : row.hits) households.push_back(hit.household);
    std::ranges::sort(households);
    const auto repeated = std::ranges::unique(households);
    households.erase(repeated.begin(), repeated.end());
    // A department stands beside the households of the office above it, it keeps none.
    access::Session above = call.who();
    above.unit = office_above(call);
    const auto scope =
        access::Scope::of(call.services.roles, *call.units, above, Verb::read, Thing::category, call.today());
    const auto within = TRY(households_within(call.desk.data, scope, households));
    of.landed = cut_rows(*judged, within);
    if (of.arrival.findings_removal == 0) {
        auto findings = findings_of(call, of.arrival);
        if (!findings) return std::unexpected(std::move(findings).error());
        of.rows = refused_rows(*findings);
    }
    for (const ToldRow& row : of.landed) {
        FileRow& one = of.rows.emplace_back();
        one.sheet = sheet_of(row.row);
        one.row = row.row % intake::sheet_row_stride;
        one.bucket = row.bucket;
        one.landed = &row;
        if (row.bad_number) one.codes.push_back(intake::FindingCode::id_check);
    }
    const std::uint64_t all = of.arrival.buckets.rows;
    of.removed = all - std::min<std::uint64_t>(all, of.rows.size());
    return of;
}

json::object counts_json(const FileRows& of) {
    std::array<std::uint64_t, match::bucket_count> counts{};
    for (const FileRow& row : of.rows) ++counts[static_cast<std::size_t>(row.bucket)];
    json::object all;
    for (const auto& [bucket, name] : bucket_names) all[name] = counts[static_cast<std::size_t>(bucket)];
    return all;
}

// `buckets`: some of them, by commas; none: all.
std::set<Bucket> buckets_asked(QueryFields& query) {
    std::set<Bucket> asked;
    const std::string list = query.text("buckets").value_or("");
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        const std::string_view word = std::string_view(list).substr(begin, end - begin);
        const auto found = std::ranges::find(bucket_names, word, &std::pair<Bucket, const char*>::second);
        if (found == bucket_names.end()) {
            query.fault("buckets", "unknown_word", {"没有这一类", "there is no such bucket"});
            break;
        }
        asked.insert(found->first);
        begin = end + 1;
    }
    return asked;
}

// What the file itself says of its people, as the department's right shows it.
json::array persons_json(const Call& call, const Shower& shower, const match::TellingRow* told) {
    json::array persons;
    if (told == nullptr) return persons;
    const access::ScopedRow own{.unit = call.who().unit, .department = call.who().department};
    for (const match::ToldPerson& person : told->persons) {
        persons.push_back(json::object{
            {"name", shower.text(FieldClass::name, own, person.name)},
            {"identity_number", person.number == 0 ? json::value(nullptr)
                                                   : shower.text(FieldClass::identity_number, own,
                                                                 masked_number(person.number))}});
    }
    return persons;
}

json::object row_json(const Call& call, const Shower& shower, const FileRow& row,
                      const match::TellingRow* told) {
    json::array reasons;
    for (const intake::FindingCode code : row.codes)
        reasons.push_back(
            json::object{{"code", intake::code_of(code)}, {"text", words(intake::describe(code))}});
    return {{"sheet", row.sheet},
            {"row", row.row},
            {"bucket",
             std::ranges::find(bucket_names, row.bucket, &std::pair<Bucket, const char*>::first)->second},
            {"event_date", told == nullptr ? json::value(nullptr) : day_or_null(told->event_date)},
            {"persons", persons_json(call, shower, told)},
            {"reasons", std::move(reasons)}};
}

Result<json::array> items_of(Call& call, const FileRows& of, std::span<const FileRow* const> rows) {
    std::vector<std::uint32_t> numbers;
    for (const FileRow* row : rows)
        if (row->landed != nullptr) numbers.push_back(row->landed->row);
    std::ranges::sort(numbers);
    std::map<std::uint32_t, match::TellingRow> told;
    if (!numbers.empty())
        for (auto& row :
             TRY(match::read_told_rows(call.desk.data, *of.dataset, of.arrival.arrival.segment, numbers)))
            told.emplace(row.row, std::move(row));
    const Shower shower(call, Thing::category);
    auto& look = call.looked(fmt::format("arrival {} rows", of.arrival.id.value()));
    json::array items;
    for (const FileRow* row : rows) {
        const auto found = row->landed == nullptr ? told.end() : told.find(row->landed->row);
        items.push_back(row_json(call, shower, *row, found == told.end() ? nullptr : &found->second));
        if (row->landed == nullptr) continue;
        look.persons.insert(look.persons.end(), row->landed->persons.begin(), row->landed->persons.end());
        look.households.insert(look.households.end(), row->landed->households.begin(),
                               row->landed->households.end());
    }
    return items;
}

intake::Table table_of(const json::array& items, Lang lang) {
    intake::Table table{
        .columns =
            {{"sheet"}, {"row", true}, {"bucket"}, {"event_date"}, {"name"}, {"identity_number"}, {"reason"}},
        .rows = {}};
    const auto text = [](const json::value& value) {
        return value.is_string() ? std::string(value.get_string()) : std::string();
    };
    const auto joined = [&](const json::value& list, auto&& of) {
        std::string all;
        for (const json::value& one : list.as_array()) all += (all.empty() ? "" : ";") + text(of(one));
        return all;
    };
    for (const json::value& item : items) {
        const json::value& persons = item.at("persons");
        table.rows.push_back(
            {text(item.at("sheet")), std::to_string(item.at("row").to_number<std::uint32_t>()),
             text(item.at("bucket")), text(item.at("event_date")),
             joined(persons, [](const json::value& one) { return one.at("name"); }),
             joined(persons, [](const json::value& one) { return one.at("identity_number"); }),
             joined(item.at("reasons"), [&](const json::value& one) {
                 return one.at("text").at(lang == Lang::zh ? "zh" : "en");
             })});
    }
    return table;
}

Outcome<Response> list(Call& call) {
    if (auto may = require_department(call); !may) return std::unexpected(std::move(may).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto buckets = buckets_asked(*query);
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto of = rows_of(call);
    if (!of) return std::unexpected(std::move(of).error());
    std::vector<const FileRow*> chosen;
    for (const FileRow& row : of->rows)
        if (buckets.empty() || buckets.contains(row.bucket)) chosen.push_back(&row);
    const bool is_page = asked->format == "json";
    std::size_t at = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), at);
    at = std::min(at, chosen.size());
    const std::size_t end = std::min(chosen.size(), is_page ? at + asked->limit : most_exported);
    auto items = TRY(items_of(call, *of, std::span(chosen).subspan(at, end - at)));
    if (!is_page)
        return exported(call, *asked, fmt::format("arrival-{}-rows", of->arrival.id.value()),
                        table_of(items, call.lang));
    json::object body{{"items", std::move(items)},
                      {"next", nullptr},
                      {"counts", counts_json(*of)},
                      {"removed", of->removed}};
    if (end < chosen.size()) body["next"] = call.services.cursors.write(asked->list, {std::to_string(end)});
    return json_answer(body);
}

}  // namespace

std::vector<Route> arrival_row_routes() {
    return {{.method = "GET",
             .path = "/api/v1/arrivals/{id}/rows",
             .operation = "listArrivalRows",
             .handler = list,
             .thing = Thing::category}};
}

}  // namespace doudi::http
