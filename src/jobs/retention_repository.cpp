// SPDX-License-Identifier: Apache-2.0
#include "jobs/retention_repository.h"

#include <string>

namespace doudi::jobs {

std::span<const Kept> all_kept() {
    static const std::vector<Kept> kept = {
        {"job",
         {"结束之时", "its end"},
         "select cast(id as text) from job where ended_at < $1 and state not in ('queued', 'running') and id "
         "< "
         "(select max(id) from job) order by id",
         {"delete from job_row where job = $1", "delete from job where id = $1"}},
        {"fresh_event",
         {"发生之时", "when it happened"},
         "select cast(id as text) from fresh_event where made_at < $1 and id < (select max(id) from "
         "fresh_event) order by id",
         {"delete from fresh_event where id = $1"}},
        {"upload_note",
         {"最后一次使用", "its last use"},
         "select id from upload where touched_at < $1 and state = 'used' order by id",
         {"delete from upload where id = $1"},
         true},
        {"stored_answer",
         {"答复之时", "when it was given"},
         "select cast(account as text) || '/' || answer_key from stored_answer where made_at < $1 order by "
         "account, answer_key",
         {"delete from stored_answer where account = $2 and answer_key = $1"},
         true,
         true},
    };
    return kept;
}

Result<std::vector<store::Ended>> ended_before(store::Database& database, const Kept& kept, Moment before) {
    auto query = TRY(database.prepare(kept.select));
    query.bind(1, before);
    std::vector<store::Ended> ended;
    while (TRY(query.step())) ended.push_back({.key = query.text(0)});
    return ended;
}

Result<void> delete_kept(store::Database& database, const Kept& kept, std::string_view key) {
    for (const char* sql : kept.remove) {
        auto remove = TRY(database.prepare(sql));
        if (kept.of_account) {
            const std::size_t slash = key.find('/');
            remove.bind(1, key.substr(slash + 1)).bind(2, std::int64_t{std::stoll(std::string(key))});
        } else if (kept.text_key) {
            remove.bind(1, key);
        } else {
            remove.bind(1, std::int64_t{std::stoll(std::string(key))});
        }
        TRY_VOID(remove.run());
    }
    return {};
}

}  // namespace doudi::jobs
