// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "match/repository.h"
#include "match/roster.h"
#include "registry/repository.h"

namespace doudi::match {

namespace {

Result<Roster> open_kept(const store::DataFolder& store, std::string_view name) {
    if (store.seal() == nullptr) return Roster::open(store.blob_path(store::Shelf::segments, name));
    const auto source = TRY(store.open_blob(store::Shelf::segments, name));
    return Roster::open(*source);
}

}  // namespace

Result<Roster> read_roster(store::DataFolder& store, PublishId publish, unsigned threads) {
    if (const auto kept = TRY(kept_roster(store.database(), publish))) {
        auto roster = open_kept(store, *kept);
        // What is damaged, gone or of another version of the program is made anew.
        if (roster) return std::move(*roster);
    }
    return Roster::build_from_keys(TRY(registry::read_member_keys(store, publish, threads)));
}

}  // namespace doudi::match
