// SPDX-License-Identifier: Apache-2.0
// What a pack takes from a profile, wherever it is shown: never as if the notice said it.
#pragma once
#include <boost/json.hpp>

#include "http/request/call.h"
#include "policy/pack.h"

namespace doudi::http {

// The profile that a pack monitors by; null: it states its own indicators, or has none.
[[nodiscard]] inline boost::json::value profile_json(const policy::Pack& pack) {
    if (!pack.profile) return nullptr;
    const policy::Profile& profile = *pack.profile;
    return boost::json::object{{"id", profile.id},
                               {"version", profile.version},
                               {"title", words(profile.title)},
                               {"standing", words(profile.standing)},
                               {"settles", words(profile.settles)},
                               {"clause", profile.cite.text()}};
}

// The office's own target in place of a term that the notice does not set; null: none is asked for.
[[nodiscard]] inline boost::json::value target_json(const policy::Pack& pack, const policy::Level* level) {
    if (level == nullptr || level->target < 0) return nullptr;
    const policy::Parameter& target = pack.law.parameters[static_cast<std::size_t>(level->target)];
    return boost::json::object{{"parameter", target.id},
                               {"title", words(target.title)},
                               {"set_by", words(target.set_by)},
                               {"is_set", !target.values.empty()}};
}

}  // namespace doudi::http
