// SPDX-License-Identifier: Apache-2.0
// XML from a stranger, as a stream (expat). No document types and so no entities of the sender's own: "a
// billion laughs" ends at its first line. Names come without their prefixes. Whatever the XML is, a stream
// holds no more than 32 MiB.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"

struct XML_ParserStruct;

namespace doudi::intake {

struct XmlMemory;

// The attributes of one start tag, nameless ends: name, value, name, value, nullptr.
class XmlAttributes {
  public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    // By the name without its prefix; empty if there is none.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;

  private:
    const char** pairs_;
};

class XmlHandler {
  public:
    virtual ~XmlHandler() = default;
    virtual Result<void> start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual Result<void> end(std::string_view name) = 0;
    virtual Result<void> text(std::string_view /*utf8*/) { return {}; }
};

class XmlStream {
  public:
    // is_utf8: whatever the declaration says, the bytes are UTF-8 (they were decoded before).
    explicit XmlStream(XmlHandler& handler, bool is_utf8 = false);
    XmlStream(const XmlStream&) = delete;
    XmlStream& operator=(const XmlStream&) = delete;
    ~XmlStream();
    // Errors: what the handler returned; damaged_xml; xml_document_type, xml_too_deep and xml_too_large (a
    // tag without end, names without end) of one that means harm.
    [[nodiscard]] Result<void> feed(std::string_view bytes);
    [[nodiscard]] Result<void> finish();

  private:
    struct Callbacks;
    struct Closer {
        void operator()(XML_ParserStruct* parser) const;
    };
    [[nodiscard]] Result<void> parse(std::string_view bytes, bool last);
    void take(Result<void> result);

    std::unique_ptr<XmlMemory> memory_;  // outlives the parser, which gives back to it
    std::unique_ptr<XML_ParserStruct, Closer> parser_;
    XmlHandler* handler_;
    std::optional<Error> error_;
    int depth_ = 0;
};

}  // namespace doudi::intake
