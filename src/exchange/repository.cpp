// SPDX-License-Identifier: Apache-2.0
#include "exchange/repository.h"

#include <fmt/format.h>

#include "exchange/body_columns.h"

namespace doudi::exchange::repository {

// --- peers ---

// What is open by then is told to its end, what is closed by then not at all.
Result<void> make_peer(Shelf& shelf, std::string_view peer) {
    auto insert = TRY(shelf.database.prepare(
        "insert into exchange_peer (peer, last_row, last_number, arrived, settled, register_at, next_at, "
        "failures, failure, cases_from) values ($1, 0, 0, 0, 0, 0, 0, 0, '',"
        " coalesce((select max(c.id) from casework_case c), 0)) on conflict (peer) do nothing"));
    TRY_VOID(insert.bind(1, peer).run());
    if (shelf.database.changes() == 0) return {};
    auto open = TRY(
        shelf.database.prepare("insert into exchange_told (peer, case_id, events) select p.peer, c.id, 0 from"
                               " exchange_peer p join casework_case c on c.is_closed = 0 where p.peer = $1"));
    return open.bind(1, peer).run();
}

Result<Standing> standing(Shelf& shelf, std::string_view peer) {
    auto query =
        TRY(shelf.database.prepare("select last_number, arrived, settled, register_at, heard_at, tried_at, "
                                   "next_at, failures, failure from"
                                   " exchange_peer where peer = $1"));
    Standing found;
    if (!TRY(query.bind(1, peer).step())) return found;
    found.last_number = query.integer(0);
    found.arrived = query.integer(1);
    found.settled = query.integer(2);
    found.register_at = static_cast<std::uint64_t>(query.integer(3));
    if (!query.is_null(4)) found.heard_at = instant_of(query.integer(4));
    if (!query.is_null(5)) found.tried_at = instant_of(query.integer(5));
    found.next_at = instant_of(query.integer(6));
    found.failures = static_cast<int>(query.integer(7));
    found.failure = query.text(8);
    return found;
}

Result<void> note_heard(Shelf& shelf, std::string_view peer, Instant now) {
    auto update = TRY(shelf.database.prepare("update exchange_peer set heard_at = $2 where peer = $1"));
    return update.bind(1, peer).bind(2, micros_of(now)).run();
}

Result<void> note_call(Shelf& shelf, std::string_view peer, Instant now, Instant next,
                       std::string_view failure) {
    auto update =
        TRY(shelf.database.prepare("update exchange_peer set tried_at = $2, next_at = $3, failure = $4, "
                                   "failures = case when $4 = '' then 0"
                                   " else failures + 1 end where peer = $1"));
    update.bind(1, peer).bind(2, micros_of(now)).bind(3, micros_of(next)).bind(4, failure);
    return update.run();
}

Result<void> end_pause(Shelf& shelf, std::string_view peer) {
    auto update = TRY(shelf.database.prepare("update exchange_peer set next_at = 0 where peer = $1"));
    return update.bind(1, peer).run();
}

Result<void> put_register_at(Shelf& shelf, std::string_view peer, PublishId at) {
    auto update = TRY(shelf.database.prepare("update exchange_peer set register_at = $2 where peer = $1"));
    return update.bind(1, peer).bind(2, static_cast<std::int64_t>(at.value())).run();
}

Result<bool> use_nonce(Shelf& shelf, std::string_view peer, std::string_view nonce, Instant now,
                       Instant old) {
    auto forget = TRY(shelf.database.prepare("delete from exchange_nonce where peer = $1 and at < $2"));
    TRY_VOID(forget.bind(1, peer).bind(2, micros_of(old)).run());
    auto insert =
        TRY(shelf.database.prepare("insert into exchange_nonce (peer, nonce, at) values ($1, $2, $3) on "
                                   "conflict (peer, nonce) do nothing"));
    TRY_VOID(insert.bind(1, peer).bind(2, nonce).bind(3, micros_of(now)).run());
    return shelf.database.changes() == 1;
}

// --- out ---

namespace {

// The numbers of a row and of its message are given where the row is written: none is left out.
Result<void> take_numbers(Shelf& shelf, OutRow& row) {
    const bool is_held = row.state == out::held;
    auto take = TRY(shelf.database.prepare(
        "update exchange_peer set last_row = last_row + 1, last_number = last_number + $2 where peer = $1"
        " returning last_row, last_number"));
    take.bind(1, std::string_view(row.peer)).bind(2, std::int64_t{is_held ? 0 : 1});
    ensure(TRY(take.step()), "the peer was made");
    row.id = take.integer(0);
    row.number = is_held ? 0 : take.integer(1);
    return {};
}

Result<std::string> body_at(const Shelf& shelf, const OutRow& row, const store::Statement& statement) {
    return read_body(
        shelf, {out_column, row.peer, row.id, row.household}, statement.text_view(out_width),
        statement.is_null(out_width + 1) ? std::span<const std::byte>() : statement.blob(out_width + 1));
}

}  // namespace

Result<void> insert_out(Shelf& shelf, OutRow& row) {
    TRY_VOID(take_numbers(shelf, row));
    const bool is_held = row.state == out::held;
    BodyRow body;
    if (!is_held) body = TRY(write_body(shelf, {out_column, row.peer, row.id, row.household}, row.body));
    auto insert =
        TRY(shelf.database.prepare("insert into exchange_out (peer, id, number, message, kind, source, "
                                   "household, made_at, basis, body, sealed,"
                                   " forgotten, state, attempts, field, reason_zh, reason_en) values ($1, "
                                   "$2, $3, $4, $5, $6, $7, $8, $9, $10,"
                                   " $11, $12, $13, 0, $14, $15, $16)"));
    insert.bind(1, std::string_view(row.peer)).bind(2, row.id).bind(3, row.number);
    insert.bind(4, std::string_view(row.message)).bind(5, std::string_view(row.kind));
    insert.bind(6, std::string_view(row.source)).bind(7, std::int64_t{row.household.value()});
    insert.bind(8, micros_of(row.made_at)).bind(9, row.basis);
    bind_body(insert, 10, 11, body);
    insert.bind(12, std::int64_t{body.forgotten() && !is_held ? 1 : 0}).bind(13, std::string_view(row.state));
    insert.bind(14, std::string_view(row.why.field)).bind(15, std::string_view(row.why.reason.zh));
    return insert.bind(16, std::string_view(row.why.reason.en)).run();
}

Result<bool> is_told(Shelf& shelf, std::string_view peer, std::string_view source) {
    auto query = TRY(shelf.database.prepare("select 1 from exchange_out where peer = $1 and source = $2"));
    return query.bind(1, peer).bind(2, source).step();
}

Result<std::vector<OutRow>> select_queued(Shelf& shelf, std::string_view peer, std::size_t most) {
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select {}, body, sealed from exchange_out where peer = $1 and state = 'queued' order by number"
        " limit $2",
        out_columns)));
    query.bind(1, peer).bind(2, static_cast<std::int64_t>(most));
    std::vector<OutRow> rows;
    while (TRY(query.step())) {
        OutRow row = out_of(query);
        row.body = TRY(body_at(shelf, row, query));
        row.forgotten = row.forgotten || row.body.empty();
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<std::int64_t>> select_unreceipted(Shelf& shelf, std::string_view peer, std::size_t most) {
    auto query = TRY(shelf.database.prepare(
        "select number from exchange_out where peer = $1 and state = 'sent' order by number limit $2"));
    query.bind(1, peer).bind(2, static_cast<std::int64_t>(most));
    std::vector<std::int64_t> numbers;
    while (TRY(query.step())) numbers.push_back(query.integer(0));
    return numbers;
}

Result<void> mark_arrived(Shelf& shelf, std::string_view peer, std::int64_t up_to) {
    auto update =
        TRY(shelf.database.prepare("update exchange_out set state = 'sent' where peer = $1 and state in "
                                   "('queued', 'given_up') and number > 0 and"
                                   " number <= $2"));
    return update.bind(1, peer).bind(2, up_to).run();
}

Result<void> put_out_state(Shelf& shelf, std::string_view peer, std::int64_t number, std::string_view state,
                           const Refusal& why, Instant now) {
    const bool settled = state == out::receipted || state == out::refused;
    auto update =
        TRY(shelf.database.prepare("update exchange_out set state = $3, settled_at = $4, field = $5, "
                                   "reason_zh = $6, reason_en = $7, attempts ="
                                   " case when $3 = 'queued' then 0 else attempts end where peer = $1 and "
                                   "number = $2 and number > 0 and state in"
                                   " ('queued', 'sent', 'given_up')"));
    update.bind(1, peer).bind(2, number).bind(3, state);
    update.bind(4, settled ? std::optional(micros_of(now)) : std::nullopt);
    update.bind(5, std::string_view(why.field)).bind(6, std::string_view(why.reason.zh));
    return update.bind(7, std::string_view(why.reason.en)).run();
}

Result<void> count_attempt(Shelf& shelf, std::string_view peer, std::int64_t first, std::int64_t last,
                           int give_up_after) {
    auto update = TRY(shelf.database.prepare(
        "update exchange_out set attempts = attempts + 1, state = case when attempts + 1 >= $4 then "
        "'given_up' else"
        " state end where peer = $1 and state = 'queued' and number >= $2 and number <= $3"));
    update.bind(1, peer).bind(2, first).bind(3, last).bind(4, std::int64_t{give_up_after});
    return update.run();
}

Result<std::optional<OutRow>> select_out(Shelf& shelf, std::string_view peer, std::int64_t id) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {}, body, sealed from exchange_out where peer = $1 and id = $2", out_columns)));
    if (!TRY(query.bind(1, peer).bind(2, id).step())) return std::optional<OutRow>();
    OutRow row = out_of(query);
    row.body = TRY(body_at(shelf, row, query));
    return std::optional(std::move(row));
}

