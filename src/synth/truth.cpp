// SPDX-License-Identifier: Apache-2.0
#include "synth/truth.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <set>

namespace doudi::synth {
namespace {

constexpr std::array<std::string_view, bucket_count> bucket_names{"exact",    "probable", "review",   "off",
                                                                  "rejected", "held",     "duplicate"};

std::string_view name_of(Bucket bucket) {
    return bucket_names[static_cast<std::size_t>(bucket)];
}
bool matched(Bucket bucket) {
    return bucket == Bucket::exact || bucket == Bucket::probable;
}

}  // namespace

std::size_t EventKeyHash::operator()(const EventKey& key) const {
    const std::uint64_t low = (static_cast<std::uint64_t>(key.person) << 8) | key.indicator;
    const std::uint64_t high =
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.date)) << 32) | key.detail;
    return mix(mix(low) ^ high);
}

Truth::Truth(const People& people, const Plan& plan, std::ostream& events)
    : people_(people), plan_(plan), profile_(load_profile()), events_(events) {
    events_ << "quarter,file,household_id,member,indicator,event_date,quality,disposition\n";
}

void Truth::note(std::size_t quarter, Feed feed, const Row& row, Person person, Bucket quality,
                 std::string_view what) {
    // `member` is the row in the members' file, headings not counted: no identity number leaves the feeds.
    fmt::print(events_, "{},{},{},{},{},{},{},{}\n", quarters()[quarter].name, layout_of(feed).stem,
               people_.household_id(people_.household_of(person)), person + 1, profile_.of(feed).name,
               row.fault == DateFault::none ? row.date.iso() : std::string(), name_of(quality), what);
}

void Truth::note_all(std::size_t quarter, Feed feed, const Row& row, const Judged& judged,
                     std::string_view what) {
    if (row.first.who != nobody && people_.is_registered(row.first.who))
        note(quarter, feed, row, row.first.who, judged.first, what);
    if (row.second.who != nobody && people_.is_registered(row.second.who))
        note(quarter, feed, row, row.second.who, judged.second, what);
}

EventKey Truth::key_of(Feed feed, const Row& row, Person person) const {
    const Indicator& indicator = profile_.of(feed);
    EventKey key{.indicator = profile_.indicator_of[index_of(feed)], .person = person};
    if (indicator.once != Once::life) key.date = row.date.days();
    if (indicator.once == Once::certificate) {
        key.detail = certificate_of(row);
    } else {
        key.detail = row.detail;
    }
    return key;
}

bool Truth::seen_before(Feed feed, const Row& row, const Judged& judged, Keys& seen) const {
    std::vector<EventKey> keys;
    if (judged.first <= Bucket::review) keys.push_back(key_of(feed, row, row.first.who));
    if (judged.second <= Bucket::review) keys.push_back(key_of(feed, row, row.second.who));
    if (std::any_of(keys.begin(), keys.end(), [&seen](const EventKey& key) { return seen.contains(key); }))
        return true;
    seen.insert(keys.begin(), keys.end());
    return false;
}

void Truth::import_file(std::size_t quarter, Feed feed) {
    Keys seen;
    for (const Row& row : plan_.rows[quarter][index_of(feed)]) {
        Judged judged = judge(people_, feed, row, quarters()[quarter].last);
        if (judged.row <= Bucket::review && seen_before(feed, row, judged, seen))
            judged.row = Bucket::duplicate;
        ++buckets_[index_of(feed)][static_cast<std::size_t>(judged.row)];
        if (judged.row == Bucket::held) held_.push_back({feed, row});
        if (matched(judged.row)) {
            take_row(quarter, feed, row, judged);
        } else {
            note_all(quarter, feed, row, judged, name_of(judged.row));
        }
    }
}

void Truth::take_row(std::size_t quarter, Feed feed, const Row& row, const Judged& judged) {
    // A birth belongs to the mother's household if she matches, else to the father's.
    const bool one_only = profile_.of(feed).once == Once::certificate;
    const bool first = matched(judged.first);
    const bool second = matched(judged.second) && !(one_only && first);
    if (first) take_event(quarter, feed, row, {key_of(feed, row, row.first.who), row.date, judged.first});
    if (second) take_event(quarter, feed, row, {key_of(feed, row, row.second.who), row.date, judged.second});
    const auto rest = [&](const Mention& mention, Bucket bucket) {
        if (mention.who != nobody && people_.is_registered(mention.who))
            note(quarter, feed, row, mention.who, bucket, matched(bucket) ? "other_parent" : name_of(bucket));
    };
    if (!first) rest(row.first, judged.first);
    if (!second) rest(row.second, judged.second);
}

