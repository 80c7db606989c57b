// What the cloud, the gateways and the Mediations believe of each other, which lags behind the truth.
//
// The cloud avoids an Edge it found dead for a minute at a time, and never the last one. A gateway believes a
// trunk down after a failed INVITE or a failed OPTIONS poll, and up again after the next poll that is answered;
// over a trunk that TLS refuses neither gets through.
// A Mediation believes a gateway down after 30 s of silence and tests it again every minute; the last one is
// tried all the same.
//
// Polls are arithmetic, not events: a belief is worked out when a call asks for it, from when the truth last
// changed and where the polls fall. What a call needs is a short list of whom to try; it stays valid until a
// known instant, so a quiet fleet costs one comparison a call.

#pragma once

#include "sim/topology/fleet.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sim::calls {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;
using vocabulary::GatewayId;
using vocabulary::SiteId;

struct Patience {  // parameters of the scenario
    Duration cloud_avoids{};
    Duration options_period{};
    Duration gateway_down_after{};
    Duration gateway_retest{};
};

// Whom a call may try, in the order of registration, and until when that holds. The ids lie in one pool for all
// lists: with hundreds of sites, each list of its own would be a cache miss of its own.
template <class Id>
class Candidates {
public:
    Candidates() = default;
    explicit Candidates(Id* room) : ids_(room) {}

    std::span<const Id> all() const { return {ids_, size_}; }
    // Of trunks only: those believed up, in front; of these the ones that are tried first, by priority.
    std::span<const Id> believed() const { return {ids_, believed_}; }
    std::span<const Id> preferred() const { return {ids_, preferred_}; }
    bool fresh(Instant now) const { return now < fresh_until_; }

    void clear() {
        size_ = believed_ = preferred_ = 0;
        fresh_until_ = kernel::never;
    }
    void add(Id id) { ids_[size_++] = id; }
    void add_believed(Id id) {
        std::copy_backward(ids_ + believed_, ids_ + size_, ids_ + size_ + 1);
        ids_[believed_++] = id;
        ++size_;
    }
    void add_preferred(Id id) {  // REQUIRES that all which are believed up are preferred
        add_believed(id);
        preferred_ = believed_;
    }
    void expire() { fresh_until_ = kernel::start_of_run; }  // to be made anew
    void holds_until(Instant at) { fresh_until_ = std::min(fresh_until_, at); }

private:
    Id* ids_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint16_t believed_ = 0;
    std::uint16_t preferred_ = 0;
    Instant fresh_until_ = kernel::start_of_run;
};

class Beliefs {
public:
    // `names` name the polls' phases: one for each appliance and gateway, in the order of their ids.
    Beliefs(const kernel::Simulation& simulation, const topology::Fleet& fleet, Patience patience,
            const std::vector<std::string>& appliance_names, const std::vector<std::string>& gateway_names);
    Beliefs(const Beliefs&) = delete;  // the lists point into the pools
    Beliefs& operator=(const Beliefs&) = delete;

    std::span<const ApplianceId> edges_tried_by_cloud(SiteId site, Instant now) {
        const Candidates<ApplianceId>& edges = edges_[index(site)];
        if (!edges.fresh(now)) refresh_edges(site, now);
        return edges.all();
    }
    // All trunks of the gateway, those it believes up first, by priority. The others are a last resort.
    const Candidates<ApplianceId>& trunks_tried_by(GatewayId gateway, Instant now) {
        const Candidates<ApplianceId>& trunks = trunks_[index(gateway)];
        if (!trunks.fresh(now)) refresh_trunks(gateway, now);
        return trunks;
    }
    std::span<const GatewayId> gateways_tried_at(SiteId site, Instant now) {
        const Candidates<GatewayId>& gateways = gateways_[index(site)];
        if (!gateways.fresh(now)) refresh_gateways(site, now);
        return gateways.all();
    }

    void edge_found_dead(ApplianceId appliance, Instant now);
    void trunk_found_dead(GatewayId gateway, ApplianceId appliance);
    void trunk_found_alive(GatewayId gateway, ApplianceId appliance);

    // The truth changed at `now`: an appliance, or a gateway. Beliefs formed under the old truth are settled
    // first.
    void appliance_changed(ApplianceId appliance, Instant now);
    void gateway_changed(GatewayId gateway, Instant now);
    void names_changed();  // of sites

private:
    struct Trunk {
        ApplianceId to{};
        Duration phase{};     // of the gateway's OPTIONS polls to this Mediation, in [0, period)
        bool up = true;       // believed, as of the last change or failed call
        bool answers = true;  // the truth, which is so
        Instant since = kernel::start_of_run;
    };

    static std::size_t index(auto id) { return vocabulary::index(id); }
    Trunk* trunk(GatewayId gateway, ApplianceId appliance);
    Trunk laid(GatewayId gateway, ApplianceId appliance, Instant now) const;
    void lay_trunks(GatewayId gateway, Instant now);
    void settle_trunk(GatewayId gateway, Trunk& trunk, Instant now);
    bool believes_up(const Trunk& trunk, Instant now) const;
    Instant last_poll(const Trunk& trunk, Instant now) const;
    void refresh_edges(SiteId site, Instant now);
    void refresh_trunks(GatewayId gateway, Instant now);
    void refresh_gateways(SiteId site, Instant now);

    const topology::Fleet& fleet_;
    Patience patience_;
    std::vector<ApplianceId> appliances_in_lists_;  // the pools of the lists
    std::vector<GatewayId> gateways_in_lists_;
    std::vector<Candidates<ApplianceId>> edges_;   // by site
    std::vector<Candidates<ApplianceId>> trunks_;  // by gateway
    std::vector<Candidates<GatewayId>> gateways_;  // by site
    std::vector<Instant> avoided_until_;           // by appliance
    std::vector<std::vector<Trunk>> trunk_state_;  // by gateway, as its trunks lie
    std::vector<GatewayId> strays_;                // that lead, or led, to another site
    kernel::Luck luck_;
    std::vector<std::string> appliance_names_, gateway_names_;
};

}  // namespace sim::calls
