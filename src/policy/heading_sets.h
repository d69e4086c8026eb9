// SPDX-License-Identifier: Apache-2.0
// datasets/headings.yaml: the synonyms that offices use for one heading, said once. A dataset writes
// "男方{id_number}" and gets every one of them with the prefix.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/yaml_reader.h"

namespace doudi::policy {

class HeadingSets {
  public:
    [[nodiscard]] static HeadingSets read(const YamlValue& file);
    // The headings that a written one stands for, in the order of the set. An unknown set is a fault at
    // `place`.
    [[nodiscard]] std::vector<std::string> expand(const std::string& written, const YamlValue& place) const;

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> sets_;
};

}  // namespace doudi::policy
