// The life of every call: it arrives, hunts for a way, holds a line and a channel, and ends.
//
// Set-up is resolved at the arrival instant, the whole hunt over appliances and gateways; what the hunt costs
// in time is added to post-dial delay and to the time the line is held. Outbound and inbound
// calls go different ways and die of different causes:
//
// clang-format off
//     outbound   client > cloud > an Edge of the site > its Mediation > a gateway     the cloud walks around dead Edges
//     inbound    carrier > the number's gateway > a Mediation > its own Edge > cloud  nobody walks around a dead Edge
// clang-format on
//
// A call is a slot of plain fields; its appliance keeps an intrusive list of its calls, so that losing 500 of
// them touches 500 slots. Nothing here allocates for a call once the tables have grown.

#pragma once

#include "sim/calls/beliefs.hpp"
#include "sim/calls/demand.hpp"
#include "sim/calls/ledger.hpp"
#include "sim/kernel/ladder.hpp"
#include "sim/kernel/tournament.hpp"
#include "sim/topology/fleet.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sim::calls {

enum class Spread : std::uint8_t { random, rotating, least_busy };

struct Rules {                         // parameters of the scenario
    Spread outbound = Spread::random;  // over the Edges of a site; of equally busy ones the first
    Patience patience;
    Duration cloud_connect_delay{};  // the first call to a dead Edge waits so long
    Duration trunk_connect_delay{};  // an INVITE to a dead Mediation
    Duration gateway_failover{};     // Mediation waits so long for a gateway, then tries the next (PLAN: 10 s)
    Duration invite_timeout{};       // and so long with the fast-failover timer off
    bool block_over_limit =
        true;                     // else calls above an appliance's limit are admitted, and the time is counted
    bool reroute_on_busy = true;  // inbound: a full appliance, the next trunk
    bool second_try = false;      // outbound: a full appliance, another appliance
    bool outbound_reroute_on_mediation = false;  // outbound: Edge without its Mediation, another appliance
    bool media_bypass = false;                   // internal clients send media straight to the gateway
    double misdialled_share = 0;  // of outbound calls, while numbers are not normalised as users expect
    double transfer_share = 0;    // of calls that are set up
};

// One finished attempt, for who wants to see each of them (tests, samples).
struct CallRecord {
    CohortId cohort{};
    std::uint64_t ordinal = 0;  // arrival of its cohort
    std::uint32_t attempt = 0;  // 0: the first; 1…: a redial
    Direction direction{};
    Outcome outcome{};
    Reason reason{};
    std::optional<ApplianceId> appliance;
    Instant start, end;
    bool degraded = false;
};

// Begins a line of the cache: where it happened to lie on the stack, a call took between 57 and 88 ns.
class alignas(64) CallPlane {
public:
    CallPlane(kernel::Simulation& simulation, const topology::Fleet& fleet,
              const vocabulary::Calendar& calendar, Rules rules, vocabulary::Table<CohortId, Cohort> cohorts,
              const std::vector<std::string>& appliance_names, const std::vector<std::string>& gateway_names);

    // The loop's other plane: runs arrivals and ends that come before `head` in the total order, up to `end`.
    void run_before(const kernel::Key& head, Instant end);

    // The fleet changed at this instant: calls on dead paths are lost, views are refreshed.
    void settle(const std::vector<ApplianceId>& appliances, const std::vector<GatewayId>& gateways);
    // What is written down about users, the tenant or names changed at this instant.
    void settle_users();
    // Calls that begin from now on: internal clients send media straight to the gateway, or do not.
    void set_media_bypass(bool on);
    bool media_bypass() const { return rules_.media_bypass; }

    void redial(std::uint32_t row);
    void newcomer_calls(std::uint32_t cohort);

    // An event of kind appliance_empty comes when the appliance carries no call (at once, if it carries none
    // now).
    void tell_when_empty(ApplianceId appliance);
    std::uint32_t busy(ApplianceId appliance) const { return lines_[index(appliance)].busy; }

    // Books what is still up as in progress, and checks that the books balance.
    void finish();

    const Ledger& ledger() const { return ledger_; }

    struct LineUse {
        std::uint32_t busy_max = 0;
        Duration talk{};
        Duration over_limit{};
    };
    LineUse use(ApplianceId appliance) const;
    LineUse use(GatewayId gateway) const;

