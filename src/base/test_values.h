// SPDX-License-Identifier: Apache-2.0
// For tests: what a result holds, or the test fails with what was said instead.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace doudi {

template <class T>
T value(Result<T> result) {
    if (!result) FAIL(result.error().code << ": " << result.error().message(Lang::en));
    return std::move(*result);
}
inline void done(const Result<void>& result) {
    if (!result) FAIL(result.error().code << ": " << result.error().message(Lang::en));
}
// The code of the error that a test asks for; "done" where there is none.
template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "done" : result.error().code;
}

inline Date day(std::string_view iso) {
    return Date::parse_iso(iso).value();
}

}  // namespace doudi

// What was there, not only that it was something else.
namespace doctest {
template <>
struct StringMaker<std::vector<std::string>> {
    static String convert(const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& one : all) text += "\n    " + one;
        return text.c_str();
    }
};
}  // namespace doctest
