// SPDX-License-Identifier: Apache-2.0
#include "vault/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

#include "vault/digest.h"

namespace doudi::vault {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "doudi-keys 1";
constexpr std::size_t master_bytes = 32;
constexpr std::size_t most_bytes = std::size_t{1} << 16U;
constexpr mode_t private_file = 0600;
constexpr mode_t of_others = 0077;

std::unexpected<Error> refused(const fs::path& path, int error_number) {
    const std::string reason = std::generic_category().message(error_number);
    return fail(ErrorKind::io, "key_file_access",
                {fmt::format("无法读写密钥文件（{}）", reason),
                 fmt::format("cannot read or write the key file ({})", reason)},
                path.string());
}

std::unexpected<Error> damaged(const fs::path& path, std::size_t line) {
    const std::string where = line == 0 ? path.string() : fmt::format("{}:{}", path.string(), line);
    return fail(ErrorKind::unreadable, "key_file_damaged",
                {"密钥文件已损坏或不是密钥文件：请从保管的副本恢复",
                 "the key file is damaged or is none: restore it from the copy in safe keeping"},
                where);
}

// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

Result<void> write_all(int descriptor, std::span<const std::byte> bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return refused(path, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    }
    if (::fsync(descriptor) != 0) return refused(path, errno);
    return {};
}

Result<void> sync_folder_of(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0) return refused(folder, errno);
    return {};
}

Result<Secret> read_whole(const fs::path& path) {
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number() < 0 && errno == ENOENT) {
        return fail(ErrorKind::not_found, "key_file_missing",
                    {"没有这个密钥文件", "there is no such key file"}, path.string());
    }
    struct stat about{};
    if (descriptor.number() < 0 || ::fstat(descriptor.number(), &about) != 0) return refused(path, errno);
    if (!S_ISREG(about.st_mode) || about.st_size <= 0 || about.st_size > static_cast<off_t>(most_bytes))
        return damaged(path, 0);
    if ((about.st_mode & of_others) != 0) {
        return fail(ErrorKind::conflict, "key_file_open",
                    {"密钥文件可被他人读写，拒绝使用：请运行 chmod 600",
                     "others may read or write the key file, so it is not used: run chmod 600 on it"},
                    path.string());
    }
    Secret text(static_cast<std::size_t>(about.st_size));
    for (std::span<std::byte> rest = text.bytes(); !rest.empty();) {
        const ssize_t got = ::read(descriptor.number(), rest.data(), rest.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused(path, errno);
        if (got == 0) return damaged(path, 0);
        rest = rest.subspan(static_cast<std::size_t>(got));
    }
    return text;
}

// Words of a line, cut at blanks; the line's end is taken off `text`.
std::vector<std::string_view> next_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t blank = std::min(line.find(' '), line.size());
        if (blank > 0) words.push_back(line.substr(0, blank));
        line.remove_prefix(std::min(blank + 1, line.size()));
    }
    return words;
}

std::optional<MasterKey> read_master(std::span<const std::string_view> words) {
    if (words.size() != 5 || words[0] != "master") return std::nullopt;
    const auto day = Date::parse_iso(words[2]);
    auto bytes = bytes_of_hex(words[4]);
    const bool state = words[3] == "active" || words[3] == "retired";
    if (!day || !bytes || bytes->size() != master_bytes || !state) return std::nullopt;
    MasterKey key{std::string(words[1]), *day, words[3] == "active", Secret::copy_of(*bytes)};
    wipe(*bytes);
    return key;
}

void append(std::string& text, const MasterKey& master) {
    text += fmt::format("master {} {} {} ", master.id, master.created_on.iso(),
                        master.active ? "active" : "retired");
    std::string hex = hex_of(master.key.bytes());
    text += hex;
    text += '\n';
    wipe(std::as_writable_bytes(std::span(hex)));
}

}  // namespace

std::string ring_name(std::uint64_t ring) {
    return fmt::format("{:016x}", ring);
}

Secret KeyFile::text() const {
    std::string lines;
    lines.reserve(masters_.size() * 128 + 256);  // so that no outgrown copy is left behind
    lines += fmt::format("{}\nring {}\n", first_line, ring_name(ring_));
    for (const MasterKey& master : masters_) append(lines, master);
    lines += fmt::format("check {}\n", hex_of(sm3(bytes_of(lines))));
    Secret made = Secret::copy_of(bytes_of(lines));
    wipe(std::as_writable_bytes(std::span(lines)));
    return made;
}

