// Values of options, from the words that were typed: what each must look like, and what is said of one that
// does not.

#pragma once

#include "sim/experiment/study.hpp"
#include "sim/kernel/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::cli {

using Typed = std::vector<std::string>;  // each word given for one option

// Throws InputError (exit command_line, E501).
[[noreturn]] void refuse(const std::string& what, const std::string& expected = "",
                         const std::string& help = "");

// At most one; nothing if it was not given.
std::optional<std::string> single(const std::string& name, const Typed& words);
// From `least` to `most`; `range` is `most` as people read it.
std::optional<std::uint64_t> bounded(const std::string& name, const Typed& words, std::uint64_t most,
                                     const std::string& range, std::uint64_t least = 1);
std::optional<std::uint64_t> seed(const Typed& words);
// "20" is 1 to 20, "21..40" is what it says.
std::vector<experiment::Range> replications(const Typed& words);
// "2/4"; "auto": from the array or the ranks that this process is one of.
experiment::Shard shard(const Typed& words);
std::map<std::string, std::string> settings(const Typed& words);
// `result_file`: it may be a result file too, of the ending .db; the only one with any name where `any_name`.
std::vector<std::string> outputs(const Typed& paths, bool result_file, bool any_name = false);
// Of the endings given; "db" is the result file's.
std::vector<std::string> outputs(const Typed& paths, const std::vector<std::string>& endings,
                                 bool any_name = false);
// By the wall clock.
std::optional<kernel::Duration> duration(const std::string& name, const Typed& words);
std::string file(const std::string& command, const Typed& words);
unsigned jobs(const Typed& words);

}  // namespace sim::cli
