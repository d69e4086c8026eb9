// SPDX-License-Identifier: Apache-2.0
#include "upkeep/kinds.h"

#include <algorithm>
#include <array>

#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"
#include "registry/fields.h"

namespace doudi::upkeep {

using policy::YamlRecord;
using policy::YamlValue;

namespace {

constexpr std::array<std::string_view, 8> act_names{"person.enter",    "person.leave",   "person.move",
                                                    "person.set",      "household.open", "household.end",
                                                    "household.place", "household.set"};
constexpr int longest_ahead = 3660;
constexpr int most_months = 120;

std::optional<std::uint32_t> act_bit(const YamlValue& value) {
    const auto written = value.text();
    if (!written) return std::nullopt;
    for (std::size_t i = 0; i < act_names.size(); ++i) {
        if (act_names[i] == *written) return 1U << i;
    }
    value.unknown_name("change_act", "动作", "act", *written, {act_names.begin(), act_names.end()});
    return std::nullopt;
}

}  // namespace

class RulesReader {
  public:
    RulesReader(ChangeRules& rules, const access::Roles& roles) : rules_(rules), roles_(roles) {}

    void read(const YamlRecord& top) {
        rules_.near_months_ = top.need_integer("near_application_months", 1, most_months);
        const YamlValue* import = top.need("import");
        if (const auto record = import == nullptr ? std::nullopt : import->record({"decide"}))
            rules_.deciders_ = role_list(*record, "decide");
        const YamlValue* kinds = top.need("kinds");
        if (kinds == nullptr) return;
        for (const YamlValue& item : kinds->list()) read_kind(item);
        check_whole(*kinds);
    }

  private:
    void read_kind(const YamlValue& item) {
        const auto record = item.record({"id", "title", "may", "must", "propose", "confirm", "second_person",
                                         "paper", "fields", "from", "ahead_days", "near_application",
                                         "takes_back", "answers", "about"});
        if (!record) return;
        Kind kind;
        kind.id = record->need_id("id");
        kind.title = record->need_bilingual("title");
        kind.propose = role_list(*record, "propose");
        kind.confirm = role_list(*record, "confirm");
        kind.second_person = record->flag("second_person");
        kind.near_application = record->flag("near_application");
        kind.takes_back = record->flag("takes_back");
        read_paper(*record, kind);
        if (const YamlValue* answers = record->find("answers")) {
            read_answers(*answers, kind);
            read_about(*record, kind);
        }
        if (!kind.takes_back && !kind.is_question()) read_acts(*record, kind);
        if (rules_.find(kind.id) != nullptr)
            item.fault("change_kind_twice", "“" + kind.id + "”重复", "'" + kind.id + "' stands twice");
        rules_.kinds_.push_back(std::move(kind));
    }

    void read_acts(const YamlRecord& record, Kind& kind) {
        if (const YamlValue* may = record.need("may")) {
            for (const YamlValue& act : may->list()) kind.may |= act_bit(act).value_or(0);
        }
        if (const YamlValue* must = record.need("must")) {
            for (const YamlValue& item : must->list()) {
                std::uint32_t one_of = 0;
                for (const YamlValue& act : item.one_or_list()) one_of |= act_bit(act).value_or(0);
                if ((one_of & ~kind.may) != 0)
                    item.fault("change_must_not", "must 中的动作不在 may 之列",
                               "what it must do is not among what it may do");
                kind.must.push_back(one_of);
            }
        }
        if (const YamlValue* fields = record.find("fields")) read_fields(*fields, kind);
        if (const YamlValue* from = record.need("from"))
            kind.from_month = from->one_of<bool>({{"day", false}, {"month", true}}).value_or(false);
        kind.ahead_days = record.need_integer("ahead_days", 0, longest_ahead);
    }

    static void read_fields(const YamlValue& fields, Kind& kind) {
        const auto known = registry::member_fields();
        for (const YamlValue& item : fields.list()) {
            const auto field = item.text();
            if (!field) continue;
            if (std::ranges::find(known, std::string_view(*field)) == known.end())
                item.unknown_name("change_field", "字段", "field", *field, {known.begin(), known.end()});
            kind.fields.push_back(*field);
        }
    }

