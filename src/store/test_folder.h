// SPDX-License-Identifier: Apache-2.0
// A folder of its own for a test, gone afterwards.
#pragma once
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/result.h"

namespace doudi::store {

class TestFolder {
  public:
    TestFolder() {
        std::string name = (place() / "doudi-test-XXXXXX").string();
        ensure(::mkdtemp(name.data()) != nullptr, "a temporary folder");
        path_ = name;
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

  private:
    // In memory where there is such a place: tests sync thousands of times, and what a power cut loses is
    // played.
    static std::filesystem::path place() {
        const char* memory = "/dev/shm";
        return ::access(memory, W_OK) == 0 ? std::filesystem::path(memory)
                                           : std::filesystem::temp_directory_path();
    }
    std::filesystem::path path_;
};

}  // namespace doudi::store
