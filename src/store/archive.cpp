// SPDX-License-Identifier: Apache-2.0
#include "store/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "store/durable_file.h"
#include "store/sha256.h"

namespace doudi::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view contents_name = "contents";
constexpr std::size_t piece = std::size_t{1} << 20U;
constexpr std::uint64_t longest_contents = std::uint64_t{1} << 30U;

std::string line_of(std::string_view name, std::uint64_t size, const std::string& sha256) {
    return fmt::format("{} {} {}\n", sha256, size, name);
}

// The last thing in the file: a frame that every reader of zstd skips, with the SHA-256 of all before it.
constexpr std::string_view seal_head("\x50\x2a\x4d\x18\x40\x00\x00\x00", 8);  // skippable, 64 bytes
constexpr std::size_t seal_size = seal_head.size() + 64;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

// --- writing
// --------------------------------------------------------------------------------------------------------

struct ArchiveWriter::State {
    fs::path target;
    std::optional<DurableFile> file;
    archive* handle = nullptr;
    std::optional<Error> failure;  // of the file, while libarchive writes to it
    std::string contents;
    Sha256 whole;  // of what is in the file so far
    bool finished = false;

    static la_ssize_t write(archive* /*handle*/, void* self, const void* data, std::size_t size) {
        auto& state = *static_cast<State*>(self);
        const std::span bytes(static_cast<const std::byte*>(data), size);
        auto done = state.file->append(bytes);
        state.whole.add(bytes);
        if (done) return static_cast<la_ssize_t>(size);
        state.failure = std::move(done).error();
        return -1;
    }

    [[nodiscard]] Result<void> check(la_ssize_t outcome) const {
        if (outcome >= ARCHIVE_OK) return {};
        if (failure) return std::unexpected(*failure);
        return system_error(archive_errno(handle), target);
    }

    [[nodiscard]] Result<void> begin(std::string_view name, std::uint64_t size) const {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  &archive_entry_free);
        archive_entry_set_pathname(entry.get(), std::string(name).c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0600);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        return check(archive_write_header(handle, entry.get()));
    }

    [[nodiscard]] Result<void> put(std::span<const std::byte> bytes) const {
        return check(archive_write_data(handle, bytes.data(), bytes.size()));
    }
};

ArchiveWriter::ArchiveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveWriter::ArchiveWriter(ArchiveWriter&&) noexcept = default;

ArchiveWriter::~ArchiveWriter() {
    if (state_ == nullptr) return;
    archive_write_free(state_->handle);
    if (!state_->finished && state_->file) (void)remove_file(state_->file->path());
}

Result<ArchiveWriter> ArchiveWriter::create(const fs::path& file) {
    auto state = std::make_unique<State>();
    state->target = file;
    std::error_code failure;
    if (fs::exists(file, failure)) {
        return fail(ErrorKind::conflict, "store_backup_exists",
                    {"备份文件已存在：请另取文件名", "the backup file is there already: name another"},
                    file.string());
    }
    const fs::path unfinished = file.string() + ".unfinished";
    TRY_VOID(remove_file(unfinished));
    state->file.emplace(TRY(DurableFile::create(unfinished)));
    state->handle = archive_write_new();
    ensure(state->handle != nullptr, "memory for an archive");
    TRY_VOID(state->check(archive_write_set_format_pax_restricted(state->handle)));
    TRY_VOID(state->check(archive_write_add_filter_zstd(state->handle)));
    // No padding behind the compressed bytes: its reader takes zeros for damage.
    TRY_VOID(state->check(archive_write_set_bytes_in_last_block(state->handle, 1)));
    TRY_VOID(state->check(archive_write_open(state->handle, state.get(), nullptr, &State::write, nullptr)));
    return ArchiveWriter(std::move(state));
}

Result<void> ArchiveWriter::add(std::string_view name, std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes_of(bytes));
    TRY_VOID(state_->begin(name, bytes.size()));
    TRY_VOID(state_->put(bytes_of(bytes)));
    state_->contents += line_of(name, bytes.size(), hash.hex());
    return {};
}

Result<void> ArchiveWriter::add_file(std::string_view name, const fs::path& file) {
    const auto source = TRY(open_source(file));
    TRY_VOID(state_->begin(name, source->size()));
    Sha256 hash;
    std::vector<std::byte> buffer(std::min<std::uint64_t>(piece, source->size()));
    for (std::uint64_t at = 0; at < source->size(); at += buffer.size()) {
        const auto part =
            std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), source->size() - at));
        TRY_VOID(source->read(at, part));
        hash.add(part);
        TRY_VOID(state_->put(part));
    }
    state_->contents += line_of(name, source->size(), hash.hex());
    return {};
}

