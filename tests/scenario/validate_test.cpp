#include "sim/scenario/scenario.hpp"
#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace sim::scenario;
using namespace std::chrono_literals;
using sim::kernel::Law;
using sim::kernel::start_of_run;
using tests::scenario::said_by;

namespace {

Profile flat_profile() {
    Profile profile;
    for (std::vector<double>& day : profile.days) day.assign(288, 1.0);
    return profile;
}

// One site with one appliance, one gateway, one user who calls.
Scenario sound() {
    Scenario plan;
    plan.name = "plan";
    plan.from = std::chrono::year{2019} / 11 / 10;
    plan.length = 14 * 24h;
    Site site;
    site.name = "Amsterdam";
    site.place = {"plan.lua", 3};
    const SiteId ams = plan.sites.add(site);
    Appliance appliance;
    appliance.name = "ams-cce-1";
    plan.sites[ams].appliances.push_back(plan.appliances.add(appliance));
    Gateway gateway;
    gateway.name = "sbc1.contoso.com";
    gateway.channels = 10;
    plan.sites[ams].gateways.push_back(plan.gateways.add(gateway));
    plan.cohorts.add({ams, {User{"a@contoso.com", true, true}}});
    Traffic traffic;
    traffic.profile = flat_profile();
    traffic.erlangs = 0.1;
    traffic.length.mean = 180;
    traffic.place = {"plan.lua", 5};
    plan.traffic = {traffic};
    plan.policies = {Policy{"default", {}, {}, {}, {"plan.lua", 9}}};
    return plan;
}

Window window(Duration length, const char* days = "0000001") {
    return {Weekly{std::bitset<7>{days}}, 2h, length, {"plan.lua", 8}};
}

// What validate() says of the sound plan after the change: its errors, else its warnings.
template <class Change>
std::string said(Change change) {
    Scenario plan = sound();
    change(plan);
    std::string lines = said_by([&plan] { validate(plan); });
    for (const auto& warning : plan.warnings) lines += (lines.empty() ? "" : "\n") + text(warning);
    return lines;
}

}  // namespace

namespace {

sim::vocabulary::Fault fault_on(sim::vocabulary::FaultId id, sim::vocabulary::FaultPlace on,
                                std::optional<Duration> lasts = std::nullopt) {
    sim::vocabulary::Fault fault;
    fault.id = id;
    fault.on = on;
    fault.lasts = lasts;
    return fault;
}

}  // namespace

TEST_CASE("a sound plan passes without a word", "[scenario]") {
    CHECK(said([](Scenario&) {}).empty());
}

TEST_CASE("a script that does nothing defines no site", "[scenario]") {
    Scenario plan;
    plan.name = "empty";
    plan.from = std::chrono::year{2019} / 11 / 10;
    plan.length = 24h;
    CHECK(said_by([&plan] { validate(plan); }) == "empty.lua: error[E201]: scenario defines no site");
}

TEST_CASE("a run has a date, a length and an end before the product's", "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.from = {}; }) ==
          "plan.lua: error[E213]: the run has no start date – must be a date such as \"2019-11-10\"");
    CHECK(said([](Scenario& plan) { plan.length = {}; }) ==
          "plan.lua: error[E213]: the run lasts 0s – must last longer than 0s and at most 200 years");
    CHECK(said([](Scenario& plan) { plan.from = std::chrono::year{2021} / 7 / 30; }) ==
          "plan.lua: warning[W202]: the run ends at 2021-08-13T00:00:00Z – the product was retired on "
          "2021-07-31");
    CHECK(said([](Scenario& plan) { plan.from = std::chrono::year{2021} / 7 / 17; }).empty());
}

