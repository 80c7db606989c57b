#include "sim/faults/injector.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/kinds.hpp"

namespace sim::faults {

using kernel::Rank;
using topology::Held;
using topology::Hold;
using topology::Service;
using vocabulary::Reason;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

std::uint32_t place_of(const Fault& fault) {
    return std::visit([](auto id) { return static_cast<std::uint32_t>(id); }, fault.on);
}

Reason reason_of(FaultId id) {
    switch (id) {
        case FaultId::host_crash:
            return Reason::host_lost;
        case FaultId::vm_stopped:
            return Reason::machine_lost;
        case FaultId::edge_rtcsrv_down:
            return Reason::edge_lost;
        case FaultId::med_rtcsrv_down:
        case FaultId::med_medsvc_down:
            return Reason::mediation_lost;
        case FaultId::gateway_down:
            return Reason::gateway_lost;
        case FaultId::mgmt_service_stopped:
        case FaultId::mgmt_service_restart:
            return Reason::none;  // costs no call
    }
    kernel::broken("a fault without a reason", __FILE__, __LINE__);
}

// What the fault holds down. A recovery attempt clears a stopped machine or service, unless the fault has a
// life of its own; it cannot repair a host.
Hold hold_of(const Fault& fault, std::uint32_t number) {
    const bool clearable = !fault.lasts;
    const auto hold = [&](Held what, auto which) {
        return Hold{number, static_cast<std::uint8_t>(fault.id), what, static_cast<std::uint8_t>(which),
                    clearable};
    };
    const auto lasting = [&](Held what) {
        return Hold{number, static_cast<std::uint8_t>(fault.id), what, 0, false};
    };
    switch (fault.id) {
        case FaultId::host_crash:
            return lasting(Held::host);
        case FaultId::mgmt_service_stopped:
            return lasting(Held::management);
        case FaultId::vm_stopped:
            return hold(Held::machine, *fault.machine);
        case FaultId::edge_rtcsrv_down:
            return hold(Held::service, Service::edge_rtcsrv);
        case FaultId::med_rtcsrv_down:
            return hold(Held::service, Service::med_rtcsrv);
        case FaultId::med_medsvc_down:
            return hold(Held::service, Service::med_medsvc);
        case FaultId::gateway_down:
        case FaultId::mgmt_service_restart:
            break;
    }
    SIM_CHECK(false && "this fault holds nothing of an appliance");
    return Hold{};
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
    simulation_.record(record::fault_struck, place_of(fault), static_cast<std::int64_t>(fault.id));
    const auto* appliance = std::get_if<ApplianceId>(&fault.on);
    const bool effect = appliance ? strike_appliance(fault, *appliance, number)
                                  : fleet_.strike(std::get<GatewayId>(fault.on), number);
    if (!effect) {
        simulation_.record(record::fault_had_no_effect, place_of(fault), static_cast<std::int64_t>(fault.id));
    } else if (fault.lasts) {
        simulation_.schedule_in(*fault.lasts, Rank::repair, kind::fault_ends, number);
    }
}

bool Injector::strike_appliance(const Fault& fault, ApplianceId id, std::uint32_t number) {
    if (fault.id != FaultId::mgmt_service_restart)
        return fleet_.strike(id, hold_of(fault, number), reason_of(fault.id));
    if (!fleet_.appliances()[id].management_running) return false;
    fleet_.restart_management(id);
    return true;
}

void Injector::fault_ends(std::uint32_t number) {
    const Fault& fault = struck_[number];
    simulation_.record(record::fault_cleared, place_of(fault), static_cast<std::int64_t>(fault.id));
    if (const auto* appliance = std::get_if<ApplianceId>(&fault.on)) {
        fleet_.release(*appliance, number);
    } else {
        fleet_.release(std::get<GatewayId>(fault.on), number);
    }
}

}  // namespace sim::faults
