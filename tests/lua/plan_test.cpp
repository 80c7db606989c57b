// What a script says arrives in the plan.

#include "tests/lua/support.hpp"

#include "sim/scenario/describe.hpp"
#include "sim/scenario/windows.hpp"

using namespace sim::scenario;
using lua::binding::Desk;
using sim::kernel::start_of_run;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("a site that no file describes gets appliances, gateways and users", "[lua]") {
    Desk desk;
    const Scenario plan = desk.load(
        Desk::with("local sea = cce.site \"sea\" { appliances = 3, size = \"small\", gateways = 2, users = 4, "
                   "channels = { [\"sea-gw-1\"] = 5, [\"sea-gw-2\"] = 7 } }"));
    REQUIRE(plan.sites.size() == 2);
    const Site& sea = plan.sites[SiteId{1}];
    CHECK(sea.name == "sea");
    REQUIRE(sea.appliances.size() == 3);
    CHECK(plan.appliances[sea.appliances[2]].name == "sea-3");
    CHECK(plan.appliances[sea.appliances[2]].calls_max == 50);
    REQUIRE(sea.gateways.size() == 2);
    CHECK(plan.gateways[sea.gateways[1]].name == "sea-gw-2");
    CHECK(plan.gateways[sea.gateways[1]].channels == 7);
    CHECK(plan.cohorts[CohortId{1}].users.size() == 4);
    CHECK(plan.sites[SiteId{0}].zone.name == "Europe/Amsterdam");
    CHECK(plan.name == "x");
    CHECK(plan.policies.front().name == "default");
    CHECK_FALSE(plan.policies.front().update.drain_limit.has_value());
}

TEST_CASE("trunks and routes are the gateway's", "[lua]") {
    Desk desk;
    const Scenario plan = desk.load(Desk::with(
        "local sea = cce.site \"sea\" { appliances = 2, gateways = 2, tls = true,\n"
        "  routes = { [\"sea-gw-2\"] = { \"local\", \"emergency\" } } }\n"
        "cce.trunk { from = sea.gateways[1], to = sea.appliances[2], priority = 2, trusted = false }\n"
        "cce.trunk { from = sea.gateways[1], to = sea.appliances[1] }"));
    const Gateway& first = plan.gateways[plan.sites[SiteId{1}].gateways[0]];
    const Gateway& second = plan.gateways[plan.sites[SiteId{1}].gateways[1]];
    REQUIRE(first.trunks.size() == 2);
    CHECK(first.trunks[0].to == plan.sites[SiteId{1}].appliances[1]);
    CHECK(first.trunks[0].priority == 2);
    CHECK_FALSE(first.trunks[0].trusted);
    CHECK(first.trunks[0].place.line == 4);
    CHECK(first.trunks[1].priority == 1);
    CHECK(first.carries.has_all());
    CHECK(second.trunks.empty());
    CHECK(second.carries.has(sim::vocabulary::NumberClass::local));
    CHECK(second.carries.has(sim::vocabulary::NumberClass::emergency));
    CHECK_FALSE(second.carries.has(sim::vocabulary::NumberClass::international));
}

TEST_CASE("a common cause takes appliances, gateways and sites", "[lua]") {
    Desk desk;
    const Scenario plan = desk.load(Desk::with(
        "local sea = cce.site \"sea\" { appliances = 1, channels = 5 }\n"
        "local rack = cce.common_cause \"rack 7\" { takes = { ams.appliances[2], sea.gateways[1], sea } }\n"
        "cce.common_cause \"power\" { takes = ams.appliances }\n"
        "print(rack.name)"));
    REQUIRE(plan.common_causes.size() == 2);
    const CommonCause& rack = plan.common_causes[CommonCauseId{0}];
    CHECK(rack.name == "rack 7");
    CHECK(rack.members == decltype(rack.members){ApplianceId{1}, GatewayId{1}, SiteId{1}});
    CHECK(rack.place.line == 3);
    CHECK(plan.common_causes[CommonCauseId{1}].members ==
          decltype(rack.members){ApplianceId{0}, ApplianceId{1}});
    CHECK(desk.printed == std::vector<std::string>{"rack 7"});
}

