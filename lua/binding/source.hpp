// The text of one Lua file, read the way a person reads it: word by word, with line numbers.
//
// Lua knows the line of the running call and nothing finer. Where a call spans lines, the line of a key is
// found here, by scanning the source between the call's first line and its closing bracket. What a scenario may
// not hold although Lua would take it - `^`, which reaches the platform's pow(), and `<close>` variables - is
// found here, too.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lua::binding {

struct Token {
    enum class Kind { name, text, number, symbol };
    Kind kind{};
    std::string_view text;  // of a text: what stands between the quotes
    int line = 1;
};

class Source {
public:
    // Throws InputError if the bytes are no script: too large, compiled, NUL bytes, no UTF-8. A byte order mark
    // and a first line that starts with "#!" are left out; line numbers stay.
    Source(std::string path, std::string bytes, std::size_t bytes_max);
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    const std::string& path() const { return path_; }
    const std::string& text() const { return text_; }
    std::string line(int number) const;  // without blanks around it

    void refuse_unsafe() const;  // throws InputError at the first `^` or `<close>`

    // The line of the key `path` ("redial", "share") in the call that starts at line `first`; `first` if the
    // table was not written there.
    int line_of_key(int first, const std::vector<std::string>& path) const;

    std::vector<std::string> declared() const;  // names of locals, functions and parameters; sorted

private:
    std::string path_;
    std::string text_;
    std::vector<Token> tokens_;
};

}  // namespace lua::binding
