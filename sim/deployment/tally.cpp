// What a world adds up to when it has been lived.

#include "sim/deployment/run.hpp"
#include "sim/deployment/world.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <string>

namespace sim::deployment {

using scenario::ApplianceId;
using scenario::GatewayId;
using scenario::SiteId;
using vocabulary::Direction;
namespace record = vocabulary::record;

namespace {

// Every count of events is a count of records: what is not in the journal did not happen.
struct EventName {
    const char* name;
    kernel::RecordKind kind;
};
constexpr EventName event_names[] = {
    {"patches_published", record::patch_published},
    {"bad_patches_showed", record::bad_patch_showed},
    {"bits_published", record::bits_published},
    {"bad_bits_showed", record::bad_bits_showed},
    {"bits_updates_finished", record::bits_update_finished},
    {"bits_updates_failed", record::bits_update_failed},
    {"faults_struck", record::fault_struck},
    {"faults_cleared", record::fault_cleared},
    {"repairs_waited", record::repair_waits},
    {"detections", record::detected},
    {"recoveries", record::recovered},
    {"recoveries_given_up", record::cannot_recover},
    {"found_blind", record::found_blind},
    {"drains", record::drain_started},
    {"drains_cut", record::drain_cut},
    {"windows_opened", record::window_opened},
    {"windows_missed", record::window_missed},
    {"updates_finished", record::update_finished},
    {"updates_failed", record::update_failed},
    {"cmdlets_run", record::cmdlet_run},
    {"cmdlets_failed", record::cmdlet_failed},
    {"warnings", record::last_appliance_drained},
};

std::string why_missed(const maintenance::Missed& missed, const scenario::Scenario& scenario) {
    const std::string other = missed.other ? scenario.appliances[*missed.other].name : "";
    switch (missed.because) {
        case maintenance::MissedBecause::in_error:
            return "it was not in service";
        case maintenance::MissedBecause::in_maintenance:
            return "it was in maintenance";
        case maintenance::MissedBecause::unwatched:
            return "its management service was not running";
        case maintenance::MissedBecause::peer_not_running:
            return "its peer " + other + " was not Running";
        case maintenance::MissedBecause::by_hand_only:
            return "its version does not update itself";
        case maintenance::MissedBecause::offline:
            return "it had no way to the Internet";
        case maintenance::MissedBecause::no_credential:
            return "the tenant did not accept its credential";
        case maintenance::MissedBecause::unreachable:
            return "its host did not reach its machines";
        case maintenance::MissedBecause::no_directory:
            return "the Site Directory did not open";
        case maintenance::MissedBecause::shut_out:
            return "the Site Directory did not accept its CceService password";
        case maintenance::MissedBecause::no_download:
            return "it could not download: the proxy is not set for the whole machine";
        case maintenance::MissedBecause::locked_out:
            return "its machines did not accept the host's passwords";
        case maintenance::MissedBecause::switched_off:
            return "automatic updates were switched off";
        case maintenance::MissedBecause::not_started:
            return "the policy did not start it";
        case maintenance::MissedBecause::no_time_left:
            return other.empty() ? "the window closed before its turn"
                                 : "the window closed while " + other + " was being updated";
    }
    return "";
}

std::string reason_of(const maintenance::Missed& missed, const scenario::Scenario& scenario) {
    const bool is_of_bits = missed.work == maintenance::Work::bits;
    return why_missed(missed, scenario) + (is_of_bits ? " (bits)" : "");
}

}  // namespace

vocabulary::Replication World::tally() {
    vocabulary::Replication row;
    kernel::Journal& journal = simulation_.journal();
    row.number = simulation_.luck().replication;
    row.fingerprint = journal.fingerprint().digest();
    row.simulated = scenario_.length;
    for (std::size_t book = 0; book < calls_.ledger().books(); ++book) row.sites.push_back(site_row(book));
    const calls::CallPlane::Totals& totals = calls_.totals();
    row.degraded = totals.degraded;
    row.redials = totals.redials;
    row.emergency_attempts = totals.emergency_attempts;
    row.emergency_lost = totals.emergency_lost;
    row.post_dial_delay = totals.post_dial_delay;
    row.delayed = totals.delayed;
    row.escalations = totals.escalations;
    row.escalations_failed = totals.escalations_failed;
    row.transfers_failed = totals.transfers_failed;
    row.lost_talk = totals.lost_talk;
    row.unpatched = releases_.unpatched();
    row.out_of_support = releases_.out_of_support();
    for (const EventName& event : event_names) row.events[event.name] = journal.count(event.kind);
    row.events["recovery_attempts"] = journal.count(record::recovered) + journal.count(record::attempt_failed);
    row.events["drains_with_calls"] = drains_.drains_with_calls();
    add_losses(row);
    add_missed_windows(row);
    add_failed_cmdlets(row);
    add_crew_rows(row);
    return row;
}

vocabulary::SiteRow World::site_row(std::size_t book) {
    const calls::Ledger& ledger = calls_.ledger();
    const auto id = static_cast<calls::BookId>(book);
    vocabulary::SiteRow row;
    for (const Direction direction : vocabulary::directions)
        row.by_direction[static_cast<std::size_t>(direction)] = ledger.outcomes(id, direction);
    row.hours = ledger.hours(id);
    if (book == fleet_.sites().size()) {
        row.name = vocabulary::no_site;
        return row;
    }
    const topology::Site& site = fleet_.sites()[static_cast<SiteId>(book)];
    row.name = scenario_.sites[static_cast<SiteId>(book)].name;
    row.appliances_needed = site.appliances_needed;
    row.appliances_ready_min = site.ready_min;
    for (unsigned ready = 0; ready < site.ready_for.size(); ++ready) {
        if (ready >= 1) row.one_ready += site.ready_for[ready];
        if (ready >= site.appliances_needed) row.enough_ready += site.ready_for[ready];
    }
    for (const ApplianceId appliance : site.appliances) {
        row.exposed += fleet_.exposed_time(appliance);
        const calls::CallPlane::LineUse use = calls_.use(appliance);
        row.appliances.push_back({appliance_names_[vocabulary::index(appliance)],
                                  fleet_.appliances()[appliance].calls_max, fleet_.ready_time(appliance),
                                  use.talk, use.over_limit, use.busy_max});
    }
    for (const GatewayId gateway : site.gateways) {
        const calls::CallPlane::LineUse use = calls_.use(gateway);
        row.gateways.push_back({gateway_names_[vocabulary::index(gateway)], fleet_.gateways()[gateway].channels,
                                use.talk, use.busy_max});
    }
    return row;
}

void World::add_losses(vocabulary::Replication& row) {
    for (const calls::Ledger::LossCount& loss : calls_.ledger().losses()) {
        vocabulary::Loss entry;
        entry.reason = loss.key.reason;
        entry.outcome = vocabulary::outcome_of(loss.key.reason);
        entry.direction = loss.key.direction;
        entry.site = row.sites[vocabulary::index(loss.key.book)].name;
        if (loss.key.appliance) entry.appliance = appliance_names_[vocabulary::index(*loss.key.appliance)];
        entry.group = calls_.group_name(loss.key.group);
        entry.calls = loss.calls;
        row.losses.push_back(std::move(entry));
    }
}

void World::add_missed_windows(vocabulary::Replication& row) {
    for (const maintenance::Missed& missed : updates_.missed()) {
        const scenario::Appliance& appliance = scenario_.appliances[missed.appliance];
        row.missed_windows.push_back({scenario_.sites[appliance.site].name, appliance.name,
                                      vocabulary::utc_text(scenario_.calendar(), missed.opened),
                                      reason_of(missed, scenario_)});
    }
}

void World::add_failed_cmdlets(vocabulary::Replication& row) {
    for (const operations::Failed& failed : desk_.failed()) {
        vocabulary::RefusedCmdlet refused;
        refused.at = vocabulary::utc_text(scenario_.calendar(), failed.at);
        refused.cmdlet = vocabulary::cmdlet(failed.command.cmdlet).name;
        if (failed.command.on) {
            const scenario::Appliance& appliance = scenario_.appliances[*failed.command.on];
            refused.site = scenario_.sites[appliance.site].name;
            refused.appliance = appliance.name;
        }
        refused.reason = failed.error;
        row.refused_cmdlets.push_back(std::move(refused));
    }
}

void World::add_crew_rows(vocabulary::Replication& row) {
    for (std::size_t crew = 0; crew < scenario_.crews.size(); ++crew) {
        const auto id = static_cast<scenario::CrewId>(crew);
        const faults::CrewUse use = injector_.crews().use(id, simulation_.end());
        row.crews.push_back({scenario_.crews[id].name, scenario_.crews[id].people, use.repairs, use.waited,
                             use.waiting_max, use.wait, use.wait_max, use.busy});
    }
}

vocabulary::Replication run(const scenario::Scenario& scenario, const scenario::Policy& policy,
                            kernel::Luck luck, Recording recording, Programs* programs) {
    World world(scenario, policy, luck, recording.journal != nullptr, programs);
    world.calls().watch(recording.calls);
    vocabulary::Replication row = world.live();
    if (recording.journal != nullptr) *recording.journal = world.journal().records();
    return row;
}

std::vector<LeftOut> left_out(const scenario::Scenario& scenario, const scenario::Policy& policy,
                              kernel::Luck luck, kernel::Duration longer, Programs* programs) {
    scenario::Scenario quiet = scenario;
    quiet.traffic.clear();
    quiet.failures.clear();
    quiet.length += longer;
    World world(quiet, policy, luck, false, programs);
    static_cast<void>(world.live());
    return world.left_out(kernel::start_of_run + scenario.length);
}

}  // namespace sim::deployment