TEST_CASE("what is set up wrong is in the plan as faults, what is set up right is not", "[lua]") {
    using sim::vocabulary::FaultId;
    using Wrong = std::vector<std::pair<FaultId, sim::vocabulary::FaultPlace>>;
    const auto wrong = [](const std::string& lines) {
        Wrong all;
        for (const Configured& one : Desk{}.load(Desk::with(lines)).configured)
            all.emplace_back(one.fault.id, one.fault.on);
        return all;
    };
    const auto site = [&](const std::string& keys) {
        return wrong("local b = cce.site 'b' { appliances = 3, " + keys + " }");
    };
    constexpr sim::vocabulary::TheTenant tenant;
    constexpr SiteId b{1};
    constexpr ApplianceId b_1{2}, b_2{3}, b_3{4};
    CHECK(wrong("cce.tenant {}").empty());
    CHECK(wrong("cce.tenant { shared_sip_address_space = true, use_on_prem_dial_plan = false }").empty());
    CHECK(wrong("cce.tenant { shared_sip_address_space = false, use_on_prem_dial_plan = true }") ==
          Wrong{{FaultId::shared_sip_space_false, tenant}, {FaultId::onprem_dialplan_true, tenant}});
    CHECK(site("hybrid_objects = 'present', a_record = { 'b-3', 'b-2', 'b-1' }, srv_records = true").empty());
    CHECK(site("hybrid_objects = 'licensed'") == Wrong{{FaultId::hybrid_ms_object_licensed, b_1},
                                                       {FaultId::hybrid_ms_object_licensed, b_2},
                                                       {FaultId::hybrid_ms_object_licensed, b_3}});
    CHECK(site("hybrid_objects = { ['b-3'] = 'wrong-edge', ['b-1'] = 'missing', ['b-2'] = 'present' }") ==
          Wrong{{FaultId::hybrid_ms_object_missing, b_1}, {FaultId::hybrid_ms_object_wrong_edge, b_3}});
    CHECK(site("a_record = {}") == Wrong{{FaultId::edge_a_record_missing, b}});
    CHECK(site("a_record = { 'b-2' }") ==
          Wrong{{FaultId::edge_a_record_incomplete, b_1}, {FaultId::edge_a_record_incomplete, b_3}});
    CHECK(site("srv_records = false") == Wrong{{FaultId::srv_missing, b}});
}

TEST_CASE("what is set up wrong is warned of at its line, once for all that the line says", "[lua]") {
    const Scenario plan =
        Desk{}.load(Desk::with("cce.traffic { escalation_share = 0.1 }\n"
                               "local b = cce.site 'b' { appliances = 2, hybrid_objects = 'missing' }\n"
                               "cce.tenant {\n  shared_sip_address_space = false }"));
    std::vector<std::string> said;
    for (const auto& warning : plan.warnings)
        if (warning.code == "W213") said.push_back(text(warning));
    CHECK(said ==
          std::vector<std::string>{
              "x.lua:3: warning[W213]: \"hybrid-ms-object-missing\" is in force from the first moment on, "
              "at appliance \"b-1\", appliance \"b-2\" – it is configured so; ccesim faults "
              "hybrid-ms-object-missing tells what it does",
              "x.lua:5: warning[W213]: \"shared-sip-space-false\" is in force from the first moment on, at "
              "the tenant – it is configured so; ccesim faults shared-sip-space-false tells what it does"});
}

TEST_CASE("the tenant may name the site of those without one, and so may the estate", "[lua]") {
    Desk desk;
    CHECK(desk.load(Desk::with("cce.tenant { peer_destination = 'ams' }")).peer_destination == SiteId{0});
}

TEST_CASE("failures know the crew that repairs them", "[lua]") {
    const Scenario plan = Desk{}.load(
        Desk::with("local c = cce.crew 'fitters' { people = 2 }\n"
                   "cce.failures { fault = 'host-crash', on = ams.appliances, between = '9d', lasts = '1h', "
                   "repaired_by = c }\n"
                   "cce.failures { fault = 'gateway-down', on = ams.gateways, between = '9d', lasts = '1h' }"));
    REQUIRE(plan.crews.size() == 1);
    CHECK(plan.crews[CrewId{0}].name == "fitters");
    CHECK(plan.crews[CrewId{0}].people == 2);
    REQUIRE(plan.failures.size() == 3);
    CHECK(plan.failures[0].repaired_by == CrewId{0});
    CHECK(plan.failures[1].repaired_by == CrewId{0});
    CHECK_FALSE(plan.failures[2].repaired_by);
}