Result<void> delete_out(Shelf& shelf, std::string_view peer, std::int64_t id) {
    auto remove = TRY(shelf.database.prepare("delete from exchange_out where peer = $1 and id = $2"));
    return remove.bind(1, peer).bind(2, id).run();
}

Result<std::int64_t> queue_given_up(Shelf& shelf, std::string_view peer, std::int64_t id) {
    auto update =
        TRY(shelf.database.prepare("update exchange_out set state = 'queued', attempts = 0 where peer = $1 "
                                   "and id = $2 and state = 'given_up'"));
    TRY_VOID(update.bind(1, peer).bind(2, id).run());
    return shelf.database.changes();
}

// --- in ---

namespace {

Result<std::optional<Kept>> find_kept(Shelf& shelf, std::string_view peer, const Message& message) {
    auto query = TRY(shelf.database.prepare(
        "select number, message from exchange_in where peer = $1 and (number = $2 or message = $3)"));
    query.bind(1, peer).bind(2, message.number).bind(3, std::string_view(message.id));
    if (!TRY(query.step())) return std::optional<Kept>();
    const bool same = query.integer(0) == message.number && query.text_view(1) == message.id;
    return std::optional(same && !TRY(query.step()) ? Kept::again : Kept::clash);
}

}  // namespace

