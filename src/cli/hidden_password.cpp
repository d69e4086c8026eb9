// SPDX-License-Identifier: Apache-2.0
#include "cli/hidden_password.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "store/postgres_url.h"

namespace doudi::cli {

void hide_passwords(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        char* argument = arguments[i];
        const std::size_t size = std::strlen(argument);
        const std::string shown = store::without_password(argument);
        if (shown == argument) continue;
        // In place, so it may be cut short; the rest is blanked.
        std::memset(argument, 0, size);
        std::memcpy(argument, shown.data(), std::min(shown.size(), size));
    }
}

}  // namespace doudi::cli
