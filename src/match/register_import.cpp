// SPDX-License-Identifier: Apache-2.0
#include "match/register_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>

#include "intake/findings_segment.h"
#include "intake/register_reader.h"
#include "match/register_row_numbers.h"
#include "match/repository.h"
#include "match/roster.h"
#include "registry/proposals.h"
#include "registry/repository.h"
#include "registry/verbs.h"
#include "store/copy_file.h"

namespace doudi::match {
namespace {

constexpr std::size_t findings_said = 5;

// One file of the register in hand.
struct InHand {
    const intake::FeedFile* file = nullptr;
    const policy::Dataset* dataset = nullptr;
    intake::RegisterFileRead read;
    std::string sha256;
    FileReport report;
    std::vector<std::string> sheets;  // that have rows, in their order
    bool slowly = false;              // not in bulk
    std::vector<intake::Finding> findings;
    [[nodiscard]] bool of_households() const {
        return dataset->kind == policy::DatasetKind::register_households;
    }
    [[nodiscard]] bool loads() const { return !report.refused && !report.known_already; }
};

// Hands the rows of one file on to the register.
class RowTaker : public intake::RegisterRowSink {
  public:
    // `file`: which of the load's this is.
    RowTaker(InHand& hand, std::size_t file, const policy::Pack& pack, registry::RegisterLoader& loader,
             RegisterRowNumbers& numbers)
        : hand_(hand), file_(file), loader_(loader), numbers_(numbers) {
        for (const policy::Category& category : pack.law.categories) {
            for (const std::string& word : category.register_words)
                category_of_word_.emplace(word, category.id);
        }
    }

    void begin_sheet(std::string_view name) override {
        hand_.sheets.emplace_back(name);
        numbers_.begin_sheet(file_, name);
    }
    // The register writes a category in its own words; the pack knows which of its categories that is. A word
    // that no pack knows stays.
    std::unique_ptr<Part> process(intake::RegisterRows& rows) const override {
        auto keys = std::make_unique<Keys>();
        for (registry::HouseholdRow& row : rows.households.rows()) {
            const auto known = category_of_word_.find(row.category);
            if (known != category_of_word_.end()) row.category = known->second;
            keys->households.push_back(registry::keys_of(row));
        }
        for (const registry::MemberRow& row : rows.members.rows())
            keys->members.push_back(registry::keys_of(row));
        return keys;
    }

    Result<void> commit(intake::RegisterRows& rows, std::unique_ptr<Part> part) override {
        const auto& keys = static_cast<const Keys&>(*part);
        const auto households = rows.households.rows();
        for (std::size_t i = 0; i < households.size(); ++i) {
            households[i].row = numbers_.number_of(households[i].row);
            TRY_VOID(loader_.add(households[i], keys.households[i]));
        }
        const auto members = rows.members.rows();
        for (std::size_t i = 0; i < members.size(); ++i) {
            loader_.prefetch(keys.members[std::min(i + members_ahead, members.size() - 1)]);
            members[i].row = numbers_.number_of(members[i].row);
            TRY_VOID(loader_.add(members[i], keys.members[i]));
        }
        return {};
    }

  private:
    struct Keys : Part {
        std::vector<registry::HouseholdRowKeys> households;
        std::vector<registry::MemberRowKeys> members;
    };
    // What the register knows of a member is asked for so many rows before it is looked at.
    static constexpr std::size_t members_ahead = 8;

