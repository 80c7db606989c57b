// What a person reads when a script is wrong: the place, the fault, what was expected, what helps.

#include "sim/vocabulary/fault_ids.hpp"
#include "tests/lua/support.hpp"

#include <fmt/core.h>

using lua::binding::Desk;
using sim::vocabulary::Exit;

namespace {

void says(const std::string& lines, const std::string& message) {
    CHECK(Desk{}.about(lines) == message);
}

const std::string duration_form = R"(must be a duration such as "45m", "3m10s", "1h30m" or "14d")";

}  // namespace

TEST_CASE("a slip of the fingers is met with the right word", "[lua]") {
    says("cce.traffic { at = amms }", R"(x.lua:2: error[E102]: unknown name "amms"; did you mean "ams"?)");
    says("local sea = cce.site \"sea\" { appliances = 1, directory_on = sea }",
         R"(x.lua:2: error[E102]: unknown name "sea" – a local is known from the statement after its own on, )"
         R"(to the end of its block)");
    says("prin(ams)", R"(x.lua:2: error[E102]: unknown name "prin"; did you mean "print"?)");
    says("cce.trafic {}", R"(x.lua:2: error[E102]: unknown name "cce.trafic"; did you mean "cce.traffic"?)");
    says("local x = ams.applainces",
         R"(x.lua:2: error[E102]: the site "ams": unknown name "applainces"; did you mean )"
         R"("appliances"? – there is: name, appliances, gateways)");
    says("cce.expect(\"calls_droped\"):at_most(1)",
         R"(x.lua:2: error[E108]: cce.expect: unknown metric "calls_droped"; did you mean )"
         R"("calls_dropped"? – there is: "calls_dropped", "appliances_ready", "drains", )"
         R"("attempts_served", "lost_per_10k" – ccesim metrics lists them all)");
    says("cce.expect(\"drains\"):at_mots(1)",
         R"(x.lua:2: error[E102]: an expectation: unknown name "at_mots"; did you mean )"
         R"("at_most"? – there is: always, at_least, at_most, no_worse_than, when)");
}

TEST_CASE("an unknown key is found on its own line, in nested tables too", "[lua]") {
    says("cce.traffic {\n  at = ams,\n  redial = {\n    share = 0.1,\n    dellay = \"1m\",\n  },\n}",
         R"(x.lua:6: error[E104]: cce.traffic.redial: unknown key "dellay"; did you mean )"
         R"("delay"? – keys: share, delay, tries)");
    says(
        "local b = cce.site \"sea\" {\n  aplliances = 3,\n}",
        R"(x.lua:3: error[E104]: cce.site "sea": unknown key "aplliances"; did you mean )"
        R"("appliances"? – keys: zone, channels, reroute_on_5xx, appliances, size, gateways, users, edge, )"
        R"(version, tls, installed, edge_certificate, directory_on, backup_version, hybrid_objects, a_record, )"
        R"(srv_records, routes)");
    says("local b = cce.site \"sea\" { appliances = 1, trunks = 3 }",
         R"(x.lua:2: error[E104]: cce.site "sea": unknown key "trunks" – keys: zone, channels, )"
         R"(reroute_on_5xx, appliances, size, gateways, users, edge, version, tls, installed, )"
         R"(edge_certificate, directory_on, backup_version, hybrid_objects, a_record, srv_records, routes)");
    says("cce.parameters { boot_adm = \"1m\" }",
         R"(x.lua:2: error[E104]: cce.parameters: unknown key "boot_adm"; did you mean )"
         R"("boot_ad"? – ccesim check lists them all)");
    says("cce.update { ams }",
         R"(x.lua:2: error[E104]: cce.update: a value stands without its key – must be key = )"
         R"(value – keys: at, window, purpose)");
}

TEST_CASE("a duration needs a unit", "[lua]") {
    says("cce.traffic {\n  mean = 190 }", "x.lua:3: error[E106]: cce.traffic: \"mean\" is the number 190 – " +
                                              duration_form + " – a duration needs a unit");
    says("cce.traffic { mean = \"190\" }", "x.lua:2: error[E107]: cce.traffic: \"mean\" is \"190\" – " +
                                               duration_form + " – a duration needs a unit");
    says("cce.traffic { mean = \"5 mins\" }", "x.lua:2: error[E107]: cce.traffic: \"mean\" is \"5 mins\" – " +
                                                  duration_form +
                                                  " – units are us, ms, s, m, h, d and w; at most 200 years");
    says("cce.traffic { mean = \"-5m\" }", "x.lua:2: error[E107]: cce.traffic: \"mean\" is \"-5m\" – " +
                                               duration_form + " – a duration is not negative");
    says("cce.parameters { boot_ad = 180 }",
         "x.lua:2: error[E107]: cce.parameters: \"boot_ad\" is the number 180 – " + duration_form +
             " – a duration needs a unit");
}

