#include "sim/deployment/world.hpp"

#include "sim/deployment/build.hpp"
#include "sim/vocabulary/kinds.hpp"
#include "sim/vocabulary/problems.hpp"

#include <algorithm>

namespace sim::deployment {

using kernel::Instant;
using kernel::Rank;
using scenario::ApplianceId;
using scenario::GatewayId;
namespace kind = vocabulary::kind;

World::World(const scenario::Scenario& scenario, const scenario::Policy& policy, kernel::Luck luck,
             bool keep_journal, operations::Programs* programs)
    : scenario_(scenario),
      appliance_names_(names_of(scenario.appliances)),
      gateway_names_(names_of(scenario.gateways)),
      simulation_(luck, kernel::start_of_run + scenario.length, keep_journal),
      fleet_(build_fleet(simulation_, scenario)),
      calls_(simulation_, fleet_, scenario.calendar(), call_rules(scenario.parameters), build_cohorts(scenario),
             appliance_names_, gateway_names_),
      injector_(simulation_, fleet_, fault_rules(scenario.parameters), build_common_causes(scenario)),
      management_(simulation_, fleet_, calls_, management_rules(scenario.parameters, policy.recovery),
                  appliance_names_),
      drains_(simulation_, fleet_, calls_,
              maintenance::DrainTimes{scenario.parameters.service_stop, scenario.parameters.enter_takes}),
      releases_(simulation_, release_plan(scenario), appliance_names_),
      patching_(simulation_, fleet_, releases_, patch_times(scenario.parameters), appliance_names_),
      upgrading_(fleet_, releases_),
      updates_(simulation_, fleet_, drains_, patching_, upgrading_, releases_,
               update_rules(scenario.parameters, policy.update)),
      people_(scenario),
      clocks_(scenario),
      tenancy_(simulation_, updates_, people_, clocks_, tenancy_plan(scenario, policy)),
      desk_({simulation_, fleet_, calls_, injector_, drains_, patching_, releases_, tenancy_,
             operator_names(scenario), desk_times(scenario.parameters)},
            updates_),
      programs_(programs) {
    desk_.seat(programs);
    SIM_CHECK(policy.programs.empty() || programs != nullptr);
    if (programs != nullptr) simulation_.schedule(kernel::start_of_run, Rank::timer, kind::programs_begin, 0);
    schedule_incidents();
    add_crews();
    add_failures();
    add_windows(policy);
    configure();
}

void World::add_crews() {
    for (const scenario::Crew& crew : scenario_.crews) static_cast<void>(injector_.add_crew(crew.people));
}

// Before anything happens; in the order of the plan.
void World::configure() {
    for (const scenario::Configured& one : scenario_.configured) injector_.configure(one.fault);
    simulation_.at(kernel::start_of_run, kernel::no_cause);
    settle();
}

void World::schedule_incidents() {
    for (std::uint32_t row = 0; row < scenario_.incidents.size(); ++row) {
        const scenario::Incident& incident = scenario_.incidents[row];
        const bool breaks = std::holds_alternative<scenario::FaultAction>(incident.action);
        simulation_.schedule(incident.at, breaks ? Rank::fault : Rank::timer, kind::incident, row);
    }
}

// What names the luck of failures: where they strike.
std::string World::luck_name(const vocabulary::Fault& fault) const {
    struct Name {
        const scenario::Scenario& plan;
        std::string operator()(ApplianceId id) const { return plan.appliances[id].name; }
        std::string operator()(GatewayId id) const { return plan.gateways[id].name; }
        std::string operator()(scenario::SiteId id) const { return plan.sites[id].name; }
        std::string operator()(scenario::CohortId id) const {
            const auto& site = plan.cohorts[id].site;
            return "users of " + (site ? plan.sites[*site].name : std::string{vocabulary::no_site});
        }
        std::string operator()(scenario::CommonCauseId id) const { return plan.common_causes[id].name; }
        std::string operator()(vocabulary::TheTenant) const { return "tenant"; }
    };
    std::string name = std::visit(Name{scenario_}, fault.on);
    if (fault.machine) name += " " + std::string{vocabulary::text(*fault.machine)};
    if (fault.to) name += " to " + scenario_.appliances[*fault.to].name;
    return name;
}

void World::add_failures() {
    for (const scenario::Failures& failures : scenario_.failures) {
        const std::string entity = luck_name(failures.fault);
        injector_.add(faults::FailureProcess{failures.fault, failures.between, failures.lasts, entity,
                                             failures.repaired_by});
    }
}

void World::add_windows(const scenario::Policy& policy) {
    if (policy.update.kind == scenario::UpdateKind::never) return;
    std::vector<operations::TenancyPlan::Window> in_use;
    for (const scenario::UpdatePlan& plan : scenario_.updates) {
        const scenario::Window& opens = scenario_.windows[plan.window];
        maintenance::WindowPlan window;
        window.site = plan.site;
        window.purposes = plan.purposes;
        window.length = opens.length;
        window.openings = clocks_.of(opens, plan.site, kernel::start_of_run - kernel::Duration{1});
        in_use.push_back({plan.site, window_name(plan.window), plan.purposes, updates_.add(std::move(window))});
    }
    tenancy_.adopt(std::move(in_use));
}

// What an event does belongs to a room; what follows for calls, probes and waiting updates is settled before
// time moves on, so that no call is ever on a path that died in the same instant.
void World::dispatch(const kernel::Event& event) {
    hand_over(event);
    settle();
    updates_.consider();
    settle();
    if (programs_ != nullptr) let_programs_look();
}

// Who waits for something that has just come goes on at once. What one does may be what another waits for; who
// does something without end in one instant spends its budget of operations.
void World::let_programs_look() {
    constexpr int rounds_max = 10'000;
    for (int round = 0;; ++round) {
        for (const scenario::SiteId site : updates_.take_touched()) changed_sites_.push_back(site);
        if (changed_sites_.empty()) return;
        std::sort(changed_sites_.begin(), changed_sites_.end());
        changed_sites_.erase(std::unique(changed_sites_.begin(), changed_sites_.end()), changed_sites_.end());
        std::vector<scenario::SiteId> sites;
        sites.swap(changed_sites_);
        if (!programs_->look(sites)) return;
        settle();
        if (round == rounds_max)
            throw vocabulary::InputError(vocabulary::Exit::scenario,
                                         vocabulary::Problem{{},
                                                             "E151",
                                                             "programs go on and on without time advancing",
                                                             "",
                                                             "does one wait for what it undoes itself?"});
    }
}

// A program whose cmdlet breaks off goes on at once, and may touch more.
void World::settle() {
    for (;;) {
        const std::vector<ApplianceId> appliances = fleet_.take_touched();
        const std::vector<GatewayId> gateways = fleet_.take_touched_gateways();
        if (fleet_.take_touched_users()) calls_.settle_users();
        if (appliances.empty() && gateways.empty()) return;
        calls_.settle(appliances, gateways);
        management_.settle(appliances);
        desk_.settle(appliances);
        note_changes(appliances);
        if (programs_ == nullptr) continue;
        for (const ApplianceId id : appliances) changed_sites_.push_back(fleet_.appliances()[id].site);
        for (const GatewayId id : gateways) changed_sites_.push_back(fleet_.gateways()[id].site);
    }
}

void World::note_changes(const std::vector<ApplianceId>& appliances) {
    for (const ApplianceId id : appliances) {
        const topology::Appliance& appliance = fleet_.appliances()[id];
        releases_.note_running(id, appliance.version);
        updates_.ask(appliance.site);
    }
}

void World::hand_over(const kernel::Event& event) {
    const auto appliance = static_cast<ApplianceId>(event.subject);
    switch (static_cast<std::uint16_t>(event.kind)) {
        case static_cast<std::uint16_t>(kind::host_booted):
            fleet_.host_booted(appliance);
            break;
        case static_cast<std::uint16_t>(kind::machine_booted):
            fleet_.machine_booted(appliance);
            break;
        case static_cast<std::uint16_t>(kind::certificates_end):
            fleet_.certificates_end(appliance);
            break;
        case static_cast<std::uint16_t>(kind::services_return):
            fleet_.services_return(appliance);
            break;
        case static_cast<std::uint16_t>(kind::redial):
            calls_.redial(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::newcomer_calls):
            calls_.newcomer_calls(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::incident):
            incident(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::failure):
            injector_.failure(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::fault_acts):
            injector_.fault_acts(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::fault_lets_go):
            injector_.fault_lets_go(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::fault_ends):
            injector_.fault_ends(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::management_started):
            management_.started(appliance);
            updates_.ask(fleet_.appliances()[appliance].site);
            break;
        case static_cast<std::uint16_t>(kind::probe):
            management_.probe(appliance);
            break;
        case static_cast<std::uint16_t>(kind::attempt_begins):
            management_.attempt_begins(appliance);
            break;
        case static_cast<std::uint16_t>(kind::attempt_ends):
            management_.attempt_ends(appliance);
            break;
        case static_cast<std::uint16_t>(kind::window_opens):
            updates_.window_opens(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::window_closes):
            updates_.window_closes(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::appliance_empty):
            appliance_empty(appliance);
            break;
        case static_cast<std::uint16_t>(kind::drain_limit):
            if (const auto well = drains_.limit_reached(appliance)) desk_.is_drained(appliance, *well);
            break;
        case static_cast<std::uint16_t>(kind::services_stopped):
            services_stopped(appliance);
            break;
        case static_cast<std::uint16_t>(kind::update_step_ends):
            patching_step_ends(appliance);
            break;
        case static_cast<std::uint16_t>(kind::patch_is_out):
            releases_.patch_is_out();
            break;
        case static_cast<std::uint16_t>(kind::bad_patch_shows):
            if (releases_.bad_patch_shows(appliance)) mediation_fails(appliance, releases_.bad_lasts());
            break;
        case static_cast<std::uint16_t>(kind::bits_are_out):
            releases_.bits_are_out();
            break;
        case static_cast<std::uint16_t>(kind::bad_bits_show):
            if (releases_.bad_bits_show(appliance)) mediation_fails(appliance, releases_.bad_bits_last());
            break;
        case static_cast<std::uint16_t>(kind::upgrade_goes_on):
            if (const auto command = updates_.next_step(appliance)) desk_.start(*command);
            break;
        case static_cast<std::uint16_t>(kind::update_exit_ends):
            updates_.exit_ends(appliance);
            break;
        case static_cast<std::uint16_t>(kind::operation_ends):
            desk_.operation_ends(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::setting_takes_effect):
            tenancy_.takes_effect(event.subject);
            break;
        case static_cast<std::uint16_t>(kind::programs_begin):
            programs_->begin(desk_);
            break;
        case static_cast<std::uint16_t>(kind::strand_wakes):
            desk_.strand_wakes(event.subject);
            break;
        default:
            SIM_CHECK(false && "an event of a kind that nobody owns");
    }
}

void World::appliance_empty(ApplianceId id) {
    const bool is_asked_for = drains_.is_draining(id);
    if (management_.is_draining(id)) management_.drained(id);
    if (!is_asked_for) return;
    fleet_.set_draining(id, true);  // who asked is not done yet
    if (const auto well = drains_.empty(id)) desk_.is_drained(id, *well);
}

void World::services_stopped(ApplianceId id) {
    drains_.services_stopped(id);
    updates_.is_out(id);
    desk_.is_out(id);
}

void World::patching_step_ends(ApplianceId id) {
    const std::optional<bool> ended = patching_.step_ends(id);
    if (!ended) return;
    if (patching_.was_whole(id)) updates_.is_patched(id, *ended);
    desk_.is_patched(id, *ended);
}

// What a bad patch or a bad version does: Mediation's service fails, and no restart helps until somebody has
// mended it.
void World::mediation_fails(ApplianceId id, kernel::Duration lasts) {
    vocabulary::Fault fault;
    fault.id = vocabulary::FaultId::med_medsvc_down;
    fault.on = id;
    fault.lasts = lasts;
    injector_.strike(fault);
}

void World::incident(std::uint32_t row) {
    std::visit([this](const auto& action) { act(action); }, scenario_.incidents[row].action);
}

void World::act(const scenario::FaultAction& action) {
    injector_.strike(action);
}

void World::act(const scenario::CmdletAction& action) {
    desk_.start(action);
}

void World::act(const scenario::RunbookAction& action) {
    SIM_CHECK(programs_ != nullptr);
    programs_->begin_runbook(action.program);
}

std::vector<LeftOut> World::left_out(Instant when) const {
    std::vector<LeftOut> all;
    for (std::size_t i = 0; i < fleet_.appliances().size(); ++i) {
        const auto id = static_cast<ApplianceId>(i);
        const std::optional<operations::TakenOut> out = desk_.taken_out(id);
        if (!out || out->at >= when) continue;
        if (!fleet_.appliances()[id].deployment.installed) continue;  // there is nothing to bring back
        all.push_back({id, out->at, out->by ? programs_->program_of(*out->by) : std::nullopt});
    }
    return all;
}

vocabulary::Replication World::live() {
    simulation_.run(*this);
    fleet_.finish();
    calls_.finish();
    return tally();
}

}  // namespace sim::deployment
