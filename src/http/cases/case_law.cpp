// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_law.h"

namespace doudi::http {

std::shared_ptr<const policy::Pack> CaseLaw::of(store::Database& database, std::string_view pack,
                                                Date opened_on) {
    const std::pair<std::string, Date> key(pack, opened_on);
    const std::lock_guard lock(mutex_);
    auto found = by_day_.find(key);
    if (found == by_day_.end()) {
        auto law =
            ruledesk::law_in_force(database, program_, {.day = opened_on, .known = {}, .pack = key.first});
        if (!law) return nullptr;
        const std::string figures = law->figures_hash;
        auto fresh = std::make_shared<const policy::Policy>(std::move(law->policy));
        found = by_day_.emplace(key, shared_copy(std::move(fresh), figures)).first;
    }
    return {found->second, &found->second->pack};
}

CaseLaw::Held CaseLaw::shared_copy(Held fresh, const std::string& figures) {
    const std::pair<std::string, std::string> content(fresh->pack.content_hash, figures);
    return by_content_.emplace(content, std::move(fresh)).first->second;
}

void CaseLaw::changed() {
    const std::lock_guard lock(mutex_);
    by_day_.clear();
    by_content_.clear();
}

}  // namespace doudi::http
