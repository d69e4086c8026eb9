// SPDX-License-Identifier: Apache-2.0
// What a worker works with: the published data as of now, and a connection for short writes (sessions,
// accounts). Desks are kept and handed round; one that shows an older state than the published one is laid
// anew.
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/data_folder.h"
#include "store/database.h"

namespace doudi::http {

// How the store is opened; by the command line, for a folder or a server.
struct StoreDoors {
    std::function<Result<store::DataFolder>()> open_reader;
    std::function<Result<store::Database>()> open_database;  // for short writes
};

struct Desk {
    store::DataFolder data;
    store::Database database;
    std::uint64_t laid = 0;  // Desks::version() then
};

class Desks {
  public:
    explicit Desks(StoreDoors doors) : doors_(std::move(doors)) {}

    // Given back when the pointer goes.
    using Taken = std::unique_ptr<Desk, std::function<void(Desk*)>>;
    [[nodiscard]] Result<Taken> take();
    // Something was published: whoever comes next sees it.
    void published() { ++version_; }

  private:
    StoreDoors doors_;
    std::atomic<std::uint64_t> version_ = 1;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Desk>> free_;
};

}  // namespace doudi::http
