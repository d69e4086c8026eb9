// SPDX-License-Identifier: Apache-2.0
// Long work: asked for here, done on the board, watched by events. A job is its asker's and those who may see
// the jobs of that office.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/cases/batch.h"
#include "http/cases/case_news.h"
#include "http/feeds/arrivals.h"
#include "http/feeds/heading_map.h"
#include "http/feeds/reading_work.h"
#include "http/lists/list_draft.h"
#include "http/people/account_reach.h"
#include "http/register/repository.h"
#include "http/request/ask.h"
#include "http/request/listed.h"
#include "http/request/routes.h"
#include "http/server/events.h"
#include "jobs/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int bad_request = 400;
constexpr int not_found = 404;

// A day of the body that is not in the future; one day of grace: another time zone.
Date past_day(const Call& call, BodyFields& fields) {
    const Date day = fields.date("as_of");
    if (day > call.today() + 1)
        fields.fault("as_of", "date_in_future", {"不能晚于今天", "lies in the future"});
    return day;
}

Outcome<Response> import_files(Call& call) {
    constexpr std::size_t most_files = 200;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const Date day = past_day(call, fields);
    const auto uploads = fields.texts("uploads", most_files);
    const bool accept = fields.flag("accept", false);
    if (accept && !call.services.changes.decides_imports(call.who()))
        fields.fault(
            "accept", "change_role",
            {"您的角色不能直接采纳名册文件", "your role does not accept what a register's file proposes"});
    json::value headings = heading_map_given(call, fields, uploads.size());
    fields.finish();
    json::array ids;
    for (std::size_t i = 0; i < uploads.size(); ++i) {
        const auto upload = call.services.uploads.find(uploads[i]);
        const bool ours = upload && upload->made_by == call.asker();
        if (!ours || upload->state != "complete")
            fields.fault(fmt::format("uploads/{}", i), "no_such_upload",
                         {"没有这个上传，或尚未传完、已经用过",
                          "there is no such upload, or it is not complete, or was used"});
        ids.emplace_back(uploads[i]);
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    return ask_for(call, "import",
                   {{"as_of", day.iso()},
                    {"uploads", std::move(ids)},
                    {"accept", accept},
                    {"headings", std::move(headings)},
                    {"form_only", is_told_form_only(call)},
                    {"by_name", call.who().user_name}});
}

// Work of which nothing is told but the day.
Outcome<Response> ask_by_day(Call& call, const char* kind) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const Date day = past_day(call, fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return ask_for(call, kind, {{"as_of", day.iso()}});
}

Outcome<Response> run_cycle(Call& call) {
    return ask_by_day(call, "cycle");
}

Outcome<Response> raise_cases_of(Call& call) {
    return ask_by_day(call, "raise");
}

Outcome<Response> close_warnings(Call& call) {
    constexpr std::size_t most_households = 5000;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const Date day = past_day(call, fields);
    const auto codes = fields.texts("households", most_households);
    fields.finish();
    json::array households;
    auto& look = call.looked("closings");
    const auto scope = call.scope(Verb::decide, Thing::warning);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto placed = TRY(find_household(call.desk.data, scope, codes[i]));
        if (placed) {
            look.households.push_back(placed->id);
        } else {
            fields.fault(fmt::format("households/{}", i), "no_such_household",
                         {"没有这一户，或不在您的辖区内", "there is no such household within your reach"});
        }
        households.emplace_back(codes[i]);
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    return ask_for(call, "close", {{"as_of", day.iso()}, {"households", std::move(households)}});
}

Outcome<Response> ask_what_if(Call& call) {
    constexpr std::size_t most_changes = 50;
    constexpr std::size_t longest_file = 64U << 10U;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    json::object asked;
    json::array changes;
    for (const auto& change : fields.texts("set", most_changes, false)) changes.emplace_back(change);
    const auto against = fields.optional_text("against");
    if (changes.empty() == !against)
        fields.fault("set", "one_of_two",
                     {"请用 set 改参数或用 against 指定另一政策包（二者之一）",
                      "change figures with set, or name another pack with against: one of the two"});
    asked["set"] = std::move(changes);
    asked["against"] = against.value_or("");
    asked["policy"] = fields.optional_text("policy").value_or("");
    const auto day = fields.optional_date("as_of");
    asked["as_of"] = day ? day->iso() : "";
    asked["parameters"] = fields.optional_text("parameters", longest_file).value_or("");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return ask_for(call, "whatif", asked);
}

// --- looking at them
// ------------------------------------------------------------------------------------------------

bool may_see(const Call& call, const jobs::Job& job) {
    const auto& who = call.who();
    if (job.asked_by == call.asker()) return true;
    if (!call.services.roles.may(who, Verb::read, Thing::job)) return false;
    std::uint32_t unit = 0;
    std::from_chars(job.unit.data(), job.unit.data() + job.unit.size(), unit);
    return reaches(call, access::UnitId(unit));
}

Outcome<jobs::Job> found(Call& call) {
    auto job = job_in_path(call);
    if (job && !may_see(call, *job)) return std::unexpected(no_such_job());
    return job;
}

Response job_answer(const Call& call, const jobs::Job& job) {
    return json_answer(job_json(call.services.board, job));
}

Outcome<Response> one(Call& call) {
    const auto job = found(call);
    if (!job) return std::unexpected(job.error());
    return job_answer(call, *job);
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    jobs::JobId before = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), before);
    const auto jobs = TRY(call.services.board.list(before, most_of(*asked)));
    json::array items;
    for (const auto& job : jobs) {
        if (may_see(call, job)) items.push_back(job_json(call.services.board, job));
    }
    std::optional<std::vector<std::string>> next;
    if (jobs.size() == asked->limit) next = std::vector{std::to_string(jobs.back().id)};
    return listed(call, *asked, "jobs",
                  {{"id"},
                   {"kind"},
                   {"title"},
                   {"state"},
                   {"stage"},
                   {"done", true},
                   {"total", true},
                   {"attempts", true},
                   {"queued_at"},
                   {"started_at"},
                   {"ended_at"}},
                  std::move(items), next);
}

