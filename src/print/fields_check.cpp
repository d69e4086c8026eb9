// SPDX-License-Identifier: Apache-2.0
#include "print/fields_check.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace doudi::print {
namespace {

constexpr std::size_t long_number = 11;  // a mobile telephone's; a landline is written in two parts

std::unexpected<Error> refuse(const Paper& paper, std::string code, Text text) {
    return fail(ErrorKind::invalid, std::move(code), std::move(text), paper.file);
}

bool is_of(const Value& value, const Field& field) {
    switch (field.type) {
        case FieldType::text:
        case FieldType::choice:
            return std::holds_alternative<std::string>(value.is);
        case FieldType::number:
            return std::holds_alternative<std::int64_t>(value.is);
        case FieldType::money:
            return std::holds_alternative<Money>(value.is);
        case FieldType::date:
            return std::holds_alternative<Date>(value.is);
        case FieldType::flag:
            return std::holds_alternative<bool>(value.is);
        case FieldType::id_number:
            return std::holds_alternative<std::string>(value.is) ||
                   std::holds_alternative<WholeNumber>(value.is);
        case FieldType::rows:
            return std::holds_alternative<std::vector<Row>>(value.is);
    }
    return false;
}

// Digits of any script of ours (full width too), with stars for those that are masked; blanks and hyphens
// between them end no number of eleven and more in one piece.
bool holds_long_number(std::string_view text) {
    std::size_t run = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        at += point.length;
        constexpr char32_t wide_zero = 0xFF10;
        const bool counts = (point.code >= U'0' && point.code <= U'9') || point.code == U'*' ||
                            (point.code >= wide_zero && point.code <= wide_zero + 9);
        if (point.code == U' ') continue;
        run = counts ? run + 1 : 0;
        if (run >= long_number) return true;
    }
    return false;
}

class Checker {
  public:
    explicit Checker(const Paper& paper) : paper_(paper) {}

    Result<void> row(const Row& row, const std::vector<Field>& fields) {
        for (const auto& [id, value] : row.values) {
            const Field* field = find_field(fields, id);
            if (field == nullptr)
                return refuse(paper_, "paper_field_unknown",
                              {"该文书没有字段“" + id + "”", "the paper shows no field '" + id + "'"});
            if (value.is_known()) TRY_VOID(known(value, *field));
        }
        return {};
    }

  private:
    Result<void> known(const Value& value, const Field& field) {
        if (!is_of(value, field))
            return refuse(paper_, "paper_field_type",
                          {"字段“" + field.id + "”的值类型不对",
                           "field '" + field.id + "' has a value of another type"});
        if (const auto* text = std::get_if<std::string>(&value.is)) TRY_VOID(check_text(*text, field));
        if (const auto* whole = std::get_if<WholeNumber>(&value.is)) TRY_VOID(check_text(whole->text, field));
        if (const auto* rows = std::get_if<std::vector<Row>>(&value.is)) {
            if (rows->size() > most_rows) return too_long(field);
            for (const Row& one : *rows) TRY_VOID(row(one, field.columns));
        }
        return {};
    }

    Result<void> check_text(const std::string& text, const Field& field) const {
        if (count_code_points(text) > most_characters) return too_long(field);
        if (field.type == FieldType::choice && field.option(text) == nullptr)
            return refuse(
                paper_, "paper_choice",
                {"字段“" + field.id + "”没有这个选项", "field '" + field.id + "' has no such option"});
        if (paper_.is_public && holds_long_number(text))
            return refuse(
                paper_, "paper_public_number",
                {"公示文书的“" + field.id + "”含证件、电话或账户号码",
                 "'" + field.id + "' of a posted paper holds a number of identity, telephone or account"});
        return {};
    }

    [[nodiscard]] std::unexpected<Error> too_long(const Field& field) const {
        return fail(ErrorKind::limit, "paper_field_long",
                    {"字段“" + field.id + "”过长", "field '" + field.id + "' is too long"}, paper_.file);
    }

    const Paper& paper_;
};

bool is_known_adult(const Row& row, const Field& rows) {
    const auto flag = std::ranges::find_if(rows.columns, &Field::tells_adult);
    if (flag == rows.columns.end()) return false;
    const auto* adult = std::get_if<bool>(&row.at(flag->id).is);
    return adult != nullptr && *adult;
}

}  // namespace

Result<CheckedFields> check_fields(const Paper& paper, const Fields& given) {
    TRY_VOID(Checker(paper).row(given, paper.fields));
    CheckedFields checked{given, 0};
    if (!paper.is_public) return checked;
    for (const Field& field : paper.fields) {
        const auto value = checked.fields.values.find(field.id);
        auto* rows =
            value == checked.fields.values.end() ? nullptr : std::get_if<std::vector<Row>>(&value->second.is);
        if (field.type != FieldType::rows) continue;
        if (rows != nullptr)
            checked.withheld +=
                std::erase_if(*rows, [&](const Row& row) { return !is_known_adult(row, field); });
        if (rows == nullptr || rows->empty())
            return refuse(
                paper, "paper_nobody_to_post",
                {"没有可以公示的对象（未成年人和未确认成年的人不公示）",
                 "there is nobody to post (children, and who is not known to be an adult, are not posted)"});
    }
    return checked;
}

}  // namespace doudi::print
