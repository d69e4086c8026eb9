// SPDX-License-Identifier: Apache-2.0
// SQLite's own writes and syncs as failpoints: a VFS that passes everything on to the default one and keeps,
// under "N:lose", the bytes overwritten since each file's last sync. Registered only when failpoints are on;
// a product run never sees it.
#pragma once

namespace doudi::store {

// The name to give to sqlite3_open_v2; registers the VFS when it is first asked for.
[[nodiscard]] const char* failpoint_vfs();

}  // namespace doudi::store