    struct Totals {
        Calls degraded, redials, emergency_attempts, emergency_lost, delayed;
        Calls escalations, escalations_failed;  // beside the ledger: the two-party call lives on
        Calls transfers_failed;                 // and so it does here
        Duration post_dial_delay{};
        Duration lost_talk{};
    };
    const Totals& totals() const { return totals_; }

    // Named after their site in the export; "" for users without one.
    const std::string& group_name(CohortId group) const { return cohorts_[group].name; }

    // Every finished attempt is appended here while set.
    void watch(std::vector<CallRecord>* records) { watched_ = records; }

private:
    static constexpr std::uint32_t nobody = ~std::uint32_t{0};
    static constexpr unsigned slot_bits = 24;                                // 16 million calls in progress
    static constexpr std::size_t slots_reserved_max = std::size_t{1} << 20;  // 40 MiB, most of it never touched

    // The end of a call: its time; its sequence and its slot in one word. A call that is cut off leaves its end
    // behind: the slot is free or another call's by then, and the end is dead and thrown away when it surfaces.
    static kernel::Due end_of(Instant at, std::uint64_t sequence, std::uint32_t slot) {
        return {at.time_since_epoch().count(), sequence << slot_bits | slot};
    }
    static std::uint64_t sequence_of(const kernel::Due& end) { return end.word >> slot_bits; }
    static std::uint32_t slot_of(const kernel::Due& end) {
        return static_cast<std::uint32_t>(end.word & ((1u << slot_bits) - 1));
    }

    // A slot and the end in the future, 16 bytes more, are all that a call in progress holds. Numbers that only
    // grow keep their low halves: a sequence is asked for together with the end, and while a caller talks or
    // waits to redial the cohort makes fewer than 2^32 calls.
    struct Slot {                      // 40 bytes
        std::uint32_t sequence_low;    // of its end
        std::uint32_t ordinal_low;     // arrival of its cohort
        Instant start, end;            // free: the end is before all time
        std::uint32_t previous, next;  // in its appliance's list; in the free list, next alone
        std::uint16_t cohort, appliance, gateway;
        std::uint8_t flags, attempt;

        bool ends_with(const kernel::Due& due) const {
            return end.time_since_epoch().count() == due.at &&
                   sequence_low == static_cast<std::uint32_t>(sequence_of(due));
        }
    };
    static_assert(sizeof(Slot) == 40);
    enum Flag : std::uint8_t { outbound = 1, external = 2, emergency = 4, degraded = 8, bypassed = 16 };

    struct alignas(64) Line {  // one appliance, as calls see it
        std::uint32_t busy = 0;
        std::uint32_t anchored = 0;  // of them: calls whose media passes here; these have a limit
        std::array<std::uint32_t, 2>
            open_up_to{};  // outbound calls begin while fewer are anchored; external: [1]
        std::uint32_t calls_max = 0;
        std::uint32_t ports_for = 0;   // how many calls there are media ports for; never more
        std::uint32_t first = nobody;  // of its calls
        bool bypasses_media = false;   // of internal clients
        bool edge_alive = true;
        bool mediation_alive = true;
        bool relay_admits = true;
        bool admits = true;  // not draining
        bool tell_when_empty = false;
        std::uint32_t busy_max = 0;
        Duration talk{};
        Duration over_limit{};
        Instant over_limit_since{};
    };
    struct Channels {  // one gateway
        std::uint32_t busy = 0;
        std::uint32_t channels = 0;
        std::uint32_t open_up_to = 0;  // outbound calls begin without a second look while fewer are busy
        bool alive = true;
        bool refers = true;  // transfers work; where they do not, those that are tried are counted
        bool plain = true;   // nothing but, perhaps, its power is in the way of any call
        std::uint16_t site = 0;
        std::uint16_t delivers_to = 0;  // the gateway where its numbers arrive
        std::uint32_t busy_max = 0;
        Duration talk{};
        std::uint32_t rotor = 0;      // where the next inbound hunt begins
        std::uint32_t overflows = 0;  // hunts that went on to trunks of another priority
    };

