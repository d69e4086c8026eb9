// SPDX-License-Identifier: Apache-2.0
#include "intake/decode.h"

#include <algorithm>
#include <fstream>
#include <vector>

#include "base/utf8.h"
#include "intake/gb18030.h"
#include "intake/text_judge.h"

namespace doudi::intake {
namespace {

constexpr std::size_t piece_bytes = 256U << 10U;
constexpr std::size_t longest_mixed_line = 17U
                                           << 20U;  // beyond a row's limit: whoever reads rows will refuse it

[[nodiscard]] std::unexpected<Error> unreadable(const std::filesystem::path& path) {
    return fail(ErrorKind::io, "cannot_read", {"无法读取文件", "the file cannot be read"},
                path.filename().string());
}

// UTF-16 without a mark: ASCII (separators, digits) has a zero byte beside it, always on the same side.
[[nodiscard]] bool looks_like_utf16(std::string_view head, bool little) {
    std::size_t zeros_here = 0;
    std::size_t zeros_there = 0;
    for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
        zeros_here += head[i + (little ? 1 : 0)] == 0 ? 1U : 0U;
        zeros_there += head[i + (little ? 0 : 1)] == 0 ? 1U : 0U;
    }
    return head.size() >= 8 && zeros_there == 0 && zeros_here * 20 >= head.size() / 2;
}

// What the first bytes settle.
enum class Mark { none, utf8, utf16le, utf16be };
[[nodiscard]] Mark mark_of(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) return Mark::utf8;
    if (head.starts_with("\xFF\xFE") || looks_like_utf16(head, true)) return Mark::utf16le;
    if (head.starts_with("\xFE\xFF") || looks_like_utf16(head, false)) return Mark::utf16be;
    return Mark::none;
}

class Detector {
  public:
    void feed(std::string_view bytes) {
        if (first_) {
            mark_ = mark_of(bytes.substr(0, 4096));
            first_ = false;
        }
        utf8_.feed(bytes);
        gb18030_.feed(bytes);
        bytes_ += bytes.size();
        zeros_ += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\0'));
        controls_ += static_cast<std::uint64_t>(std::ranges::count_if(bytes, is_control));
    }
    // A stray zero byte is an old system's; one in a hundred is no text.
    [[nodiscard]] bool is_no_text() const {
        return mark_ != Mark::utf16le && mark_ != Mark::utf16be && zeros_ * 100 > bytes_;
    }
    [[nodiscard]] Result<TextEncoding> finish(bool is_head = false) {
        if (mark_ == Mark::utf16le) return TextEncoding::utf16le;
        if (mark_ == Mark::utf16be) return TextEncoding::utf16be;
        if (is_no_text()) {
            return fail(ErrorKind::unreadable, "not_a_text",
                        {"不是表格文件：既不是工作簿，也不是文本（含有零字节）",
                         "not a table: neither a workbook nor a text (it holds zero bytes)"});
        }
        if (utf8_.finish(is_head)) return mark_ == Mark::utf8 ? TextEncoding::utf8_bom : TextEncoding::utf8;
        if (gb18030_.finish(is_head)) return TextEncoding::gb18030;
        if (controls_ * 50 > bytes_) {
            return fail(
                ErrorKind::unreadable, "not_a_text",
                {"不是表格文件：既不是工作簿，也不是文本", "not a table: neither a workbook nor a text"});
        }
        return TextEncoding::mixed;
    }

  private:
    // What no office types; no code of a Chinese character holds such a byte.
    [[nodiscard]] static bool is_control(char c) { return c >= 0 && c < '\t'; }

    Utf8Judge utf8_;
    Gb18030Judge gb18030_;
    Mark mark_ = Mark::none;
    bool first_ = true;
    std::uint64_t bytes_ = 0;
    std::uint64_t zeros_ = 0;
    std::uint64_t controls_ = 0;  // one in fifty and no encoding that fits: no text either
};

// UTF-16 to UTF-8, in pieces.
class Utf16Converter {
  public:
    explicit Utf16Converter(bool little) : little_(little) {}

    // How many bytes were taken: all but half a unit.
    [[nodiscard]] std::size_t append(std::string_view bytes, std::string& out) {
        std::size_t at = 0;
        for (; at + 1 < bytes.size(); at += 2) {
            const auto low = static_cast<unsigned char>(bytes[at + (little_ ? 0 : 1)]);
            const auto high = static_cast<unsigned char>(bytes[at + (little_ ? 1 : 0)]);
            take(static_cast<char32_t>(high) << 8U | low, out);
        }
        return at;
    }
    void finish(std::string& out) {
        if (lead_ != 0) append_utf8(out, replacement_character);
        lead_ = 0;
    }

  private:
    void take(char32_t unit, std::string& out) {
        const bool trail = unit >= 0xDC00 && unit <= 0xDFFF;
        if (lead_ != 0) {
            append_utf8(
                out, trail ? 0x10000 + ((lead_ - 0xD800) << 10U) + (unit - 0xDC00) : replacement_character);
            lead_ = 0;
            if (trail) return;
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            lead_ = unit;
        } else {
            append_utf8(out, trail ? replacement_character : unit);
        }
    }

    bool little_;
    char32_t lead_ = 0;
};

void append_repaired_utf8(std::string_view bytes, std::string& out) {
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint point = decode_utf8(bytes, at);
        append_utf8(out, point.valid ? point.code : replacement_character);
        at += point.length;
    }
}

