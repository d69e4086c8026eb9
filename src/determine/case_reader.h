// SPDX-License-Identifier: Apache-2.0
// A case as docs/formats/case.md has it, JSON or YAML by one reader. Every fault comes with file, line and
// column, all at once; an unknown name with the nearest known one.
#pragma once
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "determine/records.h"
#include "policy/yaml_reader.h"

namespace doudi::determine {

inline constexpr std::size_t most_case_members = 1'000;  // semantics 28

// `shown` is the file's name in faults.
[[nodiscard]] std::expected<Case, std::vector<Error>> read_case(const std::string& text, std::string shown,
                                                                const policy::Law& law);

// A case whose places are known and whose values are not read yet: golden cases set single ones anew.
class CaseDraft {
  public:
    explicit CaseDraft(const policy::Law& law) : law_(&law) {}

    // The keys of a case; what stands wrong is reported at its place.
    void take(const policy::YamlValue& value);
    // "household.income_month", "members.0.birth_date", "members.2", "as_of": null takes it away. Members
    // keep their numbers until the case is read.
    void set(const policy::YamlEntry& entry);
    // Reads every value. `self` is where faults of the whole are reported. Empty after a fault.
    [[nodiscard]] std::optional<Case> read(const policy::YamlValue& self) const;

  private:
    using Kept = std::shared_ptr<const policy::YamlValue>;  // a YamlValue may be copied, never assigned
    using Values = std::map<std::string, Kept, std::less<>>;
    friend class CaseReading;

    void take_facts(const policy::YamlValue& value, Values& values, policy::Subject of);
    void take_parameters(const policy::YamlValue& value);
    void take_members(const policy::YamlValue& value);
    bool is_known_fact(const policy::YamlValue& at, const std::string& name, policy::Subject of) const;
    bool is_of_another(const policy::YamlValue& at, const std::string& name) const;
    bool is_known_parameter(const policy::YamlValue& at, const std::string& name) const;
    void set_member(const policy::YamlEntry& entry, std::string_view path);

    const policy::Law* law_;
    Values top_;  // case, region, as_of
    Values parameters_, household_, application_;
    std::vector<std::optional<Values>> members_;  // empty: taken away
    Kept members_at_;                             // null: not stated
    bool are_members_refused_ = false;            // they stand there, but not as members do
};

}  // namespace doudi::determine
