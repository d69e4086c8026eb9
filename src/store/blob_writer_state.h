// SPDX-License-Identifier: Apache-2.0
// The inside of a BlobWriter: shared by blob_writer.cpp and by DataFolder, which makes them.
#pragma once
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "store/data_folder.h"
#include "store/durable_file.h"
#include "store/sealed_stream.h"
#include "store/sha256.h"

namespace doudi::store {

// Page-aligned: where source and page cache lie at other residues, the kernel copies several times slower on
// some machines.
class PageBuffer {
  public:
    static constexpr std::size_t capacity = std::size_t{256} << 10;
    static constexpr std::size_t page = 4096;

    PageBuffer() : data_(static_cast<std::byte*>(::operator new(capacity, std::align_val_t{page}))) {}
    PageBuffer(const PageBuffer&) = delete;
    PageBuffer& operator=(const PageBuffer&) = delete;
    ~PageBuffer() { ::operator delete(data_, std::align_val_t{page}); }

    // Takes what fits, at most; returns how much that was.
    std::size_t take(std::span<const std::byte> bytes) {
        const std::size_t count = std::min(bytes.size(), capacity - size_);
        if (count > 0) std::memcpy(data_ + size_, bytes.data(), count);
        size_ += count;
        return count;
    }
    [[nodiscard]] std::span<std::byte> content() { return {data_, size_}; }
    [[nodiscard]] bool full() const { return size_ == capacity; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    void clear() { size_ = 0; }

  private:
    std::byte* data_;
    std::size_t size_ = 0;
};
static_assert(PageBuffer::capacity == stream_chunk_bytes);

struct BlobWriter::State {
    explicit State(DurableFile the_file) : file(std::move(the_file)) {}

    DurableFile file;                        // temporary, on the shelf where the blob will lie
    Sha256 hash;                             // of what names it
    PageBuffer buffer;                       // on their way to a large write
    std::shared_ptr<const FolderSeal> seal;  // null: the folder is plain
    std::optional<StreamSealer> stream;      // in a sealed folder, of what seals nothing itself
    bool failed = false;
    bool sealed = false;

    [[nodiscard]] Result<void> put(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> put_unhashed(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> put_stream(std::span<const std::byte> bytes);
    [[nodiscard]] Result<std::string> end();  // the name
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<std::string> finish();
};

}  // namespace doudi::store
