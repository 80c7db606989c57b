#include "sim/cli/options.hpp"

#include "sim/experiment/result.hpp"
#include "sim/scenario/parameters.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <sched.h>

#include <algorithm>
#include <charconv>

namespace sim::cli {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;
using vocabulary::shown;

namespace {

constexpr std::uint64_t replications_max = 10'000'000;
constexpr unsigned jobs_max = 256;
constexpr unsigned gone_max = 16;  // a site has no more appliances

constexpr const char* command_words = "run, check, topology, metrics, faults or cmdlets";
const std::vector<std::string> commands{"run", "check", "topology", "metrics", "faults", "cmdlets"};

[[noreturn]] void refuse(const std::string& what, const std::string& expected = "",
                         const std::string& help = "") {
    throw InputError(Exit::command_line, Problem{{}, "E501", what, expected, help});
}

// CLI11 finds the words; what they must look like is said here, so that a message names the accepted range.
struct Words {
    std::vector<std::string> file, seed, replications, policy, jobs, set, outputs, metric, fault, cmdlet, site,
        gone;
    bool force = false, quiet = false, no_progress = false, trust_script = false, json = false, dot = false;
};

constexpr const char* top_help = R"(Examples:
  ccesim run patch-night.lua                        one replication, the table on standard output
  ccesim run patch-night.lua --replications 64 -o night.json -o night.csv
  ccesim check patch-night.lua                      the resolved model and all that is assumed
  ccesim topology patch-night.lua                   what takes a site when it is gone, and what is spare
  ccesim metrics                                    what an expectation can ask for
  ccesim faults edge-rtcsrv-down                    what a fault looks like, what it does, what mends it
  ccesim cmdlets Set-CcCredential                   what a cmdlet takes, where it is typed, which version has it

A deterministic simulation of Cloud Connector Edition telephony: same scenario and seed, same bytes.
)";

constexpr const char* run_help = R"(Examples:
  ccesim run patch-night.lua
  ccesim run patch-night.lua --replications 64 --policy reboot_in_place -o night.json
  ccesim run patch-night.lua --set boot_host=12m --seed 7
  CCESIM_SEED=7 ccesim run ./-odd-name.lua

The scenario under one policy; judges its expectations and prints what was lost and why.
Exit: 0 all expectations pass, 1 one fails, 2 command line, 3 scenario, 4 input data, 5 undecided, 6 vacuous,
8 output not written, 70 our defect, 130 or 143 interrupted (what is finished is printed, marked PARTIAL).
)";

constexpr const char* check_help = R"(Examples:
  ccesim check patch-night.lua
  ccesim check patch-night.lua --set erlangs_per_user=0.15

Validates a scenario and prints the model it makes, the next update windows and every assumed value.
)";

constexpr const char* topology_help = R"(Examples:
  ccesim topology patch-night.lua
  ccesim topology patch-night.lua --site Seattle --gone 2
  ccesim topology patch-night.lua --json
  ccesim topology patch-night.lua --dot | dot -Tsvg -o ways.svg

The ways of calls through the fleet: single points of failure, the sets of two and three that take a site or
the tenant when they are gone, and how many calls still fit with appliances gone. Nothing is simulated.
)";

constexpr const char* metrics_help = R"(Examples:
  ccesim metrics
  ccesim metrics attempts_served
  ccesim metrics --json

What an expectation can ask for, and how it is estimated.
)";

constexpr const char* faults_help = R"(Examples:
  ccesim faults
  ccesim faults edge-rtcsrv-down
  ccesim faults --json

What can break: symptom, effect on calls, who detects it, and the runbook that mends it.
)";

constexpr const char* cmdlets_help = R"(Examples:
  ccesim cmdlets
  ccesim cmdlets Set-CcCredential
  ccesim cmdlets --json

The cmdlets of the product and the verbs around it: parameters, place and versions.
)";

CLI::Option* add_words(CLI::App& app, const std::string& name, std::vector<std::string>& words,
                       const std::string& value, const std::string& environment, const std::string& meaning) {
    CLI::Option* option = app.add_option(name, words, meaning);
    option->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    option->type_name(value);
    if (!environment.empty()) option->envname("CCESIM_" + environment);
    return option;
}

void add_flag(CLI::App& app, const std::string& name, bool& flag, const std::string& environment,
              const std::string& meaning) {
    CLI::Option* option = app.add_flag(name, flag, meaning);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    option->envname("CCESIM_" + environment);
}

void add_scenario(CLI::App& app, Words& words) {
    add_words(app, "FILE", words.file, "", "", "the scenario, a Lua script");
    add_words(app, "--set", words.set, "KEY=VALUE", "SET",
              "override a value that check lists as assumed; repeatable");
}

