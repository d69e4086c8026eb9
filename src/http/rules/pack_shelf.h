// SPDX-License-Identifier: Apache-2.0
// The packs of the program as their files are now, for lists and pages about them. Parsing all takes a tenth
// of a second and more: a pack is parsed again only when a file below packs/ was changed.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/request/failure.h"
#include "policy/pack.h"

namespace doudi::http {

class PackShelf {
  public:
    // The catalogue must outlive it.
    PackShelf(std::filesystem::path packs, const policy::DatasetCatalogue& catalogue)
        : packs_(std::move(packs)), catalogue_(catalogue) {}

    [[nodiscard]] std::vector<std::string> ids() const;
    // As it reads on that day; without a day, as it reads without an end. 404 "no_such_pack"; 500
    // "faulty_law" with every fault.
    [[nodiscard]] Outcome<std::shared_ptr<const policy::Pack>> get(const std::string& id,
                                                                   std::optional<Date> day = std::nullopt);
    // The days on which it begins to read as it does until the next of them: its own versions' and those of
    // the packs that it extends, from its first day on. Faults as get().
    [[nodiscard]] Outcome<std::vector<Date>> days(const std::string& id);
    // The id itself of one that is on the shelf no more, or is faulty.
    [[nodiscard]] Text title(const std::string& id);

  private:
    // How many files there are, and when the youngest was written.
    using Stamp = std::pair<std::size_t, std::filesystem::file_time_type>;
    [[nodiscard]] Stamp stamp() const;

    struct Kept {
        Stamp stamp;
        std::shared_ptr<const policy::Pack> pack;
    };
    std::filesystem::path packs_;
    const policy::DatasetCatalogue& catalogue_;
    std::mutex mutex_;
    std::map<std::pair<std::string, std::optional<Date>>, Kept> kept_;
};

}  // namespace doudi::http
