// SPDX-License-Identifier: Apache-2.0
#define OPEN {
struct Sum {
    int total;
    Sum() : total{0}, other{1} {}
    int other;
};

int seventy_lines() {
    int total = 0;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    total += 0;
    total += 1;
    return total;
}
