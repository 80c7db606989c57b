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
      trunk_state_(fleet.gateways().size()),
      luck_(simulation.luck()),
      appliance_names_(appliance_names),
      gateway_names_(gateway_names) {
    // A gateway's list has room for the appliances of any site: its trunks may lead to the wrong one.
    std::size_t widest = 0;
    for (const topology::Site& site : fleet.sites()) widest = std::max(widest, site.appliances.size());
    const auto room = [&](GatewayId id) { return std::max(widest, fleet.gateways()[id].trunks.size()); };
    std::size_t trunks = 0;
    for (std::size_t gateway = 0; gateway < fleet.gateways().size(); ++gateway)
        trunks += room(static_cast<GatewayId>(gateway));
    appliances_in_lists_.resize(fleet.appliances().size() + trunks);
    gateways_in_lists_.resize(fleet.gateways().size());
    ApplianceId* appliances = appliances_in_lists_.data();
    GatewayId* gateways = gateways_in_lists_.data();
    std::size_t number = 0;
    for (const topology::Site& site : fleet.sites()) {
        edges_[number] = Candidates<ApplianceId>(appliances);
        appliances += site.appliances.size();
        gateways_[number++] = Candidates<GatewayId>(gateways);
        gateways += site.gateways.size();
        for (const GatewayId gateway : site.gateways) {
            trunks_[index(gateway)] = Candidates<ApplianceId>(appliances);
            appliances += room(gateway);
            lay_trunks(gateway, kernel::start_of_run);
        }
    }
}

// The luck of a trunk's phase is its own, so it polls as before when it is there again.
Beliefs::Trunk Beliefs::laid(GatewayId gateway, ApplianceId appliance, Instant now) const {
    const kernel::Stream luck(luck_, gateway_names_[index(gateway)] + " " + appliance_names_[index(appliance)],
                              "OPTIONS phase");
    Trunk made;
    made.to = appliance;
    made.phase = Duration{
        static_cast<std::int64_t>(luck.uniform(0) * static_cast<double>(patience_.options_period.count()))};
    made.since = now;
    return made;
}

// Trunks that are still there keep what is believed of them. A new one is believed up until it is tried.
void Beliefs::lay_trunks(GatewayId gateway, Instant now) {
    const topology::Gateway& truth = fleet_.gateways()[gateway];
    std::vector<Trunk>& states = trunk_state_[index(gateway)];
    std::vector<Trunk> next;
    bool strays = false;
    for (const topology::Trunk& trunk : truth.trunks) {
        const Trunk* known = this->trunk(gateway, trunk.to);
        next.push_back(known != nullptr ? *known : laid(gateway, trunk.to, now));
        strays = strays || fleet_.appliances()[trunk.to].site != truth.site;
    }
    states = std::move(next);
    for (Trunk& state : states) settle_trunk(gateway, state, now);
    if (strays && std::find(strays_.begin(), strays_.end(), gateway) == strays_.end())
        strays_.push_back(gateway);
}

Beliefs::Trunk* Beliefs::trunk(GatewayId gateway, ApplianceId appliance) {
    for (Trunk& trunk : trunk_state_[index(gateway)])
        if (trunk.to == appliance) return &trunk;
    return nullptr;
}

// A belief formed under the old truth is settled before the new one holds.
void Beliefs::settle_trunk(GatewayId gateway, Trunk& trunk, Instant now) {
    const bool answers = fleet_.appliances()[trunk.to].mediation_alive &&
                         fleet_.gateways()[gateway].refused(trunk.to) == nullptr;
    if (answers == trunk.answers) return;
    trunk.up = believes_up(trunk, now);
    trunk.answers = answers;
    trunk.since = now;
}

// The last poll at or before `now`; before the first one, the start of time.
Instant Beliefs::last_poll(const Trunk& trunk, Instant now) const {
    const Instant first = kernel::start_of_run + trunk.phase;
    if (now < first) return Instant::min();
    return now - (now - first) % patience_.options_period;
}

bool Beliefs::believes_up(const Trunk& trunk, Instant now) const {
    const bool polled_since = last_poll(trunk, now) >= trunk.since;
    return polled_since ? trunk.answers : trunk.up;
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

void Beliefs::refresh_trunks(GatewayId gateway, Instant now) {
    Candidates<ApplianceId>& trunks = trunks_[index(gateway)];
    const std::vector<topology::Trunk>& laid = fleet_.gateways()[gateway].trunks;  // by priority
    const std::vector<Trunk>& states = trunk_state_[index(gateway)];
    trunks.clear();
    unsigned best = 0;
    for (std::size_t place = 0; place < laid.size(); ++place) {
        const Trunk& state = states[place];
        const bool up = believes_up(state, now);
        if (!up) {
            trunks.add(state.to);
        } else if (trunks.believed().empty() || laid[place].priority == best) {
            best = laid[place].priority;
            trunks.add_preferred(state.to);
        } else {
            trunks.add_believed(state.to);
        }
        if (up == state.answers) continue;  // belief and truth agree; only an event changes that
        trunks.holds_until(
            next_on_grid(now + Duration{1}, kernel::start_of_run + state.phase, patience_.options_period));
    }
}

void Beliefs::trunk_found_dead(GatewayId gateway, ApplianceId appliance) {
    trunk(gateway, appliance)->up = false;
    trunks_[index(gateway)].expire();
}

void Beliefs::trunk_found_alive(GatewayId gateway, ApplianceId appliance) {
    trunk(gateway, appliance)->up = true;
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
    const SiteId site = fleet_.appliances()[appliance].site;
    const auto settle = [&](GatewayId gateway) {
        Trunk* state = trunk(gateway, appliance);
        if (state == nullptr) return;
        settle_trunk(gateway, *state, now);
        trunks_[index(gateway)].expire();
    };
    for (const GatewayId gateway : fleet_.sites()[site].gateways) settle(gateway);
    for (const GatewayId gateway : strays_) settle(gateway);
    edges_[index(site)].expire();
}

void Beliefs::gateway_changed(GatewayId gateway, Instant now) {
    lay_trunks(gateway, now);
    gateways_[index(fleet_.gateways()[gateway].site)].expire();
    trunks_[index(gateway)].expire();
}

void Beliefs::names_changed() {
    for (Candidates<ApplianceId>& edges : edges_) edges.expire();
}

}  // namespace sim::calls
