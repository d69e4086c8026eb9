// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

namespace doudi::cli {
namespace {

std::stop_source source;
volatile std::sig_atomic_t interrupts = 0;

void on_signal(int) {
    interrupts = interrupts + 1;
    if (interrupts > 1) ::_exit(130);
}

}  // namespace

void catch_interrupts() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    // A handler may not call request_stop(); a thread of its own watches for it.
    std::thread([] {
        while (interrupts == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        source.request_stop();
    }).detach();
}

std::stop_token interrupt_token() {
    return source.get_token();
}

}  // namespace doudi::cli
