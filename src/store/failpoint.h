// SPDX-License-Identifier: Apache-2.0
// Numbered places where a test may kill the program: before every write, fsync, rename and commit of import
// and cycle. Off unless DOUDI_FAILPOINT is set:
//   "7"       ends the process (as a kill -9 would) when the seventh place is passed
//   "7:lose"  also takes back everything that was written and not yet synced, as a power cut would
//   "7:full"  from the seventh place on, every write is told that the disk is full
//   "count"   prints how many were passed to stderr at exit
#pragma once
#include <cstdint>
#include <string_view>

namespace doudi::store {

enum class FailpointKind { write, sync, rename, sync_folder, commit };
void failpoint(FailpointKind kind, const char* where);

// As if DOUDI_FAILPOINT had been set to this at the start; counting begins anew. For tests that fork;
// databases that are already open are not watched. Empty: off.
void set_failpoint(std::string_view setting);
// How many places were passed since then.
[[nodiscard]] std::uint64_t failpoints_passed();

}  // namespace doudi::store