TEST_CASE("sites, appliances and gateways have limits and names of their own", "[scenario]") {
    CHECK(said([](Scenario& plan) {
              Site site;
              site.name = "AMSTERDAM";
              site.place = {"plan.lua", 7};
              plan.sites.add(site);
          }) ==
          "plan.lua:7: error[E205]: site \"AMSTERDAM\" is there twice (first at plan.lua:3) – names are "
          "compared without "
          "regard to case");
    CHECK(said([](Scenario& plan) { plan.sites[SiteId{0}].name = ""; }) ==
          "plan.lua:3: error[E204]: the name of a site is empty – must have 1 to 64 bytes");
    CHECK(said([](Scenario& plan) { plan.sites[SiteId{0}].appliances.assign(17, ApplianceId{0}); }) ==
          "plan.lua:3: error[E203]: site \"Amsterdam\" has 17 appliances – must be at most 16 (the product's "
          "planning "
          "guide)");
    CHECK(said([](Scenario& plan) {
              for (int i = 2; i <= 201; ++i) {
                  Site site;
                  site.name = "s" + std::to_string(i);
                  site.place = {"plan.lua", 100 + i};
                  plan.sites.add(site);
              }
          }) ==
          "plan.lua:301: error[E202]: the tenant has 201 sites – must be at most 200 (the product's planning "
          "guide)");
    CHECK(said([](Scenario& plan) { plan.policies.push_back(plan.policies[0]); }) ==
          "plan.lua:9: error[E205]: policy \"default\" is there twice (first at plan.lua:9) – names are "
          "compared without "
          "regard to case");
}

TEST_CASE("users need an appliance, a gateway and channels", "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.gateways[GatewayId{0}].channels = 0; }) ==
          "plan.lua:3: error[E206]: site \"Amsterdam\" has users and no gateway channel – must have at least "
          "one circuit "
          "to the carrier – write cce.site \"Amsterdam\" { channels = N }");
    CHECK(said([](Scenario& plan) {
              Gateway second = plan.gateways[GatewayId{0}];
              second.name = "gw-2";
              second.channels = 0;
              plan.sites[SiteId{0}].gateways.push_back(plan.gateways.add(second));
          }) ==
          "plan.lua:3: warning[W217]: gateway \"gw-2\" has no channel – calls to its numbers are blocked: see "
          "the channels of its cce.site");
    CHECK(said([](Scenario& plan) { plan.sites[SiteId{0}].gateways.clear(); }) ==
          "plan.lua:3: error[E206]: site \"Amsterdam\" has users and no gateway");
    CHECK(said([](Scenario& plan) { plan.sites[SiteId{0}].appliances.clear(); }) ==
          "plan.lua:3: error[E219]: site \"Amsterdam\" has users and no appliance");
}

TEST_CASE("traffic needs users who are enabled for voice, and is given once", "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.cohorts[CohortId{0}].users[0].voice_enabled = false; }) ==
          "plan.lua:5: error[E207]: the users of site \"Amsterdam\" have traffic and none is enabled for voice "
          "– one "
          "at least must have EnterpriseVoiceEnabled, VoicePolicy HybridVoice and an OnPremLineURI");
    CHECK(said([](Scenario& plan) { plan.traffic.push_back(plan.traffic[0]); }) ==
          "plan.lua:5: error[E215]: the users of site \"Amsterdam\" have traffic twice (first at plan.lua:5) – "
          "must be "
          "given once for the users of a site");
}

TEST_CASE("shares lie between 0 and 1, and percents are recognised", "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.traffic[0].outbound_share = 99.8; }) ==
          "plan.lua:5: error[E208]: outbound_share is 99.8 – must be between 0 and 1 – did you mean 0.998?");
    CHECK(said([](Scenario& plan) { plan.traffic[0].external_share = -0.1; }) ==
          "plan.lua:5: error[E208]: external_share is -0.1 – must be between 0 and 1");
    CHECK(said([](Scenario& plan) {
              plan.traffic[0].external_share = std::numeric_limits<double>::quiet_NaN();
          }) == "plan.lua:5: error[E208]: external_share is nan – must be between 0 and 1");
    CHECK(said([](Scenario& plan) {
              plan.traffic[0].redial = Redial{1.5, 30s, 0};
          }) ==
          "plan.lua:5: error[E208]: redial.share is 1.5 – must be between 0 and 1 – did you mean 0.015?\n"
          "plan.lua:5: error[E208]: redial.tries is 0 – must be from 1 to 100");
    CHECK(said([](Scenario& plan) {
              plan.traffic[0].international_share = 0.6;
              plan.traffic[0].emergency_share = 0.6;
          }) ==
          "plan.lua:5: error[E208]: international_share and emergency_share are more than 1 together – both "
          "are shares of "
          "the outbound calls");
}

