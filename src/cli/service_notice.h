// SPDX-License-Identifier: Apache-2.0
// Tells who started the program as a service (systemd, Type=notify) that it answers, or that it is about to
// end.
#pragma once
#include <string_view>

namespace doudi::cli {

// Lines as sd_notify(3) has them: "READY=1". Nothing happens where nobody wants to know.
void notify_service_manager(std::string_view lines);

}  // namespace doudi::cli
