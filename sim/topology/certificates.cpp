// How certificates end, and what ends with them; the CAs they come from, and what becomes of them in wrong
// hands.
//
// Each appliance waits for the first of its certificates to end: one event, however many end on that day. The
// end is a hold of the fleet's own. It takes nothing by itself: links ask for certificates when they are made.

#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sim::topology {

using kernel::Rank;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

// Which fault a certificate's end is called.
struct EndOfCertificates {
    FaultId as;
    Parts certificates;
};
constexpr std::array ends_of_certificates{
    EndOfCertificates{FaultId::edge_external_cert_expired, Parts{Part::edge_certificate}},
    EndOfCertificates{FaultId::server_certs_expiring, vocabulary::server_certificates},
    EndOfCertificates{FaultId::ca_expiring, Parts{Part::ca}},
};

constexpr std::size_t number_of(Part certificate) {
    return static_cast<std::size_t>(certificate) - static_cast<std::size_t>(vocabulary::first_certificate);
}

// Holds of the fleet's own, on certificates that have ended or were revoked, are numbered from here on: nobody
// else has as many.
constexpr std::uint32_t own_holds = 1U << 31;
constexpr std::uint32_t of_its_end(Part certificate) {
    return own_holds + static_cast<std::uint32_t>(certificate);
}
constexpr std::uint32_t of_its_revocation(Part certificate) {
    return of_its_end(certificate) + static_cast<std::uint32_t>(vocabulary::part_count);
}

bool is_held(const Appliance& appliance, std::uint32_t own_hold) {
    return std::any_of(appliance.holds.begin(), appliance.holds.end(),
                       [own_hold](const Hold& hold) { return hold.fault == own_hold; });
}

// Its end has come, and is known.
bool has_ended(const Appliance& appliance, Part certificate) {
    return is_held(appliance, of_its_end(certificate));
}

}  // namespace

void Fleet::renew(ApplianceId id, Parts certificates, Instant until) {
    Appliance& appliance = at(id);
    for (const Part certificate : certificates) {
        SIM_CHECK(vocabulary::is_certificate(certificate));
        appliance.valid_until[number_of(certificate)] = until;
    }
    if (certificates.has(Part::ca)) roots_[appliance.authority.root].until = until;
    const auto is_over = [&](const Hold& hold) { return certificates.has(hold.part); };
    std::vector<kernel::RecordId> over;
    for (const Hold& hold : appliance.holds)
        if (is_over(hold)) over.push_back(hold.cause);
    for (const EndOfCertificates& end : ends_of_certificates) {
        const auto is_called_so = [&](const Hold& hold) { return is_over(hold) && hold.id == end.as; };
        if (std::any_of(appliance.holds.begin(), appliance.holds.end(), is_called_so))
            simulation_.record(record::fault_cleared, subject_of(id), static_cast<std::int64_t>(end.as));
    }
    appliance.holds.erase(std::remove_if(appliance.holds.begin(), appliance.holds.end(), is_over),
                          appliance.holds.end());
    for (const Part certificate : certificates) settle_part(id, certificate);
    schedule_end_of_certificates(id);
    for (Concern& concern : concerns_)
        if (concern.on == id) concern.left = concern.left - certificates;
    settle_exposure(appliance.site);
    if (over.empty()) return;
    changed(id, Reason::none);
    for (const kernel::RecordId cause : over) blame_others(id, cause);
}

// Those that are over already, and are held for it, have no event any more.
void Fleet::schedule_end_of_certificates(ApplianceId id) {
    Appliance& appliance = at(id);
    simulation_.cancel(appliance.certificate);
    Instant next = kernel::never;
    for (const EndOfCertificates& end : ends_of_certificates)
        for (const Part certificate : end.certificates)
            if (!has_ended(appliance, certificate))
                next = std::min(next, appliance.valid_until[number_of(certificate)]);
    if (next >= simulation_.end()) return;
    appliance.certificate = simulation_.schedule(std::max(next, simulation_.now()), Rank::fault,
                                                 kind::certificates_end, subject_of(id));
}

// What ends at one instant for different reasons has a record each, none out of the other.
void Fleet::certificates_end(ApplianceId id) {
    Appliance& appliance = at(id);
    appliance.certificate = kernel::no_ticket;
    const kernel::RecordId root = simulation_.cause();
    for (const EndOfCertificates& end : ends_of_certificates) {
        Parts ended;
        for (const Part certificate : end.certificates)
            if (appliance.valid_until[number_of(certificate)] <= simulation_.now() &&
                !has_ended(appliance, certificate))
                ended.set(certificate, true);
        if (!ended.any()) continue;
        simulation_.at(simulation_.now(), root);
        simulation_.record(record::fault_struck, subject_of(id), static_cast<std::int64_t>(end.as));
        for (const Part certificate : ended) end_certificate(id, certificate, end.as);
    }
    simulation_.at(simulation_.now(), root);
    schedule_end_of_certificates(id);
    changed(id, Reason::none);
}

