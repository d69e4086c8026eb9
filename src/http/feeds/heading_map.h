// SPDX-License-Identifier: Apache-2.0
// What a person says of headings that no dataset knows: this column of this file is that field. It holds for
// one file and stands in the job that read it and with its arrival; datasets/*.yaml is never changed by it.
// What holds for files to come takes two people (kept_headings.h).
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "base/text.h"
#include "http/request/call.h"
#include "intake/recognise.h"
#include "policy/dataset.h"

namespace doudi::http {

// `headings` of a body as it goes into the job: {dataset, columns: [{heading, field}]}; null: nothing was
// said. Faults: more files than one, a dataset or field that is not there or is another department's, a
// heading or field twice, no column unless there may be none.
[[nodiscard]] boost::json::value heading_map_given(const Call& call, BodyFields& fields, std::size_t files,
                                                   bool may_be_none = false);

// A field by the heading that is usual for it; the field itself where none is, or it is not there.
[[nodiscard]] std::string_view field_title(const policy::Dataset& dataset, std::string_view field);
// A map as it is kept, and back; "" and null: nothing was said.
[[nodiscard]] std::string map_text(const boost::json::value& map);
[[nodiscard]] boost::json::value map_of(const std::string& text);

// The catalogue as it reads that file: the headings stand behind those that the dataset knows by itself.
void add_headings(policy::DatasetCatalogue& catalogue, const boost::json::value& map);
// A line for each, for the file's own record.
[[nodiscard]] std::vector<Text> headings_said(const boost::json::value& map,
                                              const policy::DatasetCatalogue& catalogue);

// A file's headings beside the fields of the nearest dataset. What looks like no heading (digits of a number,
// a long text) is not told: nothing of a person goes into a job's result.
[[nodiscard]] boost::json::object headings_json(const intake::Recognised& seen,
                                                const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::http
