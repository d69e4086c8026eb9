// SPDX-License-Identifier: Apache-2.0
#include "vault/harden.h"

#include <sys/resource.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

// The sanitizer that looks for leaks traces its own process at the end, which such a process may not.
#if defined(__SANITIZE_ADDRESS__)
#define DOUDI_LEAKS_ARE_LOOKED_FOR
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOUDI_LEAKS_ARE_LOOKED_FOR
#endif
#endif

namespace doudi::vault {

// All best effort: a system that refuses one of them is not left without the others.
void harden_process() {
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(DOUDI_LEAKS_ARE_LOOKED_FOR)
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    (void)::umask(077);
}

}  // namespace doudi::vault
