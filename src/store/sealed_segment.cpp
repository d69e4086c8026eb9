// SPDX-License-Identifier: Apache-2.0
#include "store/sealed_segment.h"

#include <array>

#include "column/segment_format.h"
#include "store/sha256.h"

namespace doudi::store {

namespace {

class SegmentSource : public column::ByteSource {
  public:
    SegmentSource(std::shared_ptr<const column::ByteSource> file, std::shared_ptr<const FolderSeal> seal)
        : file_(std::move(file)), seal_(std::move(seal)) {}
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        return file_->read(offset, out);
    }
    [[nodiscard]] std::shared_ptr<const column::Sealing> sealing() const override { return seal_; }
    [[nodiscard]] std::string name() const override { return file_->name(); }

  private:
    std::shared_ptr<const column::ByteSource> file_;
    std::shared_ptr<const FolderSeal> seal_;
};

std::unexpected<Error> other_segment(const column::ByteSource& file) {
    return fail(
        ErrorKind::unreadable, "segment_name",
        {"段文件与它的名称不符：被改动，或换成了另一个",
         "the segment is not the one of its name: it was changed, or another one was put in its place"},
        file.name());
}

// What is no whole segment is left to its reader, who says what is wrong with it.
Result<void> check_name(const column::ByteSource& file, std::string_view name) {
    using namespace column;
    if (file.size() < segment_header_bytes + segment_trailer_bytes) return {};
    std::array<std::byte, segment_trailer_bytes> tail{};
    TRY_VOID(file.read(file.size() - tail.size(), tail));
    const auto trailer = parse_trailer(tail, file.size());
    if (!trailer) return {};
    Bytes ends(segment_header_bytes + trailer->footer_size);
    TRY_VOID(file.read(0, std::span(ends).first(segment_header_bytes)));
    TRY_VOID(file.read(trailer->footer_offset, std::span(ends).subspan(segment_header_bytes)));
    Sha256 hash;
    hash.add(ends);
    hash.add(tail);
    return hash.hex() == name ? Result<void>{} : other_segment(file);
}

}  // namespace

Result<std::shared_ptr<const column::ByteSource>> open_sealed_segment(
    std::shared_ptr<const column::ByteSource> file, std::shared_ptr<const FolderSeal> seal,
    std::string_view name) {
    TRY_VOID(check_name(*file, name));
    return std::make_shared<const SegmentSource>(std::move(file), std::move(seal));
}

}  // namespace doudi::store