void add_run(CLI::App& app, Words& words) {
    add_scenario(app, words);
    add_words(app, "--seed", words.seed, "N", "SEED",
              "of all luck, 0 to 2^64-1, 0x... too; default: the scenario's, else 42");
    add_words(app, "--replications", words.replications, "N", "REPLICATIONS",
              "how many, with luck of their own; default 1");
    add_words(app, "--policy", words.policy, "NAME", "POLICY",
              "of those the scenario declares; default: the first");
    add_words(app, "--jobs", words.jobs, "N", "JOBS", "worker processes, at most 256; default: one a core");
    add_words(app, "-o,--output", words.outputs, "FILE", "OUTPUT",
              "write the result as .csv, .json or .txt; repeatable");
    add_flag(app, "--force", words.force, "FORCE", "overwrite existing outputs, but never an input");
    add_flag(app, "--quiet", words.quiet, "QUIET", "no warnings and no progress");
    add_flag(app, "--no-progress", words.no_progress, "NO_PROGRESS", "no progress line");
    add_flag(app, "--trust-script", words.trust_script, "TRUST_SCRIPT", "no worker processes: for debuggers");
}

void add_topology(CLI::App& app, Words& words) {
    add_scenario(app, words);
    add_words(app, "--site", words.site, "NAME", "SITE", "only this site; default: all");
    add_words(app, "--gone", words.gone, "K", "GONE", "spare capacity with up to K appliances gone; default 3");
    add_flag(app, "--json", words.json, "JSON", "as one JSON document");
    add_flag(app, "--dot", words.dot, "DOT", "as a graph for Graphviz");
}

CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& meaning) {
    CLI::App* command = app.add_subcommand(name, meaning);
    command->allow_extras();  // ours to report
    return *command;
}

std::string version() {
#if defined(__clang__)
    const std::string compiler = "clang " __clang_version__;
#else
    const std::string compiler = "g++ " __VERSION__;
#endif
    return fmt::format("ccesim {}\nmodel semantics {}\nbuilt with {}\n", CCESIM_VERSION,
                       experiment::semantics_version, compiler);
}

std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    std::sort(names.begin(), names.end());
    return names;
}

// The first word that belongs to nothing.
void refuse_unknown(const CLI::App& app) {
    for (const std::string& word : app.remaining()) {
        if (word == "--") continue;
        if (word.size() < 2 || word.front() != '-')
            refuse(fmt::format("unexpected argument \"{}\"", shown(word)));
        const std::string name = word.substr(0, word.find('='));
        refuse(fmt::format("unknown option \"{}\"{}", shown(name),
                           vocabulary::did_you_mean(name, option_names(app))),
               "", fmt::format("ccesim {} --help lists them", app.get_name()));
    }
}

// At most one; nothing if it was not given.
std::optional<std::string> single(const std::string& name, const std::vector<std::string>& words) {
    if (words.size() > 1)
        refuse(fmt::format("{} is given more than once (\"{}\" and \"{}\")", name, shown(words[0]),
                           shown(words[1])));
    if (words.empty()) return std::nullopt;
    return words.front();
}

