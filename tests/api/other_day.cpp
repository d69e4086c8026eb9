// SPDX-License-Identifier: Apache-2.0
// Loaded before all else (LD_PRELOAD), it lets a program live on another day: OTHER_DAY_SECONDS from now. For
// tests of what is due once a day is over.
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto outcome = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    const char* shift = std::getenv("OTHER_DAY_SECONDS");
    if (outcome == 0 && clock == CLOCK_REALTIME && shift != nullptr)
        time->tv_sec += std::strtol(shift, nullptr, 10);
    return outcome;
}