TEST_CASE("a value of the wrong kind or size is told what it must be", "[lua]") {
    says("cce.traffic { outbound_share = 60 }",
         R"(x.lua:2: error[E107]: cce.traffic: "outbound_share" is the number 60 – must be a )"
         R"(number from 0 to 1 – did you mean 0.6?)");
    says("cce.traffic { at = \"ams\" }",
         R"(x.lua:2: error[E106]: cce.traffic: "at" is "ams" – must be a site, cce.unassigned, )"
         R"(or a list of them)");
    says("cce.traffic { at = { ams, 7 } }",
         R"(x.lua:2: error[E106]: cce.traffic: "at"[2] is the number 7 – must be a site, )"
         R"(cce.unassigned, or a list of them)");
    says("cce.traffic \"office\"",
         R"(x.lua:2: error[E106]: cce.traffic: argument 1 is "office" – must be a table, { key = value, … })");
    says("cce.update { at = ams }",
         R"(x.lua:2: error[E105]: cce.update: "window" is missing – must be a window such as )"
         R"(cce.weekly("sun 02:00", "4h"))");
    says("local s = cce.site \"b\" { appliances = 17 }",
         R"(x.lua:2: error[E107]: cce.site "b": this is too many appliances for one site – a site has at )"
         R"(most 16 (the product's planning guide) – several sites may sit in one place)");
    says("local s = cce.site \"b\" { appliances = 1, size = \"big\" }",
         R"(x.lua:2: error[E107]: cce.site "b": "size" is "big" – must be "large" or "small")");
    says("cce.expect(\"drains\"):at_most(3, { confidence = 95 })",
         R"(x.lua:2: error[E107]: expectation:at_most: "confidence" is the number 95 – must be a )"
         R"(number from 0 to 1 – did you mean 0.95?)");
    says("cce.expect(\"drains\"):at_most(math.huge)",
         R"(x.lua:2: error[E107]: expectation:at_most: argument 1 is the number inf – must be a )"
         R"(number from 0 to 1000000000000000)");
    says("cce.expect(\"drains\"):at_least(-1e300)",
         R"(x.lua:2: error[E107]: expectation:at_least: argument 1 is the number -1e+300 – must be a )"
         R"(number from 0 to 1000000000000000)");
    says("cce.expect(\"attempts_served\"):at_least(98)",
         R"(x.lua:2: error[E107]: expectation:at_least: argument 1 is the number 98 – must be a )"
         R"(number from 0 to 1 – did you mean 0.98?)");
    says("cce.expect(\"drains\").at_most(3)",
         R"(x.lua:2: error[E106]: expectation:at_most: the first argument is the number 3 – must )"
         R"(be called with a colon, as cce.expect("…"):at_most(…))");
}

TEST_CASE("dates, hosts and backup versions of a site are checked where they are said", "[lua]") {
    const auto site_says = [](const std::string& pair, const std::string& message) {
        says("local s = cce.site \"b\" { appliances = 2, version = \"2.0.1\", " + pair + " }", message);
    };
    site_says(
        "installed = \"6 March\"",
        R"(x.lua:2: error[E107]: cce.site "b": "installed" is "6 March" – must be a date such as "2019-11-10")");
    site_says("edge_certificate = \"2019-02-30\"",
              R"(x.lua:2: error[E107]: cce.site "b": "edge_certificate" is )"
              R"("2019-02-30" – must be a date such as "2019-11-10")");
    site_says("edge_certificate = 2019",
              R"(x.lua:2: error[E106]: cce.site "b": "edge_certificate" is the number )"
              R"(2019 – must be a date such as "2019-11-10")");
    site_says("installed = \"1492-10-12\"",
              R"(x.lua:2: error[E107]: cce.site "b": "installed" is "1492-10-12" )"
              R"(– must be a date from 1990 to 2200)");
    site_says(
        "installed = \"2019-11-11\"",
        R"(x.lua:2: error[E125]: site "b": its appliances are installed on 2019-11-11, after the first day )"
        R"(of the run – must be 2019-11-10 or earlier – the run begins with all that the scenario )"
        R"(describes)");
    site_says("directory_on = \"b-3\"",
              R"(x.lua:2: error[E108]: cce.site "b": the site has no host "b-3"; did )"
              R"(you mean "b-1"? – there is: "b-1", "b-2")");
    site_says("directory_on = 1",
              R"(x.lua:2: error[E106]: cce.site "b": "directory_on" is the number 1 – must be )"
              R"(the name of one of the site's hosts)");
    site_says(
        "backup_version = \"2.0.2\"",
        R"(x.lua:2: error[E107]: cce.site "b": "backup_version" is "2.0.2"; did you mean "2.0.1"? – must be )"
        R"("1.3.8", "1.4.1", "1.4.2", "2.0", "2.0.1" or "2.1")");
    site_says("backup_version = \"2.0.1\"",
              R"(x.lua:2: error[E126]: cce.site "b": the backup version is 2.0.1, )"
              R"(which appliance "b-1" runs – must be another one)");
}

TEST_CASE("what does not exist is met with a list of what does", "[lua]") {
    says("cce.expect(\"calls_dropped\", { site = \"amz\" }):at_most(1)",
         R"(x.lua:2: error[E108]: cce.expect "calls_dropped": unknown site "amz"; did you mean )"
         R"("ams"? – there is: "ams")");
    says("local s = cce.site \"Seattle\" { channels = 3 }",
         R"(x.lua:2: error[E108]: cce.site "Seattle": no file describes this site – there is: )"
         R"("ams" – a site without files says how many appliances it has: appliances = 2)");
    says("local a = ams.appliances[3]",
         "x.lua:2: error[E108]: there is no [3] in this list – must be from 1 to 2");
    says("local f = cce.fault(\"host-crsh\", { on = ams.appliances[1] })",
         R"(x.lua:2: error[E108]: cce.fault: unknown fault "host-crsh"; did you mean )"
         R"("host-crash"? – ccesim faults lists them)");
    says("local s = cce.site \"b\" { appliances = 1, zone = \"Europe/Amsterdan\" }",
         R"(x.lua:2: error[E108]: site "b": unknown time zone "Europe/Amsterdan"; did you mean )"
         R"("Europe/Amsterdam"? – must be a name such as "Europe/Amsterdam")");
}