    InHand& hand_;
    std::size_t file_;
    registry::RegisterLoader& loader_;
    RegisterRowNumbers& numbers_;
    std::unordered_map<std::string, std::string> category_of_word_;
};

Result<std::string> keep_original(store::DataFolder& store, const std::filesystem::path& path) {
    auto blob = TRY(store.new_blob(store::Shelf::originals));
    TRY_VOID(store::copy_file(path, blob));
    return blob.seal();
}

intake::FindingCode finding_of(registry::RegisterFault fault) {
    switch (fault) {
        case registry::RegisterFault::household_without_code:
            return intake::FindingCode::household_without_code;
        case registry::RegisterFault::household_contradiction:
            return intake::FindingCode::household_contradiction;
        case registry::RegisterFault::member_without_name:
            return intake::FindingCode::member_without_name;
        case registry::RegisterFault::member_of_nobody:
            return intake::FindingCode::member_of_nobody;
        case registry::RegisterFault::member_twice:
            return intake::FindingCode::member_twice;
        case registry::RegisterFault::household_ended:
            return intake::FindingCode::household_ended;
        case registry::RegisterFault::member_left:
            return intake::FindingCode::member_left;
        case registry::RegisterFault::number_unusable:
            return intake::FindingCode::number_unusable;
    }
    ensure(false, "a fault of the register");
    return {};
}

// The first few are said at once; the sender gets them all (doudi refusals).
void remark_on(InHand& hand, const Text& finding) {
    if (hand.findings.size() <= findings_said) hand.report.remarks.push_back(finding);
}

Text name_of_row(std::string_view sheet, std::uint32_t row) {
    if (sheet.empty()) return {fmt::format("第 {} 行", row), fmt::format("row {}", row)};
    return {fmt::format("工作表“{}”第 {} 行", sheet, row), fmt::format("row {} of sheet “{}”", row, sheet)};
}

// The row that stands, as one calls it who has the other before him: its file is named if it is another one.
Text name_of_earlier(const std::vector<InHand>& hands, const RegisterRowNumbers::Place& earlier,
                     std::size_t file) {
    Text row = name_of_row(earlier.sheet, earlier.row);
    if (earlier.file == file) return row;
    const std::string& other = hands[earlier.file].report.file_name;
    return {fmt::format("文件“{}”{}", other, row.zh), fmt::format("{} of the file “{}”", row.en, other)};
}

// What the reader could not make out; the row is kept without that cell.
void note_cells(InHand& hand) {
    hand.report.remarks.insert(hand.report.remarks.end(), hand.read.remarks.begin(), hand.read.remarks.end());
    for (intake::Finding& finding : hand.read.findings) {
        const Text what = intake::describe(finding.code);
        hand.findings.push_back(std::move(finding));
        const intake::Finding& kept = hand.findings.back();
        const Text row = name_of_row(kept.sheet, kept.row);
        remark_on(hand, {fmt::format("{}“{}”：{}（{}）", row.zh, kept.column, what.zh, kept.value),
                         fmt::format("{}, \"{}\": {} ({})", row.en, kept.column, what.en, kept.value)});
    }
}

void note_finding(std::vector<InHand>& hands, const RegisterRowNumbers& numbers,
                  const registry::RegisterFinding& finding) {
    const RegisterRowNumbers::Place place = numbers.place_of(finding.row);
    InHand& hand = hands[place.file];
    if (!hand.loads()) return;
    Text earlier{"已有的名册", "the register as it stands"};
    std::string value = finding.value;
    if (finding.earlier_row != 0) {
        earlier = name_of_earlier(hands, numbers.place_of(finding.earlier_row), place.file);
        value += fmt::format("（见{} see {}）", earlier.zh, earlier.en);
    }
    hand.findings.push_back({.row = place.row,
                             .sheet = std::string(place.sheet),
                             .column = {},
                             .code = finding_of(finding.fault),
                             .value = std::move(value),
                             .refused = finding.refused()});
    remark_on(hand, registry::describe(finding, name_of_row(place.sheet, place.row), earlier));
    if (finding.refused()) ++hand.report.buckets[Bucket::rejected];
}

// In the file's order, as a segment for the sender; empty if there is nothing to say.
Result<std::string> keep_findings(store::DataFolder& store, InHand& hand) {
    hand.report.findings = hand.findings.size();
    if (hand.findings.empty()) return std::string();
    if (hand.findings.size() > findings_said) {
        hand.report.remarks.push_back(
            {fmt::format("共 {} 条核对意见，可用 doudi refusals 导出", hand.findings.size()),
             fmt::format("{} findings in all: doudi refusals writes them out", hand.findings.size())});
    }
    std::ranges::sort(hand.findings, {}, [&](const intake::Finding& finding) {
        return std::tuple(std::ranges::find(hand.sheets, finding.sheet), finding.row, finding.code);
    });
    auto blob = TRY(store.new_blob(store::Shelf::segments));
    intake::FindingsWriter writer(blob);
    TRY_VOID(writer.append(hand.findings));
    (void)TRY(writer.finish());
    return blob.seal();
}

// A load counts by kind; with several files of one kind the first of them tells the counts of all.
void note_counts(std::vector<InHand>& hands, const registry::RegisterLoad& load) {
    for (const bool households : {true, false}) {
        const auto& counts = households ? load.households : load.members;
        const auto first = std::ranges::find_if(
            hands, [&](const InHand& hand) { return hand.loads() && hand.of_households() == households; });
        if (first == hands.end()) continue;
        first->report.added = counts.added;
        first->report.changed = counts.changed;
        first->report.unchanged = counts.unchanged;
    }
    for (InHand& hand : hands) hand.report.buckets.rows = hand.read.rows;
}

std::string manifest(std::string_view kind, const policy::Policy& policy, AsOf as_of) {
    return fmt::format(R"({{"kind":"{}","as_of":"{}","datasets_hash":"{}"}})", kind, as_of.date.iso(),
                       policy.catalogue.content_hash);
}

// A file whose rows wait for a person's word, some of which were not taken.
Result<void> note_arrived(store::DataFolder& store, InHand& hand, AsOf as_of) {
    for (const PublishId publish : TRY(arrived_whole(store.database(), hand.sha256, as_of))) {
        if (TRY(registry::has_rejected_rows(store, publish))) continue;
        hand.report.known_already = true;
        const bool waits = TRY(registry::find_proposal(store, publish)).has_value() &&
                           TRY(registry::count_rows(store, publish)).open() != 0;
        if (!waits) continue;
        const std::uint64_t number = publish.value();
        hand.report.remarks.push_back(
            {fmt::format("其内容是第 {} 号名册提请，尚待采纳（doudi register accept {}）", number, number),
             fmt::format(
                 "its rows are proposal {} of the register and wait for a decision (doudi register accept "
                 "{})",
                 number, number)});
    }
    return {};
}

// An older register must not overwrite a newer one.
Result<std::optional<Error>> overtaken(store::DataFolder& store, const policy::Dataset& dataset, AsOf as_of) {
    const auto latest = TRY(latest_arrival(store.database(), dataset.id));
    if (!latest || *latest <= as_of.date) return std::optional<Error>();
    return std::optional(
        Error{ErrorKind::conflict,
              "older_register",
              {fmt::format("已导入过 {} 的名册，{} 的旧名册不再导入", latest->iso(), as_of.date.iso()),
               fmt::format("a register of {} is there already: the older one of {} was not imported",
                           latest->iso(), as_of.date.iso())},
              {}});
}

Result<InHand> take_in_hand(store::DataFolder& store, const policy::Policy& policy,
                            const intake::FeedFile& file, AsOf as_of) {
    InHand hand;
    hand.file = &file;
    hand.dataset = &policy.catalogue.datasets[static_cast<std::size_t>(file.dataset)];
    hand.report.file_name = file.file_name;
    hand.report.dataset = hand.dataset->id;
    hand.report.is_register = true;
    hand.report.refused = TRY(overtaken(store, *hand.dataset, as_of));
    return hand;
}

Result<void> keep_originals(store::DataFolder& store, std::span<InHand> hands) {
    for (InHand& hand : hands) {
        if (hand.loads()) hand.sha256 = TRY(keep_original(store, hand.file->path));
    }
    return {};
}

Result<void> stage(store::DataFolder& store, PublishId publish, InHand& hand, AsOf as_of) {
    const std::string findings = TRY(keep_findings(store, hand));
    const intake::Arrival arrival{.file_name = hand.file->file_name,
                                  .sha256 = hand.sha256,
                                  .bytes = hand.file->bytes,
                                  .dataset = hand.dataset->id,
                                  .as_of = as_of,
                                  .encoding = hand.read.encoding,
                                  .rows = hand.report.buckets.rows,
                                  .refused = hand.report.buckets[Bucket::rejected]};
    const auto staged =
        stage_arrival(store, publish, arrival, hand.report.buckets, findings, {}, *hand.dataset);
    if (!staged) return std::unexpected(staged.error());
    return {};
}

// Not one row of it could be taken: members whose households are not there yet. It is refused and may come
// again.
void refuse_if_empty(InHand& hand) {
    const std::uint64_t rows = hand.read.rows;
    if (!hand.loads() || rows == 0 || hand.report.buckets[Bucket::rejected] < rows) return;
    hand.report.refused = Error{
        ErrorKind::invalid,
        "no_row_taken",
        {fmt::format("{} 行全部不能采用，文件未导入（是否应先导入家庭名册？）", rows),
         fmt::format("none of its {} rows could be taken; the file was not imported (are the households "
                     "still to come?)",
                     rows)},
        {}};
}

Result<void> save_roster(store::DataFolder& store, PublishId publish, const Roster& roster) {
    auto blob = TRY(store.new_blob(store::Shelf::segments, store::BlobForm::bytes));
    TRY_VOID(roster.save(blob));
    return stage_roster(store.database(), publish, TRY(blob.seal()));
}

// Of the register as it is staged.
Result<void> keep_roster_of(store::DataFolder& store, PublishId publish, unsigned threads) {
    return save_roster(store, publish,
                       Roster::build_from_keys(TRY(registry::read_member_keys(store, publish, threads))));
}

class RegisterImport {
  public:
    RegisterImport(store::DataFolder& store, const policy::Policy& policy, AsOf as_of,
                   const intake::ReadSettings& reading, const RegisterTerms& terms)
        : store_(store), policy_(policy), as_of_(as_of), reading_(reading), terms_(terms) {}

