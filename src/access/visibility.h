// SPDX-License-Identifier: Apache-2.0
// Who sees an event of a household's chain, as data (access/visibility.yaml): each kind of event has a class.
// What the file does not name is internal.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "access/session.h"
#include "base/date.h"
#include "base/result.h"
#include "base/text.h"

namespace doudi::access {

enum class Visibility : std::uint8_t {
    person,      // only the person it is about
    adults,      // that person and the adults of the household
    village,     // these and the village's worker
    department,  // no citizen, but the department that it was sent to
    internal,    // the offices of civil affairs alone, which see every class
};

// Kinds of readers, as the preview lists them.
enum class ReaderKind : std::uint8_t {
    person_self,
    adult_of_household,
    minor_of_household,
    village,
    department,
    internal,
    auditor,
    other_citizen,
};
inline constexpr int reader_kind_count = 8;

struct Reader {
    ReaderKind kind{};
    std::string department;  // of a department
};

// What an account or a machine is; a citizen is another one for each household, here one of none.
[[nodiscard]] ReaderKind reader_kind(const Session& session);
// The offices of civil affairs, which see every class of event, and their auditor.
[[nodiscard]] bool is_office(ReaderKind kind);

struct ChainEvent {
    std::string kind;              // "visit.done", "warning.score"
    std::string department;        // to which it was sent; empty: none
    bool about_protected = false;  // a protected person: where they live is withheld also from the household
    std::optional<Date> withheld_until;  // not seen outside the offices before that day
};

struct VisibilityRule {
    std::string kind;
    Visibility visibility = Visibility::internal;
    bool never_to_citizens = false;    // stated of scores, petition leads, integrity checks, investigations
    bool whereabouts = false;          // tells where someone lives
    bool names_department = false;     // the department it was sent to sees it too
    std::optional<FieldClass> field;   // the offices' own staff see it as they see this class of fields
    std::vector<std::string> told_by;  // datasets whose rows tell such an event
    Text title;
};

class VisibilityRules {
  public:
    [[nodiscard]] static std::expected<VisibilityRules, std::vector<Error>> load(
        const std::filesystem::path& file);
    [[nodiscard]] static std::expected<VisibilityRules, std::vector<Error>> read(const std::string& yaml,
                                                                                 std::string shown);

    [[nodiscard]] const VisibilityRule* find(std::string_view kind) const;
    // What a row of that dataset tells; empty: nothing that this file names, so it is internal.
    [[nodiscard]] std::string_view kind_told_by(std::string_view dataset) const;
    // Every dataset that is named, for holding them against the catalogue.
    [[nodiscard]] std::vector<std::string> datasets() const;
    [[nodiscard]] bool may_see(const Reader& reader, const ChainEvent& event, Date day) const;

    struct PreviewRow {
        std::string kind;
        Text title;
        bool seen[reader_kind_count] = {};
    };
    // What each kind of reader sees of each kind of event; a department is the one it was sent to.
    [[nodiscard]] std::vector<PreviewRow> preview(bool about_protected = false) const;

  private:
    std::map<std::string, VisibilityRule, std::less<>> rules_;
    std::map<std::string, std::string, std::less<>> told_;  // by dataset
};

[[nodiscard]] std::string_view name_of(ReaderKind kind);

}  // namespace doudi::access
