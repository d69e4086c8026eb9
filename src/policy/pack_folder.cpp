// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "policy/folder.h"
#include "policy/law_draft.h"
#include "policy/load.h"
#include "policy/pack_parts.h"
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

// A later element takes the place of the one with its id.
template <class Element, class IdOf>
void lay_over(std::vector<Element>& under, std::vector<Element> over, IdOf id_of) {
    for (Element& element : over) {
        const auto same =
            std::ranges::find_if(under, [&](const Element& old) { return id_of(old) == id_of(element); });
        if (same == under.end()) {
            under.push_back(std::move(element));
        } else {
            *same = std::move(element);
        }
    }
}

// What pack.yaml decides, of the version in force: where and when the pack holds, and who may see it.
StatedElement stated_header(const Pack& pack) {
    return {"pack",
            "header",
            {{"region_scope", pack.region_scope},
             {"effective.from", pack.effective_from.iso()},
             {"effective.to", pack.effective_to ? pack.effective_to->iso() : ""},
             {"public", pack.is_public ? "true" : "false"}},
            {pack.id, pack.version, pack.source}};
}

class PackLoader {
  public:
    PackLoader(fs::path packs, const DatasetCatalogue& catalogue, const LoadOptions& options)
        : packs_(std::move(packs)), catalogue_(catalogue), options_(options) {}

    Loaded<Pack> load(std::string_view pack_id) {
        find_chain(std::string(pack_id));
        if (!chain_.empty()) {
            // The farthest pack first, so that the nearest has the last word.
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
    };

    fs::path folder_of(const std::string& id) const { return packs_ / id; }

    // Reads the header of the pack and of all that it extends.
    void find_chain(std::string id) {
        std::optional<YamlValue> named_at;
        while (true) {
            if (!is_pack(id)) {
                report_unknown(id, named_at);
                return;
            }
            const fs::path path = folder_of(id) / "pack.yaml";
            const std::optional<YamlValue> file = read_yaml_file(path, shown_name(packs_, path), faults_);
            if (!file) return;
            PackHeader header = read_pack_header(*file);
            if (!header.pack.id.empty() && header.pack.id != id) {
                file->fault(
                    "pack_id", fmt::format("包的标识“{}”应与文件夹名“{}”相同", header.pack.id, id),
                    fmt::format("the pack's id '{}' must be its folder's name '{}'", header.pack.id, id));
            }
            header.pack.id = id;
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
        link.pack = std::move(header.pack);
        chain_.push_back(std::move(link));
    }

    bool is_pack(const std::string& id) const {
        const bool plain = !id.empty() && id.find('/') == std::string::npos && id.front() != '.';
        return plain && fs::exists(folder_of(id) / "pack.yaml");
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
        if (const auto file = part(layer, "indicators.yaml")) {
            lay_over(indicators_, read_indicators(*file, name, catalogue_),
                     [](const IndicatorDraft& draft) -> const std::string& { return draft.indicator.id; });
            lay_stated_over("indicators", *file, name, stated_);
        }
        // Levels are one scale: a pack that states them states all of them.
        if (const auto file = part(layer, "levels.yaml")) {
            levels_ = read_levels(*file, name);
            std::erase_if(stated_, [](const StatedElement& one) { return one.section == "levels"; });
            lay_stated_over("levels", *file, name, stated_);
        }
        if (const auto file = part(layer, "monitoring.yaml")) {
            read_monitoring(*file, name, monitoring_);
            for (const YamlEntry& entry : file->is_mapping() ? file->entries() : std::vector<YamlEntry>{}) {
                if (entry.key == "switches") lay_stated_keys_over("switches", entry.value, name, stated_);
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
        known.insert(known.end(), law_files().begin(), law_files().end());
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
        for (const fs::path& path : options_.parameter_files) {
            if (const auto file = read_yaml_file(path, path.generic_string(), faults_))
                lay_parameters_over(*file, pack.law);
            files_.push_back(path);
        }
        pack.law.stated.insert(pack.law.stated.end(), stated_.begin(), stated_.end());
        pack.law.stated.push_back(stated_header(pack));
        pack.levels = std::move(levels_);
        pack.monitoring = std::move(monitoring_);
        take_indicators(pack);
        if (!pack.indicators.empty()) check_monitored(pack);
        pack.content_hash = fingerprint(files_);
    }

    void take_indicators(Pack& pack) {
        for (std::size_t i = 0; i < indicators_.size(); ++i)
            indicators_[i].indicator.order = static_cast<int>(i);
        std::ranges::sort(indicators_, {}, [](const IndicatorDraft& draft) { return draft.indicator.id; });
        for (IndicatorDraft& draft : indicators_) pack.indicators.push_back(std::move(draft.indicator));
        for (std::size_t i = 0; i < indicators_.size(); ++i) {
            for (const auto& [id, place] : indicators_[i].cancels) {
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
    std::vector<IndicatorDraft> indicators_;
    std::vector<Level> levels_;
    MonitoringRules monitoring_;
    std::vector<StatedElement> stated_;  // of the files for warnings
};

}  // namespace

Loaded<Pack> load_pack(const fs::path& packs_folder, std::string_view pack_id,
                       const DatasetCatalogue& catalogue, const LoadOptions& options) {
    return PackLoader(packs_folder, catalogue, options).load(pack_id);
}

}  // namespace doudi::policy
