// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/money.h"
#include "determine/golden.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

namespace {

using Kind = Expected::Kind;

class Comparison {
  public:
    Comparison(const policy::Law& law, const GoldenCase& golden)
        : law_(law), golden_(golden), case_(golden.told) {}

    std::vector<Text> run() {
        for (const Expected& one : golden_.expected) check(one);
        return std::move(differences_);
    }

  private:
    // A case that only states values of the pack determines nothing.
    const Determination& answer() {
        if (!answer_) answer_ = determine(law_, case_, {});
        return *answer_;
    }
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    void differ(const std::string& what, const std::string& wanted, const std::string& found) {
        differences_.push_back({fmt::format("{}：应为 {}，得到 {}", what, wanted, found),
                                fmt::format("{}: wanted {}, got {}", what, wanted, found)});
    }
    void compare(const std::string& what, const std::string& wanted, const std::string& found) {
        if (wanted != found) differ(what, wanted, found);
    }
    static std::string list(std::vector<std::string> values) {
        std::ranges::sort(values);
        return fmt::format("[{}]", fmt::join(values, ", "));
    }
    std::string name(int member) const { return member < 0 ? "" : case_.members[at(member)].name; }
    bool is_of(const Expected& one, int member) const {
        return one.member.empty() || one.member == name(member);
    }
    static std::string what(const Expected& one, const std::string& member) {
        return member.empty() ? one.id : one.id + " " + member;
    }

    template <class Visit>
    void each_category(const Expected& one, Visit visit) {
        bool found = false;
        for (const CategoryAnswer& answer : answer().categories) {
            if (law_.categories[at(answer.category)].id != one.id || !is_of(one, answer.member)) continue;
            found = true;
            visit(answer);
        }
        if (!found) differ(what(one, one.member), "an answer", "none");
    }
    template <class Visit>
    void each_benefit(const Expected& one, Visit visit) {
        bool found = false;
        for (const BenefitAnswer& answer : answer().benefits) {
            if (law_.benefits[at(answer.benefit)].id != one.id || !is_of(one, answer.member)) continue;
            found = true;
            visit(answer);
        }
        if (!found) differ(what(one, one.member), "an answer", "none");
    }

    void check(const Expected& one) {
        switch (one.kind) {
            case Kind::category:
                each_category(one, [&](const CategoryAnswer& answer) {
                    compare(what(one, name(answer.member)), one.value(), word_of(answer.verdict));
                });
                break;
            case Kind::benefit:
                each_benefit(one, [&](const BenefitAnswer& answer) {
                    compare(what(one, name(answer.member)), one.value(), word_of(answer.verdict));
                });
                break;
            case Kind::share:
                each_benefit(one, [&](const BenefitAnswer& answer) {
                    check_value("share", one, answer, answer.share);
                });
                break;
            case Kind::amount:
                each_benefit(one, [&](const BenefitAnswer& answer) {
                    check_value("amount", one, answer, answer.amount);
                });
                break;
            case Kind::covers:
                each_category(one, [&](const CategoryAnswer& answer) {
                    std::vector<std::string> names;
                    for (const int member : answer.covers) names.push_back(name(member));
                    compare(one.id + " covers", list(one.values), list(names));
                });
                break;
            case Kind::set:
                check_set(one);
                break;
            case Kind::missing:
                check_missing(one);
                break;
            case Kind::ask_first:
                if (!answer().ask_first || !names(one.value(), *answer().ask_first))
                    differ("ask_first", one.value(),
                           answer().ask_first ? key_text(case_, *answer().ask_first) : "nothing");
                break;
            case Kind::transfer:
                check_transfer(one);
                break;
            case Kind::watch:
                check_watch(one);
                break;
            case Kind::sample:
                compare("sample", one.value(), answer().sample ? "true" : "false");
                break;
            case Kind::rule:
                compare(one.id, fmt::format("{}", fmt::join(one.values, ", ")),
                        law_.value_at(one.id).value_or("nothing"));
                break;
        }
    }

    // Exactly, by value: "0.7" is 0.70.
    void check_value(const char* kind, const Expected& one, const BenefitAnswer& answer,
                     const std::optional<expr::Value>& found) {
        const std::string where = what(one, name(answer.member)) + " " + kind;
        if (!found) return compare(where, one.value(), "none");
        if (found->is_unknown()) return compare(where, one.value(), "unknown");
        if (found->is_error()) return compare(where, one.value(), "fault");
        const auto wanted = expr::Rational::parse_decimal(one.value());
        const bool is_money = found->is(expr::TypeKind::money) || found->is(expr::TypeKind::amount);
        const auto scaled = wanted && is_money ? wanted->times({100, 1}) : wanted;
        if (scaled && *scaled == found->as_rational()) return;
        differ(where, one.value(), figure_of(*found).text);
    }

    void check_set(const Expected& one) {
        for (std::size_t i = 0; i < answer().sets.size(); ++i) {
            if (case_.members[i].name != one.member) continue;
            std::vector<std::string> ids;
            for (const int category : answer().sets[i].categories)
                ids.push_back(law_.categories[at(category)].id);
            if (answer().sets[i].exclusive_undecided) ids.emplace_back("undecided");
            compare("set " + one.member, list(one.values), list(ids));
        }
    }

