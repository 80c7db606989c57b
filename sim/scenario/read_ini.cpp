// CloudConnector.ini: what one appliance is told about itself. The sections and keys we know, and the rule that
// each value keeps, are a table; what only several keys together show follows it.

#include "sim/scenario/addresses.hpp"
#include "sim/scenario/import.hpp"
#include "sim/scenario/ini_entries.hpp"
#include "sim/vocabulary/letters.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::lowered;
using vocabulary::Problems;
using vocabulary::quoted;
using vocabulary::same_word;

namespace {

constexpr std::size_t name_max = 64;
constexpr std::string_view gateway_section = "Gateway";  // [Gateway1], [Gateway2], …

struct PortRange {
    unsigned first = 0, last = 0;
    unsigned ports() const { return last - first + 1; }
};

std::optional<unsigned> port(std::string_view text) {
    const std::optional<unsigned> value = vocabulary::whole_number(text);
    return value && *value >= 1 && *value <= 65535 ? value : std::nullopt;
}

std::optional<PortRange> port_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == text.npos) return std::nullopt;
    const std::optional<unsigned> first = port(vocabulary::trimmed(text.substr(0, dash)));
    const std::optional<unsigned> last = port(vocabulary::trimmed(text.substr(dash + 1)));
    if (!first || !last) return std::nullopt;
    return PortRange{*first, *last};
}

// Rules: each returns which one the value breaks, or nothing.

std::string no_rule(std::string_view) {
    return "";
}

std::string rule_of_site(std::string_view value) {
    return value.size() <= name_max ? "" : fmt::format("must have at most {} bytes", name_max);
}

std::string rule_of_domains(std::string_view value) {
    for (const std::string& domain : words(value)) {
        if (lowered(domain).ends_with(".onmicrosoft.com"))
            return "must be domains of your own, not .onmicrosoft.com";
        const std::string rule = broken_rule_of_fqdn(domain);
        if (!rule.empty()) return rule;
    }
    return "";
}

std::string rule_of_edge_pool(std::string_view value) {
    if (same_word(value, "sip")) return R"(must not be "sip": that name belongs to the cloud)";
    return broken_rule_of_server(value);
}

std::string rule_of_ip(std::string_view value) {
    return ipv4(value) ? "" : "must be an IPv4 address such as 10.20.0.51";
}

std::string rule_of_ips(std::string_view value) {
    for (const std::string& address : words(value))
        if (!ipv4(address)) return rule_of_ip(address);
    return "";
}

std::string rule_of_prefix(std::string_view value) {
    const std::optional<unsigned> length = vocabulary::whole_number(value);
    return length && *length >= 1 && *length <= 31 ? "" : "must be a prefix length from 1 to 31";
}

std::string rule_of_port(std::string_view value) {
    return port(value) ? "" : "must be one port from 1 to 65535";
}

std::string rule_of_ports(std::string_view value) {
    const std::optional<PortRange> range = port_range(value);
    if (!range) return "must be two ports from 1 to 65535, such as 49152-57500";
    if (range->first > range->last) return "must run from the lower port to the higher";
    return range->ports() >= media_ports_per_call ? "" : "must have at least the 4 ports that one call takes";
}

std::string rule_of_truth(std::string_view value) {
    return same_word(value, "true") || same_word(value, "false") ? "" : "must be true or false";
}

std::string rule_of_hardware(std::string_view value) {
    const bool known = same_word(value, "normal") || same_word(value, "minimum");
    return known ? "" : "must be Normal (500 calls) or Minimum (50 calls)";
}

std::string rule_of_protocol(std::string_view value) {
    return same_word(value, "tcp") || same_word(value, "tls") ? "" : "must be TCP or TLS";
}

struct Rule {
    const char* code;
    std::string (*broken)(std::string_view);
};
constexpr Rule any{"", no_rule};
constexpr Rule choice_of_hardware{"E357", rule_of_hardware}, choice_of_protocol{"E357", rule_of_protocol},
    truth{"E357", rule_of_truth};
