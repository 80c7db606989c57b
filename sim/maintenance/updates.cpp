#include "sim/maintenance/updates.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::maintenance {

using kernel::Rank;
using topology::TenantStatus;
using vocabulary::index;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

Updates::Updates(kernel::Simulation& simulation, topology::Fleet& fleet, Drains& drains, Patching& patching,
                 const Releases& releases, UpdateRules rules)
    : simulation_(simulation),
      fleet_(fleet),
      drains_(drains),
      patching_(patching),
      releases_(releases),
      rules_(rules),
      jobs_(fleet.appliances().size()),
      default_windows_(fleet.sites().size()) {
    for (std::size_t site = 0; site < default_windows_.size(); ++site)
        default_windows_[site].plan.site = static_cast<SiteId>(site);
}

std::uint32_t Updates::add(WindowPlan plan) {
    const auto row = static_cast<std::uint32_t>(windows_.size());
    Window window;
    window.plan = std::move(plan);
    windows_.push_back(std::move(window));
    schedule_opening(row);
    return row;
}

void Updates::remove(std::uint32_t row) {
    Window& window = windows_[row];
    simulation_.cancel(window.opens);
    if (!window.open) return;
    simulation_.cancel(window.closes);
    window.open = false;
    touched_.push_back(window.plan.site);
    hand_over(window);
    window.waiting.clear();
}

void Updates::schedule_opening(std::uint32_t row) {
    Window& window = windows_[row];
    if (window.next == window.plan.openings.size()) return;
    window.opens =
        simulation_.schedule(window.plan.openings[window.next], Rank::timer, kind::window_opens, row);
}

void Updates::window_opens(std::uint32_t row) {
    Window& window = windows_[row];
    window.opens = kernel::no_ticket;
    if (fleet_.sites()[window.plan.site].held(topology::SitePart::windows) != nullptr) {
        ++window.next;
        schedule_opening(row);
        return;
    }
    if (window.open)
        close(window);  // a window longer than its week: who still waits has missed the earlier opening
    simulation_.record(record::window_opened, row);
    touched_.push_back(window.plan.site);
    window.opened = simulation_.now();
    // Windows of one site that overlap are one longer window: who waits goes on waiting, nobody is patched
    // twice.
    if (window.plan.purposes.os && !other_open_window(window)) window.waiting = behind(window.plan.site);
    window.closes = simulation_.schedule_in(window.plan.length, Rank::timer, kind::window_closes, row);
    window.open = true;
    ++window.next;
    schedule_opening(row);
}

// By registration.
std::vector<ApplianceId> Updates::behind(SiteId site) const {
    std::vector<ApplianceId> waiting;
    for (const ApplianceId id : deployed_in(site))
        if (releases_.is_behind(id)) waiting.push_back(id);
    return waiting;
}

Updates::Window* Updates::other_open_window(const Window& window) {
    for (Window& other : windows_)
        if (&other != &window && other.open && other.plan.purposes.os && other.plan.site == window.plan.site)
            return &other;
    return nullptr;
}

void Updates::window_closes(std::uint32_t row) {
    close(windows_[row]);
}

void Updates::close(Window& window) {
    simulation_.cancel(window.closes);
    window.open = false;
    touched_.push_back(window.plan.site);
    hand_over(window);
    for (const ApplianceId id : window.waiting) {
        if (is_at_it(id, window)) continue;
        simulation_.record(record::window_missed, subject_of(id));
        const MissedBecause by_default =
            rules_.driver == Driver::service ? MissedBecause::no_time_left : MissedBecause::not_started;
        Missed missed = obstacle(id).value_or(Missed{id, {}, by_default, std::nullopt});
        missed.opened = window.opened;
        missed_.push_back(missed);
    }
    window.waiting.clear();
}

// Who waits goes on waiting in a window that is still open.
void Updates::hand_over(Window& window) {
    Window* other = other_open_window(window);
    if (other == nullptr) return;
    other->waiting.insert(other->waiting.end(), window.waiting.begin(), window.waiting.end());
    window.waiting.clear();
}

// A program took it out of service in this window and is not done: what has started is finished.
bool Updates::is_at_it(ApplianceId id, const Window& window) const {
    return rules_.driver == Driver::program && fleet_.appliances()[id].in_maintenance &&
           drains_.entered_at(id) >= window.opened;
}

// A site whose windows were unset has the default one, day and night (assumed; no source gives its shape): what
// waits is patched at once, at whatever hour. REQUIRES a site that has windows for updates of Windows:
// others are not patched at all.
void Updates::consider_default_window(SiteId site) {
    Window& window = default_windows_[index(site)];
    const bool unset = fleet_.sites()[site].held(topology::SitePart::windows) != nullptr;
    if (unset && !window.open) {
        window.open = true;
        window.opened = simulation_.now();
        window.waiting = unset_windows(site);
        simulation_.record(record::window_opened, static_cast<std::uint32_t>(windows_.size()));
    } else if (!unset && window.open) {
        window.open = false;
        window.waiting.clear();
    }
    if (window.open && !window.waiting.empty()) consider(window);
}

// Who waits when a site's windows go: where one of them is open, those whose turn has not come in it.
std::vector<ApplianceId> Updates::unset_windows(SiteId site) {
    std::optional<std::vector<ApplianceId>> waiting;
    for (Window& window : windows_) {
        if (window.plan.site != site || !window.open) continue;
        if (window.plan.purposes.os && (!waiting || waiting->empty())) waiting = window.waiting;
        simulation_.cancel(window.closes);
        window.open = false;
        window.waiting.clear();
    }
    return waiting.value_or(behind(site));
}

