#include "sim/scenario/import.hpp"
#include "tests/scenario/appliance_file.hpp"
#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

using namespace sim::scenario;
using namespace std::string_literals;
using sim::vocabulary::Problem;
using tests::scenario::appliance_file;
using tests::scenario::said_by;
using tests::scenario::with;

namespace {

struct Import {
    ApplianceFile file;
    std::vector<Problem> warnings;
};

Import imported(const std::string& text) {
    Import result;
    result.file = read_ini("files/ams-cce-1.ini", text, result.warnings);
    return result;
}

// The error or the warnings, without the name of the file.
std::string said(const std::string& text) {
    std::string lines = said_by([&text] { imported(text); });
    if (lines.empty())
        for (const Problem& warning : imported(text).warnings)
            lines += (lines.empty() ? "" : "\n") + sim::vocabulary::text(warning);
    const std::string name = "files/ams-cce-1.ini";
    for (std::size_t at = lines.find(name); at != lines.npos; at = lines.find(name))
        lines.erase(at, name.size());
    return lines;
}

std::string said_with(const std::string& from, const std::string& to) {
    return said(with(appliance_file, from, to));
}

std::string said_with_value(const std::string& key, const std::string& value) {
    const std::size_t begin = appliance_file.find("\n" + key + "=") + 1;
    const std::string line = appliance_file.substr(begin, appliance_file.find('\n', begin) - begin);
    return said_with(line, key + "=" + value);
}

}  // namespace

TEST_CASE("a complete file becomes one appliance and its gateways", "[scenario]") {
    const auto [file, warnings] = imported(appliance_file);
    CHECK(warnings.empty());
    CHECK(file.site_name == "Amsterdam");
    CHECK(file.sip_domain == "contoso.com");
    CHECK(file.edge_fqdn == "ams.contoso.com");
    CHECK(file.appliance.name == "ams-cce-1");
    CHECK(file.appliance.hardware == Hardware::large);
    CHECK(file.appliance.calls_max == 500);
    CHECK(file.appliance.mediation_fqdn == "ams-ms1.cce.contoso.local");
    CHECK(file.appliance.mediation_ip == "10.20.0.51");
    REQUIRE(file.gateways.size() == 2);
    CHECK(file.gateways[0].name == "sbc1.ams.contoso.com");
    CHECK(file.gateways[0].ip == "10.20.0.81");
    CHECK(file.gateways[0].port == 5060);
    CHECK(file.gateways[0].place.line == 26);
    CHECK(file.gateways[1].name == "10.20.0.82");
    CHECK(file.gateways[1].port == 5061);
    CHECK(file.gateways[1].protocol == Protocol::tcp);
    CHECK(file.values.at("[Common] SIPDomains").text == "contoso.com emea.contoso.com");
    CHECK(file.values.at("[Common] SIPDomains").place.line == 5);
}

TEST_CASE("comments, blanks, quotes, case, CRLF and a byte-order mark change nothing", "[scenario]") {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"SiteName=Amsterdam", "  SiteName \t=\t Amsterdam  "},
             {"SiteName=Amsterdam", "SITENAME=Amsterdam ; the first site"},
             {"SiteName=Amsterdam", "SiteName=\"Amsterdam\""},
             {"SiteName=Amsterdam", "SiteName='Amsterdam'"},
             {"SiteName=Amsterdam\n", "; a comment\n# another\n\nSiteName=Amsterdam\r\n"},
             {"[Common]", "[ common ]"},
             {"[Common]", "\xEF\xBB\xBF[COMMON] ; section"},
             {"City=Amsterdam", "City="},
             {"City=Amsterdam", "City=a=b"},
             {"HardwareType=Normal", "hardwaretype=NORMAL"},
             {"EnableFastFailoverTimer=true", "EnableFastFailoverTimer=TRUE"},
             {"[TrunkConfiguration]",
              "[HybridVoiceRoutes]\nLocalRoute=.*\nOther=^\\+31\n[TrunkConfiguration]"}}) {
        INFO(to);
        CHECK(said_with(from, to).empty());
        CHECK(imported(with(appliance_file, from, to)).file.site_name == "Amsterdam");
    }
}

TEST_CASE("a value keeps what stands behind its first equals sign, and a semicolon without a blank",
          "[scenario]") {
    CHECK(imported(with(appliance_file, "City=Amsterdam", "City=a=b;c")).file.values.at("[Common] City").text ==
          "a=b;c");
    CHECK(imported(with(appliance_file, "City=Amsterdam", "City=a #1")).file.values.at("[Common] City").text ==
          "a #1");
}

