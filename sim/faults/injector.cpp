#include "sim/faults/injector.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::faults {

using kernel::Rank;
using topology::Held;
using topology::Hold;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

std::uint32_t place_of(const Fault& fault) {
    return vocabulary::number_of(fault.on);
}

std::int64_t detail_of(const Fault& fault) {
    return static_cast<std::int64_t>(fault.id);
}

Held held_by(const Fault& fault, std::uint32_t number) {
    return Held{number, fault.id, place_of(fault), {}};
}

// A recovery attempt clears what the catalogue says it can, unless the fault has a life of its own.
Hold hold_of(const Fault& fault, Part part, std::uint32_t number) {
    Hold hold{held_by(fault, number)};
    hold.part = part;
    hold.clearable = vocabulary::fault_name(fault.id).clearable && !fault.lasts;
    hold.by_hand =
        !fault.lasts && fault.id != FaultId::common_cause && fault.id != FaultId::av_exclusions_missing;
    if (fault.ports) hold.calls_max = *fault.ports / vocabulary::media_ports_per_call;
    return hold;
}

}  // namespace

void Injector::add(FailureProcess process) {
    const kernel::Stream luck(simulation_.luck(), process.entity, vocabulary::text(process.fault.id));
    processes_.push_back(Process{std::move(process), luck, 0});
    schedule_next(static_cast<std::uint32_t>(processes_.size() - 1));
}

void Injector::schedule_next(std::uint32_t row) {
    Process& process = processes_[row];
    const Duration wait = process.plan.between.draw(process.luck.uniform(process.failures, 0));
    if (wait > simulation_.end() - simulation_.now()) return;
    simulation_.schedule_in(wait, Rank::fault, kind::failure, row);
}

void Injector::failure(std::uint32_t row) {
    Process& process = processes_[row];
    Fault fault = process.plan.fault;
    if (process.plan.lasts) fault.lasts = process.plan.lasts->draw(process.luck.uniform(process.failures, 1));
    ++process.failures;
    schedule_next(row);
    strike(fault, process.plan.repaired_by);
}

void Injector::configure(const Fault& fault) {
    const std::uint32_t number = add_struck(fault, std::nullopt);
    simulation_.at(simulation_.now(), kernel::no_cause);  // it grew out of nothing else that is wrong
    simulation_.record(record::configured, place_of(fault), detail_of(fault));
    static_cast<void>(act(number));
}

std::uint32_t Injector::add_struck(const Fault& fault, std::optional<CrewId> repaired_by) {
    struck_.push_back({fault, repaired_by, {}, {}, false, false});
    return static_cast<std::uint32_t>(struck_.size() - 1);
}

void Injector::strike(const Fault& fault) {
    strike(fault, std::nullopt);
}

void Injector::strike(const Fault& fault, std::optional<CrewId> repaired_by) {
    const std::uint32_t number = add_struck(fault, repaired_by);
    simulation_.record(record::fault_struck, place_of(fault), detail_of(fault));
    const bool acts_later = acts_through_names(fault.id) && assumed_.name_lifetime > Duration{};
    if (acts_later && repaired_by && is_with_a_crew(fault)) {  // or they would be sent for one record twice
        simulation_.record(record::fault_had_no_effect, place_of(fault), detail_of(fault));
    } else if (acts_later) {
        in_force_.push_back(number);
        struck_[number].waits =
            simulation_.schedule_in(assumed_.name_lifetime, Rank::fault, kind::fault_acts, number);
        if (fault.lasts) ask_for_repair(number);
    } else if (act(number) && fault.lasts) {
        ask_for_repair(number);
    }
}

// The end grows out of the fault, however long it waits for somebody else's repair to end.
void Injector::ask_for_repair(std::uint32_t number) {
    Struck& struck = struck_[number];
    const auto crew = struck.repaired_by;
    if (crew) with_crews_.push_back(number);
    if (!crew || crews_.takes(*crew, simulation_.now())) {
        struck.end = simulation_.schedule_in(*struck.fault.lasts, Rank::repair, kind::fault_ends, number);
        return;
    }
    const kernel::RecordId cause = simulation_.cause();
    const kernel::RecordId waits =
        simulation_.record(record::repair_waits, vocabulary::subject_of(*crew), detail_of(struck.fault));
    crews_.put_in_line(*crew, {number, simulation_.now(), waits});
    simulation_.at(simulation_.now(), cause);  // calls end because of the fault, not because of the wait
}

