// SPDX-License-Identifier: Apache-2.0
#include "intake/bulk_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "intake/csv_rows.h"

namespace doudi::intake {
namespace {

constexpr std::size_t page = 4096;

std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
}

std::unexpected<Error> system_failure(const char* code, const char* zh, const char* en) {
    return fail(
        ErrorKind::io, code,
        {fmt::format("{}：{}", zh, std::strerror(errno)), fmt::format("{}: {}", en, std::strerror(errno))});
}

}  // namespace

std::unexpected<Error> odd_text() {
    return fail(ErrorKind::unreadable, "odd_text",
                {"文本须逐字读取", "the text must be read character by character"});
}

void ChunkBuffer::Free::operator()(char* memory) const {
    std::free(memory);
}

ChunkBuffer::ChunkBuffer(std::size_t chunk_bytes) : chunk_bytes_(whole_pages(chunk_bytes)) {
    reserve_front(page);
}

void ChunkBuffer::reserve_front(std::size_t front) {
    front = whole_pages(front);
    if (front <= front_) return;
    front_ = front;
    memory_.reset(static_cast<char*>(std::aligned_alloc(page, front_ + chunk_bytes_)));
    ensure(memory_ != nullptr, "out of memory");
    aligned_ = memory_.get() + front_;
}

BulkFile::BulkFile(int file, std::uint64_t bytes, Settings settings)
    : file_(file), bytes_(bytes), settings_(settings) {}
BulkFile::~BulkFile() {
    ::close(file_);
}

Result<std::unique_ptr<BulkFile>> BulkFile::open(const std::filesystem::path& path, Settings settings) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return system_failure("cannot_open", "文件打不开", "cannot open the file");
    struct stat info{};
    if (::fstat(file, &info) != 0) {
        ::close(file);
        return system_failure("cannot_open", "文件打不开", "cannot open the file");
    }
    ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::unique_ptr<BulkFile>(new BulkFile(file, static_cast<std::uint64_t>(info.st_size), settings));
}

std::uint64_t BulkFile::bytes_read() const {
    const std::lock_guard lock(mutex_);
    return offset_;
}

std::uint64_t BulkFile::chunks() const {
    const std::lock_guard lock(mutex_);
    return chunks_;
}

// Reads the next chunk_bytes at the page-aligned offset; fewer only at the end of the file.
Result<std::size_t> BulkFile::fill(ChunkBuffer& buffer) {
    std::size_t got = 0;
    while (got < buffer.chunk_bytes()) {
        const ssize_t n = ::pread(file_, buffer.aligned() + got, buffer.chunk_bytes() - got,
                                  static_cast<off_t>(offset_ + got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure("cannot_read", "读文件出错", "cannot read the file");
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    offset_ += got;
    return got;
}

Result<void> BulkFile::copy_original(std::string_view bytes) {
    if (settings_.original == nullptr || bytes.empty()) return {};
    return settings_.original->write(std::as_bytes(std::span(bytes)));
}

// Others may be waiting while one is told of a full disk: the original takes nothing more then.
Result<bool> BulkFile::next(ChunkBuffer& buffer, Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    if (failure_) return std::unexpected(*failure_);
    auto more = read_next(buffer, chunk);
    if (!more) failure_ = more.error();
    return more;
}

Result<bool> BulkFile::read_next(ChunkBuffer& buffer, Chunk& chunk) {
    for (;;) {
        buffer.reserve_front(unfinished_.size());
        const std::size_t got = TRY(fill(buffer));
        TRY_VOID(copy_original({buffer.aligned(), got}));
        char* begin = buffer.aligned() - unfinished_.size();
        std::memcpy(begin, unfinished_.data(), unfinished_.size());
        std::string_view text(begin, unfinished_.size() + got);
        const std::size_t skip = std::min<std::uint64_t>(settings_.skip_bytes, text.size());
        settings_.skip_bytes -= skip;
        text.remove_prefix(skip);
        const bool last = got < buffer.chunk_bytes();
        if (last && text.empty()) {
            unfinished_.clear();
            return false;
        }
        if (last && has_open_quote(text, settings_.separator)) {
            if (is_odd_text(text)) return odd_text();
            return fail(ErrorKind::unreadable, "open_quote",
                        {"有一处引号没有闭合，它后面的行读不出来",
                         "a quote is never closed: the rows behind it cannot be read"});
        }
        const std::size_t end = last ? text.size() : end_of_last_row(text, settings_.separator);
        if (text.size() - end > settings_.row_bytes_max) {
            if (is_odd_text(text.substr(end))) return odd_text();
            return fail(ErrorKind::limit, "row_too_long",
                        {fmt::format("有一行超过 {} MB，读不下去（引号没有成对，或不是表格）",
                                     settings_.row_bytes_max >> 20U),
                         fmt::format("a row is longer than {} MB (an unpaired quote, or no table)",
                                     settings_.row_bytes_max >> 20U)});
        }
        unfinished_.assign(text.substr(end));
        if (end == 0) continue;
        chunk.index = chunks_++;
        chunk.text = text.substr(0, end);
        return true;
    }
}

}  // namespace doudi::intake
