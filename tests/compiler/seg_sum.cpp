// SPDX-License-Identifier: Apache-2.0
// Sums a column by segments, as a columnar engine does. g++ 12.2 takes seg_sum for pure at -O1 and above,
// deletes the call and prints "0 0 0", without a warning and unseen by sanitizers; "1000 7 6" is right. Hence
// -fno-ivopts in cmake/options.cmake.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>
struct In {
    std::vector<uint32_t> off;
    std::vector<int64_t> v;
    std::vector<uint8_t> s;
};
struct Out {
    int64_t v[64];
    uint8_t s[64];
};
void seg_sum(const In& in, uint32_t f, Out& out, int n) {
    for (int i = 0; i < n; i++) {
        int64_t sum = 0;
        uint8_t st = 0;
        for (uint32_t k = in.off[f + i]; k < in.off[f + i + 1]; k++) {
            int64_t r = (int64_t)((uint64_t)sum + (uint64_t)in.v[k]);
            uint8_t e = (((sum ^ r) & (in.v[k] ^ r)) < 0) ? 2 : 0;
            sum = r;
            st = std::max(std::max(st, in.s[k]), e);
        }
        out.v[i] = sum;
        out.s[i] = st;
    }
}
int main() {
    In in;
    in.off = {0, 4, 5, 8};
    in.v = {100, 200, 300, 400, 7, 1, 2, 3};
    in.s.assign(8, 0);
    Out out{};
    seg_sum(in, 0, out, 3);
    printf("%ld %ld %ld\n", out.v[0], out.v[1], out.v[2]);
}
