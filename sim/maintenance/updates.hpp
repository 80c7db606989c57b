// Planned work on a site: its update windows, and the management services that patch one appliance after
// another in them, or bring them to a new version.
//
// A window gates starts only: what has started is finished when the window closes, and who has not had a turn
// by then has missed it, with a reason. Appliances come in order of registration; one starts only while all its
// peers read Running, and one that is in Error or Maintenance itself is passed over.
//
// With draining the appliance is in maintenance from before the first restart until after the last; in place,
// calls find out by themselves. A new version is built beside the old one (upgrading.hpp). Where a program
// decides, windows open and close all the same, and who was not patched in one has missed it.

#pragma once

#include "sim/maintenance/drains.hpp"
#include "sim/maintenance/patching.hpp"
#include "sim/maintenance/upgrading.hpp"
#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/purposes.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace sim::maintenance {

using vocabulary::SiteId;

enum class Driver : std::uint8_t {
    service,  // the management services start what may start
    program,  // somebody else decides when
};
struct UpdateRules {
    Driver driver = Driver::service;
    bool in_place = false;  // restart under running calls
    Stop stop;              // where not in place
    Duration exit_takes{};  // from the end of the work until the appliance is back in production
};

// What waits for a window. Where an appliance waits for both, patches come first.
enum class Work : std::uint8_t { patches, bits };
inline constexpr std::array both_works{Work::patches, Work::bits};

struct WindowPlan {
    SiteId site{};
    vocabulary::Purposes purposes;
    Duration length{};
    std::vector<Instant> openings;  // all that fall into the run, ascending
};

enum class MissedBecause : std::uint8_t {
    in_error,          // it read Error itself
    in_maintenance,    // or Maintenance
    unwatched,         // its management service, which drives updates, was not running
    peer_not_running,  // `other` did not read Running
    no_time_left,      // `other` was still being updated
    switched_off,      // EnableAutoUpdate of the site is false
    by_hand_only,      // its version does not update itself
    offline,           // neither host nor machines reach the Internet
    no_credential,     // the tenant does not let it in
    unreachable,       // the host does not reach its machines
    not_started,       // whoever decides about updates did not start one
    no_directory,      // the Site Directory, where updates and their locks lie, does not open for the site
    shut_out,          // nor for this host alone, for its CceService password is not that of the site
    no_download,       // nothing is fetched: the proxy is set for a user, not for the machine
    locked_out,        // its machines do not accept VmAdmin or DomainAdmin
};
struct Missed {
    ApplianceId appliance{};
    Instant opened{};
    MissedBecause because{};
    std::optional<ApplianceId> other;
    Work work{};
};

class Updates {
public:
    Updates(kernel::Simulation& simulation, topology::Fleet& fleet, Drains& drains, Patching& patching,
            Upgrading& upgrading, const Releases& releases, UpdateRules rules);

    // Also while time runs, with openings to come. Its row in the update plan.
    std::uint32_t add(WindowPlan plan);
    // It is a window of its site no more. If it was open, who still waited in it waits no longer, and has not
    // missed it.
    void remove(std::uint32_t row);

    // What a start waits for has changed there: the state of its appliances, what holds the site, its lock.
    void ask(SiteId site);
    // Starts what may start now, where somebody asked. Called after every control event, because what it waits
    // for is the state of peers.
    void consider();

    // A management service is updating this appliance.
    bool works_on(ApplianceId id) const { return jobs_[vocabulary::index(id)].step != Step::none; }

    // Events of this room. `is_out`: the appliance has entered maintenance.
    void window_opens(std::uint32_t row);
    void window_closes(std::uint32_t row);
    void is_out(ApplianceId id);
    void exit_ends(ApplianceId id);

    // Its patching is over, whoever began it.
    void is_patched(ApplianceId id, bool well);

    // A bits update: what its management service wants done at its host now, and how that ended.
    std::optional<vocabulary::Command> next_step(ApplianceId id) const;
    void step_is_done(ApplianceId id, bool well);

    // One of its windows for that.
    bool is_open(SiteId site, Work work) const;
    // Sites whose windows opened or closed since the last call.
    std::vector<SiteId> take_touched();

    const std::vector<Missed>& missed() const { return missed_; }

private:
    enum class Step : std::uint8_t { none, entering, patching, exiting, upgrading };
    struct Job {
        Step step = Step::none;
        std::uint32_t host_losses = 0;  // of the host when the step began
    };
    struct Window {
        WindowPlan plan;
        std::size_t next = 0;  // opening
        bool open = false;
        Instant opened{};
        kernel::Ticket opens{}, closes{};
        std::array<std::vector<ApplianceId>, 2> waiting;  // by Work

        std::vector<ApplianceId>& waiting_for(Work work) { return waiting[static_cast<std::size_t>(work)]; }
    };

    Job& job(ApplianceId id) { return jobs_[vocabulary::index(id)]; }
    void consider(SiteId site);
    void consider(Window& window);
    void touch(SiteId site);
    bool starts_one(Window& window, Work work);
    void close(Window& window);
    void note_missed(const Window& window, ApplianceId id, Work work);
    bool is_at_it(ApplianceId id, const Window& window, Work work) const;
    Window* other_open_window(const Window& window, Work work);
    std::optional<Missed> obstacle(ApplianceId id) const;
    void schedule_opening(std::uint32_t row);
    void hand_over(Window& window);
    void consider_default_window(SiteId site);
    bool has_windows(SiteId site, Work work) const;
    std::optional<std::vector<ApplianceId>> waiting_in_windows(SiteId site, Work work);
    void close_unset_windows(SiteId site);
    std::vector<ApplianceId> behind(SiteId site, Work work) const;
    bool is_behind(ApplianceId id, Work work) const;
    std::vector<ApplianceId> deployed_in(SiteId site) const;
    void start(ApplianceId id, Work work);
    void upgrade(ApplianceId id);
    void patch(ApplianceId id);
    void unlock(ApplianceId id);
    void finish(ApplianceId id);
    void fail(ApplianceId id);
    bool kept_its_host(ApplianceId id) const;

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    Drains& drains_;
    Patching& patching_;
    Upgrading& upgrading_;
    const Releases& releases_;
    UpdateRules rules_;
    std::vector<Job> jobs_;  // by appliance
    std::vector<Window> windows_;
    std::vector<Window> default_windows_;              // by site: open while the site has no windows of its own
    std::vector<std::vector<std::uint32_t>> rows_at_;  // by site: its windows, also those that were removed
    std::vector<SiteId> asked_;
    std::vector<bool> is_asked_;  // by site
    std::vector<Missed> missed_;
    std::vector<SiteId> touched_;
};

}  // namespace sim::maintenance
