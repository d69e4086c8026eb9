// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "policy/folder.h"
#include "policy/law_sections.h"
#include "policy/load.h"
#include "policy/pack_profile.h"
#include "policy/pack_versions.h"
#include "policy/parameter_file.h"
#include "policy/stated_elements.h"

namespace doudi::policy {

namespace fs = std::filesystem;

int Pack::indicator_of(std::string_view indicator_id) const {
    const auto found = std::ranges::lower_bound(indicators, indicator_id, {}, &Indicator::id);
    return found == indicators.end() || found->id != indicator_id
               ? -1
               : static_cast<int>(found - indicators.begin());
}

std::vector<int> Pack::datasets_in_order() const {
    std::vector<const Indicator*> in_order;
    for (const Indicator& one : indicators) in_order.push_back(&one);
    std::ranges::sort(in_order, {}, &Indicator::order);
    std::vector<int> listed;
    for (const Indicator* indicator : in_order) {
        for (const IndicatorSource& told : indicator->sources) {
            if (std::ranges::find(listed, told.dataset) == listed.end()) listed.push_back(told.dataset);
        }
    }
    return listed;
}

const Level* Pack::level_of(int points) const {
    const auto found =
        std::ranges::find_if(levels, [&](const Level& level) { return points >= level.points_min; });
    return found == levels.end() ? nullptr : &*found;
}

namespace {

// What pack.yaml decides, of the version in force: where and when the pack holds, and who may see it.
StatedElement stated_header(const Pack& pack) {
    return {"pack",
            "header",
            {{"region_scope", pack.region_scope},
             {"effective.from", pack.effective_from.iso()},
             {"effective.to", pack.effective_to ? pack.effective_to->iso() : ""},
             {"public", pack.is_public ? "true" : "false"},
             {"monitors_by", pack.profile && !pack.is_profile ? pack.profile->id : ""}},
            {pack.id, pack.version, pack.source}};
}

class PackLoader {
  public:
    PackLoader(fs::path packs, const DatasetCatalogue& catalogue, const LoadOptions& options)
        : packs_(std::move(packs)), catalogue_(catalogue), options_(options) {}

    Loaded<Pack> load(std::string_view pack_id) {
        find_chain(std::string(pack_id));
        if (!chain_.empty()) {
            find_profile();
            // The farthest first, so that the nearest has the last word; a profile lies under all packs.
            if (profile_) {
                for (const Layer& layer : profile_->layers) read_parts(layer);
            }
            for (auto link = chain_.rbegin(); link != chain_.rend(); ++link) {
                for (const Layer& layer : link->layers) read_parts(layer);
            }
            finish();
        }
        if (!faults_.none()) return std::unexpected(std::move(faults_).take());
        return std::move(chain_.front().pack);
    }

  private:
    // A folder of a pack: its own, and laid over it that of the version in force.
    struct Layer {
        fs::path folder;
        PackName name;
    };
    struct Link {
        Pack pack;
        std::vector<Layer> layers;
        std::optional<YamlValue> monitors_by;
    };

    fs::path folder_of(const std::string& id) const { return packs_ / id; }

    // Reads the header of the pack and of all that it extends.
    void find_chain(std::string id) {
        std::optional<YamlValue> named_at;
        while (true) {
            if (!is_pack(id) || (is_profile_id(id) && !chain_.empty())) {  // none is extended
                report_unknown(id, named_at);
                return;
            }
            const fs::path path = folder_of(id) / "pack.yaml";
            const std::optional<YamlValue> file = read_yaml_file(path, shown_name(packs_, path), faults_);
            if (!file) return;
            PackHeader header = is_profile_id(id) ? read_profile_header(*file) : read_pack_header(*file);
            check_id(*file, header.pack.id, fs::path(id).filename().string());
            header.pack.id = id;
            if (header.pack.profile) {
                header.pack.profile->id = id;
                header.pack.profile->version = header.pack.version;
                header.pack.profile->title = header.pack.title;
            }
            add_link(header);
            if (!header.extends) return;
            id = header.extends->text().value_or("");
            if (std::ranges::find(chain_, id, [](const Link& link) { return link.pack.id; }) !=
                chain_.end()) {
                header.extends->fault("pack_cycle", fmt::format("“{}”直接或间接扩展了自身", id),
                                      fmt::format("'{}' extends itself, directly or by others", id));
                return;
            }
            named_at.emplace(*header.extends);
        }
    }

    static void check_id(const YamlValue& file, const std::string& id, const std::string& folder) {
        if (id.empty() || id == folder) return;
        file.fault("pack_id", fmt::format("包的标识“{}”应与文件夹名“{}”相同", id, folder),
                   fmt::format("the pack's id '{}' must be its folder's name '{}'", id, folder));
    }