TEST_CASE("a fault that has no world yet to strike is refused by name", "[lua]") {
    const std::string why =
        R"( cannot be injected – administrators' sessions and sign-in are not simulated yet – )";
    says("local f = cce.fault(\"trust-dialog\", { on = ams.appliances[1] })",
         R"(x.lua:2: error[E124]: cce.fault: fault "trust-dialog")" + why +
             "ccesim faults trust-dialog describes it");
    says("cce.failures { fault = \"exec-policy-restricted\", on = ams.appliances[1], between = \"90d\" }",
         R"(x.lua:2: error[E124]: cce.failures: fault "exec-policy-restricted")" + why +
             "ccesim faults exec-policy-restricted describes it");
    for (const auto& fault : sim::vocabulary::fault_names) {
        const std::string said =
            Desk{}.about(fmt::format("local f = cce.fault(\"{}\", {{ on = ams.appliances[1] }})", fault.name));
        CHECK((said.find("E124") == std::string::npos) == fault.can_be_injected());
    }
}

TEST_CASE("times are told apart from the run they miss", "[lua]") {
    says("cce.at(\"2019-11-24 10:00\", cce.fault(\"host-crash\", { on = ams.appliances[1] }))",
         R"(x.lua:2: error[E118]: cce.at: "2019-11-24 10:00" is 2019-11-24T09:00:00Z after the )"
         R"(run – must be before 2019-11-24T00:00:00Z)");
    says("cce.at(\"2019-11-10 00:30\", cce.fault(\"host-crash\", { on = ams.appliances[1] }))",
         R"(x.lua:2: error[E118]: cce.at: "2019-11-10 00:30" is 2019-11-09T23:30:00Z before the )"
         R"(run – must be from 2019-11-10T00:00:00Z)");
    says("cce.at(\"10:20\", cce.fault(\"host-crash\", { on = ams.appliances[1] }))",
         R"(x.lua:2: error[E107]: cce.at: argument 1 is "10:20" – must be a time such as "mon )"
         R"(10:20", "2019-11-18 10:20" or "+3h" – days are sun, mon, tue, wed, thu, fri and sat)");
    says("cce.update { at = ams, window = cce.daily(\"22:00\", \"25h\") }",
         R"(x.lua:2: error[E107]: cce.daily: argument 2 is "25h" – must end before the next )"
         R"(window opens – the window would overlap itself)");
    says("cce.update { at = ams, window = cce.weekly(\"son 25:00\", \"4h\") }",
         R"(x.lua:2: error[E107]: cce.weekly: argument 1 is "son 25:00" – must be days and a )"
         R"(time of day, such as "sun 02:00", "mon,wed 22:00" or "mon-fri 22:00" – days are sun, )"
         R"(mon, tue, wed, thu, fri and sat)");
}

TEST_CASE("a monthly window opens on a day, or on weekdays of weeks", "[lua]") {
    const auto said_of = [](const std::string& opens) {
        return Desk{}.complaint(
            Desk::with("cce.update { at = ams, window = cce.monthly(" + opens + ", '4h') }"));
    };
    const std::string form =
        R"( – must be a day of the month, or weeks and days, and a time of day, such as "15 00:00", )"
        R"("last sun 02:00" or "first,last sat,sun 00:00")";
    const std::string weeks = " – weeks are first, second, third, fourth and last";
    const auto wrong = [&](const std::string& opens, const std::string& help) {
        INFO(opens);
        CHECK(said_of("'" + opens + "'") ==
              "x.lua:2: error[E107]: cce.monthly: argument 1 is \"" + opens + '"' + form + help);
    };
    CHECK(said_of("'15 00:00'") == "fine");
    CHECK(said_of("'first,last sat,sun 00:00'") == "fine");
    CHECK(said_of("'second tue 22:00'") == "fine");
    CHECK(said_of("'third mon-fri 22:00:30'") == "fine");
    CHECK(said_of("15") == "x.lua:2: error[E106]: cce.monthly: argument 1 is the number 15" + form);
    wrong("", "");
    wrong("15", "");
    wrong("15 25:00", "");
    wrong("0 00:00", " – days of the month are 1 to 31");
    wrong("32 00:00", " – days of the month are 1 to 31");
    wrong("1,15 00:00", " – a window takes one day; a site may have several windows");
    wrong("sun 02:00", " – say in which weeks: \"first sun 02:00\"");
    wrong("first 02:00", weeks);
    wrong("first son 02:00", " – days are sun, mon, tue, wed, thu, fri and sat");
    wrong("first sat sun 02:00", " – days are sun, mon, tue, wed, thu, fri and sat");
    CHECK(said_of("'first,forth sat 02:00'") ==
          "x.lua:2: error[E145]: cce.monthly: unknown week \"forth\"; did you mean \"fourth\"?" + form + weeks);
    CHECK(said_of("'every sat 02:00'") ==
          "x.lua:2: error[E145]: cce.monthly: unknown week \"every\"" + form + weeks);
    says("cce.update { at = ams, window = cce.monthly(\"first,last sat,sun 00:00\", \"25h\") }",
         R"(x.lua:2: error[E107]: cce.monthly: argument 2 is "25h" – must end before the next )"
         R"(window opens – the window would overlap itself)");
    says(
        "cce.update { at = ams, window = cce.daily('22:00', '4h'), purpose = 'bit' }",
        R"(x.lua:2: error[E107]: cce.update: "purpose" is "bit"; did you mean "bits"? – must be "os" or "bits")");
}

