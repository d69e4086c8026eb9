// SPDX-License-Identifier: Apache-2.0
// A person whom a department names: by name and number, both right, among the people of the office under
// which the department stands. A wrong name and nobody are the same.
#pragma once
#include <optional>
#include <string>

#include "base/id_number.h"
#include "http/request/call.h"
#include "registry/records.h"

namespace doudi::http {

struct AskedPerson {
    std::string name;
    std::optional<IdNumber> number;  // none: after a fault
};
[[nodiscard]] AskedPerson read_asked_person(BodyFields& fields);

// The office above the asker's own, itself where it is no department's.
[[nodiscard]] access::UnitId office_above(const Call& call);
[[nodiscard]] Result<std::optional<registry::Member>> find_asked_person(Call& call, const AskedPerson& asked);

}  // namespace doudi::http