    // The nearest pack that says anything of one has the last word, also that there is none.
    void find_profile() {
        const auto says =
            std::ranges::find_if(chain_, [](const Link& link) { return link.monitors_by.has_value(); });
        if (says == chain_.end()) return;
        auto profile = read_monitors_by(*says->monitors_by, {says->pack.id, says->pack.version}, packs_);
        if (!profile) return;
        const fs::path folder = folder_of(profile->id);
        const fs::path path = folder / "pack.yaml";
        const auto file = read_yaml_file(path, shown_name(packs_, path), faults_);
        if (!file) return;
        PackHeader header = read_profile_header(*file);
        check_id(*file, header.pack.id, folder.filename().string());
        profile->version = header.pack.version;
        profile->title = header.pack.title;
        if (header.pack.profile) profile->standing = header.pack.profile->standing;
        profile_.emplace();
        profile_->layers.push_back({folder, {profile->id, profile->version}});
        profile_->pack = std::move(header.pack);
        chain_.front().pack.profile = std::move(profile);
    }

    // Takes the version in force for the header.
    void add_link(PackHeader& header) {
        const std::string id = header.pack.id;
        Link link;
        link.layers.push_back({folder_of(id), {id, header.pack.version}});
        const std::vector<PackVersion> versions = read_versions(packs_, id, faults_);
        if (const PackVersion* version = version_on(versions, options_.day)) {
            header = version->header;
            link.layers.push_back({version->folder, {id, header.pack.version}});
        }
        link.monitors_by = header.monitors_by;
        link.pack = std::move(header.pack);
        chain_.push_back(std::move(link));
    }

    bool is_pack(const std::string& id) const {
        const bool plain = !id.empty() && id.find('/') == std::string::npos && id.front() != '.';
        return (plain || is_profile_id(id)) && fs::exists(folder_of(id) / "pack.yaml");
    }

    void report_unknown(const std::string& id, const std::optional<YamlValue>& named_at) {
        const std::vector<std::string> names = pack_ids(packs_);
        const std::vector<std::string_view> known(names.begin(), names.end());
        if (named_at) {
            named_at->unknown_name("unknown_pack", "政策包", "pack", id, known);
            return;
        }
        const Text hint = nearest_hint(id, known);
        faults_.add(
            "unknown_pack",
            {fmt::format("没有政策包“{}”{}", id, hint.zh), fmt::format("no pack '{}'{}", id, hint.en)},
            {packs_.filename().string(), 0, 0});
    }

    std::optional<YamlValue> part(const Layer& layer, std::string_view name) {
        const fs::path path = layer.folder / name;
        if (!fs::exists(path)) return std::nullopt;
        return read_yaml_file(path, shown_name(packs_, path), faults_);
    }

    void read_parts(const Layer& layer) {
        refuse_other_files(layer);
        const PackName& name = layer.name;
        for (const std::string_view law_file : law_files()) {
            if (const auto file = part(layer, law_file)) lay_law_file_over(law_file, *file, name, draft_);
        }
        for (const fs::path& path : procedure_files(layer)) {
            if (const auto file = read_yaml_file(path, shown_name(packs_, path), faults_))
                lay_law_file_over("procedures.yaml", *file, name, draft_);
        }
        if (const auto file = part(layer, "indicators.yaml"))
            lay_list_over(*file, name, indicator_keys(), indicators_);
        // Levels are one scale: a pack that states them states all of them.
        if (const auto file = part(layer, "levels.yaml")) lay_scale_over(*file, name, levels_);
        if (const auto file = part(layer, "monitoring.yaml")) {
            read_monitoring(*file, name, monitoring_);
            for (const YamlEntry& entry : file->is_mapping() ? file->entries() : std::vector<YamlEntry>{}) {
                if (entry.key == "switches") lay_stated_keys_over("switches", entry.value, name, stated_);
                if (entry.key == "dimensions") lay_stated_over("dimensions", entry.value, name, stated_);
            }
        }
    }

    // Machines of casework, a file each; what they share stands in procedures.yaml beside the folder.
    std::vector<fs::path> procedure_files(const Layer& layer) {
        const fs::path folder = layer.folder / "procedures";
        return fs::exists(folder) ? yaml_files(folder, faults_) : std::vector<fs::path>();
    }

