// SPDX-License-Identifier: Apache-2.0
// facts.yaml: what may be known of a household, a member, an application.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 12> keys{
    "of",          "type", "title", "help",         "words",
    "may_be_none", "is",   "get",   "max_age_days", "needs_authorisation",
    "sensitive",   "ask"};

// Those who tell a fact and are no dataset.
constexpr std::array<std::string_view, 4> tellers{"applicant", "paper", "verification", "home_visit"};

class FactReader {
  public:
    FactReader(const ElementDraft& draft, const DatasetCatalogue& catalogue)
        : record_(draft.record), catalogue_(catalogue) {
        fact_.id = draft.id;
        fact_.cite = draft.cite;
        fact_.place = record_.self().place();
    }

    FactDefinition read() {
        read_kind();
        fact_.title = record_.need_bilingual("title");
        if (const YamlValue* help = record_.find("help")) fact_.help = help->bilingual().value_or(Text{});
        // Held to both languages here; who asks it reads it from what is stated (Law::stated).
        if (const YamlValue* ask = record_.find("ask")) (void)ask->bilingual();
        fact_.may_be_none = record_.flag("may_be_none");
        fact_.needs_authorisation = record_.flag("needs_authorisation");
        fact_.sensitive = record_.flag("sensitive");
        if (const YamlValue* age = record_.find("max_age_days")) fact_.max_age_days = age->integer(0, 36600);
        read_words();
        if (const YamlValue* is = record_.find("is")) {
            fact_.is_text = is->is_scalar() ? is->text().value_or("") : "";
            refuse_beside_is("get");
            refuse_beside_is("max_age_days");
            refuse_beside_is("ask");
        } else if (const YamlValue* get = record_.need("get")) {
            read_source(*get);
        }
        return std::move(fact_);
    }

  private:
    void read_kind() {
        if (const YamlValue* of = record_.need("of")) {
            fact_.of = of->one_of<Subject>({{"household", Subject::household},
                                            {"person", Subject::person},
                                            {"application", Subject::application}})
                           .value_or(Subject::household);
        }
        const YamlValue* type = record_.need("type");
        if (type == nullptr) return;
        fact_.type = type->one_of<FactType>({{"bool", FactType::boolean},
                                             {"int", FactType::integer},
                                             {"money", FactType::money},
                                             {"amount", FactType::amount},
                                             {"ratio", FactType::ratio},
                                             {"date", FactType::date},
                                             {"word", FactType::word}})
                         .value_or(FactType::boolean);
        if (fact_.type == FactType::amount && record_.find("is") == nullptr) {
            type->fault("amount_is_derived", "只有推算的事实（is）可以是 amount；这里用 money",
                        "only a derived fact (is) may be an amount; this is money");
        }
    }

    void read_words() {
        const YamlValue* words = record_.find("words");
        if (fact_.type != FactType::word) {
            if (words != nullptr)
                words->fault("words_of_no_word", "只有 word 类型有 words",
                             "only a fact of type word has words");
            return;
        }
        words = record_.need("words");
        if (words == nullptr) return;
        for (const YamlEntry& entry : words->entries())
            fact_.words.push_back({entry.key, entry.value.bilingual().value_or(Text{})});
        if (fact_.words.empty() && words->is_mapping())
            words->fault("no_words", "至少要有一个取值", "at least one word is needed");
    }

    void refuse_beside_is(std::string_view key) {
        const YamlValue* value = record_.find(key);
        if (value == nullptr) return;
        value->fault("derived_fact", fmt::format("推算的事实（is）不能有 {}", key),
                     fmt::format("a derived fact (is) has no {}", key));
    }

    void read_source(const YamlValue& get) {
        const auto record = get.record({"cost", "how", "from", "visit"});
        if (!record) return;
        fact_.get.cost = record->need_integer("cost", 1, 5);
        fact_.get.how = record->need_bilingual("how");
        const YamlValue* from = record->need("from");
        if (from == nullptr) return;
        for (const YamlValue& item : from->list()) {
            const std::optional<std::string> teller = item.text();
            if (!teller) continue;
            check_teller(item, *teller);
            fact_.get.from.push_back(*teller);
        }
        if (const YamlValue* visit = record->find("visit")) read_visit(*visit);
    }

    void read_visit(const YamlValue& visit) {
        using Visit = FactSource::Visit;
        fact_.get.visit =
            visit
                .one_of<Visit>(
                    {{"doubts", Visit::doubts}, {"yields", Visit::yields}, {"newest", Visit::newest}})
                .value_or(Visit::doubts);
        if (fact_.get.is_from(visit_teller)) return;
        visit.fault("visit_tells_nothing", "来源（from）中没有 home_visit，不写 visit",
                    "no visit tells it: from has no home_visit");
    }

    void check_teller(const YamlValue& at, const std::string& teller) {
        if (catalogue_.index_of(teller) >= 0) return;
        std::vector<std::string_view> known(tellers.begin(), tellers.end());
        if (std::ranges::find(known, std::string_view(teller)) != known.end()) return;
        for (const Dataset& dataset : catalogue_.datasets) known.push_back(dataset.id);
        at.unknown_name("unknown_teller", "来源（applicant、paper、verification、home_visit 或数据集）",
                        "source (applicant, paper, verification, home_visit or a dataset)", teller, known);
    }

    const YamlRecord& record_;
    const DatasetCatalogue& catalogue_;
    FactDefinition fact_;
};

}  // namespace

std::span<const std::string_view> fact_keys() {
    return keys;
}

std::vector<FactDefinition> read_facts(const ElementDrafts& drafts, const DatasetCatalogue& catalogue) {
    std::vector<FactDefinition> facts;
    for (const ElementDraft& draft : drafts) facts.push_back(FactReader(draft, catalogue).read());
    return facts;
}

void compile_facts(const ElementDrafts& drafts, Law& law) {
    const LawConditions conditions(law);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const YamlValue* is = drafts[i].record.find("is");
        if (is != nullptr) law.facts[i].is = conditions.fact_value(*is, law.facts[i]);
    }
    order_facts(drafts, law);
}

}  // namespace doudi::policy