TEST_CASE("laws have means and shapes that exist", "[scenario]") {
    using Family = Law::Family;
    const auto said_of = [](const Law& law) {
        return said([&law](Scenario& plan) { plan.traffic[0].length = law; });
    };
    CHECK(said_of({Family::exponential, 0, 0, {}}) ==
          "plan.lua:5: error[E209]: the mean of length is 0 s – must be longer than 0s");
    CHECK(said_of({Family::lognormal, 180, 0, {}}) ==
          "plan.lua:5: error[E209]: the shape of length is 0 – must be above 0");
    CHECK(said_of({Family::hyperexponential, 180, 1, {}}) ==
          "plan.lua:5: error[E209]: the cv of length is 1 – must be above 1 for this law");
    CHECK(said_of({Family::empirical, 0, 0, {}}) ==
          "plan.lua:5: error[E209]: the sample of length is empty or has a value below 0s");
    CHECK(said_of({Family::empirical, 0, 0, {0, 180}}).empty());
}

TEST_CASE("a call lasts a second at least in the mean", "[scenario]") {
    const auto said_of = [](const Law& law) {
        return said([&law](Scenario& plan) { plan.traffic[0].length = law; });
    };
    CHECK(said_of({Law::Family::exponential, 1, 0, {}}).empty());
    CHECK(said_of({Law::Family::exponential, 0.001, 0, {}}) ==
          "plan.lua:5: error[E209]: the mean of length is 0.001 s – must be at least 1 s");
    CHECK(said_of({Law::Family::empirical, 0, 0, {0, 1}}) ==
          "plan.lua:5: error[E209]: the mean of length is 0.5 s – must be at least 1 s");
}

TEST_CASE("traffic has an amount that a run can end with", "[scenario]") {
    const auto said_of = [](double erlangs, Duration length) {
        return said([&](Scenario& plan) {
            plan.from = std::chrono::year{1990} / 1 / 1;
            plan.traffic[0].erlangs = erlangs;
            plan.length = length;
        });
    };
    CHECK(said_of(1e6, 14 * 24h).empty());
    CHECK(said_of(2e6, 14 * 24h) ==
          "plan.lua:5: error[E215]: erlangs is 2000000 – must be a number from 0 to 1000000");
    CHECK(said_of(-1, 14 * 24h) ==
          "plan.lua:5: error[E215]: erlangs is -1 – must be a number from 0 to 1000000");
    CHECK(said_of(1e6, 30 * 365 * 24h) ==
          "plan.lua:5: error[E215]: the run would have about 5.26e+12 calls – must be at most 1e+10 – is there "
          "a zero too many in the traffic or in the length of the run?");
}

TEST_CASE("update windows last longer than nothing and do not overlap themselves", "[scenario]") {
    const auto said_of = [](const Window& window) {
        return said([&window](Scenario& plan) {
            plan.updates = {{SiteId{0}, plan.windows.add(window), {}, {"plan.lua", 9}}};
        });
    };
    CHECK(said_of(window(4h)).empty());
    CHECK(
        said_of(window(0h)) ==
        "plan.lua:8: error[E210]: the update window \"weekly sun 02:00\" lasts 0s – must last longer than 0s");
    CHECK(
        said_of(window(169h)) ==
        "plan.lua:8: error[E211]: the update window \"weekly sun 02:00\" lasts 7d1h and is still open when it "
        "opens again – must last at most 7d");
    CHECK(said_of(window(4h, "0000000"))
              .starts_with("plan.lua:8: error[E211]: the update window \"weekly  02:00\" opens on no day"));
    CHECK(said_of({MonthlyByDate{32}, 2h, 4h, {"plan.lua", 8}}) ==
          "plan.lua:8: error[E211]: the update window \"monthly 32 02:00\" opens on no day");
    CHECK(said_of({Weekly{1}, 24h, 4h, {"plan.lua", 8}})
              .starts_with(
                  "plan.lua:8: error[E211]: the update window \"weekly sun 24:00\" opens outside the day – "
                  "must be from 00:00 to 23:59"));
    CHECK(said_of({MonthlyByDate{1}, 0h, 28 * 24h + 1us, {"plan.lua", 8}}).find("must last at most 28d") !=
          std::string::npos);
    CHECK(said_of({MonthlyByDate{31}, 0h, 1h, {"plan.lua", 8}}) ==
          "plan.lua:8: warning[W216]: the update window \"monthly 31 00:00\" does not open in every month – a "
          "month without that day has no opening");
    CHECK(said_of({MonthlyByDate{28}, 0h, 1h, {"plan.lua", 8}}).empty());
}

