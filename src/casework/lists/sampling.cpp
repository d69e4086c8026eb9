// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/sampling.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/secrets.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

std::string rank_of(std::string_view seed, CaseId of) {
    store::Sha256 digest;
    const std::string text = fmt::format("{}:{}", seed, of.value());
    digest.add(std::as_bytes(std::span(text.data(), text.size())));
    return digest.hex();
}

std::vector<std::string> texts_of(const std::vector<CaseId>& cases) {
    std::vector<std::string> texts;
    for (const CaseId one : cases) texts.push_back(std::to_string(one.value()));
    return texts;
}

Result<std::vector<CaseId>> population_of(Desk& desk, const policy::DrawRule& rule, const Actor& actor,
                                          const MoveRequest& request) {
    const Date from = Date::parse_iso(casework::first_of(request.fields, "drawn_from")).value_or(request.on);
    const Date until =
        Date::parse_iso(casework::first_of(request.fields, "drawn_until")).value_or(request.on);
    const auto level = access::unit_kind(rule.level);
    std::vector<CaseId> population;
    for (const repository::MadeMove& made :
         TRY(repository::select_made(desk.shelf, rule.machine, rule.move, from, until))) {
        const access::Unit* unit = desk.units.find(made.unit);
        const bool is_theirs = unit != nullptr && level && unit->kind == *level &&
                               desk.units.within(made.unit, actor.unit, made.on);
        if (is_theirs && (population.empty() || population.back() != made.of)) population.push_back(made.of);
    }
    return population;
}

}  // namespace

std::vector<CaseId> first_of_ranked(std::string_view seed, std::vector<CaseId> population,
                                    expr::Rational share) {
    const auto all = static_cast<std::int64_t>(population.size());
    const std::int64_t wanted = (all * share.numerator + share.denominator - 1) / share.denominator;
    std::vector<std::pair<std::string, CaseId>> ranked;
    for (const CaseId one : population) ranked.emplace_back(rank_of(seed, one), one);
    std::ranges::sort(ranked);
    std::vector<CaseId> taken;
    for (const auto& [rank, one] : ranked) {
        if (static_cast<std::int64_t>(taken.size()) < wanted) taken.push_back(one);
    }
    std::ranges::sort(taken);
    return taken;
}

Result<Fields> draw(Desk& desk, const policy::Law& law, const policy::DrawRule& rule, const Actor& actor,
                    const MoveRequest& request) {
    const int parameter = law.parameter_of(rule.share);
    const policy::ParameterValue* share = law.value_of(parameter, actor.region, "", request.on);
    if (share == nullptr) {
        const policy::Parameter& figure = law.parameters[static_cast<std::size_t>(parameter)];
        return fail(ErrorKind::invalid, "share_unset",
                    {fmt::format("尚未设定“{}”（由{}设定）", figure.title.zh, figure.set_by.zh),
                     fmt::format("'{}' is not set (by: {})", figure.title.en, figure.set_by.en)});
    }
    std::string seed = casework::first_of(request.fields, "seed");
    if (seed.empty()) seed = access::random_token();
    const auto population = TRY(population_of(desk, rule, actor, request));
    const auto sample = first_of_ranked(seed, population, share->value.as_rational());
    Fields fields;
    fields["seed"] = {seed};
    fields["population"] = texts_of(population);
    fields["sample"] = texts_of(sample);
    return fields;
}

}  // namespace doudi::casework
