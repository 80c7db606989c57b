// The Lua that a script meets: the same answers in every process.

#include "tests/lua/support.hpp"

using lua::binding::Desk;

namespace {

// What the lines print, joined by "|".
std::string printed(const std::string& lines) {
    Desk desk;
    const std::string complaint = desk.about(lines);
    if (complaint != "fine") return complaint;
    std::string all;
    for (const std::string& line : desk.printed) all += (all.empty() ? "" : "|") + line;
    return all;
}

}  // namespace

TEST_CASE("pairs goes through integers, numbers, texts and booleans in order", "[lua]") {
    CHECK(printed("local t = { [true] = 1, b = 2, [2.5] = 3, a = 4, [10] = 5, [-1] = 6, [false] = 7, B = 8, "
                  "[0.5] = 9 }\n"
                  "for k in pairs(t) do print(k) end") == "-1|10|0.5|2.5|B|a|b|false|true");
    CHECK(printed(
              "local t, k = { x = 1, a = 2, [3] = 3 }, nil\n repeat k = next(t, k) print(k) until k == nil") ==
          "3|a|x|nil");
}

TEST_CASE("a key removed on the way is not visited, and a value may be changed", "[lua]") {
    CHECK(printed("local t = { a = 1, b = 2, c = 3 }\n"
                  "for k, v in pairs(t) do t.b = nil t[k] = v * 10 print(k, v) end print(t.a, t.c)") ==
          "a\t1|c\t3|10\t30");
}

TEST_CASE("sort keeps equals in their order", "[lua]") {
    CHECK(printed("local t = {} for i = 1, 200 do t[i] = { key = i % 3, i = i } end\n"
                  "table.sort(t, function(a, b) return a.key < b.key end)\n"
                  "local ok = true\n"
                  "for i = 2, #t do ok = ok and (t[i-1].key < t[i].key or t[i-1].key == t[i].key and t[i-1].i "
                  "< t[i].i) end\n"
                  "print(ok, #t)") == "true\t200");
    CHECK(printed("local t = { 'b', 'a', 'C' } table.sort(t) print(table.concat(t, ','))") == "C,a,b");
}

TEST_CASE("nothing printed holds an address", "[lua]") {
    CHECK(printed("print({}, print, ams, ams.appliances, cce.unassigned, 0/0, -(0/0))") ==
          "table\tfunction\tthe site \"ams\"\ttable\tcce.unassigned\tnan\tnan");
    CHECK(printed("print(tostring(setmetatable({}, { __tostring = function() return 'me' end })))") == "me");
}

TEST_CASE("format writes numbers alike in every locale", "[lua]") {
    CHECK(printed("print(string.format('%d|%5d|%-5d|%05d|%+d|%x|%X', 42, 42, 42, 42, 42, 255, 255))") ==
          "42|   42|42   |00042|+42|ff|FF");
    CHECK(printed("print(string.format('%.2f|%8.3f|%-8.1f|%08.2f|%g|%e', 3.14159, 3.14159, 2.55, -2.5, 0.1, "
                  "12345.678))") == "3.14|   3.142|2.5     |-0002.50|0.1|1.234568e+04");
    CHECK(printed("print(string.format('%s|%5s|%-5s|%.2s|%%', 'ab', 'ab', 'ab', 'abc'))") ==
          "ab|   ab|ab   |ab|%");
    CHECK(printed("print(string.format('%s %s', true, nil), (12):type())").find("error[E110]") !=
          std::string::npos);
}

TEST_CASE("lists work as in Lua", "[lua]") {
    CHECK(printed("local t = { 1, 2, 3 } table.insert(t, 4) table.insert(t, 1, 0) print(table.concat(t, ' ', "
                  "2, 4), table.remove(t), "
                  "table.remove(t, 1), #t) print(table.unpack(t)) print(select('#', 1, nil), select(-1, 1, 2), "
                  "table.pack(1, nil).n)") == "1 2 3\t4\t0\t3|1\t2\t3|2\t2\t2");
    CHECK(printed("for i, a in ipairs(ams.appliances) do print(i, a.name) end print(#ams.appliances)") ==
          "1\tams-1|2\tams-2|2");
}

TEST_CASE("objects with metatables work, and getmetatable gives them back", "[lua]") {
    CHECK(printed("local P = {} P.__index = P function P.new(x) return setmetatable({ x = x }, P) end\n"
                  "function P:twice() return self.x * 2 end P.__add = function(a, b) return a.x + b.x end\n"
                  "local a, b = P.new(2), P.new(3) print(a:twice(), a + b, getmetatable(a) == P)") ==
          "4\t5\ttrue");
}

TEST_CASE("pcall catches what the script raised, and nothing that ends it", "[lua]") {
    CHECK(printed("print(pcall(error, 'a', 0)) print(pcall(function() local x = nil; return x.y end)) "
                  "print(pcall(print))") ==
          "false\ta|false\tx.lua:2: attempt to index a nil value (local 'x')||true");
    CHECK(printed("pcall(cce.site, 7) print 'on'") ==
          "x.lua:2: error[E106]: cce.site: argument 1 is the number 7 – must be the site's name: cce.site "
          "\"Amsterdam\" { … }");
}

TEST_CASE("mathematics is exact or ours", "[lua]") {
    CHECK(printed("print(math.sqrt(2) == 1.4142135623730951, math.floor(2.7), math.exp(0), math.log(1), 7 // "
                  "2, 7 % 3, math.maxinteger)") == "true\t2\t1.0\t0.0\t3\t1\t9223372036854775807");
}

TEST_CASE("one budget does not depend on the run", "[lua]") {
    // The same script stops after the same number of turns.
    const std::string script =
        "local i = 0 while true do i = i + 1 print(i) local t = { i, a = ('x'):rep(i % 50) } end";
    std::vector<std::size_t> turns;
    for (int run = 0; run < 3; ++run) {
        Desk desk;
        desk.limits.instructions = 200'000;
        CHECK(desk.about(script).find("error[E111]") != std::string::npos);
        turns.push_back(desk.printed.size());
    }
    CHECK(turns[0] > 100);
    CHECK(turns[0] == turns[1]);
    CHECK(turns[1] == turns[2]);
}
