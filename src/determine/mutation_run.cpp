// SPDX-License-Identifier: Apache-2.0
#include "determine/mutation_run.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "policy/folder.h"

namespace doudi::determine {

namespace fs = std::filesystem;

namespace {

using Fates = std::expected<std::vector<MutantFate>, std::vector<Error>>;
using Cases = std::expected<std::vector<GoldenCase>, std::vector<Error>>;

// The packs as they are, but for one that is a copy whose files may be written. Gone with the object.
class ScratchPacks {
  public:
    ScratchPacks(const fs::path& packs, const std::string& id) {
        std::string name = (fs::temp_directory_path() / "doudi-mutants-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw fs::filesystem_error("mkdtemp", name, std::error_code(errno, std::generic_category()));
        root_ = name;
        fs::create_directory(folder());
        const fs::path real = fs::canonical(packs);
        for (const fs::directory_entry& entry : fs::directory_iterator(real)) {
            const fs::path to = folder() / entry.path().filename();
            if (entry.path().filename() == *fs::path(id).begin()) {  // of a profile: profiles/
                fs::copy(entry.path(), to, fs::copy_options::recursive);
            } else if (entry.is_directory()) {
                fs::create_directory_symlink(entry.path(), to);
            }
        }
    }
    ~ScratchPacks() {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }
    ScratchPacks(const ScratchPacks&) = delete;
    ScratchPacks& operator=(const ScratchPacks&) = delete;

    [[nodiscard]] fs::path folder() const { return root_ / "packs"; }

  private:
    fs::path root_;
};

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

Error stopped() {
    return {ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"}, {}};
}

// The cases of a day on which one version is in force.
struct DatedCases {
    Date day;
    std::vector<const GoldenCase*> cases;
};

bool states_values(const GoldenCase* golden) {
    return std::ranges::all_of(golden->expected,
                               [](const Expected& one) { return one.kind == Expected::Kind::rule; });
}

// What one thread judges with. The cases were read by the names of the pack as it is: no mutant has others.
class Judge {
  public:
    // `asks_open`: no case is of the open version, so that it must be loaded besides.
    Judge(const PackPlace& place, const std::vector<LawFile>& files, std::vector<DatedCases> cases,
          bool asks_open, std::stop_token stop)
        : place_(place),
          files_(files),
          cases_(std::move(cases)),
          asks_open_(asks_open),
          stop_(std::move(stop)),
          scratch_(place.packs, place.id) {}

    MutantFate judge(const Mutant& mutant) {
        const auto file = std::ranges::find(files_, mutant.file, &LawFile::name);
        const fs::path path = scratch_.folder() / place_.id / mutant.file;
        write_file(path, text_with(file->text, mutant));
        MutantFate fate = judge_written(mutant);
        write_file(path, file->text);
        return fate;
    }

  private:
    policy::Loaded<policy::Pack> load(std::optional<Date> day) const {
        return policy::load_pack(scratch_.folder(), place_.id, place_.catalogue,
                                 {.day = day, .parameter_files = {}});
    }

    MutantFate judge_written(const Mutant& mutant) {
        using Kind = MutantFate::Kind;
        if (asks_open_ && !load(std::nullopt)) return {mutant, Kind::refused, {}};
        for (DatedCases& dated : cases_) {
            const auto pack = load(dated.day);
            if (!pack) return {mutant, Kind::refused, {}};
            for (auto at = dated.cases.begin(); at != dated.cases.end(); ++at) {
                if (stop_.stop_requested()) return {mutant, Kind::survives, {}};
                if (run_golden(pack->law, **at).passed()) continue;
                MutantFate fate{mutant, Kind::caught, (*at)->id};
                // What noticed this one is likely to notice its neighbour.
                std::rotate(dated.cases.begin(), at, at + 1);
                return fate;
            }
        }
        return {mutant, Kind::survives, {}};
    }

    const PackPlace& place_;
    const std::vector<LawFile>& files_;
    std::vector<DatedCases> cases_;
    bool asks_open_;
    std::stop_token stop_;  // then what is answered counts for nothing
    ScratchPacks scratch_;
};

class Run {
  public:
    Run(const PackPlace& place, const MutationOptions& options) : place_(place), options_(options) {}

    Fates all() {
        if (auto errors = read_cases(); !errors.empty()) return std::unexpected(std::move(errors));
        if (auto errors = group_cases(); !errors.empty()) return std::unexpected(std::move(errors));
        const auto files = law_files_of(place_.packs / place_.id);
        if (!files) return std::unexpected(std::vector{files.error()});
        return judge_all(*files, make(*files));
    }

  private:
    std::vector<Error> read_cases() {
        const auto open = policy::load_pack(place_.packs, place_.id, place_.catalogue);
        if (!open) return open.error();
        Cases own = read_golden_cases(place_.packs / place_.id / "cases", open->law);
        if (!own) return own.error();
        open_version_ = open->content_hash;
        cases_ = std::move(*own);
        policy::Faults ignored;
        std::error_code no_folder;
        if (options_.families.empty() || !fs::exists(options_.families, no_folder)) return {};
        for (const fs::path& file : policy::yaml_files(options_.families, ignored)) {
            // A file of another kind, or one that names what this pack has not, is judged by its own test.
            Cases more = read_golden_file(file, file.filename().string(), open->law, place_.id);
            if (more) std::ranges::move(*more, std::back_inserter(cases_));
        }
        return {};
    }

    // By the version in force on their day, which the fingerprint of its files tells.
    std::vector<Error> group_cases() {
        std::map<Date, std::size_t> group_of;
        std::map<std::string, std::size_t> group_of_version;
        std::vector<policy::Pack> packs;
        for (const GoldenCase& golden : cases_) {
            if (options_.stop.stop_requested()) return {stopped()};
            const Date day = golden.told.as_of;
            if (!group_of.contains(day)) {
                auto pack = policy::load_pack(place_.packs, place_.id, place_.catalogue,
                                              {.day = day, .parameter_files = {}});
                if (!pack) return pack.error();
                const auto [at, is_new] = group_of_version.emplace(pack->content_hash, dated_.size());
                group_of.emplace(day, at->second);
                if (is_new) {
                    dated_.push_back({day, {}});
                    packs.push_back(std::move(*pack));
                }
            }
            const std::size_t group = group_of.at(day);
            const GoldenResult result = run_golden(packs[group].law, golden);
            if (!result.passed())
                return {{ErrorKind::invalid, "golden_fails", result.differences.front(), golden.where}};
            dated_[group].cases.push_back(&golden);
        }
        asks_open_ = !group_of_version.contains(open_version_);
        // Those that only state values are the quickest.
        for (DatedCases& dated : dated_) std::ranges::sort(dated.cases, std::greater{}, states_values);
        return {};
    }

    // Words are gathered from every pack, so that what one does not say may be said by another.
    std::vector<Mutant> make(const std::vector<LawFile>& files) const {
        KeyWords words;
        std::vector<std::string> ids = policy::pack_ids(place_.packs);
        for (std::string& profile : policy::profile_ids(place_.packs)) ids.push_back(std::move(profile));
        for (const std::string& id : ids) {
            const auto others = law_files_of(place_.packs / id);
            if (!others) continue;
            for (const LawFile& file : *others) gather_words(file, words);
        }
        std::vector<Mutant> chosen;
        std::size_t number = 0;
        for (const LawFile& file : files) {
            if (options_.stop.stop_requested()) break;
            for (Mutant& mutant : mutants_of(file, words))
                if (number++ % options_.every == 0) chosen.push_back(std::move(mutant));
        }
        return chosen;
    }

    Fates judge_all(const std::vector<LawFile>& files, const std::vector<Mutant>& mutants) {
        std::vector<MutantFate> fates(mutants.size());
        std::atomic<std::size_t> next = 0;
        std::atomic<std::size_t> done = 0;
        const auto work = [&] {
            Judge judge(place_, files, dated_, asks_open_, options_.stop);
            for (std::size_t i = next++; i < mutants.size() && !options_.stop.stop_requested(); i = next++) {
                fates[i] = judge.judge(mutants[i]);
                if (options_.progress) options_.progress(++done, mutants.size());
            }
        };
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < options_.threads; ++i) helpers.emplace_back(work);
        work();
        helpers.clear();  // waits for them
        if (options_.stop.stop_requested()) return std::unexpected(std::vector{stopped()});
        return fates;
    }

    const PackPlace& place_;
    const MutationOptions& options_;
    std::vector<GoldenCase> cases_;
    std::vector<DatedCases> dated_;
    std::string open_version_;
    bool asks_open_ = true;
};

}  // namespace

Fates run_mutants(const PackPlace& place, const MutationOptions& options) {
    return Run(place, options).all();
}

}  // namespace doudi::determine
