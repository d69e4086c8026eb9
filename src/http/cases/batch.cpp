// SPDX-License-Identifier: Apache-2.0
#include "http/cases/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <map>
#include <span>

#include "http/cases/case_desk.h"
#include "http/office/job_asker.h"
#include "http/request/app.h"
#include "http/request/once.h"
#include "http/request/payload.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// A desk is taken for so many at a time: what is published meanwhile, and what happens to whoever asked, is
// seen. Their answers are kept together.
constexpr std::size_t portion = 50;

// By which request each is done.
std::string path_of(const Batch& batch) {
    if (batch.what == "open") return "/api/v1/cases";
    if (batch.what == "approve")
        return fmt::format("/api/v1/workbooks/{}/approval", text_if_there(batch.told, "workbook"));
    return batch.what == "remind" ? "/api/v1/reminders" : "/api/v1/moves";
}

std::string place_of(jobs::UserNumber asker, std::string_view key) {
    return fmt::format("job.parameters batch {} {}", asker, key);
}

// A row is settled once: it needs no key.
json::object body_of_row(const Batch& batch, const std::string& subject) {
    json::object body = batch.told;
    body.erase("workbook");
    std::int64_t number = 0;
    std::from_chars(subject.data(), subject.data() + subject.size(), number);
    body["part"] = "rows";
    body["rows"] = json::array{json::value(number)};
    return body;
}

json::object body_of_one(const Batch& batch, const std::string& subject) {
    if (batch.what == "approve") return body_of_row(batch, subject);
    json::object body = batch.told;
    if (batch.what == "move") body["cases"] = json::array{json::value(subject)};
    if (batch.what == "open") body["household"] = subject;
    if (batch.what == "remind") {
        body["case"] = subject;
    } else {
        body["client_key"] = batch.key;
    }
    return body;
}

Request request_of_one(const Batch& batch, const std::string& subject) {
    Request request;
    request.id = batch.key;
    request.method = "POST";
    request.target = path_of(batch);
    request.headers.add("Content-Type", "application/json");
    if (batch.what == "remind")
        request.headers.add("Idempotency-Key", fmt::format("{}-{}", batch.key, subject));
    request.body = json::serialize(body_of_one(batch, subject));
    request.peer = batch.from;
    return request;
}

// One fault after the other, in both languages.
void add_reason(Text& reason, std::string_view zh, std::string_view en) {
    if (!reason.zh.empty()) {
        reason.zh += "；";
        reason.en += "; ";
    }
    reason.zh += zh;
    reason.en += en;
}

void take_failure(BatchRow& row, const Failure& failure) {
    constexpr int not_found = 404;
    constexpr int too_many = 429;
    constexpr int servers_own = 500;
    row.outcome = "refused";
    if (failure.status == not_found) row.outcome = "not_there";
    if (failure.status == too_many || failure.status >= servers_own) row.outcome = "failed";
    for (const FieldFault& fault : failure.fields) add_reason(row.reason, fault.detail.zh, fault.detail.en);
    if (failure.fields.empty()) row.reason = failure.text;
}

// One after the other, as the answer has them.
void add_faults(Text& reason, const json::object& one) {
    for (const json::value& fault : one.at("faults").as_array()) {
        const json::object& detail = fault.at("detail").as_object();
        add_reason(reason, text_if_there(detail, "zh"), text_if_there(detail, "en"));
    }
}

// Of a row: what was wanted of it, or how it stands instead.
void take_settled(BatchRow& row, const Batch& batch, const json::object& one) {
    const std::string outcome = text_if_there(one, "outcome");
    row.of = text_if_there(one, "case");
    row.household = text_if_there(one, "household");
    const bool takes = text_if_there(batch.told, "verdict") == "take";
    if (outcome == (takes ? "made" : "left")) return;
    row.outcome = outcome == "not_there" ? "not_there" : "refused";
    add_faults(row.reason, one);
    if (!row.reason.zh.empty()) return;
    if (outcome == "not_there") {
        row.reason = {"没有这一行，或不在您的办理范围内", "there is no such row within your reach"};
    } else if (outcome == "moved_on") {
        row.reason = {"发出之后已有变动，没有办理", "it has gone on since the list left: nothing was done"};
    } else if (outcome == "made") {
        row.reason = {"该行已采用", "the row was taken before"};
    } else if (outcome == "left") {
        row.reason = {"该行已定为不采用", "the row was left before"};
    } else {
        row.reason = {"该行不能采用", "the row cannot be taken"};
    }
}

