// SPDX-License-Identifier: Apache-2.0
#include "http/call.h"

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

bool LawNow::Kept::is_fresh(Date asked) const {
    constexpr std::chrono::seconds fresh{10};
    return law && day == asked && SteadyClock::now() - read_at <= fresh;
}

Outcome<std::shared_ptr<const policy::Policy>> LawNow::get(store::Database& database, Date day) {
    const std::lock_guard lock(mutex_);
    if (warnings_.is_fresh(day)) return warnings_.law;
    auto law = TRY(of_run(database, day));
    warnings_ = {law, day, SteadyClock::now()};
    return law;
}

Outcome<std::shared_ptr<const policy::Policy>> LawNow::of_questions(store::Database& database, Date day) {
    const std::lock_guard lock(mutex_);
    if (questions_.is_fresh(day)) return questions_.law;
    std::shared_ptr<const policy::Policy> law = own();
    if (!TRY(ruledesk::list_enactments(database)).empty()) {
        auto in_force = ruledesk::law_in_force(database, program_, {.day = day, .known = {}, .pack = {}});
        if (!in_force) return std::unexpected(faulty_law(in_force.error()));
        law = std::make_shared<const policy::Policy>(std::move(in_force->policy));
    }
    questions_ = {law, day, SteadyClock::now()};
    return law;
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
    warnings_ = {};
    questions_ = {};
}

}  // namespace doudi::http
