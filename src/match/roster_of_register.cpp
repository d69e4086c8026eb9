// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "match/roster.h"
#include "registry/repository.h"

namespace doudi::match {

Result<Roster> read_roster(store::DataFolder& store, PublishId publish) {
    RosterBuilder builder;
    TRY_VOID(registry::visit_members(store, publish, [&builder](const registry::MemberView& member) {
        builder.add(member.id, member.household,
                    RosterBuilder::keys_of(member.id_number, member.name, member.phone));
    }));
    return std::move(builder).build();
}

}  // namespace doudi::match
