// SPDX-License-Identifier: Apache-2.0
// The rows of first requests: the only SQL about them.
#include <fmt/format.h>

#include <charconv>

#include "casework/case_columns.h"
#include "casework/returned/first_requests.h"
#include "casework/returned/returned_first.h"

namespace doudi::casework {

namespace {

using repository::Shelf;

constexpr std::string_view columns =
    "id, client_key, receipt, unit, machine, at, body, sealed, state, case_id, reason";
constexpr std::string_view sealed_column = "casework_first_request.sealed";

std::int64_t number_of_request(FirstRequestId id) {
    return static_cast<std::int64_t>(id.value());
}

// It is about nobody whom the office knows: it lies under the folder's own key.
ToldPlace place_of(std::int64_t id) {
    return {sealed_column, CaseId(), id, std::nullopt};
}

Result<FirstRequest> request_of(Shelf& shelf, const store::Statement& row) {
    FirstRequest found;
    const std::int64_t id = row.integer(0);
    found.id = FirstRequestId(static_cast<std::uint64_t>(id));
    found.client_key = row.text(1);
    found.receipt = row.text(2);
    found.unit = UnitId(static_cast<std::uint32_t>(row.integer(3)));
    found.machine = row.text(4);
    found.at = instant_of(row.integer(5));
    auto told = TRY(read_told(shelf.seal, place_of(id), row.text_view(6), row.blob(7)));
    if (told) found.told = std::move(*told);
    found.state = row.text(8);
    if (row.integer(9) != 0) found.opened = CaseId(static_cast<std::uint64_t>(row.integer(9)));
    found.reason = row.text(10);
    return found;
}

Result<std::vector<FirstRequest>> read_all(Shelf& shelf, store::Statement query) {
    std::vector<FirstRequest> all;
    while (TRY(query.step())) all.push_back(TRY(request_of(shelf, query)));
    return all;
}

Result<std::optional<FirstRequest>> by_key(Shelf& shelf, const std::string& key) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_first_request where client_key = $1", columns)));
    query.bind(1, std::string_view(key));
    auto found = TRY(read_all(shelf, std::move(query)));
    if (found.empty()) return std::optional<FirstRequest>();
    return std::optional(std::move(found.front()));
}

Result<void> need_room(Shelf& shelf, UnitId unit) {
    auto query = TRY(shelf.database.prepare(
        "select count(*) from casework_first_request where unit = $1 and state = 'waiting'"));
    query.bind(1, std::int64_t{unit.value()});
    if (TRY(query.step()) && query.integer(0) >= static_cast<std::int64_t>(most_waiting)) {
        return fail(ErrorKind::conflict, "first_requests_full",
                    {"网上登记的人太多，请到窗口办理，或过几天再来",
                     "too many are waiting online: go to the window, or come back in some days"});
    }
    return {};
}

// One of them is settled; false: it was already.
Result<bool> settle(Shelf& shelf, FirstRequestId id, const FirstRequest& as, Instant at, UserId by) {
    auto update = TRY(shelf.database.prepare(
        "update casework_first_request set state = $1, case_id = $2, reason = $3, settled_at = $4,"
        " settled_by = $5 where id = $6 and state = 'waiting' returning id"));
    update.bind(1, std::string_view(as.state));
    update.bind(2, static_cast<std::int64_t>(as.opened.value_or(CaseId()).value()));
    update.bind(3, std::string_view(as.reason)).bind(4, micros_of(at)).bind(5, std::int64_t{by.value()});
    return update.bind(6, number_of_request(id)).step();
}

}  // namespace

