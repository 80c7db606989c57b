// Wrong input: where, what, what was expected, and what helps. One form for scripts, INI, CSV and the command line:
//
//     FILE:LINE[:COL]: error[Ennn]: what - expected - help
//
// Input is wrong far from main and rarely, so it travels as an exception. An importer gathers all problems of a file
// before it throws; people mend a file once, not twenty times.

#pragma once

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

enum class Exit : int {  // architecture 4
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

class InputError : public std::runtime_error {
public:
    InputError(Exit exit, std::vector<Problem> problems);  // REQUIRES at least one problem
    InputError(Exit exit, Problem problem);

    Exit exit() const { return exit_; }
    const std::vector<Problem>& problems() const { return problems_; }

private:
    Exit exit_;
    std::vector<Problem> problems_;
};

// Gathers problems; throws on request if one of them is an error. At most 20 are kept, the rest are counted:
// what() then ends with "and 37 more".
class Problems {
public:
    void add(Problem problem);
    bool any_error() const;
    void throw_if_any(Exit exit) const;
    const std::vector<Problem>& all() const { return problems_; }

private:
    std::vector<Problem> problems_;
    std::size_t left_out_ = 0;
};

// `text` with every control byte, and every byte that is no part of valid UTF-8, written as \xNN.
std::string shown(std::string_view text);

// The candidate nearest to `word` if it is near enough to be a slip of the fingers, else empty. Ties: the earlier.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "; did you mean "x"?" or, with nothing near, "" .
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sim::vocabulary
