// SPDX-License-Identifier: Apache-2.0
// Sealed folders for tests: made with a key file of their own, and what tests do to files.
#pragma once
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "store/data_folder.h"
#include "store/test_folder.h"

namespace doudi::store {

inline constexpr vault::Suite both_suites[] = {vault::Suite::aes_256_gcm, vault::Suite::sm4_hmac_sm3};

inline SealChoice sealed_by(vault::Suite suite, std::filesystem::path key_file = {}) {
    return {suite, std::move(key_file), Date::from_days(20000)};
}

inline DataFolder make_sealed(const TestFolder& folder, vault::Suite suite, const char* name = "data") {
    auto made = DataFolder::create(folder / name, {}, sealed_by(suite));
    REQUIRE_MESSAGE(made, (made ? "" : made.error().message(Lang::en)));
    return std::move(*made);
}

inline std::vector<std::byte> bytes_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}

inline void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

inline bool holds(std::span<const std::byte> bytes, std::string_view text) {
    const auto wanted = std::as_bytes(std::span(text.data(), text.size()));
    return !std::ranges::search(bytes, wanted).empty();
}

}  // namespace doudi::store
