// SPDX-License-Identifier: Apache-2.0
// Full CEL: a line that is no case is said to be none, an expression that is none has its errors, and what
// runs gives an answer that reads back as itself.
#include <algorithm>

#include "expr/check.h"
#include "expr/notation.h"
#include "expr/parse.h"
#include "fuzz/input.h"

namespace {

using namespace doudi;
using namespace doudi::expr;

// Lists that are mapped inside of lists grow by powers; the language has no bound on that in full CEL.
bool is_small(const std::string& text) {
    constexpr std::ptrdiff_t most_walks = 3;
    const auto ast = parse(text);
    return ast && std::ranges::count(ast->nodes, NodeKind::comprehension, &Node::kind) <= most_walks;
}

void read_back(const Value& value) {
    const std::string json = answer_json(value);
    if (!value.is_value() && !value.is_none()) return;
    constexpr std::string_view head = R"({"value":)";
    const std::string typed = json.substr(head.size(), json.size() - head.size() - 1);
    const auto one = read_case(R"({"expr":"x","bindings":{"x":)" + typed + "}}");
    fuzz::demand(one.has_value(), json + " cannot be read");
    fuzz::demand(same_answer(one->bindings[0].value, value), json + " reads as something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    Case one{text, {}};
    if (text.starts_with('{')) {
        auto read = read_case(text);
        if (!read) return 0;
        one = std::move(*read);
    }
    if (!is_small(one.expression)) return 0;
    if (const auto value = answer_of(one)) read_back(*value);
    return 0;
}
