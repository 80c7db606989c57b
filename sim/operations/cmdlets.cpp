#include "sim/operations/cmdlets.hpp"

#include "sim/vocabulary/kinds.hpp"

namespace sim::operations {

using kernel::Rank;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

std::int64_t detail(Cmdlet cmdlet) {
    return static_cast<std::int64_t>(cmdlet);
}

}  // namespace

std::string_view text(Refusal refusal) {
    switch (refusal) {
        case Refusal::host_down:
            return "the host does not answer";
        case Refusal::already_in_maintenance:
            return "the appliance is in maintenance mode already";
        case Refusal::not_in_maintenance:
            return "the appliance is not in maintenance mode";
        case Refusal::exit_under_way:
            return "Exit-CcUpdate is running on this appliance already";
        case Refusal::update_under_way:
            return "an update of this appliance is in progress";
        case Refusal::machines_unreachable:
            return "the host cannot reach its virtual machines";
    }
    return "";
}

Cmdlets::Cmdlets(kernel::Simulation& simulation, topology::Fleet& fleet, maintenance::Drains& drains,
                 const maintenance::Updates& updates, Duration exit_takes)
    : simulation_(simulation),
      fleet_(fleet),
      drains_(drains),
      updates_(updates),
      exit_takes_(exit_takes),
      exits_(fleet.appliances().size()) {}

std::optional<Refusal> Cmdlets::refuse(ApplianceId on, Cmdlet cmdlet, Refusal refusal) {
    simulation_.record(record::cmdlet_failed, subject_of(on), detail(cmdlet));
    return refusal;
}

std::optional<Refusal> Cmdlets::enter_cc_update(ApplianceId on, maintenance::Stop stop) {
    const topology::Appliance& appliance = fleet_.appliances()[on];
    const Cmdlet cmdlet = Cmdlet::enter_cc_update;
    if (appliance.host != topology::Power::on) return refuse(on, cmdlet, Refusal::host_down);
    if (fleet_.is_blind(on)) return refuse(on, cmdlet, Refusal::machines_unreachable);
    if (updates_.works_on(on)) return refuse(on, cmdlet, Refusal::update_under_way);
    if (appliance.in_maintenance) return refuse(on, cmdlet, Refusal::already_in_maintenance);
    simulation_.record(record::cmdlet_run, subject_of(on), detail(cmdlet));
    drains_.enter(on, stop);
    return std::nullopt;
}

std::optional<Refusal> Cmdlets::exit_cc_update(ApplianceId on) {
    const topology::Appliance& appliance = fleet_.appliances()[on];
    const Cmdlet cmdlet = Cmdlet::exit_cc_update;
    if (appliance.host != topology::Power::on) return refuse(on, cmdlet, Refusal::host_down);
    if (fleet_.is_blind(on)) return refuse(on, cmdlet, Refusal::machines_unreachable);
    if (updates_.works_on(on)) return refuse(on, cmdlet, Refusal::update_under_way);
    if (!appliance.in_maintenance) return refuse(on, cmdlet, Refusal::not_in_maintenance);
    if (exits_[vocabulary::index(on)]) return refuse(on, cmdlet, Refusal::exit_under_way);
    exits_[vocabulary::index(on)] = true;
    simulation_.record(record::cmdlet_run, subject_of(on), detail(cmdlet));
    under_way_.push_back(UnderWay{cmdlet, on});
    const auto row = static_cast<std::uint32_t>(under_way_.size() - 1);
    simulation_.schedule_in(exit_takes_, Rank::timer, kind::operation_ends, row);
    return std::nullopt;
}

// The end of Exit-CcUpdate. A host that was lost meanwhile has taken the console with it.
void Cmdlets::operation_ends(std::uint32_t row) {
    const UnderWay operation = under_way_[row];
    const topology::Appliance& appliance = fleet_.appliances()[operation.on];
    exits_[vocabulary::index(operation.on)] = false;
    if (appliance.host != topology::Power::on || !appliance.in_maintenance || fleet_.is_blind(operation.on)) {
        simulation_.record(record::cmdlet_failed, subject_of(operation.on), detail(operation.cmdlet));
        return;
    }
    drains_.leave(operation.on);
}

}  // namespace sim::operations
