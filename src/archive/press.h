// SPDX-License-Identifier: Apache-2.0
// The papers of each pack with what fills them, opened when they are first asked for. For all threads: one
// prints at a time.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "archive/sources.h"
#include "print/print.h"

namespace doudi::archive {

class Press {
  public:
    // `root` holds papers/ and packs/.
    explicit Press(std::filesystem::path root) : root_(std::move(root)) {}

    struct Plates {
        print::Library library;
        SourceBook sources;
    };
    // The first fault of the papers, where they have any.
    [[nodiscard]] Result<std::shared_ptr<const Plates>> of(std::string_view pack);
    // Opens the fonts at the first call.
    [[nodiscard]] Result<print::PrintedPaper> print(std::string_view pack, std::string_view paper,
                                                    const print::Fields& fields, Date day);

  private:
    struct Opened {
        std::shared_ptr<const Plates> plates;
        std::unique_ptr<const print::Printer> printer;  // none: not asked for yet
    };
    [[nodiscard]] Result<Opened*> opened(std::string_view pack);

    std::filesystem::path root_;
    std::mutex mutex_;
    std::map<std::string, Opened, std::less<>> by_pack_;
};

}  // namespace doudi::archive