TEST_CASE("the twenty-first window of a tenant is one too many, where it is made", "[lua]") {
    const auto said_of = [](const std::string& made) {
        return Desk{}.complaint(Desk::with(
            "cce.traffic {}\nlocal one = cce.daily('02:00', '4h')\ncce.update { at = ams, window = one }\n"
            "for i = 1, 20 do\n  cce.update { at = ams, window = " +
            made + " }\nend"));
    };
    CHECK(said_of("cce.daily('02:00', '4h')") ==
          "x.lua:6: error[E211]: the tenant has 21 update windows – must be at most 20 (the product's guide to "
          "changing a deployment) – one window may serve several sites");
    CHECK(said_of("one") == "fine");
}

TEST_CASE("what Lua finds wrong stands in the same form", "[lua]") {
    says("local x = = 1", "x.lua:2: error[E101]: unexpected symbol near '=' – the line reads: local x = = 1");
    says("local x = nil\nlocal y = x.name", "x.lua:3: error[E110]: attempt to index a nil value (local 'x')");
    says("error(\"no such plan\")", "x.lua:2: error[E110]: no such plan");
    says("error { 1 }", "x.lua:2: error[E110]: the script raised a table, not a message");
    says("total = 1", R"(x.lua:2: error[E103]: "total" is not a local – write: local total)");
    says("function helper() end",
         R"(x.lua:2: error[E103]: "helper" is not a local – write: local function helper)");
    says("local t = os.time()",
         R"(x.lua:2: error[E114]: "os" is not available in scenarios – a scenario reaches no )"
         R"(clock, file or process)");
    says("local r = math.random()",
         R"(x.lua:2: error[E114]: "math.random" is not available in scenarios – luck is the )"
         R"(simulation's: describe a law, such as cce.lognormal)");
    says("local x = 2 ^ 3",
         "x.lua:2: error[E114]: the operator ^ is not available in scenarios – its last bits differ between "
         "machines; write x * x, or "
         "math.exp(y * math.log(x))");
}

TEST_CASE("a script says things once and ends with its run", "[lua]") {
    says("cce.traffic {}\ncce.traffic { at = ams }",
         R"(x.lua:3: error[E109]: cce.traffic: site "ams" has its traffic already – first at x.lua:2)");
    says("cce.policy \"a\" {}\ncce.policy \"a\" {}",
         R"(x.lua:3: error[E109]: cce.policy "a": this policy is given twice – first at x.lua:2)");
    says("cce.traffic {\n  mean = \"3m\",\n  length = cce.fixed { mean = \"3m\" } }",
         R"(x.lua:3: error[E109]: cce.traffic: "length" and "mean" say the same thing – must be one of them)");
    says("cce.expect \"drains\"",
         R"(x.lua:2: error[E117]: cce.expect "drains" compares with nothing – must have )"
         R"(:at_most(x), :at_least(x) or :no_worse_than(file))");
    CHECK(Desk{}.complaint("local x = 1") ==
          "x.lua: error[E116]: the script must end with: return cce.run { … }");
    CHECK(Desk{}.complaint("local cce = require 'ccesim'\nlocal s = cce.site 'a' { appliances = 1 }\n"
                           "cce.run { from = '2019-11-10', length = '1d' }") ==
          "x.lua:3: error[E116]: the script must end with: return cce.run { … } – cce.run stands here, but the "
          "script does "
          "not return it");
}

TEST_CASE("a trunk leads from a gateway to an appliance or to a name", "[lua]") {
    says("cce.trunk { to = ams.appliances[1] }",
         R"(x.lua:2: error[E105]: cce.trunk: "from" is missing – must be a gateway, such as site.gateways[1])");
    says("cce.trunk { from = ams.gateways[1] }",
         R"(x.lua:2: error[E105]: cce.trunk: "to" is missing – must be an appliance, or target = )"
         R"("FQDN or IP of a Mediation Server")");
    says("cce.trunk { from = ams.gateways[1], to = ams.gateways[1] }",
         R"(x.lua:2: error[E106]: cce.trunk: "to" is the gateway "ams-gw-1" – must be an appliance, )"
         R"(such as site.appliances[1])");
    says("cce.trunk { from = ams.gateways[1], to = ams.appliances[1], target = \"ms1\" }",
         R"(x.lua:2: error[E109]: cce.trunk: "to" and "target" both say where the trunk leads – )"
         R"(an appliance is enough: its Mediation Server is meant)");
    says(
        "cce.trunk { from = ams.gateways[1], to = ams.appliances[1], priority = 0 }",
        R"(x.lua:2: error[E107]: cce.trunk: "priority" is the number 0 – must be a whole number from 1 to 100)");
    says("cce.trunk { from = ams.gateways[1], target = \"ms1.contoso.local\" }",
         R"(x.lua:2: error[E130]: cce.trunk: a trunk to nowhere: no Mediation Server is called )"
         R"("ms1.contoso.local" – no file names the Mediation Servers of site "ams" – say it by the )"
         R"(appliance: to = site.appliances[1])");
    says("for i = 1, 2 do cce.trunk { from = ams.gateways[1], to = ams.appliances[1] } end",
         R"(x.lua:2: error[E131]: cce.trunk: gateway "ams-gw-1" has a trunk to appliance "ams-1" already – )"
         R"(first at x.lua:2)");
    says("cce.trunk { from = ams.gateways[1], to = ams.appliances[1], trusted = false }",
         R"(x.lua:2: error[E132]: cce.trunk: "trusted" is said of gateway "ams-gw-1", which uses TCP – )"
         R"(must be said of a gateway that uses TLS – write tls = true at its cce.site)");
}

