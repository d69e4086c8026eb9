// SPDX-License-Identifier: Apache-2.0
// Runs the order of samples/README.md on a folder that is laid out like samples/longchuan, in a data folder
// that is thrown away.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "monitor/read.h"
#include "monitor/verbs.h"
#include "policy/load.h"
#include "store/data_folder.h"

namespace doudi::county {

// A failure of the set-up is a bug of the test or of the program: it ends the test with the program's own
// words.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message(Lang::en));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A folder of its own below the system's temporary one, removed at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

[[nodiscard]] std::filesystem::path source_dir();
[[nodiscard]] const policy::Policy& guangdong();

struct RunSettings {
    unsigned threads = 2;
    std::size_t chunk_bytes = 256U << 10U;
    std::optional<vault::Suite> suite = {};  // of a sealed data folder; none: plain
};

struct Published {
    std::string warnings;  // as CSV
    std::string quality;
    std::string exits;
};

// One office with a county in it.
class County {
  public:
    explicit County(const store::Place& place, RunSettings settings = {});
    void import(const std::filesystem::path& path, const char* as_of);
    void monitor(const char* as_of);
    void close(const std::filesystem::path& list, const char* as_of);
    [[nodiscard]] Published published(const char* as_of);
    [[nodiscard]] store::DataFolder& store() { return store_; }

  private:
    RunSettings settings_;
    store::DataFolder store_;
};

// Register, first quarter, closing, second quarter; the lists after each cycle.
struct TwoQuarters {
    Published q2;
    Published q3;
};
// Asked after each cycle, with the quarter's name: 2025Q2, 2025Q3.
using AfterCycle = std::function<void(County& county, const char* quarter)>;
[[nodiscard]] TwoQuarters run_two_quarters(const std::filesystem::path& folder, RunSettings settings = {},
                                           const AfterCycle& after = {});
[[nodiscard]] TwoQuarters run_two_quarters(const std::filesystem::path& folder, const store::Place& place,
                                           RunSettings settings = {}, const AfterCycle& after = {});

[[nodiscard]] std::string read_text(const std::filesystem::path& path);

}  // namespace doudi::county