TEST_CASE("small hardware carries 50 calls", "[scenario]") {
    CHECK(imported(with(appliance_file, "Normal", "Minimum")).file.appliance.calls_max == 50);
}

TEST_CASE("lines that are no entry are reported with their text", "[scenario]") {
    CHECK(said_with("City=Amsterdam", "City") ==
          ":8:1: error[E352]: line without '=': \"City\" – must be KEY=VALUE");
    CHECK(said_with("City=Amsterdam", "City: Amsterdam") ==
          ":8:1: error[E352]: line without '=': \"City: Amsterdam\" – must be KEY=VALUE");
    CHECK(said_with("City=Amsterdam", "  =Amsterdam") ==
          ":8:3: error[E352]: key \"\" is empty – must have 1 to 49 bytes");
    CHECK(said_with("City=Amsterdam", std::string(50, 'k') + "=1") ==
          ":8:1: error[E352]: key \"" + std::string(50, 'k') + "\" is too long – must have 1 to 49 bytes");
    CHECK(said_with("City=Amsterdam", "City=" + std::string(194, 'x')) ==
          ":8:1: error[E351]: line has 199 bytes – must be at most 198");
    CHECK(said_with("City=Amsterdam", "City=" + std::string(193, 'x')).empty());
    CHECK(said("City=Amsterdam\n" + appliance_file) ==
          ":1:1: error[E353]: key \"City\" stands outside any section – must follow a line [Section]");
    CHECK(said_with("[TrunkConfiguration]", "[TrunkConfiguration") ==
          ":32:1: error[E352]: section without a closing bracket: \"[TrunkConfiguration\" – must be [Section]");
}

TEST_CASE("other encodings are named with the byte and the line", "[scenario]") {
    CHECK(said_with("City=Amsterdam", "City=Z\xFC"s + "rich") ==
          ":8: error[E300]: byte 0xFC at line 8 is not UTF-8; the file looks like Windows-1252 – must be UTF-8 "
          "– save "
          "the file as UTF-8");
    CHECK(said("\xFF\xFE[\0C\0"s) ==
          ": error[E300]: looks like UTF-16 – must be UTF-8 – save the file as UTF-8");
    CHECK(said_with("City=Amsterdam", "City=Zürich").empty());
}

TEST_CASE("sections and keys that are missing are named", "[scenario]") {
    CHECK(said_with("[PrimaryCMS]\nServerName=ams-cms1\nIP=10.20.0.41\n", "") ==
          ": error[E354]: missing section [PrimaryCMS]");
    CHECK(said_with("SiteName=Amsterdam\n", "") == ":1:1: error[E355]: [Common] SiteName is missing");
    CHECK(said_with("SiteName=Amsterdam", "SiteName=") == ":6:10: error[E355]: [Common] SiteName is empty");
    CHECK(said("").starts_with(
        ": error[E354]: missing section [Common]\n: error[E354]: missing section [Network]"));
}

TEST_CASE("a voice route that is not of all numbers is a warning, for patterns are not applied", "[scenario]") {
    const auto routed_by = [](const std::string& route) {
        const std::string routed =
            with(appliance_file, "IP=10.20.0.81\n", "IP=10.20.0.81\nVoiceRoutes=LocalRoute\n");
        return said(routed + "[HybridVoiceRoutes]\n" + route);
    };
    const auto about = [&](const std::string& route) {
        const std::string lines = routed_by(route);
        return lines.substr(std::min(lines.find("warning[W212]"), lines.size()));
    };
    const std::string help =
        " – the pattern is not applied: every outbound call may leave here – say which calls may: cce.site { "
        "routes "
        "= { [\"GATEWAY\"] = { \"local\", \"emergency\" } } }";
    CHECK(about("LocalRoute=.*\n").empty());
    CHECK(about("LocalRoute=^\\+31\n") ==
          "warning[W212]: [Gateway1] VoiceRoutes names \"LocalRoute\", which carries \"^\\+31\" only" + help);
    CHECK(about("OtherRoute=.*\n") ==
          "warning[W212]: [Gateway1] VoiceRoutes names \"LocalRoute\", which [HybridVoiceRoutes] does not "
          "define" +
              help);
}

