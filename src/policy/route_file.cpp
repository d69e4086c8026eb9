// SPDX-License-Identifier: Apache-2.0
// routes.yaml: who does what, where a warning goes, which clocks run.
#include <fmt/format.h>

#include <algorithm>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

class RouteReader {
  public:
    RouteReader(const LawDraft& draft, const DatasetCatalogue& catalogue, const Law& law)
        : draft_(draft), catalogue_(catalogue), law_(law) {}

    RouteElement read(const RouteSection& section, const ElementDraft& element) {
        RouteElement route;
        route.section = section.name;
        route.id = element.id;
        route.cite = element.cite;
        const YamlRecord& record = element.record;
        if (const YamlValue* title = section.needs_title ? record.need("title") : record.find("title"))
            route.title = title->bilingual().value_or(Text{});
        if (const YamlValue* action = section.needs_action ? record.need("action") : record.find("action"))
            route.action = action->bilingual().value_or(Text{});
        for (const RouteKey& key : section.keys) {
            const YamlValue* value = key.is_required ? record.need(key.name) : record.find(key.name);
            if (value == nullptr) continue;
            check(key, *value);
            keep(key.name, *value, route);
        }
        check_whole(section, record);
        return route;
    }

  private:
    // Lists as lists, every other text by its path.
    static void keep(std::string_view key, const YamlValue& value, RouteElement& route) {
        if (value.is_list()) {
            route.lists.emplace_back(key, std::vector<std::string>{});
            for (const YamlValue& item : value.list()) {
                if (item.is_scalar()) route.lists.back().second.push_back(item.text().value_or(""));
            }
            return;
        }
        for (auto& [path, text] : value.leaves())
            route.fields.emplace_back(path.empty() ? std::string(key) : fmt::format("{}.{}", key, path),
                                      text);
    }

    void check(const RouteKey& key, const YamlValue& value) const {
        switch (key.holds) {
            case RouteValue::text:
                (void)value.text();
                return;
            case RouteValue::flag:
                (void)value.flag();
                return;
            case RouteValue::days:
                check_count(value, 0, 3660);
                return;
            case RouteValue::months:
                check_count(value, 1, 1200);
                return;
            case RouteValue::term:
                if (!value.is_scalar() || value.text() != "forever") check_count(value, 1, 1200);
                return;
            case RouteValue::one_of:
                check_one_of(key, value);
                return;
            case RouteValue::department:
                check_department(value);
                return;
            case RouteValue::answer_of:
                (void)fact_of(value);
                return;
            case RouteValue::unset:
                check_unset(value);
                return;
            case RouteValue::told:
                check_mapping(value);
                return;
            default:
                check_list(key, value);
                return;
        }
    }

    void check_list(const RouteKey& key, const YamlValue& value) const {
        (void)value.texts();  // repeated or empty ones
        for (const YamlValue& item : value.is_list() ? value.list() : std::vector<YamlValue>{}) {
            if (!item.is_scalar()) continue;
            if (key.holds == RouteValue::ids) check_id(item);
            if (key.holds == RouteValue::categories) known(item, law_.categories, "category", "类别");
            if (key.holds == RouteValue::subjects) check_subject(item);
            if (key.holds == RouteValue::benefits) known(item, law_.benefits, "benefit", "帮扶事项");
            if (key.holds == RouteValue::datasets) known(item, catalogue_.datasets, "dataset", "数据集");
            if (key.holds == RouteValue::departments) check_department(item);
        }
    }

    template <class Element>
    static void known(const YamlValue& item, const std::vector<Element>& elements, std::string_view what,
                      std::string_view what_zh) {
        if (const auto id = item.text())
            (void)is_known_id(item, *id, elements, fmt::format("unknown_{}", what), what_zh, what);
    }

