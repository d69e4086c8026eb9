// SPDX-License-Identifier: Apache-2.0
#include "ruledesk/law_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "policy/folder.h"
#include "ruledesk/pack_files.h"
#include "ruledesk/repository.h"

namespace doudi::ruledesk {
namespace {

std::unexpected<std::vector<Error>> faults(Error error) {
    return std::unexpected(std::vector{std::move(error)});
}

// The text as YAML writes it between single quotes.
std::string in_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

std::string value_line(const Figure& figure) {
    std::string line = "    - {";
    if (!figure.region.empty()) line += fmt::format("region: {}, ", in_quotes(figure.region));
    if (!figure.residence.empty()) line += fmt::format("residence: {}, ", in_quotes(figure.residence));
    line += fmt::format("from: {}, ", figure.from.iso());
    if (figure.to) line += fmt::format("to: {}, ", figure.to->iso());
    line += fmt::format("value: {}", in_quotes(figure.value));
    if (figure.sample) line += ", status: sample";
    return line + fmt::format(", source: {}}}\n", in_quotes(figure.source));
}

using Place = std::tuple<std::string, std::string, std::string, Date>;

// The latest enactment's of each place and first day, by parameter.
std::map<Place, const Figure*> standing(std::span<const Figure> figures) {
    std::map<Place, const Figure*> all;
    for (const Figure& figure : figures)
        all[{figure.parameter, figure.region, figure.residence, figure.from}] = &figure;
    return all;
}

// As an office's file of figures states them.
std::string figure_file(std::span<const Figure> figures, const policy::Law& law) {
    std::string text;
    std::string_view last;
    for (const auto& [place, figure] : standing(figures)) {
        if (law.parameter_of(figure->parameter) < 0) continue;
        if (last != figure->parameter) text += fmt::format("- id: {}\n  values:\n", figure->parameter);
        last = figure->parameter;
        text += value_line(*figure);
    }
    return text;
}

policy::Loaded<policy::Policy> enacted_policy(store::Database& database, const ProgramLaw& program,
                                              const Enactment& enactment, std::optional<Date> day) {
    const auto files = repository::select_files(database, enactment.number);
    if (!files) return faults(files.error());
    const auto laid = LaidOutPacks::lay_out(*files);
    if (!laid) return faults(laid.error());
    const auto first =
        policy::load_policy(program.root, enactment.pack,
                            {.day = enactment.from, .parameter_files = {}, .packs = laid->folder()});
    if (!first) return std::unexpected(first.error());
    if (first->pack.content_hash != enactment.content) {
        return faults({ErrorKind::unreadable,
                       "enactment_damaged",
                       {fmt::format("第 {} 号生效的规则包与当时批准的不一致", enactment.number),
                        fmt::format("the pack of enactment {} is not what was approved", enactment.number)},
                       {}});
    }
    return policy::load_policy(program.root, enactment.pack,
                               {.day = day, .parameter_files = {}, .packs = laid->folder()});
}

// The packs whose day has come, the one in force first: the latest first day; of two with one, what was put
// into force later.
std::vector<Enactment> packs_on(std::span<const Enactment> all, std::optional<Date> day,
                                std::uint64_t known) {
    std::vector<Enactment> packs;
    for (const Enactment& one : all) {
        if (day && one.kind == EnactmentKind::pack && one.number <= known && one.from <= *day)
            packs.push_back(one);
    }
    std::ranges::sort(packs, [](const Enactment& left, const Enactment& right) {
        return std::tuple(left.from, left.number) > std::tuple(right.from, right.number);
    });
    return packs;
}

policy::Loaded<policy::Policy> policy_asked(store::Database& database, const ProgramLaw& program,
                                            const LawAsked& asked, std::span<const Enactment> enacted) {
    const bool for_warnings = asked.purpose == LawAsked::Purpose::warnings;
    for (const Enactment& one : enacted) {
        if (!asked.pack.empty() && asked.pack != one.pack) break;
        auto policy = enacted_policy(database, program, one, asked.day);
        if (!policy || !for_warnings || policy->pack.can_monitor()) return policy;
    }
    // Where no pack was put into force a cycle keeps to the law that it always had, whatever its day.
    return policy::load_policy(program.root, asked.pack.empty() ? program.pack : asked.pack,
                               {.day = for_warnings ? std::nullopt : asked.day, .parameter_files = {}});
}

void keep_targets(std::vector<Figure>& figures, const policy::Pack& pack) {
    std::erase_if(figures, [&](const Figure& figure) {
        const int parameter = pack.law.parameter_of(figure.parameter);
        return parameter < 0 ||
               std::ranges::find(pack.levels, parameter, &policy::Level::target) == pack.levels.end();
    });
}

}  // namespace

policy::Loaded<std::string> lay_over(std::span<const Figure> figures, policy::Pack& pack) {
    const std::string text = figure_file(figures, pack.law);
    if (text.empty()) return std::string();
    if (auto laid = policy::lay_figures_over(text, "figures", pack); !laid)
        return std::unexpected(std::move(laid).error());
    return policy::fingerprint_of(text);
}

policy::Loaded<LawInForce> law_in_force(store::Database& database, const ProgramLaw& program,
                                        const LawAsked& asked) {
    const auto all = list_enactments(database);
    if (!all) return faults(all.error());
    LawInForce law;
    law.known = all->empty() ? 0 : all->back().number;
    if (asked.known) {
        if (*asked.known > law.known) {
            return faults({ErrorKind::not_found,
                           "no_such_enactment",
                           {fmt::format("没有第 {} 号生效记录", *asked.known),
                            fmt::format("there is no enactment {}", *asked.known)},
                           {}});
        }
        law.known = *asked.known;
    }
    auto policy = policy_asked(database, program, asked, packs_on(*all, asked.day, law.known));
    if (!policy) return std::unexpected(policy.error());
    law.policy = std::move(*policy);
    auto figures = repository::select_figures(database, law.known);
    if (!figures) return faults(figures.error());
    if (asked.purpose == LawAsked::Purpose::warnings) keep_targets(*figures, law.policy.pack);
    auto hash = lay_over(*figures, law.policy.pack);
    if (!hash) return std::unexpected(hash.error());
    law.figures_hash = std::move(*hash);
    return law;
}

Result<std::vector<Enactment>> list_enactments(store::Database& database) {
    return repository::select_enactments(database);
}

Result<std::vector<Figure>> list_figures(store::Database& database, std::optional<std::uint64_t> known) {
    const auto all = TRY(repository::select_figures(database, known.value_or(std::uint64_t{1} << 62U)));
    std::vector<Figure> found;
    for (const auto& [place, figure] : standing(all)) found.push_back(*figure);
    return found;
}

}  // namespace doudi::ruledesk