// Nothing unless `word` as a whole is a number of at most 64 bits.
std::optional<std::uint64_t> whole_number(std::string_view word, bool hexadecimal_too) {
    int base = 10;
    if (hexadecimal_too && (word.substr(0, 2) == "0x" || word.substr(0, 2) == "0X")) {
        base = 16;
        word.remove_prefix(2);
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

std::optional<std::uint64_t> bounded(const std::string& name, const std::vector<std::string>& words,
                                     std::uint64_t most, const std::string& range) {
    const auto word = single(name, words);
    if (!word) return std::nullopt;
    const auto number = whole_number(*word, false);
    if (!number || *number < 1 || *number > most)
        refuse(fmt::format("{} \"{}\" is out of range or no number", name, shown(*word)),
               "an integer from 1 to " + range);
    return number;
}

std::optional<std::uint64_t> seed(const std::vector<std::string>& words) {
    const auto word = single("--seed", words);
    if (!word) return std::nullopt;
    const auto number = whole_number(*word, true);
    if (!number)
        refuse(fmt::format("--seed \"{}\" is out of range or no number", shown(*word)),
               "an integer from 0 to 18446744073709551615, or hexadecimal as 0x2a");
    return number;
}

void check_parameter(const std::string& key, const std::string& value) {
    const scenario::ParameterRow* row = scenario::find_parameter(key);
    if (!row)
        refuse(fmt::format("--set: no parameter \"{}\"{}", shown(key),
                           vocabulary::did_you_mean(key, scenario::parameter_keys())),
               "", "ccesim check lists those that are assumed");
    scenario::Parameters scratch;
    if (!row->assign(scratch, value))
        refuse(fmt::format("--set {}: \"{}\" is no such value", key, shown(value)), row->expected);
}

std::map<std::string, std::string> settings(const std::vector<std::string>& words) {
    std::map<std::string, std::string> set;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            refuse(fmt::format("--set \"{}\" lacks a value", shown(word)), "key=value");
        const std::string key = word.substr(0, equals);
        check_parameter(key, word.substr(equals + 1));
        if (!set.emplace(key, word.substr(equals + 1)).second)
            refuse(fmt::format("--set {} is given more than once", key));
    }
    return set;
}

std::vector<std::string> outputs(const std::vector<std::string>& paths) {
    const std::vector<std::string> endings{"csv", "json", "txt"};
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string end = ending(paths[i]);
        if (std::find(endings.begin(), endings.end(), end) == endings.end())
            refuse(fmt::format("-o \"{}\": no format is known by that ending{}", shown(paths[i]),
                               vocabulary::did_you_mean(end, endings)),
                   "a file name that ends in .csv, .json or .txt");
        if (std::find(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(i), paths[i]) !=
            paths.begin() + static_cast<std::ptrdiff_t>(i))
            refuse(fmt::format("-o \"{}\" is given more than once", shown(paths[i])));
    }
    return paths;
}

std::string file(const std::string& command, const std::vector<std::string>& words) {
    const auto word = single("FILE", words);
    if (!word || word->empty())
        refuse(fmt::format("ccesim {} wants a scenario", command), "ccesim " + command + " FILE.lua");
    if (*word == "-") refuse("a scenario is not read from standard input", "a file: each worker reads it anew");
    return *word;
}

// Those this process may use, which a container or taskset may have made fewer.
unsigned cores() {
    cpu_set_t ours;
    if (::sched_getaffinity(0, sizeof ours, &ours) != 0) return 1;
    return std::clamp(static_cast<unsigned>(CPU_COUNT(&ours)), 1U, jobs_max);
}

Options run_options(const Words& words) {
    Options options;
    options.command = Command::run;
    options.file = file("run", words.file);
    options.set = settings(words.set);
    options.seed = seed(words.seed);
    options.replications =
        bounded("--replications", words.replications, replications_max, "10 000 000").value_or(1);
    options.policy = single("--policy", words.policy).value_or("");
    options.jobs = static_cast<unsigned>(bounded("--jobs", words.jobs, jobs_max, "256").value_or(cores()));
    options.outputs = outputs(words.outputs);
    options.force = words.force;
    options.quiet = words.quiet;
    options.no_progress = words.no_progress;
    options.trust_script = words.trust_script;
    return options;
}

Options check_options(const Words& words) {
    Options options;
    options.command = Command::check;
    options.file = file("check", words.file);
    options.set = settings(words.set);
    return options;
}

unsigned gone(const std::vector<std::string>& words) {
    const auto word = single("--gone", words);
    if (!word) return Options{}.gone;
    const auto number = whole_number(*word, false);
    if (!number || *number > gone_max)
        refuse(fmt::format("--gone \"{}\" is out of range or no number", shown(*word)),
               fmt::format("an integer from 0 to {}", gone_max));
    return static_cast<unsigned>(*number);
}

Options topology_options(const Words& words) {
    Options options;
    options.command = Command::topology;
    options.file = file("topology", words.file);
    options.set = settings(words.set);
    options.site = single("--site", words.site).value_or("");
    options.gone = gone(words.gone);
    options.json = words.json;
    options.dot = words.dot;
    if (options.json && options.dot) refuse("--json and --dot are both given", "one of them");
    return options;
}

Options metrics_options(const Words& words) {
    Options options;
    options.command = Command::metrics;
    options.metric = single("METRIC", words.metric).value_or("");
    options.json = words.json;
    return options;
}

Options faults_options(const Words& words) {
    Options options;
    options.command = Command::faults;
    options.fault = single("ID", words.fault).value_or("");
    options.json = words.json;
    return options;
}

Options cmdlets_options(const Words& words) {
    Options options;
    options.command = Command::cmdlets;
    options.cmdlet = single("NAME", words.cmdlet).value_or("");
    options.json = words.json;
    return options;
}

Options answer(std::string text) {
    Options options;
    options.answer = std::move(text);
    return options;
}