    Result<RegisterImported> run(std::span<const intake::FeedFile> files) {
        stands_ = TRY(registry::register_stands(store_, store_.current()));
        // Only what changes the register is a publication of the register.
        const char* kind = stands_ && !terms_.accept ? "proposal" : "register";
        publish_ = TRY(store_.begin_publish(kind, as_of_, manifest(kind, policy_, as_of_)));
        for (const auto& file : files) hands_.push_back(TRY(take_in_hand(store_, policy_, file, as_of_)));
        registry::RegisterLoader loader = TRY(lay_over(TRY(begin_beside_originals())));
        const registry::RegisterLoad loaded = TRY(loader.finish());
        for (InHand& hand : hands_) note_cells(hand);
        for (const auto& finding : loaded.findings) note_finding(hands_, numbers_, finding);
        note_counts(hands_, loaded);
        RegisterImported imported;
        bool any = false;
        for (InHand& hand : hands_) {
            refuse_if_empty(hand);
            if (hand.loads()) {
                TRY_VOID(stage(store_, publish_, hand, as_of_));
                any = true;
            }
            imported.files.push_back(std::move(hand.report));
        }
        if (!any) {
            TRY_VOID(store_.withdraw(publish_));
            return imported;
        }
        bool as_laid = true;
        if (stands_) {
            imported.proposed = TRY(propose(loader, loaded));
            as_laid = imported.proposed->decided.overtaken + imported.proposed->decided.waiting == 0;
        }
        // The loader's keys are those of the register where all that it laid is on it.
        const bool applied = !stands_ || terms_.accept;
        if (as_laid && (applied || !loaded.changes_anything())) TRY_VOID(loader.keep_keys());
        if (applied) TRY_VOID(keep_roster(loader, loaded.changes_anything(), as_laid));
        TRY_VOID(store_.publish(publish_, [&]() -> Result<void> {
            if (!imported.proposed || !terms_.left_out) return {};
            return terms_.left_out(*imported.proposed);
        }));
        return imported;
    }