Result<void> ArchiveWriter::finish() {
    const std::string contents = std::exchange(state_->contents, {});
    TRY_VOID(add(contents_name, contents));
    TRY_VOID(state_->check(archive_write_close(state_->handle)));
    TRY_VOID(state_->file->append(bytes_of(std::string(seal_head) + state_->whole.hex())));
    TRY_VOID(state_->file->sync());
    TRY_VOID(rename_file(state_->file->path(), state_->target));
    state_->finished = true;
    const fs::path folder = state_->target.parent_path();
    return sync_folder(folder.empty() ? "." : folder);
}

std::uint64_t ArchiveWriter::size() const {
    return state_->file->size();
}

// --- reading
// --------------------------------------------------------------------------------------------------------

struct ArchiveReader::State {
    fs::path file;
    archive* handle = nullptr;
    std::string contents;  // as they were read
    std::optional<Entry> entry;
    std::uint64_t left = 0;
    Sha256 hash;
};

ArchiveReader::ArchiveReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() {
    if (state_ != nullptr) archive_read_free(state_->handle);
}

std::unexpected<Error> ArchiveReader::damaged() const {
    return fail(ErrorKind::unreadable, "store_backup_damaged",
                {"备份文件不完整或已损坏：请使用另一份备份",
                 "the backup file is incomplete or damaged: use another backup"},
                state_->file.string());
}

namespace {

Result<bool> is_whole(const column::ByteSource& source) {
    if (source.size() < seal_size) return false;
    const std::uint64_t end = source.size() - seal_size;
    Sha256 hash;
    std::vector<std::byte> buffer(std::min<std::uint64_t>(piece, end));
    for (std::uint64_t at = 0; at < end; at += buffer.size()) {
        const auto part = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), end - at));
        TRY_VOID(source.read(at, part));
        hash.add(part);
    }
    std::string seal(seal_size, '\0');
    TRY_VOID(source.read(end, std::as_writable_bytes(std::span(seal.data(), seal.size()))));
    return seal == std::string(seal_head) + hash.hex();
}

}  // namespace

Result<ArchiveReader> ArchiveReader::open(const fs::path& file) {
    auto state = std::make_unique<State>();
    state->file = file;
    const auto source = TRY(open_source(file));  // says why it cannot be read
    state->handle = archive_read_new();
    ensure(state->handle != nullptr, "memory for an archive");
    archive_read_support_format_tar(state->handle);
    archive_read_support_filter_zstd(state->handle);
    ArchiveReader reader(std::move(state));
    if (!TRY(is_whole(*source))) return reader.damaged();
    if (archive_read_open_filename(reader.state_->handle, file.c_str(), piece) != ARCHIVE_OK)
        return reader.damaged();
    return reader;
}

Result<std::optional<ArchiveReader::Entry>> ArchiveReader::next() {
    State& state = *state_;
    if (state.entry) {
        std::array<std::byte, 4096> rest{};
        while (TRY(read(rest)) > 0) {
        }
        state.contents += line_of(state.entry->name, state.entry->size, state.hash.hex());
        state.entry.reset();
    }
    archive_entry* header = nullptr;
    if (archive_read_next_header(state.handle, &header) != ARCHIVE_OK) return damaged();
    const char* name = archive_entry_pathname(header);
    if (name == nullptr || archive_entry_filetype(header) != AE_IFREG || archive_entry_size(header) < 0) {
        return damaged();
    }
    state.entry = Entry{name, static_cast<std::uint64_t>(archive_entry_size(header))};
    state.left = state.entry->size;
    state.hash = Sha256();
    if (state.entry->name != contents_name) return state.entry;
    if (TRY(read_all(longest_contents)) != state.contents) return damaged();
    return std::optional<Entry>();
}

Result<std::size_t> ArchiveReader::read(std::span<std::byte> to) {
    const auto got = archive_read_data(state_->handle, to.data(), to.size());
    if (got < 0 || static_cast<std::uint64_t>(got) > state_->left) return damaged();
    if (got == 0 && state_->left > 0) return damaged();
    const auto size = static_cast<std::size_t>(got);
    state_->left -= size;
    state_->hash.add(to.first(size));
    return size;
}

Result<std::string> ArchiveReader::read_all(std::uint64_t most) {
    if (state_->entry->size > most) return damaged();
    std::string bytes(state_->entry->size, '\0');
    auto left = std::as_writable_bytes(std::span(bytes.data(), bytes.size()));
    while (!left.empty()) left = left.subspan(TRY(read(left)));
    return bytes;
}

}  // namespace doudi::store
