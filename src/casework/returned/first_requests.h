// SPDX-License-Identifier: Apache-2.0
// Whoever is on no register asks for the first time: from the public page, or written down at a window. It
// lies sealed at the office of the place where they live until a person there opens a case of it, or says why
// not. Nothing here reads the register: what is answered tells nobody who is on it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/verbs.h"
#include "store/kept_class.h"

namespace doudi::casework {

using FirstRequestId = Id<struct FirstRequestTag, std::uint64_t>;

// What they said, as it is kept (Fields).
inline constexpr std::string_view first_name = "name";
inline constexpr std::string_view first_number = "identity_number";
inline constexpr std::string_view first_phone = "phone";
inline constexpr std::string_view first_need = "need";

// So many may wait at one office: beyond it the public page says that the window is to be asked.
inline constexpr std::size_t most_waiting = 2000;

// Of one that another platform sent the key is how the case is called that comes of it (CaseHead::source):
// "exchange/one-stop/17".
inline constexpr std::string_view sent_prefix = "exchange/";

struct FirstRequest {
    FirstRequestId id;
    std::string client_key;
    std::string receipt;
    UnitId unit;
    std::string machine;
    Instant at;
    Fields told;
    std::string state = "waiting";  // waiting | opened | declined
    std::optional<CaseId> opened = std::nullopt;
    std::string reason = {};
};

// Kinds of cases that the pack lets a citizen open.
[[nodiscard]] bool is_open_to_citizens(const policy::Law& law, std::string_view machine);
// What another platform may file: those, and help that is given to whoever it is where it happens: an
// officer reports it, and it may have been filed by whom it befell. Which of them it files, its channel says.
[[nodiscard]] bool is_open_to_filing(const policy::Law& law, std::string_view machine);

// Kept once: of a key that is there already, the one that is there. "first_requests_full".
[[nodiscard]] Result<FirstRequest> keep_first_request(Desk& desk, const FirstRequest& request);
// The same within a transaction of the caller's.
[[nodiscard]] Result<FirstRequest> keep_first_request_within(Desk& desk, const FirstRequest& request);
// Those that wait, or all; the oldest first.
[[nodiscard]] Result<std::vector<FirstRequest>> list_first_requests(Desk& desk, bool only_waiting);
[[nodiscard]] Result<std::optional<FirstRequest>> find_first_request(Desk& desk, FirstRequestId id);
struct OpenedFirst {
    bool was_settled = false;  // somebody has settled it: nothing was opened
    Moved moved;
};
// Its case is opened, or what speaks against that is told, within a transaction of the caller's that holds
// the openings and the request: of two who settle it at once the second sees the first. Of one that another
// platform sent, the case says by its source whose filing it answers.
[[nodiscard]] Result<OpenedFirst> open_first_within(Desk& desk, const Actor& actor, OpenRequest request,
                                                    FirstRequestId id);
// Nobody else settles it before this transaction is over. False: somebody has settled it.
[[nodiscard]] Result<bool> hold_first_request(Desk& desk, FirstRequestId id);
// Within the transaction that opens its case. False: somebody has settled it.
[[nodiscard]] Result<bool> open_first_request(Desk& desk, FirstRequestId id, CaseId of, UserId by);
// False: somebody has settled it.
[[nodiscard]] Result<bool> decline_first_request(Desk& desk, FirstRequestId id, const std::string& reason,
                                                 UserId by);
// The same within a transaction of the caller's.
[[nodiscard]] Result<bool> decline_first_within(Desk& desk, FirstRequestId id, const std::string& reason,
                                                UserId by);
// All of a folder that has just got its keys. Within a write().
[[nodiscard]] Result<void> seal_first_requests(repository::Shelf& shelf);
// first_request: counted from when it was settled.
[[nodiscard]] std::vector<store::KeptClass> first_request_classes();

}  // namespace doudi::casework
