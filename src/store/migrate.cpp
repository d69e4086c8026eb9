// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "store/engine.h"
#include "store/failpoint.h"
#include "store/migrations.h"

namespace doudi::store {

namespace {

// The number of steps that the database has taken.
Result<std::int64_t> version_of(EngineConnection& connection, std::span<const Migration> migrations) {
    const SchemaState state = TRY(connection.schema());
    if (!state.is_ours && !state.is_empty) {
        return fail(ErrorKind::unreadable, "store_foreign",
                    {"这个数据库不是兜底建立的", "this database was not made by doudi"});
    }
    if (state.version > static_cast<std::int64_t>(migrations.size())) {
        return fail(ErrorKind::unreadable, "store_newer",
                    {fmt::format("数据库结构为第 {} 版，本程序只认识到第 {} 版：请使用更新的程序",
                                 state.version, migrations.size()),
                     fmt::format("the database has schema {}, this program knows {}: use a newer program",
                                 state.version, migrations.size())});
    }
    return state.version;
}

// The next step, unless another program has taken it meanwhile. Within a transaction.
Result<void> take_next(EngineConnection& connection, std::span<const Migration> migrations) {
    const std::int64_t version = TRY(version_of(connection, migrations));
    if (version == static_cast<std::int64_t>(migrations.size())) return {};
    const Migration& next = migrations[static_cast<std::size_t>(version)];
    TRY_VOID(connection.take_step(next.sql, next.number));
    failpoint(FailpointKind::commit, next.name);
    return {};
}

}  // namespace

Result<void> migrate(EngineConnection& connection, std::span<const Migration> migrations) {
    while (TRY(version_of(connection, migrations)) < static_cast<std::int64_t>(migrations.size())) {
        TRY_VOID(connection.begin(Writing::alone));
        auto done = take_next(connection, migrations);
        if (done) done = connection.commit();
        if (!done) {
            connection.rollback();
            return done;
        }
    }
    return {};
}

Result<void> check_schema(EngineConnection& connection, std::span<const Migration> migrations) {
    const std::int64_t version = TRY(version_of(connection, migrations));
    if (version == static_cast<std::int64_t>(migrations.size())) return {};
    return fail(
        ErrorKind::unreadable, "store_older",
        {fmt::format("数据库结构为第 {} 版，尚未升级到第 {} 版：请先运行 doudi migrate", version,
                     migrations.size()),
         fmt::format("the database has schema {} and waits to be brought to {}: run doudi migrate first",
                     version, migrations.size())});
}

}  // namespace doudi::store
