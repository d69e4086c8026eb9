// SPDX-License-Identifier: Apache-2.0
// A paper as papers/*.yaml states it (docs/formats/paper.md): which fields it shows and in which words,
// tables and lines. Wording and layout are data; nothing here knows what a paper says.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text.h"

namespace doudi::print {

enum class FieldType : std::uint8_t { text, number, money, date, flag, choice, id_number, rows };

struct Option {
    std::string id;
    std::string word;  // as printed
};

struct Field {
    std::string id;
    Text title;
    FieldType type = FieldType::text;
    std::vector<Option> options;  // of a choice
    int blank = 0;                // the line to write on where it is not known, in characters
    bool says_unknown = false;    // says so instead, where nobody will write by hand
    bool is_public = false;       // may stand on a paper that is posted
    bool tells_adult = false;     // of a column: whether the row is of an adult
    std::vector<Field> columns;   // of rows

    [[nodiscard]] const Option* option(std::string_view id) const;
};
[[nodiscard]] const Field* find_field(const std::vector<Field>& fields, std::string_view id);

// How a field is written.
enum class Form : std::uint8_t {
    plain,
    figure,   // money without its unit: 650.00
    capital,  // money in capital numerals
    month,    // a date without its day: 2025年6月
    options,  // every option of a choice with a box, the chosen one ticked
};

struct Part {
    std::string literal;
    int field = -1;  // of the paper, or of the row where the wording is a column's
    Form form = Form::plain;
    int blank = 0;  // a line to write on that is no field's, in characters
};
using Wording = std::vector<Part>;

// A block stands there if every condition holds: one of the words is said of the field. A field that is not
// known is `unknown` and nothing else.
struct Condition {
    int field = -1;
    std::vector<std::string> words;  // ids of options; yes, no; known, unknown
};

enum class TextStyle : std::uint8_t { title, number, heading, body, plain, centre, right, note };
enum class Align : std::uint8_t { left, centre, right };

struct TextBlock {
    TextStyle style = TextStyle::body;
    Wording text;
};
struct Cell {
    Wording text;
    Wording foot;  // at the right of its lower edge: who signs and when
    int span = 1;
    int lines = 1;  // at least so high
    Align align = Align::left;
};
struct FormBlock {  // a table of labels and values
    std::vector<int> columns;
    std::vector<std::vector<Cell>> rows;
};
struct ListColumn {
    std::string head;
    int width = 1;
    bool serial = false;
    Wording cell;
    Align align = Align::centre;
};
struct ListBlock {  // a table with a row for each of a field's rows, its head on each page
    int field = -1;
    int at_least = 0;  // rows, empty ones among them
    std::vector<ListColumn> columns;
};
struct PhotoBlock {
    std::vector<std::string> labels;
    int height = 60;  // mm
};
struct SignBlock {
    std::vector<Wording> lines;
};
struct SealBlock {
    Wording office, day;
};
struct CutBlock {  // where a slip is torn off
    std::string label;
};
struct PageBlock {};

struct Block {
    std::vector<Condition> when;
    std::variant<TextBlock, FormBlock, ListBlock, PhotoBlock, SignBlock, SealBlock, CutBlock, PageBlock> is;
};

struct Paper {
    std::string id;
    Text title;
    std::string cite;
    std::string layout;
    bool is_public = false;
    std::vector<Field> fields;  // in the order in which they are first used
    std::vector<Block> blocks;
    std::string file;  // as shown: papers/pledge_form.yaml
};

}  // namespace doudi::print
