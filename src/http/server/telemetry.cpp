// SPDX-License-Identifier: Apache-2.0
#include "http/server/telemetry.h"

#include <fmt/chrono.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <mutex>
#include <unordered_map>

namespace doudi::http {

struct Telemetry::State {
    std::shared_ptr<spdlog::logger> log;
    // What the families gave, by operation and status: asking them makes a map of labels each time.
    std::mutex mutex;
    std::unordered_map<std::string, prometheus::Counter*> counters;
    std::unordered_map<std::string, prometheus::Histogram*> histograms;
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("doudi_http_requests_total")
                                                            .Help("Answers by operation and status.")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("doudi_http_request_seconds")
            .Help("From the end of the head to the end of the answer.")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& now =
        prometheus::BuildGauge()
            .Name("doudi_http_now")
            .Help("Connections, streams, and requests that wait or run.")
            .Register(registry);

    prometheus::Counter& counter(const std::string& operation, int status) {
        const std::lock_guard lock(mutex);
        auto& known = counters[fmt::format("{} {}", operation, status)];
        if (known == nullptr)
            known = &requests.Add({{"operation", operation}, {"status", std::to_string(status)}});
        return *known;
    }
    prometheus::Histogram& histogram(const std::string& operation) {
        const prometheus::Histogram::BucketBoundaries bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                             0.25,  0.5,    1,     2.5,  5,     10};
        const std::lock_guard lock(mutex);
        auto& known = histograms[operation];
        if (known == nullptr) known = &seconds.Add({{"operation", operation}}, bounds);
        return *known;
    }
};

Telemetry::Telemetry(bool quiet) : state_(std::make_unique<State>()) {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    state_->log = std::make_shared<spdlog::logger>("doudi", sink);
    state_->log->set_pattern("%v");
    state_->log->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
    state_->log->flush_on(spdlog::level::info);
}

Telemetry::~Telemetry() = default;

void Telemetry::answered(const Request& request, const Response& response, std::int64_t bytes,
                         SteadyClock::duration took) {
    const double seconds = std::chrono::duration<double>(took).count();
    const std::string operation = response.operation.empty() ? "none" : response.operation;
    state_->counter(operation, response.status).Increment();
    if (bytes >= 0) state_->histogram(operation).Observe(seconds);  // how long a stream was open says nothing
    constexpr int server_fault = 500;
    const auto level = response.status >= server_fault ? spdlog::level::warn : spdlog::level::info;
    if (!state_->log->should_log(level)) return;
    constexpr double milliseconds = 1000.0;
    boost::json::object line{{"at", fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(std::time(nullptr)))},
                             {"what", "answer"},
                             {"id", request.id},
                             {"method", request.method},
                             {"operation", operation},
                             {"status", response.status},
                             {"ms", seconds * milliseconds},
                             {"bytes", bytes}};
    if (!response.log_code.empty()) line["code"] = response.log_code;
    state_->log->log(level, boost::json::serialize(line));
}

void Telemetry::note(Level level, std::string_view what, std::string_view detail,
                     std::string_view request_id) {
    boost::json::object line{{"at", fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(std::time(nullptr)))},
                             {"what", what},
                             {"detail", detail}};
    if (!request_id.empty()) line["id"] = request_id;
    const auto as = level == Level::info   ? spdlog::level::info
                    : level == Level::warn ? spdlog::level::warn
                                           : spdlog::level::err;
    state_->log->log(as, boost::json::serialize(line));
}

std::string Telemetry::metrics(const ServerCounts& counts) {
    const auto set = [&](const char* what, std::size_t value) {
        state_->now.Add({{"what", what}}).Set(static_cast<double>(value));
    };
    set("connections", counts.connections);
    set("streams", counts.streams);
    set("waiting", counts.waiting);
    set("working", counts.working);
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace doudi::http
