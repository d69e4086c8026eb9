// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/doubt_json.h"

#include "base/shown_name.h"

namespace doudi::http {

boost::json::object doubt_json(const monitor::DoubtRow& doubt) {
    return {{"indicator", doubt.indicator},
            {"date", doubt.date.iso()},
            {"outcome", doubt.outcome},
            {"reason", doubt.reason},
            {"grade", doubt.grade},
            {"dataset", doubt.dataset},
            {"file", shown_file_name(doubt.file_name)},
            {"row", doubt.row},
            {"clause", doubt.clause},
            {"relation", doubt.relation},
            {"identity_number", doubt.number_masked}};
}

}  // namespace doudi::http
