// SPDX-License-Identifier: Apache-2.0
#include "intake/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace doudi::intake {

// What expat holds for one stream. It keeps a tag until it ends and every name that it has seen, so a tag
// without end or names without end would cost as much as the file unpacks to.
struct XmlMemory {
    std::size_t held = 0;
};

namespace {

constexpr int deepest = 128;
constexpr std::size_t most_held = 32U << 20U;

// Expat's memory functions are told no stream: new blocks are of the stream that this thread is at.
thread_local XmlMemory* at_work = nullptr;

class AtWork {
  public:
    explicit AtWork(XmlMemory& memory) : before_(std::exchange(at_work, &memory)) {}
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;
    ~AtWork() { at_work = before_; }

  private:
    XmlMemory* before_;
};

// Stands before each block: whose it is, so that any thread may free it.
struct alignas(std::max_align_t) BlockHead {
    XmlMemory* of;
    std::size_t size;
};

void* take_block(std::size_t size) {
    ensure(at_work != nullptr, "expat takes memory within XmlStream only");
    if (size > most_held - at_work->held) return nullptr;
    void* const raw = std::malloc(sizeof(BlockHead) + size);
    if (raw == nullptr) return nullptr;
    at_work->held += size;
    return new (raw) BlockHead{at_work, size} + 1;
}

void give_block_back(void* block) {
    if (block == nullptr) return;
    BlockHead* const head = static_cast<BlockHead*>(block) - 1;
    head->of->held -= head->size;
    std::free(head);
}

void* resize_block(void* block, std::size_t size) {
    void* const larger = take_block(size);
    if (larger == nullptr || block == nullptr) return larger;
    std::memcpy(larger, block, std::min(size, (static_cast<BlockHead*>(block) - 1)->size));
    give_block_back(block);
    return larger;
}

XML_Parser make_parser(XmlMemory& memory, bool is_utf8) {
    static constexpr XML_Memory_Handling_Suite counted{take_block, resize_block, give_block_back};
    const AtWork here(memory);
    return XML_ParserCreate_MM(is_utf8 ? "UTF-8" : nullptr, &counted, nullptr);
}

[[nodiscard]] std::string_view local_name(const char* name) {
    const std::string_view full = name;
    const std::size_t colon = full.rfind(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
    for (const char** at = pairs_; *at != nullptr; at += 2) {
        if (local_name(at[0]) == name) return at[1];
    }
    return {};
}

bool XmlAttributes::has(std::string_view name) const {
    for (const char** at = pairs_; *at != nullptr; at += 2) {
        if (local_name(at[0]) == name) return true;
    }
    return false;
}

void XmlStream::Closer::operator()(XML_ParserStruct* parser) const {
    XML_ParserFree(parser);
}

struct XmlStream::Callbacks {
    static void start(void* user, const XML_Char* name, const XML_Char** attributes) {
        auto& stream = *static_cast<XmlStream*>(user);
        if (stream.error_) return;
        if (++stream.depth_ > deepest) {
            stream.take(
                fail(ErrorKind::limit, "xml_too_deep", {"XML嵌套过深", "the XML is nested too deeply"}));
            return;
        }
        stream.take(stream.handler_->start(local_name(name), XmlAttributes(attributes)));
    }
    static void end(void* user, const XML_Char* name) {
        auto& stream = *static_cast<XmlStream*>(user);
        --stream.depth_;
        if (!stream.error_) stream.take(stream.handler_->end(local_name(name)));
    }
    static void text(void* user, const XML_Char* bytes, int size) {
        auto& stream = *static_cast<XmlStream*>(user);
        if (!stream.error_) stream.take(stream.handler_->text({bytes, static_cast<std::size_t>(size)}));
    }
    static void document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        static_cast<XmlStream*>(user)->take(fail(
            ErrorKind::unreadable, "xml_document_type",
            {"文件中有XML文档类型声明，不予读取", "the file declares an XML document type: it is not read"}));
    }
};

XmlStream::XmlStream(XmlHandler& handler, bool is_utf8)
    : memory_(std::make_unique<XmlMemory>()), parser_(make_parser(*memory_, is_utf8)), handler_(&handler) {
    ensure(parser_ != nullptr, "expat has memory");
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(parser_.get(), Callbacks::text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), Callbacks::document_type);
}

XmlStream::~XmlStream() = default;

void XmlStream::take(Result<void> result) {
    if (result || error_) return;
    error_ = std::move(result).error();
    XML_StopParser(parser_.get(), XML_FALSE);
}

Result<void> XmlStream::parse(std::string_view bytes, bool last) {
    const AtWork here(*memory_);
    const XML_Status status =
        XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (error_) return std::unexpected(*error_);
    if (status == XML_STATUS_OK) return {};
    if (XML_GetErrorCode(parser_.get()) == XML_ERROR_NO_MEMORY) {
        return fail(ErrorKind::limit, "xml_too_large",
                    {"XML的标签大得不正常，已停止读取",
                     "the tags of the XML are absurdly large: reading was stopped"});
    }
    const auto line = XML_GetCurrentLineNumber(parser_.get());
    return fail(ErrorKind::unreadable, "damaged_xml",
                {fmt::format("文件内容已损坏（XML第{}行）", line),
                 fmt::format("the content is damaged (XML line {})", line)});
}

Result<void> XmlStream::feed(std::string_view bytes) {
    constexpr std::size_t most = 1U << 20U;  // expat copies each piece, and counts in int
    while (!bytes.empty()) {
        TRY_VOID(parse(bytes.substr(0, most), false));
        bytes.remove_prefix(std::min(most, bytes.size()));
    }
    return {};
}

Result<void> XmlStream::finish() {
    return parse({}, true);
}

}  // namespace doudi::intake