TEST_CASE("a window that is open in the busy hour of a workday is warned of", "[scenario]") {
    const auto said_of = [](const Window& window) {
        return said([&window](Scenario& plan) { plan.windows.add(window); });
    };
    const std::string warning =
        " – it is open in the busy hour: its sites may be patched at 10:00 on a workday";
    CHECK(said_of({Weekly{0x7f}, 0h, 24h, {"plan.lua", 8}}) ==
          "plan.lua:8: warning[W203]: the update window \"daily 00:00\" lasts 1d" + warning);
    CHECK(said_of({MonthlyByDate{15}, 0h, 24h, {"plan.lua", 8}}) ==
          "plan.lua:8: warning[W203]: the update window \"monthly 15 00:00\" lasts 1d" + warning);
    CHECK(said_of(window(24h, "1000000")).empty());
}

TEST_CASE("a tenant has at most twenty windows, however many sites they serve", "[scenario]") {
    const auto said_of = [](int windows, std::size_t uses) {
        return said([&](Scenario& plan) {
            for (int i = 1; i <= windows; ++i) {
                const WindowId id = plan.windows.add({Weekly{1}, 2h, 4h, {"plan.lua", 100 + i}});
                plan.updates.insert(plan.updates.end(), uses, {SiteId{0}, id, {}, {"plan.lua", 9}});
            }
        });
    };
    CHECK(said_of(20, 1).empty());
    CHECK(said_of(1, 200).empty());
    CHECK(
        said_of(22, 1) ==
        "plan.lua:121: error[E211]: the tenant has 22 update windows – must be at most 20 (the product's guide "
        "to changing a deployment) – one window may serve several sites");
}

TEST_CASE("a window for bits updates only is warned of where no bits come out", "[scenario]") {
    const auto said_of = [](sim::vocabulary::Purposes purposes, bool come_out = false) {
        return said([&](Scenario& plan) {
            plan.updates = {{SiteId{0}, plan.windows.add(window(4h)), purposes, {"plan.lua", 9}}};
            if (come_out) plan.bits_releases.emplace();
        });
    };
    CHECK(said_of({.os = false, .bits = true}, true).empty());
    CHECK(said_of({.os = true, .bits = true}).empty());
    CHECK(said_of({.os = true, .bits = false}).empty());
    CHECK(said_of({.os = false, .bits = true}) ==
          "plan.lua:9: warning[W220]: the update window \"weekly sun 02:00\" of site \"Amsterdam\" is for bits "
          "updates only – no bits come out in this run: cce.releases { bits = ... } says when");
}

TEST_CASE("new versions come out at most every hour", "[scenario]") {
    const auto said_of = [](std::chrono::minutes between) {
        return said([&](Scenario& plan) {
            plan.bits_releases.emplace();
            plan.bits_releases->between = sim::kernel::exponential_law(between);
            plan.bits_releases->place = {"plan.lua", 9};
        });
    };
    CHECK(said_of(60min).empty());
    CHECK(said_of(1min) ==
          "plan.lua:9: error[E216]: bits come out every 60 s – must be at least 3600 s apart in "
          "the mean");
}

TEST_CASE("incidents lie within the run", "[scenario]") {
    const auto said_at = [](Instant at) {
        return said([at](Scenario& plan) { plan.incidents = {{at, CmdletAction{}, {"plan.lua", 12}}}; });
    };
    CHECK(said_at(start_of_run).empty());
    CHECK(said_at(start_of_run + 14 * 24h - 1us).empty());
    CHECK(said_at(start_of_run + 14 * 24h) ==
          "plan.lua:12: error[E212]: the incident at 2019-11-24T00:00:00Z is outside the run – the run lasts "
          "from "
          "2019-11-10T00:00:00Z until 2019-11-24T00:00:00Z");
    CHECK(said_at(start_of_run - 1h)
              .starts_with("plan.lua:12: error[E212]: the incident at 2019-11-09T23:00:00Z"));
}