Result<Kept> keep(Shelf& shelf, std::string_view peer, const Message& message, Instant now) {
    if (const auto known = TRY(find_kept(shelf, peer, message))) return *known;
    const std::string text = message.forgotten ? std::string() : boost::json::serialize(message.body);
    BodyRow body;
    if (!text.empty()) body = TRY(write_body(shelf, {in_column, peer, message.number, HouseholdId()}, text));
    auto insert =
        TRY(shelf.database.prepare("insert into exchange_in (peer, number, message, kind, household, "
                                   "made_at, came_at, basis, body, sealed,"
                                   " forgotten, state, outcome, field, reason_zh, reason_en) values ($1, $2, "
                                   "$3, $4, 0, $5, $6, $7, $8, $9, $10,"
                                   " 'kept', '', '', '', '') on conflict do nothing"));
    insert.bind(1, peer).bind(2, message.number).bind(3, std::string_view(message.id));
    insert.bind(4, std::string_view(message.kind))
        .bind(5, micros_of(message.made_at))
        .bind(6, micros_of(now));
    insert.bind(7, message.basis);
    bind_body(insert, 8, 9, body);
    TRY_VOID(insert.bind(10, std::int64_t{message.forgotten ? 1 : 0}).run());
    return shelf.database.changes() == 1 ? Kept::fresh : Kept::again;
}

