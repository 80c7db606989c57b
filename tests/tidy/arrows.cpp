// Rooms call only downward.
//
// The table names for each room all it may include; what is not in its line is not allowed, however far down it
// lies. CMake's USES say the same twice over: none may point where an include must not, and each include of
// another room has to be backed by a USES, direct or through a room in between.

#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <set>

namespace tests::tidy {

namespace {

using Names = std::set<std::string>;

// A room, or a single header of one.
const std::map<std::string, Names>& arrows() {
    static const std::map<std::string, Names> table = [] {
        std::map<std::string, Names> may;
        may["kernel"] = {};
        may["vocabulary"] = {"kernel"};
        may["topology"] = {"kernel", "vocabulary"};
        may["calls"] = {"kernel", "vocabulary", "topology"};
        may["faults"] = {"kernel", "vocabulary", "topology"};
        may["management"] = may["maintenance"] = {"kernel", "vocabulary", "topology", "calls"};
        may["operations"] = {"kernel", "vocabulary", "topology",   "calls",
                             "faults", "management", "maintenance"};
        may["scenario"] = {"kernel", "vocabulary"};
        may["deployment"] = {"kernel",     "vocabulary",  "topology",   "calls",   "faults",
                             "management", "maintenance", "operations", "scenario"};
        may["experiment"] = {"kernel", "vocabulary", "scenario", "deployment"};
        may["lua/binding"] = {"kernel", "vocabulary", "scenario", "topology", "operations"};
        may["reports"] = {"kernel", "vocabulary", "sim/experiment/result.hpp",
                          "sim/experiment/gate_results.hpp",
                          "sim/experiment/ranking_results.hpp"};
        for (const auto& [room, names] : may) may["cli"].insert(room);
        may["cli"].erase("cli");
        return may;
    }();
    return table;
}

// "sim/calls/trunk.hpp" is of the room calls, "lua/binding/l_site.cpp" of lua/binding.
std::string room_of(std::string_view path) {
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return {};
    const std::string_view top = path.substr(0, slash);
    if (top == "reports") return "reports";
    const auto second = path.find('/', slash + 1);
    if ((top != "sim" && top != "lua") || second == std::string_view::npos) return {};
    return std::string(top == "sim" ? path.substr(slash + 1, second - slash - 1) : path.substr(0, second));
}

// What stands between the quotes of an #include of ours; nothing for other lines and for the libraries'.
std::optional<std::string> included(const Line& line) {
    const auto hash = line.text.find_first_not_of(" \t");
    if (hash == std::string::npos || line.text[hash] != '#') return {};
    const auto word = line.text.find("include", hash);
    const auto open = line.text.find_first_of("\"<", hash);
    if (word == std::string::npos || open == std::string::npos || word > open) return {};
    const auto close = line.text.find_first_of("\">", open + 1);
    const std::string path = line.text.substr(open + 1, close - open - 1);
    if (line.text[open] == '<' && room_of(path).empty()) return {};
    return path;
}

// Why this include is wrong, or nothing.
std::string wrong_arrow(const std::string& from, const std::string& path) {
    const auto may = arrows().find(from);
    if (may == arrows().end())
        return "no arrow is drawn for the room " + from + ": add it to tests/tidy/arrows.cpp";
    const std::string to = room_of(path);
    if (to.empty()) return "include \"" + path + "\": ours are named from the root, \"sim/room/file.hpp\"";
    if (to == from || may->second.contains(to) || may->second.contains(path)) return {};
    return from + " may not include " + to + " (\"" + path + "\")";
}

// --- CMake
// ------------------------------------------------------------------------------------------------------------

struct Declared {
    std::string path;
    std::size_t line = 0;
    Names uses;  // rooms
};
using Rooms = std::map<std::string, Declared>;

std::string room_of_target(const std::string& target) {
    if (target == "lua_binding") return "lua/binding";
    return target.starts_with("sim_") ? target.substr(4) : target;
}

// sim_library(calls SOURCES … USES topology LIBRARIES …) and room_library(reports … USES sim_vocabulary …)
void read_declarations(const Source& cmake, Rooms& rooms) {
    Declared* room = nullptr;
    std::string section;
    bool opening = false;
    for (std::size_t i = 0; i < cmake.lines.size(); ++i) {
        std::string text = cmake.lines[i].raw.substr(0, cmake.lines[i].raw.find('#'));
        for (const std::string_view sign : {"(", ")"}) {
            for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 3)) {
                text.replace(at, 1, " " + std::string(sign) + " ");
            }
        }
        for (std::size_t at = text.find_first_not_of(" \t\r"); at != std::string::npos;) {
            const auto end = text.find_first_of(" \t\r", at);
            const std::string word = text.substr(at, end - at);
            at = text.find_first_not_of(" \t\r", end);
            if (word == "sim_library" || word == "room_library") {
                opening = true;
            } else if (word == ")") {
                room = nullptr;
            } else if (opening && word != "(") {
                opening = false;
                room = &rooms[room_of_target(word)];
                *room = {cmake.path, i + 1, {}};
                section.clear();
            } else if (word == "SOURCES" || word == "USES" || word == "LIBRARIES") {
                section = word;
            } else if (room != nullptr && section == "USES") {
                room->uses.insert(room_of_target(word));
            }
        }
    }
}

