// SPDX-License-Identifier: Apache-2.0
// The half of the XLS reader that runs in a process of its own: libfreexl reads a stranger's binary file
// there, with limits on time, memory and files, and writes what it finds into a pipe. Whatever happens to it,
// happens to it alone.
//   'S' date_1904:u8 size:u32 name           a sheet begins
//   'R' row:u32 {column:u32 kind:u8 size:u32 text} xls_no_column   a row
//   'P' a password · 'F' code:i32 a failure of libfreexl · 'Z' the end
// Numbers are in the machine's own byte order: both ends are one program.
#pragma once
#include "intake/sheet.h"

namespace doudi::intake {

inline constexpr std::uint32_t xls_no_column = 0xFFFFFFFF;

[[noreturn]] void run_xls_child(const char* path, int pipe, const Limits& limits);

}  // namespace doudi::intake
