// SPDX-License-Identifier: Apache-2.0
// Room for a column whose length is known only when the file has been read: addresses are reserved, memory
// comes with the first write, and threads fill parts of it that do not overlap.
#pragma once
#include <sys/mman.h>

#include <cstddef>

#include "base/result.h"

namespace doudi::bench {

template <class Item>
class LargeArray {
  public:
    explicit LargeArray(std::size_t most) : bytes_((most + 1) * sizeof(Item)) {
        void* memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ensure(memory != MAP_FAILED, "out of addresses");
        ::madvise(memory, bytes_, MADV_HUGEPAGE);
        items_ = static_cast<Item*>(memory);
    }
    ~LargeArray() { ::munmap(items_, bytes_); }
    LargeArray(const LargeArray&) = delete;
    LargeArray& operator=(const LargeArray&) = delete;

    [[nodiscard]] Item* data() { return items_; }
    [[nodiscard]] const Item* data() const { return items_; }
    [[nodiscard]] Item& operator[](std::size_t at) { return items_[at]; }
    [[nodiscard]] const Item& operator[](std::size_t at) const { return items_[at]; }

  private:
    std::size_t bytes_;
    Item* items_ = nullptr;
};

}  // namespace doudi::bench