TEST_CASE("routes are classes of numbers, each once", "[lua]") {
    says("cce.site \"sea\" { appliances = 1, routes = { } }",
         R"(x.lua:2: error[E107]: cce.site "sea": "routes" is a table – must name at least one)");
    says("cce.site \"sea\" { appliances = 1, routes = { \"local\", \"emergencies\" } }",
         R"(x.lua:2: error[E107]: cce.site "sea": "routes"[2] is "emergencies"; did you mean )"
         R"("emergency"? – must be "local", "international" or "emergency")");
    says("cce.site \"sea\" { appliances = 1, routes = { [\"sea-gw-1\"] = { \"local\", \"local\" } } }",
         R"(x.lua:2: error[E109]: cce.site "sea".routes: "local" is said twice)");
    says(
        "cce.site \"sea\" { appliances = 1, routes = { [\"sea-gw-2\"] = \"local\" } }",
        R"(x.lua:2: error[E108]: cce.site "sea".routes: unknown gateway "sea-gw-2"; did you mean "sea-gw-1"? – )"
        R"(there is: "sea-gw-1")");
}

TEST_CASE("a common cause takes two things or more, each once", "[lua]") {
    const std::string members = "must be an appliance, a gateway or a site, such as site.appliances[1]";
    says("cce.common_cause \"rack 7\" { take = ams.appliances }",
         R"(x.lua:2: error[E104]: cce.common_cause "rack 7": unknown key "take"; )"
         R"(did you mean "takes"? – keys: takes, kind)");
    says(
        "cce.common_cause \"rack 7\" {}",
        R"(x.lua:2: error[E105]: cce.common_cause "rack 7": "takes" is missing – must be a list of appliances, )"
        R"(gateways and sites)");
    says("cce.common_cause \"rack 7\" {\n  takes = { ams, \"ams-1\" } }",
         R"(x.lua:3: error[E106]: cce.common_cause "rack 7": "takes"[2] is "ams-1" – )" + members);
    says("cce.common_cause \"rack 7\" { takes = { ams, cce.unassigned } }",
         R"(x.lua:2: error[E106]: cce.common_cause "rack 7": "takes"[2] is cce.unassigned – )" + members);
    says("cce.common_cause \"rack 7\" { takes = { ams, ams.appliances } }",
         R"(x.lua:2: error[E106]: cce.common_cause "rack 7": "takes"[2] is a table – )" + members +
             " – a list of a site's appliances is not one of them");
    says(
        "cce.common_cause \"rack 7\" { takes = ams }",
        R"(x.lua:2: error[E107]: cce.common_cause "rack 7": it takes site "ams" only – must take at least two – )"
        R"(what takes one alone is a fault of it)");
    says("cce.common_cause \"rack 7\" { takes = { ams.appliances[1], ams, ams.appliances[1] } }",
         R"(x.lua:2: error[E109]: cce.common_cause "rack 7": it takes appliance "ams-1" twice)");
    says("cce.common_cause \"a\" { takes = ams.appliances }\ncce.common_cause \"a\" { takes = ams.appliances }",
         R"(x.lua:3: error[E109]: cce.common_cause "a": this common cause is given twice – first at x.lua:2)");
    says(
        "cce.common_cause \"a\" { takes = ams.appliances } cce.traffic {}\ncce.common_cause \"A\" { takes = "
        "ams.appliances }",
        R"(x.lua:3: error[E205]: common cause "A" is there twice (first at x.lua:2) – names are compared without )"
        R"(regard to case)");
    says("cce.common_cause(7)",
         R"(x.lua:2: error[E106]: cce.common_cause: argument 1 is the number 7 – must be a name: )"
         R"(cce.common_cause "rack 7" { takes = { … } })");
    says("cce.common_cause \"\"",
         R"(x.lua:2: error[E107]: cce.common_cause: argument 1 is "" – must have 1 to 64 bytes)");
    says("cce.common_cause \"rack 7\"",
         R"(x.lua:2: error[E123]: cce.common_cause "rack 7" is said and never used – its table follows: )"
         R"(cce.common_cause "rack 7" { … })");
    says("local rack = cce.common_cause \"rack 7\" { takes = ams.appliances }\nlocal n = rack.nam",
         R"(x.lua:3: error[E102]: the common cause "rack 7": unknown name "nam"; did you mean "name"? – )"
         R"(there is: name)");
}

TEST_CASE("what a tenant is told wrong is met with what is right", "[lua]") {
    says("cce.tenant { shared_sip_addres_space = true }",
         R"(x.lua:2: error[E104]: cce.tenant: unknown key "shared_sip_addres_space"; did you mean )"
         R"("shared_sip_address_space"? – keys: peer_destination, shared_sip_address_space, )"
         R"(use_on_prem_dial_plan)");
    says("cce.tenant { use_on_prem_dial_plan = 'no' }",
         R"(x.lua:2: error[E106]: cce.tenant: "use_on_prem_dial_plan" is "no" – must be true or false)");
    says("cce.tenant {}\ncce.tenant {}",
         "x.lua:3: error[E109]: cce.tenant: the tenant is described twice – first at x.lua:2");
    says(
        "cce.tenant { peer_destination = 'amz' }",
        R"(x.lua:2: error[E108]: peer_destination: unknown site "amz"; did you mean "ams"? – there is: "ams")");
}

