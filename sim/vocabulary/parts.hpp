// The parts of an appliance that can be good or bad one by one, and sets of them.
//
// What is missing in this list cannot break alone. The management service of each version watches a set of
// parts; a fault holds a set of parts down; what a call needs is a set of parts.

#pragma once

#include "sim/vocabulary/machines.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>

namespace sim::vocabulary {

enum class Part : std::uint8_t {
    // the host
    host,        // its power
    uplink,      // its line to the Internet
    link,        // over which it looks into its machines; Corpnet switch from 2.0, Management switch before
    management,  // the CCE management service
    // machines: running, neither stopped nor saved
    ad,
    cms,
    mediation,
    edge,
    // virtual network cards, attached to their switch
    ad_corpnet,
    cms_corpnet,
    mediation_corpnet,
    edge_corpnet,
    edge_internet,
    // inbound firewall rules, enabled
    mediation_rule,  // CS RTCMEDSRV
    edge_rule,       // CS RTCSRV
    // services, running
    ad_services,  // directory and DNS
    cms_master,
    cms_replica,
    mediation_rtcsrv,
    mediation_medsvc,
    mediation_replica,
    edge_rtcsrv,  // Access Edge
    edge_replica,
    edge_rtcdataproxy,   // Web Conferencing Edge
    edge_rtcmrauth,      // A/V authentication: relay tokens
    edge_rtcmediarelay,  // A/V Edge: the relay itself
    // what is written down somewhere
    address_record,  // the site's DNS A record names this Edge
    media_ports,     // enough for the calls that the hardware carries
    hybrid_object,   // of this Mediation in the tenant's directory, for escalations
    published,       // its Edge knows the Mediations of its peers, for escalations
    repair_path,     // management traffic bypasses the proxy: without, no repair reaches a machine
    download_path,   // the proxy is set for the whole machine: without, no update is fetched
    configuration,   // CloudConnector.ini is that of its version
    support,         // its version is not out of support
    // credentials that its host keeps, each good while it is the right one
    tenant_credential,     // TenantAdmin: reports to the tenant
    service_credential,    // CceService: opens the Site Directory
    ca_backup_credential,  // CABackupFile: opens the backup of the site's CA
    vm_credential,         // VmAdmin: installs on the Edge
    domain_credential,     // DomainAdmin: installs on the machines of the domain
    cached_credentials,    // the host can read what it keeps: without, nobody detects, recovers or reports
    // how it was made
    deployment,  // its machines came up as they should: without, none of them serves
    // certificates, good until they end
    edge_certificate,  // external
    edge_server_certificate,
    mediation_certificate,
    cms_certificate,
    ca,  // of the appliance's own authority
};
inline constexpr unsigned media_ports_per_call = 4;  // PLAN: one call takes four media ports
inline constexpr std::size_t part_count = static_cast<std::size_t>(Part::ca) + 1;
inline constexpr Part first_service = Part::ad_services;
inline constexpr Part last_service = Part::edge_rtcmediarelay;
inline constexpr Part first_certificate = Part::edge_certificate;
inline constexpr std::size_t certificate_count = part_count - static_cast<std::size_t>(first_certificate);

class Parts {
public:
    constexpr Parts() = default;
    constexpr Parts(std::initializer_list<Part> parts) {
        for (const Part part : parts) bits_ |= bit(part);
    }
    constexpr bool has(Part part) const { return (bits_ & bit(part)) != 0; }
    constexpr bool any() const { return bits_ != 0; }
    constexpr void set(Part part, bool on) { bits_ = on ? bits_ | bit(part) : bits_ & ~bit(part); }
    friend constexpr Parts operator|(Parts a, Parts b) { return Parts(a.bits_ | b.bits_); }
    friend constexpr Parts operator&(Parts a, Parts b) { return Parts(a.bits_ & b.bits_); }
    friend constexpr Parts operator-(Parts a, Parts b) { return Parts(a.bits_ & ~b.bits_); }
    friend constexpr bool operator==(Parts, Parts) = default;

