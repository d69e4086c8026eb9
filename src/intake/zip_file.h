// SPDX-License-Identifier: Apache-2.0
// A ZIP archive from a stranger: entries are read as streams, and one that unpacks to more than Limits allow
// (an archive bomb) is an error before it fills memory or time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/sheet.h"

struct zip;

namespace doudi::intake {

class ZipFile {
  public:
    [[nodiscard]] static Result<ZipFile> open(const std::filesystem::path& path, const Limits& limits);

    [[nodiscard]] std::int64_t entries() const;
    [[nodiscard]] bool has(const std::string& name) const;  // in any case of letters
    // Hands on the entry piece by piece. An error of `take` ends the reading and is returned.
    [[nodiscard]] Result<void> read(const std::string& name,
                                    const std::function<Result<void>(std::string_view)>& take) const;

  private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    ZipFile(zip* archive, const Limits& limits) : archive_(archive), limits_(limits) {}

    std::unique_ptr<zip, Closer> archive_;
    Limits limits_;
};

}  // namespace doudi::intake
