// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/read_rows.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <span>
#include <utility>

#include "http/feeds/arrivals.h"
#include "http/feeds/reading_work.h"
#include "intake/findings_segment.h"
#include "jobs/repository.h"

namespace doudi::http {

namespace json = boost::json;
using match::Bucket;

namespace {

constexpr std::size_t at_once = 1000;  // rows of a file in one row of the job

// Words, not numbers: a job is read by later versions of the program too.
std::string_view name_of(Bucket bucket) {
    return std::ranges::find(bucket_names, bucket, &std::pair<Bucket, const char*>::first)->second;
}
Bucket bucket_named(std::string_view name) {
    return std::ranges::find(bucket_names, name, &std::pair<Bucket, const char*>::second)->first;
}
std::string_view name_of(match::Grade grade) {
    switch (grade) {
        case match::Grade::exact:
            return name_of(Bucket::exact);
        case match::Grade::probable:
            return name_of(Bucket::probable);
        case match::Grade::review:
            break;
    }
    return name_of(Bucket::review);
}
match::Grade grade_named(std::string_view name) {
    if (name == name_of(match::Grade::exact)) return match::Grade::exact;
    return name == name_of(match::Grade::probable) ? match::Grade::probable : match::Grade::review;
}

json::array json_of(const match::JudgedRow& row) {
    json::array hits;
    for (const match::Hit& hit : row.hits)
        hits.push_back(json::array{hit.person, hit.household, hit.role, name_of(hit.grade)});
    return {row.row, name_of(row.bucket), name_of(row.of_nobody), std::move(hits)};
}

match::JudgedRow judged_of(const json::array& kept) {
    match::JudgedRow row{.row = kept.at(0).to_number<std::uint32_t>(),
                         .bucket = bucket_named(kept.at(1).as_string()),
                         .of_nobody = bucket_named(kept.at(2).as_string()),
                         .hits = {}};
    for (const json::value& one : kept.at(3).as_array()) {
        match::Hit& hit = row.hits.emplace_back();
        hit.row = row.row;
        hit.person = one.at(0).to_number<std::uint32_t>();
        hit.household = one.at(1).to_number<std::uint32_t>();
        hit.role = one.at(2).to_number<std::uint8_t>();
        hit.grade = grade_named(one.at(3).as_string());
    }
    return row;
}

json::array json_of(const RefusedRow& row) {
    json::array codes;
    for (const intake::FindingCode code : row.codes) codes.emplace_back(intake::code_of(code));
    return {row.sheet, row.row, std::move(codes)};
}

RefusedRow refused_of(const json::array& kept) {
    RefusedRow row{.sheet = std::string(kept.at(0).as_string()),
                   .row = kept.at(1).to_number<std::uint32_t>(),
                   .codes = {}};
    for (const json::value& code : kept.at(2).as_array())  // one that another version wrote may mean nothing
        if (const auto known = intake::finding_named(code.as_string())) row.codes.push_back(*known);
    return row;
}

// Rows of one kind, so many to a row of the job.
class Parts {
  public:
    Parts(jobs::Progress& progress, const char* kind) : progress_(progress), kind_(kind) {}
    Result<void> add(json::array one) {
        part_.push_back(std::move(one));
        return part_.size() < at_once ? Result<void>() : put();
    }
    Result<void> put() {
        if (part_.empty()) return {};
        json::object body{{kind_, std::exchange(part_, {})}};
        return progress_.put_rows({{0, std::string(), json::serialize(body)}});
    }

