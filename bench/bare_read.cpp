// SPDX-License-Identifier: Apache-2.0
// The floor: every byte of the files into a small buffer, by two threads, and nothing else.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "bench/bench.h"

namespace doudi::bench {
namespace {

constexpr std::size_t piece = 256U << 10U;

struct Piece {
    int file = -1;
    off_t at = 0;
};

}  // namespace

Result<void> bare_read(const Job& job, Duties& duties) {
    std::vector<Piece> pieces;
    std::vector<int> files;
    std::uint64_t bytes = 0;
    std::vector<std::filesystem::path> paths = feed_paths(job);
    for (const auto& path : register_paths(job)) paths.push_back(path);
    for (const auto& path : paths) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0)
            return fail(ErrorKind::io, "cannot_open", {"打不开文件", "cannot open the file"},
                        path.filename().string());
        files.push_back(file);
        const auto size = static_cast<off_t>(std::filesystem::file_size(path));
        bytes += static_cast<std::uint64_t>(size);
        for (off_t at = 0; at < size; at += static_cast<off_t>(piece)) pieces.push_back({file, at});
    }
    duties.begin("read");
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    const auto work = [&] {
        // Page-aligned: with the source's and the target's offsets unequal the kernel's copy is several times
        // slower.
        void* buffer =
            ::mmap(nullptr, piece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (buffer == MAP_FAILED) {
            failed = true;
            return;
        }
        for (std::size_t i = next++; i < pieces.size(); i = next++)
            if (::pread(pieces[i].file, buffer, piece, pieces[i].at) < 0) failed = true;
        ::munmap(buffer, piece);
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < job.threads; ++i) others.emplace_back(work);
        work();
    }
    duties.end();
    for (const int file : files) ::close(file);
    if (failed) return fail(ErrorKind::io, "cannot_read", {"读文件出错", "a file could not be read"});
    duties.note("bytes", bytes);
    return {};
}

}  // namespace doudi::bench