  private:
    // What was laid beside the register becomes a proposal, and more where it is accepted at once. Files that
    // say what the register says already leave none.
    Result<RegisterProposed> propose(const registry::RegisterLoader& loader,
                                     const registry::RegisterLoad& loaded) {
        RegisterProposed proposed{.proposal = {},
                                  .accepted = false,
                                  .decided = {},
                                  .absent_households = loaded.absent_households,
                                  .absent_members = loaded.absent_members};
        if (!loaded.changes_anything()) return proposed;
        proposed.proposal = publish_;
        proposed.accepted = terms_.accept;
        const registry::NextIds first = loader.first_new();
        const auto last = [](std::uint32_t first_new, std::uint64_t many) {
            return first_new + static_cast<std::uint32_t>(many) - 1;
        };
        const registry::Proposal proposal{
            .id = publish_,
            .base = store_.current(),
            .as_of = as_of_.date,
            .unit = terms_.unit,
            .first_household = first.household,
            .first_member = first.person,
            .last_household = HouseholdId(last(first.household.value(), loaded.households.added)),
            .last_member = PersonId(last(first.person.value(), loaded.members.added))};
        TRY_VOID(registry::stage_proposal(store_, proposal));
        if (terms_.accept) {
            const registry::Decision decision{.accepted = true,
                                              .part = registry::ProposalPart::What::all,
                                              .by = terms_.by,
                                              .reason = {},
                                              .at = terms_.at};
            proposed.decided = TRY(registry::decide_rows(store_, publish_, proposal, {}, decision));
        }
        return proposed;
    }

    Result<registry::RegisterLoader> begin() {
        return registry::RegisterLoader::begin(store_, publish_, reading_.threads,
                                               stands_ ? registry::Laying::propose : registry::Laying::apply);
    }

    // The files are hashed and kept while the register's keys are read: neither hangs on the other.
    Result<registry::RegisterLoader> begin_beside_originals() {
        const auto how = reading_.threads > 1 ? std::launch::async : std::launch::deferred;
        auto kept = std::async(how, [this] { return keep_originals(store_, hands_); });
        auto loader = begin();
        TRY_VOID(kept.get());
        for (InHand& hand : hands_) {
            if (hand.loads()) TRY_VOID(note_arrived(store_, hand, as_of_));
        }
        return loader;
    }

