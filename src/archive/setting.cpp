// SPDX-License-Identifier: Apache-2.0
#include "archive/setting.h"

#include "access/masking.h"

namespace doudi::archive {

Cut cut_of_file(bool is_guarded) {
    using access::FieldClass;
    return [is_guarded](FieldClass field, std::string_view value) -> std::optional<std::string> {
        if (is_guarded && (field == FieldClass::address || field == FieldClass::phone)) return std::nullopt;
        if (field == FieldClass::name || field == FieldClass::address) return std::string(value);
        return access::mask(field, value);
    };
}

}  // namespace doudi::archive
