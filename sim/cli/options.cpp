#include "sim/cli/options.hpp"

#include "sim/cli/option_values.hpp"
#include "sim/experiment/metrics.hpp"
#include "sim/experiment/result.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <cstdlib>

namespace sim::cli {

using vocabulary::shown;

namespace {

constexpr unsigned gone_max = 16;  // a site has no more appliances

// CLI11 finds the words; what they must look like is said in option_values, so that a message names the
// accepted range.
struct Words {
    Typed files, seed, replications, policy, jobs, set, outputs, name, site, gone, shard, metric, debt,
        replications_max, time_max, format;
    bool force = false, quiet = false, no_progress = false, trust_script = false, json = false, dot = false,
         undecided_ok = false, update_baseline = false;
};

constexpr const char* top_help = R"(Examples:
  ccesim run patch-night.lua                        one replication, the table on standard output
  ccesim run patch-night.lua --replications 64 -o night.json -o night.csv
  ccesim compare patch-tuesday.lua --replications 20  its policies on the same luck, ranked
  ccesim test scenarios -o report.xml               all expectations of a folder, for a pipeline
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

constexpr const char* compare_help = R"(Examples:
  ccesim compare patch-tuesday.lua --replications 20
  ccesim compare patch-tuesday.lua --replications 200 -o all.db -o all.json
  ccesim compare patch-tuesday.lua --replications 50 --metric calls_dropped_planned

All policies that the scenario declares, on the same luck: the ranking, how sure it is, each pair, and who is on
the front of lost calls against being behind. Exit: as of a run of the policy that is ranked first.
)";

constexpr const char* test_help = R"(Examples:
  ccesim test patch-night.lua
  ccesim test scenarios --max-replications 640 -o report.xml -o summary.md
  ccesim test scenarios --max-time 10m --format github
  ccesim test --update-baseline scenarios

Judges what scenarios expect; of a folder all below it, without those that expect nothing. Where an expectation
has a confidence, it is looked at after 10, 20, 40 … replications until all are decided; the confidence holds
for all looks together. --update-baseline writes the files that no_worse_than names.
Exit: 0 all expectations pass, 1 one fails, 2 command line, 3 scenario, 4 input data, 5 undecided, 6 vacuous or
nothing expected at all, 8 output not written, 70 our defect, 130 or 143 interrupted (what is finished is
printed, marked PARTIAL); of several the first of 70, 130, 143, 2, 8, 3, 4, 7, 1, 5, 6.
)";

constexpr const char* merge_help = R"(Examples:
  ccesim merge part-*.db -o night.db -o night.json
  for i in 1 2 3 4; do ccesim run patch-night.lua --replications 400 --shard $i/4 -o part-$i.db; done

One result from the parts that shards have made, in any order: the bytes that one process would have made. The
scenario is not needed. Exit: as of the run.
)";

constexpr const char* report_help = R"(Examples:
  ccesim report night.db
  ccesim report night.db -o night.json -o night.csv

Prints a result again, in any format: the bytes of the run that made it. Exit: as of the run.
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
    add_words(app, "FILE", words.files, "", "", "the scenario, a Lua script");
    add_words(app, "--set", words.set, "KEY=VALUE", "SET",
              "override a value that check lists as assumed; repeatable");
}

void add_outputs(CLI::App& app, Words& words, const std::string& endings) {
    add_words(app, "-o,--output", words.outputs, "FILE", "OUTPUT",
              "write the result as " + endings + "; repeatable");
    add_flag(app, "--force", words.force, "FORCE", "overwrite existing outputs, but never an input");
}

// What all have that run replications.
void add_running(
    CLI::App& app, Words& words,
    const std::string& how_many = "how many, with luck of their own, or which, as 21..40; default 1",
    const std::string& endings = ".csv, .json or .txt, or keep it whole in a .db") {
    add_words(app, "--seed", words.seed, "N", "SEED",
              "of all luck, 0 to 2^64-1, 0x... too; default: the scenario's, else 42");
    add_words(app, "--replications", words.replications, "N", "REPLICATIONS", how_many);
    add_words(app, "--jobs", words.jobs, "N", "JOBS", "worker processes, at most 256; default: one a core");
    add_words(app, "--shard", words.shard, "I/N", "SHARD",
              "only part I of N, for merge; auto: as Slurm, Kubernetes or MPI say");
    add_outputs(app, words, endings);
    add_flag(app, "--quiet", words.quiet, "QUIET", "no warnings and no progress");
    add_flag(app, "--no-progress", words.no_progress, "NO_PROGRESS", "no progress line");
    add_flag(app, "--trust-script", words.trust_script, "TRUST_SCRIPT", "no worker processes: for debuggers");
}

