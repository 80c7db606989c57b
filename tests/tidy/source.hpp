// A text as the tidy rules look at it: line by line, in three views.
//
// A rule about code must not stumble over a comment that explains why it exists, nor over a message that names
// what it forbids. So comments are blanked for most rules, and what stands between quotes for the strictest.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tests::tidy {

struct Line {
    std::string raw;   // as it stands in the file
    std::string text;  // comments blanked
    std::string code;  // the inside of string and character literals blanked as well
};

struct Source {
    std::string path;  // from the root of the project, with slashes
    std::vector<Line> lines;
};

struct Finding {
    std::string path;
    std::size_t line = 0;  // from 1
    std::string what;
};
using Findings = std::vector<Finding>;

constexpr bool in_identifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The views of C++. Other texts pass through it unharmed for rules that read `raw`.
Source read_source(std::string path, std::string_view content);

// The files of the project: what git tracks or would track, else all but hidden folders and build/. Texts only.
std::vector<Source> read_project(const std::string& root);

bool is_cpp(const Source& source);
bool is_header(const Source& source);

}  // namespace tests::tidy