TEST_CASE("a common cause takes at least two things, each once", "[scenario]") {
    const auto takes = [](std::vector<std::variant<ApplianceId, GatewayId, SiteId>> members) {
        return said([&](Scenario& plan) {
            plan.common_causes.add({"rack", std::move(members), {"plan.lua", 7}});
        });
    };
    CHECK(takes({ApplianceId{0}, GatewayId{0}, SiteId{0}}).empty());
    CHECK(takes({}) ==
          "plan.lua:7: error[E221]: common cause \"rack\" takes nothing – must take at least two – what "
          "takes one alone is a fault of it");
    CHECK(takes({SiteId{0}}) ==
          "plan.lua:7: error[E221]: common cause \"rack\" takes one thing only – must take at "
          "least two – what takes one alone is a fault of it");
    CHECK(takes({GatewayId{0}, ApplianceId{0}, GatewayId{0}}) ==
          "plan.lua:7: error[E221]: common cause \"rack\" takes gateway \"sbc1.contoso.com\" twice – must take "
          "each "
          "once");
}

TEST_CASE("what is configured wrong lasts, strikes where it can, and is said once", "[scenario]") {
    using sim::vocabulary::FaultId;
    const auto said_of = [](std::vector<FaultAction> faults) {
        return said([&](Scenario& plan) {
            for (const FaultAction& fault : faults) plan.configured.push_back({fault, {"plan.lua", 3}});
        });
    };
    const FaultAction space = fault_on(FaultId::shared_sip_space_false, sim::vocabulary::TheTenant{});
    CHECK(said_of({space}) ==
          "plan.lua:3: warning[W213]: \"shared-sip-space-false\" is in force from the first moment on, at the "
          "tenant – it is configured so; ccesim faults shared-sip-space-false tells what it does");
    CHECK_THAT(said_of({space, space}),
               Catch::Contains("plan.lua:3: error[E141]: fault \"shared-sip-space-false\" is configured there "
                               "twice – must be said once for each fault and place"));
    CHECK_THAT(said_of({fault_on(FaultId::mgmt_service_restart, ApplianceId{0})}),
               Catch::Contains("error[E141]: fault \"mgmt-service-restart\" cannot be configured – must be "
                               "something that lasts"));
    CHECK_THAT(
        said_of({fault_on(FaultId::host_crash, ApplianceId{0}, 1h)}),
        Catch::Contains("error[E141]: fault \"host-crash\" is configured and ends – must have no duration"));
    CHECK_THAT(said_of({fault_on(FaultId::gateway_down, ApplianceId{0})}),
               Catch::Contains("error[E216]: fault \"gateway-down\" cannot strike there"));
    CHECK_THAT(
        said_of({fault_on(FaultId::hybrid_ms_object_missing, ApplianceId{0})}),
        Catch::Contains("warning[W207]: fault \"hybrid-ms-object-missing\" changes nothing here – no call "
                        "becomes a conference"));
    CHECK_THAT(
        said([&](Scenario& plan) {
            plan.configured = {{space, {"plan.lua", 3}}};
            plan.incidents = {{start_of_run, space, {"plan.lua", 12}}};
        }),
        Catch::Contains("plan.lua:12: warning[W207]: fault \"shared-sip-space-false\" changes nothing here "
                        "– it is configured so from the first moment on, at plan.lua:3"));
}

