// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace doudi {

// Has blocks of a quarter megabyte and more taken from the system and given back one by one for as long as
// the program runs. By itself the allocator raises that bound to 32 MB as large blocks are freed, and what
// one step of a cycle has freed stays with the process beside what the next one needs. Once, at the start.
void give_back_large_blocks();

}  // namespace doudi
