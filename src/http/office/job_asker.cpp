// SPDX-License-Identifier: Apache-2.0
#include "http/office/job_asker.h"

#include "access/accounts.h"

namespace doudi::http {

Result<access::Session> asker_now(const Services& services, Desk& desk, const jobs::Job& job,
                                  const std::string& from, const std::string& purpose) {
    access::Accounts accounts(desk.database, services.accounts);
    const access::Account account =
        TRY(accounts.find(access::UserId(static_cast<std::uint32_t>(job.asked_by))));
    if (!account.active)
        return fail(
            ErrorKind::conflict, "account_ended",
            {"发起人的账号已停用，未办的不再办理", "the account that asked was ended: the rest is not done"});
    access::Session session;
    session.user = account.id;
    session.user_name = account.name;
    session.roles = account.roles;
    session.unit = account.unit;
    session.department = account.department;
    session.from = from;
    session.why.purpose = purpose;
    return session;
}

}  // namespace doudi::http