// What a request that was answered says of its one subject.
void take_answer(BatchRow& row, const Batch& batch, const Response& response) {
    row.outcome = response.headers.find("idempotency-replayed") ? "already_there" : "made";
    if (batch.what == "remind") {
        row.of = row.subject;
        return;
    }
    const auto told = parse_json(std::get<std::string>(response.body));
    ensure(told && told->is_object(), "ours");
    const json::object& whole = told->get_object();
    if (batch.what == "approve") {
        take_settled(row, batch, whole.at("items").at(0).as_object());
        return;
    }
    const json::object& one = batch.what == "move" ? whole.at("items").at(0).as_object() : whole;
    row.outcome = text_if_there(one, "outcome");
    if (row.outcome == "not_there") {
        row.reason = {"没有这件办件，或不在您的办理范围内", "there is no such case within your reach"};
        return;
    }
    row.of = text_if_there(one, "case");
    add_faults(row.reason, one);
}

struct Bench {
    const Services& services;
    const RouteTable& routes;
    const Batch& batch;
    Desk& desk;
    std::shared_ptr<const access::UnitTree> units;
    access::Session session;
    std::vector<access::Look> looks = {};  // written down before the answers are
};

// As App::handle() does it for a request that comes over a line.
BatchRow do_one(Bench& bench, const std::string& subject) {
    BatchRow row{.subject = subject};
    Request request = request_of_one(bench.batch, subject);
    Found found = bench.routes.find(request.method, request.raw_path());
    ensure(found.route != nullptr, "a batch names routes that are there");
    Call call{.services = bench.services,
              .request = request,
              .route = *found.route,
              .parameters = std::move(found.parameters),
              .desk = bench.desk,
              .units = bench.units,
              .session = bench.session,
              .token = {},
              .look = std::nullopt};
    if (bench.batch.what == "open") {
        row.household = subject;
    } else if (bench.batch.what != "approve") {
        call.session->why.case_ref = subject;
        if (const auto of = case_in_reach(call, subject)) row.household = of->household;
    }
    if (auto may = has_right(call); !may) {
        take_failure(row, may.error());
        return row;
    }
    try {
        const auto answer = call.route.claims_key ? once_around(call) : call.route.handler(call);
        if (answer) {
            take_answer(row, bench.batch, *answer);
        } else {
            take_failure(row, answer.error());
        }
    } catch (const std::exception&) {
        row.outcome = "failed";
        row.reason = {"服务器内部错误", "the server failed at this"};
    }
    settle_look(call);
    if (call.look) bench.looks.push_back(std::move(*call.look));
    return row;
}

Result<std::vector<BatchRow>> do_portion(const Services& services, const RouteTable& routes,
                                         const jobs::Job& job, const Batch& batch,
                                         std::span<const std::string> subjects, jobs::Progress& progress,
                                         std::size_t before) {
    auto desk = TRY(services.desks.take());
    Bench bench{services,
                routes,
                batch,
                *desk,
                TRY(services.units.get(desk->database)),
                TRY(asker_now(services, *desk, job, batch.from, batch.purpose))};
    std::vector<BatchRow> rows;
    for (const std::string& subject : subjects) {
        if (progress.stop().stop_requested()) {
            rows.push_back({.subject = subject});
        } else {
            rows.push_back(do_one(bench, subject));
        }
        progress.count(before + rows.size(), batch.subjects.size());
    }
    if (!bench.looks.empty()) TRY_VOID(services.audit.append(bench.looks));
    return rows;
}

// What stands in the way of a whole portion loses nobody's answer. Some of them may be made: the rest of the
// batch finds them as made.
std::vector<BatchRow> failed_rows(std::span<const std::string> subjects, const Error& error) {
    std::vector<BatchRow> rows;
    for (const std::string& subject : subjects)
        rows.push_back({.subject = subject, .outcome = "failed", .reason = error.text});
    return rows;
}