TEST_CASE("a crew has people for what it is to repair", "[scenario]") {
    using sim::vocabulary::FaultId;
    const auto said_of = [](unsigned people, std::optional<sim::kernel::Law> lasts, unsigned crew = 0) {
        return said([&](Scenario& plan) {
            plan.crews.add({"fitters", people, {"plan.lua", 3}});
            plan.failures.push_back({fault_on(FaultId::host_crash, ApplianceId{0}),
                                     sim::kernel::exponential_law(10h),
                                     lasts,
                                     {"plan.lua", 7},
                                     CrewId{crew}});
        });
    };
    const auto lasts = sim::kernel::exponential_law(5h);
    CHECK(said_of(1, lasts).empty());
    CHECK_THAT(said_of(0, lasts),
               Catch::Contains("plan.lua:3: error[E140]: crew \"fitters\" has 0 people – must be "
                               "from 1 to 1000"));
    CHECK_THAT(said_of(1, lasts, 1),
               Catch::Contains("plan.lua:7: error[E140]: failures of \"host-crash\" are repaired by no crew"));
    CHECK_THAT(
        said_of(1, std::nullopt),
        Catch::Contains("plan.lua:7: error[E139]: failures of \"host-crash\" are repaired by a crew and do "
                        "not say how long that takes – must have \"lasts\", the repair itself"));
    CHECK(
        said_of(1, sim::kernel::exponential_law(25h)) ==
        "plan.lua:3: warning[W214]: crew \"fitters\" has 1 person and, as often as things fail, work for 2.5 – "
        "what has failed waits most of the time");
    CHECK(said_of(3, sim::kernel::exponential_law(25h)).empty());
}

TEST_CASE("a fault strikes what it can strike", "[scenario]") {
    using sim::vocabulary::FaultId;
    const auto said_of = [](const FaultAction& fault) {
        return said([&fault](Scenario& plan) { plan.incidents = {{start_of_run, fault, {"plan.lua", 12}}}; });
    };
    CHECK(said_of(fault_on(FaultId::host_crash, ApplianceId{0}, 1h)).empty());
    CHECK(said_of(fault_on(FaultId::gateway_down, ApplianceId{0})) ==
          "plan.lua:12: error[E216]: fault \"gateway-down\" cannot strike there – must strike a gateway");
    CHECK(said_of(fault_on(FaultId::vm_stopped, ApplianceId{0})) ==
          "plan.lua:12: error[E216]: fault \"vm-stopped\" needs a machine – must be one of ad, cms, mediation, "
          "edge");
    CHECK(said_of(fault_on(FaultId::mgmt_service_restart, ApplianceId{0}, 1h)) ==
          "plan.lua:12: error[E216]: fault \"mgmt-service-restart\" lasts 1h – must have no duration: it is "
          "over at once");
}

TEST_CASE("a fault that has nothing to take away is said to change nothing", "[scenario]") {
    using sim::vocabulary::FaultId;
    using sim::vocabulary::TheTenant;
    const auto warned = [](const sim::vocabulary::Fault& fault) {
        const std::string words = said([&fault](Scenario& plan) {
            plan.incidents = {{start_of_run, fault, {"plan.lua", 12}}};
        });
        return words.find("warning[W207]") != std::string::npos;
    };
    CHECK(warned(fault_on(FaultId::peer_destination_unset, TheTenant{})));
    CHECK(warned(fault_on(FaultId::auto_update_off, SiteId{1})));
    CHECK_FALSE(warned(fault_on(FaultId::host_crash, ApplianceId{0}, 1h)));
    sim::vocabulary::Fault ports = fault_on(FaultId::port_range_too_small, ApplianceId{0});
    ports.ports = 4000;
    CHECK(warned(ports));
    ports.ports = 400;
    CHECK_FALSE(warned(ports));
}

TEST_CASE("failures that nobody can end are said to last for ever", "[scenario]") {
    using sim::vocabulary::FaultId;
    const auto warned = [](sim::vocabulary::VersionId release, RecoveryPolicy recovery) {
        const std::string words = said([&](Scenario& plan) {
            plan.appliances[ApplianceId{0}].version = release;
            for (Policy& policy : plan.policies) policy.recovery = recovery;
            plan.failures = {{fault_on(FaultId::edge_rtcsrv_down, ApplianceId{0}),
                              {Law::Family::fixed, 3600, 0, {}},
                              std::nullopt,
                              {"plan.lua", 12},
                              {}}};
        });
        return words.find("warning[W208]") != std::string::npos;
    };
    CHECK_FALSE(warned(sim::vocabulary::VersionId::v2_1, RecoveryPolicy::builtin_2_0));
    CHECK(warned(sim::vocabulary::VersionId::v1_3_8, RecoveryPolicy::builtin_2_0));
    CHECK(warned(sim::vocabulary::VersionId::v2_1, RecoveryPolicy::none));
}