TEST_CASE("what is unknown is a warning with the nearest name", "[scenario]") {
    CHECK(said_with("City=", "Ctiy=") ==
          ":8:1: warning[W351]: [Common] has no key \"Ctiy\"; did you mean \"City\"? – it is ignored");
    CHECK(said_with("[TrunkConfiguration]", "[TrunkConfigurations]") ==
          ":32:1: warning[W350]: unknown section \"TrunkConfigurations\"; did you mean \"TrunkConfiguration\"? "
          "– it is "
          "ignored");
    CHECK(said_with("[TrunkConfiguration]", "[Gateway0]\nIP=10.0.0.1\n[TrunkConfiguration]") ==
          ":32:1: warning[W350]: unknown section \"Gateway0\"; did you mean \"Gateway1\"? – it is ignored");
}

TEST_CASE("a key given twice is an error if its values differ", "[scenario]") {
    CHECK(said_with("City=Amsterdam", "SiteName=Berlin") ==
          ":8:1: error[E356]: [Common] SiteName given twice with different values (lines 6 and 8) – remove one "
          "of the "
          "two");
    CHECK(said_with("City=Amsterdam", "sitename=Amsterdam") ==
          ":8:1: warning[W352]: [Common] sitename given twice (lines 6 and 8) – remove one of the two");
    CHECK(said(appliance_file + "[Common]\nState=NH\n") ==
          ":34:1: warning[W352]: section [Common] begins again – its keys are added to those from line 1");
}

TEST_CASE("choices are named", "[scenario]") {
    CHECK(said_with_value("HardwareType", "Large") ==
          ":7:14: error[E357]: [Common] HardwareType is \"Large\" – must be Normal (500 calls) or Minimum (50 "
          "calls)");
    CHECK(
        said_with_value("EnableFastFailoverTimer", "yes") ==
        ":33:25: error[E357]: [TrunkConfiguration] EnableFastFailoverTimer is \"yes\" – must be true or false");
    CHECK(said_with("Port=5061", "Protocol=UDP") ==
          ":31:10: error[E357]: [Gateway2] Protocol is \"UDP\" – must be TCP or TLS");
}

TEST_CASE("a switched-off fast failover raises no complaint", "[scenario]") {
    CHECK(said_with_value("EnableFastFailoverTimer", "false").empty());
}

TEST_CASE("addresses have four parts and belong to one machine", "[scenario]") {
    for (const char* address :
         {"300.1.1.1", "10.0.0", "10.0.0.1/33", "10.0.0.01", "10..0.1", "10.0.0.1.2", "host", "1.2.3."})
        CHECK(said_with("IP=10.20.0.51", "IP=" + std::string{address}) ==
              ":19:4: error[E358]: [MediationServer] IP is \"" + std::string{address} +
                  "\" – must be an IPv4 address such as 10.20.0.51");
    CHECK(said_with("IP=10.20.0.51", "IP=10.20.0.41") ==
          ":19:4: error[E359]: [MediationServer] IP and [PrimaryCMS] IP (line 16) are both 10.20.0.41 – must "
          "differ");
    CHECK(said_with("IP=10.20.0.82", "IP=10.20.0.81") ==
          ":30:4: error[E359]: [Gateway2] IP and [Gateway1] IP (line 28) are both 10.20.0.81 – must differ");
}

TEST_CASE("prefix lengths leave room for a network and its hosts", "[scenario]") {
    for (const char* length : {"0", "32", "-1", "24 bit"})
        CHECK(said_with_value("ManagementIPPrefixLength", length) ==
              ":13:26: error[E358]: [Network] ManagementIPPrefixLength is \"" + std::string{length} +
                  "\" – must be a prefix length from 1 to 31");
}

TEST_CASE("the management network must not be the corporate one", "[scenario]") {
    CHECK(said_with_value("ManagementIPPrefix", "10.20.0.0") ==
          ":12:20: error[E360]: [Network] ManagementIPPrefix 10.20.0.0/24 overlaps the corporate network of "
          "10.20.0.1/24 "
          "– must be a network of its own – the management switch joins only the host and its machines; the "
          "usual network "
          "is 192.168.213.0");
}

TEST_CASE("ports are ports", "[scenario]") {
    for (const char* port : {"0", "65536", "5067,5068", "sip"})
        CHECK(said_with_value("Port", port) == ":31:6: error[E361]: [Gateway2] Port is \"" + std::string{port} +
                                                   "\" – must be one port from 1 to 65535");
    CHECK(said_with_value("PortRange", "57500-49152") ==
          ":20:11: error[E361]: [MediationServer] PortRange is \"57500-49152\" – must run from the lower port "
          "to the "
          "higher");
    CHECK(said_with_value("PortRange", "49152") ==
          ":20:11: error[E361]: [MediationServer] PortRange is \"49152\" – must be two ports from 1 to 65535, "
          "such as "
          "49152-57500");
    CHECK(said_with_value("PortRange", "50000-50002") ==
          ":20:11: error[E361]: [MediationServer] PortRange is \"50000-50002\" – must have at least the 4 "
          "ports that one "
          "call takes");
}