void Truth::take_event(std::size_t quarter, Feed feed, const Row& row, const Event& event) {
    const Person person = event.key.person;
    if (row.status != Status::counts) {
        if (row.status == Status::taken_back) retracted_.push_back(event.key);
        note(quarter, feed, row, person, event.quality,
             row.status == Status::taken_back ? "takes_back" : "no_status");
        return;
    }
    if (profile_.of(feed).once == Once::life) {
        known_dead_.insert(person);
        if (event.quality == Bucket::exact) surely_dead_.insert(person);
    }
    if (event.date < quarters()[0].first) {
        note(quarter, feed, row, person, event.quality, "old");
        return;
    }
    candidates_.push_back({feed, event});
}

void Truth::take_held(std::size_t quarter) {
    const Date day = quarters()[quarter].last;
    std::vector<Held> waiting;
    for (const Held& held : held_) {
        if (held.row.date > day) {
            waiting.push_back(held);
        } else {
            const Judged judged = judge(people_, held.feed, held.row, day);
            if (matched(judged.row)) take_row(quarter, held.feed, held.row, judged);
        }
    }
    held_ = std::move(waiting);
}

void Truth::take_back(std::size_t quarter) {
    for (const EventKey& key : retracted_) {
        const auto scored = scored_.find(key);
        if (scored == scored_.end() || scored->second >= quarter) continue;
        const auto open = open_.find(people_.household_of(key.person));
        if (open != open_.end())
            std::erase_if(open->second.events, [&key](const Event& event) { return event.key == key; });
    }
    retracted_.clear();
}

void Truth::find_exits() {
    for (const Person dead : surely_dead_) {
        const Household household = people_.household_of(dead);
        const Person first = people_.first_member(household);
        bool all = true;
        for (Person member = first; member < first + people_.size_of(household); ++member)
            all = all && surely_dead_.contains(member);
        if (all) exits_.insert(household);
    }
}

void Truth::score(std::size_t quarter) {
    for (const Candidate& candidate : candidates_) {
        const Event& event = candidate.event;
        const Household household = people_.household_of(event.key.person);
        Row row;
        row.date = event.date;
        std::string_view what = "counted";
        if (!scored_.emplace(event.key, quarter).second) {
            what = "repeated";
        } else if (exits_.contains(household)) {
            what = "household_exits";
        } else {
            const auto [at, opened] = open_.try_emplace(household);
            if (opened) at->second.issued = quarters()[quarter].last;
            at->second.events.push_back(event);
            ++counted_;
        }
        note(quarter, candidate.feed, row, event.key.person, event.quality, what);
    }
    candidates_.clear();
}

bool Truth::tally(Warning& warning) const {
    warning.score = 0;
    warning.indicators.clear();
    std::set<std::array<std::uint64_t, 4>> met;  // what counts once
    for (const Event& event : warning.events) {
        const Indicator& indicator = profile_.indicators[event.key.indicator];
        const Person person = event.key.person;
        if (indicator.cancelled_by_death && known_dead_.contains(person)) continue;
        std::array<std::uint64_t, 4> group{event.key.indicator, person, 0, 0};
        if (indicator.once == Once::household) group[1] = 0;
        if (indicator.once == Once::certificate)
            group = {event.key.indicator, person, event.key.detail,
                     static_cast<std::uint64_t>(event.key.date)};
        if (!met.insert(group).second) continue;
        warning.score += indicator.points;
        warning.indicators.push_back(indicator.name);
    }
    std::sort(warning.indicators.begin(), warning.indicators.end());
    return !met.empty();
}

void Truth::grade(std::size_t quarter) {
    const Date day = quarters()[quarter].last;
    for (auto at = open_.begin(); at != open_.end();) {
        Warning& warning = at->second;
        if (exits_.contains(at->first) || !tally(warning)) {
            at = open_.erase(at);
            continue;
        }
        const std::size_t level = profile_.level_of(warning.score);
        if (profile_.levels[level].days == 0) {
            warning.due.reset();
        } else if (level > warning.level) {
            const Date due = profile_.due(day, profile_.levels[level].days);
            warning.due = warning.due ? std::min(*warning.due, due) : due;
        }
        warning.level = level;
        ++at;
    }
}

void Truth::run(std::size_t quarter) {
    buckets_ = {};
    for (std::size_t feed = 0; feed < feed_count; ++feed) import_file(quarter, static_cast<Feed>(feed));
    take_held(quarter);
    take_back(quarter);
    find_exits();
    score(quarter);
    grade(quarter);
}

std::vector<Household> Truth::close() {
    std::vector<Household> closed;
    for (const auto& [household, warning] : open_)
        if (plan_.closing[household]) closed.push_back(household);
    for (const Household household : closed) open_.erase(household);
    return closed;
}

std::vector<Household> Truth::exits() const {
    std::vector<Household> sorted(exits_.begin(), exits_.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace doudi::synth
