// SPDX-License-Identifier: Apache-2.0
#include "store/failpoint_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/failpoint_hooks.h"

namespace doudi::store {

namespace {

// What a file looked like when it was last synced, as the way back from now.
struct Undo {
    struct Patch {
        sqlite3_int64 offset = 0;
        std::vector<char> before;
    };
    sqlite3_int64 size = 0;
    std::vector<Patch> patches;
};

struct Undos {
    std::mutex mutex;
    std::map<std::string, Undo> by_path;
};

void take_back(Undos& undos) {
    const std::lock_guard lock(undos.mutex);
    for (const auto& [path, undo] : undos.by_path) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor < 0) continue;
        for (std::size_t i = undo.patches.size(); i > 0; --i) {
            const Undo::Patch& patch = undo.patches[i - 1];
            const auto wrote = ::pwrite(descriptor, patch.before.data(), patch.before.size(), patch.offset);
            ensure(wrote == static_cast<ssize_t>(patch.before.size()), "undo of a lost write");
        }
        ensure(::ftruncate(descriptor, undo.size) == 0, "undo of a lost write");
        ::close(descriptor);
    }
}

Undos& undos() {
    static Undos* const made = [] {
        auto* created = new Undos;
        at_power_cut([created] { take_back(*created); });
        return created;
    }();
    return *made;
}

// SQLite gives szOsFile bytes; the real file follows this one in them.
struct ShimFile {
    sqlite3_file base;
    const std::string* path;  // null: a temporary file, of no interest
    sqlite3_file* real;
};

ShimFile* shim(sqlite3_file* file) {
    return reinterpret_cast<ShimFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return shim(file)->real;
}
sqlite3_vfs* real_vfs(sqlite3_vfs* vfs) {
    return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

// Keeps the bytes of [offset, offset + count) that are there now.
int remember(ShimFile* file, sqlite3_int64 offset, sqlite3_int64 count) {
    if (file->path == nullptr || !failpoints_lose()) return SQLITE_OK;
    sqlite3_int64 size = 0;
    if (const int rc = file->real->pMethods->xFileSize(file->real, &size); rc != SQLITE_OK) return rc;
    const std::lock_guard lock(undos().mutex);
    const auto [at, first] = undos().by_path.try_emplace(*file->path);
    if (first) at->second.size = size;
    const sqlite3_int64 kept = std::min(count, size - offset);
    if (kept <= 0) return SQLITE_OK;
    Undo::Patch patch{offset, std::vector<char>(static_cast<std::size_t>(kept))};
    const int rc =
        file->real->pMethods->xRead(file->real, patch.before.data(), static_cast<int>(kept), offset);
    if (rc == SQLITE_OK) at->second.patches.push_back(std::move(patch));
    return rc;
}

int shim_close(sqlite3_file* file) {
    const int rc = real(file)->pMethods->xClose(real(file));
    delete shim(file)->path;
    return rc;
}
int shim_read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), to, count, offset);
}
int shim_write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    if (shim(file)->path != nullptr) {
        if (!pass_failpoint(FailpointKind::write, "database write")) return SQLITE_FULL;
        if (const int rc = remember(shim(file), offset, count); rc != SQLITE_OK) return rc;
    }
    return real(file)->pMethods->xWrite(real(file), from, count, offset);
}
int shim_truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (shim(file)->path != nullptr) {
        failpoint(FailpointKind::write, "database truncate");
        sqlite3_int64 now = 0;
        if (const int rc = real(file)->pMethods->xFileSize(real(file), &now); rc != SQLITE_OK) return rc;
        if (const int rc = remember(shim(file), size, now - size); rc != SQLITE_OK) return rc;
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}
int shim_sync(sqlite3_file* file, int flags) {
    if (shim(file)->path != nullptr) failpoint(FailpointKind::sync, "database sync");
    const int rc = real(file)->pMethods->xSync(real(file), flags);
    if (rc == SQLITE_OK && shim(file)->path != nullptr && failpoints_lose()) {
        const std::lock_guard lock(undos().mutex);
        undos().by_path.erase(*shim(file)->path);
    }
    return rc;
}
int shim_file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int shim_lock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int shim_unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int shim_check_lock(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int shim_control(sqlite3_file* file, int op, void* arg) {
    return real(file)->pMethods->xFileControl(real(file), op, arg);
}
int shim_sector(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int shim_device(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shim_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, out);
}
int shim_shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shim_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int shim_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: with shared memory (WAL), without memory-mapped reads.
constexpr sqlite3_io_methods shim_methods{2,
                                          shim_close,
                                          shim_read,
                                          shim_write,
                                          shim_truncate,
                                          shim_sync,
                                          shim_file_size,
                                          shim_lock,
                                          shim_unlock,
                                          shim_check_lock,
                                          shim_control,
                                          shim_sector,
                                          shim_device,
                                          shim_map,
                                          shim_shm_lock,
                                          shim_barrier,
                                          shim_unmap,
                                          nullptr,
                                          nullptr};

int shim_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* opened = new (file) ShimFile{};
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    const int rc = real_vfs(vfs)->xOpen(real_vfs(vfs), name, opened->real, flags, out_flags);
    if (opened->real->pMethods == nullptr) return rc;
    constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    if (name != nullptr && (flags & kept) != 0) opened->path = new std::string(name);
    opened->base.pMethods = &shim_methods;
    return rc;
}
int shim_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    failpoint(FailpointKind::rename, "database file delete");
    const int rc = real_vfs(vfs)->xDelete(real_vfs(vfs), name, sync_folder);
    if (failpoints_lose()) {
        const std::lock_guard lock(undos().mutex);
        undos().by_path.erase(name);
    }
    return rc;
}

sqlite3_vfs* make_vfs() {
    sqlite3_vfs* below = sqlite3_vfs_find(nullptr);
    ensure(below != nullptr, "SQLite has a default VFS");
    auto* vfs = new sqlite3_vfs(
        *below);  // all that is not replaced works on `below`'s own kind of nothing: names, times, sleep
    vfs->szOsFile = static_cast<int>(sizeof(ShimFile)) + below->szOsFile;
    vfs->zName = "doudi-failpoint";
    vfs->pNext = nullptr;
    vfs->pAppData = below;
    vfs->xOpen = shim_open;
    vfs->xDelete = shim_delete;
    ensure(sqlite3_vfs_register(vfs, 0) == SQLITE_OK, "a VFS of ours registers");
    return vfs;
}

}  // namespace

const char* failpoint_vfs() {
    static const sqlite3_vfs* const vfs = make_vfs();
    return vfs->zName;
}

}  // namespace doudi::store
