// SPDX-License-Identifier: Apache-2.0
// What goes into the file of a case, part by part in its order: papers, attachments, events, and the
// catalogue of them.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/papers.h"
#include "archive/records.h"

namespace doudi::archive {

struct Part {
    Item item;
    std::string content;  // of what is made for the file; empty: it lies with the case already
};
struct Parts {
    std::vector<Part> all;  // the catalogue first
    std::vector<LeftOut> left_out;
    std::size_t pages = 0;
};
[[nodiscard]] Result<Parts> parts_of(const Setting& setting, Press& press, const casework::CaseView& view,
                                     int file_number);

// What the catalogue of a file says of its parts, itself left out.
[[nodiscard]] Result<print::Fields> catalogue_fields(const Setting& setting, const Press::Plates& plates,
                                                     const casework::CaseView& view, const Parts& parts,
                                                     int file_number);

// The first so many events of a case as JSON, the same bytes for the same events: ids and words as they are
// kept.
[[nodiscard]] std::string events_text(const casework::CaseView& view, int events);

struct Hashes {
    std::string sha256, sm3;  // hex
};
[[nodiscard]] Hashes hashes_of(std::string_view content);

}  // namespace doudi::archive
