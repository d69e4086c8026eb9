// SPDX-License-Identifier: Apache-2.0
// A running office: the store, the people, the board and the server put together, from the start to the end
// of `doudi serve`.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/office/desk.h"
#include "http/request/app.h"
#include "http/server/server.h"
#include "policy/pack.h"

namespace doudi::http {

struct OfficeOptions {
    StoreDoors doors;
    std::function<Result<store::DataFolder>()> open_writer;  // asked once; held as long as the office runs
    std::filesystem::path folder;                            // where uploads and files on their way lie
    std::filesystem::path policy_root;                       // access/ beside packs/
    const policy::Policy* policy = nullptr;
    ServerOptions server;
    AppOptions app;
    unsigned threads = 1;  // of long work
    bool quiet = false;
    std::filesystem::path
        anchors;                  // roots of the log are put here daily, for another machine; empty: nowhere
    std::filesystem::path units;  // a file of offices, loaded before all else; empty: those that are there
    // Makes this account, with all rights of an administrator, if there is none at all. Empty: nobody.
    std::string first_administrator;
    std::filesystem::path
        outside;  // a file of providers of identities; empty: access/oidc.yaml, if it is there
    std::filesystem::path peers;  // a file of those whom it exchanges with; empty: nobody
};

class Office {
  public:
    // Opens everything and begins to answer. What an earlier run left is taken up first.
    [[nodiscard]] static Result<std::unique_ptr<Office>> open(const OfficeOptions& options);
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;
    ~Office();

    [[nodiscard]] std::uint16_t port() const;
    // The password of the account that was made for the first administrator; empty if none was made.
    [[nodiscard]] const std::string& first_password() const;
    [[nodiscard]] bool has_accounts() const;
    // Finishes what runs; long work that goes on is interrupted and may be run again.
    void stop();

    struct State;

  private:
    explicit Office(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::http
