// SPDX-License-Identifier: Apache-2.0
// The fields that papers may show (papers/fields.yaml), each with its type, words and blank; `public` ones
// may stand on a paper that is posted.
#pragma once
#include <string_view>
#include <vector>

#include "policy/yaml_reader.h"
#include "print/paper.h"

namespace doudi::print {

struct FieldBook {
    std::vector<Field> fields;
};

// Adds the fields of a file to a book; a field of the same id stands there once. A pack's own fields are
// never `may_be_public`: no pack widens what is posted. Reports what is wrong.
void read_fields(const policy::YamlValue& top, bool may_be_public, FieldBook& book);

}  // namespace doudi::print
