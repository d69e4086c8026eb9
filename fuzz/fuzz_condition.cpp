// SPDX-License-Identifier: Apache-2.0
// A condition as a pack writes it: refused with its errors, or run with one answer by both evaluators, with
// and without a trace; and what is printed of it reads as the same tree.
#include <array>
#include <memory>

#include "expr/columns_test_support.h"
#include "fuzz/input.h"

namespace {

using namespace doudi;
using namespace doudi::expr;

const test::RandomTable& table_of(std::size_t at) {
    static const std::array<test::RandomTable, 3> tables{test::RandomTable(1, 1), test::RandomTable(65, 2),
                                                         test::RandomTable(20, 3, true)};
    return tables[at % tables.size()];
}

void check_trace(const Program& program, const test::RandomTable& table) {
    const test::RandomTable::Row row(table, 0);
    Trace trace;
    const Value traced = evaluate(program, row, trace);
    fuzz::demand(same_answer(evaluate(program, row), traced), program.ast().source + " differs with a trace");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    const auto ast = parse(text);
    if (!ast) return 0;
    const auto again = parse(to_text(*ast));
    fuzz::demand(again && same_tree(*ast, *again), std::string(text) + " prints as " + to_text(*ast));
    const test::RandomTable& table = table_of(size);
    (void)check(*ast, table.names.schema, CheckMode::pack_condition);
    const auto program = check(*ast, table.names.schema, CheckMode::pack_value);
    if (!program) return 0;
    const std::string told = test::difference(*program, table);
    fuzz::demand(told.empty(), told);
    check_trace(*program, table);
    return 0;
}
