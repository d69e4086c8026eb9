// SPDX-License-Identifier: Apache-2.0
#include "intake/xls_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <string>

#include "intake/row_buffer.h"
#include "intake/xls_child.h"

namespace doudi::intake {
namespace {

using Clock = std::chrono::steady_clock;

[[nodiscard]] std::unexpected<Error> damaged() {
    return fail(ErrorKind::unreadable, "damaged_xls",
                {"xls文件已损坏，无法读取，请另存为xlsx后重新报送",
                 "the xls file is damaged: save it as xlsx and send it again"});
}

// The child, killed and waited for whatever way this ends.
class Child {
  public:
    Child(pid_t pid, int pipe) : pid_(pid), pipe_(pipe) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        close(pipe_);
        kill(pid_, SIGKILL);
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    [[nodiscard]] int pipe() const { return pipe_; }

  private:
    pid_t pid_;
    int pipe_;
};

// What the child writes, with a deadline. Sizes are its words and are held to the limits.
class PipeReader {
  public:
    PipeReader(int pipe, const Limits& limits)
        : pipe_(pipe), deadline_(Clock::now() + std::chrono::seconds(limits.child_seconds)) {}

    template <class Number>
    [[nodiscard]] Result<Number> number() {
        TRY_VOID(need(sizeof(Number)));
        Number value;
        std::memcpy(&value, bytes_.data() + at_, sizeof value);
        at_ += sizeof value;
        return value;
    }
    // Good until the next call.
    [[nodiscard]] Result<std::string_view> text(std::uint64_t most) {
        const auto size = TRY(number<std::uint32_t>());
        if (size > most) return damaged();
        TRY_VOID(need(size));
        at_ += size;
        return std::string_view(bytes_).substr(at_ - size, size);
    }

  private:
    [[nodiscard]] Result<void> need(std::size_t size) {
        if (bytes_.size() - at_ >= size) return {};
        bytes_.erase(0, at_);
        at_ = 0;
        while (bytes_.size() < size) TRY_VOID(read_more());
        return {};
    }
    [[nodiscard]] Result<void> read_more() {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
        pollfd poll_this{pipe_, POLLIN, 0};
        if (left <= 0 || poll(&poll_this, 1, static_cast<int>(left)) == 0) {
            return fail(ErrorKind::limit, "xls_timeout",
                        {"读取xls文件超时，请另存为xlsx后重新报送",
                         "reading the xls file took too long: save it as xlsx"});
        }
        char piece[65536];
        const ssize_t size = read(pipe_, piece, sizeof piece);
        if (size < 0 && errno == EINTR) return {};
        if (size <= 0) return damaged();  // the child died without a word
        bytes_.append(piece, static_cast<std::size_t>(size));
        return {};
    }

    int pipe_;
    Clock::time_point deadline_;
    std::string bytes_;
    std::size_t at_ = 0;
};

class Receiver {
  public:
    Receiver(int pipe, const Limits& limits, SheetSink& sink)
        : limits_(limits), reader_(pipe, limits), sink_(sink), buffer_(limits), cells_left_(limits.cells) {}

    [[nodiscard]] Result<void> run() {
        while (true) {
            switch (TRY(reader_.number<char>())) {
                case 'S':
                    TRY_VOID(take_sheet());
                    break;
                case 'R':
                    TRY_VOID(take_row());
                    break;
                case 'P':
                    return fail(ErrorKind::unreadable, "password",
                                {"工作簿设有密码，请去除密码后重新报送",
                                 "the workbook has a password: send it again without one"});
                case 'Z':
                    return in_sheet_ ? sink_.end_sheet() : Result<void>{};
                default:  // 'F' among them: libfreexl's code says nothing to an office
                    return damaged();
            }
        }
    }

  private:
    [[nodiscard]] Result<void> take_sheet() {
        if (in_sheet_) TRY_VOID(sink_.end_sheet());
        in_sheet_ = true;
        const bool date_1904 = TRY(reader_.number<char>()) != 0;
        const std::string name(TRY(reader_.text(limits_.cell_bytes)));
        return sink_.begin_sheet({name, false, date_1904, false});
    }
    [[nodiscard]] Result<void> take_row() {
        if (!in_sheet_) return damaged();
        buffer_.begin(TRY(reader_.number<std::uint32_t>()));
        while (true) {
            const auto column = TRY(reader_.number<std::uint32_t>());
            if (column == xls_no_column) break;
            const auto kind = static_cast<CellKind>(TRY(reader_.number<std::uint8_t>()));
            if (kind > CellKind::error) return damaged();
            const auto text = TRY(reader_.text(limits_.cell_bytes));
            TRY_VOID(buffer_.put(column, text, kind));
        }
        MergedRanges none;
        return buffer_.end(none, sink_, cells_left_);
    }

    const Limits& limits_;
    PipeReader reader_;
    SheetSink& sink_;
    RowBuffer buffer_;
    std::uint64_t cells_left_;
    bool in_sheet_ = false;
};

}  // namespace

Result<void> read_xls(const std::filesystem::path& path, const Limits& limits, SheetSink& sink) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure) return fail(ErrorKind::io, "cannot_read", {"无法读取文件", "the file cannot be read"});
    if (size > limits.old_file_bytes) {
        return fail(ErrorKind::limit, "file_too_large", {"xls文件过大", "the xls file is too large"});
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorKind::io, "no_pipe", {"无法建立管道", "no pipe could be made"});
    const pid_t pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return fail(ErrorKind::io, "no_process", {"无法启动读取进程", "no process could be started"});
    }
    if (pid == 0) {
        close(ends[0]);
        run_xls_child(path.c_str(), ends[1], limits);
    }
    close(ends[1]);
    const Child child(pid, ends[0]);
    return Receiver(child.pipe(), limits, sink).run();
}

}  // namespace doudi::intake
