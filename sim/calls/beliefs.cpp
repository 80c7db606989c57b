#include "sim/calls/beliefs.hpp"

#include <algorithm>

namespace sim::calls {

namespace {

// The first instant of the grid phase, phase + step, … at or after `now`; phases lie on the run's own time.
Instant next_on_grid(Instant now, Instant first, Duration step) {
    if (now <= first) return first;
    const auto past = (now - first).count();
    return first + Duration{(past + step.count() - 1) / step.count() * step.count()};
}

// To the cloud: its name resolves to this Edge, and the tenant was not told that it is out of service.
bool is_offered(const topology::Appliance& appliance) {
    return !appliance.is_left_out() && appliance.good(vocabulary::Part::address_record);
}

}  // namespace

Beliefs::Beliefs(const kernel::Simulation& simulation, const topology::Fleet& fleet, Patience patience,
                 const std::vector<std::string>& appliance_names, const std::vector<std::string>& gateway_names)
    : fleet_(fleet),
      patience_(patience),
      edges_(fleet.sites().size()),
      trunks_(fleet.gateways().size()),
      gateways_(fleet.sites().size()),
      avoided_until_(fleet.appliances().size(), kernel::start_of_run),
      mediation_(fleet.appliances().size()),
      trunk_state_(fleet.gateways().size()),
      place_in_site_(fleet.appliances().size()) {
    // A gateway's list has room for the appliances of any site: its trunks may lead to the wrong one.
    std::size_t widest = 0;
    for (const topology::Site& site : fleet.sites()) widest = std::max(widest, site.appliances.size());
    const std::size_t trunks = fleet.gateways().size() * widest;
    appliances_in_lists_.resize(fleet.appliances().size() + trunks);
    gateways_in_lists_.resize(fleet.gateways().size());
    ApplianceId* appliances = appliances_in_lists_.data();
    GatewayId* gateways = gateways_in_lists_.data();
    const auto period = static_cast<double>(patience_.options_period.count());
    std::size_t number = 0;
    for (const topology::Site& site : fleet.sites()) {
        std::uint32_t place = 0;
        for (const ApplianceId appliance : site.appliances) place_in_site_[index(appliance)] = place++;
        edges_[number] = Candidates<ApplianceId>(appliances);
        appliances += site.appliances.size();
        gateways_[number++] = Candidates<GatewayId>(gateways);
        gateways += site.gateways.size();
        for (const GatewayId gateway : site.gateways) {
            trunks_[index(gateway)] = Candidates<ApplianceId>(appliances);
            appliances += widest;
            for (const ApplianceId appliance : site.appliances) {
                const kernel::Stream luck(
                    simulation.luck(), gateway_names[index(gateway)] + " " + appliance_names[index(appliance)],
                    "OPTIONS phase");
                Trunk state;
                state.phase = Duration{static_cast<std::int64_t>(luck.uniform(0) * period)};
                trunk_state_[index(gateway)].push_back(state);
            }
        }
    }
}

Beliefs::Trunk& Beliefs::trunk(GatewayId gateway, ApplianceId appliance) {
    return trunk_state_[index(gateway)][place_in_site_[index(appliance)]];
}

// The last poll at or before `now`; before the first one, the start of time.
Instant Beliefs::last_poll(const Trunk& trunk, Instant now) const {
    const Instant first = kernel::start_of_run + trunk.phase;
    if (now < first) return Instant::min();
    return now - (now - first) % patience_.options_period;
}

bool Beliefs::believes_up(const Trunk& trunk, const Answering& mediation, Instant now) const {
    const bool polled_since = last_poll(trunk, now) >= mediation.since;
    return polled_since ? mediation.now : trunk.up;
}

void Beliefs::refresh_edges(SiteId site, Instant now) {
    Candidates<ApplianceId>& edges = edges_[index(site)];
    edges.clear();
    if (fleet_.sites()[site].held(topology::SitePart::address) != nullptr) return;
    for (const ApplianceId id : fleet_.sites()[site].appliances) {
        if (!is_offered(fleet_.appliances()[id])) continue;
        const Instant avoided_until = avoided_until_[index(id)];
        if (now >= avoided_until) {
            edges.add(id);
        } else {
            edges.holds_until(avoided_until);
        }
    }
    if (!edges.all().empty()) return;
    // The last resort: with all that are in service avoided, all of them are tried.
    for (const ApplianceId id : fleet_.sites()[site].appliances)
        if (is_offered(fleet_.appliances()[id])) edges.add(id);
}

void Beliefs::edge_found_dead(ApplianceId appliance, Instant now) {
    const SiteId site = fleet_.appliances()[appliance].site;
    const auto tried = edges_tried_by_cloud(site, now);
    if (tried.size() == 1 && tried.front() == appliance) return;  // the last one is never excluded
    avoided_until_[index(appliance)] = now + patience_.cloud_avoids;
    edges_[index(site)].expire();
}

bool Beliefs::is_own(GatewayId gateway, ApplianceId appliance) const {
    return fleet_.gateways()[gateway].site == fleet_.appliances()[appliance].site;
}

// The pool's name is that of every appliance; which one it leads to is decided once, by the first in the file.
std::span<const ApplianceId> Beliefs::led_to_by(const topology::Gateway& gateway) const {
    const topology::GatewayHold* elsewhere = gateway.held(topology::GatewayPart::place);
    const auto& all = fleet_.sites()[elsewhere != nullptr ? *elsewhere->site : gateway.site].appliances;
    const std::span<const ApplianceId> trunks(all);
    return gateway.held(topology::GatewayPart::targets) != nullptr && !all.empty() ? trunks.first(1) : trunks;
}

void Beliefs::refresh_trunks(GatewayId gateway, Instant now) {
    Candidates<ApplianceId>& trunks = trunks_[index(gateway)];
    const topology::Gateway& truth = fleet_.gateways()[gateway];
    trunks.clear();
    for (const ApplianceId id : led_to_by(truth)) {
        if (truth.held(topology::GatewayPart::trunk, id) != nullptr) continue;
        const Answering& mediation = mediation_[index(id)];
        if (!is_own(gateway, id)) {  // polled like any other; its phase would be nobody's
            if (mediation.now) {
                trunks.add_believed(id);
            } else {
                trunks.add(id);
            }
            continue;
        }
        const Trunk& state = trunk(gateway, id);
        const bool up = believes_up(state, mediation, now);
        if (up) {
            trunks.add_believed(id);
        } else {
            trunks.add(id);
        }
        if (up == mediation.now) continue;  // belief and truth agree; only an event changes that
        const Instant poll =
            next_on_grid(now + Duration{1}, kernel::start_of_run + state.phase, patience_.options_period);
        trunks.holds_until(poll);
    }
}

void Beliefs::trunk_found_dead(GatewayId gateway, ApplianceId appliance) {
    if (!is_own(gateway, appliance)) return;
    trunk(gateway, appliance).up = false;
    trunks_[index(gateway)].expire();
}

void Beliefs::trunk_found_alive(GatewayId gateway, ApplianceId appliance) {
    if (!is_own(gateway, appliance)) return;
    trunk(gateway, appliance).up = true;
    trunks_[index(gateway)].expire();
}

void Beliefs::refresh_gateways(SiteId site, Instant now) {
    Candidates<GatewayId>& gateways = gateways_[index(site)];
    gateways.clear();
    for (const GatewayId id : fleet_.sites()[site].gateways) {
        const topology::Gateway& gateway = fleet_.gateways()[id];
        // Silent for long enough: believed down, and tested again every minute from then on.
        if (!gateway.alive) {
            const Instant noticed = gateway.changed_at + patience_.gateway_down_after;
            if (now < noticed) {
                gateways.add(id);
                gateways.holds_until(noticed);
            }
            continue;
        }
        if (gateway.down.reason == vocabulary::Reason::none) {
            gateways.add(id);
            continue;
        }
        const Instant noticed = gateway.died_at + patience_.gateway_down_after;
        if (gateway.changed_at <= noticed) {  // it was back before anybody noticed
            gateways.add(id);
            continue;
        }
        const Instant tested = next_on_grid(gateway.changed_at, noticed, patience_.gateway_retest);
        if (now >= tested) {
            gateways.add(id);
        } else {
            gateways.holds_until(tested);
        }
    }
    // The last resort: with all believed down, all are tried.
    if (!gateways.all().empty()) return;
    for (const GatewayId id : fleet_.sites()[site].gateways) gateways.add(id);
}

void Beliefs::appliance_changed(ApplianceId appliance, Instant now) {
    const topology::Appliance& truth = fleet_.appliances()[appliance];
    Answering& mediation = mediation_[index(appliance)];
    if (truth.mediation_alive != mediation.now) {
        for (const GatewayId gateway : fleet_.sites()[truth.site].gateways) {
            Trunk& state = trunk(gateway, appliance);
            state.up = believes_up(state, mediation, now);
        }
        mediation = Answering{truth.mediation_alive, now};
    }
    edges_[index(truth.site)].expire();
    for (const GatewayId gateway : fleet_.sites()[truth.site].gateways) trunks_[index(gateway)].expire();
    for (std::size_t gateway = 0; gateway < trunks_.size(); ++gateway)
        if (fleet_.gateways()[static_cast<GatewayId>(gateway)].held(topology::GatewayPart::place) != nullptr)
            trunks_[gateway].expire();
}

void Beliefs::gateway_changed(GatewayId gateway) {
    gateways_[index(fleet_.gateways()[gateway].site)].expire();
    trunks_[index(gateway)].expire();
}

void Beliefs::names_changed() {
    for (Candidates<ApplianceId>& edges : edges_) edges.expire();
}

}  // namespace sim::calls
