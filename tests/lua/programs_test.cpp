// Scripts inside time: what a policy and a runbook see, do and wait for, and what becomes of their errors.

#include "tests/lua/support.hpp"

#include "sim/deployment/run.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/vocabulary/cmdlets.hpp"
#include "sim/vocabulary/kinds.hpp"

using namespace lua::binding;
using namespace std::chrono_literals;
namespace record = sim::vocabulary::record;
using sim::kernel::Instant;
using sim::vocabulary::CmdletId;

namespace {

using Script = lua::binding::Desk;

struct Lived {
    sim::vocabulary::Replication tally;
    std::vector<sim::kernel::Record> journal;

    // When records of this kind were written, after the start.
    std::vector<sim::kernel::Duration> times(sim::kernel::RecordKind kind) const {
        std::vector<sim::kernel::Duration> all;
        for (const auto& one : journal)
            if (one.kind == kind) all.push_back(one.at - sim::kernel::start_of_run);
        return all;
    }
};

// Runs the policy, or the first one, of a script between whose site `ams` - two appliances, a hundred users -
// and whose run of two weeks, without calls, the lines stand.
Lived lived(const std::string& lines, const std::string& policy = "") {
    Script script;
    const auto scenario = script.load(Script::with(lines));
    const sim::scenario::Policy* chosen = &scenario.policies.front();
    for (const auto& one : scenario.policies)
        if (one.name == policy) chosen = &one;
    const auto live = programs(script.request(), chosen->name, sim::scenario::plan_hash(scenario));
    Lived told;
    sim::deployment::Recording recording;
    recording.journal = &told.journal;
    told.tally = sim::deployment::run(scenario, *chosen, {42, 1}, recording, live.get());
    return told;
}

std::string error_of(const std::string& lines) {
    try {
        lived(lines);
        return "fine";
    } catch (const sim::vocabulary::InputError& error) {
        return error.what();
    }
}

std::string runbook(const std::string& body) {
    return "cce.at('+1h', function(sites)\nlocal a = sites[1].appliances[1]\n" + body + "\nend)";
}

}  // namespace

TEST_CASE("a runbook begins at its time and waits as long as it says", "[lua]") {
    const Lived told =
        lived(runbook("cce.wait '10m' cce.call('Enter-CcUpdate', { on = a }) cce.wait '1h' "
                      "cce.call('Exit-CcUpdate', { on = a })"));
    CHECK(told.times(record::program_began) == std::vector<sim::kernel::Duration>{1h});
    const auto run = told.times(record::cmdlet_run);
    REQUIRE(run.size() == 2);
    CHECK(run[0] == 1h + 10min);
    CHECK(run[1] >= run[0] + 1h);
    CHECK(run[1] < run[0] + 1h + 1min);  // Enter-CcUpdate ends when the services have stopped
}

TEST_CASE("a cmdlet is waited for until it has ended", "[lua]") {
    const Lived told =
        lived(runbook("cce.call('Enter-CcUpdate', { on = a })\n"
                      "assert(a.in_maintenance and a.status == 'Maintenance' and not a.ready)\n"
                      "cce.call('Install-WindowsUpdate', { on = a })\n"
                      "cce.call('Exit-CcUpdate', { on = a })\n"
                      "assert(a.ready and a.status == 'Running')"));
    CHECK(told.times(record::cmdlet_run).size() == 3);
    CHECK(told.times(record::cmdlet_failed).empty());
}

TEST_CASE("what a cmdlet refuses is an error for who calls, and a value for who tries", "[lua]") {
    CHECK(error_of(runbook("cce.call('Exit-CcUpdate', { on = a })")) ==
          "x.lua:4: error[E110]: Exit-CcUpdate on ams-1: the appliance is not in maintenance mode, at "
          "2019-11-10T01:00:00Z");
    CHECK(error_of(runbook("local ok, why = cce.try('Exit-CcUpdate', { on = a })\n"
                           "assert(ok == nil and why == 'the appliance is not in maintenance mode')")) ==
          "fine");
    CHECK(error_of(runbook("local ok, why = pcall(cce.call, 'Exit-CcUpdate', { on = a })\n"
                           "assert(not ok and why:find('maintenance mode'))")) == "fine");
    CHECK(error_of(runbook(
              "local ok, why = pcall(function() cce.wait '1m' cce.call('Exit-CcUpdate', { on = a }) end)\n"
              "assert(not ok)")) == "fine");
}

TEST_CASE("a condition is asked when something of its site changes", "[lua]") {
    const Lived told =
        lived("cce.at('+2h', cce.fault('host-crash', { on = ams.appliances[2], lasts = '1h' }))\n" +
              runbook("local b = sites[1].appliances[2]\n"
                      "assert(cce.wait_until(function() return not b.ready end) == true)\n"
                      "cce.call('Enter-CcUpdate', { on = a, mode = 'immediate' })"));
    CHECK(told.times(record::cmdlet_run) == std::vector<sim::kernel::Duration>{2h});
}

TEST_CASE("a condition that never holds is given up when its time is over", "[lua]") {
    const Lived told =
        lived(runbook("assert(cce.wait_until(function() return false end, '90m') == false)\n"
                      "cce.call('Enter-CcUpdate', { on = a })"));
    CHECK(told.times(record::cmdlet_run) == std::vector<sim::kernel::Duration>{2h + 30min});
}

TEST_CASE("a condition on the clock is asked every minute", "[lua]") {
    const Lived told =
        lived(runbook("cce.wait_until(function() local now = cce.clock(sites[1]) "
                      "return now.day == 'mon' and now.hour == 3 end)\n"
                      "cce.call('Enter-CcUpdate', { on = a })"));
    CHECK(told.times(record::cmdlet_run) ==
          std::vector<sim::kernel::Duration>{24h + 2h});  // 03:00 in Amsterdam
}

