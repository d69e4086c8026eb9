// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <string>

#include "store/durable_file.h"

namespace doudi::store {

namespace {

struct Meaning {
    int rc;
    ErrorKind kind;
    const char* code;
    const char* zh;
    const char* en;
};

constexpr Meaning meanings[] = {
    {SQLITE_BUSY, ErrorKind::conflict, "store_busy", "数据库正被另一个程序占用，请稍后再试",
     "another program holds the database; try again later"},
    {SQLITE_LOCKED, ErrorKind::conflict, "store_busy", "数据库正被另一个程序占用，请稍后再试",
     "another program holds the database; try again later"},
    {SQLITE_CORRUPT, ErrorKind::unreadable, "store_corrupt", "数据库文件已损坏，请从备份恢复",
     "the database file is damaged; restore it from a backup"},
    {SQLITE_NOTADB, ErrorKind::unreadable, "store_not_a_database", "该文件不是数据库",
     "this file is no database"},
    {SQLITE_READONLY, ErrorKind::io, "store_read_only", "数据库不可写入（权限或只读磁盘）",
     "the database cannot be written (permissions, or a read-only disk)"},
    {SQLITE_CANTOPEN, ErrorKind::io, "store_cannot_open", "无法打开数据库文件",
     "the database file cannot be opened"},
    {SQLITE_PERM, ErrorKind::io, "store_cannot_open", "无法打开数据库文件",
     "the database file cannot be opened"},
    {SQLITE_IOERR, ErrorKind::io, "store_io", "读写数据库时操作系统报错",
     "the operating system failed to read or write the database"},
    {SQLITE_TOOBIG, ErrorKind::limit, "store_too_big", "数值或文字过长，数据库无法保存",
     "a value is too long for the database"},
    {SQLITE_NOMEM, ErrorKind::limit, "store_memory", "内存不足", "out of memory"},
    {SQLITE_INTERRUPT, ErrorKind::cancelled, "store_cancelled", "操作已取消", "cancelled"},
};

}  // namespace

std::unexpected<Error> sqlite_error(sqlite3* handle, int rc, const std::filesystem::path& file) {
    const int primary = rc & 0xFF;
    const bool refused_by_system = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN;
    if (primary == SQLITE_FULL ||
        (refused_by_system && handle != nullptr && means_disk_full(sqlite3_system_errno(handle)))) {
        return system_error(ENOSPC, file);
    }
    for (const Meaning& meaning : meanings) {
        if (meaning.rc == primary)
            return fail(meaning.kind, meaning.code, {meaning.zh, meaning.en}, file.string());
    }
    // Which constraint, or what is wrong with a statement: names of ours, no values.
    const std::string detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(rc);
    if (primary == SQLITE_CONSTRAINT) {
        return fail(ErrorKind::conflict, "store_constraint",
                    {fmt::format("与数据库中已有的记录冲突（{}）", detail),
                     fmt::format("in conflict with what the database holds ({})", detail)},
                    file.string());
    }
    return fail(ErrorKind::invalid, "store_statement",
                {fmt::format("数据库语句出错（{}）", detail),
                 fmt::format("a database statement failed ({})", detail)},
                file.string());
}

}  // namespace doudi::store
