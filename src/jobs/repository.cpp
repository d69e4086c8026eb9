// SPDX-License-Identifier: Apache-2.0
#include "jobs/repository.h"

#include <algorithm>
#include <array>
#include <utility>

namespace doudi::jobs {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 6> state_names{
    {{State::queued, "queued"},
     {State::running, "running"},
     {State::done, "done"},
     {State::failed, "failed"},
     {State::cancelled, "cancelled"},
     {State::interrupted, "interrupted"}}};

std::optional<std::int64_t> moment(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.integer(column);
}

std::optional<std::string> words(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.text(column);
}

std::optional<std::string_view> view(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return std::string_view(*text);
}

constexpr std::string_view select_one_job =
    "select id, kind, state, asked_by, unit, parameters, stage_zh, stage_en, result, fault, attempts, "
    "queued_at, started_at, ended_at from job where id = $1";
constexpr std::string_view select_jobs_before =
    "select id, kind, state, asked_by, unit, parameters, stage_zh, stage_en, result, fault, attempts, "
    "queued_at, started_at, ended_at from job where id < $1 order by id desc limit $2";
constexpr std::string_view select_jobs_in_state =
    "select id, kind, state, asked_by, unit, parameters, stage_zh, stage_en, result, fault, attempts, "
    "queued_at, started_at, ended_at from job where state = $1 order by id";

Job job_of(const store::Statement& row) {
    Job job;
    job.id = row.integer(0);
    job.kind = row.text(1);
    job.state = state_named(row.text_view(2)).value_or(State::interrupted);
    job.asked_by = row.integer(3);
    job.unit = row.text(4);
    job.parameters = row.text(5);
    job.stage = {row.text(6), row.text(7)};
    job.result = words(row, 8);
    job.fault = words(row, 9);
    job.attempts = row.integer(10);
    job.queued_at = row.integer(11);
    job.started_at = moment(row, 12);
    job.ended_at = moment(row, 13);
    job.sequence = job.ended_at.value_or(job.started_at.value_or(job.queued_at));
    return job;
}

Result<std::vector<Job>> all_jobs(store::Statement select) {
    std::vector<Job> jobs;
    while (TRY(select.step())) jobs.push_back(job_of(select));
    return jobs;
}

// The first text behind all that begin with this one: of digits, which regions are.
std::string behind(std::string_view prefix) {
    return std::string(prefix) + ":";
}

}  // namespace

std::string_view name_of(State state) {
    return std::ranges::find(state_names, state, &std::pair<State, std::string_view>::first)->second;
}

std::optional<State> state_named(std::string_view name) {
    const auto found = std::ranges::find(state_names, name, &std::pair<State, std::string_view>::second);
    if (found == state_names.end()) return std::nullopt;
    return found->first;
}

Result<JobId> insert_job(store::Database& database, const NewJob& job, Moment now) {
    auto insert = TRY(database.prepare(
        "insert into job (id, kind, state, asked_by, unit, parameters, stage_zh, stage_en, attempts, "
        "queued_at)"
        " select coalesce(max(id), 0) + 1, $1, 'queued', $2, $3, $4, '', '', 0, $5 from job returning id"));
    insert.bind(1, std::string_view(job.kind)).bind(2, job.asked_by).bind(3, std::string_view(job.unit));
    insert.bind(4, std::string_view(job.parameters)).bind(5, now);
    ensure(TRY(insert.step()), "an insert returns its id");
    const JobId id = insert.integer(0);
    TRY_VOID(insert.run());
    return id;
}

Result<void> update_job(store::Database& database, const Job& job) {
    auto update = TRY(database.prepare(
        "update job set state = $2, stage_zh = $3, stage_en = $4, result = $5, fault = $6, attempts = $7, "
        "started_at = $8, ended_at = $9 where id = $1"));
    update.bind(1, job.id).bind(2, name_of(job.state));
    update.bind(3, std::string_view(job.stage.zh)).bind(4, std::string_view(job.stage.en));
    update.bind(5, view(job.result)).bind(6, view(job.fault)).bind(7, job.attempts);
    return update.bind(8, job.started_at).bind(9, job.ended_at).run();
}

