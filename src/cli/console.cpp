// SPDX-License-Identifier: Apache-2.0
#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/commands.h"

namespace doudi::cli {

void Console::line(const Text& text) const {
    fmt::print("{}\n", say(text));
}

void Console::note(const Text& text) const {
    if (!quiet) fmt::print(stderr, "{}\n", say(text));
}

ExitCode Console::report(const Error& error) const {
    // Whatever an error repeats from a file: no number as long as an identity number is shown whole.
    fmt::print(stderr, "{}{}\n",
               lang == Lang::zh ? "错误：" : "error: ", shown_file_name(error.message(lang)));
    failed_ = error.kind == ErrorKind::usage ? ExitCode::usage : ExitCode::failure;
    return failed_;
}

ExitCode Console::report(const std::vector<Error>& errors) const {
    ExitCode worst = ExitCode::failure;
    for (const Error& error : errors) worst = report(error);
    return worst;
}

Lang language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("en") ? Lang::en : Lang::zh;
    }
    return Lang::zh;
}

ProgressBar::ProgressBar(const Console& console, Text what)
    : console_(console), what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) == 1 && !console.quiet) {}

ProgressBar::~ProgressBar() {
    if (terminal_ && last_permille_ >= 0) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
    if (!terminal_ || total == 0) return;
    const std::lock_guard lock(mutex_);
    const int permille = static_cast<int>(done * 1000 / total);
    if (permille <= last_permille_) return;
    last_permille_ = permille;
    constexpr int width = 40;
    const int filled = std::clamp(permille * width / 1000, 0, width);
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
    fmt::print(stderr, "\r{} {} {:5.1f} %", console_.say(what_), bar, permille / 10.0);
    std::fflush(stderr);
}

}  // namespace doudi::cli