    static void check_id(const YamlValue& value) {
        const std::string id = value.text().value_or("");
        const auto allowed = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        };
        if (std::ranges::all_of(id, allowed)) return;
        value.fault("bad_id", fmt::format("“{}”只能用小写字母、数字和 _", id),
                    fmt::format("'{}' may hold only a-z, 0-9 and _", id));
    }

    static void check_one_of(const RouteKey& key, const YamlValue& value) {
        const std::optional<std::string> written = value.text();
        if (!written || std::ranges::find(key.words, std::string_view(*written)) != key.words.end()) return;
        value.unknown_name("yaml_unknown_word", "取值", "value", *written, key.words);
    }

    // A number, or `param.x` of a parameter that is a whole number.
    void check_count(const YamlValue& value, int least, int most) const {
        if (names_parameter(value)) {
            (void)whole_parameter(value, law_);
        } else {
            (void)value.integer(least, most);
        }
    }

    void check_subject(const YamlValue& value) const {
        const std::optional<std::string> id = value.text();
        if (!id || law_.category_of(*id) >= 0 || law_.benefit_of(*id) >= 0) return;
        std::vector<std::string_view> names;
        for (const Category& category : law_.categories) names.push_back(category.id);
        for (const Benefit& benefit : law_.benefits) names.push_back(benefit.id);
        value.unknown_name("unknown_subject", "类别或帮扶事项", "category or benefit", *id, names);
    }

    void check_department(const YamlValue& value) const {
        const auto departments = draft_.routes.find("departments");
        static const ElementDrafts none;
        known(value, departments == draft_.routes.end() ? none : departments->second, "department", "部门");
    }

    // "person.job_intention", "residence_kind", "application.emergency": a fact that is a word.
    const FactDefinition* fact_of(const YamlValue& value) const {
        const std::optional<std::string> path = value.text();
        if (!path) return nullptr;
        std::vector<std::string> names;
        for (const FactDefinition& fact : law_.facts) {
            if (fact.type != FactType::word) continue;
            const std::string_view owner = fact.of == Subject::person        ? "person."
                                           : fact.of == Subject::application ? "application."
                                                                             : "";
            names.push_back(std::string(owner) + fact.id);
            if (names.back() == *path) return &fact;
        }
        value.unknown_name("unknown_fact", "事实（word）", "fact of type word", *path,
                           {names.begin(), names.end()});
        return nullptr;
    }

    static void check_unset(const YamlValue& value) {
        if (const auto record = value.record({"set_by"})) (void)record->need_bilingual("set_by");
    }

    // Fields and words themselves are held against procedures/*.yaml, which are read later.
    static void check_mapping(const YamlValue& value) {
        if (value.is_mapping()) return;
        value.fault("yaml_not_mapping", "应为填报项及其取值，如 {cause: rhythm}",
                    "takes fields and their words, as {cause: rhythm}");
    }

    static void check_rhythm(const YamlRecord& record) {
        int terms = 0;
        for (const std::string_view key : {"every_months", "unset", "by_validity"})
            terms += record.find(key) == nullptr ? 0 : 1;
        if (terms != 1)
            record.self().fault("rhythm", "应有 every_months、unset、by_validity 之一",
                                "one of every_months, unset and by_validity is needed");
        const bool of_households =
            record.find("of") != nullptr || record.flag("every_household") || record.flag("by_validity");
        if (const YamlValue* opens = record.find("opens"); opens != nullptr && !of_households)
            opens->fault(
                "rhythm_opens", "opens 只用于逐户到期的周期（of、every_household、by_validity）",
                "opens is for rhythms by which households fall due: of, every_household, by_validity");
    }

    // What hangs on two keys.
    void check_whole(const RouteSection& section, const YamlRecord& record) const {
        if (section.name == "clocks") {
            check_clock(record);
        }
        if (section.name == "authorities") check_authority(record);
        if (section.name == "rhythms") check_rhythm(record);
        if (section.name == "choices") check_answer(record);
    }

    // It sits at a level, or the place says which of the others it is.
    void check_authority(const YamlRecord& record) const {
        const YamlValue* by = record.find("named_by");
        if ((by == nullptr) == (record.find("level") == nullptr))
            record.self().fault("authority_level", "应有 level、named_by 之一",
                                "one of level and named_by is needed");
        if (const YamlValue* alone = record.find("delegated_alone");
            alone != nullptr && record.find("delegated_to") == nullptr)
            alone->fault("delegated_to_none", "没有 delegated_to 就没有 delegated_alone",
                         "without delegated_to there is no delegated_alone");
        if (by == nullptr) return;
        constexpr std::string_view prefix = "param.";
        const std::string written = by->text().value_or("");
        const std::string id = written.starts_with(prefix) ? written.substr(prefix.size()) : written;
        if (!is_known_id(*by, id, law_.parameters, "unknown_parameter", "参数", "parameter")) return;
        if (law_.parameters[static_cast<std::size_t>(law_.parameter_of(id))].words.empty())
            by->fault("named_by_no_words", fmt::format("参数“{}”没有 words", id),
                      fmt::format("the parameter '{}' has no words", id));
    }

    static void check_clock(const YamlRecord& record) {
        (void)record.need_id("from");
        // A day that is told; where none is, so many working days.
        if (record.flag("by_day") && record.find("days") != nullptr) {
            (void)is_time_limit(record);
            const YamlValue* kind = record.find("kind");
            if (kind != nullptr && kind->text() != "working")
                kind->fault("time_limit", "by_day 的 days 为工作日",
                            "the days of a clock by_day are working days");
            return;
        }
        if (!record.flag("by_level") && !record.flag("by_day") && !record.flag("by_benefit")) {
            (void)is_time_limit(record);
            return;
        }
        for (const std::string_view key : {"days", "months", "kind"}) {
            if (const YamlValue* value = record.find(key))
                value->fault(
                    "time_limit", fmt::format("by_level、by_day、by_benefit 的时限另有依据，不能写 {}", key),
                    fmt::format(
                        "a clock by_level, by_day or by_benefit has its term from elsewhere: it has no {}",
                        key));
        }
    }

    void check_answer(const YamlRecord& record) const {
        const YamlValue* on = record.find("on");
        const YamlValue* is = record.find("is");
        const FactDefinition* fact = nullptr;
        if (on != nullptr && on->is_scalar()) {
            const std::string path = on->text().value_or("");
            const std::string id = path.substr(path.find('.') + 1);
            const auto found = std::ranges::find(law_.facts, id, &FactDefinition::id);
            if (found != law_.facts.end() && found->type == FactType::word) fact = &*found;
        }
        if (fact == nullptr || is == nullptr || !is->is_scalar()) return;
        if (const auto word = is->text())
            (void)is_known_id(*is, *word, fact->words, "unknown_word", "取值", "word");
    }

    const LawDraft& draft_;
    const DatasetCatalogue& catalogue_;
    const Law& law_;
};

