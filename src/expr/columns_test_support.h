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
#include "expr/condition_test_support.h"
#include "expr/test_support.h"

namespace doudi::expr::test {

// The facts of `rows` subjects, told twice: as values and as columns.
class RandomTable : public FactTable {
  public:
    RandomTable(std::size_t rows, std::uint64_t seed, bool is_crowded = false) : rows_(rows), dice_(seed) {
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
        fill_members(is_crowded);
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

    struct MemberKind {
        TypeKind kind;
        bool may_be_none;
    };
    // As the Subject's Member has them.
    static constexpr std::array<MemberKind, 8> member_kinds_{{{TypeKind::integer, false},
                                                              {TypeKind::string, false},
                                                              {TypeKind::money, true},
                                                              {TypeKind::boolean, false},
                                                              {TypeKind::string, true},
                                                              {TypeKind::ratio, false},
                                                              {TypeKind::date, false},
                                                              {TypeKind::integer, true}}};
    using MemberValues = std::array<Value, member_kinds_.size()>;

    // Some households are of the size up to which a list may be walked, and beyond it.
    std::size_t random_size(bool is_crowded) {
        if (is_crowded && dice_.one_in(20)) return max_members - 1 + dice_.below(3);
        return dice_.below(4);
    }

    void fill_members(bool is_crowded) {
        std::array<bool, member_kinds_.size()> always{};
        for (bool& field : always) field = dice_.one_in(2);
        for (std::size_t row = 0; row < rows_; ++row) add_list(random_size(is_crowded), always);
        const bool told = dice_.one_in(4);  // of some registers every list is there
        lists_ = {list_ends_.data(), told ? nullptr : list_lanes_.data(),
                  told ? nullptr : list_faults_.data()};
        for (std::size_t row = 0; told && row < rows_; ++row) members_of_[row] = Value::list(handles_of(row));
        for (std::size_t field = 0; field < member_kinds_.size(); ++field)
            set_member_column(field, always[field]);
    }

    std::vector<Value> handles_of(std::size_t row) const {
        std::vector<Value> handles;
        for (std::size_t at = row == 0 ? 0 : list_ends_[row - 1]; at < list_ends_[row]; ++at)
            handles.push_back(Value::structure({names.member, at}));
        return handles;
    }

    void add_list(std::size_t size, const std::array<bool, member_kinds_.size()>& always) {
        std::vector<Value> some;
        for (std::size_t n = size; n > 0; --n) {
            MemberValues& values = members_.emplace_back();
            for (std::size_t field = 0; field < values.size(); ++field)
                values[field] =
                    random_fact(member_kinds_[field].kind, member_kinds_[field].may_be_none, always[field]);
            some.push_back(random_value(TypeKind::integer));
        }
        const Lane lane = dice_.one_in(9) ? Lane::unknown : dice_.one_in(20) ? Lane::error : Lane::value;
        list_ends_.push_back(members_.size());
        list_lanes_.push_back(lane);
        list_faults_.push_back(lane == Lane::error ? Fault::overflow : Fault::nothing);
        members_of_.push_back(lane == Lane::unknown ? Value::unknown(2)
                              : lane == Lane::error ? Value::error(Fault::overflow)
                                                    : Value::list(handles_of(list_ends_.size() - 1)));
        numbers_of_.push_back(Value::list(std::move(some)));
    }

    void set_member_column(std::size_t field, bool always) {
        Owned& owned = member_columns_[field];
        const TypeKind kind = member_kinds_[field].kind;
        for (const MemberValues& one : members_) put(owned, one[field]);
        owned.column = {kind,
                        always ? nullptr : owned.lanes.data(),
                        always ? nullptr : owned.faults.data(),
                        owned.numbers.data(),
                        kind == TypeKind::ratio ? owned.denominators.data() : nullptr,
                        owned.codes.data(),
                        words_};
    }

    std::size_t rows_;
    Dice dice_;
    std::map<FieldRef, std::unique_ptr<Owned>> columns_;
    std::vector<MemberValues> members_;
    std::array<Owned, member_kinds_.size()> member_columns_;
    MemberLists lists_;
    std::vector<std::uint64_t> list_ends_;
    std::vector<Lane> list_lanes_;
    std::vector<Fault> list_faults_;
    std::vector<Value> members_of_;
    std::vector<Value> numbers_of_;
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
        tables_.push_back(std::make_unique<RandomTable>(100, tables_.size() + 1, true));
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
