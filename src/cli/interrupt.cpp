// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <semaphore.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "base/result.h"

namespace doudi::cli {
namespace {

std::stop_source source;
volatile std::sig_atomic_t interrupts = 0;
sem_t interrupted;  // one of the few things that a handler may tell a thread with

void on_signal(int) {
    interrupts = interrupts + 1;
    if (interrupts > 1) ::_exit(130);
    ::sem_post(&interrupted);
}

}  // namespace

void catch_interrupts() {
    ensure(::sem_init(&interrupted, 0, 0) == 0, "a semaphore of this process");
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    // A handler may not call request_stop(); a thread of its own waits for it.
    std::thread([] {
        while (::sem_wait(&interrupted) != 0 && errno == EINTR) {
        }
        source.request_stop();
    }).detach();
}

std::stop_token interrupt_token() {
    return source.get_token();
}

}  // namespace doudi::cli
