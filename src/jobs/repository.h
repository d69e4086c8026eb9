// SPDX-License-Identifier: Apache-2.0
// Jobs, what they opened down to, fresh events, uploads and stored answers in the store: the only SQL of this
// room. Each write is a statement of one transaction; the caller says where it begins.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/records.h"
#include "store/database.h"

namespace doudi::jobs {

// Inside write().
[[nodiscard]] Result<JobId> insert_job(store::Database& database, const NewJob& job, Moment now);
[[nodiscard]] Result<void> update_job(store::Database& database, const Job& job);
[[nodiscard]] Result<std::optional<Job>> find_job(store::Database& database, JobId id);
// The newest first, those with a smaller id than `before` (0: from the top).
[[nodiscard]] Result<std::vector<Job>> list_jobs(store::Database& database, JobId before, std::size_t limit);
[[nodiscard]] Result<std::vector<Job>> jobs_in_state(store::Database& database, State state);

[[nodiscard]] Result<void> insert_rows(store::Database& database, JobId job, std::span<const ResultRow> rows);
[[nodiscard]] Result<void> delete_rows(store::Database& database, JobId job);
// In order, after a number; of the regions that begin so (empty: all).
[[nodiscard]] Result<std::vector<ResultRow>> result_rows(store::Database& database, JobId job,
                                                         std::string_view region, std::int64_t after,
                                                         std::size_t limit);

[[nodiscard]] Result<std::int64_t> insert_event(store::Database& database, std::string_view kind,
                                                std::string_view body, Moment now);
[[nodiscard]] Result<std::vector<FreshEvent>> events_after(store::Database& database, std::int64_t after,
                                                           std::size_t limit);
[[nodiscard]] Result<std::int64_t> last_event(store::Database& database);

struct UploadRow {
    std::string id;
    std::string file_name;
    std::uint64_t bytes = 0;
    std::optional<std::string> sha256;
    std::string state;                      // receiving | complete | used
    std::optional<std::string> sealed_key;  // of its pieces, wrapped
    UserNumber made_by = 0;
    Moment made_at = 0;
    Moment touched_at = 0;
};
[[nodiscard]] Result<void> insert_upload(store::Database& database, const UploadRow& row);
[[nodiscard]] Result<std::optional<UploadRow>> find_upload(store::Database& database, std::string_view id);
[[nodiscard]] Result<void> mark_upload(store::Database& database, std::string_view id, std::string_view state,
                                       Moment now);
[[nodiscard]] Result<void> delete_upload(store::Database& database, std::string_view id);
[[nodiscard]] Result<std::vector<std::string>> uploads_untouched_since(store::Database& database,
                                                                       Moment since);

struct StoredAnswer {
    std::string asked;  // hash of what was asked
    int status = 0;
    std::string headers;  // JSON
    std::string body;
};
[[nodiscard]] Result<std::optional<StoredAnswer>> find_answer(store::Database& database, UserNumber account,
                                                              std::string_view key);
[[nodiscard]] Result<void> insert_answer(store::Database& database, UserNumber account, std::string_view key,
                                         const StoredAnswer& answer, Moment now);
// In place of the one that was inserted.
[[nodiscard]] Result<void> put_answer(store::Database& database, UserNumber account, std::string_view key,
                                      const StoredAnswer& answer);
[[nodiscard]] Result<void> delete_answer(store::Database& database, UserNumber account, std::string_view key);
[[nodiscard]] Result<void> delete_answers_before(store::Database& database, Moment before);

// The last day for which a daily task was done.
[[nodiscard]] Result<std::optional<Date>> last_daily(store::Database& database, std::string_view task);
[[nodiscard]] Result<void> insert_daily(store::Database& database, std::string_view task, Date day,
                                        Moment now, bool late, std::string_view outcome);

}  // namespace doudi::jobs
