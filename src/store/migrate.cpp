// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "store/connection.h"
#include "store/failpoint.h"
#include "store/migrations.h"

namespace doudi::store {

namespace {

constexpr std::int64_t application_id = 0x444F5544;  // "DOUD"

// The number of steps that the database has taken.
Result<std::int64_t> version_of(Connection& connection, std::span<const Migration> migrations) {
    const std::int64_t version = TRY(connection.number("pragma user_version"));
    const std::int64_t application = TRY(connection.number("pragma application_id"));
    const std::int64_t things = TRY(connection.number("select count(*) from sqlite_master"));
    if (application != application_id && (things > 0 || version != 0 || application != 0)) {
        return fail(ErrorKind::unreadable, "store_foreign",
                    {"这个数据库不是兜底建立的", "this database was not made by doudi"});
    }
    if (version > static_cast<std::int64_t>(migrations.size())) {
        return fail(ErrorKind::unreadable, "store_newer",
                    {fmt::format("数据库结构为第 {} 版，本程序只认识到第 {} 版：请使用更新的程序", version,
                                 migrations.size()),
                     fmt::format("the database has schema {}, this program knows {}: use a newer program",
                                 version, migrations.size())});
    }
    return version;
}

Result<void> take_step(Connection& connection, const Migration& migration) {
    TRY_VOID(connection.execute("begin immediate"));
    const std::string marks = fmt::format("pragma user_version = {}; pragma application_id = {};",
                                          migration.number, application_id);
    auto done = connection.execute(migration.sql);
    if (done) done = connection.execute(marks.c_str());
    failpoint(FailpointKind::commit, migration.name);
    if (done) done = connection.execute("commit");
    if (!done) (void)connection.execute("rollback");
    return done;
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> migrations) {
    const std::int64_t version = TRY(version_of(connection, migrations));
    for (const Migration& migration : migrations.subspan(static_cast<std::size_t>(version))) {
        TRY_VOID(take_step(connection, migration));
    }
    return {};
}

Result<void> check_schema(Connection& connection, std::span<const Migration> migrations) {
    const std::int64_t version = TRY(version_of(connection, migrations));
    if (version == static_cast<std::int64_t>(migrations.size())) return {};
    return fail(
        ErrorKind::unreadable, "store_older",
        {fmt::format("数据库结构为第 {} 版，尚未升级到第 {} 版：请先运行一次会写入数据的命令", version,
                     migrations.size()),
         fmt::format(
             "the database has schema {} and waits to be brought to {}: run a command that writes first",
             version, migrations.size())});
}

}  // namespace doudi::store
