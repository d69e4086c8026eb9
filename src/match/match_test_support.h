// SPDX-License-Identifier: Apache-2.0
// For tests of this room and of those below it: registers and rows in a few words.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id_number.h"
#include "base/id_scan.h"
#include "intake/records.h"
#include "match/counting.h"
#include "registry/records.h"

namespace doudi::match::testing {

// The n-th invented number: an unassigned county, a birth date that exists, the sequence.
inline std::uint64_t number(std::uint32_t n) {
    const std::uint64_t day = 1 + n / 1000 % 28;
    const std::uint64_t month = 1 + n / 28'000 % 12;
    const std::uint64_t year = 1950 + n / 336'000;
    return (((std::uint64_t{441699} * 10000 + year) * 100 + month) * 100 + day) * 1000 + n % 1000;
}

// As a file would have it with this check value (0..10), right or wrong.
inline std::uint64_t with_check(std::uint64_t digits17, std::uint8_t check) {
    return pack_scan(digits17, check, check != id_check_value(digits17));
}

inline registry::Member member(std::uint32_t person, std::uint32_t household, std::string name,
                               std::uint32_t n, std::string phone = {}) {
    registry::Member one;
    one.id = PersonId(person);
    one.household = HouseholdId(household);
    one.name = std::move(name);
    one.id_number = IdNumber::from_packed(number(n));
    one.phone = std::move(phone);
    return one;
}

struct Cell {
    std::optional<std::uint64_t> number;
    std::string name;
    std::string phone;
};

struct Row {
    std::vector<Cell> persons;  // by role
    std::optional<Date> date;
    std::vector<std::optional<std::string>> fields;  // of the category and code columns, in their order
};

inline void put(column::Column& column, bool has, std::int64_t value) {
    column.numbers.push_back(has ? value : 0);
    column.status.push_back(has ? column::Status::value : column::Status::none);
}

inline void put(column::Column& column, const std::optional<std::string>& value) {
    column.status.push_back(value ? column::Status::value : column::Status::none);
    if (column.kind == column::Kind::dictionary) {
        column.dictionary.append(value.value_or(""));
    } else {
        column.text.append(value.value_or(""));
    }
}

// Rows begin..end as one batch, numbered from begin + 2 as below a line of headings.
inline intake::FeedRows batch_of(const policy::Dataset& dataset, const std::vector<Row>& rows,
                                 std::size_t begin, std::size_t end) {
    const intake::FeedLayout layout = intake::FeedLayout::of(dataset);
    intake::FeedRows out{column::Batch::of(layout.schema)};
    const auto at = [&](int index) -> column::Column& {
        return out.batch.columns[static_cast<std::size_t>(index)];
    };
    for (std::size_t i = begin; i < end; ++i) {
        const Row& row = rows[i];
        at(layout.row).numbers.push_back(static_cast<std::int64_t>(i + 2));
        put(at(layout.event_date), row.date.has_value(), row.date.value_or(Date()).days());
        for (std::size_t role = 0; role < layout.roles.size(); ++role) {
            const Cell& cell = row.persons[role];
            put(at(layout.roles[role].id), cell.number.has_value(),
                static_cast<std::int64_t>(cell.number.value_or(0)));
            put(at(layout.roles[role].name), cell.name.empty() ? std::nullopt : std::optional(cell.name));
            if (layout.roles[role].phone < 0) continue;
            put(at(layout.roles[role].phone), cell.phone.empty() ? std::nullopt : std::optional(cell.phone));
        }
        std::size_t field = 0;
        for (const int column : layout.field_of) {
            if (column >= 0) put(at(column), field < row.fields.size() ? row.fields[field] : std::nullopt);
            field += column >= 0 ? 1 : 0;
        }
        ++out.batch.rows;
    }
    return out;
}

// The whole file, cut into batches of so many rows.
inline MatchedFile match_file(const policy::Dataset& dataset, const Roster& roster,
                              const std::vector<Row>& rows, MatchOptions options,
                              std::size_t batch_rows = 1000) {
    options.keep_hits = true;
    ArrivalCounter counter(dataset, roster, std::move(options));
    std::vector<std::unique_ptr<intake::FeedSink::Part>> parts;
    for (std::size_t begin = 0; begin < rows.size(); begin += batch_rows) {
        intake::FeedRows batch = batch_of(dataset, rows, begin, std::min(rows.size(), begin + batch_rows));
        parts.push_back(counter.process(batch));
    }
    for (auto& part : parts) counter.commit(std::move(part), 0);
    return counter.finish(0);
}

// A dataset with a person for each role, a date, and the named category columns.
inline policy::Dataset dataset(std::vector<std::string> roles, std::vector<std::string> categories,
                               bool phone = false) {
    policy::Dataset made;
    made.id = "test.feed";
    const auto add = [&made](std::string field, policy::ColumnType type) {
        made.columns.push_back({std::move(field), type, {}, false});
        return static_cast<int>(made.columns.size()) - 1;
    };
    for (const std::string& role : roles) {
        policy::DatasetPerson person;
        person.role = role;
        person.id_column = add(role + "_id", policy::ColumnType::id_number);
        person.name_column = add(role + "_name", policy::ColumnType::name);
        if (phone) person.phone_column = add(role + "_phone", policy::ColumnType::phone);
        made.persons.push_back(std::move(person));
    }
    made.event_date_column = add("happened_on", policy::ColumnType::date);
    for (std::string& category : categories) add(std::move(category), policy::ColumnType::category);
    return made;
}

}  // namespace doudi::match::testing
