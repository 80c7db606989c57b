// The program: understands the command line, does what it says, and turns whatever went wrong into a line for
// the reader and an exit code for the caller.

#include "sim/cli/commands.hpp"
#include "sim/cli/complain.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"

#include "sim/experiment/workers.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/selftest.hpp"

#include <new>
#include <optional>

namespace sim::cli {

namespace {

using vocabulary::Exit;
using vocabulary::InputError;

Exit answer(const Options& options) {
    print(options.answer);
    return Exit::done;
}

Exit obey(const Options& options) {
    if (options.command == Command::answer) return answer(options);
    if (options.command == Command::metrics) return metrics(options);
    if (options.command == Command::faults) return faults(options);
    if (options.command == Command::cmdlets) return cmdlets(options);
    if (options.command == Command::merge) return merge(options);
    if (options.command == Command::test) return test(options);
    if (options.command == Command::report) return report(options);
    const std::string folder = split(options.file).folder;
    try {
        require_script(options);
        if (options.command == Command::topology) return topology(options);
        if (options.command == Command::compare) return compare(options);
        return options.command == Command::run ? run(options) : check(options);
    } catch (const InputError& error) {
        // Outputs are named as they were typed; all else counts from the scenario's folder.
        if (error.exit() == Exit::output) throw;
        throw placed(error, folder);
    }
}

Exit confess(const Options& options, const std::string& what, std::optional<std::uint64_t> replication) {
    tell("defect: " + what);
    if (options.command == Command::run || options.command == Command::compare)
        tell("Our mistake. It comes back with: " + again(options, replication.value_or(1)));
    return Exit::defect;
}

Exit apologise(const std::string& what) {
    tell("error: " + what);
    return Exit::defect;
}

Exit guarded(const Options& options) {
    try {
        kernel::check_arithmetic();
        return obey(options);
    } catch (const InputError& error) {
        complain(error);
        return error.exit();
    } catch (const experiment::WorkerDefect& defect) {
        return confess(options, defect.what(), defect.replication);
    } catch (const experiment::WorkerOutOfMemory& error) {
        return apologise(error.what());
    } catch (const std::bad_alloc&) {
        return apologise("out of memory; fewer --replications or fewer --jobs need less");
    } catch (const std::exception& defect) {
        return confess(options, defect.what(), {});
    }
}

}  // namespace

}  // namespace sim::cli

int main(int argc, char** argv) {
    sim::cli::prepare_streams();
    try {
        return static_cast<int>(sim::cli::guarded(sim::cli::read(argc, argv)));
    } catch (const sim::vocabulary::InputError& error) {
        sim::cli::complain(error);
        return static_cast<int>(error.exit());
    }
}