Outcome<Response> cancel(Call& call) {
    const auto job = found(call);
    if (!job) return std::unexpected(job.error());
    return job_answer(call, TRY(call.services.board.cancel(job->id)));
}

Outcome<Response> run_again(Call& call) {
    const auto job = found(call);
    if (!job) return std::unexpected(job.error());
    return job_answer(call, TRY(call.services.board.run_again(job->id)));
}

struct RowsAsked {
    jobs::JobId job = 0;
    std::string region;
    PageAsked page;
    std::int64_t after = 0;  // the last row that was looked at
};

// Rows about households out of reach are passed over. True: there are no more.
Outcome<bool> add_rows(Call& call, RowsAsked& asked, const access::Scope& scope, json::array& items) {
    constexpr std::size_t most_looked_at = 2000;
    std::vector<jobs::ResultRow> read;
    TRY_VOID(call.services.board.read([&](store::Database& database) -> Result<void> {
        read = TRY(jobs::result_rows(database, asked.job, asked.region, asked.after, most_looked_at));
        return {};
    }));
    for (const auto& row : read) {
        if (items.size() == most_of(asked.page)) return false;
        asked.after = row.n;
        const auto body = parse_json(row.body);
        if (!body || !body->is_object()) continue;
        const auto placed =
            TRY(find_household(call.desk.data, scope, std::string(body->at("household").as_string())));
        if (!placed) continue;
        call.look->households.push_back(placed->id);
        items.push_back(*body);
    }
    return read.size() < most_looked_at;
}

// A page looks at so many rows and no more; a file holds all.
Outcome<Response> rows(Call& call) {
    const auto job = found(call);
    if (!job) return std::unexpected(job.error());
    if (job->kind == batch_name)
        return std::unexpected(Failure(not_found, "no_rows",
                                       {"批量办理的明细只供发起人查看（/batches/{id}/rows）",
                                        "the rows of a batch are for whoever asked (/batches/{id}/rows)"}));
    if (job->kind == reading_name)
        return std::unexpected(Failure(not_found, "no_rows",
                                       {"重新读取的逐行结果在到达记录中查看（/arrivals/{id}/rows）",
                                        "the rows of a reading stand with its file (/arrivals/{id}/rows)"}));
    if (job->kind == list_draft_name)
        return std::unexpected(
            Failure(not_found, "no_rows",
                    {"拟定名单的明细只供发起人查看（/list-drafts/{id}/rows）",
                     "the rows of a draft are for whoever asked (/list-drafts/{id}/rows)"}));
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    RowsAsked asked{.job = job->id, .region = query->text("region").value_or(""), .page = {}};
    auto page = page_asked(call, *query, faults, 1);
    if (!page) return std::unexpected(std::move(page).error());
    asked.page = std::move(*page);
    if (!asked.page.after.empty())
        std::from_chars(asked.page.after[0].data(), asked.page.after[0].data() + asked.page.after[0].size(),
                        asked.after);
    const auto scope = call.scope(Verb::read, Thing::household);
    call.looked("job.rows").thing = Thing::household;
    json::array items;
    auto all = add_rows(call, asked, scope, items);
    while (is_file(asked.page) && all && !*all && items.size() < most_of(asked.page))
        all = add_rows(call, asked, scope, items);
    if (!all) return std::unexpected(all.error());
    std::optional<std::vector<std::string>> next;
    if (!*all) next = std::vector{std::to_string(asked.after)};
    return listed(call, asked.page, "job-rows",
                  {{"household"}, {"member", true}, {"category"}, {"step"}, {"cause"}, {"clause"}},
                  std::move(items), next);
}

