// SPDX-License-Identifier: Apache-2.0
#include "access/saved_views.h"

namespace doudi::access {

Result<std::vector<SavedView>> read_saved_views(store::Database& database, UserId account,
                                                std::string_view list) {
    auto query = TRY(database.prepare(
        "select name, query from saved_view where account = $1 and list = $2 order by place"));
    query.bind(1, std::int64_t{account.value()}).bind(2, list);
    std::vector<SavedView> views;
    while (TRY(query.step())) views.push_back({query.text(0), query.text(1)});
    return views;
}

Result<void> put_saved_views(store::Database& database, UserId account, std::string_view list,
                             std::span<const SavedView> views) {
    return database.write([&]() -> Result<void> {
        auto clear = TRY(database.prepare("delete from saved_view where account = $1 and list = $2"));
        TRY_VOID(clear.bind(1, std::int64_t{account.value()}).bind(2, list).run());
        std::int64_t place = 0;
        for (const SavedView& view : views) {
            auto insert = TRY(database.prepare(
                "insert into saved_view (account, list, place, name, query) values ($1, $2, $3, $4, $5)"));
            insert.bind(1, std::int64_t{account.value()}).bind(2, list).bind(3, ++place);
            insert.bind(4, std::string_view(view.name)).bind(5, std::string_view(view.query));
            TRY_VOID(insert.run());
        }
        return {};
    });
}

}  // namespace doudi::access