void append_mixed_line(std::string_view line, std::string& out) {
    if (is_valid_utf8(line)) {
        out += line;
        return;
    }
    const std::size_t before = out.size();
    const Gb18030Step step = append_gb18030(line, out);
    if (step.strict && step.consumed == line.size()) return;
    out.resize(before);
    append_repaired_utf8(line, out);
}

void append_whole_gb18030(std::string_view bytes, std::string& out) {
    const Gb18030Step step = append_gb18030(bytes, out);
    if (step.consumed < bytes.size()) append_utf8(out, replacement_character);
}

void drop_mark(std::string_view& text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
}

// All encodings; what differs is how a piece of bytes becomes text.
class FileDecoder final : public TextDecoder {
  public:
    FileDecoder(std::ifstream file, std::string name, TextEncoding encoding)
        : file_(std::move(file)),
          name_(std::move(name)),
          encoding_(encoding),
          utf16_(encoding == TextEncoding::utf16le) {}

    [[nodiscard]] Result<std::string_view> next() override {
        while (!ended_) {
            const std::size_t kept = rest_.size();
            rest_.resize(kept + piece_bytes);
            file_.read(rest_.data() + kept, static_cast<std::streamsize>(piece_bytes));
            if (file_.bad()) return unreadable(name_);
            rest_.resize(kept + static_cast<std::size_t>(file_.gcount()));
            ended_ = file_.eof();
            out_.clear();
            decode_rest();
            std::string_view text = out_;
            if (first_) drop_mark(text);
            first_ = first_ && out_.empty();
            if (!text.empty()) return text;
        }
        return std::string_view{};
    }

  private:
    void decode_rest() {
        switch (encoding_) {
            case TextEncoding::utf8:
            case TextEncoding::utf8_bom:
                take_whole_characters();
                break;
            case TextEncoding::mixed:
                take_whole_lines();
                break;
            case TextEncoding::gb18030:
                drop_taken(append_gb18030(rest_, out_).consumed);
                break;
            case TextEncoding::utf16le:
            case TextEncoding::utf16be:
                drop_taken(utf16_.append(rest_, out_));
                if (ended_) utf16_.finish(out_);
                break;
        }
    }
    void drop_taken(std::size_t taken) {
        rest_.erase(0, taken);
        if (!ended_ || rest_.empty()) return;
        append_utf8(out_, replacement_character);  // the file ends within a character
        rest_.clear();
    }
    void take_whole_characters() {
        std::size_t size = rest_.size();
        if (!ended_) {
            while (size > 0 && rest_.size() - size < 3 &&
                   (static_cast<unsigned char>(rest_[size - 1]) & 0xC0U) == 0x80U)
                --size;
            if (size > 0 && static_cast<unsigned char>(rest_[size - 1]) >= 0xC0) --size;
        }
        const std::string_view whole = std::string_view(rest_).substr(0, size);
        if (is_valid_utf8(whole)) {
            out_ = whole;
        } else {
            append_repaired_utf8(whole, out_);  // the file changed since it was judged, or was never judged
        }
        rest_.erase(0, size);
    }
    void take_whole_lines() {
        std::size_t from = 0;
        for (std::size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', from)) {
            append_mixed_line(std::string_view(rest_).substr(from, end + 1 - from), out_);
            from = end + 1;
        }
        rest_.erase(0, from);
        if (ended_ || rest_.size() > longest_mixed_line) {
            append_mixed_line(rest_, out_);
            rest_.clear();
        }
    }

    std::ifstream file_;
    std::string name_;
    TextEncoding encoding_;
    Utf16Converter utf16_;
    std::string rest_;  // bytes not yet decoded
    std::string out_;
    bool first_ = true;
    bool ended_ = false;
};

}  // namespace

Result<TextEncoding> detect_encoding(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(path);
    std::vector<char> piece(piece_bytes);
    Detector detector;
    while (file && !detector.is_no_text()) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        if (file.gcount() > 0) detector.feed({piece.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (file.bad()) return unreadable(path);
    return detector.finish();
}

Result<TextEncoding> detect_encoding_of(std::string_view bytes, bool is_head) {
    Detector detector;
    detector.feed(bytes);
    return detector.finish(is_head);
}

Result<std::unique_ptr<TextDecoder>> TextDecoder::open(const std::filesystem::path& path,
                                                       TextEncoding encoding) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(path);
    return std::make_unique<FileDecoder>(std::move(file), path.filename().string(), encoding);
}

std::string decode_text(std::string_view bytes, TextEncoding encoding) {
    std::string out;
    switch (encoding) {
        case TextEncoding::utf8:
        case TextEncoding::utf8_bom:
            append_repaired_utf8(bytes, out);
            break;
        case TextEncoding::gb18030:
            append_whole_gb18030(bytes, out);
            break;
        case TextEncoding::mixed:
            for (std::size_t at = 0; at < bytes.size();) {
                const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
                append_mixed_line(bytes.substr(at, end - at), out);
                at = end;
            }
            break;
        case TextEncoding::utf16le:
        case TextEncoding::utf16be: {
            Utf16Converter converter(encoding == TextEncoding::utf16le);
            if (converter.append(bytes, out) < bytes.size()) append_utf8(out, replacement_character);
            converter.finish(out);
            break;
        }
    }
    if (out.starts_with("\xEF\xBB\xBF")) out.erase(0, 3);
    return out;
}

}  // namespace doudi::intake