    // One attempt on its way to a line: what is known before it has a slot.
    struct alignas(64) Attempt {  // not across lines of the cache, wherever the stack happens to be
        Arrival made;
        CohortId cohort{};
        BookId book{};
        Duration delay{};         // what the hunt has cost so far
        std::uint8_t number = 0;  // 0: the first try; 1…: a redial
        unsigned hour = 0;
    };
    struct Redial {  // who will try again, and what is left to say
        CohortId cohort{};
        std::uint64_t ordinal = 0;
        Duration length{};
        std::uint8_t number = 0;
    };
    struct Way {
        ApplianceId appliance{};
        GatewayId gateway{};
    };

    // What nearly every attempt needs to know of its cohort, in eight bytes: hundreds of cohorts as they are do
    // not stay in the cache.
    struct Origin {
        static constexpr std::uint16_t none = 0xffff;
        std::uint16_t exit = 0;        // the site where calls leave, or nowhere_
        std::uint16_t home = 0;        // the site where they come in, or nowhere_; numbers do not move
        std::uint16_t gateway = none;  // that owns all numbers; none: see the caller
        bool all_dial_abroad = true;   // else: see the caller
        bool plain = true;             // nothing is wrong with what is written down about them

        std::uint16_t site(Direction direction) const { return direction == Direction::outbound ? exit : home; }
    };
    Origin origin_of(const Cohort& cohort) const;
    // The same for this caller, for whom alone something may be written.
    [[gnu::noinline]] Origin origin_of_caller(const Attempt& attempt, Origin origin) const;
    std::uint16_t exit_at(std::optional<SiteId> assigned) const;
    bool takes(const topology::Site& site, const Arrival& made) const;  // an outbound call, now
    GatewayId home_gateway(const Attempt& attempt, const Origin& origin) const;

    static std::size_t index(auto id) { return vocabulary::index(id); }
    static Direction direction_of(std::uint8_t flags) {
        return flags & outbound ? Direction::outbound : Direction::inbound;
    }

    struct Obstacle {  // why a hunt found no way
        Reason reason{};
        kernel::RecordId cause{};  // of what is broken; none where only other callers are in the way
        std::optional<ApplianceId> appliance;  // that took part, where one did
    };

    std::size_t calls_max() const;
    static std::int64_t head_of(const Arrivals& stream);
    void arrive(std::size_t stream);
    void prefetch(std::size_t stream) const;
    void attempt(Attempt& attempt);
    void try_outbound(Attempt& attempt, SiteId exit);
    void try_inbound(Attempt& attempt, GatewayId owner);
    std::optional<Obstacle> closed(GatewayId owner) const;
    std::optional<Obstacle> hunt_on(Attempt& attempt, ApplianceId& found);
    std::optional<Obstacle> find_channel(Attempt& attempt, std::span<const GatewayId> gateways,
                                         std::size_t turn, Way& way);
    std::optional<Obstacle> find_carrier_of(Attempt& attempt, std::span<const GatewayId> gateways, Way& way);
    std::optional<Obstacle> try_gateways(Attempt& attempt, std::span<const GatewayId> gateways,
                                         std::size_t turn, Way& way);
    bool try_gateway(Attempt& attempt, Way way, std::optional<Obstacle>& why);
    bool carries(GatewayId gateway, const Arrival& made) const;
    std::optional<Obstacle> hunt_trunks(Attempt& attempt, GatewayId gateway,
                                        const Candidates<ApplianceId>& trunks, std::uint32_t turn,
                                        ApplianceId& found);
    bool try_trunk(Attempt& attempt, GatewayId gateway, ApplianceId found, std::optional<Obstacle>& why);
    ApplianceId pick_edge(Attempt& attempt, SiteId exit, std::span<const ApplianceId> edges);
    // What is left of the luck of one choice serves the next.
    static std::size_t choose(Attempt& attempt, std::size_t among) {
        const auto luck = static_cast<std::uint64_t>(attempt.made.route) * among;
        attempt.made.route = static_cast<std::uint32_t>(luck);
        return static_cast<std::size_t>(luck >> 32);
    }
    kernel::RecordId what_emptied(SiteId site) const;
    static bool is_open(const Line& line, const Arrival& made) {  // takes an outbound call now
        return line.anchored < line.open_up_to[made.external];
    }
    static bool is_open(const Channels& channels) { return channels.busy < channels.open_up_to; }
    bool has_room(const Line& line, const Arrival& made) const {
        return is_bypassed(line, made) ||
               (line.anchored < line.ports_for && (line.anchored < line.calls_max || !rules_.block_over_limit));
    }
    static bool is_bypassed(const Line& line, const Arrival& made) {
        return line.bypasses_media && !made.external;
    }
    [[gnu::noinline]] bool is_stopped(const Attempt& attempt, const Origin& origin);
    [[gnu::noinline]] void lose_at_once(const Attempt& attempt, Reason reason);
    std::optional<Obstacle> blocked_at(SiteId site) const;
    std::optional<Obstacle> objection(const Attempt& attempt, const Origin& origin) const;
    Obstacle without_edges(SiteId exit) const;
    Obstacle full(ApplianceId id) const;
    void escalate(const Attempt& attempt, ApplianceId appliance);
    void transfer_in_vain(const Attempt& attempt);
    void settle(ApplianceId id);
    void settle(GatewayId id);
    void open(Line& line) const;
    void cut_calls_of(GatewayId gateway, Reason reason, kernel::RecordId cause);

