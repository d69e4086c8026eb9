// SPDX-License-Identifier: Apache-2.0
// benefits.yaml: what follows from a category: help of every kind, its conditions, amounts and shares.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 14> keys{
    "title",           "layer",          "subject",    "for",     "when",   "unless",    "grants",
    "grants_in_order", "may_lack_grant", "department", "channel", "within", "follow_up", "optional"};

// "anyone" instead of a list of categories.
constexpr std::string_view anyone = "anyone";
// The condition of a grant that states none.
constexpr std::string_view always = "true";

class BenefitReader {
  public:
    BenefitReader(const ElementDraft& draft, const ElementDrafts* departments, const Law& law)
        : draft_(draft), record_(draft.record), departments_(departments), law_(law), conditions_(law) {}

    Benefit read() {
        benefit_.id = draft_.id;
        benefit_.cite = draft_.cite;
        benefit_.place = record_.self().place();
        benefit_.title = record_.need_bilingual("title");
        read_layer();
        read_for();
        const ConditionPlace place{benefit_.subject, ConditionPlace::Categories::sets};
        if (const YamlValue* when = record_.find("when"))
            benefit_.when = conditions_.lines(*when, "when", draft_, place);
        if (const YamlValue* unless = record_.find("unless"))
            benefit_.unless = conditions_.line(*unless, "unless", draft_, place);
        if (const YamlValue* grants = record_.find("grants")) {
            const std::vector<YamlValue> items = grants->list();
            for (const YamlValue& item : items) read_grant(item, place);
            if (items.size() == benefit_.grants.size()) refuse_unreachable(items);
        }
        // Clauses: they decide nothing and are read from what is stated (determine/pack_logic.h).
        for (const std::string_view key : {"grants_in_order", "may_lack_grant"})
            if (const YamlValue* clause = record_.find(key)) (void)clause->text();
        read_giving();
        check_optional();
        return std::move(benefit_);
    }

  private:
    void read_layer() {
        if (const YamlValue* layer = record_.need("layer")) {
            benefit_.layer = layer
                                 ->one_of<std::string>({{"basic_living", "basic_living"},
                                                        {"special", "special"},
                                                        {"emergency", "emergency"},
                                                        {"service", "service"},
                                                        {"relief", "relief"},
                                                        {"charity", "charity"}})
                                 .value_or("");
        }
        if (const YamlValue* subject = record_.need("subject")) {
            benefit_.subject =
                subject->one_of<Subject>({{"household", Subject::household}, {"person", Subject::person}})
                    .value_or(Subject::household);
        }
    }

    void read_for() {
        const YamlValue* whom = record_.need("for");
        if (whom == nullptr) return;
        if (whom->is_scalar()) {
            benefit_.for_anyone = whom->text() == anyone;
            if (benefit_.for_anyone) return;
        }
        for (const YamlValue& item : whom->one_or_list()) {
            const std::optional<std::string> id = item.text();
            if (!id || !is_known_id(item, *id, law_.categories, "unknown_category", "类别", "category"))
                continue;
            benefit_.for_categories.push_back(*id);
        }
        if (benefit_.for_categories.empty() && whom->is_list() && whom->list().empty())
            whom->fault("for_nobody", "至少要有一个类别，或写 anyone", "name a category, or write anyone");
    }

    void read_grant(const YamlValue& item, const ConditionPlace& place) {
        const auto record = item.record({"if", "say", "amount", "share", "of", "every", "cite"});
        if (!record) return;
        Grant grant;
        grant.cite = draft_.cite_of_part("grants", &*record);
        grant.place = item.place();
        grant.when.cite = grant.cite;
        grant.when.place = grant.place;
        if (const YamlValue* say = record->find("say")) grant.when.say = say->bilingual().value_or(Text{});
        read_grant_condition(*record, place, grant);
        const YamlValue* amount = record->find("amount");
        const YamlValue* share = record->find("share");
        if (amount == nullptr && share == nullptr)
            item.fault("grant_of_nothing", "应有 amount 或 share", "an amount or a share is needed");
        if (amount != nullptr) {
            grant.amount_text = amount->is_scalar() ? amount->text().value_or("") : "";
            grant.amount = conditions_.value(*amount, place, {expr::TypeKind::money, expr::TypeKind::amount});
        }
        if (share != nullptr) {
            grant.share_text = share->is_scalar() ? share->text().value_or("") : "";
            grant.share = conditions_.value(*share, place, {expr::TypeKind::ratio});
            grant.of = record->need_bilingual("of");
        }
        if (const YamlValue* every = record->find("every")) {
            grant.every = every->one_of<std::string>({{"month", "month"}, {"year", "year"}, {"once", "once"}})
                              .value_or("");
        }
        benefit_.grants.push_back(std::move(grant));
    }

    void read_grant_condition(const YamlRecord& record, const ConditionPlace& place, Grant& grant) {
        const YamlValue* condition = record.find("if");
        if (condition == nullptr) {
            grant.when.text = always;
            grant.when.program =
                expr::compile(grant.when.text, law_.names.schema, expr::CheckMode::pack_condition).value();
            return;
        }
        grant.when.place = condition->place();
        grant.when.text = condition->is_scalar() ? condition->text().value_or("") : "";
        if (auto program = conditions_.condition(*condition, place)) grant.when.program = std::move(*program);
    }

