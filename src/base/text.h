// SPDX-License-Identifier: Apache-2.0
// A sentence for people, in the two languages of the product. It is made where the fact is known, so that
// no error loses its place on the way up; whoever prints it picks the language.
#pragma once
#include <string>
#include <utility>

namespace doudi {

enum class Lang { zh, en };

struct Text {
    std::string zh;
    std::string en;

    [[nodiscard]] const std::string& in(Lang lang) const { return lang == Lang::zh ? zh : en; }
    friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace doudi