Result<std::optional<Job>> find_job(store::Database& database, JobId id) {
    auto select = TRY(database.prepare(select_one_job));
    select.bind(1, id);
    if (!TRY(select.step())) return std::nullopt;
    return job_of(select);
}

Result<std::vector<Job>> list_jobs(store::Database& database, JobId before, std::size_t limit) {
    auto select = TRY(database.prepare(select_jobs_before));
    select.bind(1, before == 0 ? std::numeric_limits<JobId>::max() : before);
    select.bind(2, static_cast<std::int64_t>(limit));
    return all_jobs(std::move(select));
}

Result<std::vector<Job>> jobs_in_state(store::Database& database, State state) {
    auto select = TRY(database.prepare(select_jobs_in_state));
    select.bind(1, name_of(state));
    return all_jobs(std::move(select));
}

Result<void> insert_rows(store::Database& database, JobId job, std::span<const ResultRow> rows) {
    auto insert = TRY(database.prepare("insert into job_row (job, n, region, body) values ($1, $2, $3, $4)"));
    for (const ResultRow& row : rows) {
        insert.bind(1, job).bind(2, row.n);
        TRY_VOID(insert.bind(3, std::string_view(row.region)).bind(4, std::string_view(row.body)).run());
    }
    return {};
}

Result<void> delete_rows(store::Database& database, JobId job) {
    auto remove = TRY(database.prepare("delete from job_row where job = $1"));
    return remove.bind(1, job).run();
}

Result<std::vector<ResultRow>> result_rows(store::Database& database, JobId job, std::string_view region,
                                           std::int64_t after, std::size_t limit) {
    auto select = TRY(
        database.prepare("select n, region, body from job_row where job = $1 and n > $2 and region >= $3 and "
                         "region < $4 order by n limit $5"));
    const std::string end = behind(region);
    select.bind(1, job).bind(2, after).bind(3, region).bind(4, std::string_view(end));
    select.bind(5, static_cast<std::int64_t>(limit));
    std::vector<ResultRow> rows;
    while (TRY(select.step())) rows.push_back({select.integer(0), select.text(1), select.text(2)});
    return rows;
}

Result<std::int64_t> insert_event(store::Database& database, std::string_view kind, std::string_view body,
                                  Moment now) {
    auto insert = TRY(
        database.prepare("insert into fresh_event (id, kind, body, made_at) select coalesce(max(id), 0) + 1, "
                         "$1, $2, $3 from fresh_event returning id"));
    insert.bind(1, kind).bind(2, body).bind(3, now);
    ensure(TRY(insert.step()), "an insert returns its id");
    const std::int64_t id = insert.integer(0);
    TRY_VOID(insert.run());
    return id;
}

Result<std::vector<FreshEvent>> events_after(store::Database& database, std::int64_t after,
                                             std::size_t limit) {
    auto select =
        TRY(database.prepare("select id, kind, body from fresh_event where id > $1 order by id limit $2"));
    select.bind(1, after).bind(2, static_cast<std::int64_t>(limit));
    std::vector<FreshEvent> events;
    while (TRY(select.step())) events.push_back({select.integer(0), select.text(1), select.text(2)});
    return events;
}

Result<std::int64_t> last_event(store::Database& database) {
    auto select = TRY(database.prepare("select coalesce(max(id), 0) from fresh_event"));
    (void)TRY(select.step());
    return select.integer(0);
}

Result<void> insert_upload(store::Database& database, const UploadRow& row) {
    auto insert = TRY(database.prepare(
        "insert into upload (id, file_name, bytes, sha256, state, made_by, made_at, touched_at, sealed_key) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"));
    insert.bind(1, std::string_view(row.id)).bind(2, std::string_view(row.file_name));
    insert.bind(3, static_cast<std::int64_t>(row.bytes)).bind(4, view(row.sha256));
    insert.bind(5, std::string_view(row.state)).bind(6, row.made_by);
    return insert.bind(7, row.made_at).bind(8, row.touched_at).bind(9, view(row.sealed_key)).run();
}

