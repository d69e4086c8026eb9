// SPDX-License-Identifier: Apache-2.0
// The rows behind the buckets of a file: for an office that reads feeds, its own people and those of nobody;
// of its own file for a department that may read who is low-income, the difference of its list and the
// register (CS-1.3c, CQ-18a). Any other department is told of the form alone. Also of an original that was
// read again to be looked at: where each row would fall, beside where it stands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "http/feeds/arrival_rows.h"
#include "http/feeds/arrivals.h"
#include "http/feeds/read_rows.h"
#include "http/feeds/row_persons.h"
#include "http/register/asked_person.h"
#include "http/register/lists_now.h"
#include "http/request/lists.h"
#include "http/request/routes.h"
#include "match/told_rows.h"

namespace doudi::http {
namespace {

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
    std::uint64_t removed = 0;    // kept no longer
    std::uint64_t elsewhere = 0;  // about people whom the office does not reach
    // Of a reading that is only looked at: the rows as they stand, in the file's order.
    std::optional<std::vector<ToldRow>> standing;
    std::set<std::pair<std::string, std::uint32_t>> refused_before;
};

bool is_office(const Call& call) {
    return call.who().department.empty();
}

}  // namespace

Outcome<void> require_row_reader(const Call& call) {
    constexpr int forbidden = 403;
    const bool may =
        is_office(call) ? !call.scope(Verb::read, Thing::feed).is_empty() : !is_told_form_only(call);
    if (may) return {};
    return std::unexpected(
        Failure(forbidden, "not_allowed",
                {"仅限查看部门数据的民政单位，和可以查看低收入人口类别的报送部门",
                 "for offices that read feeds, and for a department that may read who is low-income"}));
}

access::Scope scope_of_rows(const Call& call) {
    access::Session reader = call.who();
    if (!is_office(call)) reader.unit = office_above(call);
    return access::Scope::of(call.services.roles, *call.units, reader, Verb::read,
                             is_office(call) ? Thing::person : Thing::category, call.today());
}

Outcome<const policy::Dataset*> feed_of(const Call& call, const match::StoredArrival& arrival) {
    constexpr int conflict = 409;
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(arrival.arrival.dataset);
    const policy::Dataset* dataset = at < 0 ? nullptr : &catalogue.datasets[static_cast<std::size_t>(at)];
    if (dataset != nullptr && dataset->kind == policy::DatasetKind::feed) return dataset;
    return std::unexpected(Failure(conflict, "not_a_feed",
                                   {"不是部门数据：名册文件的逐项结果在名册变更中查看",
                                    "it is no department's data: a register's file is a proposal"}));
}

