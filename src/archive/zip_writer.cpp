// SPDX-License-Identifier: Apache-2.0
#include "archive/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <string>

#include "store/durable_file.h"

namespace doudi::archive {

struct ZipWriter::State {
    std::filesystem::path file;
    ::archive* handle = nullptr;
    std::int64_t seconds = 0;

    [[nodiscard]] Result<void> check(la_ssize_t outcome) const {
        if (outcome >= ARCHIVE_OK) return {};
        return store::system_error(archive_errno(handle), file);
    }
};

ZipWriter::ZipWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter::~ZipWriter() {
    if (state_ != nullptr) archive_write_free(state_->handle);
}

Result<ZipWriter> ZipWriter::create(const std::filesystem::path& file, Instant at) {
    auto state = std::make_unique<State>();
    state->file = file;
    state->seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    state->handle = archive_write_new();
    ensure(state->handle != nullptr, "memory for a ZIP");
    TRY_VOID(state->check(archive_write_set_format_zip(state->handle)));
    TRY_VOID(state->check(archive_write_open_filename(state->handle, file.c_str())));
    return ZipWriter(std::move(state));
}

Result<void> ZipWriter::add(std::string_view name, std::string_view content) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              &archive_entry_free);
    archive_entry_set_pathname(entry.get(), std::string(name).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), state_->seconds, 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    TRY_VOID(state_->check(archive_write_header(state_->handle, entry.get())));
    return state_->check(archive_write_data(state_->handle, content.data(), content.size()));
}

Result<void> ZipWriter::finish() {
    return state_->check(archive_write_close(state_->handle));
}

}  // namespace doudi::archive
