// SPDX-License-Identifier: Apache-2.0
#include "http/people/boundary.h"

namespace doudi::http {

Result<std::optional<BoundaryPack>> read_boundaries(store::Database& database, access::UnitId unit) {
    auto query =
        TRY(database.prepare("select name, source, drawn_on, approval_number, content, sha256, put_at from "
                             "boundary_pack where unit = $1"));
    if (!TRY(query.bind(1, std::int64_t{unit.value()}).step())) return std::optional<BoundaryPack>();
    return std::optional(BoundaryPack{.unit = unit,
                                      .name = query.text(0),
                                      .source = query.text(1),
                                      .drawn_on = query.date(2).value_or(Date()),
                                      .approval_number = query.text(3),
                                      .content = query.text(4),
                                      .sha256 = query.text(5),
                                      .put_at = query.integer(6)});
}

Result<void> put_boundaries(store::Database& database, const BoundaryPack& pack, access::UserId by) {
    return database.write([&]() -> Result<void> {
        auto put = TRY(database.prepare(
            "insert into boundary_pack (unit, name, source, drawn_on, approval_number, content, sha256, "
            "put_by, put_at)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (unit) do update set name = "
            "excluded.name,"
            " source = excluded.source, drawn_on = excluded.drawn_on, approval_number = "
            "excluded.approval_number,"
            " content = excluded.content, sha256 = excluded.sha256, put_by = excluded.put_by,"
            " put_at = excluded.put_at"));
        put.bind(1, std::int64_t{pack.unit.value()}).bind(2, std::string_view(pack.name));
        put.bind(3, std::string_view(pack.source)).bind(4, pack.drawn_on);
        put.bind(5, std::string_view(pack.approval_number)).bind(6, std::string_view(pack.content));
        put.bind(7, std::string_view(pack.sha256)).bind(8, std::int64_t{by.value()});
        return put.bind(9, pack.put_at).run();
    });
}

}  // namespace doudi::http
