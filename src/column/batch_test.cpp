// SPDX-License-Identifier: Apache-2.0
#include "column/batch.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace doudi::column {

TEST_CASE("a word has one code in a batch, wherever it comes up again") {
    DictionaryColumn column;
    for (int round = 0; round < 2; ++round) {
        for (int word = 0; word < 20; ++word) column.append("w" + std::to_string(word));
    }
    CHECK(column.words.size() == 20);
    for (std::size_t row = 0; row < 20; ++row) CHECK(column.codes[row] == column.codes[row + 20]);
    CHECK(column.at(37) == "w17");
}

TEST_CASE("words that share their length and their ends are told apart, of every length") {
    DictionaryColumn column;
    std::vector<std::string> words;
    for (std::size_t size = 0; size <= 20; ++size) {
        words.emplace_back(size, 'a');
        for (std::size_t at = 0; at < size; ++at) {
            words.push_back(words[words.size() - at - 1]);
            words.back()[at] = 'b';
        }
    }
    for (int round = 0; round < 2; ++round) {
        for (const std::string& word : words) column.append(word);
    }
    CHECK(column.words == words);
    for (std::size_t row = 0; row < column.codes.size(); ++row)
        CHECK(column.codes[row] == row % words.size());
}

TEST_CASE("an empty word is a word") {
    DictionaryColumn column;
    column.append("");
    column.append("有效");
    column.append("");
    CHECK(column.codes == std::vector<std::uint32_t>{0, 1, 0});
}

TEST_CASE("text rows are cut where they were appended, empty ones too") {
    TextColumn text;
    text.append("张三");
    text.append("");
    text.append("李四");
    CHECK(text.at(0) == "张三");
    CHECK(text.at(1).empty());
    CHECK(text.at(2) == "李四");
}

TEST_CASE("a cleared batch keeps its shape") {
    Batch batch = Batch::of({{"row", Kind::number}, {"name", Kind::text}, {"state", Kind::dictionary}});
    batch.columns[0].numbers.push_back(1);
    batch.columns[1].text.append("x");
    batch.columns[2].dictionary.append("y");
    batch.columns[2].status.push_back(Status::none);
    batch.rows = 1;
    batch.clear();
    CHECK(batch.rows == 0);
    CHECK(batch.columns.size() == 3);
    CHECK(batch.columns[1].kind == Kind::text);
    CHECK(batch.columns[2].dictionary.words.empty());
    CHECK(batch.columns[2].status_at(0) == Status::value);
}

}  // namespace doudi::column