    // The first grant that applies is given: behind one without a condition, or one of the same, none is.
    void refuse_unreachable(const std::vector<YamlValue>& items) const {
        for (std::size_t i = 1; i < items.size(); ++i) {
            const std::string& text = benefit_.grants[i].when.text;
            const auto shadow = std::ranges::find_if(
                benefit_.grants.begin(), benefit_.grants.begin() + static_cast<std::ptrdiff_t>(i),
                [&](const Grant& earlier) {
                    return !earlier.when.text.empty() &&
                           (earlier.when.text == always || earlier.when.text == text);
                });
            if (shadow == benefit_.grants.begin() + static_cast<std::ptrdiff_t>(i)) continue;
            items[i].fault(
                "unreachable_grant",
                fmt::format("永远轮不到这一项：前面的一项（{}）没有条件，或条件相同", shadow->place.text()),
                fmt::format("this grant is never reached: an earlier one ({}) has no condition, or the same",
                            shadow->place.text()));
        }
    }

    void read_giving() {
        if (const YamlValue* department = record_.need("department")) {
            benefit_.department = department->text().value_or("");
            static const ElementDrafts none;
            const ElementDrafts& known = departments_ == nullptr ? none : *departments_;
            if (!benefit_.department.empty())
                (void)is_known_id(*department, benefit_.department, known, "unknown_department", "部门",
                                  "department");
        }
        if (const YamlValue* channel = record_.find("channel"))
            benefit_.channel = channel->bilingual().value_or(Text{});
        if (const YamlValue* within = record_.find("within")) {
            if (const auto limit = within->record({"days", "months", "kind", "from"}))
                benefit_.within = read_time_limit(*limit);
        }
        if (const YamlValue* follow_up = record_.find("follow_up")) read_follow_up(*follow_up);
    }

    void read_follow_up(const YamlValue& value) {
        const auto record = value.record({"what", "within"});
        if (!record) return;
        FollowUp follow_up;
        if (const YamlValue* what = record->need("what")) {
            follow_up.what =
                what->one_of<std::string>({{"materials", "materials"}, {"explanation", "explanation"}})
                    .value_or("");
        }
        if (const YamlValue* within = record->find("within")) {
            if (const auto limit = within->record({"days", "months", "kind", "from"}))
                follow_up.within = read_time_limit(*limit);
        }
        benefit_.follow_up = std::move(follow_up);
    }

    // What localities may decide must be decided somewhere: by a parameter that a condition names.
    void check_optional() {
        benefit_.is_optional = record_.flag("optional");
        if (!benefit_.is_optional) return;
        const auto names_parameter = [&](const ConditionLine& line) {
            return std::ranges::any_of(line.program.referenced_fields(),
                                       [&](expr::FieldRef ref) { return ref.variable == law_.names.param; });
        };
        if (std::ranges::any_of(benefit_.when, names_parameter)) return;
        record_.find("optional")
            ->fault("optional_undecided", "由地方决定的事项，应在 when 里引用一个参数",
                    "what localities decide needs a parameter in `when`");
    }

    const ElementDraft& draft_;
    const YamlRecord& record_;
    const ElementDrafts* departments_;
    const Law& law_;
    LawConditions conditions_;
    Benefit benefit_;
};

}  // namespace

std::span<const std::string_view> benefit_keys() {
    return keys;
}

bool is_time_limit(const YamlRecord& record) {
    const bool has_days = record.find("days") != nullptr;
    const bool has_months = record.find("months") != nullptr;
    const YamlValue* kind = record.find("kind");
    if (has_days == has_months) {
        record.self().fault("time_limit", "应有 days 或 months 之一", "either days or months is needed");
        return false;
    }
    if (has_months && kind != nullptr) kind->fault("time_limit", "months 没有 kind", "months have no kind");
    return has_months ? kind == nullptr : record.need("kind") != nullptr;
}

std::optional<TimeLimit> read_time_limit(const YamlRecord& record) {
    TimeLimit limit;
    limit.from = record.need_id("from");
    if (!is_time_limit(record)) return std::nullopt;
    if (const YamlValue* months = record.find("months")) {
        limit.kind = TimeLimit::Kind::months;
        limit.count = months->integer(1, 1200).value_or(1);
        return limit;
    }
    limit.count = record.find("days")->integer(0, 3660).value_or(0);
    limit.kind = record.find("kind")
                     ->one_of<TimeLimit::Kind>({{"working", TimeLimit::Kind::working_days},
                                                {"natural", TimeLimit::Kind::natural_days}})
                     .value_or(TimeLimit::Kind::working_days);
    return limit;
}

void read_benefits(const LawDraft& draft, Law& law) {
    const auto routes = draft.routes.find("departments");
    const ElementDrafts* departments = routes == draft.routes.end() ? nullptr : &routes->second;
    for (const ElementDraft& one : draft.benefits) {
        Benefit benefit = BenefitReader(one, departments, law).read();
        law.benefits.push_back(std::move(benefit));
    }
}

}  // namespace doudi::policy
