// SPDX-License-Identifier: Apache-2.0
// One thing done to many: asked for here, done on the board as a job, answered row by row. The rows are for
// whoever asked alone: what they did stands with each case for the others.
#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "http/cases/batch.h"
#include "http/register/register_shown.h"
#include "http/register/repository.h"
#include "http/request/ask.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

constexpr int conflict = 409;

// What the job says itself in each request.
constexpr std::array<std::string_view, 6> said_by_us{"cases",      "case", "household",
                                                     "client_key", "part", "rows"};

json::object told_of(BodyFields& fields) {
    const json::value* told = fields.value("told");
    const json::object* object = told == nullptr ? nullptr : told->if_object();
    const bool has_ours = object != nullptr && std::ranges::any_of(said_by_us, [&](std::string_view name) {
                              return object->contains({name.data(), name.size()});
                          });
    if (told != nullptr && (object == nullptr || has_ours))
        fields.fault("told", "not_told",
                     {"应为一件的内容，不含办件、家庭和 client_key",
                      "takes what one request says, without its case, its household and its client_key"});
    return object == nullptr ? json::object() : *object;
}

// An approval is of one workbook: its number stands in the path of each request.
void check_workbook(const Batch& batch, BodyFields& fields) {
    if (batch.what != "approve") return;
    const json::value* id = batch.told.if_contains("workbook");
    if (id == nullptr || !id->is_string() || !case_number(std::string(id->get_string())))
        fields.fault("told", "no_workbook",
                     {"须写明工作簿编号", "an approval names its workbook by its number"});
}

// An account is one payment's own, and what a job was told is kept with it: it is told in the case alone.
Outcome<void> check_accounts(Call& call, const Batch& batch, BodyFields& fields) {
    const json::value* told = batch.told.if_contains("fields");
    const json::object* given = told == nullptr ? nullptr : told->if_object();
    if (given == nullptr) return {};
    const auto law = TRY(call.law());
    for (const auto& [id, value] : *given) {
        const policy::FieldRule* field = law->pack.law.procedures.field(std::string_view(id));
        if (field != nullptr && field->account)
            fields.fault("told", "account_alone",
                         {"收款账号须在每件办件中分别填报，不能批量填报",
                          "an account is told in its own case, not to many at once"});
    }
    return {};
}

// Each once, in the order in which they were named.
std::vector<std::string> without_twins(std::vector<std::string> subjects) {
    std::set<std::string> seen;
    std::erase_if(subjects, [&](const std::string& one) { return !seen.insert(one).second; });
    return subjects;
}

Outcome<Response> ask(Call& call, const Batch& batch) {
    const std::string parameters = TRY(batch_parameters(call.services, call.desk, call.asker(), batch));
    return ask_for(call, std::string(batch_name), json::parse(parameters).as_object());
}

Outcome<Response> ask_batch(Call& call) {
    constexpr std::size_t most_subjects = 5000;
    constexpr std::size_t key_bytes = 16;
    if (auto may = require_staff(call); !may) return std::unexpected(std::move(may).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const Batch batch{.what = fields.word("what", {"move", "open", "remind", "approve"}),
                      .subjects = without_twins(fields.texts("subjects", most_subjects)),
                      .told = told_of(fields),
                      .key = random_hex(key_bytes),
                      .from = call.who().from,
                      .purpose = call.who().why.purpose};
    check_workbook(batch, fields);
    if (auto checked = check_accounts(call, batch, fields); !checked)
        return std::unexpected(std::move(checked).error());
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return ask(call, batch);
}

Outcome<std::vector<jobs::ResultRow>> kept_rows(Call& call, jobs::JobId job, std::int64_t after,
                                                std::size_t most) {
    std::vector<jobs::ResultRow> read;
    TRY_VOID(call.services.board.read([&](store::Database& database) -> Result<void> {
        read = TRY(jobs::result_rows(database, job, "", after, most));
        return {};
    }));
    return read;
}

json::object body_of_row(const jobs::ResultRow& row) {
    return json::parse(row.body).as_object();  // we wrote it
}

// The rest under the same key: what was made after all is not made again.
Outcome<Response> ask_rest(Call& call) {
    auto job = own_job(call, batch_name);
    if (!job) return std::unexpected(std::move(job).error());
    if (job->state != jobs::State::done)
        return std::unexpected(
            Failure(conflict, "job_state",
                    {"这个任务还没有办完", "this job is not done: wait for it, or run it again"}));
    Batch batch = TRY(batch_of(call.services, *job));
    auto rows = kept_rows(call, job->id, 0, batch.subjects.size());
    if (!rows) return std::unexpected(std::move(rows).error());
    std::vector<std::string> rest;
    for (const jobs::ResultRow& row : *rows) {
        const json::object body = body_of_row(row);
        const std::string_view outcome = body.at("outcome").as_string();
        if (outcome != "made" && outcome != "already_there" && outcome != "kept_late")
            rest.emplace_back(body.at("subject").as_string());
    }
    if (rest.empty())
        return std::unexpected(
            Failure(conflict, "nothing_left", {"没有未办的了", "there is nothing left to do"}));
    batch.subjects = std::move(rest);
    return ask(call, batch);
}

// A household that is out of reach by now is not named.
Outcome<void> look_at(Call& call, const access::Scope& scope, json::object& row) {
    const json::string* code = row.at("household").if_string();
    if (code == nullptr) return {};
    const auto placed = TRY(find_household(call.desk.data, scope, std::string(*code)));
    if (placed) {
        call.look->households.push_back(placed->id);
    } else {
        row["household"] = nullptr;
    }
    return {};
}

Outcome<Response> rows(Call& call) {
    const auto job = own_job(call, batch_name);
    if (!job) return std::unexpected(job.error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    std::int64_t after = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), after);
    auto read = kept_rows(call, job->id, after, most_of(*asked));
    if (!read) return std::unexpected(std::move(read).error());
    call.looked("batch.rows").thing = access::Thing::task;
    const auto scope = call.scope(access::Verb::read, access::Thing::household);
    json::array items;
    for (const jobs::ResultRow& row : *read) {
        json::object item = body_of_row(row);
        if (auto looked = look_at(call, scope, item); !looked)
            return std::unexpected(std::move(looked).error());
        items.push_back(std::move(item));
    }
    std::optional<std::vector<std::string>> next;
    if (read->size() == asked->limit) next = std::vector{std::to_string(read->back().n)};
    return listed(call, *asked, "batch-rows", {{"subject"}, {"household"}, {"case"}, {"outcome"}, {"reason"}},
                  std::move(items), next);
}

}  // namespace

std::vector<Route> batch_routes() {
    return {{.method = "POST",
             .path = "/api/v1/batches",
             .operation = "askBatch",
             .handler = ask_batch,
             .who = Who::signed_in,
             .creates = true,
             .request_type = "application/json"},
            {.method = "POST",
             .path = "/api/v1/batches/{id}/rest",
             .operation = "askBatchRest",
             .handler = ask_rest,
             .who = Who::signed_in,
             .creates = true},
            {.method = "GET",
             .path = "/api/v1/batches/{id}/rows",
             .operation = "listBatchRows",
             .handler = rows,
             .who = Who::signed_in}};
}

}  // namespace doudi::http
