// What happens on the way: faults and cmdlets at a time the script names, and failures that come again and
// again.

#include "lua/binding/api.hpp"
#include "lua/binding/commands.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

namespace lua::binding {

using sim::vocabulary::FaultId;
using sim::vocabulary::FaultName;
using sim::vocabulary::quoted;
using sim::vocabulary::Strikes;

namespace {

std::vector<std::string> fault_ids() {
    std::vector<std::string> all;
    for (const FaultName& fault : sim::vocabulary::fault_names) all.emplace_back(fault.name);
    return all;
}

// A fault that would strike nothing must not look as if it had been harmless.
void require_injectable(const Value& id, const FaultName& fault) {
    if (fault.can_be_injected()) return;
    id.refuse("E124", fmt::format("fault {} cannot be injected", quoted(fault.name)),
              "administrators' sessions and sign-in are not simulated yet",
              fmt::format("ccesim faults {} describes it", fault.name));
}

FaultName fault_of(const Value& id) {
    const std::string name = id.text();
    if (const auto found = sim::vocabulary::fault_named(name)) {
        require_injectable(id, *found);
        return *found;
    }
    id.refuse("E108", fmt::format("unknown fault {}{}", quoted(name), existing(name, fault_ids()).hint),
              "ccesim faults lists them");
}

std::optional<sim::vocabulary::Machine> machine_of(const Value& machine, const FaultName& fault) {
    std::vector<std::string> names;
    for (const auto one : sim::vocabulary::machines) names.emplace_back(sim::vocabulary::text(one));
    if (fault.strikes != Strikes::machine) {
        if (machine.given())
            machine.refuse("E107", fmt::format("{} does not strike one machine", fault.name),
                           R"(must not have "machine")");
        return std::nullopt;
    }
    return sim::vocabulary::machines[machine.choice(names)];
}

using sim::vocabulary::FaultPlace;

// In words, what a fault wants to be given as `on`.
const char* wanted_place(Strikes strikes) {
    switch (strikes) {
        case Strikes::gateway:
        case Strikes::trunk:
            return "must be a gateway, such as site.gateways[1]";
        case Strikes::site:
            return "must be a site";
        case Strikes::users:
            return "must be a site, or cce.unassigned: its users";
        case Strikes::common_cause:
            return "must be a cce.common_cause";
        default:
            return "must be an appliance, such as site.appliances[1]";
    }
}

CohortId users_at(const Value& on, const Scenario& scenario) {
    const Handle* held = handle_at(on.state(), on.index());
    const bool unassigned = held != nullptr && held->kind == Kind::unassigned;
    std::optional<SiteId> site;
    if (!unassigned) site = SiteId{on.handle(Kind::site, wanted_place(Strikes::users)).index};
    for (std::size_t cohort = 0; cohort < scenario.cohorts.size(); ++cohort)
        if (scenario.cohorts[static_cast<CohortId>(cohort)].site == site) return static_cast<CohortId>(cohort);
    on.refuse("E108", unassigned ? "every user has a site" : "this site has no users");
}

FaultPlace place_of(const Value& on, const FaultName& fault, const Scenario& scenario) {
    const char* wanted = wanted_place(fault.strikes);
    switch (fault.strikes) {
        case Strikes::gateway:
        case Strikes::trunk:
            return GatewayId{on.handle(Kind::gateway, wanted).index};
        case Strikes::site:
            return SiteId{on.handle(Kind::site, wanted).index};
        case Strikes::users:
            return users_at(on, scenario);
        case Strikes::common_cause:
            return CommonCauseId{on.handle(Kind::common_cause, wanted).index};
        default:
            return ApplianceId{on.handle(Kind::appliance, wanted).index};
    }
}

bool may_have_a_share(FaultId id) {
    return id == FaultId::user_not_voice_enabled || id == FaultId::slow_setup_dropped;
}

bool needs_a_site(FaultId id) {
    return id == FaultId::user_wrong_site || id == FaultId::peer_destination_wrong ||
           id == FaultId::gateway_cross_site;
}

// What only some faults have to say beside where they strike.
void read_details(const Table& table, const FaultName& fault, FaultAction& into) {
    const auto refused = [&](const char* key) {
        const Value value = table[key];
        if (value.given())
            value.refuse("E107", fmt::format("{} has nothing to do with it", fault.name),
                         fmt::format("must not have {}", quoted(key)));
    };
    if (fault.strikes == Strikes::trunk) {
        if (const Value to = table["to"]; to.given())
            into.to = ApplianceId{
                to.handle(Kind::appliance, "must be an appliance that the gateway has a trunk to").index};
    } else {
        refused("to");
    }
    if (needs_a_site(fault.id)) {
        into.site = SiteId{table.needed("site", "must be the site that it leads to instead")
                               .handle(Kind::site, "must be a site")
                               .index};
    } else {
        refused("site");
    }
    if (may_have_a_share(fault.id)) {
        if (const Value share = table["share"]; share.given()) into.share = share.share();
    } else {
        refused("share");
    }
    if (fault.id == FaultId::port_range_too_small) {
        into.ports = static_cast<unsigned>(
            table.needed("ports", "must be how many media ports the Mediation has; a call takes four")
                .whole(0, 65536));
    } else {
        refused("ports");
    }
    if (fault.id == FaultId::firewall_port_closed) {
        if (const Value port = table["port"]; port.given()) into.media = port.choice({"5061", "media"}) == 1;
    } else {
        refused("port");
    }
}

FaultAction action_of(const FaultName& fault, const Value& on, const Table& table, const Scenario& scenario) {
    FaultAction action;
    action.id = fault.id;
    if (fault.strikes == Strikes::tenant) {
        action.on = sim::vocabulary::TheTenant{};
        if (on.given())
            on.refuse("E107", fmt::format("{} strikes the tenant as a whole", fault.name),
                      R"(must not have "on")");
    } else {
        action.on = place_of(on, fault, scenario);
    }
    action.machine = machine_of(table["machine"], fault);
    read_details(table, fault, action);
    return action;
}

void cannot_last(const Value& lasts, const FaultName& fault) {
    if (lasts.given() && !fault.can_last)
        lasts.refuse("E107", fmt::format("{} is over at once", fault.name), R"(must not have "lasts")");
}

int push_action(lua_State* L, const char* call, Action action) {
    Session& session = Session::of(L);
    session.charge(100);
    session.plan.actions.push_back({std::move(action), call, session.place()});
    push_handle(L, Kind::action, session.plan.actions.size() - 1);
    return 1;
}

int fault(lua_State* L) {
    const Value id = argument(L, 1, "cce.fault");
    if (!id.is_text()) id.wrong(R"(must be the name of a fault, such as "host-crash")");
    const FaultName name = fault_of(id);
    const Table table(Value(L, 2, fmt::format("cce.fault {}", quoted(name.name)), "argument 2"), "fault");
    const Value on =
        name.strikes == Strikes::tenant ? table["on"] : table.needed("on", wanted_place(name.strikes));
    FaultAction action = action_of(name, on, table, Session::of(L).plan.scenario);
    cannot_last(table["lasts"], name);
    if (table["lasts"].given()) action.lasts = table["lasts"].duration_above_zero();
    return push_action(L, "cce.fault", action);
}

int cmdlet(lua_State* L) {
    const sim::vocabulary::Cmdlet& named = cmdlet_of(argument(L, 1, "cce.cmdlet"));
    const Value rest(L, 2, "cce.cmdlet " + quoted(named.name), "argument 2");
    return push_action(L, "cce.cmdlet", command_of(named, rest));
}

int at(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value time = argument(L, 1, "cce.at"), what = argument(L, 2, "cce.at");
    if (!time.is_text()) time.wrong(when_forms);
    const auto moment = when(time.text());
    if (!moment) time.wrong(when_forms, "days are sun, mon, tue, wed, thu, fri and sat", "E107");
    if (lua_isfunction(L, 2)) {
        session.plan.incidents.push_back(
            {*moment, time.text(), RunbookAction{add_program(L, 2, false)}, session.place()});
        return 0;
    }
    const Handle action =
        what.handle(Kind::action, "must be a cce.fault(…), a cce.cmdlet(…), or a function: a runbook");
    session.plan.incidents.push_back(
        {*moment, time.text(), session.plan.actions[action.index].use(), session.place()});
    return 0;
}

int failures(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Table table(argument(L, 1, "cce.failures"), "failures");
    const Value id = table.needed("fault", R"(must be the name of a fault, such as "host-crash")");
    const FaultName name = fault_of(id);
    Failures made;
    made.place = session.place();
    made.between = table.needed("between", R"(must be a duration such as "90d", or a law)")
                       .law(sim::kernel::exponential_law);
    cannot_last(table["lasts"], name);
    if (!name.can_last)
        made.lasts = sim::kernel::fixed_law(Duration{});
    else if (table["lasts"].given() || !name.clearable)
        made.lasts =
            table.needed("lasts", R"(must be a duration such as "2h", or a law)").law(sim::kernel::fixed_law);
    Scenario& scenario = session.plan.scenario;
    if (const Value crew = table["repaired_by"]; crew.given()) {
        const Handle handle = crew.handle(Kind::crew, R"(must be a crew: cce.crew "fitters" { people = 1 })");
        made.repaired_by = CrewId{handle.index};
        session.plan.crews_used.insert(handle.index);
        if (!table["lasts"].given())
            crew.refuse("E139", fmt::format("failures of {} do not say how long their repair takes", name.name),
                        R"(must have "lasts")",
                        name.can_last ? "" : fmt::format("{} is over at once, nobody repairs it", name.name));
    }
    if (name.strikes == Strikes::tenant) {
        made.fault = action_of(name, table["on"], table, scenario);
        scenario.failures.push_back(made);
        return 0;
    }
    const Value on = table.needed("on", "must be what fails, or a list");
    for (const Value& one : on.one_or_list()) {
        made.fault = action_of(name, one, table, scenario);
        scenario.failures.push_back(made);
    }
    return 0;
}

}  // namespace

std::vector<Entry> incident_functions() {
    return {{"at", guarded<at>},
            {"cmdlet", guarded<cmdlet>},
            {"failures", guarded<failures>},
            {"fault", guarded<fault>}};
}

}  // namespace lua::binding
