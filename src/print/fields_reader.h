// SPDX-License-Identifier: Apache-2.0
// A file of fields, JSON or YAML (docs/formats/paper.md): the day that the paper bears in its properties, and
// what it is filled with. Every fault with file, line and column.
#pragma once
#include <expected>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "print/paper.h"
#include "print/records.h"

namespace doudi::print {

struct FieldsFile {
    Date day;
    Fields fields;
};

// `shown` is the file's name in faults. A field that the paper does not show is a fault, with the nearest
// name.
[[nodiscard]] std::expected<FieldsFile, std::vector<Error>> read_fields_file(const std::string& text,
                                                                             std::string shown,
                                                                             const Paper& paper);

}  // namespace doudi::print
