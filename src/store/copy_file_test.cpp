// SPDX-License-Identifier: Apache-2.0
#include "store/copy_file.h"

#include <doctest/doctest.h>

#include <fstream>
#include <span>
#include <string>

#include "store/test_folder.h"

namespace doudi::store {
namespace {

class Collected : public column::ByteSink {
  public:
    Result<void> write(std::span<const std::byte> bytes) override {
        for (const std::byte byte : bytes) text.push_back(static_cast<char>(byte));
        return {};
    }
    std::string text;
};

TEST_CASE("a file longer than the buffer is copied to the byte, an empty one to nothing") {
    const TestFolder folder;
    const std::string long_text = std::string((1U << 20U) + 7, 'a') + std::string("\0\r\n", 3);
    for (const std::string& text : {long_text, std::string()}) {
        std::ofstream(folder / "file", std::ios::binary | std::ios::trunc) << text;
        Collected copy;
        REQUIRE(copy_file(folder / "file", copy));
        CHECK(copy.text == text);
    }
}

TEST_CASE("a file that cannot be read is named without its folder") {
    const TestFolder folder;
    Collected copy;
    const auto missing = copy_file(folder / "gone.csv", copy);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "cannot_read");
    CHECK(missing.error().where == "gone.csv");
    CHECK(copy.text.empty());
}

}  // namespace
}  // namespace doudi::store