TEST_CASE("an object or a name of an appliance that is not there is met with those that are", "[lua]") {
    const std::string site = "local b = cce.site 'b' { appliances = 2, ";
    says(site + "\n hybrid_objects = { ['b-3'] = 'missing' } }",
         R"(x.lua:3: error[E108]: cce.site "b".hybrid_objects: unknown appliance "b-3"; did you mean "b-1"? )"
         R"(– there is: "b-1", "b-2")");
    says(
        site + "hybrid_objects = 'mising' }",
        R"(x.lua:2: error[E107]: cce.site "b": "hybrid_objects" is "mising"; did you mean "missing"? – must be )"
        R"("present", "missing", "licensed" or "wrong-edge")");
    says(site + "hybrid_objects = { 'missing' } }",
         R"(x.lua:2: error[E106]: cce.site "b": "hybrid_objects" is a table – must be one value for each )"
         R"(appliance, or a table by appliance name)");
    says(site + "a_record = { 'b-1', 'c-2' } }",
         R"(x.lua:2: error[E108]: cce.site "b": unknown appliance "c-2"; did you mean "b-2"? – there is: )"
         R"("b-1", "b-2")");
    says(site + "a_record = { 'b-1', 'b-1' } }", R"(x.lua:2: error[E109]: cce.site "b": it names "b-1" twice)");
    says(site + "a_record = 'b-1' }",
         R"(x.lua:2: error[E106]: cce.site "b": "a_record" is "b-1" – must be a list of appliances, such as )"
         R"({ "ams-cce-1" }; { } if there is no record)");
    says(site + "srv_records = 0 }",
         R"(x.lua:2: error[E106]: cce.site "b": "srv_records" is the number 0 – must be true or false)");
}

TEST_CASE("a crew has people, and something to repair", "[lua]") {
    const std::string fails = "cce.failures { fault = 'host-crash', on = ams.appliances, between = '9d', ";
    says(
        "local c = cce.crew 'c' { people = 0 }",
        R"(x.lua:2: error[E107]: cce.crew "c": "people" is the number 0 – must be a whole number from 1 to 1000)");
    says(
        "local c = cce.crew 'c' {}",
        R"(x.lua:2: error[E105]: cce.crew "c": "people" is missing – must be how many repairs the crew does at )"
        R"(once)");
    says(
        "local c = cce.crew 'c'",
        R"(x.lua:2: error[E123]: cce.crew "c" is said and never used – its table follows: cce.crew "c" { … })");
    says("local c = cce.crew 'c' { people = 1 }",
         R"(x.lua:2: error[E123]: cce.crew "c" is said and never used – must be given to cce.failures as )"
         R"(repaired_by)");
    says("local c = cce.crew 'c' { people = 1 }\nlocal d = cce.crew 'c' { people = 2 }",
         R"(x.lua:3: error[E109]: cce.crew "c": this crew is given twice – first at x.lua:2)");
    says("local c = cce.crew 'c' { people = 1 }\nlocal n = c.people",
         R"(x.lua:3: error[E102]: the crew "c": unknown name "people" – there is: name)");
    says(fails + "lasts = '1h', repaired_by = 'fitters' }",
         R"(x.lua:2: error[E106]: cce.failures: "repaired_by" is "fitters" – must be a crew: )"
         R"(cce.crew "fitters" { people = 1 })");
    says(fails + "lasts = '1h', repaired_by = ams }",
         R"(x.lua:2: error[E106]: cce.failures: "repaired_by" is the site "ams" – must be a crew: )"
         R"(cce.crew "fitters" { people = 1 })");
    says(
        "local c = cce.crew 'c' { people = 1 }\n"
        "cce.failures { fault = 'edge-rtcsrv-down', on = ams.appliances, between = '9d', repaired_by = c }",
        R"(x.lua:3: error[E139]: cce.failures: failures of edge-rtcsrv-down do not say how long their repair )"
        R"(takes – must have "lasts")");
    says(
        "local c = cce.crew 'c' { people = 1 }\n"
        "cce.failures { fault = 'mgmt-service-restart', on = ams.appliances, between = '9d', repaired_by = c }",
        R"(x.lua:3: error[E139]: cce.failures: failures of mgmt-service-restart do not say how long their )"
        R"(repair takes – must have "lasts" – mgmt-service-restart is over at once, nobody repairs it)");
}

TEST_CASE("several faults that only the end shows are told together", "[lua]") {
    says("cce.expect \"drains\"\ncce.expect \"calls_dropped\"",
         "x.lua:2: error[E117]: cce.expect \"drains\" compares with nothing – must have :at_most(x), "
         ":at_least(x) or "
         ":no_worse_than(file)\n"
         "x.lua:3: error[E117]: cce.expect \"calls_dropped\" compares with nothing – must have :at_most(x), "
         ":at_least(x) or "
         ":no_worse_than(file)");
}

TEST_CASE("a script that cannot be read is a wrong scenario, a file it names is wrong data", "[lua]") {
    Desk desk;
    try {
        lua::binding::load({"none.lua", desk.folder, desk.zones, {}, {}, {}, {}});
        FAIL("there is no such script");
    } catch (const sim::vocabulary::InputError& error) {
        CHECK(error.exit() == Exit::scenario);
        CHECK(std::string(error.what()) == "none.lua: error[E401]: cannot open: No such file or directory");
    }
    CHECK(desk.about("cce.traffic { profile = 'none.csv' }") ==
          "none.csv: error[E401]: cannot open: No such file or directory");
    CHECK(desk.exit == Exit::input_data);
}

