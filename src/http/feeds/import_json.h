// SPDX-License-Identifier: Apache-2.0
// What an import and a new reading of a kept original say of a file, and by which law both read it.
#pragma once
#include <boost/json.hpp>
#include <memory>

#include "http/office/work.h"
#include "match/import.h"

namespace doudi::http {

// `form_only`: its sender may not know whom of its rows the register knows, however few they are.
[[nodiscard]] boost::json::object file_json(const match::FileReport& file, bool form_only);
// The law by which the office works on the day of the run.
[[nodiscard]] Result<std::shared_ptr<const policy::Policy>> law_of(WorkPlace& place, AsOf as_of);
// The unit of whoever asked for the job; 0: none.
[[nodiscard]] std::uint32_t unit_of(const jobs::Job& job);

}  // namespace doudi::http
