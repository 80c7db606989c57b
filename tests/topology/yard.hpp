// The fleet alone, for tests that strike it by hand: two appliances of one site, and a list of what to do to
// them and when.

#pragma once

#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/kinds.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tests {

namespace kernel = sim::kernel;
namespace kind = sim::vocabulary::kind;
using sim::topology::Fleet;
using sim::topology::GatewayHold;
using sim::topology::GatewayPart;
using sim::topology::Hold;
using sim::vocabulary::Part;

inline constexpr ApplianceId a{0};
inline constexpr ApplianceId b{1};
inline constexpr sim::topology::BootTimes boots{8min, {3min, 4min, 4min, 3min}};

inline Hold hold(std::uint32_t fault, Part part, bool clearable = false) {
    Hold made;
    made.fault = fault;
    made.part = part;
    made.clearable = clearable;
    return made;
}
inline Hold hold(std::uint32_t fault, Machine machine) {
    return hold(fault, sim::vocabulary::part_of(machine));
}
inline GatewayHold dead(std::uint32_t fault) {
    GatewayHold made;
    made.fault = fault;
    made.part = GatewayPart::power;
    return made;
}

struct Yard {
    kernel::Simulation simulation{kernel::Luck{}, start_of_run + 24h, true};
    Fleet fleet{simulation, boots};
    std::vector<std::function<void()>> deeds;

    Yard() {
        const SiteId site = fleet.add_site(1);
        fleet.add_appliance(site, 500);
        fleet.add_appliance(site, 500);
        fleet.add_gateway(site, 100, false);
    }
    void at(Duration when, std::function<void()> deed) {
        simulation.schedule(start_of_run + when, kernel::Rank::fault, kind::incident,
                            static_cast<std::uint32_t>(deeds.size()));
        deeds.push_back(std::move(deed));
    }
    void live() {
        simulation.run(*this);
        fleet.finish();
    }
    std::string started(std::uint32_t wanted = 0) {  // "ad 11 cms 15 ...", in minutes
        std::string words;
        for (const Record& entry : simulation.journal().records())
            if (entry.kind == record::machine_started && entry.subject == wanted)
                words += std::string{text(static_cast<Machine>(entry.detail))} + " " +
                         std::to_string(entry.at.time_since_epoch() / 1min) + " ";
        return words;
    }

    void run_before(const kernel::Key&, Instant) {}
    void dispatch(const kernel::Event& event) {
        const auto id = static_cast<ApplianceId>(event.subject);
        if (event.kind == kind::host_booted) fleet.host_booted(id);
        if (event.kind == kind::machine_booted) fleet.machine_booted(id);
        if (event.kind == kind::certificates_end) fleet.certificates_end(id);
        if (event.kind == kind::incident) deeds[event.subject]();
    }
};

}  // namespace tests