TEST_CASE("traffic takes from the parameters what it leaves open", "[lua]") {
    Desk desk;
    desk.set = {{"outbound_share", "0.75"}, {"traffic_scale", "2"}};
    const Scenario plan = desk.load(Desk::with(
        "cce.traffic { erlangs = 12, mean = \"2m\", redial = { share = 0.5, delay = \"30s\", tries = 3 } }\n"
        "cce.parameters { external_share = 0.1 }"));
    REQUIRE(plan.traffic.size() == 1);
    const Traffic& traffic = plan.traffic.front();
    CHECK(traffic.erlangs == 24);
    CHECK(traffic.length == sim::kernel::exponential_law(minutes{2}));
    CHECK(traffic.outbound_share == 0.75);
    CHECK(traffic.external_share == 0.1);
    CHECK(traffic.redial->tries == 3);
    CHECK(traffic.profile.days[0] == std::vector<double>(24, 1.0));
    CHECK(plan.set == desk.set);
    CHECK(plan.given.count("erlangs_per_user") == 1);
    CHECK(plan.given.at("call_mean").line == 2);
    CHECK(plan.given.at("external_share").line == 3);
    CHECK(plan.given.count("outbound_share") == 0);
}

TEST_CASE("a parameter that one entry leaves open is still assumed", "[lua]") {
    const Scenario plan =
        Desk{}.load(Desk::with("local b = cce.site \"b\" { appliances = 1, users = 10, channels = 5 }\n"
                               "cce.traffic { at = ams, outbound_share = 0.3, erlangs_per_user = 0.2 } "
                               "cce.traffic { at = b, erlangs_per_user = 0.2 }"));
    CHECK(plan.given.count("outbound_share") == 0);
    CHECK(plan.given.count("erlangs_per_user") == 1);
    CHECK(plan.traffic[0].outbound_share == 0.3);
    CHECK(plan.traffic[1].outbound_share == 0.5);
    CHECK(plan.traffic[0].erlangs == Approx(20));
}

TEST_CASE("laws are what they are called", "[lua]") {
    const auto law = [](const std::string& words) {
        return Desk{}.load(Desk::with("cce.traffic { length = " + words + " }")).traffic[0].length;
    };
    CHECK(law("cce.lognormal { mean = '3m', cv = 3 }") == sim::kernel::lognormal_law(minutes{3}, 3));
    CHECK(law("cce.weibull { mean = '3m', shape = 0.7 }") == sim::kernel::weibull_law(minutes{3}, 0.7));
    CHECK(law("cce.hyperexponential { mean = '3m', cv = 2 }") ==
          sim::kernel::hyperexponential_law(minutes{3}, 2));
    CHECK(law("cce.fixed { mean = '3m' }") == sim::kernel::fixed_law(minutes{3}));
    CHECK(law("cce.uniform { mean = '3m' }") == sim::kernel::uniform_law(minutes{3}));
    CHECK(law("cce.empirical { '3m', '1m' }") == sim::kernel::empirical_law({60, 180}));
    CHECK(law("'3m'") == sim::kernel::exponential_law(minutes{3}));
}

TEST_CASE("windows and policies", "[lua]") {
    const Scenario plan = Desk{}.load(
        Desk::with("cce.update { at = { ams }, window = cce.weekly('mon-wed,fri 22:30', '4h') }\n"
                   "cce.policy 'a' { update = cce.one_at_a_time {} }\n"
                   "cce.policy 'b' { update = cce.reboot_in_place {}, recovery = cce.no_recovery {} }\n"
                   "cce.policy 'c' { update = cce.one_at_a_time { drain = '45m' } }"));
    REQUIRE(plan.updates.size() == 1);
    const Window& window = plan.windows[plan.updates[0].window];
    CHECK(text(window) == "weekly mon,tue,wed,fri 22:30");
    CHECK(window.length == hours{4});
    CHECK(window.place.line == 2);
    REQUIRE(plan.policies.size() == 3);
    CHECK_FALSE(plan.policies[0].update.drain_limit.has_value());
    CHECK(plan.policies[1].update.kind == UpdateKind::reboot_in_place);
    CHECK(plan.policies[1].recovery == RecoveryPolicy::none);
    CHECK(plan.policies[2].update.drain_limit == minutes{45});
}

