// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <filesystem>
#include <utility>

#include "store/blob_writer_state.h"
#include "store/data_folder.h"

namespace doudi::store {

Result<void> BlobWriter::State::flush() {
    if (buffer.empty()) return {};
    TRY_VOID(file.append(buffer.content()));
    buffer.clear();
    return {};
}

// Full buffers are whole pages, so that every write begins at one. What is page-aligned already goes down as
// it lies.
Result<void> BlobWriter::State::put(std::span<const std::byte> bytes) {
    hash.add(bytes);
    const bool aligned = reinterpret_cast<std::uintptr_t>(bytes.data()) % PageBuffer::page == 0;
    if (aligned && buffer.empty() && bytes.size() >= PageBuffer::capacity) {
        const std::size_t pages = bytes.size() / PageBuffer::page * PageBuffer::page;
        TRY_VOID(file.append(bytes.first(pages)));
        bytes = bytes.subspan(pages);
    }
    while (!bytes.empty()) {
        bytes = bytes.subspan(buffer.take(bytes));
        if (buffer.full()) TRY_VOID(flush());
    }
    return {};
}

Result<std::string> BlobWriter::State::seal() {
    TRY_VOID(flush());
    TRY_VOID(file.sync());
    std::string name = hash.hex();
    const std::filesystem::path shelf = file.path().parent_path();
    const std::filesystem::path target = shelf / name;
    std::error_code unknown;
    if (std::filesystem::exists(target, unknown)) {
        TRY_VOID(remove_file(file.path()));
    } else {
        TRY_VOID(rename_file(file.path(), target));
    }
    // Also if it was there: a run that was killed between its rename and this line may have left it so.
    TRY_VOID(sync_folder(shelf));
    return name;
}

BlobWriter::BlobWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
BlobWriter::BlobWriter(BlobWriter&&) noexcept = default;

BlobWriter::~BlobWriter() {
    if (state_ != nullptr && !state_->sealed) (void)remove_file(state_->file.path());
}

Result<void> BlobWriter::write(std::span<const std::byte> bytes) {
    ensure(!state_->sealed && !state_->failed, "write to a blob that is sealed or broken");
    auto done = state_->put(bytes);
    state_->failed = !done;
    return done;
}

Result<std::string> BlobWriter::seal() {
    ensure(!state_->sealed && !state_->failed, "seal of a blob that is sealed or broken");
    auto name = state_->seal();
    state_->sealed = name.has_value();
    state_->failed = !name;
    return name;
}

}  // namespace doudi::store
