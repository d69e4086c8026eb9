// SPDX-License-Identifier: Apache-2.0
// The register in the store: read whole, staged in bulk. The only place with SQL about households and
// members.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "registry/records.h"
#include "registry/register_index.h"
#include "store/data_folder.h"

namespace doudi::registry {

// As of a publish id: the newest row of each id that is not above it. Households by id, members by household
// and id.
[[nodiscard]] Result<Register> read_register(store::DataFolder& folder, PublishId publish);

// The same by keys alone, read by several threads through connections of their own; a tenth of the memory.
[[nodiscard]] Result<RegisterIndex> read_index(store::DataFolder& folder, PublishId publish,
                                               unsigned threads);
// The same from the file that an earlier load kept, if it is of exactly the rows that are there.
[[nodiscard]] Result<std::optional<RegisterIndex>> read_kept_index(store::DataFolder& folder);
// Keeps it with a publication, in the place of the one before.
[[nodiscard]] Result<void> keep_index(store::DataFolder& folder, PublishId publish,
                                      const RegisterIndex& index);
// Its members alone, by PersonId; for who needs no more (a roster).
[[nodiscard]] Result<std::vector<MemberKeys>> read_member_keys(store::DataFolder& folder, PublishId publish,
                                                               unsigned threads);

// Of rows that were published after one id and up to another, the last of each member, by id.
[[nodiscard]] Result<std::vector<std::pair<PersonId, MemberKeys>>> read_changed_members(
    store::DataFolder& folder, PublishId after, PublishId until);

// One of them whole, as of a publish id; it must be there.
[[nodiscard]] Result<Household> read_household(store::DataFolder& folder, PublishId publish, HouseholdId id);
// These, in this order; each must be there.
[[nodiscard]] Result<std::vector<Household>> read_households(store::DataFolder& folder, PublishId publish,
                                                             std::span<const HouseholdId> ids);
[[nodiscard]] Result<Member> read_member(store::DataFolder& folder, PublishId publish, PersonId id);

// The household of this code, be it one that ended; 0: there is none.
[[nodiscard]] Result<HouseholdId> find_by_code(store::DataFolder& folder, PublishId publish,
                                               std::string_view code);
// Those that stood as of a publish id and were kept as one of these categories (as the register has the
// word), by id.
[[nodiscard]] Result<std::vector<HouseholdId>> households_kept_as(store::DataFolder& folder,
                                                                  PublishId publish,
                                                                  std::span<const std::string> categories);
// Whether anyone is on the register: a file that comes then is a proposal.
[[nodiscard]] Result<bool> register_stands(store::DataFolder& folder, PublishId publish);

// Who has this number as of a publish id, be it one who left; 0: nobody.
[[nodiscard]] Result<PersonId> find_by_number(store::DataFolder& folder, PublishId publish, IdNumber number);
// By id.
[[nodiscard]] Result<std::vector<Member>> members_of(store::DataFolder& folder, PublishId publish,
                                                     HouseholdId household);

// What the register said of one subject from publication to publication, the oldest first: the rows of the
// store, each with the day from which it holds.
template <class Row>
struct Said {
    PublishId publish;
    Date from;
    Row row;
};
[[nodiscard]] Result<std::vector<Said<Household>>> said_of(store::DataFolder& folder, PublishId publish,
                                                           HouseholdId household);
[[nodiscard]] Result<std::vector<Said<Member>>> said_of(store::DataFolder& folder, PublishId publish,
                                                        PersonId person);
// Who ever was in this household, by id.
[[nodiscard]] Result<std::vector<PersonId>> ever_in(store::DataFolder& folder, PublishId publish,
                                                    HouseholdId household);

// Who was in it once and is not now, by id.
[[nodiscard]] Result<std::vector<PersonId>> once_in(store::DataFolder& folder, PublishId publish,
                                                    HouseholdId household);

// The ids that the next new ones get, above everything that is staged or that a proposal has.
struct NextIds {
    HouseholdId household;
    PersonId person;
};
[[nodiscard]] Result<NextIds> next_ids(store::Database& database);

// The region of each as of a publish id, in the order of the ids, which ascend.
[[nodiscard]] Result<std::vector<std::string>> regions_of(store::DataFolder& folder, PublishId publish,
                                                          std::span<const HouseholdId> households);

// Rows that are new or that supersede earlier ones of the same id, under a publish id that begin_publish()
// gave.
[[nodiscard]] Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                                            std::span<const Household> households);
[[nodiscard]] Result<void> stage_members(store::DataFolder& folder, PublishId publish,
                                         std::span<const Member> members);
// Takes back all that was staged under it, proposed rows too.
[[nodiscard]] Result<void> unstage(store::DataFolder& folder, PublishId publish);

}  // namespace doudi::registry