Names reach(const Rooms& rooms, const std::string& from) {
    Names seen;
    std::vector<std::string> open{from};
    while (!open.empty()) {
        const auto room = rooms.find(open.back());
        open.pop_back();
        if (room == rooms.end()) continue;
        for (const std::string& used : room->second.uses) {
            if (seen.insert(used).second) open.push_back(used);
        }
    }
    return seen;
}

bool allowed_use(const std::string& room, const std::string& used) {
    const auto may = arrows().find(room);
    if (may == arrows().end()) return false;
    return std::any_of(may->second.begin(), may->second.end(),
                       [&](const std::string& name) { return name == used || room_of(name) == used; });
}

void check_uses(const Rooms& rooms, Findings& findings) {
    for (const auto& [room, declared] : rooms) {
        for (const std::string& used : declared.uses) {
            if (allowed_use(room, used)) continue;
            findings.push_back({declared.path, declared.line, room + " may not USE " + used});
        }
    }
}

// --- the kernel could run a bakery
// --------------------------------------------------------------------------------------

constexpr std::array telephony = {"call",      "calls",     "site",    "sites",    "trunk",
                                  "trunks",    "appliance", "gateway", "gateways", "edge",
                                  "mediation", "pstn",      "erlang",  "erlangs",  "appliances"};

// Mathematics that shares a word with telephony: Erlang's formula, and the edge of a ziggurat's layer.
constexpr std::array known_words = {"erlang_b", "erlangs", "edge"};

// The words of snake_case and CamelCase, in lower case.
std::vector<std::string> words_of(std::string_view identifier) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < identifier.size(); ++i) {
        const auto c = static_cast<unsigned char>(identifier[i]);
        const bool hump =
            std::isupper(c) != 0 && i > 0 && std::islower(static_cast<unsigned char>(identifier[i - 1])) != 0;
        if (c == '_' || hump) words.emplace_back();
        if (c != '_') words.back() += static_cast<char>(std::tolower(c));
    }
    return words;
}

bool speaks_telephony(std::string_view identifier) {
    if (std::find(known_words.begin(), known_words.end(), identifier) != known_words.end()) return false;
    const auto words = words_of(identifier);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return std::find(telephony.begin(), telephony.end(), word) != telephony.end();
    });
}

std::vector<std::string> identifiers(std::string_view code) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (!in_identifier(code[i])) continue;
        const std::size_t begin = i;
        while (i < code.size() && in_identifier(code[i])) ++i;
        all.emplace_back(code.substr(begin, i - begin));
    }
    return all;
}

void check_kernel(const Source& source, Findings& findings) {
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        for (const std::string& identifier : identifiers(source.lines[i].code)) {
            if (!speaks_telephony(identifier)) continue;
            findings.push_back({source.path, i + 1, "the kernel knows no telephony: " + identifier});
        }
    }
}

void check_source(const Source& source, const Rooms& rooms, Findings& findings) {
    const std::string from = room_of(source.path);
    const Names reached = reach(rooms, from);
    if (from != "cli" && source.path.ends_with(".cpp") && rooms.find(from) == rooms.end()) {
        findings.push_back({source.path, 1, "no sim_library or room_library declares the room " + from});
    }
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const auto path = included(source.lines[i]);
        if (!path) continue;
        const std::string wrong = wrong_arrow(from, *path);
        const std::string to = room_of(*path);
        if (!wrong.empty()) {
            findings.push_back({source.path, i + 1, wrong});
        } else if (to != from && rooms.contains(from) && rooms.contains(to) && !reached.contains(to)) {
            findings.push_back(
                {source.path, i + 1, from + " includes " + to + ", but its USES do not lead there"});
        }
    }
}

}  // namespace

