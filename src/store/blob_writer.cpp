// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <filesystem>
#include <utility>

#include "store/blob_writer_state.h"
#include "store/data_folder.h"

namespace doudi::store {

namespace {

// A segment's header page says its cipher here (docs/formats/segment.md).
bool says_that_it_is_sealed(std::span<const std::byte> first_bytes) {
    constexpr std::size_t cipher_at = 12;
    return first_bytes.size() > cipher_at && first_bytes[cipher_at] != std::byte{0};
}

}  // namespace

Result<void> BlobWriter::State::flush() {
    if (buffer.empty()) return {};
    if (stream) stream->seal_chunk(buffer.content());
    TRY_VOID(file.append(buffer.content()));
    buffer.clear();
    return {};
}

// Full buffers are whole pages, so that every write begins at one. What is page-aligned already goes down as
// it lies.
Result<void> BlobWriter::State::put(std::span<const std::byte> bytes) {
    if (stream) return put_stream(bytes);
    // Nothing plain comes into a sealed folder, whatever its writer forgot.
    const bool begins = file.size() == 0 && buffer.empty();
    ensure(seal == nullptr || !begins || says_that_it_is_sealed(bytes),
           "a sealed segment in a sealed folder");
    hash.add(bytes);
    return put_unhashed(bytes);
}

Result<void> BlobWriter::State::put_stream(std::span<const std::byte> bytes) {
    if (file.size() == 0) TRY_VOID(file.append(stream->header()));
    stream->add_to_name(bytes);
    while (!bytes.empty()) {
        bytes = bytes.subspan(buffer.take(bytes));
        if (buffer.full()) TRY_VOID(flush());
    }
    return {};
}

Result<void> BlobWriter::State::put_unhashed(std::span<const std::byte> bytes) {
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

Result<std::string> BlobWriter::State::end() {
    if (!stream) {
        TRY_VOID(flush());
        return hash.hex();
    }
    TRY_VOID(put_stream({}));  // the header, if nothing was written
    TRY_VOID(flush());
    StreamSealer::End last = stream->finish();
    TRY_VOID(file.append(last.bytes));
    return std::move(last.name);
}

Result<std::string> BlobWriter::State::finish() {
    std::string name = TRY(end());
    TRY_VOID(file.sync());
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

// The seal of a block stands in the footer, which is hashed.
Result<void> BlobWriter::write_sealed(std::span<const std::byte> bytes) {
    ensure(!state_->sealed && !state_->failed && state_->seal != nullptr && !state_->stream,
           "a sealed block for a segment in a sealed folder");
    auto done = state_->put_unhashed(bytes);
    state_->failed = !done;
    return done;
}

std::shared_ptr<const column::Sealing> BlobWriter::sealing() const {
    return state_->stream ? nullptr : state_->seal;
}

Result<std::string> BlobWriter::seal() {
    ensure(!state_->sealed && !state_->failed, "seal of a blob that is sealed or broken");
    auto name = state_->finish();
    state_->sealed = name.has_value();
    state_->failed = !name;
    return name;
}

}  // namespace doudi::store
