// SPDX-License-Identifier: Apache-2.0
// Where the columns that a dataset knows stand in one recognised file, and where they land in a batch.
#pragma once
#include <string>
#include <vector>

#include "intake/recognise.h"
#include "intake/records.h"
#include "policy/dataset.h"

namespace doudi::intake {

// File columns count from 0; -1 where the file has none.
struct MappedColumns {
    struct Person {
        int id = -1;
        int name = -1;
        int phone = -1;
        FeedLayout::Role at;
    };
    struct Field {
        int column = -1;
        int at = -1;  // batch column
        bool dictionary = false;
        int tells = -1;                  // the dataset's column, if it tells a fact
        std::vector<std::string> words;  // of a category that tells a fact: those that mean something
    };

    // The dataset must outlive it.
    [[nodiscard]] static MappedColumns of(const policy::Dataset& dataset, const Recognised& recognised);

    const policy::Dataset* dataset = nullptr;
    FeedLayout layout;
    std::vector<Person> persons;  // parallel to Dataset::persons
    std::vector<Field> fields;
    int date = -1;
    bool tells_facts = false;                  // by any column
    bool tells_figures = false;                // by a column that is no category
    std::vector<std::string> headings;         // per file column
    std::vector<std::string> normal_headings;  // the same, to know a repeated heading row
    std::vector<bool> known;                   // per file column: the dataset knows it
};

// The most persons that a row of any dataset may name.
inline constexpr std::size_t most_persons = 8;

}  // namespace doudi::intake
