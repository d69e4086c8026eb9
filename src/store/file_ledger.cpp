// SPDX-License-Identifier: Apache-2.0
#include "store/file_ledger.h"

#include <unistd.h>

#include <map>
#include <mutex>
#include <vector>

#include "store/failpoint_hooks.h"

namespace doudi::store {

namespace {

using Path = std::filesystem::path;

struct NameChange {
    Path from;  // empty: created
    Path to;
};

struct Ledger {
    std::mutex mutex;
    std::map<Path, std::uint64_t> synced_size;  // of files with bytes not yet synced
    std::vector<NameChange> names;              // whose folder was not yet synced, in the order they happened
};

void take_back(Ledger& ledger) {
    const std::lock_guard lock(ledger.mutex);
    for (const auto& [path, size] : ledger.synced_size) {
        if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) continue;  // gone: nothing left to lose
    }
    for (std::size_t i = ledger.names.size(); i > 0; --i) {
        const NameChange& change = ledger.names[i - 1];
        std::error_code gone;
        if (change.from.empty()) {
            std::filesystem::remove(change.to, gone);
        } else {
            std::filesystem::rename(change.to, change.from, gone);
        }
    }
}

Ledger& ledger() {
    static Ledger* const made = [] {
        auto* created = new Ledger;
        at_power_cut([created] { take_back(*created); });
        return created;
    }();
    return *made;
}

}  // namespace

void ledger_created(const Path& path) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    ledger().names.push_back({{}, path});
}

void ledger_wrote(const Path& path, std::uint64_t size_before) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    ledger().synced_size.try_emplace(path, size_before);
}

void ledger_synced(const Path& path) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    ledger().synced_size.erase(path);
}

void ledger_renamed(const Path& from, const Path& to) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    if (auto node = ledger().synced_size.extract(from)) {
        node.key() = to;
        ledger().synced_size.insert(std::move(node));
    }
    ledger().names.push_back({from, to});
}

void ledger_synced_folder(const Path& folder) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    std::erase_if(ledger().names,
                  [&](const NameChange& change) { return change.to.parent_path() == folder; });
}

void ledger_removed(const Path& path) {
    if (!failpoints_lose()) return;
    const std::lock_guard lock(ledger().mutex);
    ledger().synced_size.erase(path);
    std::erase_if(ledger().names, [&](const NameChange& change) { return change.to == path; });
}

}  // namespace doudi::store
