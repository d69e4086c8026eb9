// SPDX-License-Identifier: Apache-2.0
// What a request says, field by field: of its JSON body or of its query. Every fault is kept with its place,
// so that one answer names them all; what is read after a fault is a harmless value.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "http/request/failure.h"

namespace doudi::http {

// Faults of one request, in the order in which they were found.
class FieldFaults {
  public:
    void add(std::string in, std::string pointer, std::string code, Text detail);
    [[nodiscard]] bool empty() const { return faults_.empty(); }
    // 422, or 400 where the body is not concerned.
    [[nodiscard]] Failure failure() const;

  private:
    std::vector<FieldFault> faults_;
};

struct TextRule {
    std::size_t most = 200;  // bytes
    bool required = true;
};

// An object of the body. A key that nobody asks for is a fault too: it may be a misspelt one.
class BodyFields {
  public:
    // A body that is no object is a fault and reads as an empty one.
    BodyFields(const boost::json::value& body, FieldFaults& faults, std::string at = "");
    BodyFields(const BodyFields&) = delete;
    BodyFields& operator=(const BodyFields&) = delete;
    ~BodyFields() = default;

    [[nodiscard]] std::string text(std::string_view name, TextRule rule = {});
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view name, std::size_t most = 200);
    // For people to read: without blanks around it; blanks and marks of punctuation alone are as nothing
    // told.
    [[nodiscard]] std::string prose(std::string_view name, TextRule rule = {});
    [[nodiscard]] std::string word(std::string_view name, std::initializer_list<std::string_view> words);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most);
    [[nodiscard]] std::optional<std::uint64_t> optional_number(std::string_view name);
    [[nodiscard]] Date date(std::string_view name);
    [[nodiscard]] std::optional<Date> optional_date(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name, bool otherwise);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t most_items,
                                                 bool required = true);
    [[nodiscard]] const boost::json::value* value(std::string_view name, bool required = true);
    void fault(std::string_view name, std::string code, Text detail);
    // After all were asked for: reports what nobody knows.
    void finish();

  private:
    const boost::json::value* take(std::string_view name, bool required);
    std::optional<std::string> text_of(std::string_view name, std::size_t most, bool required);

    boost::json::object empty_;
    const boost::json::object* object_;
    FieldFaults& faults_;
    std::string at_;
    std::set<std::string, std::less<>> known_;
};

class QueryFields {
  public:
    QueryFields(std::vector<std::pair<std::string, std::string>> pairs, FieldFaults& faults)
        : pairs_(std::move(pairs)), faults_(faults) {}

    [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t most = 200);
    [[nodiscard]] std::optional<std::string> word(std::string_view name,
                                                  const std::vector<std::string>& words);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most,
                                      std::int64_t otherwise);
    [[nodiscard]] std::optional<Date> date(std::string_view name);
    void fault(std::string_view name, std::string code, Text detail);
    void finish();

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
    FieldFaults& faults_;
    std::set<std::string, std::less<>> known_;
};

// UTF-8 without NUL and other control characters but tab and line feed.
[[nodiscard]] bool is_plain_text(std::string_view text);
// Nothing if the text is no JSON of bounded depth, with the byte where it ends being one.
[[nodiscard]] Outcome<boost::json::value> parse_json(std::string_view text);

}  // namespace doudi::http