TEST_CASE("a policy is begun for each site, or once", "[lua]") {
    const std::string other = "local sea = cce.site 'sea' { appliances = 1, channels = 5, users = 1 }\n";
    CHECK(lived(other + "cce.policy 'p' { update = cce.each_site(function(site) assert(site.name) end) }")
              .times(record::program_began)
              .size() == 2);
    CHECK(lived(other + "cce.policy 'p' { update = cce.tenant_wide(function(sites) assert(#sites == 2) end) }")
              .times(record::program_began)
              .size() == 1);
}

TEST_CASE("what is started beside goes its own way from the same instant on", "[lua]") {
    const Lived told =
        lived(runbook("for _, one in ipairs(sites[1].appliances) do\n"
                      "cce.start(function() cce.call('Enter-CcUpdate', { on = one }) end)\n"
                      "end cce.wait '1s'"));
    CHECK(told.times(record::cmdlet_run) == std::vector<sim::kernel::Duration>{1h, 1h});
}

TEST_CASE("what a program types leads back to it", "[lua]") {
    const Lived told = lived(runbook("cce.wait '10m' cce.call('Enter-CcUpdate', { on = a })"));
    for (const auto& one : told.journal) {
        if (one.kind != record::cmdlet_run) continue;
        CHECK(one.detail == static_cast<std::int64_t>(CmdletId::enter_cc_update));
        REQUIRE(one.cause != sim::kernel::no_cause);
        CHECK(told.journal.at(static_cast<std::size_t>(one.cause) - 1).kind == record::program_began);
    }
}

TEST_CASE("before time and inside time are two worlds", "[lua]") {
    CHECK(error_of("cce.wait '1h'") ==
          "x.lua:2: error[E152]: cce.wait works inside time only – must be called by a policy or a runbook");
    CHECK(error_of("local x = ams.appliances[1].ready") ==
          "x.lua:2: error[E152]: .ready works inside time only – must be called by a policy or a runbook");
    CHECK(error_of(runbook("cce.site 'x' {}")) ==
          "x.lua:4: error[E152]: cce.site works before time begins only, at 2019-11-10T01:00:00Z – must not be "
          "called "
          "by a policy or a runbook");
    CHECK(error_of(runbook("print 'x'")).find("print works before time begins only") != std::string::npos);
    CHECK(error_of(runbook("require 'policies.x'")).find("require works before time begins only") !=
          std::string::npos);
    CHECK(error_of(runbook("cce.wait_until(function() cce.wait '1m' end)")).find("cannot wait here") !=
          std::string::npos);
}

TEST_CASE("a program that never waits ends with its budget", "[lua]") {
    CHECK(error_of(runbook("while true do end")).find("used more than 5 million instructions") !=
          std::string::npos);
    CHECK(error_of(runbook("while true do cce.try('Exit-CcUpdate', { on = a }) end"))
              .find("used more than 5 million instructions") != std::string::npos);
    CHECK(error_of(runbook("while true do pcall(function() while true do end end) end"))
              .find("used more than 5 million instructions") != std::string::npos);
    CHECK(error_of(runbook("while true do cce.start(function() cce.wait '1h' end) end")) != "fine");
}

TEST_CASE("a program that hardly lets time pass ends, however it does so", "[lua]") {
    for (const char* loop :
         {"local function again() cce.start(again) end again()", "while true do cce.wait '1us' end",
          "while true do cce.wait_until(function() return false end, '10us') end"}) {
        const std::string error = error_of(runbook(loop));
        CHECK(error.find("x.lua:4: error[E151]: the program goes on and on and hardly lets time pass") == 0);
    }
    CHECK(error_of(runbook("for i = 1, 5000 do cce.wait '1ms' end")) == "fine");
    CHECK(error_of(runbook("for i = 1, 20000 do cce.wait '1ms' end")) == "fine");
}

TEST_CASE("a text that no console would take is refused before it is typed", "[lua]") {
    const auto typed = [](const char* length) {
        return error_of(runbook("cce.try('Get-CsUserPstnSettings', { Identity = string.rep('x', " +
                                std::string{length} + ") })"));
    };
    CHECK(typed("1025").find("The text for parameter 'Identity' has 1025 bytes; it must have at most 1024.") !=
          std::string::npos);
    CHECK(typed("1024") == "fine");
}

TEST_CASE("a slip inside time has its line and its instant", "[lua]") {
    CHECK(
        error_of(runbook("local x = a.statsu")) ==
        "x.lua:4: error[E102]: the appliance \"ams-1\": unknown name \"statsu\"; did you mean \"status\"?, at "
        "2019-11-10T01:00:00Z – there is: name, status, ready, calls, in_maintenance, host_is_up, version, "
        "backup_version, is_patched, is_current, site");
    CHECK(error_of(runbook("cce.call('Enter-CcUpdat', { on = a })")).find("did you mean \"Enter-CcUpdate\"?") !=
          std::string::npos);
}

TEST_CASE("every replication runs the script anew", "[lua]") {
    const std::string counts = "local times = 0\n" + runbook("times = times + 1 assert(times == 1)");
    CHECK(error_of(counts) == "fine");
    CHECK(error_of(counts) == "fine");
}

TEST_CASE("a policy that is not the chosen one does nothing", "[lua]") {
    const std::string two =
        "cce.policy 'first' { update = cce.never {} }\n"
        "cce.policy 'second' { update = cce.each_site(function(site)\n"
        "cce.call('Enter-CcUpdate', { on = site.appliances[1] }) end) }\n" +
        runbook("cce.wait '1s'");
    CHECK(lived(two).times(record::cmdlet_run).empty());
    CHECK(lived(two, "second").times(record::cmdlet_run).size() == 1);
}
