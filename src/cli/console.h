// SPDX-License-Identifier: Apache-2.0
// What every command shares: the language, the exit code, the progress bar, and how an error is said.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::cli {

// 0 done, also with refused rows; 1 failure; 2 usage; 3 some file was refused.
enum class ExitCode : int { done = 0, failure = 1, usage = 2, file_refused = 3 };

class Console {
  public:
    Lang lang = Lang::zh;
    bool quiet = false;
    std::filesystem::path key_file;  // --keys; empty: where the data folder says

    [[nodiscard]] const std::string& say(const Text& text) const { return text.in(lang); }
    void line(const Text& text) const;          // to standard output
    void note(const Text& text) const;          // to standard error, unless quiet
    ExitCode report(const Error& error) const;  // to standard error; usage errors give ExitCode::usage
    ExitCode report(const std::vector<Error>& errors) const;
    // Of what was reported last: for a caller that another has told nothing but that it failed.
    [[nodiscard]] ExitCode failed() const { return failed_; }

  private:
    mutable ExitCode failed_ = ExitCode::failure;
};

// zh unless --lang, LC_ALL, LC_MESSAGES or LANG says en. C and POSIX say nothing.
[[nodiscard]] Lang language_of_environment();

// A bar on standard error while it is a terminal; else silent. Counts may come from any thread.
class ProgressBar {
  public:
    ProgressBar(const Console& console, Text what);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(std::uint64_t done, std::uint64_t total);

  private:
    const Console& console_;
    Text what_;
    std::mutex mutex_;
    bool terminal_;
    int last_permille_ = -1;
};

}  // namespace doudi::cli
