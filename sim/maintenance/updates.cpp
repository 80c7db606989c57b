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

namespace {

bool serves(vocabulary::Purposes purposes, Work work) {
    return work == Work::patches ? purposes.os : purposes.bits;
}

}  // namespace

Updates::Updates(kernel::Simulation& simulation, topology::Fleet& fleet, Drains& drains, Patching& patching,
                 Upgrading& upgrading, const Releases& releases, UpdateRules rules)
    : simulation_(simulation),
      fleet_(fleet),
      drains_(drains),
      patching_(patching),
      upgrading_(upgrading),
      releases_(releases),
      rules_(rules),
      jobs_(fleet.appliances().size()),
      default_windows_(fleet.sites().size()),
      rows_at_(fleet.sites().size()),
      is_asked_(fleet.sites().size()) {
    for (std::size_t site = 0; site < default_windows_.size(); ++site)
        default_windows_[site].plan.site = static_cast<SiteId>(site);
}

std::uint32_t Updates::add(WindowPlan plan) {
    const auto row = static_cast<std::uint32_t>(windows_.size());
    Window window;
    window.plan = std::move(plan);
    rows_at_[index(window.plan.site)].push_back(row);
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
    touch(window.plan.site);
    hand_over(window);
    window.waiting = {};
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
    touch(window.plan.site);
    window.opened = simulation_.now();
    // Windows of one site that overlap are one longer window: who waits goes on waiting, nobody is patched
    // twice.
    for (const Work work : both_works)
        if (serves(window.plan.purposes, work) && other_open_window(window, work) == nullptr)
            window.waiting_for(work) = behind(window.plan.site, work);
    window.closes = simulation_.schedule_in(window.plan.length, Rank::timer, kind::window_closes, row);
    window.open = true;
    ++window.next;
    schedule_opening(row);
}

bool Updates::is_behind(ApplianceId id, Work work) const {
    return work == Work::patches ? releases_.is_behind(id) : upgrading_.is_wanted(id);
}

// By registration.
std::vector<ApplianceId> Updates::behind(SiteId site, Work work) const {
    std::vector<ApplianceId> waiting = deployed_in(site);
    std::erase_if(waiting, [&](ApplianceId id) { return !is_behind(id, work); });
    return waiting;
}

Updates::Window* Updates::other_open_window(const Window& window, Work work) {
    for (const std::uint32_t row : rows_at_[index(window.plan.site)]) {
        Window& other = windows_[row];
        if (&other != &window && other.open && serves(other.plan.purposes, work)) return &other;
    }
    return nullptr;
}

void Updates::window_closes(std::uint32_t row) {
    close(windows_[row]);
}

void Updates::close(Window& window) {
    simulation_.cancel(window.closes);
    window.open = false;
    touch(window.plan.site);
    hand_over(window);
    for (const Work work : both_works)
        for (const ApplianceId id : window.waiting_for(work))
            if (!is_at_it(id, window, work)) note_missed(window, id, work);
    window.waiting = {};
}

void Updates::note_missed(const Window& window, ApplianceId id, Work work) {
    simulation_.record(record::window_missed, subject_of(id));
    const MissedBecause by_default =
        rules_.driver == Driver::service ? MissedBecause::no_time_left : MissedBecause::not_started;
    Missed missed = obstacle(id).value_or(Missed{id, {}, by_default, std::nullopt});
    missed.opened = window.opened;
    missed.work = work;
    missed_.push_back(missed);
}

// Who waits goes on waiting in a window that is still open.
void Updates::hand_over(Window& window) {
    for (const Work work : both_works) {
        Window* other = other_open_window(window, work);
        if (other == nullptr) continue;
        std::vector<ApplianceId>& waiting = window.waiting_for(work);
        other->waiting_for(work).insert(other->waiting_for(work).end(), waiting.begin(), waiting.end());
        waiting.clear();
    }
}

// A program took it out of service in this window, or has installed the package of the new version, and is not
// done: what has started is finished. Or somebody has brought it to the new version meanwhile.
bool Updates::is_at_it(ApplianceId id, const Window& window, Work work) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    const bool by_program = rules_.driver == Driver::program;
    if (work == Work::bits)
        return !is_behind(id, work) || (by_program && releases_.is_current(appliance.script_version));
    return by_program && appliance.in_maintenance && drains_.entered_at(id) >= window.opened;
}

bool Updates::has_windows(SiteId site, Work work) const {
    const std::vector<std::uint32_t>& rows = rows_at_[index(site)];
    return std::any_of(rows.begin(), rows.end(),
                       [&](std::uint32_t row) { return serves(windows_[row].plan.purposes, work); });
}

// A site whose windows were unset has the default one, day and night (assumed; no source gives its shape): what
// waits is updated at once, at whatever hour. REQUIRES a site that has windows: others are not updated at all.
void Updates::consider_default_window(SiteId site) {
    Window& window = default_windows_[index(site)];
    const bool unset = fleet_.sites()[site].held(topology::SitePart::windows) != nullptr;
    if (unset && !window.open) {
        window.open = true;
        window.opened = simulation_.now();
        for (const Work work : both_works)
            if (has_windows(site, work))
                window.waiting_for(work) = waiting_in_windows(site, work).value_or(behind(site, work));
        close_unset_windows(site);
        simulation_.record(record::window_opened, static_cast<std::uint32_t>(windows_.size()));
    } else if (!unset && window.open) {
        window.open = false;
        window.waiting = {};
    }
    if (window.open) consider(window);
}

