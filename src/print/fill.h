// SPDX-License-Identifier: Apache-2.0
// A wording with its fields in it: runs of text and spaces to write on. Identity numbers are masked here
// unless the caller handed over a whole one.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "print/layouts.h"
#include "print/paper.h"
#include "print/records.h"

namespace doudi::print {

struct Run {
    std::string text;         // "\n" begins a new line
    double blank = 0;         // a space of so many characters instead
    bool underlined = false;  // of a blank: a line to write on
    bool unbroken = false;    // of a text: on one line
};
using Runs = std::vector<Run>;

// What an 18-character identity number inside of a text leaves to be seen: 441699********1234.
[[nodiscard]] std::string with_numbers_masked(std::string_view text);

class Filler {
  public:
    // `has_glyph`: whether the fonts have a character.
    Filler(const Paper& paper, const Fields& fields, const Words& words,
           std::function<bool(char32_t)> has_glyph)
        : paper_(&paper), fields_(&fields), words_(&words), has_glyph_(std::move(has_glyph)) {}

    // In a cell a value that is not known leaves the cell empty, where it stands alone.
    [[nodiscard]] Runs fill(const Wording& wording, bool in_cell = false);
    [[nodiscard]] Runs fill_cell_of(const Field& rows, const Row& row, const Wording& wording);
    [[nodiscard]] Runs literal(std::string_view text);
    [[nodiscard]] bool holds(const std::vector<Condition>& conditions) const;
    // Null where it is not known.
    [[nodiscard]] const std::vector<Row>* rows_of(int field);
    [[nodiscard]] const Field& field(int field) const {
        return paper_->fields[static_cast<std::size_t>(field)];
    }

    // What was left to be written by hand, and which characters are in no font.
    [[nodiscard]] const std::set<std::string>& blanks() const { return blanks_; }
    [[nodiscard]] const std::set<Unprintable>& unprintable() const { return unprintable_; }

  private:
    Runs fill_from(const Wording& wording, const std::vector<Field>& fields, const Row& row, bool in_cell);
    void add_text(Runs& runs, std::string_view text, std::string_view field);
    void add_value(Runs& runs, const Field& field, const Value& value, Form form);
    void add_options(Runs& runs, const Field& field, const Value& value);
    void add_blank(Runs& runs, const Field& field, Form form) const;

    const Paper* paper_;
    const Fields* fields_;
    const Words* words_;
    std::function<bool(char32_t)> has_glyph_;
    std::set<std::string> blanks_;
    std::set<Unprintable> unprintable_;
};

}  // namespace doudi::print
