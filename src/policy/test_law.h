// SPDX-License-Identifier: Apache-2.0
// For tests: a copy of the project's own datasets/, packs/ and calendar/ in a temporary folder, to be changed
// and loaded.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/result.h"

namespace doudi::policy {

class TestLaw {
  public:
    TestLaw() {
        std::string pattern = (std::filesystem::temp_directory_path() / "doudi-law-XXXXXX").string();
        ensure(mkdtemp(pattern.data()) != nullptr, "a temporary folder");
        root_ = pattern;
        for (const char* folder : {"datasets", "packs", "calendar"}) {
            std::filesystem::copy(std::filesystem::path(DOUDI_SOURCE_DIR) / folder, root_ / folder,
                                  std::filesystem::copy_options::recursive);
        }
    }
    ~TestLaw() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    TestLaw(const TestLaw&) = delete;
    TestLaw& operator=(const TestLaw&) = delete;

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }
    [[nodiscard]] std::string read(std::string_view file) const {
        std::ifstream in(root_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    void write(std::string_view file, std::string_view text) const {
        std::filesystem::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file, std::ios::binary) << text;
    }
    // Changes the one place where a text stands.
    void replace(std::string_view file, std::string_view old_text, std::string_view new_text) const {
        std::string text = read(file);
        const std::size_t at = text.find(old_text);
        ensure(at != std::string::npos && text.find(old_text, at + 1) == std::string::npos,
               "the text stands there once");
        write(file, text.replace(at, old_text.size(), new_text));
    }

  private:
    std::filesystem::path root_;
};

inline std::vector<std::string> codes_of(const std::vector<Error>& errors) {
    std::vector<std::string> codes;
    for (const Error& error : errors) codes.push_back(error.code);
    return codes;
}

}  // namespace doudi::policy