// --- events
// ---------------------------------------------------------------------------------------------------------

Outcome<std::optional<std::int64_t>> last_seen(const Call& call) {
    const auto header = call.request.headers.find("last-event-id");
    if (!header || header->empty()) return std::nullopt;
    std::int64_t seen = 0;
    const auto [end, failure] = std::from_chars(header->data(), header->data() + header->size(), seen);
    if (failure == std::errc() && end == header->data() + header->size() && seen >= 0) return seen;
    Failure fault(bad_request, "last_event_id", {"Last-Event-ID 无效", "the Last-Event-ID is none of ours"});
    fault.fields.push_back({"header", "/Last-Event-ID", "last_event_id", fault.text});
    return std::unexpected(std::move(fault));
}

Response stream_answer(std::shared_ptr<EventSource> source) {
    Response response;
    response.headers.add("Content-Type", "text/event-stream; charset=utf-8");
    response.headers.add("X-Accel-Buffering", "no");  // nginx passes it on as it comes
    response.body = std::move(source);
    return response;
}

Outcome<Response> watch_job(Call& call) {
    const auto job = found(call);
    if (!job) return std::unexpected(job.error());
    const auto seen = last_seen(call);
    if (!seen) return std::unexpected(seen.error());
    return stream_answer(job_events(call.services.board, *job, seen->value_or(0)));
}

Outcome<Response> watch(Call& call) {
    constexpr std::size_t most_missed = 1000;
    const auto seen = last_seen(call);
    if (!seen) return std::unexpected(seen.error());
    std::vector<jobs::FreshEvent> missed;
    std::int64_t from = 0;
    if (*seen) {
        from = **seen;
        missed = TRY(call.services.board.stored_events_after(from, most_missed));
    } else {
        TRY_VOID(call.services.board.read([&](store::Database& database) -> Result<void> {
            from = TRY(jobs::last_event(database));
            return {};
        }));
    }
    return stream_answer(fresh_events(
        call.services.board, {.seen = from, .missed = std::move(missed), .is_for_reader = news_for(call)}));
}

Route asks(std::string_view path, std::string_view operation, Handler handler, Verb verb, Thing thing) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .verb = verb,
            .thing = thing,
            .creates = true,
            .request_type = "application/json"};
}
Route looks(std::string_view method, std::string_view path, std::string_view operation, Handler handler) {
    return {
        .method = method, .path = path, .operation = operation, .handler = handler, .who = Who::signed_in};
}

}  // namespace

std::vector<Route> job_routes() {
    std::vector<Route> routes{
        asks("/api/v1/imports", "importUploads", import_files, Verb::create, Thing::feed),
        asks("/api/v1/cycles", "runCycle", run_cycle, Verb::create, Thing::job),
        asks("/api/v1/closings", "closeWarnings", close_warnings, Verb::decide, Thing::warning),
        asks("/api/v1/raisings", "raiseCases", raise_cases_of, Verb::assign, Thing::warning),
        asks("/api/v1/whatifs", "askWhatIf", ask_what_if, Verb::create, Thing::job),
        looks("GET", "/api/v1/jobs", "listJobs", list),
        looks("GET", "/api/v1/jobs/{id}", "getJob", one),
        looks("POST", "/api/v1/jobs/{id}/cancel", "cancelJob", cancel),
        looks("POST", "/api/v1/jobs/{id}/run-again", "runJobAgain", run_again),
        looks("GET", "/api/v1/jobs/{id}/rows", "listJobRows", rows),
        looks("GET", "/api/v1/jobs/{id}/events", "watchJob", watch_job),
        looks("GET", "/api/v1/events", "watchEvents", watch),
    };
    for (Route& route : routes) {
        if (!route.path.ends_with("/events")) continue;
        route.is_stream = true;
        route.response_type = "text/event-stream";
    }
    return routes;
}

}  // namespace doudi::http