constexpr Rule ip{"E358", rule_of_ip}, ips{"E358", rule_of_ips}, prefix{"E358", rule_of_prefix};
constexpr Rule one_port{"E361", rule_of_port}, ports{"E361", rule_of_ports};
constexpr Rule site{"E362", rule_of_site}, fqdn{"E362", broken_rule_of_fqdn}, domains{"E362", rule_of_domains},
    server{"E362", broken_rule_of_server}, edge_pool{"E362", rule_of_edge_pool};

enum class Need : bool { optional, required };

struct KnownKey {
    std::string_view section, key;
    Rule rule;
    Need need = Need::optional;
};

// Sources place some keys in other sections than the shipped template does; then both are known.
constexpr std::array known_keys{
    KnownKey{"Common", "VirtualMachineDomain", fqdn, Need::required},
    KnownKey{"Common", "ServerName", server, Need::required},
    KnownKey{"Common", "IP", ip, Need::required},
    KnownKey{"Common", "SIPDomains", domains, Need::required},
    KnownKey{"Common", "OnlineSipFederationFqdn", fqdn},
    KnownKey{"Common", "SiteName", site, Need::required},
    KnownKey{"Common", "HardwareType", choice_of_hardware, Need::required},
    KnownKey{"Common", "CountryCode", any},
    KnownKey{"Common", "State", any},
    KnownKey{"Common", "City", any},
    KnownKey{"Common", "BaseVMIP", ip},
    KnownKey{"Common", "WSUSServer", any},
    KnownKey{"Common", "WSUSStatusServer", any},
    KnownKey{"Common", "OMSEnabled", truth},
    KnownKey{"Network", "CorpnetSwitchName", any},
    KnownKey{"Network", "CorpnetIPPrefixLength", prefix, Need::required},
    KnownKey{"Network", "CorpnetDefaultGateway", ip, Need::required},
    KnownKey{"Network", "CorpnetDNSIPAddress", ips},
    KnownKey{"Network", "InternetSwitchName", any},
    KnownKey{"Network", "InternetIPPrefixLength", prefix},
    KnownKey{"Network", "InternetDefaultGateway", ip},
    KnownKey{"Network", "InternetDNSIPAddress", ips},
    KnownKey{"Network", "ManagementSwitchName", any},
    KnownKey{"Network", "ManagementIPPrefix", ip},
    KnownKey{"Network", "ManagementIPPrefixLength", prefix},
    KnownKey{"Network", "WSUSServer", any},
    KnownKey{"Network", "WSUSStatusServer", any},
    KnownKey{"Network", "EnableReferSupport", truth},
    KnownKey{"Network", "EnableFastFailoverTimer", truth},
    KnownKey{"Network", "ForwardCallHistory", truth},
    KnownKey{"Network", "ForwardPAI", truth},
    KnownKey{"PrimaryCMS", "ServerName", server, Need::required},
    KnownKey{"PrimaryCMS", "IP", ip, Need::required},
    KnownKey{"PrimaryCMS", "ShareName", any},
    KnownKey{"MediationServer", "ServerName", server, Need::required},
    KnownKey{"MediationServer", "PoolName", server},
    KnownKey{"MediationServer", "IP", ip, Need::required},
    KnownKey{"MediationServer", "PortRange", ports},
    KnownKey{"EdgeServer", "InternalServerName", server, Need::required},
    KnownKey{"EdgeServer", "InternalPoolName", server},
    KnownKey{"EdgeServer", "InternalServerIPs", ips, Need::required},
    KnownKey{"EdgeServer", "ExternalSIPPoolName", edge_pool, Need::required},
    KnownKey{"EdgeServer", "ExternalSIPIPs", ips, Need::required},
    KnownKey{"EdgeServer", "ExternalMRFQDNPoolName", server},
    KnownKey{"EdgeServer", "ExternalMRIPs", ips},
    KnownKey{"EdgeServer", "ExternalMRPublicIPs", ips},
    KnownKey{"EdgeServer", "ExternalMRPortRange", ports},
    KnownKey{gateway_section, "FQDN", fqdn},
    KnownKey{gateway_section, "IP", ip},
    KnownKey{gateway_section, "Port", one_port},
    KnownKey{gateway_section, "Protocol", choice_of_protocol},
    KnownKey{gateway_section, "VoiceRoutes", any},
    KnownKey{"TrunkConfiguration", "EnableReferSupport", truth},
    KnownKey{"TrunkConfiguration", "EnableFastFailoverTimer", truth},
    KnownKey{"TrunkConfiguration", "ForwardCallHistory", truth},
    KnownKey{"TrunkConfiguration", "ForwardPAI", truth},
};
constexpr std::string_view routes_section = "HybridVoiceRoutes";  // its keys are the names of routes
constexpr std::array needed_sections{"Common", "Network", "PrimaryCMS", "MediationServer", "EdgeServer"};

