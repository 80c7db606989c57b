#include "sim/vocabulary/outcomes.hpp"

#include "sim/kernel/check.hpp"

namespace sim::vocabulary {

Outcome outcome_of(Reason reason) {
    switch (reason) {
        case Reason::none:
            break;
        case Reason::host_lost:
        case Reason::machine_lost:
        case Reason::mediation_lost:
        case Reason::edge_lost:
        case Reason::gateway_lost:
        case Reason::network_lost:
        case Reason::relay_lost:
        case Reason::carrier_lost:
        case Reason::offline_by_detection:
        case Reason::drain_cut:
        case Reason::stopped_by_operator:
        case Reason::restarted_in_place:
            return Outcome::dropped;
        case Reason::appliance_full:
        case Reason::no_channel:
        case Reason::no_media_port:
            return Outcome::blocked;
        case Reason::international_not_allowed:
        case Reason::not_voice_enabled:
        case Reason::misdialled:
            return Outcome::refused;
        case Reason::no_route:
        case Reason::no_appliance_in_service:
        case Reason::edge_unreachable:
        case Reason::mediation_unreachable:
        case Reason::edge_dead_behind_mediation:
        case Reason::no_mediation_answers:
        case Reason::gateway_dead:
        case Reason::no_relay:
        case Reason::no_name:
        case Reason::no_hybrid_routing:
        case Reason::no_trunk:
        case Reason::trunk_not_trusted:
        case Reason::no_circuit:
        case Reason::setup_too_slow:
        case Reason::no_route_for_class:
            return Outcome::failed;
    }
    SIM_CHECK(false && "a call that was not lost has no reason");
    return Outcome::failed;
}

bool is_planned(Reason reason) {
    return reason == Reason::drain_cut || reason == Reason::stopped_by_operator ||
           reason == Reason::restarted_in_place;
}

std::string_view text(Reason reason) {
    switch (reason) {
        case Reason::none:
            return "none";
        case Reason::host_lost:
            return "host lost";
        case Reason::machine_lost:
            return "machine stopped";
        case Reason::mediation_lost:
            return "Mediation service stopped";
        case Reason::edge_lost:
            return "Edge service stopped";
        case Reason::gateway_lost:
            return "gateway died";
        case Reason::network_lost:
            return "network lost";
        case Reason::relay_lost:
            return "media relay stopped";
        case Reason::carrier_lost:
            return "carrier lost";
        case Reason::offline_by_detection:
            return "taken offline by detection";
        case Reason::drain_cut:
            return "drain limit reached";
        case Reason::stopped_by_operator:
            return "stopped by an operator";
        case Reason::restarted_in_place:
            return "restarted in place by an update";
        case Reason::appliance_full:
            return "appliance full";
        case Reason::no_channel:
            return "no gateway channel free";
        case Reason::no_media_port:
            return "no media port free";
        case Reason::international_not_allowed:
            return "international calls not allowed";
        case Reason::not_voice_enabled:
            return "not enabled for voice";
        case Reason::misdialled:
            return "misdialled";
        case Reason::no_route:
            return "no route";
        case Reason::no_appliance_in_service:
            return "no appliance in service";
        case Reason::edge_unreachable:
            return "Edge unreachable";
        case Reason::mediation_unreachable:
            return "Mediation dead behind a live Edge";
        case Reason::edge_dead_behind_mediation:
            return "Edge dead behind a live Mediation";
        case Reason::no_mediation_answers:
            return "no Mediation answers";
        case Reason::gateway_dead:
            return "no gateway answers";
        case Reason::no_relay:
            return "no media relay for an external client";
        case Reason::no_name:
            return "Edges not found by name";
        case Reason::no_hybrid_routing:
            return "SIP address space not shared";
        case Reason::no_trunk:
            return "no trunk to a Mediation";
        case Reason::trunk_not_trusted:
            return "trunk not trusted";
        case Reason::no_circuit:
            return "no circuit to the carrier";
        case Reason::setup_too_slow:
            return "set-up slower than the failover timer";
        case Reason::no_route_for_class:
            return "no gateway for this class of number";
    }
    return "";
}

std::string_view text(Outcome outcome) {
    switch (outcome) {
        case Outcome::completed:
            return "completed";
        case Outcome::dropped:
            return "dropped";
        case Outcome::blocked:
            return "blocked";
        case Outcome::refused:
            return "refused";
        case Outcome::failed:
            return "failed";
        case Outcome::unreachable:
            return "unreachable";
        case Outcome::in_progress:
            return "in_progress";
    }
    return "";
}

std::string_view text(Direction direction) {
    return direction == Direction::inbound ? "inbound" : "outbound";
}

}  // namespace sim::vocabulary