TEST_CASE("expectations name a site that exists and a confidence below 1", "[scenario]") {
    Expectation expectation;
    expectation.place = {"plan.lua", 14};
    expectation.scope.site = "Amsterdm";
    expectation.confidence = 95;
    CHECK(said([&](Scenario& plan) { plan.expectations = {expectation}; }) ==
          "plan.lua:14: error[E217]: expectation of an unknown site \"Amsterdm\"; did you mean \"Amsterdam\"?\n"
          "plan.lua:14: error[E217]: confidence is 95 – must be between 0 and 1 – did you mean 0.95?");
}

TEST_CASE("PeerDestination is doubtful at a site with users, and its absence for users without one",
          "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.peer_destination = SiteId{0}; }) ==
          "plan.lua:3: warning[W201]: PeerDestination is \"Amsterdam\", which has users of its own – calls of "
          "users without "
          "a site take their lines");
    CHECK(said([](Scenario& plan) {
              plan.cohorts.add({std::nullopt, {User{"", false, true}, User{"", false, true}}});
          }) ==
          "plan.lua: warning[W204]: 2 users have no site and the tenant no PeerDestination – their calls "
          "fail in both directions, for want of a gateway and of a home for their numbers: name a site as "
          "peer_destination");
}

TEST_CASE("after twenty problems the rest is counted", "[scenario]") {
    const std::string lines = said([](Scenario& plan) {
        plan.incidents.assign(57, {start_of_run - 1h, CmdletAction{}, {"plan.lua", 12}});
    });
    CHECK(lines.ends_with("\nand 37 more"));
}

TEST_CASE("users of whom no traffic speaks are doubtful, and a scenario where nobody calls", "[scenario]") {
    CHECK(said([](Scenario& plan) { plan.traffic.clear(); }) ==
          "plan.lua: warning[W206]: nobody calls: the scenario has no traffic – write cce.traffic {} for "
          "everyone, with what is assumed");
    const auto with_others = [](bool voice_enabled) {
        return said([&](Scenario& plan) {
            Site site = plan.sites[SiteId{0}];
            site.name = "Seattle";
            site.place = {"plan.lua", 4};
            plan.sites.add(site);
            plan.cohorts.add({SiteId{1}, {User{"b", voice_enabled, true}, User{"c", false, true}}});
        });
    };
    CHECK(with_others(true) ==
          "plan.lua:4: warning[W205]: users of \"Seattle\" (1) make no calls: no cce.traffic speaks of them");
    CHECK(with_others(false).empty());
    CHECK(said([](Scenario& plan) {
              plan.cohorts.add({std::nullopt, {User{}, User{}}});
          })
              .ends_with(
                  "\nplan.lua: warning[W205]: users without a site (2) make no calls: no cce.traffic speaks "
                  "of them"));
}

TEST_CASE("failures end by themselves, or by a recovery attempt", "[scenario]") {
    using sim::vocabulary::FaultId;
    const auto said_of = [](FaultId fault, std::optional<Law> lasts) {
        return said([&](Scenario& plan) {
            plan.failures = {{fault_on(fault, ApplianceId{0}),
                              {Law::Family::fixed, 3600, 0, {}},
                              lasts,
                              {"plan.lua", 12},
                              {}}};
        });
    };
    CHECK(said_of(FaultId::edge_rtcsrv_down, {}).empty());
    CHECK(said_of(FaultId::host_crash, Law{Law::Family::fixed, 60, 0, {}}).empty());
    CHECK(
        said_of(FaultId::host_crash, {}) ==
        "plan.lua:12: error[E216]: failures of \"host-crash\" have no duration – must say how long they last: "
        "no recovery attempt clears them");
}

TEST_CASE("the calls that reached no site can be asked for", "[scenario]") {
    Expectation expectation;
    expectation.scope.site = "(no site)";
    CHECK(said([&](Scenario& plan) { plan.expectations = {expectation}; }).empty());
}

TEST_CASE("an external certificate that is over when the run begins is told of", "[scenario]") {
    const auto ends = [](std::chrono::year_month_day day) {
        return said([day](Scenario& plan) { plan.sites[SiteId{0}].edge_certificate = day; });
    };
    CHECK(ends(std::chrono::year{2019} / 11 / 9) ==
          "plan.lua:3: warning[W209]: the external certificate of the Edges of site \"Amsterdam\" ended before "
          "the "
          "run – they serve until they start or connect the next time");
    CHECK(ends(std::chrono::year{2019} / 11 / 10) == "");
}

