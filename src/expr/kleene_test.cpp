// SPDX-License-Identifier: Apache-2.0
// The laws of the logic on random lanes (semantics 8-12, 21, 29).
#include "expr/kleene.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "expr/test_support.h"

namespace doudi::expr {
namespace {

using test::Subject;

Value random_truth() {
    switch (*rc::gen::inRange(0, 6)) {
        case 0:
            return Value::boolean(true);
        case 1:
            return Value::boolean(false);
        case 2:
            return Value::unknown(static_cast<FactId>(*rc::gen::inRange(1, 5)));
        case 3:
            return Value::error(Fault::zero);
        case 4:
            return Value::error(Fault::overflow);
        default:
            return Value::boolean(*rc::gen::arbitrary<bool>());
    }
}

Subject random_subject() {
    Subject subject;
    subject.set("a", random_truth()).set("b", random_truth()).set("c", random_truth());
    return subject;
}

// Same lane, same value, same facts; the code of an error is the leftmost one's and may differ when operands
// are turned round.
bool same_status(const Value& left, const Value& right) {
    if (left.is_error() || right.is_error()) return left.is_error() && right.is_error();
    return same_answer(left, right) && std::ranges::equal(left.facts(), right.facts());
}

void law(const char* name, const std::function<void()>& body) {
    INFO(name);
    CHECK(rc::check(name, body));
}

TEST_CASE("the laws of Kleene's logic hold with errors in it") {
    law("order does not matter", [] {
        const Subject s = random_subject();
        RC_ASSERT(same_status(s.run("a && b"), s.run("b && a")));
        RC_ASSERT(same_status(s.run("a || b"), s.run("b || a")));
    });
    law("brackets do not matter", [] {
        const Subject s = random_subject();
        RC_ASSERT(same_status(s.run("(a && b) && c"), s.run("a && b && c")));
        RC_ASSERT(same_status(s.run("a || (b || c)"), s.run("a || b || c")));
    });
    law("an operand twice is one operand", [] {
        const Subject s = random_subject();
        RC_ASSERT(same_answer(s.run("a && a"), s.run("a")));
        RC_ASSERT(same_answer(s.run("a || a"), s.run("a")));
    });
    law("true and false are neutral or decide", [] {
        const Subject s = random_subject();
        RC_ASSERT(same_answer(s.run("a && true"), s.run("a")));
        RC_ASSERT(same_answer(s.run("a || false"), s.run("a")));
        RC_ASSERT(s.run("a && false").is_false());
        RC_ASSERT(s.run("a || true").is_true());
    });
    law("de Morgan", [] {
        const Subject s = random_subject();
        RC_ASSERT(same_answer(s.run("!(a && b)"), s.run("!a || !b")));
        RC_ASSERT(same_answer(s.run("!(a || b)"), s.run("!a && !b")));
        RC_ASSERT(same_answer(s.run("!!a"), s.run("a")));
    });
}

TEST_CASE("telling an unknown fact never turns a decided answer") {
    law("monotone", [] {
        Subject s = random_subject();
        const char* const conditions[] = {"a && b || c", "!(a || b) && c", "a ? b : c",
                                          "(a || !b) && (c || a)"};
        const char* const text = conditions[*rc::gen::inRange(0, 4)];
        const Value before = s.run(text);
        for (const char* name : {"a", "b", "c"})
            if (s.get(s.ref(name)).is_unknown()) s.set(name, Value::boolean(*rc::gen::arbitrary<bool>()));
        RC_ASSERT(!before.is_value() || same_answer(before, s.run(text)));
    });
}

TEST_CASE("exists and all are OR and AND over the members, whatever their order") {
    law("fold", [] {
        const auto count = *rc::gen::inRange<std::size_t>(0, 6);
        Subject s;
        LogicalFold any(LogicalFold::Kind::any);
        LogicalFold all(LogicalFold::Kind::all);
        for (std::size_t i = 0; i < count; ++i) {
            const Value truth = random_truth();
            s.add_member({{"student", truth}});
            any.add(truth);
            all.add(truth);
        }
        const Value exists = s.run("household.members.exists(x, x.student)");
        const Value every = s.run("household.members.all(x, x.student)");
        RC_ASSERT(same_answer(exists, std::move(any).result()));
        RC_ASSERT(same_answer(every, std::move(all).result()));
        std::ranges::reverse(s.members);
        RC_ASSERT(same_status(exists, s.run("household.members.exists(x, x.student)")));
        RC_ASSERT(same_status(every, s.run("household.members.all(x, x.student)")));
    });
}

TEST_CASE("fractions compare and add like numbers of 128 bits, and overflow however they are written") {
    law("fractions", [] {
        const auto part = [] { return *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000); };
        const auto whole = [] { return *rc::gen::inRange<std::int64_t>(1, 1'000'000); };
        const Rational x{part(), whole()};
        const Rational y{part(), whole()};
        const std::int64_t k = *rc::gen::inRange<std::int64_t>(1, 1'000);
        const Rational wide{x.numerator * k, x.denominator * k};
        RC_ASSERT(x == wide);
        RC_ASSERT(x.plus(y) == wide.plus(y));
        RC_ASSERT(x.plus(y)->minus(y) == x);
        RC_ASSERT((x < y) == (x.minus(y)->numerator < 0));
        const Rational huge{INT64_MAX / 1000, 1};
        const Rational huge_wide{INT64_MAX / 1000 * k, k};
        RC_ASSERT(huge.times(x).has_value() == huge_wide.times(x).has_value());
    });
}

}  // namespace
}  // namespace doudi::expr
