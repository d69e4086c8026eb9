// SPDX-License-Identifier: Apache-2.0
// One thing done to many, as long work: the same step of many cases, a case for each of many households, a
// reminder of each of many cases, a word on each of many rows of a workbook that came back. Every one of them
// goes the way of a request of its own (its right, its handler, its look in the log) and has an answer of its
// own, which is kept with the job. Nothing is undone where it stops: what is made stays made, and the rest is
// told as not tried.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "http/office/work.h"
#include "http/request/call.h"

namespace doudi::http {

inline constexpr std::string_view batch_name = "batch";

// What is done, to whom. Kept with the job, sealed where the folder is: fields of a form may be anyone's.
struct Batch {
    std::string what;                   // move | open | remind | approve
    std::vector<std::string> subjects;  // cases of a move and of a reminder, households of an opening,
                                        // numbers of rows of an approval
    boost::json::object told;           // what each request says but its subject and its key
    // Ours. Each subject is done once under it, however often the job, or another for the rest of it, runs.
    std::string key;
    std::string from;  // the address that asked
    std::string purpose;
};

// The answer of one of them.
struct BatchRow {
    std::string subject;
    std::string household;  // its code; empty: of none, or out of reach
    std::string of;         // the case; empty: none was opened
    // made | already_there | kept_late | refused | not_there | failed (the server could not) | not_tried
    std::string outcome = "not_tried";
    Text reason = {};
};

// As parameters of a job, and back; `asker`: whose job it is, see Call::asker().
[[nodiscard]] Result<std::string> batch_parameters(const Services& services, const Desk& desk,
                                                   jobs::UserNumber asker, const Batch& batch);
[[nodiscard]] Result<Batch> batch_of(const Services& services, const jobs::Job& job);

// "household" and "case" are null where there is none, "reason" where nothing stands in the way.
[[nodiscard]] boost::json::object batch_row_json(const BatchRow& row);

// The place must outlive the board; its services are there before the board starts.
[[nodiscard]] jobs::Kind batch_kind(WorkPlace& place);

}  // namespace doudi::http