// Addresses that one network cannot give twice. A DNS server may be the gateway too, and media may share the
// address of SIP at the Edge, so those are not in the list.
constexpr std::array own_addresses{
    std::pair{"Common", "IP"},
    std::pair{"Common", "BaseVMIP"},
    std::pair{"PrimaryCMS", "IP"},
    std::pair{"MediationServer", "IP"},
    std::pair{"EdgeServer", "InternalServerIPs"},
    std::pair{"EdgeServer", "ExternalSIPIPs"},
    std::pair{"Network", "CorpnetDefaultGateway"},
    std::pair{"Network", "InternetDefaultGateway"},
};

// 1 for "Gateway1"; nothing for what is no gateway section.
std::optional<unsigned> gateway_number(std::string_view section) {
    if (!same_word(section.substr(0, gateway_section.size()), gateway_section)) return std::nullopt;
    const std::string_view digits = section.substr(gateway_section.size());
    if (digits.starts_with('0')) return std::nullopt;
    return vocabulary::whole_number(digits);
}

// The section as the table spells it: all gateways share their rows.
std::string_view section_in_table(std::string_view section) {
    return gateway_number(section) ? gateway_section : section;
}

const KnownKey* known(std::string_view section, std::string_view key) {
    for (const KnownKey& candidate : known_keys)
        if (same_word(candidate.section, section_in_table(section)) && same_word(candidate.key, key))
            return &candidate;
    return nullptr;
}

bool is_known_section(std::string_view section) {
    const auto is_named = [&](const KnownKey& known_key) {
        return same_word(known_key.section, section_in_table(section)) &&
               (known_key.section != gateway_section || gateway_number(section));
    };
    return same_word(section, routes_section) || std::any_of(known_keys.begin(), known_keys.end(), is_named);
}

std::vector<std::string> section_names() {
    std::vector<std::string> names{std::string{routes_section}, "Gateway1"};
    for (const KnownKey& known_key : known_keys)
        if (known_key.section != gateway_section && names.back() != known_key.section)
            names.emplace_back(known_key.section);
    return names;
}

std::vector<std::string> keys_of(std::string_view section) {
    std::vector<std::string> keys;
    for (const KnownKey& known_key : known_keys)
        if (same_word(known_key.section, section_in_table(section))) keys.emplace_back(known_key.key);
    return keys;
}

std::string label(std::string_view section, std::string_view key) {
    return fmt::format("[{}] {}", section, key);
}

std::string file_stem(std::string_view path) {
    path = path.substr(path.find_last_of("/\\") + 1);  // npos + 1 is 0: no folder
    return std::string{path.substr(0, path.rfind('.'))};
}

class ApplianceImport {
public:
    ApplianceImport(const std::string& name, const IniText& ini, Problems& problems)
        : name_(name), ini_(ini), problems_(problems) {}

    ApplianceFile read() {
        take_sections();
        take_entries();
        check_needed();
        check_gateways();
        check_own_addresses();
        check_management_network();
        ApplianceFile file = site_part();
        file.appliance = appliance();
        for (const auto& [number, section] : gateways_) file.gateways.push_back(gateway(section));
        for (const auto& [key, entry] : entries_) {
            const KnownKey* row = known(entry->section, entry->key);
            const std::string_view section = row->section == gateway_section ? entry->section : row->section;
            file.values[label(section, row->key)] = {entry->value, entry->value_place};
        }
        return file;
    }

private:
    using Key = std::pair<std::string, std::string>;  // section and key, in small letters