Result<FirstRequest> keep_first_request_within(Desk& desk, const FirstRequest& request) {
    Shelf& shelf = desk.shelf;
    // Whoever takes a number holds the counter: of two that are sent at once the second sees the first.
    const std::int64_t id = TRY(repository::next_of(shelf, "first_request"));
    if (auto there = TRY(by_key(shelf, request.client_key))) return std::move(*there);
    TRY_VOID(need_room(shelf, request.unit));
    FirstRequest kept = request;
    kept.id = FirstRequestId(static_cast<std::uint64_t>(id));
    const ToldRow told = TRY(write_told(shelf.seal, place_of(id), request.told));
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_first_request (id, client_key, receipt, unit, machine, at, body, sealed, "
        "state,"
        " case_id, reason, settled_by) values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, '', 0)"));
    insert.bind(1, id).bind(2, std::string_view(request.client_key));
    insert.bind(3, std::string_view(request.receipt)).bind(4, std::int64_t{request.unit.value()});
    insert.bind(5, std::string_view(request.machine)).bind(6, micros_of(request.at));
    repository::bind_told(insert, 7, 8, told);
    TRY_VOID(insert.run());
    return kept;
}

Result<FirstRequest> keep_first_request(Desk& desk, const FirstRequest& request) {
    FirstRequest kept;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        kept = TRY(keep_first_request_within(desk, request));
        return {};
    }));
    return kept;
}

Result<std::vector<FirstRequest>> list_first_requests(Desk& desk, bool only_waiting) {
    auto query = TRY(
        desk.shelf.database.prepare(fmt::format("select {} from casework_first_request{} order by id",
                                                columns, only_waiting ? " where state = 'waiting'" : "")));
    return read_all(desk.shelf, std::move(query));
}

Result<std::optional<FirstRequest>> find_first_request(Desk& desk, FirstRequestId id) {
    auto query = TRY(desk.shelf.database.prepare(
        fmt::format("select {} from casework_first_request where id = $1", columns)));
    query.bind(1, number_of_request(id));
    auto found = TRY(read_all(desk.shelf, std::move(query)));
    if (found.empty()) return std::optional<FirstRequest>();
    return std::optional(std::move(found.front()));
}

Result<bool> hold_first_request(Desk& desk, FirstRequestId id) {
    auto update = TRY(desk.shelf.database.prepare(
        "update casework_first_request set state = state where id = $1 and state = 'waiting' returning id"));
    return update.bind(1, number_of_request(id)).step();
}

Result<bool> open_first_request(Desk& desk, FirstRequestId id, CaseId of, UserId by) {
    FirstRequest as;
    as.state = "opened";
    as.opened = of;
    return settle(desk.shelf, id, as, desk.clock.now(), by);
}

Result<bool> decline_first_within(Desk& desk, FirstRequestId id, const std::string& reason, UserId by) {
    FirstRequest as;
    as.state = "declined";
    as.reason = reason;
    return settle(desk.shelf, id, as, desk.clock.now(), by);
}

Result<bool> decline_first_request(Desk& desk, FirstRequestId id, const std::string& reason, UserId by) {
    bool settled = false;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        settled = TRY(decline_first_within(desk, id, reason, by));
        return {};
    }));
    return settled;
}

Result<void> seal_first_requests(Shelf& shelf) {
    return repository::seal_plain(shelf, "casework_first_request", "id",
                                  [](std::int64_t id, std::int64_t) { return place_of(id); });
}

std::vector<store::KeptClass> first_request_classes() {
    return {{.id = "first_request",
             .counted_from = {"办结之时", "when it was settled"},
             .ended = [](store::DataFolder& folder, Instant before) -> Result<std::vector<store::Ended>> {
                 auto query = TRY(folder.database().prepare(
                     "select id from casework_first_request where state <> 'waiting' and settled_at < $1"
                     " order by id"));
                 query.bind(1, micros_of(before));
                 std::vector<store::Ended> ended;
                 while (TRY(query.step())) ended.push_back({std::to_string(query.integer(0)), 0, false});
                 return ended;
             },
             .remove =
                 [](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     store::Database& database = folder.database();
                     return store::remove_in_parts(database, keys, [&](auto some) -> Result<void> {
                         for (const std::string& key : some) {
                             std::int64_t id = 0;
                             std::from_chars(key.data(), key.data() + key.size(), id);
                             auto gone =
                                 TRY(database.prepare("delete from casework_first_request where id = $1"));
                             TRY_VOID(gone.bind(1, id).run());
                             TRY_VOID(clear_first_rows(database, id));
                         }
                         return {};
                     });
                 }}};
}

}  // namespace doudi::casework