// A word that should be a command and is none; options of the whole program come before it.
void refuse_unknown_command(int argc, const char* const* argv) {
    if (argc < 2) refuse("no command given", command_words, "ccesim --help shows examples");
    const std::string word = argv[1];
    if (word.empty() || word.front() != '-') {
        if (std::find(commands.begin(), commands.end(), word) != commands.end()) return;
        refuse(fmt::format("unknown command \"{}\"{}", shown(word), vocabulary::did_you_mean(word, commands)),
               command_words, "ccesim --help shows examples");
    }
    const std::vector<std::string> known{"--help", "-h", "--version"};
    if (std::find(known.begin(), known.end(), word) == known.end())
        refuse(fmt::format("unknown option \"{}\"{}", shown(word), vocabulary::did_you_mean(word, known)),
               std::string("a command first: ") + command_words);
}

std::string help_of(const CLI::App& app, const CLI::App& run, const CLI::App& check, const CLI::App& topology,
                    const CLI::App& metrics, const CLI::App& faults, const CLI::App& cmdlets) {
    if (run.parsed()) return run_help + run.help("ccesim");
    if (check.parsed()) return check_help + check.help("ccesim");
    if (topology.parsed()) return topology_help + topology.help("ccesim");
    if (metrics.parsed()) return metrics_help + metrics.help("ccesim");
    if (faults.parsed()) return faults_help + faults.help("ccesim");
    if (cmdlets.parsed()) return cmdlets_help + cmdlets.help("ccesim");
    return top_help + app.help();
}

}  // namespace

std::string ending(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    const std::size_t slash = path.rfind('/');
    if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return "";
    return path.substr(dot + 1);
}

Options read(int argc, const char* const* argv) {
    refuse_unknown_command(argc, argv);
    Words words;
    CLI::App app{"", "ccesim"};
    app.set_version_flag("--version", version());
    CLI::App& run = add_command(app, "run", "simulate a scenario under one policy and judge its expectations");
    CLI::App& check =
        add_command(app, "check", "validate a scenario and print the resolved model; no simulation");
    CLI::App& topology =
        add_command(app, "topology", "what takes a site when it is gone; spare capacity; no simulation");
    CLI::App& metrics = add_command(app, "metrics", "list what an expectation can ask for");
    CLI::App& faults = add_command(app, "faults", "list what can break, or tell all about one fault");
    CLI::App& cmdlets = add_command(app, "cmdlets", "list what can be typed, or tell all about one cmdlet");
    add_run(run, words);
    add_scenario(check, words);
    add_topology(topology, words);
    add_words(metrics, "METRIC", words.metric, "", "", "only this one");
    add_flag(metrics, "--json", words.json, "JSON", "as one JSON document");
    add_words(faults, "ID", words.fault, "", "", "only this one, with its runbook");
    add_flag(faults, "--json", words.json, "JSON", "as one JSON document");
    add_words(cmdlets, "NAME", words.cmdlet, "", "", "only this one, with all its parameters");
    add_flag(cmdlets, "--json", words.json, "JSON", "as one JSON document");
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return answer(help_of(app, run, check, topology, metrics, faults, cmdlets));
    } catch (const CLI::CallForVersion&) {
        return answer(version());
    } catch (const CLI::ArgumentMismatch& error) {
        const std::string name = error.what();  // "--seed: 1 required N missing"
        refuse(shown(name.substr(0, name.find(':'))) + " wants a value", "", "ccesim --help shows examples");
    } catch (const CLI::ParseError& error) {
        refuse(shown(error.what()), "", "ccesim --help shows examples");
    }
    for (const CLI::App* command : {&run, &check, &topology, &metrics, &faults, &cmdlets})
        refuse_unknown(*command);
    if (run.parsed()) return run_options(words);
    if (check.parsed()) return check_options(words);
    if (faults.parsed()) return faults_options(words);
    if (cmdlets.parsed()) return cmdlets_options(words);
    if (topology.parsed()) return topology_options(words);
    return metrics_options(words);
}

namespace {

std::string quoted(const std::string& word) {
    const bool is_plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-./=,:+@%").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (is_plain) return word;
    std::string out = "'";
    for (char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

}  // namespace

std::string again(const Options& options, std::uint64_t replications) {
    std::string line =
        fmt::format("ccesim run {} --replications {} --jobs 1", quoted(options.file), replications);
    if (options.seed) line += fmt::format(" --seed {}", *options.seed);
    if (!options.policy.empty()) line += " --policy " + quoted(options.policy);
    for (const auto& [key, value] : options.set) line += " --set " + quoted(key + "=" + value);
    return line;
}

}  // namespace sim::cli
