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
    hold.by_hand = !fault.lasts && fault.id != FaultId::common_cause;
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
    struck_.push_back({fault, repaired_by, {}, {}, false});
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
        struck_[number].acts =
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

std::vector<std::uint32_t> Injector::in_force(const vocabulary::FaultPlace& place, FaultId id) const {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 0; number < struck_.size(); ++number) {
        const Struck& struck = struck_[number];
        if (struck.is_over || struck.fault.id != id || struck.fault.on != place) continue;
        if (struck.acts != kernel::no_ticket || has_a_hold(number)) numbers.push_back(number);
    }
    return numbers;
}

bool Injector::is_with_a_crew(std::uint32_t number) const {
    return std::find(with_crews_.begin(), with_crews_.end(), number) != with_crews_.end();
}

void Injector::mend(std::uint32_t number) {
    Struck& struck = struck_[number];
    SIM_CHECK(!struck.is_over && !is_with_a_crew(number));
    simulation_.cancel(struck.acts);
    simulation_.cancel(struck.end);
    fault_ends(number);
}

bool Injector::has_a_hold(std::uint32_t number) const {
    const auto is_its = [number](const auto& holds) {
        return std::any_of(holds.begin(), holds.end(),
                           [number](const Held& hold) { return hold.fault == number; });
    };
    const auto any_holds = [&](const auto& places) {
        return std::any_of(places.begin(), places.end(),
                           [&](const auto& place) { return is_its(place.holds); });
    };
    const auto in_backup = [&](const topology::Appliance& one) { return is_its(one.backup_holds); };
    const auto& appliances = fleet_.appliances();
    return any_holds(appliances) || std::any_of(appliances.begin(), appliances.end(), in_backup) ||
           any_holds(fleet_.gateways()) || any_holds(fleet_.sites()) || any_holds(fleet_.users()) ||
           is_its(fleet_.tenant().holds);
}

void Injector::fault_acts(std::uint32_t number) {
    struck_[number].acts = kernel::no_ticket;
    static_cast<void>(act(number));
}

// True if it had an effect.
bool Injector::act(std::uint32_t number) {
    const Fault fault = struck_[number].fault;
    if (std::visit([&](auto on) { return act_on(fault, on, number); }, fault.on)) return true;
    simulation_.record(record::fault_had_no_effect, place_of(fault), detail_of(fault));
    return false;
}

bool Injector::act_on(const Fault& fault, ApplianceId id, std::uint32_t number) {
    if (fault.id == FaultId::mgmt_service_restart) {
        if (!fleet_.appliances()[id].management_running) return false;
        fleet_.restart_management(id);
        return true;
    }
    const auto effect = effect_on_appliance(fault);
    SIM_CHECK(effect.has_value());
    return fleet_.strike(id, hold_of(struck_[number].fault, effect->part, number), effect->reason);
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
    const Fault fault = struck_[number].fault;
    struck_[number].is_over = true;
    simulation_.record(record::fault_cleared, place_of(fault), detail_of(fault));
    if (acts_through_names(fault.id) && assumed_.name_lifetime > Duration{}) {
        simulation_.schedule_in(assumed_.name_lifetime, Rank::repair, kind::fault_lets_go, number);
    } else {
        release(number);
    }
    if (const auto crew = struck_[number].repaired_by) {
        std::erase(with_crews_, number);
        begin_next_repair(*crew);
    }
}

void Injector::fault_lets_go(std::uint32_t number) {
    release(number);
}

void Injector::release(std::uint32_t number) {
    const Fault& fault = struck_[number].fault;
    if (std::holds_alternative<vocabulary::TheTenant>(fault.on)) {
        fleet_.release_tenant(number);
    } else if (const auto* appliance = std::get_if<ApplianceId>(&fault.on)) {
        fleet_.release(*appliance, number);
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
