// SPDX-License-Identifier: Apache-2.0
// What others see of a process (ps, /proc) holds its command line: a password in it is written over.
#pragma once

namespace doudi::cli {

// Writes over the passwords of database addresses among the arguments, once they have been read.
void hide_passwords(int count, char** arguments);

}  // namespace doudi::cli
