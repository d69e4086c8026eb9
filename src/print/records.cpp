// SPDX-License-Identifier: Apache-2.0
#include "print/records.h"

namespace doudi::print {

const Value& Row::at(std::string_view field) const {
    static const Value not_known;
    const auto found = values.find(field);
    return found == values.end() ? not_known : found->second;
}

}  // namespace doudi::print