    void add(const Place& place, const char* code, std::string what, std::string expected = "",
             std::string help = "") {
        problems_.add({place, code, std::move(what), std::move(expected), std::move(help)});
    }

    const IniEntry* find(std::string_view section, std::string_view key) const {
        const auto found = entries_.find({lowered(section), lowered(key)});
        return found == entries_.end() || found->second->value.empty() ? nullptr : found->second;
    }

    std::string value(std::string_view section, std::string_view key, std::string_view otherwise = "") const {
        const IniEntry* entry = find(section, key);
        return entry ? entry->value : std::string{otherwise};
    }

    bool is_false(std::string_view section, std::string_view key) const {
        return same_word(value(section, key), "false");
    }

    void take_sections() {
        for (const IniSection& section : ini_.sections) {
            const auto [first, is_new] = sections_.emplace(lowered(section.name), section.place);
            if (!is_new)
                add(section.place, "W352", fmt::format("section [{}] begins again", section.name), "",
                    fmt::format("its keys are added to those from line {}", first->second.line));
            if (const std::optional<unsigned> number = gateway_number(section.name))
                gateways_.emplace(*number, section);
            if (is_new && !is_known_section(section.name))
                add(section.place, "W350",
                    "unknown section " + quoted(section.name) +
                        vocabulary::did_you_mean(section.name, section_names()),
                    "", "it is ignored");
        }
    }

    void take_entries() {
        for (const IniEntry& entry : ini_.entries) {
            if (!is_known_section(entry.section) || same_word(entry.section, routes_section)) continue;
            const KnownKey* row = known(entry.section, entry.key);
            if (row == nullptr)
                report_unknown(entry);
            else if (is_first(entry))
                check_value(entry, *row);
        }
    }

    void report_unknown(const IniEntry& entry) {
        add(entry.key_place, "W351",
            fmt::format("[{}] has no key {}{}", entry.section, quoted(entry.key),
                        vocabulary::did_you_mean(entry.key, keys_of(entry.section))),
            "", "it is ignored");
    }

    bool is_first(const IniEntry& entry) {
        const auto [first, is_new] = entries_.emplace(Key{lowered(entry.section), lowered(entry.key)}, &entry);
        if (is_new) return true;
        const bool same = first->second->value == entry.value;
        add(entry.key_place, same ? "W352" : "E356",
            fmt::format("{} given twice{} (lines {} and {})", label(entry.section, entry.key),
                        same ? "" : " with different values", first->second->key_place.line,
                        entry.key_place.line),
            "", "remove one of the two");
        return false;
    }

    void check_value(const IniEntry& entry, const KnownKey& row) {
        if (entry.value.empty()) return;
        const std::string broken = row.rule.broken(entry.value);
        if (broken.empty()) return;
        add(entry.value_place, row.rule.code,
            fmt::format("{} is {}", label(entry.section, row.key), quoted(entry.value)), broken);
    }

    void check_needed() {
        for (const char* section : needed_sections)
            if (!sections_.contains(lowered(section)))
                add({name_}, "E354", fmt::format("missing section [{}]", section));
        for (const KnownKey& row : known_keys) {
            const auto section = sections_.find(lowered(row.section));
            if (row.need == Need::optional || section == sections_.end() || find(row.section, row.key))
                continue;
            const bool is_there = entries_.contains({lowered(row.section), lowered(row.key)});
            add(is_there ? entries_.at({lowered(row.section), lowered(row.key)})->value_place : section->second,
                "E355", label(row.section, row.key) + (is_there ? " is empty" : " is missing"));
        }
    }

    void check_gateways() {
        if (gateways_.empty()) add({name_}, "E354", "missing section [Gateway1]");
        unsigned expected = 1;
        for (const auto& [number, section] : gateways_) {
            if (number != expected)
                add(section.place, "W354",
                    fmt::format("[{}] comes where [Gateway{}] is expected", section.name, expected), "",
                    "gateways are taken in the order of their numbers");
            expected = number + 1;
            check_gateway(section);
            check_routes(section);
        }
    }

