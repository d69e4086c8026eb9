// SPDX-License-Identifier: Apache-2.0
// Reads datasets/, packs/ and calendar/. Every fault is reported, each as file:line:column with what was
// expected and, for an unknown name, the nearest known one.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/pack.h"

namespace doudi::policy {

template <class T>
using Loaded = std::expected<T, std::vector<Error>>;  // all faults, in file order

[[nodiscard]] Loaded<DatasetCatalogue> load_datasets(const std::filesystem::path& folder);
[[nodiscard]] Loaded<WorkingCalendar> load_calendar(const std::filesystem::path& folder);

// Which of a pack's dated versions, and an office's own figures.
struct LoadOptions {
    std::optional<Date> day = std::nullopt;  // of the question; none: the versions whose span has no end
    std::vector<std::filesystem::path> parameter_files = {};  // {id, values} each, laid over in order
    std::filesystem::path packs = {};  // of load_policy: where the packs lie; empty: root/packs
};
[[nodiscard]] Loaded<Pack> load_pack(const std::filesystem::path& packs_folder, std::string_view pack_id,
                                     const DatasetCatalogue& catalogue, const LoadOptions& options = {});
// Figures at hand, written as a file of {id, values} each, laid over a pack that was loaded; its fingerprint
// covers them from then on. `shown` is their name in faults.
[[nodiscard]] Loaded<void> lay_figures_over(const std::string& yaml, std::string shown, Pack& pack);
// The first days of a pack's versions, its own folder's among them, in order; empty if it cannot be read.
[[nodiscard]] std::vector<Date> pack_days(const std::filesystem::path& packs_folder,
                                          std::string_view pack_id);

// root holds datasets/, packs/ and calendar/.
[[nodiscard]] Loaded<Policy> load_policy(const std::filesystem::path& root, std::string_view pack_id,
                                         const LoadOptions& options = {});
// The same with root's datasets at hand: who reads files by them need not wait for the pack.
[[nodiscard]] Loaded<Policy> load_policy(const std::filesystem::path& root, DatasetCatalogue catalogue,
                                         std::string_view pack_id, const LoadOptions& options = {});
// The ids of the folders that hold a pack, in order.
[[nodiscard]] std::vector<std::string> pack_ids(const std::filesystem::path& packs_folder);
// Those of the profiles that packs may monitor by: "profiles/scored-draft". load_pack() reads one as it reads
// a pack, for whoever works on it; load_policy() refuses it (profile_is_no_pack).
[[nodiscard]] std::vector<std::string> profile_ids(const std::filesystem::path& packs_folder);
// The ids of the packs under root that load and can monitor, in order.
[[nodiscard]] std::vector<std::string> packs_that_monitor(const std::filesystem::path& root,
                                                          const DatasetCatalogue& catalogue);
// Where the law is found: $DOUDI_HOME, else beside the program (../share/doudi), else above it (a checkout).
[[nodiscard]] Result<std::filesystem::path> find_policy_root();

}  // namespace doudi::policy
