// What updates ask for besides the appliance: the Site Directory, who may open it, and a way to download. Calls
// ask for none of them.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;

namespace {

constexpr SiteId ams{0};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};

// Two appliances that may be patched on the first night, and have time for it.
Scenario patched() {
    Scenario plan = one_site(2, 500, 20, 24h);
    plan.parameters.os_second_restart = 0;
    patches_daily(plan, ams, 2h, 12h);
    return plan;
}

// Who missed the window and why. Nothing else differs from the run without the fault: no call is lost, nothing
// is detected, and whoever missed nothing is patched.
std::vector<std::string> missed(const Scenario& plan) {
    const Replication tally = lived(plan);
    CHECK(losses(tally) == 0);
    CHECK(tally.events.count("detections") == lived(patched()).events.count("detections"));
    CHECK(tally.events.at("updates_finished") + tally.missed_windows.size() == 2);
    std::vector<std::string> found;
    for (const auto& miss : tally.missed_windows) found.push_back(miss.appliance + ": " + miss.reason);
    return found;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("without a fault nobody misses the window", "[maintenance]") {
    CHECK(missed(patched()).empty());
}

TEST_CASE("a share that does not open keeps the whole site from being patched", "[maintenance]") {
    Scenario plan = patched();
    fails_at(plan, 1h, FaultId::site_share_unreachable, ams);
    CHECK(missed(plan) ==
          Words{"ams-1: the Site Directory did not open", "ams-2: the Site Directory did not open"});
}

TEST_CASE("patching goes on as soon as the share is back", "[maintenance]") {
    Scenario plan = patched();
    fails_at(plan, 1h, FaultId::site_share_unreachable, ams, {.lasts = 2h});
    CHECK(missed(plan).empty());
    CHECK(chronicle(plan).times(record::update_started).at(0) == start_of_run + 3h);
}

TEST_CASE("a host with another CceService password misses the window alone", "[maintenance]") {
    Scenario plan = patched();
    fails_at(plan, 1h, FaultId::cceservice_password_mismatch, ams_2);
    CHECK(missed(plan) == Words{"ams-2: the Site Directory did not accept its CceService password"});
}

TEST_CASE("a host whose proxy is set for a user alone misses the window", "[maintenance]") {
    Scenario plan = patched();
    fails_at(plan, 1h, FaultId::proxy_per_user, ams_1);
    CHECK(missed(plan) == Words{"ams-1: it could not download: the proxy is not set for the whole machine"});
}

TEST_CASE("what only installing and restoring ask for keeps nobody from being patched", "[maintenance]") {
    const FaultId fault =
        GENERATE(FaultId::cabackup_password_mismatch, FaultId::old_ini_reused, FaultId::version_out_of_support);
    Scenario plan = patched();
    fails_at(plan, 1h, fault, ams_1);
    CHECK(missed(plan).empty());
}

TEST_CASE("the Site Directory goes with the host that carries it", "[maintenance]") {
    Scenario plan = patched();
    fails_at(plan, 1h, FaultId::host_crash, ams_1, {.lasts = 20h});
    const auto reasons = [&plan] {
        Words found;
        for (const auto& miss : lived(plan).missed_windows) found.push_back(miss.reason);
        return found;
    };
    SECTION("the site's first one, unless said otherwise") {
        CHECK(reasons() == Words{"it was not in service", "the Site Directory did not open"});
    }
    SECTION("another one, if said so") {
        plan.sites[ams].directory_on = ams_2;
        CHECK(reasons() == Words{"it was not in service"});
    }
}