Findings check_arrows(const std::vector<Source>& project) {
    Findings findings;
    Rooms rooms;
    for (const Source& source : project) {
        const bool in_house = !room_of(source.path + "/").empty() || source.path == "sim/CMakeLists.txt" ||
                              source.path == "lua/CMakeLists.txt";
        if (in_house && source.path.ends_with("CMakeLists.txt")) read_declarations(source, rooms);
    }
    check_uses(rooms, findings);
    for (const Source& source : project) {
        if (!is_cpp(source) || room_of(source.path).empty()) continue;
        check_source(source, rooms, findings);
        if (room_of(source.path) == "kernel") check_kernel(source, findings);
    }
    return findings;
}

Findings prove_arrows() {
    Findings failed;
    const auto wrong = [&failed](std::string_view from, std::string_view line, bool expected) {
        const auto path = included(read_source("proof.cpp", line).lines.at(0));
        prove(failed, (path && !wrong_arrow(std::string(from), *path).empty()) == expected, from, line);
    };
    wrong("kernel", "#include \"sim/vocabulary/ids.hpp\"", true);
    wrong("kernel", "#include \"sim/kernel/time.hpp\"", false);
    wrong("kernel", "// #include \"sim/vocabulary/ids.hpp\"", false);
    wrong("vocabulary", "#include <sim/topology/fleet.hpp>", true);
    wrong("vocabulary", "#include <vector>", false);
    wrong("calls", "#include \"sim/faults/catalogue.hpp\"", true);
    wrong("faults", "#include \"sim/maintenance/window.hpp\"", true);
    wrong("faults", "#include \"sim/calls/ledger.hpp\"", true);
    wrong("maintenance", "#include \"sim/calls/ledger.hpp\"", false);
    wrong("deployment", "#include \"sim/scenario/scenario.hpp\"", false);
    wrong("deployment", "#include \"lua/binding/load.hpp\"", true);
    wrong("scenario", "#include \"scenario.hpp\"", true);
    wrong("reports", "#include \"sim/experiment/result.hpp\"", false);
    wrong("reports", "#include \"sim/experiment/metrics.hpp\"", true);
    wrong("experiment", "#include \"reports/text.hpp\"", true);
    wrong("cli", "#include \"reports/text.hpp\"", false);
    wrong("attic", "#include \"sim/kernel/time.hpp\"", true);

    Rooms rooms;
    read_declarations(read_source("CMakeLists.txt",
                                  "sim_library(kernel SOURCES a.cpp LIBRARIES calls)  # USES faults\n"
                                  "sim_library(vocabulary\n    USES kernel)\n"
                                  "room_library(lua_binding SOURCES b.cpp USES sim_vocabulary)\n"),
                      rooms);
    prove(failed, rooms.size() == 3 && rooms["kernel"].uses.empty(), "USES", "kernel uses nothing");
    prove(failed, reach(rooms, "lua/binding") == Names{"vocabulary", "kernel"}, "USES",
          "through vocabulary to kernel");
    Findings uses;
    check_uses(rooms, uses);
    prove(failed, uses.empty(), "USES", "all allowed");
    rooms["kernel"].uses.insert("calls");
    check_uses(rooms, uses);
    prove(failed, uses.size() == 1, "USES", "kernel may not use calls");
    Findings unbacked;
    check_source(read_source("sim/vocabulary/a.cpp", "#include \"sim/kernel/time.hpp\"\n"),
                 {{"vocabulary", {}}, {"kernel", {}}}, unbacked);
    prove(failed, unbacked.size() == 1, "USES", "an include without USES");

    for (const std::string_view bad : {"site_of", "CallsTag", "callId", "next_call", "edge_server"}) {
        prove(failed, speaks_telephony(bad), "telephony", bad);
    }
    for (const std::string_view good : {"callable", "erlang_b", "recall", "website", "pledge", "knowledge_"}) {
        prove(failed, !speaks_telephony(good), "no telephony", good);
    }
    return failed;
}

}  // namespace tests::tidy
