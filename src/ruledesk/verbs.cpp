// SPDX-License-Identifier: Apache-2.0
#include "ruledesk/verbs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text_fold.h"
#include "ruledesk/pack_files.h"
#include "ruledesk/repository.h"

namespace doudi::ruledesk {

std::string_view name_of(EnactmentKind kind) {
    return kind == EnactmentKind::pack ? "pack" : "figures";
}

namespace {

std::string shown(const expr::Value& value) {
    return value.is(expr::TypeKind::money) ? value.as_money().yuan_text() : value.text();
}

Error fault_of(std::size_t n, std::string code, Text text) {
    return {ErrorKind::invalid, std::move(code), std::move(text), fmt::format("figures/{}", n)};
}

// What the law's own reader would pass over: a parameter that it does not know, a figure without a paper.
std::vector<Error> plain_faults(std::span<const Figure> figures, const policy::Law& law) {
    std::vector<Error> faults;
    for (std::size_t n = 0; n < figures.size(); ++n) {
        const Figure& figure = figures[n];
        if (law.parameter_of(figure.parameter) < 0) {
            faults.push_back(fault_of(n, "unknown_parameter",
                                      {fmt::format("没有参数“{}”", figure.parameter),
                                       fmt::format("there is no parameter '{}'", figure.parameter)}));
        }
        if (trim(figure.source).empty()) {
            faults.push_back(fault_of(n, "figure_without_source",
                                      {"须写明设定这一数值的文件", "a figure names the paper that sets it"}));
        }
        const bool twice = std::ranges::any_of(figures.first(n), [&](const Figure& other) {
            return other.parameter == figure.parameter && other.region == figure.region &&
                   other.residence == figure.residence && other.from == figure.from;
        });
        if (twice) {
            faults.push_back(fault_of(
                n, "value_repeated",
                {"同一地区、同一起日已有一个值", "there is a value for this region and first day already"}));
        }
    }
    return faults;
}

// For whom a figure is, in the words of the offices and of the law: "龙川县、城镇".
Text place_words(const Figure& figure, const policy::Law& law, const PlaceTitle& place_title) {
    Text place{"全部地区", "everywhere"};
    if (!figure.region.empty()) {
        const std::string title = place_title ? place_title(figure.region) : std::string();
        place.zh = place.en = title.empty() ? figure.region : title;
    }
    if (figure.residence.empty()) return place;
    Text residence{figure.residence, figure.residence};
    const int fact = law.fact_of(policy::Subject::household, policy::residence_fact);
    if (fact >= 0) {
        const auto& known = law.facts[static_cast<std::size_t>(fact)].words;
        const auto word = std::ranges::find(known, figure.residence, &policy::FactWord::id);
        if (word != known.end()) residence = word->title;
    }
    return {place.zh + "、" + residence.zh, place.en + ", " + residence.en};
}

// Said once, also where the paper's own name says it.
bool says_invented(const Figure& figure) {
    return figure.source.find("虚构数据") != std::string::npos;
}

FigureChange change_of(const Figure& figure, const policy::Law& before, const policy::Law& after,
                       const PlaceTitle& place_title) {
    const auto index = static_cast<std::size_t>(before.parameter_of(figure.parameter));
    const policy::Parameter& parameter = before.parameters[index];
    const auto* old = policy::value_of(parameter, figure.region, figure.residence, figure.from);
    const auto* now = policy::value_of(after.parameters[index], figure.region, figure.residence, figure.from);
    FigureChange change;
    change.parameter = parameter.title;
    if (old != nullptr) change.before = shown(old->value);
    const std::string value = now != nullptr ? shown(now->value) : figure.value;
    const Text place = place_words(figure, before, place_title);
    const std::string until = figure.to ? figure.to->iso() : "";
    change.say.zh = fmt::format("{}（{}）自 {} 起{}由 {} 改为 {}，依据：{}{}", parameter.title.zh, place.zh,
                                figure.from.iso(), until.empty() ? "" : "至 " + until + " ",
                                change.before.empty() ? "未设定" : change.before, value, figure.source,
                                figure.sample && !says_invented(figure) ? "（虚构数据）" : "");
    change.say.en = fmt::format("{} ({}) from {}{}: {} becomes {}, by: {}{}", parameter.title.en, place.en,
                                figure.from.iso(), until.empty() ? "" : " to " + until,
                                change.before.empty() ? "unset" : change.before, value, figure.source,
                                figure.sample ? " (invented)" : "");
    return change;
}

}  // namespace

policy::Loaded<std::vector<FigureChange>> changes_of(std::span<const Figure> figures, const policy::Pack& law,
                                                     const PlaceTitle& place_title) {
    if (auto faults = plain_faults(figures, law.law); !faults.empty()) return std::unexpected(faults);
    policy::Pack after = law;
    if (auto laid = lay_over(figures, after); !laid) return std::unexpected(laid.error());
    std::vector<FigureChange> changes;
    for (const Figure& figure : figures)
        changes.push_back(change_of(figure, law.law, after.law, place_title));
    return changes;
}

policy::Loaded<PackProposal> propose_pack(const std::filesystem::path& root, const std::string& pack,
                                          Date from) {
    const auto law = policy::load_policy(root, pack, {.day = from, .parameter_files = {}});
    if (!law) return std::unexpected(law.error());
    return PackProposal{law->pack.id, law->pack.version, law->pack.content_hash, from};
}

namespace {

Result<std::uint64_t> enact(const Carrying& carrying, access::Thing thing, Enactment enactment,
                            std::span<const Figure> figures, std::span<const PackFile> files) {
    enactment.proposal = carrying.proposal;
    enactment.enacted_by = carrying.by;
    enactment.enacted_at = carrying.clock.now();
    TRY_VOID(carrying.database.write([&]() -> Result<void> {
        TRY_VOID(access::use_proposal_within(carrying.database, carrying.rules, carrying.clock,
                                             carrying.proposal, thing, carrying.payload));
        enactment.number = TRY(repository::insert_enactment(carrying.database, enactment));
        TRY_VOID(repository::insert_figures(carrying.database, enactment.number, figures));
        return repository::insert_files(carrying.database, enactment.number, files);
    }));
    return enactment.number;
}

}  // namespace

Result<std::uint64_t> enact_figures(const Carrying& carrying, std::string_view pack,
                                    std::span<const Figure> figures) {
    ensure(!figures.empty(), "an enactment of figures has some");
    Enactment enactment;
    enactment.kind = EnactmentKind::figures;
    enactment.pack = pack;
    enactment.from = std::ranges::min(figures, {}, &Figure::from).from;
    return enact(carrying, access::Thing::parameter, std::move(enactment), figures, {});
}

Result<std::uint64_t> enact_pack(const Carrying& carrying, const ProgramLaw& program,
                                 const PackProposal& pack) {
    const auto law = policy::load_policy(program.root, pack.pack, {.day = pack.from, .parameter_files = {}});
    if (!law || law->pack.content_hash != pack.content) {
        return fail(ErrorKind::conflict, "proposal_differs",
                    {"规则包的文件在提请之后已有改动，与批准的内容不一致",
                     "the pack's files were changed since: they are not what was approved"});
    }
    Enactment enactment;
    enactment.kind = EnactmentKind::pack;
    enactment.pack = pack.pack;
    enactment.version = pack.version;
    enactment.content = pack.content;
    enactment.from = pack.from;
    const auto files = TRY(files_of(program.root / "packs", law->pack));
    return enact(carrying, access::Thing::pack, std::move(enactment), {}, files);
}

}  // namespace doudi::ruledesk
