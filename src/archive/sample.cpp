// SPDX-License-Identifier: Apache-2.0
#include "archive/sample.h"

#include <fmt/format.h>

namespace doudi::archive {
namespace {

constexpr int sample_rows = 2;
constexpr std::int64_t sample_number = 2;
constexpr std::int64_t sample_fen = 123'456;
// Of the unassigned county of samples/: nobody has it. As a text it is masked where it is printed.
constexpr const char* sample_id = "441699199001010013";

print::Row sample_row(const std::vector<print::Field>& fields, Date day);

print::Value sample_of(const print::Field& field, Date day) {
    using print::FieldType;
    switch (field.type) {
        case FieldType::number:
            return {sample_number};
        case FieldType::money:
            return {Money::fen(sample_fen)};
        case FieldType::date:
            return {day};
        case FieldType::flag:
            return {true};  // of a column that tells it: an adult, who may be posted
        case FieldType::choice:
            return field.options.empty() ? print::Value{} : print::Value{field.options.front().id};
        case FieldType::id_number:
            return {std::string(sample_id)};
        case FieldType::rows:
            return {std::vector<print::Row>(sample_rows, sample_row(field.columns, day))};
        case FieldType::text:
            break;
    }
    return {fmt::format("〔{}〕", field.title.zh)};
}

print::Row sample_row(const std::vector<print::Field>& fields, Date day) {
    print::Row row;
    for (const print::Field& field : fields) row.values.emplace(field.id, sample_of(field, day));
    return row;
}

}  // namespace

print::Fields sample_fields(const print::Paper& paper, Date day) {
    return sample_row(paper.fields, day);
}

Result<print::PrintedPaper> sample_paper(Press& press, std::string_view pack, std::string_view paper,
                                         Date day) {
    const auto plates = TRY(press.of(pack));
    const print::Paper* found = TRY(plates->library.need(paper));
    return press.print(pack, paper, sample_fields(*found, day), day);
}

}  // namespace doudi::archive
