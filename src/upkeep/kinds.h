// SPDX-License-Identifier: Apache-2.0
// The kinds of change of the register, as data (access/changes.yaml): what a case of each may do and must do,
// who proposes and who confirms it, which paper it needs, from when it may hold.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "base/result.h"
#include "base/text.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

// What a change does.
enum class Act : std::uint8_t {
    person_enter,
    person_leave,
    person_move,
    person_set,
    household_open,
    household_end,
    household_place,
    household_set,
};
[[nodiscard]] std::string_view name_of(Act act);
[[nodiscard]] constexpr std::uint32_t bit(Act act) {
    return 1U << static_cast<unsigned>(act);
}

enum class PaperRule : std::uint8_t { never, by_hand, always };

// An answer to a question, and the kinds of case one of which comes with it.
struct Answer {
    std::string id;
    Text title;
    std::vector<std::string> then;
};

struct Kind {
    std::string id;
    Text title;
    std::uint32_t may = 0;            // bits of acts
    std::vector<std::uint32_t> must;  // of each at least one bit
    std::vector<std::string> propose;
    std::vector<std::string> confirm;
    bool second_person = false;
    PaperRule paper = PaperRule::never;
    std::vector<std::string> fields;  // that are known of who enters
    bool from_month = false;          // from the first day of a month
    int ahead_days = 0;
    bool near_application = false;
    bool takes_back = false;             // undoes a case that holds
    std::vector<Answer> answers;         // not empty: a question, which is answered, not confirmed
    Subject about = Subject::household;  // of a question

    [[nodiscard]] bool is_question() const { return !answers.empty(); }
    [[nodiscard]] const Answer* answer(std::string_view id) const;
};

class ChangeRules {
  public:
    // Every fault of the file, in its order; a role that roles.yaml does not have is one.
    [[nodiscard]] static std::expected<ChangeRules, std::vector<Error>> load(
        const std::filesystem::path& file, const access::Roles& roles);
    [[nodiscard]] static std::expected<ChangeRules, std::vector<Error>> read(const std::string& yaml,
                                                                             std::string shown,
                                                                             const access::Roles& roles);

    [[nodiscard]] const Kind* find(std::string_view id) const;
    [[nodiscard]] std::span<const Kind> kinds() const { return kinds_; }
    // The one that takes back, and the question about a household, or a member, whom a file left out.
    [[nodiscard]] const Kind& counter() const;
    [[nodiscard]] const Kind& absent(Subject about) const;
    [[nodiscard]] int near_application_months() const { return near_months_; }
    // Whether one of the session's roles is among these; the command line itself always.
    [[nodiscard]] static bool is_one_of(const access::Session& session, std::span<const std::string> roles);
    [[nodiscard]] bool decides_imports(const access::Session& session) const {
        return is_one_of(session, deciders_);
    }

  private:
    friend class RulesReader;
    int near_months_ = 0;
    std::vector<std::string> deciders_;
    std::vector<Kind> kinds_;
};

}  // namespace doudi::upkeep