// Who waits when a site's windows go: where one of them is open, those whose turn has not come in it.
std::optional<std::vector<ApplianceId>> Updates::waiting_in_windows(SiteId site, Work work) {
    std::optional<std::vector<ApplianceId>> waiting;
    for (const std::uint32_t row : rows_at_[index(site)]) {
        Window& window = windows_[row];
        if (window.open && serves(window.plan.purposes, work) && (!waiting || waiting->empty()))
            waiting = window.waiting_for(work);
    }
    return waiting;
}

void Updates::close_unset_windows(SiteId site) {
    for (const std::uint32_t row : rows_at_[index(site)]) {
        Window& window = windows_[row];
        if (!window.open) continue;
        simulation_.cancel(window.closes);
        window.open = false;
        window.waiting = {};
    }
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

void Updates::touch(SiteId site) {
    touched_.push_back(site);
    ask(site);
}

void Updates::ask(SiteId site) {
    if (is_asked_[index(site)] || rows_at_[index(site)].empty()) return;
    is_asked_[index(site)] = true;
    asked_.push_back(site);
}

void Updates::consider() {
    if (asked_.empty()) return;
    std::sort(asked_.begin(), asked_.end());
    for (const SiteId site : asked_) {
        is_asked_[index(site)] = false;
        consider(site);
    }
    asked_.clear();
}

void Updates::consider(SiteId site) {
    if (default_windows_[index(site)].open || !fleet_.sites()[site].holds.empty())
        consider_default_window(site);
    for (const std::uint32_t row : rows_at_[index(site)])
        if (windows_[row].open) consider(windows_[row]);
}

void Updates::consider(Window& window) {
    if (rules_.driver == Driver::program) return;
    for (const Work work : both_works)
        if (starts_one(window, work)) return;
}

bool Updates::starts_one(Window& window, Work work) {
    std::vector<ApplianceId>& waiting = window.waiting_for(work);
    if (work == Work::bits)  // somebody may have brought it to the new version by hand
        std::erase_if(waiting, [&](ApplianceId id) { return !is_behind(id, work); });
    if (waiting.empty() || fleet_.sites()[window.plan.site].lock) return false;
    for (auto next = waiting.begin(); next != waiting.end(); ++next) {
        if (obstacle(*next)) continue;
        const ApplianceId id = *next;
        waiting.erase(next);
        start(id, work);
        return true;
    }
    return false;
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

void Updates::start(ApplianceId id, Work work) {
    SIM_CHECK(fleet_.lock_site(id));
    if (work == Work::bits) return upgrade(id);
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
        for (const std::uint32_t row : rows_at_[index(fleet_.appliances()[id].site)])
            std::erase(windows_[row].waiting_for(Work::patches), id);
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

void Updates::unlock(ApplianceId id) {
    fleet_.unlock_site(id);
    ask(fleet_.appliances()[id].site);
}

void Updates::finish(ApplianceId id) {
    job(id).step = Step::none;
    unlock(id);
    simulation_.record(record::update_finished, subject_of(id));
}

// A failed update leaves the appliance as it is: in maintenance, if it had entered.
void Updates::fail(ApplianceId id) {
    job(id).step = Step::none;
    unlock(id);
    simulation_.record(record::update_failed, subject_of(id));
}

void Updates::upgrade(ApplianceId id) {
    job(id).step = Step::upgrading;
    simulation_.record(record::bits_update_started, subject_of(id));
    upgrading_.begin(id);
    simulation_.schedule_in(Duration{}, Rank::timer, kind::upgrade_goes_on, subject_of(id));
}

std::optional<vocabulary::Command> Updates::next_step(ApplianceId id) const {
    return upgrading_.next(id);
}

// A deployment leaves the site unlocked; this goes on.
void Updates::step_is_done(ApplianceId id, bool well) {
    SIM_CHECK(job(id).step == Step::upgrading);
    if (well && upgrading_.next(id)) {
        SIM_CHECK(fleet_.lock_site(id));
        simulation_.schedule_in(Duration{}, Rank::timer, kind::upgrade_goes_on, subject_of(id));
        return;
    }
    job(id).step = Step::none;
    upgrading_.ends(id, well);
    unlock(id);
    simulation_.record(well ? record::bits_update_finished : record::bits_update_failed, subject_of(id));
}

bool Updates::is_open(SiteId site, Work work) const {
    const std::vector<std::uint32_t>& rows = rows_at_[index(site)];
    return (default_windows_[index(site)].open && has_windows(site, work)) ||
           std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
               return windows_[row].open && serves(windows_[row].plan.purposes, work);
           });
}

std::vector<SiteId> Updates::take_touched() {
    std::vector<SiteId> touched;
    touched.swap(touched_);
    return touched;
}

}  // namespace sim::maintenance
