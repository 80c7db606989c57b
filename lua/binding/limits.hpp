// What a script may use up, and where its words go. Lua itself is not seen here, so that callers need not know
// it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace lua::binding {

using Print = std::function<void(const std::string& line)>;

struct Limits {
    std::uint64_t instructions = 50'000'000;        // before time begins
    std::uint64_t instructions_a_step = 5'000'000;  // of a policy or a runbook, until it waits again
    std::size_t memory = std::size_t{256} << 20;
    std::size_t source = std::size_t{64} << 10;
    std::size_t printed = std::size_t{1} << 20;
};

}  // namespace lua::binding