    void check_gateway(const IniSection& section) {
        const bool has_fqdn = find(section.name, "FQDN") != nullptr;
        if (!has_fqdn && !find(section.name, "IP"))
            add(section.place, "E363", fmt::format("[{}] has neither FQDN nor IP", section.name),
                "must have one of them");
        if (!has_fqdn && same_word(value(section.name, "Protocol"), "tls"))
            add(section.place, "E363", fmt::format("[{}] has Protocol TLS and no FQDN", section.name),
                "must have the FQDN that its certificate names");
        if (!has_fqdn) return;
        const std::string fqdn_here = lowered(value(section.name, "FQDN"));
        const auto [first, is_new] = gateway_fqdns_.emplace(fqdn_here, section.name);
        if (!is_new)
            add(find(section.name, "FQDN")->value_place, "E359",
                fmt::format("[{}] FQDN and [{}] FQDN are both {}", first->second, section.name,
                            quoted(fqdn_here)),
                "must differ");
    }

    // Which numbers a gateway carries is said in patterns; our calls have a class, not a number. Only the
    // pattern of all numbers means something to us.
    void check_routes(const IniSection& section) {
        const IniEntry* routes = find(section.name, "VoiceRoutes");
        if (routes == nullptr) return;
        const std::string label_here = label(section.name, "VoiceRoutes");
        for (const std::string& route : words(routes->value)) {
            const std::optional<std::string> pattern = pattern_of(route);
            if (pattern && is_everything(*pattern)) continue;
            add(routes->value_place, "W212",
                fmt::format("{} names {}, {}", label_here, quoted(route),
                            pattern ? fmt::format("which carries {} only", quoted(*pattern))
                                    : fmt::format("which [{}] does not define", routes_section)),
                "the pattern is not applied: every outbound call may leave here",
                R"(say which calls may: cce.site { routes = { ["GATEWAY"] = { "local", "emergency" } } })");
        }
    }

    std::optional<std::string> pattern_of(std::string_view route) const {
        for (const IniEntry& entry : ini_.entries)
            if (same_word(entry.section, routes_section) && same_word(entry.key, route)) return entry.value;
        return std::nullopt;
    }

    static bool is_everything(std::string_view pattern) {
        return pattern.empty() || pattern == ".*" || pattern == "^.*$" || pattern == "^.*" || pattern == ".*$";
    }

    void check_own_addresses() {
        std::map<std::uint32_t, const IniEntry*> owners;
        for (const auto& [section, key] : own_addresses) check_addresses_of(find(section, key), owners);
        for (const auto& [number, section] : gateways_) check_addresses_of(find(section.name, "IP"), owners);
    }

    void check_addresses_of(const IniEntry* entry, std::map<std::uint32_t, const IniEntry*>& owners) {
        if (entry == nullptr) return;
        for (const std::string& word : words(entry->value)) {
            const std::optional<std::uint32_t> address = ipv4(word);
            if (!address) continue;
            const auto [owner, is_new] = owners.emplace(*address, entry);
            if (is_new || owner->second == entry) continue;
            add(entry->value_place, "E359",
                fmt::format("{} and {} (line {}) are both {}", label(entry->section, entry->key),
                            label(owner->second->section, owner->second->key), owner->second->value_place.line,
                            word),
                "must differ");
        }
    }

