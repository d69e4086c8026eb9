// SPDX-License-Identifier: Apache-2.0
#include "http/register/means.h"

#include "access/authorisations.h"

namespace doudi::http {

Outcome<bool> papers_let_read_means(Call& call, const std::vector<registry::Member>& members) {
    for (const auto& member : members) {
        const auto may =
            access::require_authorisation(call.desk.database, member.id, access::whole_check, call.today());
        if (!may && may.error().code != "not_authorised") return std::unexpected(Failure(may.error()));
        if (!may) return false;
    }
    return true;
}

}  // namespace doudi::http
