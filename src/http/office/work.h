// SPDX-License-Identifier: Apache-2.0
// The kinds of long work that the board does: import, cycle, closing, what if, upkeep of the register. The
// same verbs as the command line's; what they report becomes the job's result.
#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "access/audit.h"
#include "access/retention.h"
#include "http/office/desk.h"
#include "http/request/call.h"
#include "jobs/board.h"
#include "jobs/uploads.h"
#include "policy/pack.h"
#include "store/data_folder.h"
#include "upkeep/kinds.h"

namespace doudi::http {

struct WorkPlace {
    store::DataFolder& writer;  // of the publishing lane alone
    Desks& desks;
    const policy::Policy& policy;  // the program's own: what files are and how they are read
    const LawNow& law;             // what the office works by
    CaseLaw& case_law;
    std::filesystem::path temporary;
    unsigned threads = 1;
    const upkeep::ChangeRules* changes = nullptr;
    jobs::Uploads* uploads = nullptr;  // set before the board starts
    access::AuditLog& audit;
    const access::RetentionTable& retention;
    const Clock& clock;
    const Services* services = nullptr;  // set before the board starts
};

// The place must outlive the board.
[[nodiscard]] std::vector<jobs::Kind> all_kinds(WorkPlace& place);

// The day of which a job is asked.
[[nodiscard]] AsOf day_of_job(const jobs::Job& job);

}  // namespace doudi::http
