// SPDX-License-Identifier: Apache-2.0
// Purpose: names and places put together from syllables, and the ways in which offices write one name
// differently (domain.md §4.6, 5). Invariant: every form but `other` compares equal to the plain one by
// samples/README.md; nobody is meant.
#pragma once
#include <cstdint>
#include <string>

namespace doudi::synth {

enum class NameForm : std::uint8_t {
    plain,
    remark,  // 某某（户主）
    parted,  // a full-width space after the first character
    padded,  // a space before and after
    dotted,  // another middle dot, where the name has one
    other,   // somebody else's name: the row goes to review
};

// The name that a hash stands for; two hashes may share one.
void append_name(std::string& out, std::uint64_t hash, NameForm form);
[[nodiscard]] bool has_dot(std::uint64_t name_hash);
// As names are compared: without the dot.
[[nodiscard]] bool same_name(std::uint64_t left, std::uint64_t right);

inline constexpr const char* county_name = "龙泽县";
// Township `index` of the invented county; any index has a name.
[[nodiscard]] std::string town_name(std::uint32_t index);

}  // namespace doudi::synth
