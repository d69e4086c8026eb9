// SPDX-License-Identifier: Apache-2.0
#include "intake/mapped_columns.h"

#include <algorithm>
#include <iterator>

#include "base/result.h"

namespace doudi::intake {

MappedColumns MappedColumns::of(const policy::Dataset& dataset, const Recognised& recognised) {
    ensure(recognised.column_of.size() == dataset.columns.size(),
           "the recognised columns are this dataset's");
    ensure(dataset.persons.size() <= most_persons, "a row names at most eight persons");
    const auto column = [&recognised](int index) {
        return index < 0 ? -1 : recognised.column_of[static_cast<std::size_t>(index)];
    };
    MappedColumns mapped;
    mapped.dataset = &dataset;
    mapped.layout = FeedLayout::of(dataset);
    for (std::size_t i = 0; i < dataset.persons.size(); ++i) {
        const policy::DatasetPerson& person = dataset.persons[i];
        mapped.persons.push_back({column(person.id_column), column(person.name_column),
                                  column(person.phone_column), mapped.layout.roles[i]});
    }
    for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
        if (mapped.layout.field_of[i] < 0) continue;
        const bool dictionary = dataset.columns[i].type == policy::ColumnType::category;
        const int tells = dataset.tells_by(static_cast<int>(i)) ? static_cast<int>(i) : -1;
        mapped.fields.push_back({recognised.column_of[i], mapped.layout.field_of[i], dictionary, tells, {}});
        if (tells < 0) continue;
        mapped.tells_facts = true;
        mapped.tells_figures = mapped.tells_figures || !dictionary;
        for (const policy::DatasetFact& fact : dataset.facts) {
            if (fact.column != tells) continue;
            for (const auto& meaning : fact.meanings)
                std::ranges::copy(meaning.words, std::back_inserter(mapped.fields.back().words));
        }
    }
    mapped.date = column(dataset.event_date_column);
    mapped.headings = recognised.headings;
    for (const std::string& heading : mapped.headings)
        mapped.normal_headings.push_back(normal_heading(heading));
    mapped.known.assign(mapped.headings.size(), false);
    for (const int file_column : recognised.column_of) {
        if (file_column >= 0) mapped.known[static_cast<std::size_t>(file_column)] = true;
    }
    return mapped;
}

}  // namespace doudi::intake
