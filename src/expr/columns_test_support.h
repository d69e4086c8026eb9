// SPDX-License-Identifier: Apache-2.0
// For tests of the columns: tables of random facts under the names of test::Subject, and random conditions
// over them.
#pragma once
#include <array>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "expr/columns.h"
#include "expr/test_support.h"

namespace doudi::expr::test {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::size_t below(std::size_t count) { return engine_() % count; }
    [[nodiscard]] bool one_in(std::size_t count) { return below(count) == 0; }
    template <class Choices>
    [[nodiscard]] auto& one_of(Choices& choices) {
        return choices[below(std::size(choices))];
    }
    [[nodiscard]] std::uint64_t bits() { return engine_(); }

  private:
    std::mt19937_64 engine_;
};

// The facts of `rows` subjects, told twice: as values and as columns.
class RandomTable : public FactTable {
  public:
    RandomTable(std::size_t rows, std::uint64_t seed) : rows_(rows), dice_(seed) {
        for (const char* name : {"a", "b", "c"}) fill(name, TypeKind::boolean, false);
        fill("maybe_b", TypeKind::boolean, true);
        for (const char* name : {"i", "j", "household.size"}) fill(name, TypeKind::integer, false);
        fill("maybe_i", TypeKind::integer, true);
        for (const char* name : {"m", "n", "param.standard"}) fill(name, TypeKind::money, false);
        fill("row.amount", TypeKind::money, true);
        fill("r", TypeKind::ratio, false);
        for (const char* name : {"d", "as_of"}) fill(name, TypeKind::date, false);
        for (const char* name : {"s", "t"}) fill(name, TypeKind::string, false);
        for (const char* name : {"maybe_s", "row.status"}) fill(name, TypeKind::string, true);
        fill_members();
    }

    [[nodiscard]] std::size_t rows() const override { return rows_; }
    [[nodiscard]] const FactColumn* column(FieldRef ref) const override {
        const auto found = columns_.find(ref);
        return found == columns_.end() ? nullptr : &found->second->column;
    }
    [[nodiscard]] const MemberLists* members(FieldRef ref) const override {
        return ref == names.ref("household.members") ? &lists_ : nullptr;
    }
    [[nodiscard]] const FactColumn* member_column(MemberField field) const override {
        return &member_columns_[field.field].column;
    }
    [[nodiscard]] Value value(FieldRef ref, std::size_t row) const override {
        return ref == names.ref("household.members") ? members_of_[row] : numbers_of_[row];
    }
    [[nodiscard]] Value member(StructHandle owner, FieldId field) const override {
        return members_[owner.row][field];
    }

    // The same facts without columns.
    class Row : public Activation {
      public:
        Row(const RandomTable& table, std::size_t row) : table_(table), row_(row) {}
        [[nodiscard]] Value get(FieldRef ref) const override {
            const auto found = table_.columns_.find(ref);
            return found == table_.columns_.end() ? table_.value(ref, row_) : found->second->values[row_];
        }
        [[nodiscard]] Value get_member(StructHandle owner, FieldId field) const override {
            return table_.member(owner, field);
        }

      private:
        const RandomTable& table_;
        std::size_t row_;
    };

    Subject names;

  private:
    struct Owned {
        std::vector<Value> values;
        FactColumn column;
        std::vector<Lane> lanes;
        std::vector<Fault> faults;
        std::vector<std::int64_t> numbers;
        std::vector<std::int64_t> denominators;
        std::vector<std::uint32_t> codes;
    };

    static constexpr std::array<std::string_view, 5> words_{"有效", "注销", "", "a有效", "长期有效"};

    Value random_value(TypeKind kind) {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        const std::array<std::int64_t, 12> numbers{
            0, 1, -1, 2, 7, 100, 63200, -63200, most, -most - 1, most / 2, std::int64_t{1} << 32U};
        const std::array<std::int64_t, 5> divisors{1, 2, 3, 100, most};
        switch (kind) {
            case TypeKind::boolean:
                return Value::boolean(dice_.one_in(2));
            case TypeKind::integer:
                return Value::integer(dice_.one_of(numbers));
            case TypeKind::money:
                return Value::money(Money::fen(dice_.one_of(numbers)));
            case TypeKind::ratio:
                return Value::ratio({dice_.one_of(numbers), dice_.one_of(divisors)});
            case TypeKind::date:
                return Value::date(Date::from_days(static_cast<std::int32_t>(20000 + dice_.below(4))));
            default:
                return Value::borrowed_string(dice_.one_of(words_));
        }
    }

    // Of some columns every row has a value, as of most real ones.
    Value random_fact(TypeKind kind, bool may_be_none, bool always) {
        if (!always && dice_.one_in(6)) return Value::unknown(1);
        if (!always && dice_.one_in(9)) return Value::error(dice_.one_in(2) ? Fault::overflow : Fault::zero);
        if (!always && may_be_none && dice_.one_in(4)) return Value::none();
        return random_value(kind);
    }

