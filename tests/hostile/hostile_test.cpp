// Scripts that mean harm. Each says in its first line how it must end; all end within the budgets, in one
// process.

#include "tests/lua/support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using lua::binding::Desk;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> scripts() {
    std::vector<std::filesystem::path> all;
    for (const auto& entry : std::filesystem::directory_iterator(CCESIM_SOURCE_DIR "/tests/hostile"))
        if (entry.path().extension() == ".lua") all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("every hostile script ends in the error its first line names, at a line of the script", "[hostile]") {
    REQUIRE(scripts().size() > 50);
    for (const auto& path : scripts()) {
        const std::string script = read(path);
        const std::string code = script.substr(std::string("-- ends with ").size(), 4);
        const std::string message = Desk{}.complaint(script);
        INFO(path.filename().string() << ": " << message);
        CHECK(message.find("error[" + code + "]") != std::string::npos);
        CHECK(message.find("x.lua:") == 0);
        CHECK(message.find("x.lua:0") == std::string::npos);
    }
}

TEST_CASE("what is no script is refused before Lua sees it", "[hostile]") {
    const auto starts = [](const std::string& script, const std::string& message) {
        CHECK(Desk{}.complaint(script).substr(0, message.size()) == message);
    };
    starts("\x1bLua", "x.lua: error[E113]: this is compiled Lua");
    starts(std::string("x\n\0", 3), "x.lua:2: error[E113]: the script holds a NUL byte");
    starts("-- \xff", "x.lua:1: error[E113]: byte 0xff is not UTF-8");
    starts(repeated("x = 1\n", 2'000'000), "x.lua: error[E113]: the script has 12000000 bytes");
    starts(repeated("(", 60'000), "x.lua: error[E101]: C stack overflow");
    starts("local t = {} return t" + repeated(".a", 32'000),
           "x.lua:1: error[E110]: attempt to index a nil value");
}

TEST_CASE("a byte order mark, a first line for the shell and old line ends do no harm", "[hostile]") {
    CHECK(Desk{}.complaint("\xef\xbb\xbf error 'a'") == "x.lua:1: error[E110]: a");
    CHECK(Desk{}.complaint("#!/usr/bin/env ccesim\nerror 'a'") == "x.lua:2: error[E110]: a");
    CHECK(Desk{}.complaint("local a = 1\rlocal b = 2\rerror 'a'") == "x.lua:3: error[E110]: a");
}

TEST_CASE("whatever allocation fails, a script ends with a message", "[hostile]") {
    const std::string script = Desk::with(R"(
        local t = {}
        for i = 1, 50 do t["key" .. i] = { i, name = ("x"):rep(i) } end
        for k, v in pairs(t) do print(k, v.name, string.format("%5d", v[1])) end
        table.sort(t, function(a, b) return a[1] < b[1] end)
        cce.traffic { at = ams, length = cce.lognormal { mean = "3m", cv = 2 } }
        cce.expect("calls_dropped", { per = "site" }):at_most(3):always())");
    std::size_t refused = 0;
    for (std::size_t memory = 20'000; memory < 120'000; memory += 211) {
        Desk desk;
        desk.limits.memory = memory;
        const std::string message = desk.complaint(script);
        if (message == "fine") continue;
        CHECK(message.find("error[E112]: the script used more than") != std::string::npos);
        ++refused;
    }
    CHECK(refused > 50);
}
