// SPDX-License-Identifier: Apache-2.0
#include "expr/type.h"

#include <utility>

namespace doudi::expr {

namespace {

Text kind_text(TypeKind kind) {
    switch (kind) {
        case TypeKind::poison:
            return {"任意", "any"};
        case TypeKind::dyn:
            return {"动态", "dyn"};
        case TypeKind::null:
            return {"空值", "null"};
        case TypeKind::boolean:
            return {"真假", "bool"};
        case TypeKind::integer:
            return {"整数", "int"};
        case TypeKind::uinteger:
            return {"无符号整数", "uint"};
        case TypeKind::floating:
            return {"浮点数", "double"};
        case TypeKind::string:
            return {"文字", "string"};
        case TypeKind::bytes:
            return {"字节串", "bytes"};
        case TypeKind::date:
            return {"日期", "date"};
        case TypeKind::money:
            return {"金额", "money"};
        case TypeKind::amount:
            return {"未取整金额", "amount"};
        case TypeKind::ratio:
            return {"比率", "ratio"};
        case TypeKind::list:
            return {"列表", "list"};
        case TypeKind::map:
            return {"映射", "map"};
        case TypeKind::structure:
            return {"对象", "struct"};
        case TypeKind::type:
            return {"类型", "type"};
        case TypeKind::timestamp:
            return {"时刻", "timestamp"};
        case TypeKind::duration:
            return {"时长", "duration"};
    }
    return {};
}

bool is_cel_number(TypeKind kind) {
    return kind == TypeKind::integer || kind == TypeKind::uinteger || kind == TypeKind::floating;
}
bool is_sum_of_money(TypeKind kind) {
    return kind == TypeKind::money || kind == TypeKind::amount;
}
bool is_factor(TypeKind kind) {
    return kind == TypeKind::integer || kind == TypeKind::ratio;
}

// timestamp - timestamp is a duration; a duration moves a timestamp, but nothing is taken from a duration
// save another.
std::optional<TypeKind> time_result(Arithmetic op, TypeKind left, TypeKind right) {
    const bool adds = op == Arithmetic::add;
    if (left == TypeKind::duration && right == TypeKind::duration) return TypeKind::duration;
    if (left == TypeKind::timestamp && right == TypeKind::duration) return TypeKind::timestamp;
    if (adds && left == TypeKind::duration && right == TypeKind::timestamp) return TypeKind::timestamp;
    if (!adds && left == TypeKind::timestamp && right == TypeKind::timestamp) return TypeKind::duration;
    return std::nullopt;
}

std::optional<TypeKind> sum_result(Arithmetic op, TypeKind left, TypeKind right) {
    if (is_sum_of_money(left) && is_sum_of_money(right)) return left == right ? left : TypeKind::amount;
    if (const auto time = time_result(op, left, right)) return time;
    if (left != right) return std::nullopt;
    if (is_cel_number(left) || left == TypeKind::ratio) return left;
    if (op == Arithmetic::subtract && left == TypeKind::date) return TypeKind::integer;
    const bool joins = left == TypeKind::string || left == TypeKind::bytes || left == TypeKind::list;
    if (op == Arithmetic::add && joins) return left;
    return std::nullopt;
}

std::optional<TypeKind> product_result(TypeKind left, TypeKind right) {
    if (left == right && is_cel_number(left)) return left;
    if (is_factor(left) && is_factor(right)) return TypeKind::ratio;
    if (is_factor(left)) std::swap(left, right);
    if (!is_sum_of_money(left) || !is_factor(right)) return std::nullopt;
    const bool whole = left == TypeKind::money && right == TypeKind::integer;
    return whole ? TypeKind::money : TypeKind::amount;
}

std::optional<TypeKind> quotient_result(TypeKind left, TypeKind right) {
    if (left == right && is_cel_number(left)) return left;
    if (is_factor(left) && is_factor(right)) return TypeKind::ratio;
    if (is_sum_of_money(left) && is_sum_of_money(right)) return TypeKind::ratio;
    if (is_sum_of_money(left) && is_factor(right)) return TypeKind::amount;
    return std::nullopt;
}

}  // namespace

Text type_text(Type type) {
    Text text = kind_text(type.kind);
    if (type.kind != TypeKind::list || type.element == TypeKind::poison) return text;
    const Text element = kind_text(type.element);
    return {text.zh + "<" + element.zh + ">", text.en + "<" + element.en + ">"};
}

std::optional<TypeKind> arithmetic_result(Arithmetic op, TypeKind left, TypeKind right) {
    switch (op) {
        case Arithmetic::add:
        case Arithmetic::subtract:
            return sum_result(op, left, right);
        case Arithmetic::multiply:
            return product_result(left, right);
        case Arithmetic::divide:
            return quotient_result(left, right);
        case Arithmetic::remainder:
            if (left == right && (left == TypeKind::integer || left == TypeKind::uinteger)) return left;
            return std::nullopt;
    }
    return std::nullopt;
}

bool is_ordered(TypeKind left, TypeKind right) {
    if (is_cel_number(left) && is_cel_number(right)) return true;
    if (is_sum_of_money(left) && is_sum_of_money(right)) return true;
    if (is_factor(left) && is_factor(right)) return true;
    if (left != right) return false;
    return left == TypeKind::boolean || left == TypeKind::string || left == TypeKind::bytes ||
           left == TypeKind::date || left == TypeKind::timestamp || left == TypeKind::duration;
}

}  // namespace doudi::expr