Result<std::int64_t> advance(Shelf& shelf, std::string_view peer) {
    std::int64_t arrived = TRY(standing(shelf, peer)).arrived;
    const std::int64_t before = arrived;
    {
        auto query = TRY(shelf.database.prepare(
            "select number from exchange_in where peer = $1 and number > $2 order by number"));
        query.bind(1, peer).bind(2, arrived);
        while (TRY(query.step()) && query.integer(0) == arrived + 1) ++arrived;
    }
    if (arrived == before) return arrived;
    auto update =
        TRY(shelf.database.prepare("update exchange_peer set arrived = $2 where peer = $1 and arrived < $2"));
    TRY_VOID(update.bind(1, peer).bind(2, arrived).run());
    return arrived;
}

Result<std::vector<std::int64_t>> select_missing(Shelf& shelf, std::string_view peer, std::size_t most) {
    std::int64_t next = TRY(standing(shelf, peer)).arrived + 1;
    auto query = TRY(shelf.database.prepare(
        "select number from exchange_in where peer = $1 and number >= $2 order by number"));
    query.bind(1, peer).bind(2, next);
    std::vector<std::int64_t> missing;
    while (TRY(query.step())) {
        for (; next < query.integer(0) && missing.size() < most; ++next) missing.push_back(next);
        if (missing.size() == most) break;
        next = query.integer(0) + 1;
    }
    return missing;
}

Result<std::optional<InRow>> select_in(Shelf& shelf, std::string_view peer, std::int64_t number) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {}, body, sealed from exchange_in where peer = $1 and number = $2", in_columns)));
    if (!TRY(query.bind(1, peer).bind(2, number).step())) return std::optional<InRow>();
    InRow row = in_of(query);
    row.body =
        TRY(read_body(shelf, {in_column, row.peer, row.number, row.household}, query.text_view(in_width),
                      query.is_null(in_width + 1) ? std::span<const std::byte>() : query.blob(in_width + 1)));
    row.forgotten = row.forgotten || row.body.empty();
    return std::optional(std::move(row));
}

Result<void> settle(Shelf& shelf, const InRow& row, Instant now) {
    BodyRow body;
    if (!row.body.empty())
        body = TRY(write_body(shelf, {in_column, row.peer, row.number, row.household}, row.body));
    auto update = TRY(
        shelf.database.prepare("update exchange_in set state = $3, outcome = $4, household = $5, settled_at "
                               "= $6, field = $7, reason_zh = $8,"
                               " reason_en = $9, body = $10, sealed = $11 where peer = $1 and number = $2"));
    update.bind(1, std::string_view(row.peer)).bind(2, row.number).bind(3, std::string_view(row.state));
    update.bind(4, std::string_view(row.outcome)).bind(5, std::int64_t{row.household.value()});
    update.bind(6, micros_of(now)).bind(7, std::string_view(row.why.field));
    update.bind(8, std::string_view(row.why.reason.zh)).bind(9, std::string_view(row.why.reason.en));
    bind_body(update, 10, 11, body);
    TRY_VOID(update.run());
    // Up to the one before the first that is not done with.
    auto peer = TRY(shelf.database.prepare(
        "update exchange_peer set settled = coalesce((select min(i.number) from exchange_in i where i.peer = "
        "$1 and"
        " i.state = 'kept' and i.number <= exchange_peer.arrived), arrived + 1) - 1 where peer = $1"));
    return peer.bind(1, std::string_view(row.peer)).run();
}

Result<std::vector<Receipt>> receipts_of(Shelf& shelf, std::string_view peer,
                                         std::span<const std::int64_t> numbers) {
    auto query = TRY(shelf.database.prepare(
        "select state, field, reason_zh, reason_en from exchange_in where peer = $1 and number = $2"));
    std::vector<Receipt> receipts;
    for (const std::int64_t number : numbers) {
        query.reset();
        Receipt receipt{number, std::string(unknown_message), {}, {}};
        if (TRY(query.bind(1, peer).bind(2, number).step()))
            receipt = {number, query.text(0), query.text(1), {query.text(2), query.text(3)}};
        receipts.push_back(std::move(receipt));
    }
    return receipts;
}

// --- what was told, households, differences ---