    void fill(std::string_view name, TypeKind kind, bool may_be_none) {
        auto owned = std::make_unique<Owned>();
        const bool always = dice_.one_in(2);
        for (std::size_t row = 0; row < rows_; ++row) put(*owned, random_fact(kind, may_be_none, always));
        FactColumn& column = owned->column;
        column.kind = kind;
        column.lanes = always ? nullptr : owned->lanes.data();
        column.faults = always ? nullptr : owned->faults.data();
        column.numbers = owned->numbers.data();
        column.denominators = kind == TypeKind::ratio ? owned->denominators.data() : nullptr;
        column.codes = owned->codes.data();
        column.words = words_;
        columns_[names.ref(name)] = std::move(owned);
    }

    static void put(Owned& owned, Value value) {
        owned.lanes.push_back(value.lane());
        owned.faults.push_back(value.is_error() ? value.fault() : Fault::nothing);
        Rational number{0x5EED, 1};  // what stands under a row without a value means nothing
        std::uint32_t code = 3;
        if (value.is(TypeKind::string)) {
            code = static_cast<std::uint32_t>(std::ranges::find(words_, value.as_text()) - words_.begin());
        } else if (value.is(TypeKind::boolean)) {
            number.numerator = value.is_true() ? 1 : 0;
        } else if (value.is(TypeKind::date)) {
            number.numerator = value.as_date().days();
        } else if (value.is_value()) {
            number = value.as_rational();
        }
        owned.numbers.push_back(number.numerator);
        owned.denominators.push_back(number.denominator);
        owned.codes.push_back(code);
        owned.values.push_back(std::move(value));
    }

    void fill_members() {
        for (std::size_t row = 0; row < rows_; ++row) {
            std::vector<Value> handles;
            std::vector<Value> some;
            for (std::size_t n = dice_.below(4); n > 0; --n) {
                handles.push_back(Value::structure({names.member, members_.size()}));
                members_.push_back({random_fact(TypeKind::integer, false, false),
                                    random_fact(TypeKind::string, false, false),
                                    random_fact(TypeKind::money, true, false),
                                    random_fact(TypeKind::boolean, false, false)});
                some.push_back(random_value(TypeKind::integer));
            }
            const Lane lane = dice_.one_in(9) ? Lane::unknown : dice_.one_in(20) ? Lane::error : Lane::value;
            members_of_.push_back(lane == Lane::unknown ? Value::unknown(2)
                                  : lane == Lane::error ? Value::error(Fault::overflow)
                                                        : Value::list(std::move(handles)));
            list_ends_.push_back(members_.size());
            list_lanes_.push_back(lane);
            list_faults_.push_back(lane == Lane::error ? Fault::overflow : Fault::nothing);
            numbers_of_.push_back(Value::list(std::move(some)));
        }
        lists_ = {list_ends_.data(), list_lanes_.data(), list_faults_.data()};
        const std::array<TypeKind, 4> kinds{TypeKind::integer, TypeKind::string, TypeKind::money,
                                            TypeKind::boolean};
        for (std::size_t field = 0; field < kinds.size(); ++field) {
            Owned& owned = member_columns_[field];
            for (const auto& one : members_) put(owned, one[field]);
            owned.column = {kinds[field],
                            owned.lanes.data(),
                            owned.faults.data(),
                            owned.numbers.data(),
                            nullptr,
                            owned.codes.data(),
                            words_};
        }
    }

    std::size_t rows_;
    Dice dice_;
    std::map<FieldRef, std::unique_ptr<Owned>> columns_;
    std::vector<std::array<Value, 4>> members_;  // age, name, income, student
    std::array<Owned, 4> member_columns_;
    MemberLists lists_;
    std::vector<std::uint64_t> list_ends_;
    std::vector<Lane> list_lanes_;
    std::vector<Fault> list_faults_;
    std::vector<Value> members_of_;
    std::vector<Value> numbers_of_;
};

// Texts of conditions, most of which compile.
class RandomText {
  public:
    explicit RandomText(Dice& dice) : dice_(dice) {}

    std::string boolean(int depth) {
        if (depth == 0)
            return one_of({"a", "b", "c", "maybe_b", "true", "false", "has(row.amount)", "has(s)"});
        switch (dice_.below(12)) {
            case 0:
            case 1:
                return "(" + boolean(depth - 1) + " && " + boolean(depth - 1) + ")";
            case 2:
            case 3:
                return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ")";
            case 4:
                return "!" + boolean(depth - 1);
            case 5:
                return "(" + boolean(depth - 1) + " ? " + boolean(depth - 1) + " : " + boolean(depth - 1) +
                       ")";
            case 6:
                return "(" + integer(depth - 1) + relation() + integer(depth - 1) + ")";
            case 7:
                return "(" + exact(depth - 1) + relation() + exact(depth - 1) + ")";
            case 8:
                return "(" + one_of({"d", "as_of", "date(\"2024-10-05\")"}) + relation() +
                       one_of({"d", "as_of"}) + ")";
            case 9:
                return text_condition();
            case 10:
                return one_of({"(maybe_i == null)", "(maybe_i != 7)", "(has(maybe_i) && maybe_i < 7)",
                               "(!has(row.amount) || row.amount >= m)", "(maybe_b == maybe_b)",
                               "(row.amount == null || row.amount < param.standard)"});
            default:
                return members(depth);
        }
    }