bool Injector::is_with_a_crew(const Fault& fault) const {
    return std::any_of(with_crews_.begin(), with_crews_.end(), [&](std::uint32_t number) {
        const Fault& other = struck_[number].fault;
        return other.id == fault.id && other.on == fault.on;
    });
}

void Injector::begin_next_repair(CrewId crew) {
    const auto next = crews_.next(crew, simulation_.now());
    if (!next) return;
    const kernel::RecordId ended = simulation_.cause();
    simulation_.at(simulation_.now(), next->cause);
    const Duration waited = simulation_.now() - next->since;
    simulation_.record(record::repair_started, vocabulary::subject_of(crew), waited.count());
    Struck& begun = struck_[next->fault];
    begun.end = simulation_.schedule_in(*begun.fault.lasts, Rank::repair, kind::fault_ends, next->fault);
    simulation_.at(simulation_.now(), ended);
}

std::vector<std::uint32_t> Injector::in_force(const vocabulary::FaultPlace& place, FaultId id) {
    std::vector<std::uint32_t> numbers = in_force();
    std::erase_if(numbers, [&](std::uint32_t number) {
        return struck_[number].fault.id != id || struck_[number].fault.on != place;
    });
    return numbers;
}

bool Injector::is_with_a_crew(std::uint32_t number) const {
    return std::find(with_crews_.begin(), with_crews_.end(), number) != with_crews_.end();
}

void Injector::mend(std::uint32_t number) {
    Struck& struck = struck_[number];
    SIM_CHECK(!struck.is_over && !is_with_a_crew(number));
    simulation_.cancel(struck.waits);
    simulation_.cancel(struck.end);
    fault_ends(number);
}

void Injector::fault_acts(std::uint32_t number) {
    struck_[number].waits = kernel::no_ticket;
    static_cast<void>(act(number));
}

// True if it had an effect.
bool Injector::act(std::uint32_t number) {
    const Fault fault = struck_[number].fault;
    if (std::visit([&](auto on) { return act_on(fault, on, number); }, fault.on)) {
        Struck& struck = struck_[number];
        const bool is_listed = !in_force_.empty() && std::count(in_force_.begin(), in_force_.end(), number) > 0;
        if (!is_listed && !struck.is_over && vocabulary::fault_name(fault.id).can_last)
            in_force_.push_back(number);
        struck.acts = true;
        return true;
    }
    std::erase(in_force_, number);
    simulation_.record(record::fault_had_no_effect, place_of(fault), detail_of(fault));
    return false;
}

bool Injector::act_on(const Fault& fault, ApplianceId id, std::uint32_t number) {
    if (fault.id == FaultId::mgmt_service_restart) {
        if (!fleet_.appliances()[id].management_running) return false;
        fleet_.restart_management(id);
        return true;
    }
    if (is_of_working_certificates(fault.id))
        return fleet_.endanger(id, held_by(fault, number), assumed_.certificate_warning);
    const topology::Appliance& appliance = fleet_.appliances()[id];
    if (!vocabulary::releases_with(fault.id).have(appliance.version)) return false;
    if (fault.id == FaultId::switched_to_old_version) return switch_back(id);
    if (holds_nothing(fault.id)) {
        if (is_there_already(fault, number)) return false;
        if (fault.id != FaultId::host_reboot_by_windows_update) return true;
        if (appliance.host != topology::Power::on) return false;
        fleet_.restart_host(id, Reason::host_lost);
        return true;
    }
    const auto effect = effect_on_appliance(fault);
    SIM_CHECK(effect.has_value());
    if (!std::holds_alternative<ApplianceId>(struck_[number].fault.on))  // of a common cause
        return fleet_.strike(id, hold_of(struck_[number].fault, effect->part, number), effect->reason);
    return strike_all(appliances_of(fault), *effect, number);
}