Result<std::optional<UploadRow>> find_upload(store::Database& database, std::string_view id) {
    auto select = TRY(database.prepare(
        "select id, file_name, bytes, sha256, state, made_by, made_at, touched_at, sealed_key "
        "from upload where id = $1"));
    select.bind(1, id);
    if (!TRY(select.step())) return std::nullopt;
    UploadRow row;
    row.id = select.text(0);
    row.file_name = select.text(1);
    row.bytes = static_cast<std::uint64_t>(select.integer(2));
    row.sha256 = words(select, 3);
    row.state = select.text(4);
    row.made_by = select.integer(5);
    row.made_at = select.integer(6);
    row.touched_at = select.integer(7);
    row.sealed_key = words(select, 8);
    return row;
}

Result<void> mark_upload(store::Database& database, std::string_view id, std::string_view state, Moment now) {
    auto update = TRY(database.prepare(
        "update upload set state = $2, touched_at = $3, sealed_key = case when $2 = 'used' then null else "
        "sealed_key end where id = $1"));
    return update.bind(1, id).bind(2, state).bind(3, now).run();
}

Result<void> delete_upload(store::Database& database, std::string_view id) {
    auto remove = TRY(database.prepare("delete from upload where id = $1"));
    return remove.bind(1, id).run();
}

Result<std::vector<std::string>> uploads_untouched_since(store::Database& database, Moment since) {
    auto select = TRY(database.prepare("select id from upload where touched_at < $1 order by id"));
    select.bind(1, since);
    std::vector<std::string> ids;
    while (TRY(select.step())) ids.push_back(select.text(0));
    return ids;
}

Result<std::optional<StoredAnswer>> find_answer(store::Database& database, UserNumber account,
                                                std::string_view key) {
    auto select =
        TRY(database.prepare("select asked, status, headers, body from stored_answer where account = $1 and "
                             "answer_key = $2"));
    select.bind(1, account).bind(2, key);
    if (!TRY(select.step())) return std::nullopt;
    return StoredAnswer{select.text(0), static_cast<int>(select.integer(1)), select.text(2), select.text(3)};
}

Result<void> insert_answer(store::Database& database, UserNumber account, std::string_view key,
                           const StoredAnswer& answer, Moment now) {
    auto insert =
        TRY(database.prepare("insert into stored_answer (account, answer_key, asked, status, headers, body, "
                             "made_at) values ($1, $2, $3, $4, $5, $6, $7)"));
    insert.bind(1, account).bind(2, key).bind(3, std::string_view(answer.asked));
    insert.bind(4, std::int64_t{answer.status}).bind(5, std::string_view(answer.headers));
    return insert.bind(6, std::string_view(answer.body)).bind(7, now).run();
}

Result<void> put_answer(store::Database& database, UserNumber account, std::string_view key,
                        const StoredAnswer& answer) {
    auto update = TRY(
        database.prepare("update stored_answer set status = $3, headers = $4, body = $5 where account = $1"
                         " and answer_key = $2"));
    update.bind(1, account).bind(2, key).bind(3, std::int64_t{answer.status});
    return update.bind(4, std::string_view(answer.headers)).bind(5, std::string_view(answer.body)).run();
}

Result<void> delete_answer(store::Database& database, UserNumber account, std::string_view key) {
    auto remove = TRY(database.prepare("delete from stored_answer where account = $1 and answer_key = $2"));
    return remove.bind(1, account).bind(2, key).run();
}

Result<void> delete_answers_before(store::Database& database, Moment before) {
    auto remove = TRY(database.prepare("delete from stored_answer where made_at < $1"));
    return remove.bind(1, before).run();
}

Result<std::optional<Date>> last_daily(store::Database& database, std::string_view task) {
    auto select = TRY(database.prepare("select max(day) from daily_round where task = $1"));
    if (!TRY(select.bind(1, task).step())) return std::optional<Date>();
    return select.date(0);
}

Result<void> insert_daily(store::Database& database, std::string_view task, Date day, Moment now, bool late,
                          std::string_view outcome) {
    auto insert = TRY(
        database.prepare("insert into daily_round (task, day, done_at, late, outcome) values ($1, $2, $3, "
                         "$4, $5) on conflict do nothing"));
    insert.bind(1, task).bind(2, day).bind(3, now).bind(4, std::int64_t{late});
    return insert.bind(5, outcome).run();
}

}  // namespace doudi::jobs
