// SPDX-License-Identifier: Apache-2.0
#include "bench/api_plan.h"

#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

namespace doudi::bench {

namespace {

// In a thousand. Most of what an office does is looking; a thirtieth is writing.
constexpr std::array<std::pair<Asking, unsigned>, asking_count> mix{{{Asking::household, 380},
                                                                     {Asking::warnings, 170},
                                                                     {Asking::counts, 120},
                                                                     {Asking::households, 120},
                                                                     {Asking::why, 100},
                                                                     {Asking::looks, 80},
                                                                     {Asking::upload, 20},
                                                                     {Asking::reveal, 10}}};

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
    return fields;
}

std::uint32_t number_of(const std::string& text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Reader reader_of(const std::vector<std::string>& fields) {
    Reader reader;
    reader.kind = fields[1] == "county"     ? ReaderKind::county
                  : fields[1] == "township" ? ReaderKind::township
                  : fields[1] == "monitor"  ? ReaderKind::monitor
                                            : ReaderKind::citizen;
    reader.cookie = fields[2];
    reader.csrf = fields[3];
    reader.region = fields[4];
    reader.person = number_of(fields[5]);
    reader.reveals = static_cast<int>(number_of(fields[6]));
    return reader;
}

}  // namespace

const char* name_of(Asking asking) {
    constexpr std::array<const char*, asking_count> names{"household", "warnings", "counts", "households",
                                                          "why",       "looks",    "upload", "reveal"};
    return names.at(static_cast<std::size_t>(asking));
}

Result<Plan> read_plan(const std::filesystem::path& file) {
    Plan plan;
    std::vector<std::string> regions;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const auto fields = fields_of(line);
        if (fields[0] == "reader" && fields.size() > 6) {
            Reader reader = reader_of(fields);
            if (reader.kind == ReaderKind::monitor) {
                plan.monitor = std::move(reader);
            } else {
                (reader.kind == ReaderKind::citizen ? plan.citizens : plan.officers)
                    .push_back(std::move(reader));
            }
        } else if (fields[0] == "household" && fields.size() > 2) {
            plan.households.push_back(fields[1]);
            regions.push_back(fields[2]);
        } else if (fields.size() > 1) {
            (fields[0] == "level" ? plan.levels : plan.categories).push_back(fields[1]);
        }
    }
    for (const Reader& reader : plan.officers) {
        auto& reach = plan.of_officer.emplace_back();
        for (std::uint32_t at = 0; at < regions.size(); ++at) {
            if (regions[at].starts_with(reader.region)) reach.push_back(at);
        }
        if (reach.empty()) return fail(ErrorKind::invalid, "plan", {"计划无效", "a reader of nothing"});
    }
    if (plan.officers.empty() || plan.citizens.empty() || plan.levels.empty() || plan.categories.empty())
        return fail(ErrorKind::invalid, "plan", {"计划不全", "the plan lacks something"}, file.string());
    return plan;
}

Question Questions::next() {
    Question question;
    std::size_t dice = pick(1000);
    for (const auto& [asking, share] : mix) {
        question.asking = asking;
        if (dice < share) break;
        dice -= share;
    }
    if (question.asking == Asking::looks) {
        question.reader = pick(plan_->citizens.size());
        return question;
    }
    question.reader = pick(plan_->officers.size());
    Reader& reader = plan_->officers[question.reader];
    // So many a day are lent to one account; whoever has had them looks at the page instead.
    if (question.asking == Asking::reveal && --reader.reveals < 0) question.asking = Asking::household;
    const auto& reach = plan_->of_officer[question.reader];
    question.household = plan_->households[reach[pick(reach.size())]];
    if (pick(2) == 0) question.level = plan_->levels[pick(plan_->levels.size())];
    if (pick(2) == 0) question.category = plan_->categories[pick(plan_->categories.size())];
    constexpr std::size_t front_of_code = 5;
    if (pick(2) == 0) question.code = question.household.substr(0, front_of_code);
    return question;
}

}  // namespace doudi::bench
