// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "expr/columns_test_support.h"

namespace {

std::atomic<std::uint64_t> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace doudi::expr {

namespace {

// A table's beginning.
class FirstRows : public FactTable {
  public:
    FirstRows(const FactTable& all, std::size_t rows) : all_(all), rows_(rows) {}
    [[nodiscard]] std::size_t rows() const override { return rows_; }
    [[nodiscard]] const FactColumn* column(FieldRef ref) const override { return all_.column(ref); }
    [[nodiscard]] const MemberLists* members(FieldRef ref) const override { return all_.members(ref); }
    [[nodiscard]] const FactColumn* member_column(MemberField field) const override {
        return all_.member_column(field);
    }

  private:
    const FactTable& all_;
    std::size_t rows_;
};

std::uint64_t allocations_of(const Program& program, const FactTable& table) {
    ColumnAnswer answer;
    const std::uint64_t before = allocations;
    evaluate_columns(program, table, 1, answer);
    return allocations - before;
}

}  // namespace

TEST_CASE("a strip of rows allocates nothing: twelve take no more memory than three") {
    const test::RandomTable many(24'000, 3);
    const FirstRows few(many, 6'000);
    for (const char* text :
         {"a && m * 3 < n || i in [1, j] || min(i, j) > 3",
          "s == t || s.startsWith(\"a\") || d.addDays(i) > as_of", "round_fen(m / i * 1.5, \"half_up\") > n",
          "household.members.exists(x, x.name == s && x.share * 2 > r)",
          "household.members.filter(x, x.student).map(x, x.age).filter(v, v > i).sum() > 3",
          "household.members.map(x, x.share).max() > r || household.members.exists_one(x, x.kind == "
          "\"有效\")"}) {
        auto program = compile(text, many.names.schema, CheckMode::pack_condition);
        REQUIRE_MESSAGE(program, std::string(text));
        const std::uint64_t of_few = allocations_of(*program, few);
        CHECK_MESSAGE(allocations_of(*program, many) == of_few, std::string(text));
    }
}

}  // namespace doudi::expr
