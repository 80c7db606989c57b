// Lua's patterns, with a price.
//
// Lua's own matcher backtracks in C, where no instruction count sees it: ("a"):rep(4000):find(".-.-.-.-b") runs
// for hours. This one says the same of the same pattern, but every step is charged to the script's budget.
// Classes are ASCII, so that no locale has a say.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lua::binding {

struct Capture {
    std::size_t from = 0;
    std::size_t length = 0;
    bool is_position = false;  // "()" captures where it stands
};

struct Match {
    std::size_t from = 0, to = 0;   // the whole, half open
    std::vector<Capture> captures;  // none written: none here
};

class Pattern {
public:
    using Charge = std::function<void(std::uint64_t steps)>;  // may throw to stop

    // Throws std::invalid_argument, with Lua's words, at a malformed pattern - as late as Lua does: while
    // matching.
    Pattern(std::string_view text, Charge charge);

    // The first match at or after `from`.
    std::optional<Match> find(std::string_view subject, std::size_t from) const;

private:
    std::string_view text_;
    bool anchored_;
    Charge charge_;
};

}  // namespace lua::binding