    void check_management_network() {
        const IniEntry* management = find("Network", "ManagementIPPrefix");
        const std::optional<std::uint32_t> own = ipv4(value("Network", "ManagementIPPrefix"));
        const std::optional<std::uint32_t> corporate = ipv4(value("Network", "CorpnetDefaultGateway"));
        const std::optional<unsigned> own_length =
            vocabulary::whole_number(value("Network", "ManagementIPPrefixLength", "24"));
        const std::optional<unsigned> corporate_length =
            vocabulary::whole_number(value("Network", "CorpnetIPPrefixLength"));
        if (!management || !own || !corporate || !own_length || !corporate_length) return;
        const unsigned shorter = std::min(*own_length, *corporate_length);
        if (shorter < 1 || shorter > 31 || network(*own, shorter) != network(*corporate, shorter)) return;
        add(management->value_place, "E360",
            fmt::format("[Network] ManagementIPPrefix {}/{} overlaps the corporate network of {}/{}",
                        management->value, *own_length, value("Network", "CorpnetDefaultGateway"),
                        *corporate_length),
            "must be a network of its own",
            "the management switch joins only the host and its machines; the usual network is 192.168.213.0");
    }

    ApplianceFile site_part() {
        ApplianceFile file;
        file.site_name = value("Common", "SiteName");
        const std::vector<std::string> sip_domains = words(value("Common", "SIPDomains"));
        if (!sip_domains.empty()) file.sip_domain = sip_domains.front();
        file.edge_fqdn = value("EdgeServer", "ExternalSIPPoolName") + "." + file.sip_domain;
        return file;
    }

    Appliance appliance() {
        Appliance result;
        result.name = file_stem(name_);
        result.place = {name_};
        if (result.name.empty() || result.name.size() > name_max)
            add({name_}, "E362", "the appliance is named after the file: " + quoted(result.name),
                fmt::format("must have 1 to {} bytes", name_max));
        result.hardware =
            same_word(value("Common", "HardwareType"), "minimum") ? Hardware::small : Hardware::large;
        result.calls_max = calls_max_by_ports(calls_max(result.hardware));
        result.mediation_fqdn =
            value("MediationServer", "ServerName") + "." + value("Common", "VirtualMachineDomain");
        result.mediation_ip = value("MediationServer", "IP");
        if (const std::string pool = value("MediationServer", "PoolName"); !pool.empty())
            result.mediation_pool = pool + "." + value("Common", "VirtualMachineDomain");
        result.fast_failover = !is_false("TrunkConfiguration", "EnableFastFailoverTimer") &&
                               !is_false("Network", "EnableFastFailoverTimer");
        return result;
    }

    unsigned calls_max_by_ports(unsigned by_hardware) {
        const IniEntry* entry = find("MediationServer", "PortRange");
        const std::optional<PortRange> range = entry ? port_range(entry->value) : std::nullopt;
        if (!range || !rule_of_ports(entry->value).empty()) return by_hardware;
        const unsigned by_ports = range->ports() / media_ports_per_call;
        if (by_ports >= by_hardware) return by_hardware;
        add(entry->value_place, "W353",
            fmt::format("[MediationServer] PortRange has {} ports = {} calls, fewer than {}", range->ports(),
                        by_ports, by_hardware),
            "one call takes 4 ports", fmt::format("the appliance carries {} calls at most", by_ports));
        return by_ports;
    }

    Gateway gateway(const IniSection& section) const {
        Gateway result;
        result.ip = value(section.name, "IP");
        result.name = value(section.name, "FQDN", result.ip);
        result.port = port(value(section.name, "Port")).value_or(Gateway{}.port);
        result.protocol = same_word(value(section.name, "Protocol"), "tls") ? Protocol::tls : Protocol::tcp;
        result.place = section.place;
        return result;
    }

    const std::string& name_;
    const IniText& ini_;
    Problems& problems_;
    std::map<std::string, Place> sections_;
    std::map<Key, const IniEntry*> entries_;
    std::map<unsigned, IniSection> gateways_;
    std::map<std::string, std::string> gateway_fqdns_;  // -> section
};

}  // namespace

ApplianceFile read_ini(const std::string& name, const std::string& text,
                       std::vector<vocabulary::Problem>& warnings) {
    Problems problems;
    const IniText ini = read_entries(name, text, problems);
    ApplianceFile file = ApplianceImport{name, ini, problems}.read();
    problems.throw_if_any(Exit::input_data);
    warnings.insert(warnings.end(), problems.all().begin(), problems.all().end());
    return file;
}

}  // namespace sim::scenario
