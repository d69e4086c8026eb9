// SPDX-License-Identifier: Apache-2.0
// From a request to a route's handler and back: who asks, what may follow, what must be remembered before the
// answer leaves. The one place through which every answer goes.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/request/call.h"
#include "http/request/route.h"
#include "http/server/rate_limiter.h"
#include "http/server/server.h"
#include "http/server/static_files.h"
#include "http/server/telemetry.h"

namespace doudi::http {

struct AppOptions {
    std::filesystem::path web;  // the web app's folder; empty: none
    RateLimiter::Rate of_address{100, 400};
    RateLimiter::Rate of_account{50, 200};
};

class App : public Application {
  public:
    // All must outlive it.
    App(const Services& services, RouteTable routes, Telemetry& telemetry, const AppOptions& options)
        : services_(services),
          routes_(std::move(routes)),
          telemetry_(telemetry),
          files_(options.web),
          addresses_(options.of_address),
          accounts_(options.of_account) {}
    void begins(std::function<ServerCounts()> counts) override { counts_ = std::move(counts); }
    [[nodiscard]] const RouteTable& routes() const { return routes_; }

    std::variant<Admission, Response> admit(const Request& head) override;
    void answer(Request& request, Reply reply) override;
    Response answer(Fault fault, const Request& request) override;
    void answered(const Request& request, const Response& response, std::int64_t bytes,
                  SteadyClock::duration took) override;

  private:
    [[nodiscard]] Response refuse(const Failure& failure, const Request& request);
    [[nodiscard]] Outcome<Response> probe(const Request& request);
    [[nodiscard]] Outcome<Admission> admit_to(const Request& head, const Route& route);
    // `look`: what must be in the log before the outcome leaves.
    [[nodiscard]] Outcome<Response> handle(Request& request, Found found, std::optional<access::Look>& look);
    [[nodiscard]] Response work(Request& request, std::optional<access::Look>& look);
    [[nodiscard]] Response finished(Response response, const Request& request, const Route* route) const;

    const Services& services_;
    RouteTable routes_;
    Telemetry& telemetry_;
    StaticFiles files_;
    RateLimiter addresses_;
    RateLimiter accounts_;
    std::function<ServerCounts()> counts_;
};

// Who asks, by cookie or token; the CSRF mark of changes; the purpose that is given. Fills the call's
// session.
[[nodiscard]] Outcome<void> let_in(Call& call);

// Whether the roles of the session have the right that the route asks for: 403.
[[nodiscard]] Outcome<void> has_right(const Call& call);

// After the handler, before the look is written down: whether it is outside of the asker's cases, and what
// was whole by a reveal alone, as "phone=whole".
void settle_look(Call& call);

}  // namespace doudi::http