Result<std::string> batch_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    ensure(place.services != nullptr, "the board starts when all is there");
    const Services& services = *place.services;
    const Batch batch = TRY(batch_of(services, job));
    const RouteTable routes(all_routes());
    std::map<std::string, std::uint64_t> sums{{"made", 0},     {"already_there", 0}, {"kept_late", 0},
                                              {"refused", 0},  {"not_there", 0},     {"failed", 0},
                                              {"not_tried", 0}};
    progress.stage({"正在逐件办理", "one after the other"});
    const std::span<const std::string> all(batch.subjects);
    for (std::size_t at = 0; at < all.size(); at += portion) {
        const auto some = all.subspan(at, std::min(portion, all.size() - at));
        std::vector<jobs::ResultRow> kept;
        auto rows = do_portion(services, routes, job, batch, some, progress, at);
        if (!rows) rows = failed_rows(some, rows.error());
        for (const BatchRow& row : *rows) {
            ++sums[row.outcome];
            kept.push_back({.region = {}, .body = json::serialize(batch_row_json(row))});
        }
        TRY_VOID(progress.put_rows(std::move(kept)));
    }
    json::object result{{"what", batch.what}, {"rows", all.size()}};
    for (const auto& [outcome, count] : sums) result[outcome] = count;
    return json::serialize(result);
}

// By which field of what is told a job says what it does.
std::string_view step_field(std::string_view what) {
    if (what == "open") return "machine";
    return what == "approve" ? "verdict" : "move";
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

Result<std::string> batch_parameters(const Services& services, const Desk& desk, jobs::UserNumber asker,
                                     const Batch& batch) {
    json::array subjects;
    for (const std::string& subject : batch.subjects) subjects.emplace_back(subject);
    std::string inside = json::serialize(json::object{{"subjects", std::move(subjects)},
                                                      {"told", batch.told},
                                                      {"from", batch.from},
                                                      {"purpose", batch.purpose}});
    if (desk.data.seal() != nullptr)
        inside = TRY(services.accounts.sealer.seal(inside, place_of(asker, batch.key)));
    const std::string step = text_if_there(batch.told, step_field(batch.what));
    return json::serialize(json::object{{"what", batch.what},
                                        {"step", text_or_null(step)},
                                        {"count", batch.subjects.size()},
                                        {"key", batch.key},
                                        {"sealed", inside}});
}

Result<Batch> batch_of(const Services& services, const jobs::Job& job) {
    const json::object parameters = json::parse(job.parameters).as_object();  // we wrote it
    Batch batch;
    batch.what = text_if_there(parameters, "what");
    batch.key = text_if_there(parameters, "key");
    std::string inside = text_if_there(parameters, "sealed");
    // Plain is what was asked for before the folder was sealed.
    if (!inside.starts_with('{'))
        inside = TRY(services.accounts.sealer.open(inside, place_of(job.asked_by, batch.key)));
    const json::object told = json::parse(inside).as_object();
    for (const json::value& subject : told.at("subjects").as_array())
        batch.subjects.emplace_back(subject.as_string());
    batch.told = told.at("told").as_object();
    batch.from = text_if_there(told, "from");
    batch.purpose = text_if_there(told, "purpose");
    return batch;
}

json::object batch_row_json(const BatchRow& row) {
    return {{"subject", row.subject},
            {"household", text_or_null(row.household)},
            {"case", text_or_null(row.of)},
            {"outcome", row.outcome},
            {"reason", row.reason.zh.empty() ? json::value(nullptr) : json::value(words(row.reason))}};
}

jobs::Kind batch_kind(WorkPlace& place) {
    return {.name = std::string(batch_name),
            .lane = jobs::Lane::stepping,
            .title = {"批量办理", "One thing done to many"},
            .work = [&place](const jobs::Job& job,
                             jobs::Progress& progress) { return batch_work(place, job, progress); },
            .fresh = {}};
}

}  // namespace doudi::http
