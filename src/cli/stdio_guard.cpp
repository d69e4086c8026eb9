// SPDX-License-Identifier: Apache-2.0
#include "cli/stdio_guard.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace doudi::cli {

bool flush_output(const Console& console) {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
    if (errno == EPIPE) return true;  // the reader had enough: `doudi warnings | head`
    console.report(Error{ErrorKind::io,
                         "output_failed",
                         {fmt::format("写不出去：{}", std::strerror(errno)),
                          fmt::format("cannot write the output: {}", std::strerror(errno))},
                         {}});
    return false;
}

}  // namespace doudi::cli
