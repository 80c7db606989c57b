#include "sim/faults/injector.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/kinds.hpp"

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
    strike(fault);
}

void Injector::strike(const Fault& fault) {
    const auto number = static_cast<std::uint32_t>(struck_.size());
    struck_.push_back(fault);
    simulation_.record(record::fault_struck, place_of(fault), detail_of(fault));
    if (acts_through_names(fault.id) && assumed_.name_lifetime > Duration{}) {
        simulation_.schedule_in(assumed_.name_lifetime, Rank::fault, kind::fault_acts, number);
        if (fault.lasts) simulation_.schedule_in(*fault.lasts, Rank::repair, kind::fault_ends, number);
    } else if (act(number) && fault.lasts) {
        simulation_.schedule_in(*fault.lasts, Rank::repair, kind::fault_ends, number);
    }
}

void Injector::fault_acts(std::uint32_t number) {
    static_cast<void>(act(number));
}

// True if it had an effect.
bool Injector::act(std::uint32_t number) {
    const Fault fault = struck_[number];
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
    return fleet_.strike(id, hold_of(struck_[number], effect->part, number), effect->reason);
}

bool Injector::act_on(const Fault& fault, GatewayId id, std::uint32_t number) {
    const auto effect = effect_on_gateway(fault.id);
    SIM_CHECK(effect.has_value());
    const topology::GatewayHold hold{held_by(struck_[number], number), effect->part, fault.to, fault.site,
                                     fault.share.value_or(assumed_.slow_destinations)};
    return fleet_.strike(id, hold, effect->reason);
}

bool Injector::act_on(const Fault& fault, SiteId id, std::uint32_t number) {
    const auto effect = effect_on_site(fault);
    SIM_CHECK(effect.has_value());
    return fleet_.strike(id, topology::SiteHold{held_by(struck_[number], number), effect->part},
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
    const Fault& fault = struck_[number];
    simulation_.record(record::fault_cleared, place_of(fault), detail_of(fault));
    if (acts_through_names(fault.id) && assumed_.name_lifetime > Duration{}) {
        simulation_.schedule_in(assumed_.name_lifetime, Rank::repair, kind::fault_lets_go, number);
    } else {
        release(number);
    }
}

void Injector::fault_lets_go(std::uint32_t number) {
    release(number);
}

void Injector::release(std::uint32_t number) {
    const Fault& fault = struck_[number];
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
