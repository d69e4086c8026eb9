// SPDX-License-Identifier: Apache-2.0
// Purpose: bytes to a file, counted, with the system's refusal as an error. Invariant: close() tells of the
// last failed write.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::synth {

class FileOut {
  public:
    [[nodiscard]] static Result<FileOut> create(const std::filesystem::path& path);
    void write(std::string_view bytes);
    [[nodiscard]] Result<std::uint64_t> close();

  private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    FileOut(std::unique_ptr<std::FILE, Closer> file, std::string name)
        : file_(std::move(file)), name_(std::move(name)) {}

    std::unique_ptr<std::FILE, Closer> file_;
    std::string name_;
    std::uint64_t bytes_ = 0;
    int failure_ = 0;  // errno of the first write that failed
};

// `failure`: the system's number for it (errno), 0 if that is not known.
[[nodiscard]] Error cannot_write(const std::string& name, int failure);

// UTF-8 to GB18030; every character of ours has one.
[[nodiscard]] std::string to_gb18030(std::string_view utf8);

}  // namespace doudi::synth
