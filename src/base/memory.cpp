// SPDX-License-Identifier: Apache-2.0
#include "base/memory.h"

#include <cstdlib>  // says whether the library is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace doudi {

void give_back_large_blocks() {
#ifdef __GLIBC__
    constexpr int bytes = 256 << 10;
    // Asked for explicitly, the bound does not move.
    ::mallopt(M_MMAP_THRESHOLD, bytes);
#endif
}

}  // namespace doudi
