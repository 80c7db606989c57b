// What happens on the way: faults and cmdlets at a time the script names, and failures that come again and
// again.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

namespace lua::binding {

using sim::vocabulary::FaultName;
using sim::vocabulary::quoted;
using sim::vocabulary::Strikes;

namespace {

std::vector<std::string> fault_ids() {
    std::vector<std::string> all;
    for (const FaultName& fault : sim::vocabulary::fault_names) all.emplace_back(fault.name);
    return all;
}

FaultName fault_of(const Value& id) {
    const std::string name = id.text();
    if (const auto found = sim::vocabulary::fault_named(name)) return *found;
    const std::vector<std::string> all = fault_ids();
    const Existing others = existing(name, all, all.size());
    id.refuse("E108", fmt::format("unknown fault {}{}", quoted(name), others.hint), others.list);
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

std::variant<ApplianceId, GatewayId> place_of(const Value& on, const FaultName& fault) {
    if (fault.strikes == Strikes::gateway)
        return GatewayId{on.handle(Kind::gateway, "must be a gateway, such as site.gateways[1]").index};
    return ApplianceId{on.handle(Kind::appliance, "must be an appliance, such as site.appliances[1]").index};
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
    FaultAction action;
    action.id = name.id;
    action.on = place_of(
        table.needed("on", name.strikes == Strikes::gateway ? "must be a gateway" : "must be an appliance"),
        name);
    action.machine = machine_of(table["machine"], name);
    cannot_last(table["lasts"], name);
    if (table["lasts"].given()) action.lasts = table["lasts"].duration_above_zero();
    return push_action(L, "cce.fault", action);
}

int cmdlet(lua_State* L) {
    const Value name = argument(L, 1, "cce.cmdlet");
    CmdletAction action;
    action.cmdlet = name.choice({"Enter-CcUpdate", "Exit-CcUpdate"}) == 0 ? CmdletName::enter_cc_update
                                                                          : CmdletName::exit_cc_update;
    const std::string written = name.text();
    const Table table(Value(L, 2, "cce.cmdlet " + quoted(written), "argument 2"), "cmdlet");
    const Value on = table.needed("on", "must be an appliance");
    action.on =
        ApplianceId{on.handle(Kind::appliance, "must be an appliance, such as site.appliances[1]").index};
    const Value mode = table["mode"], limit = table["limit"];
    if (action.cmdlet == CmdletName::exit_cc_update)
        for (const Value* refused : {&mode, &limit})
            if (refused->given()) refused->refuse("E107", R"(it has neither "mode" nor "limit")");
    if (mode.given())
        action.mode = mode.choice({"drain", "immediate"}) == 0 ? StopMode::drain : StopMode::immediate;
    if (limit.given() && action.mode == StopMode::immediate)
        limit.refuse("E107", R"("limit" is how long to drain, and mode = "immediate" does not)");
    if (limit.given()) {  // who says how long to drain wants a drain, whatever enter_update_mode says
        action.limit = limit.duration();
        action.mode = StopMode::drain;
    }
    return push_action(L, "cce.cmdlet", action);
}

int at(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value time = argument(L, 1, "cce.at"), what = argument(L, 2, "cce.at");
    if (!time.is_text()) time.wrong(when_forms);
    const auto moment = when(time.text());
    if (!moment) time.wrong(when_forms, "days are sun, mon, tue, wed, thu, fri and sat", "E107");
    const Handle action = what.handle(Kind::action, "must be a cce.fault(…) or a cce.cmdlet(…)");
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
    made.fault.id = name.id;
    made.fault.machine = machine_of(table["machine"], name);
    made.between = table.needed("between", R"(must be a duration such as "90d", or a law)")
                       .law(sim::kernel::exponential_law);
    cannot_last(table["lasts"], name);
    if (!name.can_last)
        made.lasts = sim::kernel::fixed_law(Duration{});
    else if (table["lasts"].given() || !name.clearable)
        made.lasts =
            table.needed("lasts", R"(must be a duration such as "2h", or a law)").law(sim::kernel::fixed_law);
    const Value on = table.needed("on", "must be what fails, or a list");
    for (const Value& one : on.one_or_list()) {
        made.fault.on = place_of(one, name);
        session.plan.scenario.failures.push_back(made);
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