  private:
    jobs::Progress& progress_;
    const char* kind_;
    json::array part_;
};

// Nobody's: the most of a file by far, told as runs of numbers.
bool is_plain(const match::JudgedRow& row) {
    return row.bucket == Bucket::off_roster && row.hits.empty();
}

Result<void> put_landed(jobs::Progress& progress, std::span<const match::JudgedRow> rows) {
    Parts judged(progress, "landed");
    Parts runs(progress, "off_roster");
    for (std::size_t n = 0; n < rows.size(); ++n) {
        if (!is_plain(rows[n])) {
            TRY_VOID(judged.add(json_of(rows[n])));
            continue;
        }
        const std::uint32_t first = rows[n].row;
        while (n + 1 < rows.size() && is_plain(rows[n + 1]) && rows[n + 1].row == rows[n].row + 1) ++n;
        TRY_VOID(runs.add({first, rows[n].row}));
    }
    TRY_VOID(judged.put());
    return runs.put();
}

void take_part(const json::object& part, ReadRows& rows) {
    if (const json::value* landed = part.if_contains("landed"))
        for (const json::value& one : landed->as_array()) rows.landed.push_back(judged_of(one.as_array()));
    if (const json::value* refused = part.if_contains("refused"))
        for (const json::value& one : refused->as_array()) rows.refused.push_back(refused_of(one.as_array()));
    const json::value* runs = part.if_contains("off_roster");
    if (runs == nullptr) return;
    for (const json::value& run : runs->as_array()) {
        const auto last = run.at(1).to_number<std::uint32_t>();
        for (auto row = run.at(0).to_number<std::uint32_t>(); row <= last; ++row)
            rows.landed.emplace_back().row = row;
    }
}

}  // namespace

std::vector<RefusedRow> refused_rows(const std::vector<intake::Finding>& findings) {
    std::map<std::pair<std::string, std::uint32_t>, std::size_t> at;
    std::vector<RefusedRow> rows;
    for (const intake::Finding& finding : findings) {
        if (!finding.refused) continue;
        const auto [place, is_new] = at.try_emplace({finding.sheet, finding.row}, rows.size());
        if (is_new) rows.push_back({.sheet = finding.sheet, .row = finding.row, .codes = {}});
        rows[place->second].codes.push_back(finding.code);
    }
    return rows;
}

Result<void> keep_read_rows(store::DataFolder& data, const policy::Dataset& dataset,
                            const match::ShownFile& file, AsOf as_of, jobs::Progress& progress) {
    match::StoredArrival arrival;
    arrival.publish = PublishId(data.current().value() + 1);  // as if it came now
    arrival.arrival.as_of = as_of;
    arrival.arrival.dataset = dataset.id;
    arrival.arrival.segment = file.segment;
    TRY_VOID(put_landed(progress, TRY(match::judge_rows(data, dataset, arrival))));
    if (file.findings.empty()) return {};
    std::vector<intake::Finding> findings;
    const auto segment = TRY(data.open_blob(store::Shelf::segments, file.findings));
    TRY_VOID(intake::read_findings(segment, [&](const intake::Finding& finding) -> Result<void> {
        findings.push_back(finding);
        return {};
    }));
    Parts refused(progress, "refused");
    for (const RefusedRow& row : refused_rows(findings)) TRY_VOID(refused.add(json_of(row)));
    return refused.put();
}

Result<ReadRows> read_rows_of(jobs::Board& board, jobs::JobId job) {
    constexpr std::size_t parts_at_once = 100;
    ReadRows rows;
    TRY_VOID(board.read([&](store::Database& database) -> Result<void> {
        for (std::int64_t after = 0;;) {
            const auto parts = TRY(jobs::result_rows(database, job, "", after, parts_at_once));
            for (const jobs::ResultRow& part : parts)
                take_part(json::parse(part.body).as_object(), rows);  // we wrote it
            if (parts.size() < parts_at_once) return {};
            after = parts.back().n;
        }
    }));
    std::ranges::sort(rows.landed, {}, &match::JudgedRow::row);
    return rows;
}

Outcome<std::optional<jobs::Job>> reading_shown(Call& call, const std::string& number,
                                                const std::string& arrival, bool own) {
    jobs::JobId id = 0;
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), id);
    if (failure != std::errc() || end != number.data() + number.size()) return std::nullopt;
    auto job = call.services.board.find(id);
    if (!job && job.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!job) return std::unexpected(Failure(job.error()));
    if (job->kind != reading_name || (own && job->asked_by != call.asker()) ||
        job->state != jobs::State::done)
        return std::nullopt;
    const json::value asked = json::parse(job->parameters);  // we wrote it
    if (asked.at("arrival").as_string() != arrival || asked.at("counts").as_bool()) return std::nullopt;
    return std::optional(std::move(*job));
}

}  // namespace doudi::http
