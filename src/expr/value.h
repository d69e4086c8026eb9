// SPDX-License-Identifier: Apache-2.0
// What a condition computes with, in four lanes (semantics 1): V a value, N known to be none, U unknown (with
// the facts that are missing), E an error (with its code). Unknown is a value, never zero and never false. A
// list never holds U or E: whatever builds one is strict (semantics 7, 22).
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "expr/moment.h"
#include "expr/rational.h"
#include "expr/type.h"

namespace doudi::expr {

enum class Lane : std::uint8_t { value, none, unknown, error };

enum class Fault : std::uint8_t {
    nothing,
    overflow,  // beyond 64 bits
    zero,      // divided by zero
    empty,     // min or max of nothing
    type,      // no such operation on these values, none among them
    index,     // beyond the list
    key,       // not in the map
    name,      // no such name or function (full CEL only)
    range,     // a conversion that does not fit
    encoding,  // not UTF-8
    pattern,   // not a regular expression
    limit,     // more members than semantics 28 allows
};
[[nodiscard]] std::string_view fault_name(Fault fault);

// Names one fact (or one unset parameter) of the subject; whoever fills the Activation gives out the numbers.
using FactId = std::uint32_t;

// One element of a list of structures: a member of a household.
struct StructHandle {
    std::uint16_t structure = 0;
    std::uint64_t row = 0;
    friend bool operator==(StructHandle, StructHandle) = default;
};

class Value {
  public:
    Value() = default;  // none
    [[nodiscard]] static Value none() { return {}; }
    [[nodiscard]] static Value unknown(FactId fact);
    [[nodiscard]] static Value unknown(std::vector<FactId> facts);
    [[nodiscard]] static Value error(Fault fault);
    [[nodiscard]] static Value boolean(bool value) { return number(TypeKind::boolean, value ? 1 : 0); }
    [[nodiscard]] static Value integer(std::int64_t value) { return number(TypeKind::integer, value); }
    [[nodiscard]] static Value uinteger(std::uint64_t value);
    [[nodiscard]] static Value floating(double value);
    [[nodiscard]] static Value date(Date value) { return number(TypeKind::date, value.days()); }
    [[nodiscard]] static Value money(Money value) { return number(TypeKind::money, value.fen()); }
    [[nodiscard]] static Value timestamp(Moment value) { return moment(TypeKind::timestamp, value); }
    [[nodiscard]] static Value duration(Moment value) { return moment(TypeKind::duration, value); }
    [[nodiscard]] static Value amount(Rational fen) { return fraction(TypeKind::amount, fen); }
    [[nodiscard]] static Value ratio(Rational value) { return fraction(TypeKind::ratio, value); }
    [[nodiscard]] static Value string(std::string value) { return owned(TypeKind::string, std::move(value)); }
    // The text must outlive the evaluation and all that keeps its result: a dictionary's entry.
    [[nodiscard]] static Value borrowed_string(std::string_view value);
    [[nodiscard]] static Value bytes(std::string value) { return owned(TypeKind::bytes, std::move(value)); }
    [[nodiscard]] static Value type(std::string name) { return owned(TypeKind::type, std::move(name)); }
    [[nodiscard]] static Value list(std::vector<Value> items) {
        return items_of(TypeKind::list, std::move(items));
    }
    // Key, value, key, value …
    [[nodiscard]] static Value map(std::vector<Value> pairs) {
        return items_of(TypeKind::map, std::move(pairs));
    }
    [[nodiscard]] static Value structure(StructHandle handle);

    [[nodiscard]] Lane lane() const { return lane_; }
    [[nodiscard]] bool is_value() const { return lane_ == Lane::value; }
    [[nodiscard]] bool is_none() const { return lane_ == Lane::none; }
    [[nodiscard]] bool is_unknown() const { return lane_ == Lane::unknown; }
    [[nodiscard]] bool is_error() const { return lane_ == Lane::error; }
    [[nodiscard]] TypeKind kind() const { return kind_; }  // null unless is_value()
    [[nodiscard]] bool is(TypeKind kind) const { return lane_ == Lane::value && kind_ == kind; }
    [[nodiscard]] bool is_true() const { return is(TypeKind::boolean) && rational_.numerator != 0; }
    [[nodiscard]] bool is_false() const { return is(TypeKind::boolean) && rational_.numerator == 0; }

    [[nodiscard]] Fault fault() const { return fault_; }
    [[nodiscard]] std::span<const FactId> facts() const;  // sorted, each once; empty unless is_unknown()

    // Each asks that the value is of that kind.
    [[nodiscard]] bool as_boolean() const;
    [[nodiscard]] std::int64_t as_integer() const;
    [[nodiscard]] std::uint64_t as_uinteger() const;
    [[nodiscard]] double as_floating() const;
    [[nodiscard]] Date as_date() const;
    [[nodiscard]] Money as_money() const;
    [[nodiscard]] Moment as_moment() const;              // timestamp, duration
    [[nodiscard]] Rational as_rational() const;          // amount, ratio; also int and money, over one
    [[nodiscard]] std::string_view as_text() const;      // string, bytes, the name of a type
    [[nodiscard]] std::span<const Value> items() const;  // list; map as pairs
    [[nodiscard]] StructHandle as_structure() const;

    // For traces, tests and messages: 12, "有效", yuan("1234.50"), unknown{3, 7}, error(zero).
    [[nodiscard]] std::string text() const;

  private:
    struct Heap;
    static Value number(TypeKind kind, std::int64_t value);
    static Value fraction(TypeKind kind, Rational value);
    static Value moment(TypeKind kind, Moment value);
    static Value owned(TypeKind kind, std::string text);
    static Value items_of(TypeKind kind, std::vector<Value> items);

    Lane lane_ = Lane::none;
    TypeKind kind_ = TypeKind::null;
    Fault fault_ = Fault::nothing;
    std::uint16_t structure_ = 0;
    Rational rational_;  // every number; a double by its bits, a row of a structure in the numerator;
                         // a moment's nanoseconds below its seconds
    std::string_view text_;
    std::shared_ptr<const Heap> heap_;
};

// Equality of semantics 29, for tests: the same lane; the value if V; the code if E. Facts are not compared.
[[nodiscard]] bool same_answer(const Value& left, const Value& right);

}  // namespace doudi::expr
