// How a call attempt ends, and why. Each attempt ends in exactly one outcome; each lossy outcome
// has exactly one reason, and a reason belongs to exactly one outcome.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sim::vocabulary {

enum class Direction : std::uint8_t { inbound, outbound };
inline constexpr std::array directions{Direction::inbound, Direction::outbound};

enum class Outcome : std::uint8_t {
    completed,    // answered by a person or by voicemail, ended by itself
    dropped,      // cut after answer
    blocked,      // no line, gateway channel or media port free
    refused,      // policy, licence, a 4xx
    failed,       // path broken, no ready appliance, no route
    unreachable,  // user signed out, or the cloud tenant down
    in_progress,  // still up when the run ended
};
inline constexpr std::array outcomes{Outcome::completed,  Outcome::dropped, Outcome::blocked,
                                     Outcome::refused,    Outcome::failed,  Outcome::unreachable,
                                     Outcome::in_progress};

enum class Reason : std::uint8_t {
    none,  // not a loss
    // dropped
    host_lost,             // the host lost power or crashed; all four machines went with it
    machine_lost,          // the Mediation machine stopped, or the Edge machine under an external client
    mediation_lost,        // a Mediation service stopped
    edge_lost,             // the Edge service stopped under an external client's media
    gateway_lost,          // the gateway died with the call's channel
    network_lost,          // a network card, a firewall rule or a line to the Internet went away under the call
    relay_lost,            // the relay stopped under an external client's media
    carrier_lost,          // the gateway's circuits to the carrier died
    offline_by_detection,  // the management service found something bad and stopped the appliance's services
    drain_cut,             // planned: a drain reached its limit
    stopped_by_operator,   // planned: Enter-CcUpdate in mode immediate
    restarted_in_place,    // planned: an update restarted a machine under running calls
    // blocked
    appliance_full,  // the appliance carries as many calls as its hardware type allows
    no_channel,      // every channel of every gateway that could be tried is busy
    no_media_port,   // the Mediation's port range is too small for one more call
    // refused
    international_not_allowed,
    not_voice_enabled,  // the user is not enabled for voice, any more
    misdialled,         // the number was not normalised as the user expects
    // failed
    no_route,                    // the user has no site and the tenant no PeerDestination
    no_appliance_in_service,     // the cloud knows of no appliance of the site that runs
    edge_unreachable,            // outbound: every Edge tried was dead
    mediation_unreachable,       // outbound: Mediation is dead behind a live Edge
    edge_dead_behind_mediation,  // inbound: Mediation answers, its own Edge is dead, and it can use no other
    no_mediation_answers,        // inbound: no trunk of the gateway led to a Mediation that answers
    gateway_dead,                // no gateway answered, or the number's home gateway is down
    no_relay,                    // an external client got no relay for its media
    no_name,                     // the site's Edges are not found by name, or do not find the cloud
    no_hybrid_routing,           // the tenant does not share its SIP address space
    no_trunk,                    // inbound: the gateway has no trunk to any Mediation
    trunk_not_trusted,           // TLS between gateway and Mediation fails
    no_circuit,                  // no gateway with circuits to the carrier, or the number's own has none
    setup_too_slow,              // the destination took longer than the fast-failover timer allows
    no_route_for_class,          // no gateway of the site carries numbers of this class
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::no_route_for_class) + 1;

Outcome outcome_of(Reason reason);           // REQUIRES reason != none
bool is_planned(Reason reason);              // lost on purpose: maintenance, an operator
std::string_view text(Reason reason);        // "taken offline by detection"
std::string_view text(Outcome outcome);      // "in_progress"
std::string_view text(Direction direction);  // "inbound"

}  // namespace sim::vocabulary
