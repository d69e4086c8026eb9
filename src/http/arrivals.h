// SPDX-License-Identifier: Apache-2.0
// What the sender of a file is told of it.
#pragma once
#include "http/call.h"

namespace doudi::http {

// Of its form alone: who may not read who is on the register learns nothing of it by a file, even one of a
// single row. They ask of one person, with a reason and a quota (category-queries).
[[nodiscard]] inline bool is_told_form_only(const Call& call) {
    return call.scope(access::Verb::read, access::Thing::category).is_empty();
}

}  // namespace doudi::http
