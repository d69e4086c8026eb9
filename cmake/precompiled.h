// SPDX-License-Identifier: Apache-2.0
// What nearly every source includes, parsed once for a build (DOUDI_PCH). Sources still include what they
// use: the lanes without it would not compile otherwise.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