// Of the others there is nothing to update.
std::vector<ApplianceId> Updates::deployed_in(SiteId site) const {
    std::vector<ApplianceId> all = fleet_.sites()[site].appliances;
    std::erase_if(all, [&](ApplianceId id) {
        const topology::Deployment& state = fleet_.appliances()[id].deployment;
        return !state.registered || !state.installed;
    });
    return all;
}

void Updates::consider() {
    for (const Window& window : windows_) {
        if (!window.plan.purposes.os) continue;
        const SiteId site = window.plan.site;
        if (default_windows_[index(site)].open || !fleet_.sites()[site].holds.empty())
            consider_default_window(site);
    }
    for (Window& window : windows_)
        if (window.open && !window.waiting.empty()) consider(window);
}

void Updates::consider(Window& window) {
    if (rules_.driver == Driver::program) return;
    if (fleet_.sites()[window.plan.site].lock) return;
    for (auto next = window.waiting.begin(); next != window.waiting.end(); ++next) {
        if (obstacle(*next)) continue;
        const ApplianceId id = *next;
        window.waiting.erase(next);
        start(id);
        return;
    }
}

// Why this appliance cannot be updated now, or nothing.
std::optional<Missed> Updates::obstacle(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    const auto because = [id](MissedBecause why, std::optional<ApplianceId> other = std::nullopt) {
        return Missed{id, {}, why, other};
    };
    if (fleet_.sites()[appliance.site].held(topology::SitePart::auto_update) != nullptr)
        return because(MissedBecause::switched_off);
    if (appliance.in_maintenance || appliance.maintenance_mode) return because(MissedBecause::in_maintenance);
    if (appliance.status != TenantStatus::running || appliance.host != topology::Power::on)
        return because(MissedBecause::in_error);
    if (!appliance.management_running) return because(MissedBecause::unwatched);
    if (!vocabulary::version(appliance.version).updates_itself) return because(MissedBecause::by_hand_only);
    if (appliance.declared != TenantStatus::running) return because(MissedBecause::in_error);
    if (fleet_.is_blind(id)) return because(MissedBecause::unreachable);
    if (!appliance.good(topology::Part::tenant_credential)) return because(MissedBecause::no_credential);
    if (!fleet_.can_report(id)) return because(MissedBecause::offline);
    if (!fleet_.has_directory(appliance.site)) return because(MissedBecause::no_directory);
    if (!appliance.good(topology::Part::service_credential)) return because(MissedBecause::shut_out);
    if (!appliance.good(topology::Part::download_path)) return because(MissedBecause::no_download);
    if (!appliance.good(topology::Parts{topology::Part::vm_credential, topology::Part::domain_credential}))
        return because(MissedBecause::locked_out);
    if (const auto& busy = fleet_.sites()[appliance.site].lock)
        return because(MissedBecause::no_time_left, *busy);
    if (drains_.is_draining(id)) return because(MissedBecause::in_maintenance);
    for (const ApplianceId peer : fleet_.sites()[appliance.site].appliances)
        if (peer != id && fleet_.appliances()[peer].deployment.registered &&
            fleet_.appliances()[peer].status != TenantStatus::running)
            return because(MissedBecause::peer_not_running, peer);
    return std::nullopt;
}

void Updates::start(ApplianceId id) {
    SIM_CHECK(fleet_.lock_site(id));
    simulation_.record(record::update_started, subject_of(id));
    if (rules_.in_place) {
        patch(id);
    } else {
        job(id) = Job{Step::entering, fleet_.appliances()[id].host_losses};
        drains_.enter(id, rules_.stop);
    }
}

bool Updates::kept_its_host(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    return appliance.host == topology::Power::on && appliance.host_losses == jobs_[index(id)].host_losses;
}

void Updates::is_out(ApplianceId id) {
    if (job(id).step != Step::entering) return;
    if (kept_its_host(id) && fleet_.appliances()[id].good(vocabulary::every_machine)) {
        patch(id);
    } else {
        fail(id);
    }
}

void Updates::patch(ApplianceId id) {
    job(id).step = Step::patching;
    patching_.begin(id);
}

void Updates::is_patched(ApplianceId id, bool well) {
    if (well)
        for (Window& window : windows_)
            window.waiting.erase(std::remove(window.waiting.begin(), window.waiting.end(), id),
                                 window.waiting.end());
    if (job(id).step != Step::patching) return;
    if (!well) {
        fail(id);
    } else if (rules_.in_place) {
        finish(id);
    } else {
        job(id) = Job{Step::exiting, fleet_.appliances()[id].host_losses};
        simulation_.schedule_in(rules_.exit_takes, Rank::timer, kind::update_exit_ends, subject_of(id));
    }
}

void Updates::exit_ends(ApplianceId id) {
    SIM_CHECK(job(id).step == Step::exiting);
    if (kept_its_host(id) && fleet_.appliances()[id].good(vocabulary::every_machine)) {
        drains_.leave(id);
        finish(id);
    } else {
        fail(id);
    }
}

void Updates::finish(ApplianceId id) {
    job(id).step = Step::none;
    fleet_.unlock_site(id);
    simulation_.record(record::update_finished, subject_of(id));
}

// A failed update leaves the appliance as it is: in maintenance, if it had entered.
void Updates::fail(ApplianceId id) {
    job(id).step = Step::none;
    fleet_.unlock_site(id);
    simulation_.record(record::update_failed, subject_of(id));
}

bool Updates::is_open(SiteId site) const {
    return default_windows_[index(site)].open ||
           std::any_of(windows_.begin(), windows_.end(),
                       [site](const Window& window) { return window.plan.site == site && window.open; });
}

std::vector<SiteId> Updates::take_touched() {
    std::vector<SiteId> touched;
    touched.swap(touched_);
    return touched;
}

}  // namespace sim::maintenance
