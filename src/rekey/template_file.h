// SPDX-License-Identifier: Apache-2.0
// The form of a platform that is filled in: which headings, and which fields of the register stand under
// them. rekey/*.yaml; a heading is data, so another platform is another file.
#pragma once
#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "rekey/compare.h"

namespace doudi::rekey {

struct TemplateColumn {
    std::string heading;
    std::string
        field;  // of registry/fields.h; "code": our number of the household; "head_number": of its head
};

struct Template {
    std::string id;
    Text title;
    std::vector<TemplateColumn> households, members;
    // The headings of its exports, where they are others than those of the register's datasets; a field may
    // have several. Empty: they are those.
    std::vector<TemplateColumn> exported_households, exported_members;
    std::map<std::pair<std::string, std::string>, std::string> words;  // field and our word → theirs

    [[nodiscard]] Words their_words() const;  // the other way round
    // As the platform writes it; what is not stated stands for itself.
    [[nodiscard]] std::string written(const std::string& field, const std::string& value) const;
    // The platform's heading of a field; the register's own name where its form has none.
    [[nodiscard]] std::string heading_of(bool of_household, const std::string& field) const;
};

[[nodiscard]] std::expected<Template, std::vector<Error>> load_template(const std::filesystem::path& file);

// A platform's form by its id: its file in the folder of forms. "province_unknown" names those that there
// are.
[[nodiscard]] Result<std::filesystem::path> template_named(const std::filesystem::path& folder,
                                                           const std::string& id);

}  // namespace doudi::rekey