    // 甲.birth_date, members.0.birth_date, or birth_date for that fact of whichever member; param.x or x.
    bool names(const std::string& written, const FactKey& key) const {
        if (written == key_text(case_, key)) return true;
        if (key.kind != FactKey::Kind::fact) return written == key.id;
        if (key.of == policy::Subject::application) return written == key.id;
        if (key.of != policy::Subject::person) return false;
        return written == key.id || written == fmt::format("members.{}.{}", key.member, key.id);
    }

    // Without a member's name: of all members together.
    void check_missing(const Expected& one) {
        std::vector<FactKey> missing;
        const auto take = [&](const auto& answer) {
            missing.insert(missing.end(), answer.missing.smallest.begin(), answer.missing.smallest.end());
        };
        if (law_.benefit_of(one.id) >= 0) {
            each_benefit(one, take);
        } else {
            each_category(one, take);
        }
        sort_by_price(law_, case_, missing);
        const bool all_wanted = std::ranges::all_of(missing, [&](const FactKey& key) {
            return std::ranges::any_of(one.values,
                                       [&](const std::string& written) { return names(written, key); });
        });
        const bool all_found = std::ranges::all_of(one.values, [&](const std::string& written) {
            return std::ranges::any_of(missing, [&](const FactKey& key) { return names(written, key); });
        });
        if (all_wanted && all_found) return;
        std::vector<std::string> found;
        for (const FactKey& key : missing) found.push_back(key_text(case_, key));
        differ(what(one, one.member) + " missing", list(one.values), list(found));
    }

    static std::string consent_word(TransferAnswer::Consent consent) {
        using Consent = TransferAnswer::Consent;
        if (consent == Consent::not_needed) return "not_needed";
        if (consent == Consent::given) return "given";
        return consent == Consent::refused ? "refused" : "needed";
    }

    void check_transfer(const Expected& one) {
        if (one.id == "none") {
            if (!answer().transfers.empty()) differ("transfer", "none", answer().transfers[0].id);
            return;
        }
        if (answer().transfers.empty()) return differ("transfer " + one.id, list(one.values), "no transfer");
        std::vector<std::string> found;
        for (const TransferAnswer& transfer : answer().transfers) {
            if (one.id == "to") found.insert(found.end(), transfer.to.begin(), transfer.to.end());
            if (one.id == "from") found.push_back(transfer.from);
            if (one.id == "consent") found.push_back(consent_word(transfer.consent));
        }
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        compare("transfer " + one.id, list(one.values), list(found));
    }

    void check_watch(const Expected& one) {
        const auto found = std::ranges::find(answer().watches, one.id, &WatchAnswer::id);
        std::string term = "none";
        if (found != answer().watches.end()) {
            term = found->is_forever ? "forever" : found->until ? found->until->iso() : "unknown";
        }
        compare("watch " + one.id, one.value(), term);
    }

    const policy::Law& law_;
    const GoldenCase& golden_;
    const Case& case_;
    std::optional<Determination> answer_;
    std::vector<Text> differences_;
};

// The pack's versions in force on the days that were asked for; those it extends have days of their own.
class DatedLaws {
  public:
    explicit DatedLaws(const PackPlace& place) : place_(place) {}

    const policy::Loaded<policy::Pack>& on(Date day) {
        const auto found = packs_.find(day);
        if (found != packs_.end()) return found->second;
        const policy::LoadOptions options{.day = day, .parameter_files = {}};
        return packs_.emplace(day, policy::load_pack(place_.packs, place_.id, place_.catalogue, options))
            .first->second;
    }

  private:
    const PackPlace& place_;
    std::map<Date, policy::Loaded<policy::Pack>> packs_;
};

using Results = std::expected<std::vector<GoldenResult>, std::vector<Error>>;
using Read = std::expected<std::vector<GoldenCase>, std::vector<Error>>;

// A case is read by the names of the open version and asked of the one of its day.
template <class ReadCases>
Results run_cases(const PackPlace& place, ReadCases read) {
    const auto open = policy::load_pack(place.packs, place.id, place.catalogue);
    if (!open) return std::unexpected(open.error());
    const Read cases = read(open->law);
    if (!cases) return std::unexpected(cases.error());
    DatedLaws laws(place);
    std::vector<GoldenResult> results;
    for (const GoldenCase& golden : *cases) {
        const auto& pack = laws.on(golden.told.as_of);
        if (!pack) return std::unexpected(pack.error());
        results.push_back(run_golden(pack->law, golden));
    }
    return results;
}

}  // namespace

Results run_pack_cases(const PackPlace& place) {
    return run_cases(place, [&](const policy::Law& law) {
        return read_golden_cases(place.packs / place.id / "cases", law);
    });
}

Results run_file_cases(const PackPlace& place, const std::filesystem::path& file) {
    return run_cases(place, [&](const policy::Law& law) {
        return read_golden_file(file, file.filename().string(), law, place.id);
    });
}

GoldenResult run_golden(const policy::Law& law, const GoldenCase& golden) {
    return {golden.id, golden.says, golden.where, Comparison(law, golden).run()};
}

}  // namespace doudi::determine