    static void read_paper(const YamlRecord& record, Kind& kind) {
        if (const YamlValue* paper = record.need("paper")) {
            kind.paper = paper
                             ->one_of<PaperRule>({{"never", PaperRule::never},
                                                  {"by_hand", PaperRule::by_hand},
                                                  {"always", PaperRule::always}})
                             .value_or(PaperRule::never);
        }
    }

    void read_answers(const YamlValue& answers, Kind& kind) {
        for (const YamlValue& item : answers.list()) {
            const auto record = item.record({"id", "title", "then"});
            if (!record) continue;
            Answer answer;
            answer.id = record->need_id("id");
            answer.title = record->need_bilingual("title");
            if (const YamlValue* then = record->find("then")) {
                answer.then = then->texts();
                thens_.emplace_back(*then, answer.then);
            }
            kind.answers.push_back(std::move(answer));
        }
    }

    static void read_about(const YamlRecord& record, Kind& kind) {
        const YamlValue* about = record.need("about");
        if (about == nullptr) return;
        kind.about = about->one_of<Subject>({{"household", Subject::household}, {"person", Subject::person}})
                         .value_or(Subject::household);
    }

    std::vector<std::string> role_list(const YamlRecord& record, std::string_view key) {
        std::vector<std::string> ids;
        const YamlValue* value = record.need(key);
        if (value == nullptr) return ids;
        std::vector<std::string_view> known;
        for (const access::Role& role : roles_.all()) known.push_back(role.id);
        for (const YamlValue& item : value->list()) {
            const auto id = item.text();
            if (!id) continue;
            if (roles_.find(*id) == nullptr) item.unknown_name("role_unknown", "角色", "role", *id, known);
            ids.push_back(*id);
        }
        return ids;
    }

    // What the program itself asks of the kinds.
    void check_whole(const YamlValue& kinds) {
        for (const auto& [place, then] : thens_) {
            for (const std::string& id : then) {
                if (rules_.find(id) == nullptr)
                    place.fault("change_kind_unknown", "没有“" + id + "”这类变动",
                                "there is no kind '" + id + "'");
            }
        }
        const auto counters = std::ranges::count_if(rules_.kinds_, &Kind::takes_back);
        const auto questions_about = [this](Subject about) {
            return std::ranges::count_if(rules_.kinds_, [about](const Kind& kind) {
                return kind.is_question() && kind.about == about;
            });
        };
        if (counters != 1 || questions_about(Subject::household) != 1 ||
            questions_about(Subject::person) != 1)
            kinds.fault(
                "change_kinds", "须恰有一类 takes_back，关于户和成员的 answers 各一类",
                "exactly one kind takes back, and one has answers about a household, one about a person");
    }

    ChangeRules& rules_;
    const access::Roles& roles_;
    std::vector<std::pair<YamlValue, std::vector<std::string>>> thens_;
};

std::string_view name_of(Act act) {
    return act_names[static_cast<std::size_t>(act)];
}

const Answer* Kind::answer(std::string_view wanted) const {
    const auto at = std::ranges::find(answers, wanted, &Answer::id);
    return at == answers.end() ? nullptr : &*at;
}

std::expected<ChangeRules, std::vector<Error>> ChangeRules::load(const std::filesystem::path& file,
                                                                 const access::Roles& roles) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string(), roles);
}

std::expected<ChangeRules, std::vector<Error>> ChangeRules::read(const std::string& yaml, std::string shown,
                                                                 const access::Roles& roles) {
    policy::Faults faults;
    ChangeRules rules;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"near_application_months", "import", "kinds"}) : std::nullopt)
        RulesReader(rules, roles).read(*top);
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return rules;
}

const Kind* ChangeRules::find(std::string_view id) const {
    const auto at = std::ranges::find(kinds_, id, &Kind::id);
    return at == kinds_.end() ? nullptr : &*at;
}

const Kind& ChangeRules::counter() const {
    return *std::ranges::find_if(kinds_, &Kind::takes_back);
}

const Kind& ChangeRules::absent(Subject about) const {
    return *std::ranges::find_if(
        kinds_, [about](const Kind& kind) { return kind.is_question() && kind.about == about; });
}

bool ChangeRules::is_one_of(const access::Session& session, std::span<const std::string> roles) {
    if (session.kind == access::SessionKind::machine) return true;
    return std::ranges::any_of(roles, [&](const std::string& role) {
        return std::ranges::find(session.roles, role) != session.roles.end();
    });
}

}  // namespace doudi::upkeep
