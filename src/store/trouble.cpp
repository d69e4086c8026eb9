// SPDX-License-Identifier: Apache-2.0
#include "store/trouble.h"

#include <fmt/format.h>

#include <cerrno>

#include "store/durable_file.h"

namespace doudi::store {

namespace {

struct Meaning {
    Trouble what;
    ErrorKind kind;
    const char* code;
    const char* zh;
    const char* en;
};

constexpr Meaning meanings[] = {
    {Trouble::unique, ErrorKind::conflict, "store_unique", "数据库中已有相同的记录",
     "the database holds such a record already"},
    {Trouble::foreign_key, ErrorKind::conflict, "store_foreign_key", "与其他记录的引用关系不符",
     "another record that belongs to it is missing, or still refers to it"},
    {Trouble::constraint, ErrorKind::conflict, "store_constraint", "不符合数据库的约束",
     "against a rule of the database"},
    {Trouble::busy, ErrorKind::conflict, "store_busy", "数据库正被另一个程序占用，请稍后再试",
     "another program holds the database; try again later"},
    {Trouble::memory, ErrorKind::limit, "store_memory", "内存不足", "out of memory"},
    {Trouble::too_big, ErrorKind::limit, "store_too_big", "数值或文字过长，数据库无法保存",
     "a value is too long for the database"},
    {Trouble::cancelled, ErrorKind::cancelled, "store_cancelled", "操作已取消", "cancelled"},
    {Trouble::deadline, ErrorKind::limit, "store_deadline", "查询超过了时限，已停止",
     "the query took longer than it may and was stopped"},
    {Trouble::read_only, ErrorKind::io, "store_read_only", "数据库不可写入（权限、只读磁盘或只读服务器）",
     "the database cannot be written (permissions, a read-only disk or server)"},
    {Trouble::forbidden, ErrorKind::io, "store_forbidden",
     "数据库用户没有所需的权限：请让它成为该数据库的所有者",
     "the database's user may not do this: make it the owner of the database"},
    {Trouble::corrupt, ErrorKind::unreadable, "store_corrupt", "数据库文件已损坏，请从备份恢复",
     "the database file is damaged; restore it from a backup"},
    {Trouble::not_a_database, ErrorKind::unreadable, "store_not_a_database", "该文件不是数据库",
     "this file is no database"},
    {Trouble::cannot_open, ErrorKind::io, "store_cannot_open", "无法打开数据库",
     "the database cannot be opened"},
    {Trouble::no_database, ErrorKind::not_found, "store_no_database", "服务器上没有这个数据库：请先建立",
     "the server has no database of this name: make it first"},
    {Trouble::login, ErrorKind::io, "store_login",
     "数据库服务器拒绝登录：请检查用户名和密码（PGPASSWORD 或 .pgpass）",
     "the database server refused the login: check user and password (PGPASSWORD or .pgpass)"},
    {Trouble::connections, ErrorKind::limit, "store_connections", "数据库服务器的连接数已满，请稍后再试",
     "the database server takes no more connections; try again later"},
    {Trouble::connection_lost, ErrorKind::io, "store_connection_lost",
     "与数据库服务器的连接中断，本次操作未写入任何内容：请重新运行",
     "the connection to the database server was lost and nothing of this step is kept: run it again"},
    {Trouble::commit_unknown, ErrorKind::io, "store_commit_unknown",
     "提交时与数据库服务器的连接中断，不知是否已写入：请先核对再重做",
     "the connection to the database server was lost while committing; it may be kept or not: look before "
     "doing "
     "it again"},
    {Trouble::io, ErrorKind::io, "store_io", "读写数据库时操作系统报错",
     "the operating system failed to read or write the database"},
    {Trouble::text, ErrorKind::invalid, "store_text", "文字中含有数据库不能保存的字符（NUL 或非 UTF-8）",
     "a text holds what the database cannot keep (NUL, or bytes that are no UTF-8)"},
    {Trouble::statement, ErrorKind::invalid, "store_statement", "数据库语句出错",
     "a database statement failed"},
};

}  // namespace

std::unexpected<Error> trouble(Trouble what, const std::string& where, std::string_view detail) {
    if (what == Trouble::disk_full) return system_error(ENOSPC, where);
    for (const Meaning& meaning : meanings) {
        if (meaning.what != what) continue;
        if (detail.empty()) return fail(meaning.kind, meaning.code, {meaning.zh, meaning.en}, where);
        return fail(meaning.kind, meaning.code,
                    {fmt::format("{}（{}）", meaning.zh, detail), fmt::format("{} ({})", meaning.en, detail)},
                    where);
    }
    ensure(false, "a trouble with a sentence");
    return fail(ErrorKind::io, "store_io", {}, where);
}

}  // namespace doudi::store