TEST_CASE("windows of all four shapes, each once for the tenant", "[lua]") {
    const Scenario plan =
        Desk{}.load(Desk::with("local sea = cce.site 'sea' { appliances = 1, channels = 30, users = 4 }\n"
                               "local shared = cce.monthly('first,last sat,sun 00:00', '10h')\n"
                               "cce.update { at = { ams, sea }, window = shared, purpose = 'os' }\n"
                               "cce.update { at = sea, window = shared, purpose = 'bits' }\n"
                               "cce.update { at = sea, window = cce.monthly('15 00:00', '1d') }\n"
                               "cce.update { at = sea, window = cce.daily('22:00', '6h') }\n"
                               "cce.update { at = sea, window = cce.weekly('mon-fri 22:00', '4h') }\n"));
    std::vector<std::string> windows;
    for (const Window& window : plan.windows) windows.push_back(text(window));
    CHECK(windows == std::vector<std::string>{"monthly first,last sat,sun 00:00", "monthly 15 00:00",
                                              "daily 22:00", "weekly mon,tue,wed,thu,fri 22:00"});
    REQUIRE(plan.updates.size() == 6);
    CHECK(plan.updates[1].site == SiteId{1});
    CHECK(plan.updates[1].window == plan.updates[2].window);
    CHECK(plan.updates[0].purposes == sim::vocabulary::Purposes{.os = true, .bits = false});
    CHECK(plan.updates[2].purposes == sim::vocabulary::Purposes{.os = false, .bits = true});
    CHECK(plan.updates[3].purposes == sim::vocabulary::Purposes{.os = true, .bits = true});
}

TEST_CASE("patches and bits come out on days or by a rate, said in one call or two", "[lua]") {
    const Scenario days = Desk{}.load(Desk::with(
        "cce.releases { patches = { '2019-11-12' }, bits = { '2019-11-20', '2019-11-13' }, bad_share = 0.2 }"));
    REQUIRE(days.bits_releases);
    REQUIRE(days.bits_releases->out.size() == 2);
    CHECK(days.bits_releases->out[1] - days.bits_releases->out[0] == hours{24 * 7});
    CHECK_FALSE(days.bits_releases->between);
    CHECK(days.bits_releases->bad_share == 0.2);
    CHECK(days.releases->bad_share == 0.2);
    const Scenario rate =
        Desk{}.load(Desk::with("cce.releases { patches = 'patch tuesday', bad_share = 0.2 }\n"
                               "cce.releases { bits = '90d', bad_lasts = '3h' }"));
    CHECK(rate.bits_releases->between == sim::kernel::exponential_law(hours{24 * 90}));
    CHECK(rate.bits_releases->bad_share == 0);
    CHECK(rate.bits_releases->bad_lasts == hours{3});
    CHECK(rate.releases->bad_share == 0.2);
}

TEST_CASE("times are those of the struck site's clock", "[lua]") {
    const Scenario plan = Desk{}.load(Desk::with(
        "local f = cce.fault('vm-stopped', { on = ams.appliances[2], machine = 'edge', lasts = '1h' })\n"
        "cce.at('mon 10:20', f) cce.at('2019-11-18 10:20:30', f) cce.at('+3h', f) cce.at('sun 00:30', f)\n"
        "cce.at('tue 09:00', cce.cmdlet('Enter-CcUpdate', { on = ams.appliances[1], mode = 'drain', limit = "
        "'1h' }))\n"
        "cce.failures { fault = 'gateway-down', on = ams.gateways[1], between = '90d', lasts = '2h' }"));
    REQUIRE(plan.incidents.size() == 5);
    CHECK(plan.incidents[0].at == start_of_run + hours{24 + 9} + minutes{20});
    CHECK(plan.incidents[1].at == start_of_run + hours{8 * 24 + 9} + minutes{20} + std::chrono::seconds{30});
    CHECK(plan.incidents[2].at == start_of_run + hours{3});
    CHECK(plan.incidents[3].at ==
          start_of_run + hours{7 * 24 - 1} + minutes{30});  // 00:30 of the first day was before it
    CHECK(std::get<FaultAction>(plan.incidents[0].action).machine == sim::vocabulary::Machine::edge);
    CHECK(std::get<Duration>(std::get<CmdletAction>(plan.incidents[4].action).arguments.at("Limit")) ==
          hours{1});
    REQUIRE(plan.failures.size() == 1);
    CHECK(plan.failures[0].between == sim::kernel::exponential_law(hours{90 * 24}));
    CHECK(plan.failures[0].lasts == sim::kernel::fixed_law(hours{2}));
}

