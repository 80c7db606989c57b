// The lint of determinism: words that may not stand in the model, its scripts' binding and its reports.
//
// Patterns are literal but for two signs: `@` stands for any identifier characters, `~` for anything but a
// comma or a closing angle. A pattern that begins or ends with an identifier character does so at the edge of
// an identifier, so that "rand(" is not found in "operand(".

#include "tests/tidy/rules.hpp"

#include <algorithm>

namespace tests::tidy {

namespace {

enum class Where { everywhere, below_cli };
enum class View { code, strings };

struct Rule {
    std::string_view pattern;
    std::string_view why;
    std::string_view bad, good;
    Where where = Where::everywhere;
    View view = View::code;
};

constexpr std::string_view own_variates = "libraries differ here; kernel/variates.hpp is ours";
constexpr std::string_view streams = "luck comes from named streams: kernel/random.hpp";
constexpr std::string_view no_order =
    "decides by hash; a look-up says so at the end of its line: // look-up only";
constexpr std::string_view no_address = "decides by address; key by id";
constexpr std::string_view no_clock = "only the loop knows what time it is";
constexpr std::string_view no_environment = "the machine's settings never change an answer";
constexpr std::string_view no_folder_order =
    "folders have no order of their own; files come through vocabulary/ports.hpp";
constexpr std::string_view one_double = "state has one kind of floating point: double";
constexpr std::string_view no_threads = "workers are processes";
constexpr std::string_view no_browser = "the browser's library lacks it";
constexpr auto below_cli = Where::below_cli;

constexpr Rule rules[] = {
    {"std::@_distribution", own_variates, "std::normal_distribution<double> gap;",
     "own::normal_distribution gap;"},
    {"std::shuffle", own_variates, "std::shuffle(a.begin(), a.end(), engine);", "shuffle_by(stream, a);"},
    {"std::hash", no_order, "std::hash<std::string>{}(name)", "hash_of(name)"},
    {"random_device", streams, "std::random_device luck;", "my_random_devices"},
    {"rand(", streams, "int x = rand();", "operand(1)"},
    {"srand(", streams, "srand(42);", "seed(42);"},
    {"drand48(", streams, "drand48()", "uniform(48)"},
    {"std::mt19937", streams, "std::mt19937 words;", "Stream words;"},
    {"std::mt19937_64", streams, "std::mt19937_64 words;", "Stream words;"},
    {"unordered_@<", no_order, "std::unordered_map<int, int> m;",
     "std::unordered_map<int, int> m;  // look-up only"},
    {"std::map<~*", no_address, "std::map<const Site*, int> m;", "std::map<SiteId, Site*> m;"},
    {"std::multimap<~*", no_address, "std::multimap<Site*, int> m;", "std::multimap<SiteId, int> m;"},
    {"std::set<~*", no_address, "std::set<Site*> s;", "std::set<SiteId> s;"},
    {"std::multiset<~*", no_address, "std::multiset<Site*> s;", "std::multiset<SiteId> s;"},
    {"%p", no_address, "printf(\"%p\", x);", "percent %p", Where::everywhere, View::strings},
    {"{:p}", no_address, "fmt::print(\"{:p}\", x);", "fmt::print(\"{:5}\", x);", Where::everywhere,
     View::strings},
    {"fmt::ptr", no_address, "fmt::ptr(x)", "fmt::print(x)"},
    {"system_clock", no_clock, "std::chrono::system_clock::now()", "SimClock::duration", below_cli},
    {"steady_clock", no_clock, "std::chrono::steady_clock::now()", "unsteady_clocks", below_cli},
    {"high_resolution_clock", no_clock, "high_resolution_clock::now()", "clock_of(site)", below_cli},
    {"std::time(", no_clock, "std::time(nullptr)", "time(event)", below_cli},
    {"time(nullptr", no_clock, "time(nullptr)", "event.time()", below_cli},
    {"time(NULL", no_clock, "time(NULL)", "time(never)", below_cli},
    {"time(0", no_clock, "time(0)", "time(zone)", below_cli},
    {"time(&", no_clock, "time(&now)", "time(now)", below_cli},
    {"std::clock(", no_clock, "std::clock()", "clock(site)", below_cli},
    {"localtime(", no_clock, "localtime(&t)", "local(at, zone)", below_cli},
    {"localtime_r(", no_clock, "localtime_r(&t, &tm)", "local(at, zone)", below_cli},
    {"gettimeofday", no_clock, "gettimeofday(&t, nullptr)", "time_of_day(t)", below_cli},
    {"clock_gettime", no_clock, "clock_gettime(CLOCK_REALTIME, &t)", "clock_gets(t)", below_cli},
    {"getenv", no_environment, "std::getenv(\"TZ\")", "env(\"TZ\")", below_cli},
    {"setlocale", no_environment, "setlocale(LC_ALL, \"\")", "locale_of(x)", below_cli},
    {"std::locale", no_environment, "std::locale::global({})", "std::location", below_cli},
    {"current_zone", no_environment, "date::current_zone()", "zone(name)", below_cli},
    {"gethostname", no_environment, "gethostname(name, 64)", "host_name(id)", below_cli},
    {"directory_iterator", no_folder_order, "fs::directory_iterator(p)", "files.list(p)", below_cli},
    {"recursive_directory_iterator", no_folder_order, "fs::recursive_directory_iterator(p)", "list(p)",
     below_cli},
    {"readdir(", no_folder_order, "readdir(d)", "read(d)", below_cli},
    {"float", one_double, "float share = 0;", "afloat, number_float_t"},
    {"long double", one_double, "long double sum = 0;", "long sum; double mean;"},
    {"std::thread", no_threads, "std::thread worker;", "std::threadbare"},
    {"std::this_thread", no_threads, "std::this_thread::yield();", "yield();"},
    {"std::jthread", no_threads, "std::jthread worker;", "Worker worker;"},
    {"std::async", no_threads, "std::async(f)", "f()"},
    {"pthread_@", no_threads, "pthread_create(&t)", "thread_of(x)"},
    {"std::ranges", no_browser, "std::ranges::sort(v);", "std::sort(v.begin(), v.end());"},
    {"std::views", no_browser, "v | std::views::reverse", "std::string_view v"},
    {"bit_cast", no_browser, "std::bit_cast<double>(x)", "orbit_cast"},
    {"std::pmr", no_browser, "std::pmr::vector<int> v;", "std::vector<int> v;"},
};

bool matches_here(std::string_view line, std::size_t at, std::string_view pattern, char before) {
    if (pattern.empty()) {
        return !(in_identifier(before) && at < line.size() && in_identifier(line[at]));
    }
    if (pattern[0] == '@' || pattern[0] == '~') {
        const auto rest = pattern.substr(1);
        for (std::size_t end = at;; ++end) {
            // What `@` has taken ends the identifier when nothing follows it.
            if (matches_here(line, end, rest, '@')) return true;
            if (end == line.size()) return false;
            const char c = line[end];
            if (pattern[0] == '@' ? !in_identifier(c) : c == ',' || c == '>') return false;
        }
    }
    return at < line.size() && line[at] == pattern[0] &&
           matches_here(line, at + 1, pattern.substr(1), pattern[0]);
}

bool found(std::string_view line, std::string_view pattern) {
    for (std::size_t at = line.find(pattern[0]); at != std::string_view::npos;
         at = line.find(pattern[0], at + 1)) {
        const bool inside = at > 0 && in_identifier(pattern[0]) && in_identifier(line[at - 1]);
        if (!inside && matches_here(line, at, pattern, 0)) return true;
    }
    return false;
}

bool breaks(const Rule& rule, const Line& line) {
    if (rule.why == no_order && line.raw.ends_with("// look-up only")) return false;
    if (rule.view == View::code) return found(line.code, rule.pattern);
    return found(line.text, rule.pattern) && !found(line.code, rule.pattern);
}

Line one_line(std::string_view line) {
    return read_source("proof.cpp", line).lines.at(0);
}

bool under_rule(const Source& source) {
    const auto in = [&](std::string_view folder) { return source.path.starts_with(folder); };
    return is_cpp(source) && (in("sim/") || in("lua/") || in("reports/"));
}

}  // namespace

Findings check_determinism(const std::vector<Source>& project) {
    Findings findings;
    for (const Source& source : project) {
        if (!under_rule(source)) continue;
        const bool cli = source.path.starts_with("sim/cli/");
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            for (const Rule& rule : rules) {
                if ((cli && rule.where == below_cli) || !breaks(rule, source.lines[i])) continue;
                findings.push_back(
                    {source.path, i + 1, std::string(rule.pattern) + " - " + std::string(rule.why)});
            }
        }
    }
    return findings;
}

Findings prove_determinism() {
    Findings failed;
    for (const Rule& rule : rules) {
        prove(failed, breaks(rule, one_line(rule.bad)), rule.pattern, rule.bad);
        prove(failed, !breaks(rule, one_line(rule.good)), rule.pattern, rule.good);
        const std::string comment = "// " + std::string(rule.bad);
        prove(failed, !breaks(rule, one_line(comment)), "a comment may say", comment);
    }
    const Rule& threads =
        *std::find_if(std::begin(rules), std::end(rules), [](auto& r) { return r.pattern == "std::thread"; });
    prove(failed, !breaks(threads, one_line("fail(\"std::thread\");")), "a message may say", threads.pattern);
    prove(failed, breaks(threads, one_line("n = 1'000; std::thread t; c = 'x';")), "digits are no quotes",
          threads.pattern);
    prove(failed, !breaks(threads, one_line("R\"(a \" std::thread)\"")), "a raw string may say",
          threads.pattern);
    return failed;
}

}  // namespace tests::tidy