// Each word by which a place names an authority is one that sits at a level.
void check_named(const ElementDraft& authority, const Law& law) {
    const YamlValue* by = authority.record.find("named_by");
    const RouteElement* own = law.route_of("authorities", authority.id);
    const std::string* written = by == nullptr || own == nullptr ? nullptr : own->field("named_by");
    const int at = written == nullptr ? -1 : law.parameter_of(written->substr(written->find('.') + 1));
    if (at < 0) return;
    for (const FactWord& word : law.parameters[static_cast<std::size_t>(at)].words) {
        const RouteElement* named = law.route_of("authorities", word.id);
        if (named != nullptr && named->field("level") != nullptr) continue;
        by->fault("unknown_authority", fmt::format("“{}”不是有层级的机关", word.id),
                  fmt::format("'{}' is no authority that sits at a level", word.id));
    }
}

void check_authorities(const LawDraft& draft, const Law& law) {
    const auto found = draft.routes.find("authorities");
    static const ElementDrafts none;
    const ElementDrafts& authorities = found == draft.routes.end() ? none : found->second;
    for (const ElementDraft& authority : authorities) check_named(authority, law);
    for (const ElementDraft& category : draft.categories) {
        const YamlValue* by = category.record.find("confirmed_by");
        const auto id = by == nullptr || !by->is_scalar() ? std::nullopt : by->text();
        if (id) (void)is_known_id(*by, *id, authorities, "unknown_authority", "机关", "authority");
    }
}

}  // namespace

void read_routes(const LawDraft& draft, const DatasetCatalogue& catalogue, Law& law) {
    for (const RouteSection& section : route_sections()) {
        const auto found = draft.routes.find(section.name);
        if (found == draft.routes.end()) continue;
        for (const ElementDraft& element : found->second)
            law.routes.push_back(RouteReader(draft, catalogue, law).read(section, element));
    }
    check_authorities(draft, law);
}

}  // namespace doudi::policy
