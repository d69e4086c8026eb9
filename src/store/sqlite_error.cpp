// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_error.h"

#include <sqlite3.h>

#include <string>

#include "store/durable_file.h"
#include "store/trouble.h"

namespace doudi::store {

namespace {

struct Meaning {
    int rc;
    Trouble what;
};

// Extended codes before the primary ones that they belong to.
constexpr Meaning meanings[] = {
    {SQLITE_CONSTRAINT_UNIQUE, Trouble::unique},
    {SQLITE_CONSTRAINT_PRIMARYKEY, Trouble::unique},
    {SQLITE_CONSTRAINT_ROWID, Trouble::unique},
    {SQLITE_CONSTRAINT_FOREIGNKEY, Trouble::foreign_key},
    {SQLITE_CONSTRAINT, Trouble::constraint},
    {SQLITE_BUSY, Trouble::busy},
    {SQLITE_LOCKED, Trouble::busy},
    {SQLITE_FULL, Trouble::disk_full},
    {SQLITE_CORRUPT, Trouble::corrupt},
    {SQLITE_NOTADB, Trouble::not_a_database},
    {SQLITE_READONLY, Trouble::read_only},
    {SQLITE_CANTOPEN, Trouble::cannot_open},
    {SQLITE_PERM, Trouble::cannot_open},
    {SQLITE_IOERR, Trouble::io},
    {SQLITE_TOOBIG, Trouble::too_big},
    {SQLITE_NOMEM, Trouble::memory},
    {SQLITE_INTERRUPT, Trouble::cancelled},
};

constexpr int primary_of(int rc) {
    return rc & 0xFF;
}

Trouble meaning_of(int rc) {
    for (const Meaning& meaning : meanings) {
        if (meaning.rc == rc || meaning.rc == primary_of(rc)) return meaning.what;
    }
    return Trouble::statement;
}

}  // namespace

std::unexpected<Error> sqlite_error(sqlite3* handle, int rc, const std::filesystem::path& file) {
    const Trouble what = meaning_of(rc);
    const bool refused_by_system = what == Trouble::io || what == Trouble::cannot_open;
    if (refused_by_system && handle != nullptr && means_disk_full(sqlite3_system_errno(handle))) {
        return trouble(Trouble::disk_full, file.string());
    }
    // Which rule, or what is wrong with a statement: names of ours, no values.
    const bool with_detail = what == Trouble::statement || primary_of(rc) == SQLITE_CONSTRAINT;
    const char* detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(rc);
    return trouble(what, file.string(), with_detail ? detail : "");
}

}  // namespace doudi::store