    // Through the parts of the set, in the order of their list.
    class Iterator {
    public:
        explicit constexpr Iterator(std::uint64_t left) : left_(left) {}
        constexpr Part operator*() const { return static_cast<Part>(std::countr_zero(left_)); }
        constexpr Iterator& operator++() {
            left_ &= left_ - 1;
            return *this;
        }
        friend constexpr bool operator==(Iterator, Iterator) = default;

    private:
        std::uint64_t left_;
    };
    constexpr Iterator begin() const { return Iterator(bits_); }
    constexpr Iterator end() const { return Iterator(0); }

private:
    explicit constexpr Parts(std::uint64_t bits) : bits_(bits) {}
    static constexpr std::uint64_t bit(Part part) { return std::uint64_t{1} << static_cast<unsigned>(part); }
    std::uint64_t bits_ = 0;
};
static_assert(part_count <= 64);

constexpr Parts all_parts() {
    Parts all;
    for (std::size_t part = 0; part < part_count; ++part) all.set(static_cast<Part>(part), true);
    return all;
}

constexpr Part part_of(Machine machine) {
    return static_cast<Part>(static_cast<unsigned>(Part::ad) + static_cast<unsigned>(machine));
}
constexpr bool is_machine(Part part) {
    return part >= Part::ad && part <= Part::edge;
}
constexpr bool is_service(Part part) {
    return part >= first_service && part <= last_service;
}
constexpr bool is_certificate(Part part) {
    return part >= first_certificate;
}
constexpr Part corpnet_card(Machine machine) {
    return static_cast<Part>(static_cast<unsigned>(Part::ad_corpnet) + static_cast<unsigned>(machine));
}
// The machine a part belongs to, where it belongs to one. REQUIRES a machine or a service.
constexpr Machine machine_of(Part part) {
    if (is_machine(part))
        return static_cast<Machine>(static_cast<unsigned>(part) - static_cast<unsigned>(Part::ad));
    if (part == Part::ad_services) return Machine::ad;
    if (part <= Part::cms_replica) return Machine::cms;
    return part <= Part::mediation_replica ? Machine::mediation : Machine::edge;
}

inline constexpr Parts every_machine{Part::ad, Part::cms, Part::mediation, Part::edge};
inline constexpr Parts every_service{Part::ad_services,      Part::cms_master,        Part::cms_replica,
                                     Part::mediation_rtcsrv, Part::mediation_medsvc,  Part::mediation_replica,
                                     Part::edge_rtcsrv,      Part::edge_replica,      Part::edge_rtcdataproxy,
                                     Part::edge_rtcmrauth,   Part::edge_rtcmediarelay};
inline constexpr Parts every_card{Part::ad_corpnet, Part::cms_corpnet, Part::mediation_corpnet,
                                  Part::edge_corpnet, Part::edge_internet};
inline constexpr std::array<Parts, 4> services_by_machine = [] {
    std::array<Parts, 4> services;
    for (const Part service : every_service)
        services[static_cast<std::size_t>(machine_of(service))].set(service, true);
    return services;
}();
constexpr Parts services_of(Machine machine) {
    return services_by_machine[static_cast<std::size_t>(machine)];
}
// What belongs to one set of four machines: a backup version has a set of its own.
inline constexpr Parts of_one_set =
    every_machine | every_card | every_service | Parts{Part::mediation_rule, Part::edge_rule};

inline constexpr Parts server_certificates{Part::edge_server_certificate, Part::mediation_certificate,
                                           Part::cms_certificate};
// What the TLS links of a role's services ask for. The directory has none.
constexpr Parts certificates_of(Machine machine) {
    switch (machine) {
        case Machine::ad:
            return {};
        case Machine::cms:
            return {Part::cms_certificate, Part::ca};
        case Machine::mediation:
            return {Part::mediation_certificate, Part::ca};
        case Machine::edge:
            return {Part::edge_certificate, Part::edge_server_certificate, Part::ca};
    }
    return {};
}

}  // namespace sim::vocabulary
