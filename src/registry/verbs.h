// SPDX-License-Identifier: Apache-2.0
// The register's files become the register. Rows come from intake as plain values; a household's code and a
// member's number (or, without one, household and name) say who is who, so that ids never change. Rows that
// say nothing new stage nothing. Who is absent stays: leaving the register is a decision, not a missing line.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/text.h"
#include "registry/keys.h"
#include "registry/records.h"
#include "registry/repository.h"
#include "store/data_folder.h"

namespace doudi::registry {

enum class RegisterFile : std::uint8_t { households, members };

enum class RegisterFault : std::uint8_t {
    household_without_code,   // refused
    household_contradiction,  // the code came before with other data: the first stands, this row is refused
    member_without_name,      // refused
    member_of_nobody,         // no household of that code, in this load or before it: refused
    member_twice,     // the number (or, without one, household and name) came before with other data: refused
    household_ended,  // the household was merged or ended by a case: a file does not bring it back, refused
    member_left,      // the person with this number died or left by a case: refused
    number_unusable,  // not refused: kept without a number, no feed can find this person by number
};

struct RegisterFinding {
    RegisterFile file{};
    std::uint32_t row = 0;  // as HouseholdRow and MemberRow said
    RegisterFault fault{};
    std::string value;  // code as written, number masked
    std::uint32_t earlier_row =
        0;  // of a contradiction: the row that stands; 0: it stands from an earlier load
    [[nodiscard]] bool refused() const { return fault != RegisterFault::number_unusable; }
};
// `row` and `earlier` are what a person calls the two rows ("row 9"); the last only of one that differs from
// it.
[[nodiscard]] Text describe(const RegisterFinding& finding, const Text& row, const Text& earlier);
[[nodiscard]] const char* code_of(RegisterFault fault);

struct RegisterCounts {
    std::uint64_t rows = 0;
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;  // also a row that says again what an earlier row of the file said
    std::uint64_t refused = 0;
};

// Of a household that the files told of.
struct AbsentMember {
    PersonId person;
    HouseholdId household;
};

struct RegisterLoad {
    RegisterCounts households;
    RegisterCounts members;
    std::vector<RegisterFinding> findings;  // households first, each file in the order of its rows
    // Whom the files left out though they told of the place (the region of a household, the household of a
    // member): to be asked about, never to be taken off.
    std::vector<HouseholdId> absent_households;
    std::vector<AbsentMember> absent_members;
    [[nodiscard]] bool changes_anything() const {
        return households.added + households.changed + members.added + members.changed > 0;
    }
};

// Where what is new or other goes.
enum class Laying : std::uint8_t {
    apply,    // onto the register
    propose,  // beside it: a proposal of the same number as the publish id (proposals.h)
};

// Lays the rows of files over the register as of folder.current(), row by row: all households before the
// first member, each with a row number of its own, from 1. A value that a row leaves empty (address, phone,
// income …) keeps what the register has: an absent cell is no fact. What is new or other is staged on the
// way. Memory grows with the number of members, by some sixty bytes for each, not with what is said of them.
class RegisterLoader {
  public:
    [[nodiscard]] static Result<RegisterLoader> begin(store::DataFolder& folder, PublishId publish,
                                                      unsigned threads = 1, Laying laying = Laying::apply);
    RegisterLoader(RegisterLoader&&) noexcept;
    ~RegisterLoader();

    // Rows that come from now on are told by numbers so much higher: a file's base, so that a finding names
    // it.
    void number_rows_from(std::uint32_t base);
    // Errors are those of the store.
    [[nodiscard]] Result<void> add(const HouseholdRow& row, const HouseholdRowKeys& keys);
    [[nodiscard]] Result<void> add(const MemberRow& row, const MemberRowKeys& keys);
    [[nodiscard]] Result<void> add(const HouseholdRow& row) { return add(row, keys_of(row)); }
    [[nodiscard]] Result<void> add(const MemberRow& row) { return add(row, keys_of(row)); }
    // Of a member that will be added soon.
    void prefetch(const MemberRowKeys& keys) const;
    // Stages what is left to stage; nothing can be added any more.
    [[nodiscard]] Result<RegisterLoad> finish();
    // Instead of finish(): nothing of it was staged.
    [[nodiscard]] Result<void> withdraw();
    // After finish(): for the next load, which then need not read the rows (keys_image.h). Where nothing has
    // changed the one that is there serves on.
    [[nodiscard]] Result<void> keep_keys();
    // From these ids on what it lays is new: ids that nobody else is given, be it accepted or not.
    [[nodiscard]] NextIds first_new() const;
    // After finish(), once: the members as they are now, by PersonId.
    [[nodiscard]] std::vector<MemberKeys> take_members();

  private:
    struct State;
    explicit RegisterLoader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::registry
