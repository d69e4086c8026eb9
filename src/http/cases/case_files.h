// SPDX-License-Identifier: Apache-2.0
// What papers and files of cases are made with here: as far as a session sees a person, or as files keep
// them.
#pragma once
#include <string>

#include "archive/records.h"
#include "archive/setting.h"
#include "http/request/call.h"

namespace doudi::http {

// The desk must outlive it, here and below.
[[nodiscard]] archive::Setting setting_of_reader(Call& call, casework::Desk& desk);
[[nodiscard]] archive::Setting setting_of_file(Call& call, casework::Desk& desk);

// By which right a case is read and changed.
[[nodiscard]] Result<access::Thing> thing_of_case(const casework::Desk& desk, const casework::CaseHead& head);

// Whether the session sees whole what files keep whole of the household: its name and where it lives.
[[nodiscard]] bool sees_files_whole(const Call& call, const casework::CaseHead& head);

// A sealed file as the log of looks names it, with its hash: "case.file 17-1 sm3 …".
[[nodiscard]] std::string named_in_log(const archive::SealedFile& file);

// Of each day: closed cases that have no file of all their events get one. The first that cannot have one is
// told.
[[nodiscard]] Result<std::string> seal_closed_files(const Services& services);

}  // namespace doudi::http
