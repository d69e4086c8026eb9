// SPDX-License-Identifier: Apache-2.0
#include "match/register_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "intake/findings_segment.h"
#include "intake/register_reader.h"
#include "match/register_row_numbers.h"
#include "match/repository.h"
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
    void take(const registry::HouseholdRow& row) override {
        household_ = row;
        household_.row = numbers_.number_of(row.row);
        const auto known = category_of_word_.find(row.category);
        if (known != category_of_word_.end()) household_.category = known->second;
        loader_.add(household_);
    }
    void take(const registry::MemberRow& row) override {
        member_ = row;
        member_.row = numbers_.number_of(row.row);
        loader_.add(member_);
    }

  private:
    InHand& hand_;
    std::size_t file_;
    registry::RegisterLoader& loader_;
    RegisterRowNumbers& numbers_;
    std::unordered_map<std::string, std::string> category_of_word_;
    registry::HouseholdRow household_;
    registry::MemberRow member_;
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
    hand.report.remarks = hand.read.remarks;
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

std::string manifest(const policy::Policy& policy, AsOf as_of) {
    return fmt::format(R"({{"kind":"register","as_of":"{}","datasets_hash":"{}"}})", as_of.date.iso(),
                       policy.catalogue.content_hash);
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
    if (hand.report.refused) return hand;
    hand.sha256 = TRY(keep_original(store, file.path));
    hand.report.known_already = TRY(has_arrived_whole(store.database(), hand.sha256, as_of));
    return hand;
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
        stage_arrival(store.database(), publish, arrival, hand.report.buckets, findings, {}, *hand.dataset);
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

// Reads the files over the register, households first. False if one of them turned out unreadable on the way:
// it is refused, and what it had said so far is in the loader.
Result<bool> read_files(std::vector<InHand>& hands, const policy::Policy& policy,
                        registry::RegisterLoader& loader, RegisterRowNumbers& numbers) {
    for (const bool households : {true, false}) {
        for (std::size_t file = 0; file < hands.size(); ++file) {
            InHand& hand = hands[file];
            if (!hand.loads() || hand.of_households() != households) continue;
            hand.sheets.clear();
            RowTaker rows(hand, file, policy.pack, loader, numbers);
            auto read = intake::read_register(hand.file->path, policy.catalogue, rows);
            if (!read) {
                hand.report.refused = std::move(read).error();
                return false;
            }
            hand.read = std::move(*read);
        }
    }
    return true;
}

// A file that cannot be read to its end says nothing: then all is laid over the register anew, without it.
Result<registry::RegisterLoad> load(store::DataFolder& store, PublishId publish, const policy::Policy& policy,
                                    std::vector<InHand>& hands, RegisterRowNumbers& numbers) {
    for (;;) {
        auto loader = TRY(registry::RegisterLoader::begin(store));
        numbers = {};
        if (TRY(read_files(hands, policy, loader, numbers))) return loader.stage(publish);
    }
}

}  // namespace

Result<std::vector<FileReport>> import_register_files(store::DataFolder& store, const policy::Policy& policy,
                                                      std::span<const intake::FeedFile> files, AsOf as_of) {
    const PublishId publish = TRY(store.begin_publish("register", as_of, manifest(policy, as_of)));
    std::vector<InHand> hands;
    for (const auto& file : files) {
        hands.push_back(TRY(take_in_hand(store, policy, file, as_of)));
    }
    RegisterRowNumbers numbers;
    const registry::RegisterLoad loaded = TRY(load(store, publish, policy, hands, numbers));
    for (InHand& hand : hands) note_cells(hand);
    for (const auto& finding : loaded.findings) note_finding(hands, numbers, finding);
    note_counts(hands, loaded);
    std::vector<FileReport> reports;
    bool any = false;
    for (InHand& hand : hands) {
        refuse_if_empty(hand);
        if (hand.loads()) {
            TRY_VOID(stage(store, publish, hand, as_of));
            any = true;
        }
        reports.push_back(std::move(hand.report));
    }
    TRY_VOID(any ? store.publish(publish) : store.withdraw(publish));
    return reports;
}

}  // namespace doudi::match
