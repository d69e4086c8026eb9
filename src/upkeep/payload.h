// SPDX-License-Identifier: Apache-2.0
// What a case says of persons, as it lies in the store: JSON, one sealed record where the folder is sealed.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

struct Payload {
    std::string paper;
    std::string note;
    std::vector<Change> changes;
};

[[nodiscard]] std::string write_payload(const Payload& payload);
// Of what this program wrote; an error: it did not.
[[nodiscard]] Result<Payload> read_payload(std::string_view json);

// The record is bound to who proposed the case, and when: rows do not change places.
struct PayloadKey {
    std::int64_t user = 0;
    std::int64_t at = 0;
};
[[nodiscard]] Result<std::vector<std::byte>> seal_payload(const store::DataFolder& folder, PayloadKey key,
                                                          std::string_view json);
[[nodiscard]] Result<std::string> open_payload(const store::DataFolder& folder, PayloadKey key,
                                               std::span<const std::byte> sealed);

}  // namespace doudi::upkeep
