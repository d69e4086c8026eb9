// SPDX-License-Identifier: Apache-2.0
#include "http/request/call.h"

namespace doudi::http {

Failure faulty_law(const std::vector<Error>& faults) {
    if (!faults.empty() && faults.front().kind == ErrorKind::not_found) return faults.front();
    Failure failure(500, "internal",
                    {"规则包有错误，请联系管理员", "the pack has faults: tell who runs the server"});
    if (!faults.empty()) failure.for_log = faults.front().message(Lang::en);
    return failure;
}

// Without a holder of its own: it lives as long as the office.
std::shared_ptr<const policy::Policy> LawNow::own() const {
    return {std::shared_ptr<const void>(), &own_};
}

Outcome<std::shared_ptr<const policy::Policy>> LawNow::get(store::Database& database, Date day) {
    constexpr std::chrono::seconds fresh{10};
    const std::lock_guard lock(mutex_);
    if (law_ && day_ == day && SteadyClock::now() - read_at_ <= fresh) return law_;
    auto law = TRY(of_run(database, day));
    law_ = std::move(law);
    day_ = day;
    read_at_ = SteadyClock::now();
    return law_;
}

Result<std::shared_ptr<const policy::Policy>> LawNow::of_run(store::Database& database, Date day) const {
    if (TRY(ruledesk::list_enactments(database)).empty()) return own();
    auto law = ruledesk::law_in_force(
        database, program_,
        {.day = day, .known = {}, .pack = {}, .purpose = ruledesk::LawAsked::Purpose::warnings});
    if (!law) return std::unexpected(law.error().front());
    return std::make_shared<const policy::Policy>(std::move(law->policy));
}

void LawNow::changed() {
    const std::lock_guard lock(mutex_);
    law_.reset();
}

}  // namespace doudi::http
