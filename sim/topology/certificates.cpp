// How certificates end, and what ends with them.
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

// Holds of the fleet's own, on certificates that have ended, are numbered from here on: nobody else has as
// many.
constexpr std::uint32_t own_holds = 1U << 31;

// Its end has come, and is known.
bool has_ended(const Appliance& appliance, Part certificate) {
    return std::any_of(appliance.holds.begin(), appliance.holds.end(), [certificate](const Hold& hold) {
        return hold.part == certificate && hold.fault >= own_holds;
    });
}

}  // namespace

void Fleet::renew(ApplianceId id, Parts certificates, Instant until) {
    Appliance& appliance = at(id);
    for (const Part certificate : certificates) {
        SIM_CHECK(vocabulary::is_certificate(certificate));
        appliance.valid_until[number_of(certificate)] = until;
    }
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
    hold.fault = own_holds + static_cast<std::uint32_t>(certificate);
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

}  // namespace sim::topology
