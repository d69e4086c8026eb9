// SPDX-License-Identifier: Apache-2.0
// A fuzz target without libFuzzer: reads each file of the folders (or each file) it is given, once.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/input.h"

namespace {

namespace fs = std::filesystem;

std::size_t replay(const fs::path& path) {
    if (fs::is_directory(path)) {
        std::size_t files = 0;
        for (const auto& entry : fs::directory_iterator(path)) files += replay(entry.path());
        return files;
    }
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return 1;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t files = 0;
    for (int i = 1; i < count; ++i) files += replay(arguments[i]);
    std::printf("%zu inputs replayed\n", files);
    return files == 0 ? 1 : 0;
}
