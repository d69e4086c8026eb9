// SPDX-License-Identifier: Apache-2.0
#include "county/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "intake/sheet.h"
#include "monitor/memory.h"
#include "monitor/repository.h"
#include "registry/repository.h"

namespace doudi::county {
namespace {

void must_be(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error(what);
}

std::string event_text(std::string_view household, std::uint32_t member, std::string_view indicator,
                       std::string_view day) {
    return fmt::format("{}/{}/{}/{}", household, member, indicator, day);
}

class MemberNumbers : public intake::SheetSink {
  public:
    Result<void> row(std::uint32_t, std::span<const intake::Cell> cells) override {
        must_be(cells.size() > number_column, "a row of the members' file has no number");
        const std::string_view cell = cells[number_column].text;
        if (std::exchange(is_heading_, false)) {
            must_be(cell == "身份证号码", "the numbers stand elsewhere in the members' file");
            return {};
        }
        const IdText text = read_id_text(cell);
        const auto number =
            text.kind == IdTextKind::valid ? IdNumber::parse(text.view()) : std::optional<IdNumber>();
        must_be(number.has_value(), "a number of the members' file cannot be read");
        const auto row = static_cast<std::uint32_t>(row_of.size() + 1);
        must_be(row_of.emplace(number->packed(), row).second, "two members have one number");
        return {};
    }
    std::map<std::uint64_t, std::uint32_t> row_of;

  private:
    static constexpr std::size_t number_column = 2;
    bool is_heading_ = true;
};

// The members as the register of the store has them, by their id there.
struct People {
    std::map<std::uint32_t, std::uint32_t> row_of;        // of the members' file
    std::map<std::uint32_t, std::string> household_of;    // its code
    std::map<std::uint32_t, std::string> household_code;  // by the household's id
};

People read_people(store::DataFolder& store, const MemberRows& rows) {
    People people;
    const registry::Register all = must(registry::read_register(store, store.current()));
    for (const auto& household : all.households)
        people.household_code.emplace(household.id.value(), household.code);
    for (const auto& member : all.members) {
        must_be(member.id_number.has_value(), "a member stands on the register without a number");
        people.row_of.emplace(member.id.value(), rows.of(*member.id_number));
        people.household_of.emplace(member.id.value(), people.household_code.at(member.household.value()));
    }
    return people;
}

Events read_scored(store::DataFolder& store, const People& people) {
    Events scored;
    const auto cycle = must(monitor::last_cycle(store));
    must_be(cycle.has_value(), "no cycle has run");
    // Without ranks: which import told an event is not asked here.
    const auto events =
        must(monitor::read_memory(must(store.open_blob(store::Shelf::segments, cycle->segment)),
                                  guangdong().pack, monitor::ImportRanks()));
    for (const monitor::Event& event : events) {
        if (!event.scored) continue;
        scored.insert(event_text(people.household_of.at(event.person), people.row_of.at(event.person),
                                 guangdong().pack.indicators[event.indicator].id,
                                 Date::from_days(event.date).iso()));
    }
    return scored;
}

// As `doudi warning` tells them, of every household.
void read_joined(store::DataFolder& store, const People& people, EngineEvents& found) {
    for (const auto& [id, code] : people.household_code) {
        const monitor::Explanation why = must(monitor::explain(store, guangdong(), code));
        for (const auto& warning : why.warnings) {
            for (const auto& event : warning.events) {
                const std::string text = event_text(code, people.row_of.at(event.person.value()),
                                                    event.indicator, event.date.iso());
                found.joined.insert(text);
                if (warning.closed_why == "natural_exit") found.ended.insert(text);
            }
        }
    }
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find(',', at), line.size());
        cells.emplace_back(line.substr(at, end - at));
        at = end + 1;
    }
    return cells;
}

}  // namespace

Events without(const Events& events, const Events& taken) {
    Events left;
    std::ranges::set_difference(events, taken, std::inserter(left, left.end()));
    return left;
}

Events common(const Events& left, const Events& right) {
    Events both;
    std::ranges::set_intersection(left, right, std::inserter(both, both.end()));
    return both;
}

std::string text_of(const Events& events) {
    std::string text;
    for (const std::string& event : events) text += event + "\n";
    return text;
}

std::set<std::string> indicators_of(const Events& events) {
    std::set<std::string> met;
    for (const std::string& event : events) {
        const std::size_t end = event.rfind('/');
        const std::size_t begin = event.rfind('/', end - 1) + 1;
        met.insert(event.substr(begin, end - begin));
    }
    return met;
}

MemberRows::MemberRows(const std::filesystem::path& registry) {
    for (const auto& entry : std::filesystem::directory_iterator(registry)) {
        if (entry.path().stem() != "低收入人口_成员") continue;
        MemberNumbers numbers;
        must(intake::read_sheets(entry.path(), intake::Limits{}, numbers));
        row_of_ = std::move(numbers.row_of);
    }
    must_be(!row_of_.empty(), "the register has no members' file");
}

std::uint32_t MemberRows::of(IdNumber number) const {
    const auto found = row_of_.find(number.packed());
    must_be(found != row_of_.end(), "somebody is on the register who is not in the members' file");
    return found->second;
}

EngineEvents read_engine_events(County& county, const MemberRows& rows) {
    const People people = read_people(county.store(), rows);
    EngineEvents found;
    found.scored = read_scored(county.store(), people);
    read_joined(county.store(), people, found);
    return found;
}

std::map<std::string, PlantedEvents> read_planted_events(const std::filesystem::path& truth) {
    std::ifstream file(truth / "events.csv");
    std::string line;
    std::getline(file, line);
    must_be(line == "quarter,file,household_id,member,indicator,event_date,quality,disposition",
            "truth/events.csv has other columns");
    std::map<std::string, PlantedEvents> planted;
    while (std::getline(file, line)) {
        const auto cells = cells_of(line);
        must_be(cells.size() == 8, "a line of truth/events.csv has not eight cells");
        PlantedEvents& quarter = planted[cells[0]];
        const std::string text =
            event_text(cells[2], static_cast<std::uint32_t>(std::stoul(cells[3])), cells[4], cells[5]);
        if (cells[7] == "counted") quarter.counted.insert(text);
        if (cells[7] == "household_exits") quarter.household_exits.insert(text);
    }
    return planted;
}

}  // namespace doudi::county
