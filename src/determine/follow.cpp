// SPDX-License-Identifier: Apache-2.0
#include "determine/follow.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "expr/kleene.h"

namespace doudi::determine {

namespace {

using policy::RouteElement;

// What is not stated holds for all.
bool lists(const RouteElement& element, std::string_view key, const std::string& word) {
    const std::vector<std::string>* list = element.list(key);
    if (list != nullptr) return std::ranges::find(*list, word) != list->end();
    const std::string* one = element.field(key);
    return one == nullptr || *one == word;
}

bool says(const RouteElement& element, std::string_view key, std::string_view word) {
    const std::string* written = element.field(key);
    return written != nullptr && *written == word;
}

TransferAnswer::Consent consent_of(const RouteElement& element, const CaseApplication& application) {
    using Consent = TransferAnswer::Consent;
    if (!says(element, "consent", "true")) return Consent::not_needed;
    if (!application.consents_to_transfer) return Consent::needed;
    return *application.consents_to_transfer ? Consent::given : Consent::refused;
}

// A number, `forever`, or a parameter (`param.x`).
void set_term(const Facts& facts, const std::string& months, WatchAnswer& watch) {
    int count = 0;
    const auto read = std::from_chars(months.data(), months.data() + months.size(), count);
    if (months == "forever") {
        watch.is_forever = true;
        return;
    }
    if (read.ec != std::errc{} || read.ptr != months.data() + months.size()) {
        const std::string_view id = std::string_view(months).substr(months.starts_with("param.") ? 6 : 0);
        const int parameter = facts.law().parameter_of(id);
        if (parameter < 0) return;
        const expr::Value value = facts.parameter(parameter);
        if (!value.is(expr::TypeKind::integer)) {
            watch.missing = facts.figure_key(parameter);
            return;
        }
        const policy::ParameterValue* figure = facts.figure(parameter);
        watch.sample = figure != nullptr && figure->sample;
        count = static_cast<int>(value.as_integer());
    }
    // The months are full on the day that bears the number of the first one: the day before is the last.
    if (watch.from) watch.until = watch.from->plus_months(count) - 1;
}

WatchAnswer watch_of(const Facts& facts, const RouteElement& element, std::string because,
                     std::vector<std::string> of, std::optional<Date> from) {
    WatchAnswer watch{.id = element.id, .because = std::move(because), .of = std::move(of), .from = from};
    watch.cite = element.cite;
    if (!from) {
        const std::string day = watch.because == "exit" ? "left_on" : "refused_on";
        watch.missing = FactKey{FactKey::Kind::fact, policy::Subject::application, -1, day};
    }
    if (const std::string* months = element.field("months")) set_term(facts, *months, watch);
    return watch;
}

std::vector<std::string> refused_of(const RouteElement& element, const CaseApplication& application) {
    std::vector<std::string> of;
    for (const std::string& category : application.refused)
        if (lists(element, "of", category)) of.push_back(category);
    return of;
}

}  // namespace

std::vector<TransferAnswer> transfers_of(const Facts& facts) {
    const CaseApplication& application = facts.told().application;
    std::vector<TransferAnswer> transfers;
    for (const RouteElement& element : facts.law().routes) {
        if (element.section != "transfers" || application.leaving.empty()) continue;
        if (!lists(element, "from", application.leaving)) continue;
        TransferAnswer transfer{.id = element.id, .from = application.leaving};
        const std::vector<std::string>* targets = element.list("to");
        for (const std::string& target : targets == nullptr ? std::vector<std::string>{} : *targets) {
            const int category = facts.law().category_of(target);
            if (category < 0) continue;
            const expr::Value value = facts.in_set(category, -1);
            if (value.is_true()) transfer.to.push_back(target);
            if (value.is_unknown()) transfer.maybe_to.push_back(target);
        }
        transfer.consent = consent_of(element, application);
        transfer.repeat_papers = says(element, "repeat_papers", "true");
        transfer.cite = element.cite;
        transfers.push_back(std::move(transfer));
    }
    return transfers;
}

std::vector<WatchAnswer> watches_of(const Facts& facts) {
    const CaseApplication& application = facts.told().application;
    std::vector<WatchAnswer> watches;
    for (const RouteElement& element : facts.law().routes) {
        const bool leaves = !application.leaving.empty();
        const std::vector<std::string> left{application.leaving};
        if (element.section == "phase_outs" && leaves && lists(element, "for", application.leaving)) {
            watches.push_back(watch_of(facts, element, "exit", left, application.left_on));
            watches.back().kind = WatchAnswer::Kind::phase_out;
        }
        if (element.section != "watches") continue;
        if (says(element, "after", "exit") && leaves && lists(element, "of", application.leaving))
            watches.push_back(watch_of(facts, element, "exit", left, application.left_on));
        if (!says(element, "after", "refusal")) continue;
        const std::vector<std::string> of = refused_of(element, application);
        if (!of.empty()) watches.push_back(watch_of(facts, element, "refusal", of, application.refused_on));
    }
    std::erase_if(watches,
                  [&](const WatchAnswer& watch) { return watch.until && *watch.until < facts.told().as_of; });
    return watches;
}

}  // namespace doudi::determine
