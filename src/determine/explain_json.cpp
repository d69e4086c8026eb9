// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json.hpp>

#include "determine/explain.h"
#include "determine/fact_table.h"
#include "determine/next_questions.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

namespace {

namespace json = boost::json;
using expr::TypeKind;
using expr::Value;

json::object of(const Text& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

json::value day_or_null(const std::optional<Date>& day) {
    return day ? json::value(day->iso()) : json::value(nullptr);
}

const char* word_of(const Value& truth) {
    if (truth.is_unknown()) return "unknown";
    if (truth.is_true()) return "met";
    return truth.is_false() ? "not_met" : "fault";
}

const char* word_of(Silence silence) {
    switch (silence) {
        case Silence::none:
            return "";
        case Silence::never_told:
            return "never_told";
        case Silence::told_unknown:
            return "told_unknown";
        case Silence::stale:
            return "stale";
        case Silence::conflict:
            return "conflict";
        case Silence::not_authorised:
            return "not_authorised";
        case Silence::unset:
            return "unset";
        case Silence::masked:
            return "masked";
    }
    return "";
}

const char* word_of(policy::FactType type) {
    using policy::FactType;
    switch (type) {
        case FactType::boolean:
            return "bool";
        case FactType::integer:
            return "int";
        case FactType::money:
            return "money";
        case FactType::amount:
            return "amount";
        case FactType::ratio:
            return "ratio";
        case FactType::date:
            return "date";
        case FactType::word:
            return "word";
    }
    return "";
}

const char* word_of(TransferAnswer::Consent consent) {
    using Consent = TransferAnswer::Consent;
    if (consent == Consent::not_needed) return "not_needed";
    if (consent == Consent::given) return "given";
    return consent == Consent::refused ? "refused" : "needed";
}

// Money and ratios as decimals in text; what has no end of decimals with its exact fraction beside it.
json::value of(const Value& value) {
    if (value.is_none()) return nullptr;
    if (value.is_unknown()) return json::object{{"unknown", true}};
    if (value.is_error()) return json::object{{"fault", expr::fault_name(value.fault())}};
    if (value.is(TypeKind::boolean)) return value.as_boolean();
    if (value.is(TypeKind::integer)) return value.as_integer();
    const Decimal decimal = figure_of(value);
    if (decimal.is_exact) return json::value(decimal.text);
    return json::object{{"about", decimal.text}, {"exact", value.as_rational().text()}};
}

// What is known and not shown is neither a figure nor unknown.
json::value shown(const Value& value, bool is_masked) {
    return is_masked ? json::value(json::object{{"masked", true}}) : of(value);
}

class JsonWriter {
  public:
    explicit JsonWriter(const Explained& explained)
        : law_(explained.law),
          case_(explained.told),
          answer_(explained.answer),
          title_(explained.pack_title) {}

    std::string write() {
        json::object out;
        out["case"] = case_.id;
        out["region"] = case_.region;
        out["as_of"] = case_.as_of.iso();
        out["rules"] = of(title_);
        out["replay"] = replay();
        out["sample"] = answer_.sample;
        out["ask_first"] = answer_.ask_first ? json::value(fact(*answer_.ask_first)) : json::value(nullptr);
        out["missing_facts"] = nullptr;  // when all that is missing has been said
        out["used_facts"] = nullptr;
        out["missing"] = lacking(answer_.missing);
        out["questions"] = each(next_questions(law_, case_, answer_).steps, [&](const QuestionStep& step) {
            return json::object{{"ask", lacking(step.ask)},
                                {"settles", category_ids(step.settles)},
                                {"unset", lacking(step.unset)}};
        });
        out["categories"] = each(answer_.categories, [&](const auto& one) { return category(one); });
        out["members"] = members();
        out["benefits"] = each(answer_.benefits, [&](const auto& one) { return benefit(one); });
        out["transfers"] = each(answer_.transfers, [&](const auto& one) { return transfer(one); });
        out["watches"] = each(answer_.watches, [&](const auto& one) { return watch(one); });
        out["missing_facts"] = missing_rows();
        out["used_facts"] = used_rows();
        return json::serialize(out) + "\n";
    }

  private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    template <class List, class Make>
    static json::array each(const List& list, Make make) {
        json::array out;
        for (const auto& one : list) out.emplace_back(make(one));
        return out;
    }

    json::object replay() const {
        const ReplayKey& key = answer_.replay;
        json::object out{{"pack", key.pack},
                         {"pack_version", key.pack_version},
                         {"pack_hash", key.pack_hash},
                         {"parameters_hash", key.parameters_hash},
                         {"calendar_hash", key.calendar_hash},
                         {"case_hash", key.case_hash},
                         {"as_of", key.as_of.iso()},
                         {"engine", key.engine}};
        if (key.enactment != 0) out["enactment"] = key.enactment;
        return out;
    }

    json::value name(int member) const {
        return member < 0 ? json::value(nullptr) : json::value(case_.members[at(member)].name);
    }
    json::array names(const std::vector<int>& list) const {
        return each(list, [&](int member) { return name(member); });
    }
    json::array category_ids(const std::vector<int>& list) const {
        return each(list, [&](int category) { return json::value(law_.categories[at(category)].id); });
    }
    static json::array texts(const std::vector<std::string>& list) {
        return each(list, [](const std::string& one) { return json::value(one); });
    }

    // As conditions write it; in a row of a table without the members, who stand beside it.
    std::string name_of(const FactKey& key) const {
        const bool is_row =
            key.kind == FactKey::Kind::fact && key.of == policy::Subject::person && key.member < 0;
        return is_row ? key.id : key_text(case_, key);
    }

    json::object fact(const FactKey& key) const {
        json::object out;
        out["fact"] = name_of(key);
        out["title"] = of(key.member < 0 ? bare_title(law_, key) : title_of(law_, case_, key));
        const policy::FactDefinition* definition = definition_of(law_, key);
        out["type"] = definition == nullptr ? json::value(nullptr) : json::value(word_of(definition->type));
        out["words"] = definition == nullptr ? json::array() : words(*definition);
        out["may_be_none"] = definition != nullptr && definition->may_be_none;
        out["help"] = definition == nullptr || definition->help.zh.empty()
                          ? json::value(nullptr)
                          : json::value(of(definition->help));
        out["how"] = of(how_to_get(law_, key));
        out["from"] = definition == nullptr ? json::array() : texts(definition->get.from);
        out["cost"] = price_of(law_, case_, key).cost;
        return out;
    }
    // What a form lets one choose.
    static json::array words(const policy::FactDefinition& fact) {
        return each(fact.words, [](const policy::FactWord& word) {
            return json::object{{"id", word.id}, {"title", of(word.title)}};
        });
    }
    // The title of a value that is a word of the pack's.
    json::value title_of_word(const FactKey& key, const Value& value) const {
        const policy::FactDefinition* definition = definition_of(law_, key);
        if (definition == nullptr || definition->type != policy::FactType::word) return nullptr;
        const json::value told = of(value);
        if (!told.is_string()) return nullptr;
        for (const policy::FactWord& word : definition->words)
            if (word.id == std::string_view(told.get_string())) return of(word.title);
        return nullptr;
    }
    // Runs of members, by their places in `members`; null: of no person.
    static json::value people(const People& people) {
        if (people.empty()) return nullptr;
        return each(people, [](const auto& run) { return json::array{run.first, run.second}; });
    }
    static json::array references(const std::vector<FactTable::Reference>& list) {
        return each(list, [](const FactTable::Reference& one) {
            return json::object{{"number", one.row + 1}, {"people", people(one.people)}};
        });
    }
    json::array lacking(const std::vector<FactKey>& keys) { return references(missing_.refer(keys)); }

    json::array missing_rows() const {
        int number = 0;
        return each(missing_.rows(), [&](const FactTable::Row& row) {
            json::object out{{"number", ++number}};
            const json::object said = fact(row.key);
            for (const auto& field : said) out[field.key()] = field.value();
            out["people"] = people(row.people());
            return out;
        });
    }

    json::array used_rows() const {
        int number = 0;
        return each(used_.rows(), [&](const FactTable::Row& row) {
            const UsedFact& one = *row.used;
            json::object out{{"number", ++number},
                             {"fact", name_of(row.key)},
                             {"title", of(bare_title(law_, row.key))},
                             {"value", shown(one.value, one.silence == Silence::masked)},
                             {"word", title_of_word(row.key, one.value)},
                             {"source", one.source},
                             {"as_of", day_or_null(one.as_of)}};
            if (one.silence != Silence::none) out["unknown_because"] = word_of(one.silence);
            out["sample"] = one.sample;
            out["people"] = people(row.people());
            return out;
        });
    }

    json::object missing(const Missing& missing) {
        return {{"smallest", lacking(missing.smallest)},
                {"is_exact", missing.is_exact},
                {"ask_first", missing.ask_first ? json::value(key_text(case_, *missing.ask_first))
                                                : json::value(nullptr)}};
    }

    json::object line(const LineAnswer& answer) {
        json::object out;
        out["say"] = of(answer.line->say);
        out["text"] = answer.line->text;
        out["verdict"] = word_of(answer.value);
        out["cite"] = answer.line->cite.text();
        out["figures"] = each(answer.figures, [&](const Figure& figure) {
            return json::object{{"text", figure.text},
                                {"left", shown(figure.left, figure.left_masked)},
                                {"right", shown(figure.right, figure.right_masked)},
                                {"verdict", word_of(figure.truth)}};
        });
        out["missing"] = lacking(answer.missing);
        return out;
    }

    json::array lines(const std::vector<LineAnswer>& list) {
        return each(list, [&](const LineAnswer& one) { return line(one); });
    }

    json::object change(const NearestChange& change) const {
        json::object out;
        out["text"] = change.text;
        out["say"] = of(change.say);
        out["fact"] = change.in_days ? json::value(nullptr) : json::value(key_text(case_, change.fact));
        out["now"] = of(change.now);
        out["then"] = of(change.then);
        out["in_days"] = change.in_days ? json::value(*change.in_days) : json::value(nullptr);
        out["distance"] = change.distance.text();
        out["would_hold"] = change.would_hold;
        out["turns_verdict"] = change.turns_verdict;
        return out;
    }

    json::object route(std::string_view section, const std::string& id) const {
        const policy::RouteElement* element = law_.route_of(section, id);
        return {{"id", id}, {"title", of(element == nullptr ? Text{id, id} : element->title)}};
    }

    json::object category(const CategoryAnswer& answer) {
        const policy::Category& category = law_.categories[at(answer.category)];
        json::object out;
        out["id"] = category.id;
        out["title"] = of(category.title);
        out["member"] = name(answer.member);
        out["verdict"] = word_of(answer.verdict);
        out["cite"] = category.cite.text();
        out["lines"] = lines(answer.lines);
        out["unless"] = answer.unless ? json::value(line(*answer.unless)) : json::value(nullptr);
        out["covers"] = names(answer.covers);
        out["maybe_covers"] = names(answer.maybe_covers);
        out["confirmed_by"] = category.confirmed_by.empty()
                                  ? json::value(nullptr)
                                  : json::value(route("authorities", category.confirmed_by));
        out["valid_months"] =
            category.valid_months ? json::value(*category.valid_months) : json::value(nullptr);
        out["clocks"] = clocks(category.id);
        out["missing"] = missing(answer.missing);
        out["changes"] = each(answer.changes, [&](const NearestChange& one) { return change(one); });
        out["facts"] = references(used_.refer(answer.used));
        out["sample"] = answer.sample;
        return out;
    }

    // The time limits of its procedure, as the pack states them.
    json::array clocks(const std::string& category) const {
        json::array out;
        for (const policy::RouteElement& clock : law_.routes) {
            const std::vector<std::string>* whose = clock.list("of");
            if (clock.section != "clocks" || whose == nullptr ||
                std::ranges::find(*whose, category) == whose->end())
                continue;
            json::object one{{"id", clock.id}, {"title", of(clock.title)}};
            for (const char* key : {"days", "months", "kind", "from"}) {
                const std::string* value = clock.field(key);
                one[key] = value == nullptr ? json::value(nullptr) : json::value(*value);
            }
            one["cite"] = clock.cite.text();
            out.emplace_back(std::move(one));
        }
        return out;
    }

    json::array members() const {
        json::array out;
        for (std::size_t i = 0; i < answer_.sets.size(); ++i) {
            const MemberSet& set = answer_.sets[i];
            out.push_back({{"name", case_.members[i].name},
                           {"categories", category_ids(set.categories)},
                           {"exclusive_undecided", set.exclusive_undecided},
                           {"undecided", category_ids(set.undecided)}});
        }
        return out;
    }

    static json::value limit(const std::optional<policy::TimeLimit>& limit) {
        if (!limit) return nullptr;
        using Kind = policy::TimeLimit::Kind;
        const char* kind = limit->kind == Kind::working_days   ? "working_days"
                           : limit->kind == Kind::natural_days ? "natural_days"
                                                               : "months";
        return json::object{{"count", limit->count}, {"kind", kind}, {"from", limit->from}};
    }

    json::object benefit(const BenefitAnswer& answer) {
        const policy::Benefit& benefit = law_.benefits[at(answer.benefit)];
        json::object out;
        out["id"] = benefit.id;
        out["title"] = of(benefit.title);
        out["layer"] = benefit.layer;
        out["member"] = name(answer.member);
        out["verdict"] = word_of(answer.verdict);
        out["cite"] = benefit.cite.text();
        out["through"] = category_ids(answer.through);
        out["amount"] = answer.amount ? shown(*answer.amount, answer.amount_masked) : json::value(nullptr);
        out["share"] = answer.share ? shown(*answer.share, answer.amount_masked) : json::value(nullptr);
        out["of"] = answer.grant == nullptr ? json::value(nullptr) : json::value(of(answer.grant->of));
        out["every"] = answer.grant == nullptr ? json::value(nullptr) : json::value(answer.grant->every);
        out["grant_cite"] =
            answer.grant == nullptr ? json::value(nullptr) : json::value(answer.grant->cite.text());
        out["department"] = benefit.department.empty()
                                ? json::value(nullptr)
                                : json::value(route("departments", benefit.department));
        out["channel"] = of(benefit.channel);
        out["within"] = limit(benefit.within);
        out["follow_up"] = benefit.follow_up ? json::value{{"what", benefit.follow_up->what},
                                                           {"within", limit(benefit.follow_up->within)}}
                                             : json::value(nullptr);
        out["lines"] = lines(answer.lines);
        out["unless"] = answer.unless ? json::value(line(*answer.unless)) : json::value(nullptr);
        out["missing"] = missing(answer.missing);
        out["facts"] = references(used_.refer(answer.used));
        out["sample"] = answer.sample;
        return out;
    }

    json::object transfer(const TransferAnswer& answer) const {
        return {{"id", answer.id},
                {"from", answer.from},
                {"to", texts(answer.to)},
                {"maybe_to", texts(answer.maybe_to)},
                {"consent", word_of(answer.consent)},
                {"repeat_papers", answer.repeat_papers},
                {"cite", answer.cite.text()}};
    }

    json::object watch(const WatchAnswer& answer) const {
        json::object out;
        out["id"] = answer.id;
        out["kind"] = answer.kind == WatchAnswer::Kind::watch ? "watch" : "phase_out";
        out["because"] = answer.because;
        out["of"] = texts(answer.of);
        out["from"] = day_or_null(answer.from);
        out["until"] = day_or_null(answer.until);
        out["forever"] = answer.is_forever;
        out["missing"] = answer.missing ? json::value(fact(*answer.missing)) : json::value(nullptr);
        out["sample"] = answer.sample;
        out["cite"] = answer.cite.text();
        return out;
    }

    const policy::Law& law_;
    const Case& case_;
    const Determination& answer_;
    const Text& title_;
    FactTable missing_, used_;
};

}  // namespace

std::string explanation_json(const Explained& explained) {
    return JsonWriter(explained).write();
}

}  // namespace doudi::determine