TEST_CASE("a narrow port range lowers what the appliance carries", "[scenario]") {
    const std::string narrow = with(appliance_file, "49152-57500", "50000-50999");
    CHECK(said(narrow) ==
          ":20:11: warning[W353]: [MediationServer] PortRange has 1000 ports = 250 calls, fewer than 500 – one "
          "call takes "
          "4 ports – the appliance carries 250 calls at most");
    CHECK(imported(narrow).file.appliance.calls_max == 250);
}

TEST_CASE("names keep the rules of their kind", "[scenario]") {
    const std::string fqdn = ":27:6: error[E362]: [Gateway1] FQDN is ";
    CHECK(said_with_value("FQDN", "sbc_1.contoso.com") ==
          fqdn + "\"sbc_1.contoso.com\" – must have letters, digits, hyphens and dots only (no underscore)");
    CHECK(said_with_value("FQDN", "sbc1.contoso.com.") ==
          fqdn + "\"sbc1.contoso.com.\" – must not end with a dot");
    CHECK(said_with_value("FQDN", "sbc1") ==
          fqdn + "\"sbc1\" – must have a host and a domain, such as sbc1.contoso.com");
    CHECK(said_with_value("FQDN", std::string(64, 'a') + ".com") ==
          fqdn + "\"" + std::string(64, 'a') + "…\" – must have labels of 1 to 63 characters between its dots");
    CHECK(said_with_value("FQDN", "-sbc.contoso.com") ==
          fqdn + "\"-sbc.contoso.com\" – must have no label that begins or ends with a hyphen");
    CHECK(said_with_value("ExternalSIPPoolName", "sip") ==
          ":24:21: error[E362]: [EdgeServer] ExternalSIPPoolName is \"sip\" – must not be \"sip\": that name "
          "belongs to the "
          "cloud");
    CHECK(said_with_value("InternalServerName", "amsterdam-edge-1") ==
          ":22:20: error[E362]: [EdgeServer] InternalServerName is \"amsterdam-edge-1\" – must have 1 to 15 "
          "characters");
    CHECK(said_with_value("SIPDomains", "contoso.com contoso.onmicrosoft.com") ==
          ":5:12: error[E362]: [Common] SIPDomains is \"contoso.com contoso.onmicrosoft.com\" – must be "
          "domains of your "
          "own, not .onmicrosoft.com");
    CHECK(said_with_value("SiteName", std::string(65, 's'))
              .starts_with(":6:10: error[E362]: [Common] SiteName is \""));
}

TEST_CASE("gateways need an address, and TLS a name", "[scenario]") {
    CHECK(said_with("IP=10.20.0.82\n", "") ==
          ":29:1: error[E363]: [Gateway2] has neither FQDN nor IP – must have one of them");
    CHECK(said_with("Port=5061", "Protocol=TLS") ==
          ":29:1: error[E363]: [Gateway2] has Protocol TLS and no FQDN – must have the FQDN that its "
          "certificate names");
    CHECK(said_with("Port=5061", "FQDN=SBC1.ams.contoso.com") ==
          ":31:6: error[E359]: [Gateway1] FQDN and [Gateway2] FQDN are both \"sbc1.ams.contoso.com\" – must "
          "differ");
    CHECK(said_with("[Gateway2]", "[Gateway3]") ==
          ":29:1: warning[W354]: [Gateway3] comes where [Gateway2] is expected – gateways are taken in the "
          "order of their "
          "numbers");
}

TEST_CASE("gateways are taken in the order of their numbers, not of the file", "[scenario]") {
    std::string text = with(appliance_file, "[Gateway1]", "[Gateway10]");
    text = with(text, "[Gateway2]", "[Gateway1]");
    CHECK(imported(text).file.gateways[0].name == "10.20.0.82");
}

TEST_CASE("all problems of a file come at once", "[scenario]") {
    const std::string lines = said_with("HardwareType=Normal\nCity=Amsterdam", "HardwareType=Large\nCity");
    CHECK(lines ==
          ":8:1: error[E352]: line without '=': \"City\" – must be KEY=VALUE\n"
          ":7:14: error[E357]: [Common] HardwareType is \"Large\" – must be Normal (500 calls) or Minimum (50 "
          "calls)");
}
