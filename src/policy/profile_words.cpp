// SPDX-License-Identifier: Apache-2.0
#include "policy/profile_words.h"

#include <fmt/format.h>

namespace doudi::policy {

Text profile_words(const Pack& pack) {
    const Profile& profile = *pack.profile;
    return {fmt::format("{}@{}（{}）不是文件的规定：{}。文件 {}：{}", profile.id, profile.version,
                        profile.title.zh, profile.standing.zh, profile.cite.text(), profile.settles.zh),
            fmt::format("{}@{} ({}) is not what the notice says: {}. The notice, {}: {}", profile.id,
                        profile.version, profile.title.en, profile.standing.en, profile.cite.text(),
                        profile.settles.en)};
}

Text target_words(const Pack& pack, const Level& level) {
    const Parameter& target = pack.law.parameters[static_cast<std::size_t>(level.target)];
    return {fmt::format("文件未规定天数，机关目标“{}”（{}）由{}设定", target.title.zh, target.id,
                        target.set_by.zh),
            fmt::format("the notice sets no days; the office's target '{}' ({}) is set by {}",
                        target.title.en, target.id, target.set_by.en)};
}

}  // namespace doudi::policy
