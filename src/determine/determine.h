// SPDX-License-Identifier: Apache-2.0
// One application tried against every category and benefit of a pack on the same facts (JN 2, CS 一(三), CQ
// 二十, GD 五, SX 三). Pure: the same case, law and stamp give the same answer, years later too.
#pragma once
#include <cstdint>
#include <string>

#include "determine/records.h"
#include "policy/pack.h"

namespace doudi::determine {

// The version of the meaning of conditions and of this engine; changes only when an answer could change.
inline constexpr const char* engine_version = "1";

// Where the law came from, for the replay key.
struct LawStamp {
    std::string pack, pack_version, pack_hash;
    std::string parameters_hash;  // of a file laid over the pack's parameters; empty: none
    std::string calendar_hash;
    std::uint64_t enactment = 0;  // the last thing that was put into force when the law was read; 0: nothing
};

// Of a policy as it was loaded; `figures_hash` is LawStamp's parameters_hash.
[[nodiscard]] LawStamp stamp_of(const policy::Policy& policy, std::string figures_hash,
                                std::uint64_t enactment);

// `law` and `told` must outlive the answer, which points into the law.
[[nodiscard]] Determination determine(const policy::Law& law, const Case& told, const LawStamp& stamp);

}  // namespace doudi::determine