TEST_CASE("modules come from the scenario's folder, and not from themselves", "[lua]") {
    Desk desk;
    desk.folder.files["a.lua"] = "return require 'b'";
    desk.folder.files["b.lua"] = "return require 'a'";
    CHECK(desk.about("local a = require 'a'") ==
          R"(b.lua:1: error[E115]: require: the module "a" requires itself – directly, or through )"
          R"(what it requires)");
    CHECK(desk.about("local a = require 'none'") ==
          R"(x.lua:2: error[E115]: require: there is no module "none": cannot open: No such file )"
          R"(or directory – must be "ccesim" or a module below the scenario's folder, such as )"
          R"("policies.night")");
    CHECK(desk.about("local a = require '../a'") ==
          R"(x.lua:2: error[E115]: require: argument 1 is "../a" – must be "ccesim" or a module )"
          R"(below the scenario's folder, such as "policies.night")");
    desk.folder.files["c.lua"] = "local x = {}\nreturn x.y.z";
    CHECK(desk.about("local c = require 'c'") ==
          "c.lua:2: error[E110]: attempt to index a nil value (field 'y')");
}

TEST_CASE("what is only assumed is overridden by --set", "[lua]") {
    Desk desk;
    desk.set = {{"boot_ad", "5m"}};
    CHECK(desk.about("cce.parameters { boot_ad = '4m' }") ==
          "error[E121]: --set: boot_ad is given by the scenario at x.lua:2 – must be a parameter that is only "
          "assumed – change it "
          "there");
    CHECK(desk.exit == Exit::command_line);
    desk.set = {{"bot_ad", "5m"}};
    CHECK(desk.about("") ==
          R"(error[E120]: --set: unknown parameter "bot_ad"; did you mean "boot_ad"? – ccesim )"
          R"(check lists what is assumed)");
    desk.set = {{"night_floor", "many"}};
    CHECK(desk.about("") == R"(error[E122]: --set: night_floor is "many" – must be a number from 0 to 1)");
}

TEST_CASE("what is expected of a metric is something that it can be", "[lua]") {
    says(
        "cce.expect('attempts_served'):at_most(-0.1)",
        R"(x.lua:2: error[E107]: expectation:at_most: argument 1 is the number -0.1 – must be a number from 0 to 1)");
    says("cce.expect('lost_per_10k'):at_most(10001)",
         R"(x.lua:2: error[E107]: expectation:at_most: argument 1 is the number 10001 – must be a number )"
         R"(from 0 to 10000)");
    says("cce.expect('drains'):at_least(-1)",
         R"(x.lua:2: error[E107]: expectation:at_least: argument 1 is the number -1 – must be a number )"
         R"(from 0 to 1000000000000000)");
    says(
        "cce.expect('attempts_served'):at_least(0.98)\ncce.expect('lost_per_10k'):at_most(10000)\n"
        "cce.expect('drains'):at_most(1e15)",
        "fine");
    says("cce.expect('drains'):always():no_worse_than('x.lua')",
         R"(x.lua:2: error[E109]: cce.expect "drains": always() has no effect on no_worse_than() – )"
         R"(no_worse_than compares means)");
}

TEST_CASE("the calls that reached no site can be named", "[lua]") {
    says("cce.expect('calls_dropped', { site = '(no site)' }):at_most(1)", "fine");
}

TEST_CASE("what is said and never used is told at its line", "[lua]") {
    const std::string unused = " is said and never used – ";
    const auto forgotten = [&](const std::string& what, const std::string& expected) {
        return "x.lua:2: error[E123]: " + what + unused + expected;
    };
    says("cce.policy 'a'", forgotten(R"(cce.policy "a")", R"(its table follows: cce.policy "a" { … })"));
    says("local b = cce.site 'b'", forgotten(R"(cce.site "b")", R"(its table follows: cce.site "b" { … })"));
    says("cce.fault('host-crash', { on = ams.appliances[1] })",
         forgotten(R"(cce.fault "host-crash")", "must be given to cce.at(when, what)"));
    says("local x = cce.cmdlet('Exit-CcUpdate', { on = ams.appliances[1] })",
         forgotten(R"(cce.cmdlet "Exit-CcUpdate")", "must be given to cce.at(when, what)"));
    says("cce.lognormal { mean = '3m', cv = 3 }",
         forgotten("cce.lognormal", "must be given to cce.traffic or cce.failures"));
    says("local w = cce.weekly('sun 02:00', '4h')", forgotten("cce.weekly", "must be given to cce.update"));
    says("local w = cce.daily('02:00', '4h')", forgotten("cce.daily", "must be given to cce.update"));
    says("local w = cce.monthly('15 02:00', '4h')", forgotten("cce.monthly", "must be given to cce.update"));
    says("local u = cce.one_at_a_time {}", forgotten("cce.one_at_a_time", "must be given to cce.policy"));
    says("local r = cce.no_recovery {}", forgotten("cce.no_recovery", "must be given to cce.policy"));
    says("local a, b = cce.never {},\n  cce.reboot_in_place {}\ncce.policy 'p' { update = a }",
         "x.lua:3: error[E123]: cce.reboot_in_place" + unused + "must be given to cce.policy");
    says(
        "local f = cce.fault('host-crash', { on = ams.appliances[1], lasts = '1h' })\n"
        "cce.at('mon 10:00', f) cce.at('tue 10:00', f)",
        "fine");
}

