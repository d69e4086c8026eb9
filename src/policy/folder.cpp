// SPDX-License-Identifier: Apache-2.0
#include "policy/folder.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

namespace doudi::policy {

namespace fs = std::filesystem;

Result<std::string> read_whole_file(const fs::path& path) {
    constexpr std::uintmax_t most_bytes =
        16U * 1024 * 1024;  // a law file is small; this keeps a wrong path harmless
    std::error_code status;
    if (fs::is_directory(path, status)) {
        return fail(ErrorKind::unreadable, "file_is_folder",
                    {"这里应为文件，却是一个文件夹", "a file is expected here, and this is a folder"},
                    path.string());
    }
    const std::uintmax_t size = fs::file_size(path, status);
    if (!status && size > most_bytes) {
        return fail(ErrorKind::limit, "file_too_large", {"文件超过 16 MB", "the file is larger than 16 MB"},
                    path.string());
    }
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (status || !in) {
        return fail(ErrorKind::io, "file_unreadable", {"无法读取文件", "the file cannot be read"},
                    path.string());
    }
    return bytes;
}

std::vector<fs::path> yaml_files(const fs::path& folder, Faults& faults) {
    std::vector<fs::path> files;
    std::error_code status;
    for (fs::directory_iterator at(folder, status), end; !status && at != end; at.increment(status)) {
        if (at->path().extension() == ".yaml") files.push_back(at->path());
    }
    if (status) {
        faults.add("folder_unreadable", {"无法读取文件夹", "the folder cannot be read"},
                   {folder.string(), 0, 0});
    }
    std::ranges::sort(files);
    return files;
}

std::string shown_name(const fs::path& base, const fs::path& file) {
    const fs::path folder = base.has_filename() ? base : base.parent_path();
    return (folder.filename() / file.lexically_relative(folder)).generic_string();
}

namespace {

class Digest {
  public:
    Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        ensure(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is there");
    }
    void add(std::string_view bytes) {
        ensure(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "SHA-256 takes bytes");
    }
    std::string hex() {
        unsigned char sum[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        ensure(EVP_DigestFinal_ex(context_.get(), sum, &length) == 1, "SHA-256 ends");
        std::string hex;
        for (unsigned int i = 0; i < length; ++i) hex += fmt::format("{:02x}", sum[i]);
        return hex;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string fingerprint_of(std::string_view text) {
    Digest digest;
    digest.add(text);
    return digest.hex();
}

std::string fingerprint(const std::vector<fs::path>& files) {
    Digest digest;
    for (const fs::path& file : files) {
        const Result<std::string> bytes = read_whole_file(file);
        if (!bytes) continue;
        digest.add(fmt::format("{}/{}\n{}\n", file.parent_path().filename().string(),
                               file.filename().string(), bytes->size()));
        digest.add(*bytes);
    }
    return digest.hex();
}

}  // namespace doudi::policy