    // A file that cannot be read to its end says nothing: then all is laid over the register anew, without
    // it.
    Result<registry::RegisterLoader> lay_over(registry::RegisterLoader first) {
        std::optional<registry::RegisterLoader> loader(std::move(first));
        for (;;) {
            numbers_ = {};
            if (TRY(read_files(*loader))) return std::move(*loader);
            TRY_VOID(loader->withdraw());
            loader.reset();
            loader.emplace(TRY(begin()));
        }
    }

    // Households first. False if one of them turned out unreadable on the way, or not readable in bulk: the
    // loader has what it had said so far.
    Result<bool> read_files(registry::RegisterLoader& loader) {
        for (const bool households : {true, false}) {
            for (std::size_t file = 0; file < hands_.size(); ++file) {
                InHand& hand = hands_[file];
                if (!hand.loads() || hand.of_households() != households) continue;
                hand.sheets.clear();
                RowTaker rows(hand, file, policy_.pack, loader, numbers_);
                auto read = read_file(hand, rows);
                if (read) {
                    hand.read = std::move(*read);
                    continue;
                }
                const ErrorKind kind = read.error().kind;
                if (kind == ErrorKind::cancelled || kind == ErrorKind::io)
                    return std::unexpected(std::move(read).error());
                if (!hand.slowly && hand.file->bulk()) {
                    hand.slowly = true;
                } else {
                    hand.report.refused = std::move(read).error();
                }
                return false;
            }
        }
        return true;
    }

    Result<intake::RegisterFileRead> read_file(const InHand& hand, RowTaker& rows) const {
        if (hand.slowly || !hand.file->bulk())
            return intake::read_register(hand.file->path, policy_.catalogue, rows);
        return intake::read_register_in_bulk(*hand.file, policy_.catalogue, rows, reading_);
    }

    // The roster of the register as it is now, for all who match against it. Where nothing has changed, it is
    // the one that is there; where rows were left out, it is not the loader's.
    Result<void> keep_roster(registry::RegisterLoader& loader, bool changed, bool as_laid) {
        if (!changed) {
            const auto kept = TRY(kept_roster(store_.database(), store_.current()));
            if (kept) return stage_roster(store_.database(), publish_, *kept);
        }
        if (!as_laid) return keep_roster_of(store_, publish_, reading_.threads);
        return save_roster(store_, publish_, Roster::build_from_keys(loader.take_members()));
    }

    store::DataFolder& store_;
    const policy::Policy& policy_;
    AsOf as_of_;
    const intake::ReadSettings& reading_;
    const RegisterTerms& terms_;
    bool stands_ = false;
    PublishId publish_;
    std::vector<InHand> hands_;
    RegisterRowNumbers numbers_;
};

}  // namespace

Result<RegisterImported> import_register_files(store::DataFolder& store, const policy::Policy& policy,
                                               std::span<const intake::FeedFile> files, AsOf as_of,
                                               const intake::ReadSettings& reading,
                                               const RegisterTerms& terms) {
    return RegisterImport(store, policy, as_of, reading, terms).run(files);
}

Result<registry::Decided> decide_proposal(store::DataFolder& store, PublishId id,
                                          const registry::ProposalPart& part,
                                          const registry::Decision& decision, unsigned threads) {
    const auto proposal = TRY(registry::find_proposal(store, id));
    if (!proposal) {
        return fail(ErrorKind::not_found, "proposal_unknown",
                    {fmt::format("没有第 {} 号名册提请", id.value()),
                     fmt::format("there is no proposal {} of the register", id.value())});
    }
    const std::string_view kind = decision.accepted ? "register" : "proposal";
    const PublishId publish =
        TRY(store.begin_publish(kind, AsOf{proposal->as_of},
                                fmt::format(R"({{"kind":"{}","as_of":"{}","proposal":{}}})", kind,
                                            proposal->as_of.iso(), id.value())));
    const registry::Decided decided = TRY(registry::decide_rows(store, publish, *proposal, part, decision));
    if (decided.households + decided.members + decided.overtaken == 0) {
        TRY_VOID(store.withdraw(publish));
        return fail(ErrorKind::conflict, "proposal_settled",
                    {fmt::format("第 {} 号名册提请中没有这样的待决行", id.value()),
                     fmt::format("proposal {} has no such rows that are still open", id.value())});
    }
    if (decision.accepted) TRY_VOID(keep_roster_of(store, publish, threads));
    TRY_VOID(store.publish(publish));
    return decided;
}

}  // namespace doudi::match