// Also where an injected fault says the same already: that one may be over before the certificate is renewed.
void Fleet::end_certificate(ApplianceId id, Part certificate, FaultId as) {
    Hold hold;
    hold.fault = of_its_end(certificate);
    hold.id = as;
    hold.place = subject_of(id);
    hold.cause = simulation_.cause();
    hold.part = certificate;
    at(id).holds.push_back(hold);
    settle_part(id, certificate);
}

// True if the role's links work. Links are made when the role comes up or is connected again, and fail then if
// a certificate has ended: that is to blame from now on, not what took the role down before.
bool Fleet::make_links(Links& links, bool stand, const Appliance& appliance, Machine role, Down& down) {
    if (stand && !links.stand) {
        const Parts ended = appliance.broken & vocabulary::certificates_of(role);
        links.work = !ended.any();
        for (const Hold& hold : appliance.holds) {
            if (!ended.has(hold.part)) continue;
            down = Down{role == Machine::edge ? Reason::edge_lost : Reason::mediation_lost, hold.cause};
            break;
        }
    }
    links.stand = stand;
    return stand && links.work;
}

// --- CAs

// The first appliance of a site makes a root of its own; whoever is installed after it takes that one, from a
// backup in the Site Directory. Before 1.4.2 there were no such backups.
void Fleet::found_ca(ApplianceId id) {
    Appliance& appliance = at(id);
    Site& site = sites_[appliance.site];
    Authority& authority = appliance.authority;
    exposures_.emplace_back();
    if (site.appliances.front() != id && appliance.version >= VersionId::v1_4_2) {
        if (!site.ca_backup) site.ca_backup = at(site.appliances.front()).authority.root;
        authority.root = *site.ca_backup;
    } else {
        authority.root = roots_.add(Root{static_cast<std::uint32_t>(keys_.size()), kernel::never});
        keys_.emplace_back();
    }
    for (const Part role : vocabulary::server_certificates)
        authority.servers.push_back(Issued{role, authority.root});
}

void Fleet::issue(ApplianceId id, Parts roles, Instant until) {
    Authority& authority = at(id).authority;
    for (Issued& certificate : authority.servers) {
        if (!roles.has(certificate.role)) continue;
        authority.legacy.push_back(certificate);
        certificate = Issued{certificate.role, authority.root};
    }
    authority.changed = simulation_.cause();
    renew(id, roles, std::min(until, roots_[authority.root].until));
}

void Fleet::remove_legacy(ApplianceId id, Parts roles) {
    std::erase_if(at(id).authority.legacy, [&](const Issued& old) { return roles.has(old.role); });
    settle_exposure(at(id).site);
}

void Fleet::renew_ca(ApplianceId id, Instant until) {
    Authority& authority = at(id).authority;
    authority.root = roots_.add(Root{roots_[authority.root].key, until});
    authority.changed = simulation_.cause();
    renew(id, Parts{Part::ca}, until);
}

void Fleet::reset_ca(ApplianceId id, Instant until) {
    Authority& authority = at(id).authority;
    const std::optional<RootId> backup = sites_[at(id).site].ca_backup;
    if (backup) {
        authority.root = *backup;
    } else {
        authority.root = roots_.add(Root{static_cast<std::uint32_t>(keys_.size()), until});
        keys_.emplace_back();
    }
    authority.changed = simulation_.cause();
    for (const Part certificate : vocabulary::server_certificates) revoke(id, certificate);
    renew(id, Parts{Part::ca}, roots_[authority.root].until);
    changed(id, Reason::none);
}

// A hold that a new certificate ends.
void Fleet::revoke(ApplianceId id, Part certificate) {
    if (is_held(at(id), of_its_revocation(certificate))) return;
    Hold hold;
    hold.fault = of_its_revocation(certificate);
    hold.id = FaultId::ca_compromised;
    hold.place = subject_of(id);
    hold.cause = simulation_.cause();
    hold.part = certificate;
    at(id).holds.push_back(hold);
    settle_part(id, certificate);
}

void Fleet::remove_ca_backup(SiteId id) {
    sites_[id].ca_backup.reset();
    settle_exposure(id);
}

// --- exports

void Fleet::export_root(ApplianceId id, const std::string& folder) {
    exported_.push_back({at(id).site, folder, at(id).authority.root});
}

std::optional<RootId> Fleet::exported(SiteId site, const std::string& folder) const {
    for (auto file = exported_.rbegin(); file != exported_.rend(); ++file)
        if (folder.empty() ? file->site == site : file->folder == folder) return file->root;
    return std::nullopt;
}

void Fleet::set_external_file(ApplianceId id, Part certificate, const std::string& path) {
    Authority& authority = at(id).authority;
    (certificate == Part::edge_certificate ? authority.edge_file : authority.mediation_file) = path;
}

// --- certificates that work, and should not