bool Injector::is_switched_forward(const Fault& fault) const {
    return fault.id == FaultId::switched_to_old_version &&
           fleet_.appliances()[std::get<ApplianceId>(fault.on)].has_ha_support();
}

// Somebody puts the older machines in the place of the newer ones: where there are such.
bool Injector::switch_back(ApplianceId id) {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    if (!appliance.backup_version || *appliance.backup_version > appliance.version ||
        !appliance.has_ha_support())
        return false;
    fleet_.switch_sets(id, Reason::stopped_by_operator);
    return true;
}

bool Injector::act_on(const Fault& fault, GatewayId id, std::uint32_t number) {
    const auto effect = effect_on_gateway(fault.id);
    SIM_CHECK(effect.has_value());
    const topology::GatewayHold hold{held_by(struck_[number].fault, number),
                                     effect->part,
                                     fault.to,
                                     fault.site,
                                     fault.share.value_or(assumed_.slow_destinations),
                                     !fault.lasts && fault.id != FaultId::common_cause};
    return fleet_.strike(id, hold, effect->reason);
}

bool Injector::act_on(const Fault& fault, SiteId id, std::uint32_t number) {
    if (holds_nothing(fault.id)) return !is_there_already(fault, number);
    const auto effect = effect_on_site(fault);
    SIM_CHECK(effect.has_value());
    return fleet_.strike(id, topology::SiteHold{held_by(struck_[number].fault, number), effect->part},
                         effect->reason);
}

bool Injector::act_on(const Fault& fault, CohortId id, std::uint32_t number) {
    const auto part = effect_on_users(fault.id);
    SIM_CHECK(part.has_value());
    return fleet_.strike(
        id, topology::UserHold{held_by(fault, number), *part, fault.share.value_or(1), fault.site});
}

bool Injector::act_on(const Fault& fault, vocabulary::TheTenant, std::uint32_t number) {
    if (fault.id == FaultId::escalation_fails)
        return strike_all(appliances_of(fault), {Part::hybrid_object}, number);
    const auto part = effect_on_tenant(fault.id);
    SIM_CHECK(part.has_value());
    return fleet_.strike(topology::TenantHold{held_by(fault, number), *part, fault.site});
}

// Has an effect if it has one anywhere.
bool Injector::act_on(const Fault& fault, CommonCauseId id, std::uint32_t number) {
    bool effect = false;
    for (const Taken& taken : common_causes_[id]) {
        Fault part = fault;
        part.id = taken.as;
        effect |= std::visit([&](auto on) { return act_on(part, on, number); }, taken.what);
    }
    return effect;
}

void Injector::fault_ends(std::uint32_t number) {
    if (!struck_[number].is_over) end(number);  // or it was put right before its time
    if (const auto crew = struck_[number].repaired_by) {
        std::erase(with_crews_, number);
        begin_next_repair(*crew);
    }
}

void Injector::end(std::uint32_t number) {
    const Fault fault = struck_[number].fault;
    struck_[number].is_over = true;
    std::erase(in_force_, number);
    simulation_.record(record::fault_cleared, place_of(fault), detail_of(fault));
    if (acts_through_names(fault.id) && assumed_.name_lifetime > Duration{}) {
        simulation_.schedule_in(assumed_.name_lifetime, Rank::repair, kind::fault_lets_go, number);
    } else {
        release(number);
    }
}

std::vector<std::uint32_t> Injector::in_force() {
    for (const std::uint32_t number : std::vector{in_force_})
        if (is_switched_forward(struck_[number].fault)) end(number);
    std::erase_if(in_force_, [this](std::uint32_t number) { return !is_in_force(number); });
    return in_force_;
}

