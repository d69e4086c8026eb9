// SPDX-License-Identifier: Apache-2.0
#include "http/request/reason.h"

#include "base/utf8.h"

namespace doudi::http {

std::string need_reason(const Call& call, BodyFields& fields, Text asks, std::size_t most) {
    std::string reason = fields.prose("reason", {.most = most});
    if (static_cast<int>(count_code_points(reason)) < call.services.rules.reason_least)
        fields.fault("reason", "too_short", std::move(asks));
    return reason;
}

std::string reason_if_told(BodyFields& fields) {
    return fields.prose("reason", {.most = longest_reason, .required = false});
}

}  // namespace doudi::http
