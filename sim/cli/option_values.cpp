#include "sim/cli/option_values.hpp"

#include "sim/cli/options.hpp"
#include "sim/scenario/parameters.hpp"
#include "sim/vocabulary/problems.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>

#include <sched.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace sim::cli {

using experiment::Range;
using experiment::Shard;
using vocabulary::shown;

namespace {

constexpr std::uint64_t replications_max = 10'000'000;
constexpr std::uint64_t shards_max = 100'000;
constexpr unsigned jobs_max = 256;

// Nothing unless `word` as a whole is a number of at most 64 bits.
std::optional<std::uint64_t> whole_number(std::string_view word, bool hexadecimal_too = false) {
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

}  // namespace

void refuse(const std::string& what, const std::string& expected, const std::string& help) {
    throw vocabulary::InputError(vocabulary::Exit::command_line,
                                 vocabulary::Problem{{}, "E501", what, expected, help});
}

std::optional<std::string> single(const std::string& name, const Typed& words) {
    if (words.size() > 1)
        refuse(fmt::format("{} is given more than once (\"{}\" and \"{}\")", name, shown(words[0]),
                           shown(words[1])));
    if (words.empty()) return std::nullopt;
    return words.front();
}

std::optional<std::uint64_t> bounded(const std::string& name, const Typed& words, std::uint64_t most,
                                     const std::string& range, std::uint64_t least) {
    const auto word = single(name, words);
    if (!word) return std::nullopt;
    const auto number = whole_number(*word);
    if (!number || *number < least || *number > most)
        refuse(fmt::format("{} \"{}\" is out of range or no number", name, shown(*word)),
               fmt::format("an integer from {} to {}", least, range));
    return number;
}

std::optional<std::uint64_t> seed(const Typed& words) {
    const auto word = single("--seed", words);
    if (!word) return std::nullopt;
    const auto number = whole_number(*word, true);
    if (!number)
        refuse(fmt::format("--seed \"{}\" is out of range or no number", shown(*word)),
               "an integer from 0 to 18446744073709551615, or hexadecimal as 0x2a");
    return number;
}

std::vector<Range> replications(const Typed& words) {
    const auto word = single("--replications", words);
    if (!word) return {Range{1, 1}};
    const std::size_t dots = word->find("..");
    const auto first =
        dots == std::string::npos ? std::optional<std::uint64_t>{1} : whole_number(word->substr(0, dots));
    const auto last = whole_number(dots == std::string::npos ? *word : word->substr(dots + 2));
    if (!first || !last || *first < 1 || *last < *first || *last > replications_max)
        refuse(fmt::format("--replications \"{}\" is out of range or no number", shown(*word)),
               "an integer from 1 to 10 000 000, or two of them as 21..40");
    return {Range{*first, *last}};
}

namespace {

std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : whole_number(value);
}

// How those who start many processes tell each which one it is: rank, number of ranks, and the first rank.
struct Array {
    const char* rank;
    const char* count;
    const char* first;  // null: 0
};
constexpr std::array arrays{Array{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"},
                            Array{"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", nullptr},
                            Array{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", nullptr}};

Shard shard_from_environment() {
    for (const Array& array : arrays) {
        const auto rank = from_environment(array.rank);
        if (!rank) continue;
        const auto count = from_environment(array.count);
        const std::uint64_t first = array.first != nullptr ? from_environment(array.first).value_or(0) : 0;
        if (!count) refuse(fmt::format("--shard auto: {} is set, {} is not", array.rank, array.count), "both");
        if (*rank < first || *rank - first >= *count)
            refuse(fmt::format("--shard auto: {} is {}, and {} is {}", array.rank, *rank, array.count, *count),
                   fmt::format("a rank from {} to {}", first, first + *count - 1));
        return {*rank - first + 1, *count};
    }
    refuse("--shard auto: this process is none of an array",
           "SLURM_ARRAY_TASK_ID and _COUNT, JOB_COMPLETION_INDEX and JOB_COMPLETIONS, or OMPI_COMM_WORLD_RANK "
           "and _SIZE");
}

}  // namespace

Shard shard(const Typed& words) {
    const auto word = single("--shard", words);
    if (!word) return {};
    if (*word == "auto") return shard_from_environment();
    const std::size_t slash = word->find('/');
    const auto index = whole_number(word->substr(0, slash));
    const auto count = slash == std::string::npos ? std::nullopt : whole_number(word->substr(slash + 1));
    if (!index || !count || *index < 1 || *count > shards_max || *index > *count)
        refuse(fmt::format("--shard \"{}\" is no part of a whole", shown(*word)),
               "I/N with I from 1 to N, such as 2/4, or auto");
    return {*index, *count};
}

namespace {

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

}  // namespace

std::map<std::string, std::string> settings(const Typed& words) {
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

std::optional<kernel::Duration> duration(const std::string& name, const Typed& words) {
    const auto word = single(name, words);
    if (!word) return std::nullopt;
    const auto span = vocabulary::duration(*word);
    if (!span || *span <= kernel::Duration{})
        refuse(fmt::format("{} \"{}\" is no time", name, shown(*word)),
               std::string(vocabulary::duration_forms));
    return span;
}

std::vector<std::string> outputs(const Typed& paths, bool result_file, bool any_name) {
    std::vector<std::string> endings{"csv", "json", "txt"};
    if (result_file) endings.insert(endings.begin() + 1, "db");
    return outputs(paths, endings, any_name);
}

namespace {

// ".csv, .json or .txt"
std::string listed(const std::vector<std::string>& endings) {
    std::string list;
    for (std::size_t i = 0; i < endings.size(); ++i)
        list += (i == 0 ? "." : i + 1 == endings.size() ? " or ." : ", .") + endings[i];
    return list;
}

}  // namespace

std::vector<std::string> outputs(const Typed& paths, const std::vector<std::string>& endings, bool any_name) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string end = ending(paths[i]);
        const bool is_known = std::find(endings.begin(), endings.end(), end) != endings.end();
        if (!is_known && !any_name)
            refuse(fmt::format("-o \"{}\": no format is known by that ending{}", shown(paths[i]),
                               vocabulary::did_you_mean(end, endings)),
                   "a file name that ends in " + listed(endings));
        const auto here = paths.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(paths.begin(), here, paths[i]) != here)
            refuse(fmt::format("-o \"{}\" is given more than once", shown(paths[i])));
    }
    if (std::count_if(paths.begin(), paths.end(), is_result_file) > 1)
        refuse("-o names more than one result file", "one .db, and any reports beside it");
    return paths;
}

std::string file(const std::string& command, const Typed& words) {
    const auto word = single("FILE", words);
    if (!word || word->empty())
        refuse(fmt::format("ccesim {} wants a scenario", command), "ccesim " + command + " FILE.lua");
    if (*word == "-") refuse("a scenario is not read from standard input", "a file: each worker reads it anew");
    return *word;
}

namespace {

// Those this process may use, which a container or taskset may have made fewer.
unsigned cores() {
    cpu_set_t ours;
    if (::sched_getaffinity(0, sizeof ours, &ours) != 0) return 1;
    return std::clamp(static_cast<unsigned>(CPU_COUNT(&ours)), 1U, jobs_max);
}

}  // namespace

unsigned jobs(const Typed& words) {
    return static_cast<unsigned>(bounded("--jobs", words, jobs_max, "256").value_or(cores()));
}

}  // namespace sim::cli
