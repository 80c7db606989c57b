// The credentials that a host keeps, and which of them an update asks for: the rooms alone, because no fault of
// the catalogue strikes each of them yet.

#include "sim/maintenance/updates.hpp"
#include "sim/vocabulary/kinds.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;
namespace kernel = sim::kernel;
namespace kind = sim::vocabulary::kind;
using sim::maintenance::MissedBecause;
using sim::vocabulary::Part;

namespace {

// One appliance that may be patched in place from the second hour on, for an hour, without calls.
struct Night {
    kernel::Simulation simulation{kernel::Luck{}, start_of_run + 24h, true};
    sim::topology::Fleet fleet{simulation, {8min, {3min, 4min, 4min, 3min}}};
    const std::vector<std::string> names = added();
    sim::calls::CallPlane calls{simulation, fleet, {}, {}, {}, names, {}};
    sim::maintenance::Drains drains{simulation, fleet, calls, {}};
    sim::maintenance::Releases releases{simulation, {}, names};
    sim::maintenance::Patching patching{simulation, fleet, releases, {20min, 20min, 0}, names};
    sim::maintenance::Upgrading upgrading{fleet, releases};
    sim::maintenance::Updates updates{simulation, fleet, drains, patching, upgrading, releases, in_place()};

    Night() { updates.add({SiteId{0}, {}, 1h, {start_of_run + 2h}}); }

    std::vector<std::string> added() {
        fleet.add_appliance(fleet.add_site(1), 500);
        return {"one"};
    }
    static sim::maintenance::UpdateRules in_place() {
        sim::maintenance::UpdateRules rules;
        rules.in_place = true;
        return rules;
    }
    // Why the window is missed while this part is bad, or nothing.
    std::optional<MissedBecause> missed_without(Part part) {
        sim::topology::Hold hold;
        hold.part = part;
        CHECK(fleet.strike(ApplianceId{0}, hold, Reason::none));
        simulation.run(*this);
        CHECK(simulation.journal().count(record::update_finished) == (updates.missed().empty() ? 1 : 0));
        return updates.missed().empty() ? std::nullopt : std::optional(updates.missed().front().because);
    }

    void run_before(const kernel::Key&, Instant) {}
    void dispatch(const kernel::Event& event) {
        const auto id = static_cast<ApplianceId>(event.subject);
        if (event.kind == kind::host_booted) fleet.host_booted(id);
        if (event.kind == kind::machine_booted) fleet.machine_booted(id);
        if (event.kind == kind::window_opens) updates.window_opens(event.subject);
        if (event.kind == kind::window_closes) updates.window_closes(event.subject);
        if (event.kind == kind::update_step_ends)
            if (const auto ended = patching.step_ends(id)) updates.is_patched(id, *ended);
        updates.consider();
    }
};

}  // namespace

TEST_CASE("an update asks for every credential but the one of the CA's backup", "[maintenance]") {
    CHECK(Night{}.missed_without(Part::tenant_credential) == MissedBecause::no_credential);
    CHECK(Night{}.missed_without(Part::service_credential) == MissedBecause::shut_out);
    CHECK(Night{}.missed_without(Part::vm_credential) == MissedBecause::locked_out);
    CHECK(Night{}.missed_without(Part::domain_credential) == MissedBecause::locked_out);
    CHECK(Night{}.missed_without(Part::ca_backup_credential) == std::nullopt);
}