namespace {

std::string sheet_of(std::uint32_t landed) {
    const std::uint32_t sheet = landed / intake::sheet_row_stride;
    return sheet == 0 ? std::string() : fmt::format("{}", sheet + 1);
}

// Those of the households that are named whom the session reaches.
Result<std::set<std::uint32_t>> reached(Call& call,
                                        std::initializer_list<std::span<const match::JudgedRow>> all) {
    std::vector<std::uint32_t> households;
    for (const auto rows : all)
        for (const match::JudgedRow& row : rows)
            for (const match::Hit& hit : row.hits) households.push_back(hit.household);
    std::ranges::sort(households);
    const auto repeated = std::ranges::unique(households);
    households.erase(repeated.begin(), repeated.end());
    return households_within(call.desk.data, scope_of_rows(call), households);
}

void add_refused(FileRows& of, std::span<const RefusedRow> refused) {
    for (const RefusedRow& row : refused) {
        FileRow& one = of.rows.emplace_back();
        one.sheet = row.sheet;
        one.row = row.row;
        one.codes = row.codes;
    }
}

void add_landed(FileRows& of) {
    for (const ToldRow& row : of.landed) {
        FileRow& one = of.rows.emplace_back();
        one.sheet = sheet_of(row.row);
        one.row = row.row % intake::sheet_row_stride;
        one.bucket = row.bucket;
        one.landed = &row;
        if (row.bad_number) one.codes.push_back(intake::FindingCode::id_check);
    }
}

// An office is told how many are about others' people; to a department they are nobody's.
void leave_out_elsewhere(const Call& call, FileRows& of) {
    if (!is_office(call)) return;
    if (of.standing) std::erase_if(*of.standing, [](const ToldRow& row) { return row.is_elsewhere; });
    of.elsewhere = std::erase_if(of.landed, [](const ToldRow& row) { return row.is_elsewhere; });
}

Outcome<std::vector<RefusedRow>> refused_of(Call& call, const match::StoredArrival& arrival) {
    if (arrival.findings_removal != 0) return std::vector<RefusedRow>();
    auto findings = findings_of(call, arrival);
    if (!findings) return std::unexpected(std::move(findings).error());
    return refused_rows(*findings);
}

// The whole file, as the session is told of it; `reading`: as that job would read it.
Outcome<FileRows> rows_of(Call& call, const std::optional<jobs::JobId>& reading) {
    auto arrival = arrival_named(call, call.parameter("id"));
    if (!arrival) return std::unexpected(std::move(arrival).error());
    FileRows of{
        .arrival = std::move(*arrival), .landed = {}, .rows = {}, .standing = {}, .refused_before = {}};
    auto dataset = feed_of(call, of.arrival);
    if (!dataset) return std::unexpected(std::move(dataset).error());
    of.dataset = *dataset;
    const JudgedRows judged = TRY(call.services.lists.judged().get(call.desk.data, *of.dataset, of.arrival));
    auto refused = refused_of(call, of.arrival);
    if (!refused) return std::unexpected(std::move(refused).error());
    if (reading) {
        const ReadRows read = TRY(read_rows_of(call.services.board, *reading));
        const auto within = TRY(reached(call, {*judged, read.landed}));
        of.standing = cut_rows(*judged, within);
        for (const RefusedRow& row : *refused) of.refused_before.emplace(row.sheet, row.row);
        of.landed = cut_rows(read.landed, within);
        leave_out_elsewhere(call, of);
        add_refused(of, read.refused);
        add_landed(of);
        return of;
    }
    of.landed = cut_rows(*judged, TRY(reached(call, {*judged})));
    leave_out_elsewhere(call, of);
    add_refused(of, *refused);
    add_landed(of);
    const std::uint64_t all = of.arrival.buckets.rows;
    of.removed = all - std::min<std::uint64_t>(all, of.rows.size() + of.elsewhere);
    return of;
}

std::string_view name_of(Bucket bucket) {
    return std::ranges::find(bucket_names, bucket, &std::pair<Bucket, const char*>::first)->second;
}

// Where the row stands; null where that cannot be told (it was on no sheet of that name, or is about others).
json::value before_json(const FileRows& of, const FileRow& row) {
    if (of.refused_before.contains({row.sheet, row.row})) return json::value(name_of(Bucket::rejected));
    if (row.landed == nullptr && !row.sheet.empty()) return nullptr;
    const ToldRow* at = row_numbered(*of.standing, row.landed == nullptr ? row.row : row.landed->row);
    return at == nullptr ? json::value(nullptr) : json::value(name_of(at->bucket));
}

// Who in reach the people are of whom a row tells in words: its words are those of the reading that stands,
// and so are these. One that is only looked at may find somebody else in the same place of the row.
std::span<const match::Hit> named_in(const FileRows& of, const ToldRow& row) {
    const ToldRow* at = of.standing ? row_numbered(*of.standing, row.row) : &row;
    return at == nullptr ? std::span<const match::Hit>() : std::span(at->hits);
}

void note_look(access::Look& look, std::span<const match::Hit> hits) {
    for (const match::Hit& hit : hits) {
        look.persons.emplace_back(hit.person);
        look.households.emplace_back(hit.household);
    }
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

json::object row_json(const FileRows& of, const FileRow& row, const match::TellingRow* told,
                      json::array persons) {
    json::array reasons;
    for (const intake::FindingCode code : row.codes)
        reasons.push_back(
            json::object{{"code", intake::code_of(code)}, {"text", words(intake::describe(code))}});
    json::object body{{"sheet", row.sheet},
                      {"row", row.row},
                      {"bucket", name_of(row.bucket)},
                      {"event_date", told == nullptr ? json::value(nullptr) : day_or_null(told->event_date)},
                      {"persons", std::move(persons)},
                      {"reasons", std::move(reasons)}};
    if (of.standing) body["before"] = before_json(of, row);
    return body;
}

// What the rows of a page say, from the reading that stands; of a row that it refused nothing.
Result<std::map<std::uint32_t, match::TellingRow>> told_of(Call& call, const FileRows& of,
                                                           std::span<const FileRow* const> rows) {
    std::vector<std::uint32_t> numbers;
    for (const FileRow* row : rows)
        if (row->landed != nullptr) numbers.push_back(row->landed->row);
    std::ranges::sort(numbers);
    std::map<std::uint32_t, match::TellingRow> told;
    const std::string& segment = of.arrival.arrival.segment;
    if (numbers.empty() || segment.empty()) return told;
    for (auto& row : TRY(match::read_told_rows(call.desk.data, *of.dataset, segment, numbers)))
        told.emplace(row.row, std::move(row));
    return told;
}

Outcome<json::array> items_of(Call& call, const FileRows& of, std::span<const FileRow* const> rows) {
    const auto told = TRY(told_of(call, of, rows));
    auto persons = RowPersons::of(call, *of.dataset);
    if (!persons) return std::unexpected(std::move(persons).error());
    auto& look = call.looked(fmt::format("arrival {} rows", of.arrival.id.value()));
    json::array items;
    for (const FileRow* row : rows) {
        const auto found = row->landed == nullptr ? told.end() : told.find(row->landed->row);
        const match::TellingRow* said = found == told.end() ? nullptr : &found->second;
        json::array named;
        if (said != nullptr) named = TRY(persons->of_row(*said, named_in(of, *row->landed)));
        items.push_back(row_json(of, *row, said, std::move(named)));
        if (row->landed == nullptr) continue;
        note_look(look, row->landed->hits);
        if (of.standing) note_look(look, named_in(of, *row->landed));
    }
    return items;
}

intake::Table table_of(const json::array& items, bool with_before, Lang lang) {
    intake::Table table{
        .columns =
            {{"sheet"}, {"row", true}, {"bucket"}, {"event_date"}, {"name"}, {"identity_number"}, {"reason"}},
        .rows = {}};
    if (with_before) table.columns.push_back({"bucket_before"});
    const auto joined = [&](const json::value& list, auto&& of) {
        std::string all;
        for (const json::value& one : list.as_array())
            all += (all.empty() ? "" : ";") + text_or_empty(of(one));
        return all;
    };
    for (const json::value& item : items) {
        const json::value& persons = item.at("persons");
        table.rows.push_back(
            {text_or_empty(item.at("sheet")), std::to_string(item.at("row").to_number<std::uint32_t>()),
             text_or_empty(item.at("bucket")), text_or_empty(item.at("event_date")),
             joined(persons, [](const json::value& one) { return one.at("name"); }),
             joined(persons, [](const json::value& one) { return one.at("identity_number"); }),
             joined(item.at("reasons"), [&](const json::value& one) {
                 return one.at("text").at(lang == Lang::zh ? "zh" : "en");
             })});
        if (with_before) table.rows.back().push_back(text_or_empty(item.at("before")));
    }
    return table;
}

// The job whose reading is asked about; none: the reading that stands. Files are all offices', so are their
// trials; a department's are its own people's.
Outcome<std::optional<jobs::JobId>> reading_asked(Call& call, QueryFields& query) {
    const auto number = query.text("reading");
    if (!number) return std::optional<jobs::JobId>();
    auto job = reading_shown(call, *number, call.parameter("id"), !is_office(call));
    if (!job) return std::unexpected(std::move(job).error());
    if (*job && json::parse((*job)->parameters).at("form_only").as_bool()) {  // we wrote it
        constexpr int conflict = 409;
        return std::unexpected(
            Failure(conflict, "rows_not_kept",
                    {"这次试读由只告知格式结果的部门发起，没有保留逐行结果；需要逐行查看的请本单位再试读一次",
                     "a department that is told of the form alone asked for this reading, and no "
                     "rows of it were kept: to see rows, look at it once more yourself"}));
    }
    if (*job) return std::optional((*job)->id);
    query.fault("reading", "no_such_reading",
                {"这个文件没有这次试读", "the file has no such reading that was only looked at"});
    return std::optional<jobs::JobId>();
}

Outcome<Response> list(Call& call) {
    if (auto may = require_row_reader(call); !may) return std::unexpected(std::move(may).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto buckets = buckets_asked(*query);
    const auto reading = reading_asked(call, *query);
    if (!reading) return std::unexpected(reading.error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto of = rows_of(call, *reading);
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
    auto items = items_of(call, *of, std::span(chosen).subspan(at, end - at));
    if (!items) return std::unexpected(std::move(items).error());
    if (!is_page)
        return exported(call, *asked, fmt::format("arrival-{}-rows", of->arrival.id.value()),
                        table_of(*items, of->standing.has_value(), call.lang));
    json::object body{{"items", std::move(*items)},
                      {"next", nullptr},
                      {"counts", counts_json(*of)},
                      {"removed", of->removed}};
    if (is_office(call)) body["elsewhere"] = of->elsewhere;
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
