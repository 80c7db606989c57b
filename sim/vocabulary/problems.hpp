// Wrong input: where, what, what was expected, and what helps. One form for scripts, INI, CSV and the command
// line:
//
//     FILE:LINE[:COL]: error[Ennn]: what – expected – help
//
// The codes are listed in docs/errors.md.
//
// Input is wrong far from main and rarely, so it travels as an exception. An importer gathers all problems of a
// file before it throws; people mend a file once, not twenty times.

#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sim::vocabulary {

struct Place {
    std::string file;  // empty: the command line
    int line = 0;      // 0: the file as a whole
    int column = 0;    // 0: unknown (Lua knows lines only)
};

enum class Exit : int {
    done = 0,
    expectation_unmet = 1,
    command_line = 2,
    scenario = 3,
    input_data = 4,
    undecided = 5,
    vacuous = 6,
    not_deterministic = 7,
    output = 8,
    defect = 70,
    interrupted = 130,
    terminated = 143,
};

struct Problem {
    Place place;
    std::string code;      // "E104"; a warning starts with W
    std::string what;      // one clause, names quoted
    std::string expected;  // may be empty
    std::string help;      // may be empty
    bool is_warning() const { return !code.empty() && code.front() == 'W'; }
};

// The one line that a person reads. Control bytes of names are shown as \x1b.
std::string text(const Problem& problem);

inline constexpr std::size_t problems_shown_max = 20;

// what() has one line a problem, at most 20, and then says how many more there are.
class InputError : public std::runtime_error {
public:
    // REQUIRES at least one problem. `left_out` counts those that were found and not kept.
    InputError(Exit exit, std::vector<Problem> problems, std::size_t left_out = 0);
    InputError(Exit exit, Problem problem);

    Exit exit() const { return exit_; }
    const std::vector<Problem>& problems() const { return problems_; }
    std::size_t left_out() const { return left_out_; }  // whoever tells the same once more has to pass it on

private:
    Exit exit_;
    std::vector<Problem> problems_;
    std::size_t left_out_;
};

// Gathers problems; throws on request if one of them is an error. At most 20 errors and 20 warnings are kept,
// so that neither crowds out the other; the rest are counted: what() then ends with "and 37 more".
class Problems {
public:
    void add(Problem problem);
    bool any_error() const { return errors_ > 0; }
    // What is thrown has the errors first: a person mends those before anything else.
    void throw_if_any(Exit exit) const;
    const std::vector<Problem>& all() const { return problems_; }

private:
    std::vector<Problem> problems_;
    std::size_t errors_ = 0;  // found, kept or not
    std::size_t warnings_ = 0;
};

// `text` with every control character, every mark that turns the direction of writing, and every byte that is
// no part of valid UTF-8, written as \xNN: what a terminal prints is what the file holds.
std::string shown(std::string_view text);

// A name from outside as it stands in a message: shown, in quotes, and cut after 64 bytes.
std::string quoted(std::string_view name);

// Where the text stops being UTF-8; nothing if it never does.
std::optional<std::size_t> first_byte_not_utf8(std::string_view text);

// The candidate nearest to `word` if it is near enough to be a slip of the fingers, else empty. Ties: the
// earlier.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "; did you mean "x"?" or, with nothing near, "" .
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sim::vocabulary
