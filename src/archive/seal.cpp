// SPDX-License-Identifier: Apache-2.0
#include "archive/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/file_parts.h"
#include "archive/repository.h"
#include "archive/zip_writer.h"
#include "casework/kept/attachments.h"
#include "vault/digest.h"

namespace doudi::archive {
namespace {

using casework::CaseId;
using casework::CaseView;

bool is_closed(const CaseView& view) {
    const policy::MachineState* state = view.machine->state(view.state.state);
    return state != nullptr && state->kind == policy::StateKind::final;
}

SealedFile file_of(const Setting& setting, const CaseView& view, const Parts& parts, int number,
                   access::UserId by) {
    SealedFile file;
    Manifest& manifest = file.manifest;
    manifest.of = view.head.id;
    manifest.number = number;
    manifest.machine = view.head.machine;
    manifest.pack = view.head.pack;
    manifest.pack_version = view.head.pack_version;
    manifest.events = view.state.events;
    manifest.closed_on = view.state.state_on;
    manifest.sealed_at = setting.desk.clock.now();
    manifest.sealed_by = by;
    manifest.pages = parts.pages;
    for (const Part& part : parts.all) manifest.items.push_back(part.item);
    manifest.left_out = parts.left_out;
    file.household = view.head.household;
    file.person = view.head.person;
    file.text = to_json(manifest);
    const Hashes hashes = hashes_of(file.text);
    file.sha256 = hashes.sha256;
    file.sm3 = hashes.sm3;
    return file;
}

// Nothing: somebody else sealed it first.
Result<bool> keep(const Setting& setting, const CaseView& view, const SealedFile& file, const Parts& parts) {
    auto& shelf = setting.desk.shelf;
    bool first = false;
    TRY_VOID(shelf.database.write([&]() -> Result<void> {
        const auto now = TRY(casework::repository::select_case(shelf, view.head.id));
        if (!now || now->now.events != view.state.events)
            return fail(ErrorKind::conflict, "case_changed",
                        {"办件在归档时又有办理，请重新归档", "the case was moved meanwhile: seal it again"});
        first = TRY(repository::insert_file(shelf, file));
        if (!first) return {};
        int place = 0;
        for (const Part& part : parts.all) {
            ++place;
            if (part.item.kind == ItemKind::attachment) continue;
            TRY_VOID(repository::insert_item(shelf, file, place, vault::bytes_of(part.content)));
        }
        return {};
    }));
    return first;
}

// The bytes of an item as they lie there now.
struct Found {
    ItemCheck check = ItemCheck::missing;
    std::string bytes;
};

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<Found> read_attached(const Setting& setting, CaseId of, const Item& item) {
    auto read = casework::read_attachment(setting.desk, of, item.id);
    if (read) return Found{ItemCheck::whole, text_of(read->content)};
    if (read.error().code == "attachment_gone") return Found{ItemCheck::gone, {}};
    if (read.error().code == "attachment_unknown") return Found{ItemCheck::missing, {}};
    if (read.error().kind == ErrorKind::io) return std::unexpected(read.error());
    return Found{ItemCheck::changed, {}};
}

Result<Found> read_kept(const Setting& setting, const SealedFile& file, int place) {
    auto read = repository::select_item(setting.desk.shelf, file, place);
    if (!read && read.error().kind == ErrorKind::io) return std::unexpected(read.error());
    if (!read) return Found{ItemCheck::changed, {}};  // a sealed record that is not whole does not open
    if (!*read) return Found{ItemCheck::missing, {}};
    if (!(*read)->bytes) return Found{ItemCheck::gone, {}};
    return Found{ItemCheck::whole, text_of(*(*read)->bytes)};
}

Result<Found> read_item(const Setting& setting, const SealedFile& file, std::size_t index) {
    const Item& item = file.manifest.items[index];
    Found found = item.kind == ItemKind::attachment
                      ? TRY(read_attached(setting, file.manifest.of, item))
                      : TRY(read_kept(setting, file, static_cast<int>(index) + 1));
    if (found.check == ItemCheck::whole) {
        const Hashes hashes = hashes_of(found.bytes);
        if (hashes.sha256 != item.sha256 || hashes.sm3 != item.sm3) found.check = ItemCheck::changed;
    }
    return found;
}

bool is_forgotten(const CaseView& view) {
    return std::ranges::any_of(view.events, &casework::CaseEvent::forgotten);
}

std::unexpected<Error> not_whole(ItemCheck check) {
    if (check == ItemCheck::gone)
        return fail(ErrorKind::not_found, "archive_released",
                    {"该案卷内容已销毁，不能导出", "what the file holds is gone: it leaves no more"});
    return fail(ErrorKind::conflict, "archive_damaged",
                {"案卷与归档时不一致，不能导出；请核验",
                 "the file is not what was sealed and does not leave: verify it"});
}

}  // namespace

std::string_view name_of(ItemCheck check) {
    static constexpr std::array<std::string_view, 4> names{"whole", "changed", "missing", "gone"};
    return names[static_cast<std::size_t>(check)];
}

bool Verified::is_sound() const {
    return manifest_whole && events_whole && std::ranges::none_of(items, [](ItemCheck one) {
               return one == ItemCheck::changed || one == ItemCheck::missing;
           });
}

Result<SealedFile> seal_case(const Setting& setting, Press& press, CaseId of, access::UserId by) {
    const CaseView view = TRY(casework::read_case(setting.desk, of, civil_day(setting.desk.clock.now())));
    if (!is_closed(view))
        return fail(ErrorKind::conflict, "case_open",
                    {"办件尚未办结，不能归档", "the case is not closed: its file is not sealed yet"});
    auto newest = TRY(repository::select_newest(setting.desk.shelf, of));
    if (newest && newest->manifest.events == view.state.events) return *std::move(newest);
    const int number = newest ? newest->manifest.number + 1 : 1;
    const Parts parts = TRY(parts_of(setting, press, view, number));
    SealedFile file = file_of(setting, view, parts, number, by);
    if (TRY(keep(setting, view, file, parts))) return file;
    return sealed_file(setting, of);
}

Result<std::uint64_t> seal_closed(const Setting& setting, Press& press,
                                  const std::function<void(CaseId, const Error&)>& failed) {
    constexpr int at_a_time = 200;
    std::uint64_t done = 0;
    for (CaseId after;;) {
        const auto some = TRY(repository::select_unsealed(setting.desk.shelf, after, at_a_time));
        if (some.empty()) return done;
        for (const CaseId of : some) {
            const auto sealed = seal_case(setting, press, of, access::UserId());
            if (sealed)
                ++done;
            else
                failed(of, sealed.error());
        }
        after = some.back();
    }
}

std::string_view name_of(FileState state) {
    static constexpr std::array<std::string_view, 4> names{"open", "unsealed", "sealed", "released"};
    return names[static_cast<std::size_t>(state)];
}

Result<FileStanding> file_standing(const casework::Desk& desk, const CaseView& view) {
    FileStanding standing;
    auto shelf = desk.shelf;
    const auto newest = TRY(repository::select_newest(shelf, view.head.id));
    if (newest) {
        standing.number = newest->manifest.number;
        standing.sealed_at = newest->manifest.sealed_at;
    }
    if (!is_closed(view)) return standing;
    const bool has_all = newest && newest->manifest.events == view.state.events;
    standing.state = !has_all                ? FileState::unsealed
                     : newest->released != 0 ? FileState::released
                                             : FileState::sealed;
    return standing;
}

Result<SealedFile> sealed_file(const Setting& setting, CaseId of) {
    auto newest = TRY(repository::select_newest(setting.desk.shelf, of));
    if (newest) return *std::move(newest);
    return fail(ErrorKind::not_found, "archive_unsealed",
                {"该办件尚未归档", "the case's file has not been sealed yet"});
}

Result<Verified> verify(const Setting& setting, CaseId of) {
    Verified verified;
    verified.file = TRY(sealed_file(setting, of));
    const SealedFile& file = verified.file;
    const CaseView view = TRY(casework::read_case(setting.desk, of, civil_day(setting.desk.clock.now())));
    const Hashes hashes = hashes_of(file.text);
    verified.manifest_whole = hashes.sha256 == file.sha256 && hashes.sm3 == file.sm3;
    verified.events_since = view.state.events - file.manifest.events;
    const bool gone = file.released != 0 || is_forgotten(view);
    const Hashes events = hashes_of(events_text(view, file.manifest.events));
    for (std::size_t n = 0; n < file.manifest.items.size(); ++n) {
        const Item& item = file.manifest.items[n];
        const Found found = TRY(read_item(setting, file, n));
        // What was released, or went with a key, leaves no row.
        verified.items.push_back(gone && found.check == ItemCheck::missing ? ItemCheck::gone : found.check);
        if (item.kind == ItemKind::events)
            verified.events_whole = gone || (events.sha256 == item.sha256 && events.sm3 == item.sm3);
    }
    return verified;
}

Result<void> write_zip(const Setting& setting, const SealedFile& file, const std::filesystem::path& path) {
    if (file.released != 0) return not_whole(ItemCheck::gone);
    const CaseView view =
        TRY(casework::read_case(setting.desk, file.manifest.of, civil_day(setting.desk.clock.now())));
    ZipWriter zip = TRY(ZipWriter::create(path, file.manifest.sealed_at));
    for (std::size_t n = 0; n < file.manifest.items.size(); ++n) {
        const Found found = TRY(read_item(setting, file, n));
        if (found.check == ItemCheck::missing && is_forgotten(view)) return not_whole(ItemCheck::gone);
        if (found.check != ItemCheck::whole) return not_whole(found.check);
        TRY_VOID(zip.add(file.manifest.items[n].name, found.bytes));
    }
    TRY_VOID(zip.add("manifest.json", file.text));
    return zip.finish();
}

}  // namespace doudi::archive