    void begin(const Attempt& attempt, Way way);
    void complete(const kernel::Due& end);
    void release(std::uint32_t slot);
    void drop(std::uint32_t slot, Reason reason, kernel::RecordId cause);
    void lose(const Attempt& attempt, const Obstacle& obstacle);
    void consider_redial(Redial redial);
    void expect_newcomers(std::size_t cohort);
    void let_newcomers_in();
    const topology::UserGroup* users_of(const Cohort& cohort) const {
        return cohort.users ? &fleet_.users()[*cohort.users] : nullptr;
    }
    CohortId group_of(CohortId cohort) const { return cohorts_[cohort].newcomers_of.value_or(cohort); }
    static std::uint32_t number_among_users(const Cohort& cohort, const Arrival& made) {
        return cohort.first_caller + made.caller;
    }
    void book_call(const Slot& slot, Instant end, Outcome outcome, Reason reason);
    [[gnu::noinline]] void show(const Slot& slot, Instant end, Outcome outcome, Reason reason);
    void fold(Instant start, Instant end, std::uint32_t appliance, Outcome outcome, Reason reason);
    unsigned hour_at(BookId book, Instant at) const;
    std::uint64_t ordinal_of(const Slot& slot) const {
        return streams_[slot.cohort].last_with(slot.ordinal_low);
    }
    // A gateway belongs to the site where the number lives, or where the call leaves.
    BookId book_of(const Slot& slot) const { return static_cast<BookId>(channels_[slot.gateway].site); }

    kernel::Simulation& simulation_;
    const topology::Fleet& fleet_;
    vocabulary::Calendar calendar_;
    Rules rules_;
    vocabulary::Table<CohortId, Cohort> cohorts_;
    Beliefs beliefs_;
    Ledger ledger_;
    Totals totals_;

    std::vector<Arrivals> streams_;  // by cohort
    std::size_t ordinary_ = 0;       // cohorts before those of newcomers, who come by events and are few
    std::vector<bool> let_in_;       // by cohort of newcomers, from ordinary_ on
    std::vector<Origin> origins_;    // by cohort
    std::uint16_t nowhere_ = 0;      // no site: the row of the books behind the last one
    kernel::Tournament heads_{{}};   // the next arrival of each ordinary stream
    kernel::Ladder ends_;
    std::vector<Slot> slots_;
    std::uint32_t free_ = nobody;
    std::uint32_t in_progress_ = 0;
    std::vector<Line> lines_;         // by appliance
    std::vector<Channels> channels_;  // by gateway
    std::vector<Redial> redials_;
    std::vector<std::uint32_t> free_redials_;
    std::vector<std::uint32_t> edge_rotor_;  // by site: where a rotating choice goes on
    std::vector<ApplianceId> hunt_;          // the candidates of one slow hunt
    std::vector<GatewayId> carriers_;        // and of one for a gateway that carries the number
    std::vector<const vocabulary::Zone*> zone_of_book_;
    std::vector<CallRecord>* watched_ = nullptr;
};

}  // namespace sim::calls
