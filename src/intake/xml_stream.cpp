// SPDX-License-Identifier: Apache-2.0
#include "intake/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>

namespace doudi::intake {
namespace {

constexpr int deepest = 128;

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
    : parser_(XML_ParserCreate(is_utf8 ? "UTF-8" : nullptr)), handler_(&handler) {
    ensure(parser_ != nullptr, "expat has memory");
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(parser_.get(), Callbacks::text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), Callbacks::document_type);
}

void XmlStream::take(Result<void> result) {
    if (result || error_) return;
    error_ = std::move(result).error();
    XML_StopParser(parser_.get(), XML_FALSE);
}

Result<void> XmlStream::parse(std::string_view bytes, bool last) {
    const XML_Status status =
        XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (error_) return std::unexpected(*error_);
    if (status == XML_STATUS_OK) return {};
    const auto line = XML_GetCurrentLineNumber(parser_.get());
    return fail(ErrorKind::unreadable, "damaged_xml",
                {fmt::format("文件内容已损坏（XML第{}行）", line),
                 fmt::format("the content is damaged (XML line {})", line)});
}

Result<void> XmlStream::feed(std::string_view bytes) {
    constexpr std::size_t most = 1U << 24U;  // expat counts in int
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
