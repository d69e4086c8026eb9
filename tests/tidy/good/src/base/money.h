// SPDX-License-Identifier: Apache-2.0
// "red" in a comment, 红色预警, todos. using namespace std; in a comment is no opening.
#pragma once
#include <string>

namespace doudi {
struct Money {
    long fen = 0;
    double ratio = 0.5;
};
}  // namespace doudi
