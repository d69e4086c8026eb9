// SPDX-License-Identifier: Apache-2.0
#include "bench/api_bare.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <random>
#include <thread>

#include "base/clock.h"
#include "store/layout.h"

namespace doudi::bench {

namespace {

constexpr std::int64_t rows_of_page = 51;  // fifty, and whether there is more
constexpr std::int64_t looks_of_page = 200;

constexpr const char* open_warnings =
    " from warning w join household h on h.id = w.household"
    " where w.state = 'open' and w.publish = (select max(x.publish) from warning x where x.id = w.id and "
    "x.publish <= $1)"
    " and h.publish = (select max(v.publish) from household v where v.id = h.id and v.publish <= $1)"
    " and ($2 = '' or w.level = $2) and h.region >= $3 and h.region < $4";

std::string behind(const std::string& prefix) {
    return prefix + '\x7f';
}

Result<store::Database> open_writer(const store::Place& place) {
    if (place.database) return store::Database::open(*place.database);
    return store::Database::open(place.folder / store::database_name);
}

// Every column is fetched, as a reader of the rows would.
std::size_t fetch(const store::Statement& row, int columns) {
    std::size_t bytes = 0;
    for (int at = 0; at < columns; ++at) bytes += row.is_null(at) ? 1 : 2;
    return bytes;
}

}  // namespace

Result<BareStore> BareStore::open(const store::Place& place, Plan& plan) {
    auto data = TRY(store::DataFolder::open(place, store::Access::read));
    return BareStore(std::move(data), TRY(open_writer(place)), plan);
}

const std::string& BareStore::region_of(const Question& question) const {
    return plan_->officers[question.reader].region;
}

BareStore::Rows BareStore::household(const Question& question) {
    auto& database = data_.database();
    const auto current = static_cast<std::int64_t>(data_.current().value());
    auto home = TRY(database.prepare(
        "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen, "
        "h.sealed from household h where h.code = $2 and h.publish = (select max(v.publish) from household v "
        "where v.id = h.id and v.publish <= $1)"));
    home.bind(1, current).bind(2, std::string_view(question.household));
    std::vector<std::string> rows;
    if (!TRY(home.step())) return rows;
    (void)fetch(home, 9);
    rows.push_back(home.text(1));
    auto members = TRY(database.prepare(
        "select m.id, m.name, m.id_number, m.relation, m.sex, m.phone, m.sealed from member m where "
        "m.household = $2 and m.publish = (select max(n.publish) from member n where n.id = m.id and "
        "n.publish <= $1) order by m.id"));
    members.bind(1, current).bind(2, home.integer(0));
    while (TRY(members.step())) {
        (void)fetch(members, 7);
        rows.push_back(std::to_string(members.integer(0)));
    }
    return rows;
}

BareStore::Rows BareStore::warnings(const Question& question, std::string& due, std::int64_t& id) {
    auto query = TRY(data_.database().prepare(fmt::format(
        "select h.code, w.id, h.region, w.score, w.level, w.issued_on, w.due_on, w.due_provisional, "
        "w.indicators{} and (coalesce(w.due_on, '9999-12-31'), w.id) > ($5, $6)"
        " order by coalesce(w.due_on, '9999-12-31'), w.id limit $7",
        open_warnings)));
    const std::string end = behind(region_of(question));
    query.bind(1, static_cast<std::int64_t>(data_.current().value()));
    query.bind(2, std::string_view(question.level)).bind(3, std::string_view(region_of(question)));
    query.bind(4, std::string_view(end)).bind(5, std::string_view(due)).bind(6, id).bind(7, rows_of_page);
    std::vector<std::string> rows;
    while (TRY(query.step())) {
        if (std::cmp_equal(rows.size() + 1, rows_of_page)) return rows;
        (void)fetch(query, 9);
        rows.push_back(query.text(0));
        due = query.is_null(6) ? "9999-12-31" : query.text(6);
        id = query.integer(1);
    }
    due.clear();  // there is no next page
    return rows;
}

BareStore::Rows BareStore::counts(const Question& question) {
    auto query = TRY(
        data_.database().prepare(fmt::format("select w.level, count(*){} group by w.level", open_warnings)));
    const std::string end = behind(region_of(question));
    query.bind(1, static_cast<std::int64_t>(data_.current().value()));
    query.bind(2, std::string_view(question.level)).bind(3, std::string_view(region_of(question)));
    query.bind(4, std::string_view(end));
    std::int64_t total = 0;
    while (TRY(query.step())) total += query.integer(1);
    return std::vector{std::to_string(total)};
}

BareStore::Rows BareStore::households(const Question& question) {
    auto query = TRY(data_.database().prepare(
        "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen, "
        "h.sealed from household h where h.publish = (select max(v.publish) from household v where v.id = "
        "h.id and v.publish <= $1) and h.code >= $2 and h.code < $3 and h.region >= $4 and h.region < $5 and "
        "($6 = '' or h.category = $6) order by h.code limit $7"));
    const std::string code_end = behind(question.code);
    const std::string region_end = behind(region_of(question));
    query.bind(1, static_cast<std::int64_t>(data_.current().value()));
    query.bind(2, std::string_view(question.code)).bind(3, std::string_view(code_end));
    query.bind(4, std::string_view(region_of(question))).bind(5, std::string_view(region_end));
    query.bind(6, std::string_view(question.category)).bind(7, rows_of_page);
    std::vector<std::string> rows;
    while (TRY(query.step())) {
        (void)fetch(query, 9);
        rows.push_back(query.text(1));
    }
    if (std::cmp_equal(rows.size(), rows_of_page)) rows.pop_back();
    return rows;
}

BareStore::Rows BareStore::why(const Question& question) {
    auto& database = data_.database();
    const auto current = static_cast<std::int64_t>(data_.current().value());
    auto warnings = TRY(database.prepare(
        "select w.id, w.state, w.score, w.level, w.issued_on, w.due_on, w.closed_on, w.closed_why, "
        "w.publish, "
        "p.as_of from household h join warning w on w.household = h.id join publication p on p.id = "
        "w.publish "
        "where h.code = $2 and h.publish = (select max(v.publish) from household v where v.id = h.id and "
        "v.publish <= $1) and w.publish <= $1 order by w.id, w.publish"));
    warnings.bind(1, current).bind(2, std::string_view(question.household));
    std::vector<std::string> rows;
    while (TRY(warnings.step())) {
        (void)fetch(warnings, 10);
        const auto id = warnings.integer(0);
        if (!rows.empty() && rows.back() == std::to_string(id)) continue;
        rows.push_back(std::to_string(id));
        auto events = TRY(database.prepare(
            "select e.indicator, e.event_date, e.points, e.grade, e.state, e.row, e.clause, a.file_name, "
            "m.relation, m.id_number, m.sealed from warning_event e join arrival a on a.id = e.arrival join "
            "member m on m.id = e.member where e.warning = $2 and e.publish <= $1 and m.publish = (select "
            "max(n.publish) from member n where n.id = m.id and n.publish <= $1) order by e.event_date"));
        events.bind(1, current).bind(2, id);
        while (TRY(events.step())) (void)fetch(events, 11);
    }
    auto doubts = TRY(database.prepare(
        "select d.indicator, d.event_date, d.outcome, d.reason, d.grade, a.file_name, a.dataset, d.row, "
        "d.clause, m.relation, m.sealed from household h join member m on m.household = h.id join "
        "doubtful_event d on d.member = m.id join arrival a on a.id = d.arrival where h.code = $2 and "
        "d.publish = (select max(c.publish) from cycle_memory c where c.publish <= $1)"));
    doubts.bind(1, current).bind(2, std::string_view(question.household));
    while (TRY(doubts.step())) (void)fetch(doubts, 11);
    return rows;
}

BareStore::Rows BareStore::looks(const Question& question) {
    auto query = TRY(data_.database().prepare(
        "select r.seq, r.looked_at, r.unit, r.purpose, r.verb, r.thing from audit_record r join "
        "audit_subject "
        "s on s.seq = r.seq where s.kind = 1 and s.subject = $1 order by r.seq desc limit $2"));
    query.bind(1, std::int64_t{plan_->citizens[question.reader].person}).bind(2, looks_of_page);
    while (TRY(query.step())) (void)fetch(query, 6);
    return std::vector<std::string>();
}

// Three writes, as the three requests: the record, the piece, that it is complete. Pieces are durable.
BareStore::Rows BareStore::upload() {
    const std::string id = fmt::format("{:032x}", std::random_device{}() + (written_++ << 32U));
    const auto now = micros_of(SystemClock().now());
    TRY_VOID(writer_.write([&]() -> Result<void> {
        auto insert = TRY(writer_.prepare(
            "insert into upload (id, file_name, bytes, sha256, state, made_by, made_at, touched_at) values "
            "($1, $2, $3, $4, $5, $6, $7, $7)"));
        insert.bind(1, std::string_view(id)).bind(2, "piece.csv").bind(3, std::int64_t{2048}).bind_null(4);
        return insert.bind(5, "receiving").bind(6, std::int64_t{1}).bind(7, now).run();
    }));
    for (const std::string_view state : {"receiving", "complete"}) {
        if (state == "receiving") {
            const std::string piece(2048, 'x');
            const auto path = std::filesystem::temp_directory_path() / fmt::format("doudi-bench-{}", id);
            const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
            const bool good =
                file >= 0 && ::write(file, piece.data(), piece.size()) > 0 && ::fdatasync(file) == 0;
            ::close(file);
            std::filesystem::remove(path);
            if (!good) return fail(ErrorKind::io, "piece", {"写入失败", "a piece cannot be written"});
        }
        TRY_VOID(writer_.write([&]() -> Result<void> {
            auto update = TRY(writer_.prepare("update upload set state = $2, touched_at = $3 where id = $1"));
            return update.bind(1, std::string_view(id)).bind(2, state).bind(3, now).run();
        }));
    }
    return std::vector<std::string>();
}

BareStore::Rows BareStore::reveal(const Question& question) {
    auto rows = TRY(household(question));
    const auto now = micros_of(SystemClock().now());
    const auto id = static_cast<std::int64_t>((std::uint64_t{std::random_device{}()} << 30U) + ++written_);
    TRY_VOID(writer_.write([&]() -> Result<void> {
        auto insert = TRY(writer_.prepare(
            "insert into reveal (id, session, user_id, household, field, case_ref, granted_at, expires_at) "
            "values ($1, 0, 0, 0, 'phone', 'bench', $2, $2)"));
        return insert.bind(1, id).bind(2, now).run();
    }));
    return rows;
}

Result<std::vector<std::string>> BareStore::answer(const Question& question, Tally& tally) {
    const auto timed = [&](const char* what, auto ask) -> Rows {
        const auto began = Tally::Clock::now();
        auto rows = ask();
        tally.add(what, Tally::Clock::now() - began);
        return rows;
    };
    const char* what = name_of(question.asking);
    switch (question.asking) {
        case Asking::household:
            return timed(what, [&] { return household(question); });
        case Asking::warnings: {
            std::string due;
            std::int64_t id = 0;
            auto rows = TRY(timed(what, [&] { return warnings(question, due, id); }));
            if (due.empty()) return rows;
            const auto more = TRY(timed("warnings next", [&] { return warnings(question, due, id); }));
            rows.insert(rows.end(), more.begin(), more.end());
            return rows;
        }
        case Asking::counts:
            return timed(what, [&] { return counts(question); });
        case Asking::households:
            return timed(what, [&] { return households(question); });
        case Asking::why:
            return timed(what, [&] { return why(question); });
        case Asking::looks:
            return timed(what, [&] { return looks(question); });
        case Asking::upload:
            return timed(what, [&] { return upload(); });
        case Asking::reveal:
            return timed(what, [&] { return reveal(question); });
    }
    return fail(ErrorKind::invalid, "asking", {"未知", "nothing that is asked"});
}

Result<void> ask_store(const store::Place& place, Plan& plan, const ApiRun& run) {
    std::vector<Tally> tallies(run.clients);
    std::vector<Plan> plans(run.clients, plan);
    std::vector<Result<void>> outcomes(run.clients);
    std::vector<BareStore> stores;
    for (unsigned i = 0; i < run.clients; ++i) stores.push_back(TRY(BareStore::open(place, plans[i])));
    const auto began = Tally::Clock::now();
    const auto end = began + std::chrono::duration_cast<Tally::Clock::duration>(
                                 std::chrono::duration<double>(run.seconds));
    {
        std::vector<std::jthread> clients;
        for (unsigned i = 0; i < run.clients; ++i) {
            clients.emplace_back([&, i] {
                Questions questions(plans[i], run.seed * 1000 + i);
                while (Tally::Clock::now() < end && outcomes[i]) {
                    auto rows = stores[i].answer(questions.next(), tallies[i]);
                    if (!rows) outcomes[i] = std::unexpected(std::move(rows).error());
                }
            });
        }
    }
    Tally all;
    for (unsigned i = 0; i < run.clients; ++i) {
        TRY_VOID(std::move(outcomes[i]));
        all.merge(tallies[i]);
    }
    fmt::print("{}\n", all.json(Tally::Clock::now() - began));
    return {};
}

}  // namespace doudi::bench
