// SPDX-License-Identifier: Apache-2.0
#include "archive/press.h"

namespace doudi::archive {
namespace {

template <class T>
Result<T> first_fault_of(std::expected<T, std::vector<Error>> loaded) {
    if (loaded) return std::move(*loaded);
    return std::unexpected(std::move(loaded.error().front()));
}

}  // namespace

Result<Press::Opened*> Press::opened(std::string_view pack) {
    const auto known = by_pack_.find(pack);
    if (known != by_pack_.end()) return &known->second;
    // A pack that was put into force at the rule desk need not stand in the program's folder.
    std::error_code ignored;
    const bool is_shipped = std::filesystem::exists(root_ / "packs" / pack / "pack.yaml", ignored);
    const std::string_view of = is_shipped ? pack : std::string_view();
    auto library = TRY(first_fault_of(print::load_papers(root_, of)));
    auto sources = TRY(first_fault_of(load_sources(root_, of, library)));
    auto plates = std::make_shared<const Plates>(Plates{std::move(library), std::move(sources)});
    return &by_pack_.emplace(std::string(pack), Opened{std::move(plates), nullptr}).first->second;
}

Result<std::shared_ptr<const Press::Plates>> Press::of(std::string_view pack) {
    const std::lock_guard lock(mutex_);
    return TRY(opened(pack))->plates;
}

Result<print::PrintedPaper> Press::print(std::string_view pack, std::string_view paper,
                                         const print::Fields& fields, Date day) {
    const std::lock_guard lock(mutex_);
    Opened* const of_pack = TRY(opened(pack));
    if (of_pack->printer == nullptr)
        of_pack->printer =
            std::make_unique<const print::Printer>(TRY(print::Printer::open(of_pack->plates->library)));
    return of_pack->printer->print(paper, fields, day);
}

}  // namespace doudi::archive
