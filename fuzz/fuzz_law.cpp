// SPDX-License-Identifier: Apache-2.0
// A file of the law, whatever stands in it: it loads, or its faults are named, each with its file. The first
// byte says which file it is.
#include <array>

#include "fuzz/input.h"
#include "policy/load.h"
#include "policy/test_law.h"

namespace {

using namespace doudi;
using namespace doudi::policy;

constexpr std::array<const char*, 6> files{
    "datasets/hr.unemployment_roll.yaml",   "packs/guangdong-2021/indicators.yaml",
    "packs/guangdong-2021/levels.yaml",     "packs/guangdong-2021/monitoring.yaml",
    "packs/guangdong-2021/categories.yaml", "datasets/headings.yaml"};

template <class Loaded>
void check_faults(const Loaded& loaded) {
    if (loaded) return;
    fuzz::demand(!loaded.error().empty(), "refused without a fault");
    for (const Error& error : loaded.error())
        fuzz::demand(!error.where.empty() && !error.text.zh.empty() && !error.text.en.empty(),
                     "a fault without a place or words");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const TestLaw law;
    if (size == 0) return 0;
    const std::string_view text = fuzz::text_of(data, size);
    const char* file = files[static_cast<std::size_t>(text.front()) % files.size()];
    const std::string before = law.read(file);
    law.write(file, text.substr(1));
    const auto catalogue = load_datasets(law.root() / "datasets");
    check_faults(catalogue);
    if (catalogue) check_faults(load_pack(law.root() / "packs", "guangdong-2021", *catalogue));
    law.write(file, before);
    return 0;
}
