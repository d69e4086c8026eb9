// SPDX-License-Identifier: Apache-2.0
#include "http/office/kept_classes.h"

#include <iterator>

#include "archive/kept_rows.h"
#include "casework/returned/first_requests.h"
#include "exchange/retention.h"
#include "jobs/retention.h"
#include "match/retention.h"
#include "monitor/retention.h"
#include "registry/retention.h"
#include "upkeep/retention.h"

namespace doudi::http {

std::expected<access::RetentionTable, std::vector<Error>> load_retention(
    const std::filesystem::path& policy_root, const policy::Policy& policy) {
    std::vector<store::KeptClass> all = match::kept_classes(policy.catalogue);
    for (auto part : {registry::kept_classes(), monitor::kept_classes(), archive::kept_classes(),
                      jobs::kept_classes(), access::kept_classes(), exchange::kept_classes(),
                      upkeep::kept_classes(), casework::first_request_classes()}) {
        std::ranges::move(part, std::back_inserter(all));
    }
    return access::RetentionTable::load(policy_root / "access" / "retention.yaml", std::move(all));
}

}  // namespace doudi::http