TEST_CASE("who says how long to drain wants a drain", "[lua]") {
    const auto cmdlet = [](const std::string& how) {
        const Scenario plan =
            Desk{}.load(Desk::with("cce.parameters { enter_update_mode = 'immediate' }\n"
                                   "cce.at('tue 09:00', cce.cmdlet('Enter-CcUpdate', { on = ams.appliances[1]" +
                                   how + " }))"));
        const auto& arguments = std::get<CmdletAction>(plan.incidents[0].action).arguments;
        const auto at_once = arguments.find("Immediate");
        if (at_once == arguments.end())
            return std::string{arguments.count("Limit") != 0 ? "by its limit" : "none"};
        return std::string{std::get<bool>(at_once->second) ? "immediate" : "drain"};
    };
    CHECK(cmdlet(", limit = '10m'") == "by its limit");
    CHECK(cmdlet(", mode = 'drain'") == "drain");
    CHECK(cmdlet("") == "none");
}

TEST_CASE("expectations take their methods in any order", "[lua]") {
    Desk desk;
    desk.folder.files["base.json"] = "{}";
    const Scenario plan = desk.load(Desk::with(
        "cce.expect('appliances_ready', { per = 'site' }):always():at_least(1)\n"
        "cce.expect('calls_dropped', { site = ams, direction = 'inbound' }):at_most(4, { confidence = 0.9 })"
        ":when('drains', { at_least = 3 })\n"
        "cce.expect('drains'):no_worse_than('base.json', { by = '10%' })"));
    REQUIRE(plan.expectations.size() == 3);
    CHECK(plan.expectations[0].always);
    CHECK(plan.expectations[0].scope.per_site);
    CHECK(plan.expectations[0].relation == Relation::at_least);
    CHECK(plan.expectations[1].scope.site == "ams");
    CHECK(plan.expectations[1].confidence == 0.9);
    CHECK(plan.expectations[1].when->at_least == 3);
    CHECK(plan.expectations[1].place.line == 3);
    CHECK(plan.expectations[2].baseline->content == "{}");
    CHECK(plan.expectations[2].baseline->by == Approx(0.1));
    CHECK(plan.expectations[2].baseline->by_is_share);
    CHECK(plan.inputs.at("base.json") == content_hash("{}"));
    CHECK(plan.inputs.count("x.lua") == 1);
}

TEST_CASE("modules run once and are hashed", "[lua]") {
    Desk desk;
    desk.folder.files["policies/night.lua"] = "print 'once' return { drain = '45m' }";
    const Scenario plan =
        desk.load(Desk::with("local a, b = require 'policies.night', require 'policies.night'\n"
                             "cce.policy 'a' { update = cce.one_at_a_time(a) } print(a == b)"));
    CHECK(desk.printed == std::vector<std::string>{"once", "true"});
    CHECK(plan.inputs.count("policies/night.lua") == 1);
}

TEST_CASE("the same script makes the same plan", "[lua]") {
    const std::string script = Desk::with(
        "for name, users in pairs { b = 5, c = 6, a = 7 } do cce.site(name) { appliances = 1, users = users, "
        "channels = 3 } end\n"
        "cce.traffic {}");
    CHECK(canonical(Desk{}.load(script)) == canonical(Desk{}.load(script)));
    CHECK(Desk{}.load(script).sites[SiteId{1}].name == "a");
}
