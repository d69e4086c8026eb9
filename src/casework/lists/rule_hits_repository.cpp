// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/rule_hits_repository.h"

#include "casework/case_columns.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view reason_field = "reason";

ToldPlace place_of(const CaseHead& head, std::int64_t id) {
    return {hit_look_column, head.id, id, subject_of(head)};
}

}  // namespace

Result<std::int64_t> insert_hit_look(Shelf& shelf, const CaseHead& head, const std::string& hit,
                                     const HitLook& look) {
    const std::int64_t id = TRY(next_of(shelf, "hit_look"));
    const Fields told{{std::string(reason_field), {look.reason}}};
    const ToldRow row = TRY(write_told(shelf.seal, place_of(head, id), told));
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_hit_look (id, case_id, hit, at, made_by, unit, body, sealed)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)"));
    insert.bind(1, id).bind(2, number_of(head.id)).bind(3, std::string_view(hit));
    insert.bind(4, micros_of(look.at)).bind(5, std::int64_t{look.by.value()});
    insert.bind(6, std::int64_t{look.unit.value()});
    bind_told(insert, 7, 8, row);
    TRY_VOID(insert.run());
    return id;
}

Result<std::optional<HitLook>> select_hit_look(Shelf& shelf, const CaseHead& head, const std::string& hit) {
    auto query = TRY(shelf.database.prepare(
        "select id, at, made_by, unit, body, sealed from casework_hit_look where case_id = $1 and hit = $2"
        " order by id desc limit 1"));
    if (!TRY(query.bind(1, number_of(head.id)).bind(2, std::string_view(hit)).step())) return std::nullopt;
    HitLook look{.id = query.integer(0),
                 .at = instant_of(query.integer(1)),
                 .by = UserId(static_cast<std::uint32_t>(query.integer(2))),
                 .unit = UnitId(static_cast<std::uint32_t>(query.integer(3))),
                 .reason = {}};
    const auto told = TRY(read_told(shelf.seal, place_of(head, look.id), query.text_view(4), query.blob(5)));
    if (told) look.reason = first_of(*told, reason_field);
    return look;
}

}  // namespace doudi::casework::repository