TEST_CASE("an appliance that runs an older version than it has is told of", "[scenario]") {
    using sim::vocabulary::VersionId;
    const auto beside = [](VersionId runs, VersionId waits) {
        return said([=](Scenario& plan) {
            Appliance& appliance = plan.appliances[ApplianceId{0}];
            appliance.place = {"plan.lua", 4};
            appliance.version = runs;
            appliance.backup_version = waits;
        });
    };
    CHECK(
        beside(VersionId::v2_0_1, VersionId::v2_1) ==
        "plan.lua:4: warning[W210]: appliance \"ams-cce-1\" runs version 2.0.1 with 2.1 beside it – nothing is "
        "detected or recovered there until the newer one runs");
    CHECK(beside(VersionId::v2_1, VersionId::v2_0_1) == "");
}

TEST_CASE("a list of trunks that would surprise is a warning", "[scenario]") {
    const auto with = [](bool by_pool, bool second) {
        return said([=](Scenario& plan) {
            plan.appliances[ApplianceId{0}].mediation_pool = "mspool.contoso.local";
            Appliance other;
            other.name = "ams-cce-2";
            plan.sites[SiteId{0}].appliances.push_back(plan.appliances.add(other));
            auto& trunks = plan.gateways[GatewayId{0}].trunks;
            trunks.push_back({ApplianceId{0}, 1, true, by_pool, {"plan.lua", 4}});
            if (second) trunks.push_back({ApplianceId{1}, 2, true, false, {"plan.lua", 5}});
        });
    };
    CHECK(with(false, true).empty());
    CHECK(
        with(false, false) ==
        "plan.lua:4: warning[W211]: gateway \"sbc1.contoso.com\" has no trunk to appliance \"ams-cce-2\" – "
        "must "
        "have one to each Mediation of its site – the cce.trunk lines of a gateway are all the trunks it has");
    CHECK(with(true, false) ==
          "plan.lua:4: warning[W211]: a trunk of gateway \"sbc1.contoso.com\" names the Mediation pool "
          "\"mspool.contoso.local\" – must name a server: the pool's name is that of every appliance – its "
          "inbound "
          "calls all land on appliance \"ams-cce-1\", and fail with it");
    CHECK_THAT(with(true, true), Catch::EndsWith("what comes over it always lands on appliance \"ams-cce-1\""));
}

TEST_CASE("a trunk to another site is a warning", "[scenario]") {
    CHECK(said([](Scenario& plan) {
              Site sea;
              sea.name = "Seattle";
              const SiteId id = plan.sites.add(sea);
              Appliance there;
              there.name = "sea-cce-1";
              there.site = id;
              plan.sites[id].appliances.push_back(plan.appliances.add(there));
              auto& trunks = plan.gateways[GatewayId{0}].trunks;
              trunks.push_back({ApplianceId{0}, 1, true, false, {"plan.lua", 4}});
              trunks.push_back({ApplianceId{1}, 2, true, false, {"plan.lua", 5}});
          }) ==
          "plan.lua:5: warning[W211]: a trunk of gateway \"sbc1.contoso.com\" leads to appliance \"sea-cce-1\" "
          "of "
          "site \"Seattle\" – must lead to an appliance of site \"Amsterdam\" – its inbound calls enter at the "
          "wrong "
          "site");
}

TEST_CASE("numbers that people dial and no gateway carries are a warning", "[scenario]") {
    const auto with = [](double international_share) {
        return said([=](Scenario& plan) {
            plan.traffic[0].international_share = international_share;
            plan.gateways[GatewayId{0}].carries = {};
            plan.gateways[GatewayId{0}].carries.add(sim::vocabulary::NumberClass::local);
        });
    };
    CHECK(with(0).empty());
    CHECK(with(0.1) ==
          "plan.lua:3: warning[W212]: no gateway of site \"Amsterdam\" carries international numbers – such "
          "calls "
          "fail: see the routes of its cce.site");
}
