// SPDX-License-Identifier: Apache-2.0
#include "print/paper.h"

#include <algorithm>

namespace doudi::print {

const Option* Field::option(std::string_view wanted) const {
    const auto found = std::ranges::find(options, wanted, &Option::id);
    return found == options.end() ? nullptr : &*found;
}

const Field* find_field(const std::vector<Field>& fields, std::string_view id) {
    const auto found = std::ranges::find(fields, id, &Field::id);
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace doudi::print
