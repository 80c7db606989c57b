// What each text of the project owes to a stranger who opens it.

#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <array>

namespace tests::tidy {

namespace {

constexpr std::size_t widest = 120;  // columns of C++

// Folders at the root of somebody's machine. A path below one of them is not there for anybody else.
constexpr std::array machine_folders = {"home",  "root", "work", "workspace", "workspaces", "Users", "mnt",
                                        "media", "opt",  "srv",  "var",       "builds",     "tmp"};

// Words by which a text admits that it is not finished; in two halves, so that this line does not.
const std::array<std::string, 3> unfinished = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                               std::string("XX") + "X"};

// A slash, a folder of the list, a slash, where a path may begin: not inside a longer path or an address.
bool names_machine_path(std::string_view line) {
    for (const std::string_view folder : machine_folders) {
        const std::string path = "/" + std::string(folder) + "/";
        for (auto at = line.find(path); at != std::string_view::npos; at = line.find(path, at + 1)) {
            const char before = at == 0 ? ' ' : line[at - 1];
            if (!in_identifier(before) && before != '.' && before != '/' && before != '}' && before != '-')
                return true;
        }
    }
    return false;
}

bool admits_unfinished(std::string_view line) {
    return std::any_of(unfinished.begin(), unfinished.end(), [&](const std::string& word) {
        for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
            const auto end = at + word.size();
            const bool begins = at == 0 || !in_identifier(line[at - 1]);
            const bool ends = end == line.size() || !in_identifier(line[end]);
            if (begins && ends) return true;
        }
        return false;
    });
}

std::size_t columns(std::string_view line) {  // characters, not bytes
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_head(const Source& header) {
    return !header.lines.empty() && header.lines[0].raw.starts_with("// ");
}

bool has_pragma_once(const Source& header) {
    return std::any_of(header.lines.begin(), header.lines.end(),
                       [](const Line& line) { return line.raw == "#pragma once"; });
}

}  // namespace

Findings check_manners(const std::vector<Source>& project) {
    Findings findings;
    for (const Source& source : project) {
        const auto say = [&](std::size_t line, std::string what) {
            findings.push_back({source.path, line, std::move(what)});
        };
        if (is_header(source) && !has_head(source))
            say(1, "a header begins with a comment that tells its idea");
        if (is_header(source) && !has_pragma_once(source)) say(1, "a header says #pragma once");
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string& raw = source.lines[i].raw;
            if (names_machine_path(raw)) say(i + 1, "names a path of a machine: " + raw.substr(0, 100));
            if (admits_unfinished(raw)) say(i + 1, "left unfinished: " + raw.substr(0, 100));
            if (is_cpp(source) && columns(raw) > widest) say(i + 1, std::to_string(columns(raw)) + " columns");
        }
    }
    return findings;
}

Findings prove_manners() {
    Findings failed;
    // The bad lines are put together here, or the rule would find them in this file.
    for (const char* const begin : {"see ", "\"", "=", "("}) {
        const std::string bad = std::string(begin) + "/home" + "/jo/notes.txt";
        prove(failed, names_machine_path(bad), "a path of a machine", bad);
    }
    for (const std::string_view good : {"scenarios/work/a.lua", "https://example.org/home/a", "${TMPDIR:-/tmp}",
                                        "and/or/opt", "#!/usr/bin/env bash", "\"$root/work/a\"", "/dev/null"}) {
        prove(failed, !names_machine_path(good), "no path of a machine", good);
    }
    for (const std::string& word : unfinished) {
        prove(failed, admits_unfinished("// " + word + ": later"), "unfinished", word);
        prove(failed, !admits_unfinished("A" + word + "_B"), "part of a longer word", word);
    }
    const Source good = read_source("a.hpp", "// An idea.\n\n#pragma once\n");
    const Source bad = read_source("a.hpp", "#include <vector>\n");
    prove(failed, has_head(good) && !has_head(bad), "head", "comment");
    prove(failed, has_pragma_once(good) && !has_pragma_once(bad), "head", "#pragma once");
    prove(failed, columns("– é") == 3 && columns(std::string(121, 'x')) > widest, "columns",
          "characters, not bytes");
    prove(failed, check_manners({good}).empty() && check_manners({bad}).size() == 2, "head", "as a whole");
    return failed;
}

}  // namespace tests::tidy