Result<std::vector<UntoldCase>> select_untold(Shelf& shelf, std::string_view peer, std::string_view machine,
                                              std::size_t most) {
    auto query = TRY(shelf.database.prepare(
        "select c.id, coalesce(t.events, 0), c.events from casework_case c join exchange_peer p on p.peer = "
        "$1"
        " left join exchange_told t on t.peer = p.peer and t.case_id = c.id where c.machine = $2 and"
        " c.events > coalesce(t.events, 0) and (c.is_closed = 0 or t.events is not null or"
        " c.id > p.cases_from) order by c.id limit $3"));
    query.bind(1, peer).bind(2, machine).bind(3, static_cast<std::int64_t>(most));
    std::vector<UntoldCase> cases;
    while (TRY(query.step()))
        cases.push_back({static_cast<std::uint64_t>(query.integer(0)), static_cast<int>(query.integer(1)),
                         static_cast<int>(query.integer(2))});
    return cases;
}

Result<void> put_told(Shelf& shelf, std::string_view peer, std::uint64_t of, int events) {
    auto put =
        TRY(shelf.database.prepare("insert into exchange_told (peer, case_id, events) values ($1, $2, $3) on "
                                   "conflict (peer, case_id) do update"
                                   " set events = excluded.events"));
    return put.bind(1, peer).bind(2, static_cast<std::int64_t>(of)).bind(3, std::int64_t{events}).run();
}

std::string request_source(std::int64_t request, std::string_view state, std::string_view kind) {
    return fmt::format("request/{}/{}/{}", request, state, kind);
}

Result<std::vector<std::int64_t>> select_untold_requests(Shelf& shelf, std::string_view peer,
                                                         std::string_view kind, std::size_t most) {
    const std::string prefix = fmt::format("exchange/{}/", peer);
    // Held against the characters themselves: a database may sort them otherwise.
    auto query = TRY(shelf.database.prepare(
        "select r.id from casework_first_request r where substr(r.client_key, 1, $2) = $1 and not exists"
        " (select 1 from exchange_out o where o.peer = $3 and o.source = 'request/' || r.id || '/' || "
        "r.state ||"
        " '/' || $4) order by r.id limit $5"));
    query.bind(1, std::string_view(prefix)).bind(2, static_cast<std::int64_t>(prefix.size()));
    query.bind(3, peer).bind(4, kind).bind(5, static_cast<std::int64_t>(most));
    std::vector<std::int64_t> ids;
    while (TRY(query.step())) ids.push_back(query.integer(0));
    return ids;
}

Result<KnownHousehold> known_household(Shelf& shelf, std::string_view peer, std::string_view code) {
    auto query = TRY(
        shelf.database.prepare("select sent, taken from exchange_household where peer = $1 and code = $2"));
    KnownHousehold known;
    if (TRY(query.bind(1, peer).bind(2, code).step())) known = {query.integer(0), query.integer(1)};
    return known;
}

Result<void> put_known(Shelf& shelf, std::string_view peer, std::string_view code,
                       const KnownHousehold& known) {
    auto put =
        TRY(shelf.database.prepare("insert into exchange_household (peer, code, sent, taken) values ($1, $2, "
                                   "$3, $4) on conflict (peer, code) do"
                                   " update set sent = excluded.sent, taken = excluded.taken"));
    return put.bind(1, peer).bind(2, code).bind(3, known.sent).bind(4, known.taken).run();
}

Result<void> insert_difference(Shelf& shelf, const Difference& difference) {
    auto insert =
        TRY(shelf.database.prepare("insert into exchange_difference (peer, number, code, household, kind, "
                                   "proposal, at, settled_by) values ($1,"
                                   " $2, $3, $4, $5, $6, $7, '')"));
    insert.bind(1, std::string_view(difference.peer)).bind(2, difference.number);
    insert.bind(3, std::string_view(difference.code)).bind(4, std::int64_t{difference.household.value()});
    insert.bind(5, std::string_view(difference.kind));
    insert.bind(6, static_cast<std::int64_t>(difference.proposal.value()));
    return insert.bind(7, micros_of(difference.at)).run();
}

Result<bool> settle_difference(Shelf& shelf, std::string_view peer, std::int64_t number, std::string_view by,
                               Instant now) {
    auto update = TRY(shelf.database.prepare(
        "update exchange_difference set settled_at = $3, settled_by = $4 where peer = $1 and number = $2 and"
        " settled_at is null"));
    TRY_VOID(update.bind(1, peer).bind(2, number).bind(3, micros_of(now)).bind(4, by).run());
    return shelf.database.changes() == 1;
}

}  // namespace doudi::exchange::repository
