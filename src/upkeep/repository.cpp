// SPDX-License-Identifier: Apache-2.0
#include "upkeep/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "upkeep/payload.h"
#include "upkeep/row_ids.h"

namespace doudi::upkeep {

namespace {
constexpr std::array<std::string_view, 5> state_names{"proposed", "confirmed", "refused", "withdrawn",
                                                      "answered"};

State state_of(std::string_view name) {
    const auto at = std::ranges::find(state_names, name);
    ensure(at != state_names.end(), "a state that this program wrote");
    return static_cast<State>(at - state_names.begin());
}
}  // namespace

std::string_view name_of(State state) {
    return state_names[static_cast<std::size_t>(state)];
}

}  // namespace doudi::upkeep

namespace doudi::upkeep::repository {

Result<std::int64_t> next_case(store::Database& database) {
    auto query = TRY(database.prepare("select coalesce(max(id), 0) + 1 from change_case"));
    TRY_VOID(query.step());
    return query.integer(0);
}

namespace {

Result<void> insert_subject(store::Database& database, std::int64_t change, Subject subject,
                            std::int64_t id) {
    auto insert = TRY(database.prepare(
        "insert into change_subject (publish, change_case, subject, id, stand_in) values (0, $1, $2, $3, 0)"
        " on conflict (change_case, subject, id) do nothing"));
    return insert.bind(1, change).bind(2, static_cast<std::int64_t>(subject)).bind(3, id).run();
}

Result<void> insert_step(store::Database& database, std::int64_t change, std::int64_t n, const Step& step) {
    auto insert =
        TRY(database.prepare("insert into change_step (change_case, n, state, by_user, by_name, at, reason, "
                             "warnings) values ($1, $2, "
                             "$3, $4, $5, $6, $7, $8) on conflict (change_case, n) do nothing"));
    insert.bind(1, change).bind(2, n).bind(3, name_of(step.state)).bind(4, std::int64_t{step.user});
    insert.bind(5, std::string_view(step.name)).bind(6, micros_of(step.at));
    return insert.bind(7, std::string_view(step.reason)).bind(8, name_of(step.warnings)).run();
}

WarningsGo warnings_of(std::string_view name) {
    for (const WarningsGo go : {WarningsGo::carry, WarningsGo::close}) {
        if (name_of(go) == name) return go;
    }
    return WarningsGo::unsaid;
}

Result<void> read_steps(store::Database& database, Case& change) {
    auto query =
        TRY(database.prepare("select state, by_user, by_name, at, reason, warnings from change_step where "
                             "change_case = $1 order by n"));
    query.bind(1, number_of(change.id));
    while (TRY(query.step())) {
        change.steps.push_back({state_of(query.text_view(0)), static_cast<std::uint32_t>(query.integer(1)),
                                query.text(2), instant_of(query.integer(3)), query.text(4),
                                warnings_of(query.text_view(5))});
    }
    ensure(!change.steps.empty(), "a case begins with its proposal");
    return {};
}

Result<void> read_subjects(store::Database& database, const store::DataFolder& folder, Case& change) {
    auto query =
        TRY(database.prepare("select subject, id from change_subject where change_case = $1 and publish <= "
                             "$2 order by subject, id"));
    query.bind(1, number_of(change.id)).bind(2, number_of(folder.current()));
    while (TRY(query.step())) {
        const auto id = static_cast<std::uint32_t>(query.integer(1));
        if (query.integer(0) == static_cast<std::int64_t>(Subject::person)) {
            change.persons.emplace_back(id);
        } else {
            change.households.emplace_back(id);
        }
    }
    return {};
}

Result<void> read_effect(store::Database& database, const store::DataFolder& folder, Case& change) {
    auto effect =
        TRY(database.prepare("select publish from change_effect where change_case = $1 and publish <= $2"));
    if (TRY(effect.bind(1, number_of(change.id)).bind(2, number_of(folder.current())).step()))
        change.in_force = PublishId(static_cast<std::uint64_t>(effect.integer(0)));
    auto back = TRY(database.prepare(
        "select k.id from change_case k join change_effect e on e.change_case = k.id where k.follows = $1"
        " and e.publish <= $2"));
    if (change.in_force &&
        TRY(back.bind(1, number_of(change.id)).bind(2, number_of(folder.current())).step()))
        change.taken_back_by = case_id(back.integer(0));
    return {};
}

}  // namespace

Result<CaseId> insert_case(store::Database& database, const store::DataFolder& folder, const Case& change) {
    const std::int64_t id = TRY(next_case(database));
    const Step& first = change.steps.front();
    const std::string json =
        write_payload({.paper = change.paper, .note = change.note, .changes = change.changes});
    auto insert =
        TRY(database.prepare("insert into change_case (id, kind, effective_on, source, follows, proposal, "
                             "unit, to_unit, proposed_by,"
                             " proposed_name, proposed_at, payload, sealed)"
                             " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"));
    insert.bind(1, id).bind(2, std::string_view(change.kind)).bind(3, change.effective_on);
    insert.bind(4, std::string_view(change.source)).bind(5, number_of(change.follows));
    insert.bind(6, number_of(change.proposal)).bind(7, std::int64_t{change.unit.value()});
    insert.bind(8, std::int64_t{change.to_unit.value()}).bind(9, std::int64_t{first.user});
    insert.bind(10, std::string_view(first.name)).bind(11, micros_of(first.at));
    std::vector<std::byte> sealed;
    if (folder.seal() == nullptr) {
        insert.bind(12, std::string_view(json)).bind_null(13);
    } else {
        sealed = TRY(seal_payload(folder, {std::int64_t{first.user}, micros_of(first.at)}, json));
        insert.bind(12, std::string_view()).bind(13, std::span<const std::byte>(sealed));
    }
    TRY_VOID(insert.run());
    TRY_VOID(insert_step(database, id, 1, first));
    for (const PersonId person : change.persons)
        TRY_VOID(insert_subject(database, id, Subject::person, person.value()));
    for (const HouseholdId household : change.households)
        TRY_VOID(insert_subject(database, id, Subject::household, household.value()));
    return case_id(id);
}

Result<bool> add_step(store::Database& database, CaseId change, std::size_t after, const Step& step) {
    TRY_VOID(insert_step(database, number_of(change), static_cast<std::int64_t>(after) + 1, step));
    return database.changes() == 1;
}

Result<std::optional<Case>> find_case(store::Database& database, const store::DataFolder& folder, CaseId id) {
    auto query =
        TRY(database.prepare("select kind, effective_on, source, follows, proposal, unit, to_unit, "
                             "proposed_by, proposed_at, payload,"
                             " sealed from change_case where id = $1"));
    if (!TRY(query.bind(1, number_of(id)).step())) return std::nullopt;
    Case change;
    change.id = id;
    change.kind = query.text(0);
    change.effective_on = query.date(1).value_or(Date());
    change.source = query.text(2);
    change.follows = case_id(query.integer(3));
    change.proposal = PublishId(static_cast<std::uint64_t>(query.integer(4)));
    change.unit = unit_id(query.integer(5));
    change.to_unit = unit_id(query.integer(6));
    std::string json = query.text(9);
    if (!query.is_null(10))
        json = TRY(open_payload(folder, {query.integer(7), query.integer(8)}, query.blob(10)));
    if (!json.empty()) {
        Payload payload = TRY(read_payload(json));
        change.paper = std::move(payload.paper);
        change.note = std::move(payload.note);
        change.changes = std::move(payload.changes);
    }
    query.reset();
    TRY_VOID(read_steps(database, change));
    TRY_VOID(read_subjects(database, folder, change));
    TRY_VOID(read_effect(database, folder, change));
    return change;
}

Result<std::vector<store::Ended>> told_before(store::Database& database, Instant before) {
    auto query = TRY(database.prepare(
        "select c.id, coalesce((select min(s.id) from change_subject s where s.change_case = c.id and"
        " s.subject = 2), (select m.household from change_subject s join member m on m.id = s.id where"
        " s.change_case = c.id and s.subject = 1 order by m.publish desc limit 1), 0),"
        " (select count(*) from change_subject s where s.change_case = c.id and s.subject = 2)"
        " from change_case c join change_step t on t.change_case = c.id and t.n ="
        " (select max(u.n) from change_step u where u.change_case = c.id)"
        " where (c.payload <> '' or c.sealed is not null) and t.at < $1 and t.state <> 'proposed' and"
        " (t.state <> 'confirmed' or exists (select 1 from change_effect e where e.change_case = c.id))"
        " order by c.id"));
    query.bind(1, micros_of(before));
    std::vector<store::Ended> ended;
    while (TRY(query.step()))
        ended.push_back({.key = std::to_string(query.integer(0)),
                         .household = static_cast<std::uint32_t>(query.integer(1)),
                         .of_many = query.integer(2) > 1});
    return ended;
}

Result<std::vector<KeptPayload>> payloads(store::Database& database, const std::optional<About>& about) {
    auto query = TRY(database.prepare(
        about
            ? "select c.id, c.proposed_by, c.proposed_at, c.payload, c.sealed, x.stand_in from change_case c"
              " join change_subject x on x.change_case = c.id and x.subject = $2 and x.id = $1"
              " where c.payload <> '' or c.sealed is not null order by c.id"
            : "select id, proposed_by, proposed_at, payload, sealed, 0 from change_case"
              " where payload <> '' or sealed is not null order by id"));
    if (about) query.bind(1, about->id).bind(2, static_cast<std::int64_t>(about->subject));
    std::vector<KeptPayload> kept;
    while (TRY(query.step())) {
        const auto sealed = query.blob(4);
        kept.push_back({case_id(query.integer(0)),
                        {query.integer(1), query.integer(2)},
                        query.text(3),
                        {sealed.begin(), sealed.end()},
                        query.integer(5)});
    }
    return kept;
}

Result<void> put_payload(store::Database& database, CaseId id, std::string_view plain,
                         std::span<const std::byte> sealed) {
    auto update = TRY(database.prepare("update change_case set payload = $1, sealed = $2 where id = $3"));
    update.bind(1, plain).bind(3, number_of(id));
    if (!sealed.empty()) update.bind(2, sealed);
    return update.run();
}

Result<CaseId> case_of_publish(store::Database& database, PublishId publish) {
    auto query = TRY(database.prepare("select change_case from change_effect where publish = $1"));
    const bool found = TRY(query.bind(1, number_of(publish)).step());
    return found ? case_id(query.integer(0)) : CaseId();
}

Result<void> stage_effect(store::DataFolder& folder, PublishId publish, CaseId change,
                          std::span<const Brought> brought) {
    store::Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        auto subject =
            TRY(database.prepare("insert into change_subject (publish, change_case, subject, id, stand_in) "
                                 "values ($1, $2, $3, $4, "
                                 "$5)"));
        for (const Brought& one : brought) {
            subject.bind(1, number_of(publish)).bind(2, number_of(change));
            subject.bind(3, static_cast<std::int64_t>(one.subject)).bind(4, std::int64_t{one.id});
            TRY_VOID(subject.bind(5, one.stand_in).run());
        }
        auto effect =
            TRY(database.prepare("insert into change_effect (publish, change_case) values ($1, $2)"));
        return effect.bind(1, number_of(publish)).bind(2, number_of(change)).run();
    });
}

Result<std::vector<Brought>> brought_by(store::Database& database, CaseId change) {
    auto query = TRY(database.prepare(
        "select subject, id, stand_in from change_subject where change_case = $1 and stand_in < 0"));
    query.bind(1, number_of(change));
    std::vector<Brought> brought;
    while (TRY(query.step())) {
        brought.push_back({static_cast<Subject>(query.integer(0)),
                           static_cast<std::uint32_t>(query.integer(1)), query.integer(2)});
    }
    return brought;
}

}  // namespace doudi::upkeep::repository
