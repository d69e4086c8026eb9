// SPDX-License-Identifier: Apache-2.0
#include "access/retention_repository.h"

#include <algorithm>
#include <array>

namespace doudi::access::repository {

namespace {

// `select` names the keys of rows whose use ended before $1 (microseconds) or, where days are kept, before
// the day $1; a row that is still in use is never among them.
struct Class {
    std::string_view id;
    const char* select;
    bool by_day;
    bool text_key;
    const char* remove;
};

constexpr std::array<Class, 7> classes = {{
    {"session", "select id from access_session where coalesce(ended_at, seen_at) < $1 order by id", false,
     false, "delete from access_session where id = $1"},
    {"sign_in_failure",
     "select subject from sign_in_failure where last_at < $1 and wait_until_at < $1 order by subject", false,
     true, "delete from sign_in_failure where subject = $1"},
    {"window_code", "select locator from window_code where expires_at < $1 order by locator", false, true,
     "delete from window_code where locator = $1"},
    {"reveal", "select id from reveal where expires_at < $1 order by id", false, false,
     "delete from reveal where id = $1"},
    {"api_token", "select id from api_token where until_on < $1 order by id", true, false,
     "delete from api_token where id = $1"},
    {"proposal", "select id from proposal where coalesce(decided_at, proposed_at) < $1 order by id", false,
     false, "delete from proposal where id = $1"},
    {"authorisation", "select id from authorisation where until_on < $1 order by id", true, false,
     "delete from authorisation where id = $1"},
}};

constexpr auto ids = [] {
    std::array<std::string_view, classes.size()> found{};
    for (std::size_t i = 0; i < classes.size(); ++i) found[i] = classes[i].id;
    return found;
}();

const Class& class_of(std::string_view id) {
    const auto at = std::ranges::find(classes, id, &Class::id);
    ensure(at != classes.end(), "a class that retention.yaml was held to");
    return *at;
}

}  // namespace

std::span<const std::string_view> retention_classes() {
    return ids;
}

Result<std::vector<std::string>> select_ended(store::Database& database, std::string_view id,
                                              Instant before) {
    const Class& one = class_of(id);
    auto query = TRY(database.prepare(one.select));
    if (one.by_day) {
        query.bind(1, civil_day(before));
    } else {
        query.bind(1, micros_of(before));
    }
    std::vector<std::string> keys;
    while (TRY(query.step())) keys.push_back(one.text_key ? query.text(0) : std::to_string(query.integer(0)));
    return keys;
}

Result<void> delete_rows(store::Database& database, std::string_view id, std::span<const std::string> keys) {
    const Class& one = class_of(id);
    auto remove = TRY(database.prepare(one.remove));
    for (const std::string& key : keys) {
        if (one.text_key) {
            remove.bind(1, std::string_view(key));
        } else {
            remove.bind(1, std::int64_t{std::stoll(key)});
        }
        TRY_VOID(remove.run());
    }
    return {};
}

}  // namespace doudi::access::repository
