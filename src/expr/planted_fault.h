// SPDX-License-Identifier: Apache-2.0
// Inside the room: tests/planted compiles the kernels a second time with faults in them, one at a time, and
// demands that the property test finds each. In the program there are none and nothing is left of them.
#pragma once

namespace doudi::expr {

#ifdef DOUDI_PLANTED_FAULTS
extern int planted_fault;
#else
inline constexpr int planted_fault = 0;
#endif

}  // namespace doudi::expr