TEST_CASE("a module may offer laws that nobody takes, but no faults", "[lua]") {
    Desk desk;
    desk.folder.files["laws.lua"] =
        "local cce = require 'ccesim'\nreturn { short = cce.fixed { mean = '1m' }, long = cce.fixed { mean = "
        "'9m' } }";
    CHECK(desk.about("cce.traffic { length = require('laws').short }") == "fine");
    desk.folder.files["storm.lua"] =
        "local cce = require 'ccesim'\nreturn function(on) return cce.fault('host-crash', { on = on }) end";
    CHECK(desk.about("require 'storm'(ams.appliances[1])") ==
          R"(storm.lua:2: error[E123]: cce.fault "host-crash" is said and never used – must be given to )"
          R"(cce.at(when, what))");
}

TEST_CASE("a parameter that all traffic says itself is not said in vain", "[lua]") {
    const auto in_vain = [](const std::string& key, int line) {
        return "x.lua:2: error[E109]: cce.parameters: " + key +
               " is given by cce.traffic at x.lua:" + std::to_string(line) +
               " – all traffic says its own: leave out one of them";
    };
    says("cce.parameters { outbound_share = 0.3 }\ncce.traffic { outbound_share = 0.4 }",
         in_vain("outbound_share", 3));
    says("cce.parameters { erlangs_per_user = 0.3 }\ncce.traffic {\n  erlangs = 12 }",
         in_vain("erlangs_per_user", 4));
    const std::string other = "local b = cce.site 'b' { appliances = 1, users = 10, channels = 5 }\n";
    says("cce.parameters { outbound_share = 0.3 }\n" + other +
             "cce.traffic { at = ams, outbound_share = 0.4 }\ncce.traffic { at = b }",
         "fine");
    says("cce.parameters { night_floor = 0.1 }\ncce.traffic {}",
         "x.lua:2: error[E109]: cce.parameters: night_floor has no effect in this scenario – no traffic has a "
         "profile");
}

TEST_CASE("setting what has no effect is an error, and it is not listed as assumed", "[lua]") {
    Desk desk;
    desk.set = {{"night_floor", "0.2"}};
    CHECK(desk.about("cce.traffic {}") ==
          "error[E121]: --set: night_floor has no effect in this scenario – no traffic has a profile");
    CHECK(desk.exit == Exit::command_line);
    desk.set = {{"reroute_on_5xx", "true"}};
    const std::string other = "local b = cce.site 'b' { appliances = 1, channels = 5, reroute_on_5xx = false }";
    CHECK(desk.about(other) == "fine");  // those of ams take the parameter
    const std::string alone =
        "local cce = require 'ccesim'\n"
        "local a = cce.site 'a' { appliances = 1, users = 1, channels = 5, reroute_on_5xx = true }\n"
        "cce.traffic {} return cce.run { from = '2019-11-10', length = '1d' }";
    CHECK(desk.complaint(alone) ==
          "error[E121]: --set: reroute_on_5xx has no effect in this scenario – every gateway says its own");
    desk.set.clear();
    const std::set<std::string> idle = desk.load(alone).idle;
    CHECK((idle.count("night_floor") == 1 && idle.count("reroute_on_5xx") == 1));
}

TEST_CASE("how long a cmdlet takes matters where somebody types one", "[lua]") {
    const auto idle = [](const std::string& cmdlet) {
        return Desk{}
            .load(Desk::with("cce.at('+1h', cce.cmdlet('" + cmdlet + "', {" +
                             " on = ams.appliances[1] })) cce.traffic {}"))
            .idle;
    };
    CHECK(idle("Publish-CcAppliance").count("publish_takes") == 0);
    CHECK(idle("Enter-CcUpdate").count("publish_takes") == 1);
}

TEST_CASE("how long work on certificates takes matters where somebody may do it", "[lua]") {
    const auto is_idle = [](const std::string& key, const std::string& lines) {
        return Desk{}.load(Desk::with(lines + "\ncce.traffic {}")).idle.count(key) == 1;
    };
    const std::string takes = "certificates_take", warning = "certificate_warning";
    CHECK((is_idle(takes, "") && is_idle(warning, "")));
    CHECK_FALSE(
        is_idle(takes, "cce.at('+1h', cce.cmdlet('Update-CcServerCertificate', { on = ams.appliances[1] }))"));
    CHECK_FALSE(is_idle(takes, "cce.at('+1h', function() end)"));
    CHECK(is_idle(takes, "cce.at('+1h', cce.cmdlet('Enter-CcUpdate', { on = ams.appliances[1] }))"));
    CHECK_FALSE(is_idle(warning, "cce.at('+1h', cce.fault('ca-expiring', { on = ams.appliances[1] }))"));
    CHECK(is_idle(warning, "cce.at('+1h', cce.fault('ca-compromised', { on = ams.appliances[1] }))"));
}

TEST_CASE("failures last until cleared where a recovery attempt can clear them", "[lua]") {
    const auto failures = [](const std::string& fault) {
        return "cce.failures { fault = '" + fault + "', on = ams.appliances[1], between = '90d' }";
    };
    CHECK_FALSE(Desk{}.load(Desk::with(failures("edge-rtcsrv-down"))).failures[0].lasts.has_value());
    says(
        failures("host-crash"),
        R"(x.lua:2: error[E105]: cce.failures: "lasts" is missing – must be a duration such as "2h", or a law)");
    says(
        failures("mgmt-service-stopped"),
        R"(x.lua:2: error[E105]: cce.failures: "lasts" is missing – must be a duration such as "2h", or a law)");
    says(failures("mgmt-service-restart"), "fine");
}