    // A misspelt file name would silently drop a part of the law.
    void refuse_other_files(const Layer& layer) {
        std::vector<std::string_view> known{"pack.yaml", "indicators.yaml", "levels.yaml", "monitoring.yaml"};
        if (is_profile_id(layer.name.id)) {
            known.push_back("parameters.yaml");  // it proposes how to warn, and no law beyond
        } else {
            known.insert(known.end(), law_files().begin(), law_files().end());
        }
        for (const fs::path& file : yaml_files(layer.folder, faults_)) {
            const std::string name = file.filename().string();
            if (name == "coverage.yaml") continue;  // decides nothing: no part of the fingerprint
            files_.push_back(file);
            if (std::ranges::find(known, std::string_view(name)) != known.end()) continue;
            const Text hint = nearest_hint(name, known);
            faults_.add("unknown_pack_file",
                        {fmt::format("政策包中没有这种文件{}", hint.zh),
                         fmt::format("a pack has no such file{}", hint.en)},
                        {shown_name(packs_, file), 0, 0});
        }
        for (const fs::path& file : procedure_files(layer)) files_.push_back(file);
    }

    void finish() {
        Pack& pack = chain_.front().pack;
        pack.extends.clear();
        for (std::size_t i = 1; i < chain_.size(); ++i) pack.extends.push_back(chain_[i].pack.id);
        pack.law = build_law(draft_, catalogue_);
        pack.levels = read_levels(levels_, pack.law);
        for (const fs::path& path : options_.parameter_files) {
            if (const auto file = read_yaml_file(path, path.generic_string(), faults_))
                lay_parameters_over(*file, pack.law);
            files_.push_back(path);
        }
        check_targets(pack, faults_);
        add_stated("indicators", indicators_, pack.law.stated);
        add_stated("levels", levels_, pack.law.stated);
        pack.law.stated.insert(pack.law.stated.end(), stated_.begin(), stated_.end());
        pack.law.stated.push_back(stated_header(pack));
        // What a profile keeps from the public stays so in every pack that monitors by it.
        if (profile_) pack.is_public = pack.is_public && profile_->pack.is_public;
        pack.monitoring = std::move(monitoring_);
        take_indicators(pack);
        if (!pack.indicators.empty()) check_monitored(pack);
        pack.content_hash = fingerprint(files_);
    }

    void take_indicators(Pack& pack) {
        std::vector<IndicatorDraft> read = read_indicators(indicators_, catalogue_);
        for (std::size_t i = 0; i < read.size(); ++i) read[i].indicator.order = static_cast<int>(i);
        std::ranges::sort(read, {}, [](const IndicatorDraft& draft) { return draft.indicator.id; });
        for (IndicatorDraft& draft : read) pack.indicators.push_back(std::move(draft.indicator));
        for (std::size_t i = 0; i < read.size(); ++i) {
            for (const auto& [id, place] : read[i].cancels) {
                const int cancelled = pack.indicator_of(id);
                if (cancelled < 0) {
                    std::vector<std::string_view> known;
                    for (const Indicator& indicator : pack.indicators) known.push_back(indicator.id);
                    place.unknown_name("unknown_indicator", "指标", "indicator", id, known);
                } else if (static_cast<std::size_t>(cancelled) == i) {
                    place.fault("cancels_itself", "指标不能取消自身", "an indicator cannot cancel itself");
                } else {
                    pack.indicators[i].cancels.push_back(cancelled);
                }
            }
        }
    }

    // Where indicators score, nothing that decides may be left to the program.
    void check_monitored(const Pack& pack) {
        const Place place{packs_.filename().string() + "/" + pack.id, 0, 0};
        if (pack.levels.empty()) {
            faults_.add(
                "no_levels",
                {"有指标而没有等级（levels.yaml）", "there are indicators but no levels (levels.yaml)"},
                place);
        }
        for (const std::string& id : unset_switches(pack.monitoring)) {
            faults_.add("switch_unset",
                        {fmt::format("monitoring.yaml 中没有设定开关“{}”", id),
                         fmt::format("no monitoring.yaml sets the switch '{}'", id)},
                        place);
        }
    }

    fs::path packs_;
    const DatasetCatalogue& catalogue_;
    const LoadOptions& options_;
    Faults faults_;
    std::vector<Link> chain_;  // headers, the asked-for pack first
    std::vector<fs::path> files_;
    LawDraft draft_;
    std::optional<Link> profile_;
    ElementDrafts indicators_;
    ElementDrafts levels_;
    MonitoringRules monitoring_;
    std::vector<StatedElement> stated_;  // the switches
};

}  // namespace

Loaded<Pack> load_pack(const fs::path& packs_folder, std::string_view pack_id,
                       const DatasetCatalogue& catalogue, const LoadOptions& options) {
    return PackLoader(packs_folder, catalogue, options).load(pack_id);
}

}  // namespace doudi::policy