bool Fleet::endanger(ApplianceId id, Held fault, Duration ends_in) {
    Appliance& appliance = at(id);
    Authority& authority = appliance.authority;
    const Instant end =
        ends_in < kernel::never - simulation_.now() ? simulation_.now() + ends_in : kernel::never;
    Concern concern{fault, id, authority.root, {}};
    concern.cause = simulation_.cause();
    bool any = false;
    switch (fault.id) {
        case FaultId::server_certs_expiring:
            for (const Part certificate : vocabulary::server_certificates) {
                Instant& until = appliance.valid_until[number_of(certificate)];
                if (until <= end) continue;
                until = end;
                concern.left.set(certificate, true);
                any = true;
            }
            schedule_end_of_certificates(id);
            break;
        case FaultId::server_certs_leaked:
            for (Issued& certificate : authority.servers) {
                if (certificate.leaked) continue;
                certificate.leaked = fault.fault;
                any = true;
            }
            break;
        case FaultId::ca_expiring:
            any = roots_[authority.root].until > end;
            if (!any) break;
            roots_[authority.root].until = end;
            for (const ApplianceId peer : sites_[appliance.site].appliances) {
                if (at(peer).authority.root != authority.root) continue;
                at(peer).valid_until[number_of(Part::ca)] = end;
                schedule_end_of_certificates(peer);
            }
            break;
        default:
            SIM_CHECK(fault.id == FaultId::ca_compromised);
            any = !is_compromised(authority.root);
            if (any) keys_[roots_[authority.root].key] = fault.fault;
    }
    if (!any) return false;
    concerns_.push_back(concern);
    settle_exposure(appliance.site);
    return true;
}

// It was a false alarm, or somebody else has put it right.
void Fleet::end_concern(ApplianceId id, std::uint32_t fault) {
    const auto found = std::find_if(concerns_.begin(), concerns_.end(),
                                    [fault](const Concern& concern) { return concern.fault == fault; });
    if (found == concerns_.end()) return;
    const Concern concern = *found;
    concerns_.erase(found);
    const SiteId site = at(id).site;
    if (concern.id == FaultId::server_certs_expiring) renew(id, concern.left, kernel::never);
    for (const ApplianceId peer : sites_[site].appliances) {
        Authority& authority = at(peer).authority;
        if (concern.id == FaultId::ca_expiring && authority.root == concern.root)
            renew(peer, Parts{Part::ca}, kernel::never);
        for (auto* certificates : {&authority.servers, &authority.legacy})
            for (Issued& certificate : *certificates)
                if (certificate.leaked == fault) certificate.leaked.reset();
    }
    if (concern.id == FaultId::ca_compromised) keys_[roots_[concern.root].key].reset();
    settle_exposure(site);
}

bool Fleet::is_exposed(const Issued& certificate) const {
    return certificate.leaked || is_compromised(certificate.by);
}

// Nothing of the site bears any more what the fault struck.
bool Fleet::is_met(const Concern& concern) const {
    if (concern.id == FaultId::server_certs_expiring) return !concern.left.any();
    const Site& site = sites_[appliances_[concern.on].site];
    const std::uint32_t key = roots_[concern.root].key;
    const auto has_the_key = [&](RootId root) { return roots_[root].key == key; };
    const auto bears = [&](const Issued& certificate) {
        return concern.id == FaultId::server_certs_leaked ? certificate.leaked == concern.fault
                                                          : has_the_key(certificate.by);
    };
    if (concern.id == FaultId::ca_compromised && site.ca_backup && has_the_key(*site.ca_backup)) return false;
    return std::none_of(site.appliances.begin(), site.appliances.end(), [&](ApplianceId id) {
        const Authority& authority = appliances_[id].authority;
        if (concern.id == FaultId::ca_expiring) return authority.root == concern.root;
        return (concern.id == FaultId::ca_compromised && has_the_key(authority.root)) ||
               std::any_of(authority.servers.begin(), authority.servers.end(), bears) ||
               std::any_of(authority.legacy.begin(), authority.legacy.end(), bears);
    });
}

// Counts the time, and ends the faults that are over.
void Fleet::settle_exposure(SiteId id) {
    for (const ApplianceId appliance : sites_[id].appliances) {
        const Authority& authority = at(appliance).authority;
        const auto bad = [this](const Issued& certificate) { return is_exposed(certificate); };
        const bool now = is_compromised(authority.root) ||
                         std::any_of(authority.servers.begin(), authority.servers.end(), bad) ||
                         std::any_of(authority.legacy.begin(), authority.legacy.end(), bad);
        bool& exposed = at(appliance).exposed;
        Exposure& exposure = exposures_[vocabulary::index(appliance)];
        if (exposed && !now) exposure.time += simulation_.now() - exposure.since;
        if (!exposed && now) exposure.since = simulation_.now();
        exposed = now;
    }
    for (auto concern = concerns_.begin(); concern != concerns_.end();) {
        if (at(concern->on).site != id || !is_met(*concern)) {
            ++concern;
            continue;
        }
        simulation_.record(record::fault_cleared, concern->place, static_cast<std::int64_t>(concern->id));
        concern = concerns_.erase(concern);
    }
}

}  // namespace sim::topology
