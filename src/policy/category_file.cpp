// SPDX-License-Identifier: Apache-2.0
// categories.yaml: who is low-income and how registers write it.
#include <fmt/format.h>

#include <array>
#include <map>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 10> keys{"title",        "register_words", "subject", "when",
                                                "unless",       "covers",         "becomes", "confirmed_by",
                                                "valid_months", "open_rule"};

using WordOwners = std::map<std::string, std::string>;

void read_register_words(const YamlRecord& record, Category& category, WordOwners& owner_of_word) {
    const YamlValue* words = record.find("register_words");
    if (words == nullptr) return;
    category.register_words = words->texts();
    for (const std::string& word : category.register_words) {
        const auto [owner, fresh] = owner_of_word.emplace(word, category.id);
        if (fresh) continue;
        words->fault("category_word", fmt::format("“{}”已属于类别“{}”", word, owner->second),
                     fmt::format("'{}' already stands for the category '{}'", word, owner->second));
    }
}

void read_open_rule(const YamlRecord& record, Category& category) {
    const YamlValue* open = record.find("open_rule");
    if (open == nullptr) return;
    if (record.find("when") != nullptr) {
        open->fault("open_and_when", "有 when 就不是待定的规则（open_rule）",
                    "a category with `when` has no open_rule");
    }
    if (const auto rule = open->record({"set_by"})) category.open_rule = rule->need_bilingual("set_by");
}

// What only makes sense beside `when`.
void check_beside_when(const YamlRecord& record, const Category& category) {
    if (record.find("when") == nullptr) {
        for (const std::string_view key : {"unless", "covers"}) {
            if (const YamlValue* value = record.find(key)) {
                value->fault("without_when", fmt::format("没有 when 就不能有 {}", key),
                             fmt::format("{} needs `when` beside it", key));
            }
        }
        return;
    }
    const YamlValue* covers = record.find("covers");
    if (covers != nullptr && category.subject == Subject::person) {
        covers->fault("covers_of_person", "个人的类别没有 covers", "a category of persons has no covers");
    }
}

Category read_category(const ElementDraft& draft, WordOwners& owner_of_word) {
    const YamlRecord& record = draft.record;
    Category category;
    category.id = draft.id;
    category.cite = draft.cite;
    category.place = record.self().place();
    category.title = record.need_bilingual("title");
    read_register_words(record, category, owner_of_word);
    const bool has_rule = record.find("when") != nullptr || record.find("open_rule") != nullptr;
    if (const YamlValue* subject = has_rule ? record.need("subject") : record.find("subject")) {
        category.subject =
            subject->one_of<Subject>({{"household", Subject::household}, {"person", Subject::person}})
                .value_or(Subject::household);
    }
    if (const YamlValue* becomes = record.find("becomes")) category.becomes = becomes->text().value_or("");
    if (const YamlValue* by = record.find("confirmed_by")) category.confirmed_by = by->text().value_or("");
    if (const YamlValue* months = record.find("valid_months"))
        category.valid_months = months->integer(1, 1200);
    read_open_rule(record, category);
    check_beside_when(record, category);
    return category;
}

// Whom a household's category covers where it does not say: those who count as members. None, and so every
// member, in a pack that knows no such fact.
std::optional<ConditionLine> members_who_count(const ElementDraft& draft, const Law& law) {
    ConditionLine line;
    line.text = "person.counts_as_member";
    line.cite = draft.cite;
    line.place = draft.record.self().place();
    auto program = expr::compile(line.text, law.names.schema, expr::CheckMode::pack_condition);
    if (!program) return std::nullopt;
    line.program = std::move(*program);
    return line;
}

}  // namespace

std::span<const std::string_view> category_keys() {
    return keys;
}

std::vector<Category> read_categories(const ElementDrafts& drafts) {
    std::vector<Category> categories;
    WordOwners owner_of_word;
    for (const ElementDraft& draft : drafts) categories.push_back(read_category(draft, owner_of_word));
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const YamlValue* becomes = drafts[i].record.find("becomes");
        if (becomes == nullptr || categories[i].becomes.empty()) continue;
        (void)is_known_id(*becomes, categories[i].becomes, categories, "unknown_category", "类别",
                          "category");
    }
    return categories;
}

void compile_categories(const ElementDrafts& drafts, Law& law) {
    // A condition may name a category whose own is compiled later: only whether it has one is looked at.
    std::vector<Condition> whens(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (drafts[i].record.find("when") != nullptr) law.categories[i].when.emplace_back();
    }
    const LawConditions conditions(law);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const ElementDraft& draft = drafts[i];
        Category& category = law.categories[i];
        const ConditionPlace place{category.subject};
        const YamlValue* when = draft.record.find("when");
        if (when == nullptr) continue;
        whens[i] = conditions.lines(*when, "when", draft, place);
        if (const YamlValue* unless = draft.record.find("unless"))
            category.unless = conditions.line(*unless, "unless", draft, place);
        if (const YamlValue* covers = draft.record.find("covers")) {
            category.covers = conditions.line(*covers, "covers", draft, {Subject::person});
        } else if (category.subject == Subject::household) {
            category.covers = members_who_count(draft, law);
        }
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) law.categories[i].when = std::move(whens[i]);
    order_categories(drafts, law);
}

}  // namespace doudi::policy