void add_run(CLI::App& app, Words& words) {
    add_scenario(app, words);
    add_words(app, "--policy", words.policy, "NAME", "POLICY",
              "of those the scenario declares; default: the first");
    add_running(app, words);
}

void add_compare(CLI::App& app, Words& words) {
    add_scenario(app, words);
    add_words(app, "--metric", words.metric, "METRIC", "METRIC", "in which to compare; default: lost_per_10k");
    add_words(app, "--debt", words.debt, "METRIC", "DEBT", "what it costs elsewhere; default: unpatched_days");
    add_running(app, words);
}

void add_test(CLI::App& app, Words& words) {
    add_words(app, "FILES", words.files, "", "", "scenarios, and folders of them")
        ->expected(1, 100'000)
        ->allow_extra_args();
    add_words(app, "--set", words.set, "KEY=VALUE", "SET",
              "override a value that check lists as assumed; repeatable");
    add_words(app, "--policy", words.policy, "NAME", "POLICY",
              "of those each scenario declares; default: the first");
    add_words(app, "--max-replications", words.replications_max, "N", "MAX_REPLICATIONS",
              "that a verdict may need; default 160");
    add_words(app, "--max-time", words.time_max, "TIME", "MAX_TIME",
              "after it no more replications are begun for a verdict, as 10m");
    add_flag(app, "--undecided-ok", words.undecided_ok, "UNDECIDED_OK", "undecided does not count");
    add_flag(app, "--update-baseline", words.update_baseline, "UPDATE_BASELINE",
             "write the files that no_worse_than names");
    add_words(
        app, "--format", words.format, "FORMAT", "FORMAT",
        "of standard output: text, json, md, xml, or github: text and annotations, default in its Actions");
    add_running(app, words, "how many; default: as many as the verdicts need",
                ".json, .md, .txt or .xml (JUnit)");
}

void add_merge(CLI::App& app, Words& words) {
    add_words(app, "PARTS", words.files, "", "", "result files of one experiment")
        ->expected(1, 100'000)
        ->allow_extra_args();
    add_outputs(app, words, ".csv, .json or .txt, or keep it whole in a .db");
}

void add_report(CLI::App& app, Words& words) {
    add_words(app, "RESULT", words.files, "", "", "a result file, as written by -o x.db");
    add_outputs(app, words, ".csv, .json or .txt");
}

void add_topology(CLI::App& app, Words& words) {
    add_scenario(app, words);
    add_words(app, "--site", words.site, "NAME", "SITE", "only this site; default: all");
    add_words(app, "--gone", words.gone, "K", "GONE", "spare capacity with up to K appliances gone; default 3");
    add_flag(app, "--json", words.json, "JSON", "as one JSON document");
    add_flag(app, "--dot", words.dot, "DOT", "as a graph for Graphviz");
}

// A catalogue: all of it, or all about one name.
void add_catalogue(CLI::App& app, Words& words, const char* name, const char* meaning) {
    add_words(app, name, words.name, "", "", meaning);
    add_flag(app, "--json", words.json, "JSON", "as one JSON document");
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

void read_outputs(Options& options, const Words& words, bool result_file) {
    options.outputs = outputs(words.outputs, result_file, !options.shard.is_whole());
    options.force = words.force;
}

// All but the outputs.
void read_workers(Options& options, const Words& words) {
    options.seed = seed(words.seed);
    options.replications = replications(words.replications);
    options.jobs = jobs(words.jobs);
    options.shard = shard(words.shard);
    options.quiet = words.quiet;
    options.no_progress = words.no_progress;
    options.trust_script = words.trust_script;
}

void read_running(Options& options, const Words& words) {
    read_workers(options, words);
    read_outputs(options, words, true);
    if (!options.shard.is_whole() && (options.outputs.size() != 1 || !is_result_file(options.outputs.front())))
        refuse("--shard makes one part of a result", "-o part.db, and nothing else",
               "ccesim merge puts them together");
}

void read_scenario(Options& options, const char* command, const Words& words) {
    options.file = file(command, words.files);
    options.set = settings(words.set);
}

void run_options(Options& options, const Words& words) {
    read_scenario(options, "run", words);
    options.policy = single("--policy", words.policy).value_or("");
    read_running(options, words);
}

// A metric of the catalogue; empty: not given.
std::string metric(const std::string& option, const Typed& words) {
    const std::string name = single(option, words).value_or("");
    std::vector<std::string> known;
    for (const experiment::Metric& one : experiment::metric_catalogue()) known.push_back(one.name);
    if (!name.empty() && experiment::find_metric(name) == nullptr)
        refuse(
            fmt::format("{} \"{}\" is no metric{}", option, shown(name), vocabulary::did_you_mean(name, known)),
            "", "ccesim metrics lists them");
    return name;
}

void compare_options(Options& options, const Words& words) {
    read_scenario(options, "compare", words);
    options.metric = metric("--metric", words.metric);
    options.debt = metric("--debt", words.debt);
    read_running(options, words);
}

std::string format(const Words& words) {
    const auto word = single("--format", words.format);
    if (!word) {
        const char* actions = std::getenv("GITHUB_ACTIONS");
        return actions != nullptr && std::string_view(actions) == "true" ? "github" : "text";
    }
    const std::vector<std::string> known{"text", "github", "json", "md", "xml"};
    if (std::find(known.begin(), known.end(), *word) == known.end())
        refuse(
            fmt::format("--format \"{}\" is not known{}", shown(*word), vocabulary::did_you_mean(*word, known)),
            fmt::format("one of {}", fmt::join(known, ", ")));
    return *word;
}

void test_outputs(Options& options, const Words& words) {
    if (!options.shard.is_whole()) return read_running(options, words);
    options.outputs = outputs(words.outputs, {"json", "md", "txt", "xml"});
    options.force = words.force;
    if (options.update_baseline && !options.outputs.empty())
        refuse("--update-baseline judges nothing, and -o has nothing to write", "one of them");
}

void test_options(Options& options, const Words& words) {
    options.files = words.files;
    if (options.files.empty())
        refuse("ccesim test wants scenarios", "ccesim test FILES…", "or folders of them");
    options.set = settings(words.set);
    options.policy = single("--policy", words.policy).value_or("");
    options.update_baseline = words.update_baseline;
    options.undecided_ok = words.undecided_ok;
    read_workers(options, words);
    test_outputs(options, words);
    if (options.replications.front().first != 1)
        refuse("--replications: a test judges from the first replication on", "a number, such as 20");
    if (!words.replications.empty()) options.exactly = options.replications.front().last;
    options.replications_max = bounded("--max-replications", words.replications_max, 10'000'000, "10 000 000")
                                   .value_or(options.replications_max);
    options.time_max = duration("--max-time", words.time_max);
    if (options.exactly && !(words.replications_max.empty() && words.time_max.empty()))
        refuse("--replications fixes the number; --max-replications and --max-time have no effect",
               "one of them");
    if (options.update_baseline && !options.shard.is_whole())
        refuse("--update-baseline and --shard are both given", "one of them");
    options.format = format(words);
}

void merge_options(Options& options, const Words& words) {
    options.files = words.files;
    if (options.files.empty())
        refuse("ccesim merge wants the parts of a result", "ccesim merge PARTS… -o x.db");
    read_outputs(options, words, true);
}

void report_options(Options& options, const Words& words) {
    const auto result = single("RESULT", words.files);
    if (!result || result->empty()) refuse("ccesim report wants a result", "ccesim report RESULT.db");
    options.file = *result;
    read_outputs(options, words, false);
}

void check_options(Options& options, const Words& words) {
    read_scenario(options, "check", words);
}

void topology_options(Options& options, const Words& words) {
    read_scenario(options, "topology", words);
    options.site = single("--site", words.site).value_or("");
    options.gone = static_cast<unsigned>(
        bounded("--gone", words.gone, gone_max, std::to_string(gone_max), 0).value_or(options.gone));
    options.json = words.json;
    options.dot = words.dot;
    if (options.json && options.dot) refuse("--json and --dot are both given", "one of them");
}

template <const char* const* what>
void catalogue_options(Options& options, const Words& words) {
    options.name = single(*what, words.name).value_or("");
    options.json = words.json;
}

constexpr const char* metric_word = "METRIC";
constexpr const char* fault_word = "ID";
constexpr const char* cmdlet_word = "NAME";

// All there is to type, in the order in which help lists it.
struct CommandRow {
    Command command;
    const char* name;
    const char* meaning;
    const char* help;
    void (*add)(CLI::App&, Words&);
    void (*read)(Options&, const Words&);
};

const std::vector<CommandRow>& command_rows() {
    static const std::vector<CommandRow> rows{
        {Command::run, "run", "simulate a scenario under one policy and judge its expectations", run_help,
         add_run, run_options},
        {Command::compare, "compare", "all policies of a scenario on the same luck, ranked", compare_help,
         add_compare, compare_options},
        {Command::test, "test", "judge what scenarios expect, until it is decided", test_help, add_test,
         test_options},
        {Command::merge, "merge", "put the parts of a result together", merge_help, add_merge, merge_options},
        {Command::report, "report", "print a result again, in any format", report_help, add_report,
         report_options},
        {Command::check, "check", "validate a scenario and print the resolved model; no simulation", check_help,
         add_scenario, check_options},
        {Command::topology, "topology", "what takes a site when it is gone; spare capacity; no simulation",
         topology_help, add_topology, topology_options},
        {Command::metrics, "metrics", "list what an expectation can ask for", metrics_help,
         [](CLI::App& app, Words& words) { add_catalogue(app, words, metric_word, "only this one"); },
         catalogue_options<&metric_word>},
        {Command::faults, "faults", "list what can break, or tell all about one fault", faults_help,
         [](CLI::App& app, Words& words) {
             add_catalogue(app, words, fault_word, "only this one, with its runbook");
         },
         catalogue_options<&fault_word>},
        {Command::cmdlets, "cmdlets", "list what can be typed, or tell all about one cmdlet", cmdlets_help,
         [](CLI::App& app, Words& words) {
             add_catalogue(app, words, cmdlet_word, "only this one, with all its parameters");
         },
         catalogue_options<&cmdlet_word>}};
    return rows;
}

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const CommandRow& row : command_rows()) names.push_back(row.name);
    return names;
}

// "run, check or metrics".
std::string command_words() {
    std::vector<std::string> names = command_names();
    const std::string last = names.back();
    names.pop_back();
    return fmt::format("{} or {}", fmt::join(names, ", "), last);
}

Options answer(std::string text) {
    Options options;
    options.answer = std::move(text);
    return options;
}

// A word that should be a command and is none; options of the whole program come before it.
void refuse_unknown_command(int argc, const char* const* argv) {
    if (argc < 2) refuse("no command given", command_words(), "ccesim --help shows examples");
    const std::string word = argv[1];
    if (word.empty() || word.front() != '-') {
        const std::vector<std::string> known = command_names();
        if (std::find(known.begin(), known.end(), word) != known.end()) return;
        refuse(fmt::format("unknown command \"{}\"{}", shown(word), vocabulary::did_you_mean(word, known)),
               command_words(), "ccesim --help shows examples");
    }
    const std::vector<std::string> known{"--help", "-h", "--version"};
    if (std::find(known.begin(), known.end(), word) == known.end())
        refuse(fmt::format("unknown option \"{}\"{}", shown(word), vocabulary::did_you_mean(word, known)),
               std::string("a command first: ") + command_words());
}

// The parser of one command line: a subcommand a row.
class Parser {
public:
    Parser() {
        app_.set_version_flag("--version", version());
        for (const CommandRow& row : command_rows()) {
            CLI::App* command = app_.add_subcommand(row.name, row.meaning);
            command->allow_extras();  // ours to report
            row.add(*command, words_[row.name]);
        }
    }

    Options read(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::CallForHelp&) {
            const CommandRow* row = parsed();
            return answer(row != nullptr ? row->help + app_.get_subcommand(row->name)->help("ccesim")
                                         : top_help + app_.help());
        } catch (const CLI::CallForVersion&) {
            return answer(version());
        } catch (const CLI::ArgumentMismatch& error) {
            const std::string name = error.what();  // "--seed: 1 required N missing"
            refuse(shown(name.substr(0, name.find(':'))) + " wants a value", "",
                   "ccesim --help shows examples");
        } catch (const CLI::ParseError& error) {
            refuse(shown(error.what()), "", "ccesim --help shows examples");
        }
        const CommandRow& row = *parsed();
        refuse_unknown(*app_.get_subcommand(row.name));
        Options options;
        options.command = row.command;
        row.read(options, words_[row.name]);
        return options;
    }

private:
    const CommandRow* parsed() const {
        for (const CommandRow& row : command_rows())
            if (app_.got_subcommand(row.name)) return &row;
        return nullptr;
    }

    CLI::App app_{"", "ccesim"};
    // Each subcommand its own: the environment gives words to those too that were not typed.
    std::map<std::string, Words> words_;
};

}  // namespace

std::string ending(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    const std::size_t slash = path.rfind('/');
    if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return "";
    return path.substr(dot + 1);
}

bool is_result_file(const std::string& path) {
    const std::string end = ending(path);
    return end != "csv" && end != "json" && end != "txt" && end != "md" && end != "xml";
}

Options read(int argc, const char* const* argv) {
    refuse_unknown_command(argc, argv);
    return Parser().read(argc, argv);
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
