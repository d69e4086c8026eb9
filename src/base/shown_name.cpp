// SPDX-License-Identifier: Apache-2.0
#include "base/shown_name.h"

#include "base/id_number.h"

namespace doudi {

std::string shown_file_name(std::string_view name) {
    constexpr std::size_t shortest_number = 15;  // an old identity number
    std::string shown;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at;
        while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
        if (end - at >= shortest_number) {
            shown += mask_text(name.substr(at, end - at));
        } else {
            end = end == at ? at + 1 : end;
            shown += name.substr(at, end - at);
        }
        at = end;
    }
    return shown;
}

}  // namespace doudi
