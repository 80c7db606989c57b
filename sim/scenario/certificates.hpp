// When certificates end: from the days that a scenario gives to the instants of a run.
//
// Days are those of the site's clock. A certificate counts from the day of installation and is good until the
// same day of a later year begins. What would have ended before the run is taken as renewed on its last day,
// again and again, for the site would not have lived to see the run: so the ends that count are the first after
// its start. A site that does not say when it was installed is taken to renew in time, whatever the length of
// the run. The external certificate of the Edges comes from outside: its last day stands, even where it is over
// when the run begins.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace sim::scenario {

// S0, and the pages of Update-CcServerCertificate and Update-CcCACertificate.
inline constexpr std::chrono::years server_certificate_lasts{2};  // of CMS, Mediation and Edge
inline constexpr std::chrono::years ca_lasts{5};
// "Near expiration", assumed: no source says how near.
inline constexpr std::chrono::days near_expiration{30};

struct CertificateEnds {
    // None: it does not end. Those of the servers, of all three roles, and of the CA never end before the run.
    std::optional<Instant> server, ca, edge_external;
};
// Of each appliance of the site. REQUIRES a start of the run.
CertificateEnds certificate_ends(const Scenario& scenario, SiteId site);

// One that ends in the run, or within `near_expiration` after it.
struct Expiry {
    Instant at;
    SiteId site{};
    std::string_view what;  // "server certificates"
};
std::vector<Expiry> expiries(const Scenario& scenario);  // by time, then by site

}  // namespace sim::scenario
