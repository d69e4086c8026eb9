// SPDX-License-Identifier: Apache-2.0
#include "print/fill.h"

#include <algorithm>

#include "base/id_number.h"
#include "base/id_scan.h"
#include "base/utf8.h"
#include "print/chinese_text.h"

namespace doudi::print {
namespace {

constexpr std::size_t number_length = 18;
constexpr std::size_t shown_in_front = 6;
constexpr std::size_t shown_behind = 4;

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Controls, and marks that turn text round or hide in it; a line break stays.
bool is_invisible(char32_t code) {
    if (code == U'\n') return false;
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFC);
}

// Choose between shapes of the character before them, and show nothing where the font has one shape only.
bool is_variation_selector(char32_t code) {
    return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

std::string shown_number(const std::string& written) {
    if (written.find('*') != std::string::npos) return written;
    const IdText read = read_id_text(written);
    if (read.kind == IdTextKind::empty) return written;
    return mask_text(written);
}

}  // namespace

std::string with_numbers_masked(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; at + number_length <= out.size(); ++at) {
        const bool begins = at == 0 || !is_alphanumeric(out[at - 1]);
        const bool ends = at + number_length == out.size() || !is_alphanumeric(out[at + number_length]);
        if (!begins || !ends) continue;
        if (scan_canonical_id_portable(out.data() + at).kind == IdScanKind::not_canonical) continue;
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at + shown_in_front),
                    number_length - shown_in_front - shown_behind, '*');
    }
    return out;
}

void Filler::add_text(Runs& runs, std::string_view text, std::string_view field) {
    std::string shown;
    const auto flush = [&] {
        if (!shown.empty()) runs.push_back({std::move(shown)});
        shown.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        at += point.length;
        if (point.valid && is_invisible(point.code)) continue;
        if (point.valid &&
            (point.code == U'\n' || is_variation_selector(point.code) || has_glyph_(point.code))) {
            append_utf8(shown, point.code);
            continue;
        }
        unprintable_.insert({std::string(field), point.valid ? point.code : replacement_character});
        flush();
        runs.push_back({.blank = 1, .underlined = true});
    }
    flush();
}

void Filler::add_options(Runs& runs, const Field& field, const Value& value) {
    bool is_first = true;
    const auto add = [&](bool ticked, const std::string& word) {
        if (!is_first) runs.push_back({"　"});
        is_first = false;
        const std::size_t from = runs.size();
        add_text(runs, (ticked ? words_->ticked : words_->open) + word, field.id);
        for (std::size_t i = from; i < runs.size(); ++i) runs[i].unbroken = true;
    };
    if (field.type == FieldType::flag) {
        const auto* flag = std::get_if<bool>(&value.is);
        add(flag != nullptr && *flag, words_->yes);
        add(flag != nullptr && !*flag, words_->no);
        return;
    }
    const auto* chosen = std::get_if<std::string>(&value.is);
    for (const Option& option : field.options) add(chosen != nullptr && *chosen == option.id, option.word);
}

void Filler::add_value(Runs& runs, const Field& field, const Value& value, Form form) {
    std::string text;
    if (const auto* given = std::get_if<std::string>(&value.is)) {
        if (field.type == FieldType::choice) {
            text = field.option(*given)->word;
        } else {
            text = field.type == FieldType::id_number ? shown_number(*given) : with_numbers_masked(*given);
        }
    } else if (const auto* whole = std::get_if<WholeNumber>(&value.is)) {
        text = whole->text;
    } else if (const auto* number = std::get_if<std::int64_t>(&value.is)) {
        text = std::to_string(*number);
    } else if (const auto* flag = std::get_if<bool>(&value.is)) {
        text = *flag ? words_->yes : words_->no;
    } else if (const auto* date = std::get_if<Date>(&value.is)) {
        text = form == Form::month ? chinese_month(*date) : chinese_date(*date);
    } else if (const auto* money = std::get_if<Money>(&value.is)) {
        if (form == Form::capital) {
            if (auto capital = capital_yuan(*money)) text = *std::move(capital);
        } else {
            text = form == Form::figure ? money->yuan_text() : chinese_yuan(*money);
        }
    }
    add_text(runs, text, field.id);
}

void Filler::add_blank(Runs& runs, const Field& field, Form form) const {
    const auto space = [&](double characters) { runs.push_back({.blank = characters}); };
    const auto line = [&](double characters) { runs.push_back({.blank = characters, .underlined = true}); };
    if (field.says_unknown) {
        runs.push_back({words_->unknown});
    } else if (field.type == FieldType::date) {
        constexpr double of_year = 2.5;
        constexpr double of_others = 1.5;
        space(of_year);
        runs.push_back({"年"});
        space(of_others);
        runs.push_back({"月"});
        if (form == Form::month) return;
        space(of_others);
        runs.push_back({"日"});
    } else {
        constexpr int capital_longer = 2;
        line(form == Form::capital ? field.blank * capital_longer : field.blank);
        if (field.type == FieldType::money && form == Form::plain) runs.push_back({"元"});
    }
}

Runs Filler::fill_from(const Wording& wording, const std::vector<Field>& fields, const Row& row,
                       bool in_cell) {
    Runs runs;
    const bool is_own = &row == fields_;  // and not a row of one of its fields
    for (const Part& part : wording) {
        if (part.blank > 0) {
            runs.push_back({.blank = static_cast<double>(part.blank), .underlined = true});
        } else if (part.field < 0) {
            add_text(runs, part.literal, {});
        } else {
            const Field& field = fields[static_cast<std::size_t>(part.field)];
            const Value& value = row.at(field.id);
            if (is_own && !value.is_known() && !field.says_unknown) blanks_.insert(field.id);
            if (part.form == Form::options) {
                add_options(runs, field, value);
            } else if (value.is_known()) {
                const std::size_t from = runs.size();
                add_value(runs, field, value, part.form);
                // A day is read at one glance; a narrow cell may have to break it.
                const bool keeps = field.type == FieldType::date && !in_cell;
                for (std::size_t i = from; i < runs.size(); ++i) runs[i].unbroken = keeps;
            } else if (field.says_unknown || !in_cell || wording.size() > 1) {
                add_blank(runs, field, part.form);
            }
        }
    }
    return runs;
}

Runs Filler::fill(const Wording& wording, bool in_cell) {
    return fill_from(wording, paper_->fields, *fields_, in_cell);
}

Runs Filler::fill_cell_of(const Field& rows, const Row& row, const Wording& wording) {
    return fill_from(wording, rows.columns, row, true);
}

Runs Filler::literal(std::string_view text) {
    Runs runs;
    add_text(runs, text, {});
    return runs;
}

const std::vector<Row>* Filler::rows_of(int field) {
    const Value& value = fields_->at(this->field(field).id);
    if (!value.is_known()) blanks_.insert(this->field(field).id);
    return std::get_if<std::vector<Row>>(&value.is);
}

namespace {

bool is_said_of(const std::string& word, const Value& value) {
    if (word == "known") return value.is_known();
    if (!value.is_known()) return word == "unknown";
    if (const auto* chosen = std::get_if<std::string>(&value.is)) return *chosen == word;
    const auto* flag = std::get_if<bool>(&value.is);
    return flag != nullptr && word == (*flag ? "yes" : "no");
}

}  // namespace

bool Filler::holds(const std::vector<Condition>& conditions) const {
    return std::ranges::all_of(conditions, [&](const Condition& condition) {
        const Value& value = fields_->at(field(condition.field).id);
        return std::ranges::any_of(condition.words,
                                   [&](const std::string& word) { return is_said_of(word, value); });
    });
}

}  // namespace doudi::print
