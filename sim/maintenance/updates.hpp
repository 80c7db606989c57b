// Planned work on a site: its update windows, and the procedure that patches one appliance after another.
//
// A window gates starts only: what has started is finished when the window closes, and who has not had a turn
// by then has missed it, with a reason. Appliances come in order of registration; one starts only while all its
// peers read Running, and one that is in Error or Maintenance itself is passed over.
//
// The procedure: on each machine in turn - AD, CMS, Mediation, Edge - install, restart, and
// restart again when the patch asks for it; then the host, whose restart takes the machines with it. With
// draining the appliance is in maintenance from before the first restart until after the last; in place, calls
// find out by themselves.

#pragma once

#include "sim/maintenance/drains.hpp"
#include "sim/vocabulary/machines.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::maintenance {

using vocabulary::SiteId;

struct UpdateRules {
    bool in_place = false;  // restart under running calls
    Stop stop;              // where not in place
    Duration machine_install{};
    Duration host_install{};
    Duration exit_takes{};      // from the end of the work until the appliance is back in production
    double second_restart = 0;  // chance that a machine must restart twice
};

struct WindowPlan {
    SiteId site{};
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
};

class Updates {
public:
    Updates(kernel::Simulation& simulation, topology::Fleet& fleet, Drains& drains, UpdateRules rules,
            const std::vector<std::string>& appliance_names);

    void add(WindowPlan plan);

    // Starts what may start now. Called after every control event, because what it waits for is the state of
    // peers.
    void consider();

    // An update is under way on this appliance.
    bool works_on(ApplianceId id) const { return jobs_[vocabulary::index(id)].step != Step::none; }

    // Events of this room. `is_out`: the appliance has entered maintenance.
    void window_opens(std::uint32_t row);
    void window_closes(std::uint32_t row);
    void is_out(ApplianceId id);
    void step_ends(ApplianceId id);

    const std::vector<Missed>& missed() const { return missed_; }

private:
    enum class Step : std::uint8_t {
        none,
        entering,
        installing_machine,
        restarting_machine,
        installing_host,
        restarting_host,
        exiting,
    };
    struct Job {
        Step step = Step::none;
        std::uint8_t machine = 0;
        bool restarted_twice = false;
        std::uint32_t host_losses = 0;  // of the host when the step began
        std::uint64_t updates = 0;      // so far; names the luck
    };
    struct Window {
        WindowPlan plan;
        std::size_t next = 0;  // opening
        bool open = false;
        Instant opened{};
        kernel::Ticket closes{};
        std::vector<ApplianceId> waiting;
    };

    Job& job(ApplianceId id) { return jobs_[vocabulary::index(id)]; }
    void consider(Window& window);
    void close(Window& window);
    Window* other_open_window(const Window& window);
    std::optional<Missed> obstacle(ApplianceId id) const;
    void schedule_opening(std::uint32_t row);
    void consider_default_window(SiteId site);
    std::vector<ApplianceId> unset_windows(SiteId site);
    void start(ApplianceId id);
    void install(ApplianceId id);
    void restart(ApplianceId id);
    void after_restart(ApplianceId id);
    void next_machine(ApplianceId id);
    void finish(ApplianceId id);
    void fail(ApplianceId id);
    void wait(ApplianceId id, Step step, Duration takes);
    bool stands(ApplianceId id) const;

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    Drains& drains_;
    UpdateRules rules_;
    std::vector<kernel::Stream> luck_;                 // by appliance
    std::vector<Job> jobs_;                            // by appliance
    std::vector<std::optional<ApplianceId>> at_work_;  // by site: the appliance being updated
    std::vector<Window> windows_;
    std::vector<Window> default_windows_;  // by site: open while the site has no windows of its own
    std::vector<Missed> missed_;
};

}  // namespace sim::maintenance