    std::string integer(int depth) {
        if (depth == 0) return one_of({"i", "j", "household.size", "0", "1", "-7", "9223372036854775807"});
        switch (dice_.below(5)) {
            case 0:
                return "(" + boolean(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) +
                       ")";
            case 1:
                return "-" + one_of({"i", "j", "household.size"});
            case 2:
                return one_of({"(d - as_of)", "size(s)", "household.members.size()"});
            default:
                return "(" + integer(depth - 1) + one_of({" + ", " - ", " * ", " / ", " % "}) +
                       integer(depth - 1) + ")";
        }
    }

    // Money, amounts and ratios.
    std::string exact(int depth) {
        if (depth == 0) return one_of({"m", "n", "param.standard", "yuan(\"632\")", "r", "1.5"});
        switch (dice_.below(4)) {
            case 0:
                return "(" + boolean(depth - 1) + " ? " + exact(depth - 1) + " : " + exact(depth - 1) + ")";
            case 1:
                return "(" + exact(depth - 1) + one_of({" * ", " / "}) + integer(0) + ")";
            default:
                return "(" + exact(depth - 1) + one_of({" + ", " - ", " * ", " / "}) + exact(depth - 1) + ")";
        }
    }

  private:
    std::string one_of(std::initializer_list<const char*> choices) {
        return choices.begin()[dice_.below(choices.size())];
    }
    std::string relation() { return one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }
    std::string text_condition() {
        return one_of({"(s == \"有效\")", "(s == t)", "(s in [\"有效\", \"注销\"])", "s.startsWith(\"a\")",
                       "s.matches(\"^长期\")", "(maybe_s == \"有效\")", "(has(row.status) && row.status < s)",
                       "(row.status != null)", "(size(s) > 2)", "has(maybe_s)",
                       "(row.status == \"注销\" ? a : b)"});
    }
    std::string members(int depth) {
        const std::string body = one_of({"x.age < 16", "x.student", "a", "x.age * 3 > i && !x.student",
                                         "(x.student ? x.age : j) < i", "x.age >= household.size || a",
                                         "has(x.income) && x.income > m", "x.name == s"});
        return one_of({"household.members.exists(x, ", "household.members.all(x, ",
                       "household.members.exists_one(x, "}) +
               body + (depth > 1 && dice_.one_in(3) ? " && " + boolean(0) : "") + ")";
    }

    Dice& dice_;
};

// The first row in which the two evaluators differ, told; empty if none.
inline std::string difference(const Program& program, const RandomTable& table, unsigned threads = 1) {
    ColumnAnswer answer;
    evaluate_columns(program, table, threads, answer);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const Value alone = evaluate(program, RandomTable::Row(table, row));
        const Value together = answer.at(row);
        if (same_answer(alone, together)) continue;
        return program.ast().source + " in row " + std::to_string(row) + " of " +
               std::to_string(table.rows()) + ": alone " + alone.text() + ", in columns " + together.text();
    }
    return {};
}

// Random conditions over tables of every length that a strip may have, and beside it.
class RandomCases {
  public:
    explicit RandomCases(std::uint64_t seed) : dice_(seed), text_(dice_) {
        for (const std::size_t rows : {0U, 1U, 63U, 64U, 65U, 300U, 300U, 300U, 2047U, 2048U, 2049U, 4500U})
            tables_.push_back(std::make_unique<RandomTable>(rows, tables_.size() + 1));
    }

    // One more condition; the difference between the evaluators, empty if there is none or it does not
    // compile.
    std::string next() {
        const std::size_t kind = dice_.below(4);
        const int depth = static_cast<int>(1 + dice_.below(4));
        const std::string source = kind == 0   ? text_.integer(depth)
                                   : kind == 1 ? text_.exact(depth)
                                               : text_.boolean(depth);
        // The short tables often, the long ones now and then.
        const RandomTable& table = *tables_[dice_.below(dice_.one_in(12) ? tables_.size() : 8)];
        const auto program = compile(source, table.names.schema, CheckMode::pack_value);
        if (!program) return {};
        ++compiled;
        return difference(*program, table, dice_.one_in(5) ? 3 : 1);
    }

    std::size_t compiled = 0;

  private:
    Dice dice_;
    RandomText text_;
    std::vector<std::unique_ptr<RandomTable>> tables_;
};

}  // namespace doudi::expr::test