// Whole or not at all: beside it first, then in its place.
Result<void> KeyFile::save() const {
    const fs::path temporary = path_.string() + fmt::format(".tmp-{}", ::getpid());
    const Secret lines = text();
    {
        const Descriptor descriptor(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, private_file));
        if (descriptor.number() < 0) return refused(temporary, errno);
        auto written = write_all(descriptor.number(), lines.bytes(), temporary);
        if (!written) {
            ::unlink(temporary.c_str());
            return written;
        }
    }
    if (::rename(temporary.c_str(), path_.c_str()) != 0) {
        const int error_number = errno;
        ::unlink(temporary.c_str());
        return refused(path_, error_number);
    }
    return sync_folder_of(path_);
}

Result<KeyFile> KeyFile::create(const fs::path& path, Date created_on) {
    std::error_code unknown;
    if (fs::exists(fs::symlink_status(path, unknown))) {
        return fail(ErrorKind::conflict, "key_file_there",
                    {"密钥文件已存在，不会覆盖", "the key file is there already and is not written over"},
                    path.string());
    }
    KeyFile file;
    file.path_ = path;
    std::array<std::byte, sizeof file.ring_> name{};
    fill_random(name);
    for (const std::byte byte : name) file.ring_ = file.ring_ << 8U | std::to_integer<std::uint64_t>(byte);
    file.masters_.push_back({"m1", created_on, true, Secret::random(master_bytes)});
    TRY_VOID(file.save());
    return file;
}

Result<KeyFile> KeyFile::open(const fs::path& path) {
    const Secret whole = TRY(read_whole(path));
    const std::string_view all(reinterpret_cast<const char*>(whole.bytes().data()), whole.bytes().size());
    std::string_view rest = all;
    const auto head = next_line(rest);
    if (head.size() != 2 || head[0] != "doudi-keys" || head[1] != "1") return damaged(path, 1);
    KeyFile file;
    file.path_ = path;
    const auto ring = next_line(rest);
    const auto name = ring.size() == 2 && ring[0] == "ring" ? bytes_of_hex(ring[1]) : std::nullopt;
    if (!name || name->size() != sizeof file.ring_) return damaged(path, 2);
    for (const std::byte byte : *name) file.ring_ = file.ring_ << 8U | std::to_integer<std::uint64_t>(byte);
    for (std::size_t line = 3;; ++line) {
        const auto words = next_line(rest);
        if (words.size() == 2 && words[0] == "check") {
            const auto stated = bytes_of_hex(words[1]);
            // Of the lines as this program writes them: blanks at a line's end do no harm.
            const Secret lines = file.masters_.empty() ? Secret() : file.text();
            const std::string_view own(reinterpret_cast<const char*>(lines.bytes().data()),
                                       lines.bytes().size());
            const bool whole_file =
                stated && !own.empty() && own.ends_with(fmt::format("check {}\n", words[1]));
            const auto active = std::ranges::count(file.masters_, true, &MasterKey::active);
            if (!whole_file || active != 1) return damaged(path, line);
            return file;
        }
        auto master = read_master(words);
        if (!master || file.find(master->id) != nullptr) return damaged(path, line);
        file.masters_.push_back(std::move(*master));
    }
}

const MasterKey& KeyFile::active() const {
    const auto found = std::ranges::find(masters_, true, &MasterKey::active);
    ensure(found != masters_.end(), "a ring has an active master key");
    return *found;
}

const MasterKey* KeyFile::find(std::string_view id) const {
    const auto found = std::ranges::find(masters_, id, &MasterKey::id);
    return found == masters_.end() ? nullptr : &*found;
}

Result<void> KeyFile::add_master(Date created_on) {
    unsigned last =
        0;  // numbers are never used again, also of those that were forgotten: the active one is the last
    for (MasterKey& master : masters_) {
        master.active = false;
        unsigned number = 0;
        std::from_chars(master.id.data() + 1, master.id.data() + master.id.size(), number);
        last = std::max(last, number);
    }
    masters_.push_back({fmt::format("m{}", last + 1), created_on, true, Secret::random(master_bytes)});
    return save();
}

Result<void> KeyFile::forget_master(std::string_view id) {
    const MasterKey* master = find(id);
    if (master == nullptr || master->active) {
        return fail(ErrorKind::usage, "master_key",
                    {fmt::format("密钥文件中没有停用的主密钥 {}", id),
                     fmt::format("the key file has no retired master key {}", id)},
                    path_.string());
    }
    std::erase_if(masters_, [&](const MasterKey& one) { return one.id == id; });
    return save();
}

}  // namespace doudi::vault
