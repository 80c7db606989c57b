#include "sim/scenario/certificates.hpp"

#include <algorithm>

namespace sim::scenario {

using std::chrono::year_month_day;
using std::chrono::years;

namespace {

// The first end of a certificate that is renewed whenever its time is over, after the run has begun. One of 29
// February ends on 1 March where the year has no such day.
year_month_day first_end(year_month_day installed, year_month_day from, years lasts) {
    year_month_day end = installed + lasts;
    while (end <= from) end += lasts;
    return end.ok() ? end : end.year() / std::chrono::March / 1;
}

}  // namespace

CertificateEnds certificate_ends(const Scenario& scenario, SiteId id) {
    const Site& site = scenario.sites[id];
    const auto begins = [&](std::chrono::local_days day) {
        return scenario.calendar().instant(day, site.zone);
    };
    CertificateEnds ends;
    if (site.installed) {
        const auto end = [&](years lasts) {
            return begins(std::chrono::local_days{first_end(*site.installed, scenario.from, lasts)});
        };
        ends.server = end(server_certificate_lasts);
        ends.ca = end(ca_lasts);
    }
    if (site.edge_certificate)
        ends.edge_external = begins(std::chrono::local_days{*site.edge_certificate} + std::chrono::days{1});
    return ends;
}

std::vector<Expiry> expiries(const Scenario& scenario) {
    std::vector<Expiry> found;
    const Instant horizon = kernel::start_of_run + scenario.length + near_expiration;
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const auto id = static_cast<SiteId>(i);
        if (scenario.sites[id].appliances.empty()) continue;
        const CertificateEnds ends = certificate_ends(scenario, id);
        const auto look_at = [&](std::optional<Instant> at, std::string_view what) {
            if (at && *at < horizon) found.push_back({*at, id, what});
        };
        look_at(ends.server, "server certificates of CMS, Mediation and Edge");
        look_at(ends.ca, "root certificates of the appliances' CAs");
        look_at(ends.edge_external, "external certificate of the Edges");
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Expiry& one, const Expiry& other) { return one.at < other.at; });
    return found;
}

}  // namespace sim::scenario