// Recovery, a restart or new certificates may have taken away what it held.
bool Injector::is_in_force(std::uint32_t number) const {
    const Struck& struck = struck_[number];
    if (struck.is_over) return false;
    if (!struck.acts || holds_nothing(struck.fault.id)) return true;
    const auto has_hold = [number](const auto& holds) {
        return std::any_of(holds.begin(), holds.end(), [&](const Held& held) { return held.fault == number; });
    };
    const auto on_appliance = [&](ApplianceId id) {
        const topology::Appliance& appliance = fleet_.appliances()[id];
        return has_hold(appliance.holds) || has_hold(appliance.backup_holds);
    };
    const auto at = [&](auto id) {
        using Place = decltype(id);
        if constexpr (std::is_same_v<Place, ApplianceId>)
            return on_appliance(id);
        else if constexpr (std::is_same_v<Place, GatewayId>)
            return has_hold(fleet_.gateways()[id].holds);
        else
            return has_hold(fleet_.sites()[id].holds);
    };
    const Fault& fault = struck.fault;
    if (fault.id == FaultId::switched_to_old_version) return !is_switched_forward(fault);
    if (const std::vector<ApplianceId> all = appliances_of(fault); !all.empty())
        return std::any_of(all.begin(), all.end(), on_appliance);
    if (const auto* users = std::get_if<CohortId>(&fault.on)) return has_hold(fleet_.users()[*users].holds);
    if (const auto* cause = std::get_if<CommonCauseId>(&fault.on))
        return std::any_of(common_causes_[*cause].begin(), common_causes_[*cause].end(),
                           [&](const Taken& taken) { return std::visit(at, taken.what); });
    if (const auto* gateway = std::get_if<GatewayId>(&fault.on)) return at(*gateway);
    if (const auto* site = std::get_if<SiteId>(&fault.on)) return at(*site);
    return has_hold(fleet_.tenant().holds);
}

// The same fault, which holds nothing, at the same place.
bool Injector::is_there_already(const Fault& fault, std::uint32_t number) const {
    return std::any_of(in_force_.begin(), in_force_.end(), [&](std::uint32_t other) {
        return other != number && struck_[other].fault.id == fault.id && struck_[other].fault.on == fault.on;
    });
}

// Which appliances it holds something of.
std::vector<ApplianceId> Injector::appliances_of(const Fault& fault) const {
    std::vector<ApplianceId> all;
    if (const auto* id = std::get_if<ApplianceId>(&fault.on)) {
        if (!strikes_each_of_the_site(fault.id)) return {*id};
        return fleet_.sites()[fleet_.appliances()[*id].site].appliances;
    }
    if (fault.id != FaultId::escalation_fails) return all;
    for (std::size_t i = 0; i < fleet_.appliances().size(); ++i) all.push_back(static_cast<ApplianceId>(i));
    return all;
}

bool Injector::strike_all(const std::vector<ApplianceId>& appliances, Effect<Part> effect,
                          std::uint32_t number) {
    bool any = false;
    for (const ApplianceId id : appliances)
        any |= fleet_.strike(id, hold_of(struck_[number].fault, effect.part, number), effect.reason);
    return any;
}

void Injector::fault_lets_go(std::uint32_t number) {
    release(number);
}

void Injector::release(std::uint32_t number) {
    const Fault& fault = struck_[number].fault;
    if (fault.id == FaultId::switched_to_old_version) {
        const auto id = std::get<ApplianceId>(fault.on);
        if (!fleet_.appliances()[id].has_ha_support()) fleet_.switch_sets(id, Reason::stopped_by_operator);
    } else if (const std::vector<ApplianceId> all = appliances_of(fault); !all.empty()) {
        for (const ApplianceId id : all) fleet_.release(id, number);
    } else if (std::holds_alternative<vocabulary::TheTenant>(fault.on)) {
        fleet_.release_tenant(number);
    } else if (const auto* gateway = std::get_if<GatewayId>(&fault.on)) {
        fleet_.release(*gateway, number);
    } else if (const auto* site = std::get_if<SiteId>(&fault.on)) {
        fleet_.release(*site, number);
    } else if (const auto* users = std::get_if<CohortId>(&fault.on)) {
        fleet_.release(*users, number);
    } else {
        for (const Taken& taken : common_causes_[std::get<CommonCauseId>(fault.on)])
            std::visit([&](auto id) { fleet_.release(id, number); }, taken.what);
    }
}

}  // namespace sim::faults
