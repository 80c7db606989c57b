// What the scenario expects of its own result: a metric, its scope, and a chain of methods in any order.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/vocabulary/quantity.hpp"
#include "sim/vocabulary/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace lua::binding {

using sim::vocabulary::quoted;

namespace {

const KnownMetric& metric_of(lua_State* L, const Value& name) {
    const std::vector<KnownMetric>& known = Session::of(L).request.metrics;
    const std::string word = name.text();
    for (const KnownMetric& metric : known)
        if (metric.name == word) return metric;
    const Existing others = existing(word, names_of(known));
    name.refuse("E108", fmt::format("unknown metric {}{}", quoted(word), others.hint), others.list,
                "ccesim metrics lists them all");
}

std::string site_of(lua_State* L, const Value& value) {
    const Scenario& scenario = Session::of(L).plan.scenario;
    if (!value.is_text())
        return scenario.sites[SiteId{value.handle(Kind::site, "must be a site or its name").index}].name;
    const std::string name = value.text();
    if (name == sim::vocabulary::no_site) return name;
    for (const Site& site : scenario.sites)
        if (site.name == name) return name;
    const Existing others = existing(name, names_of(scenario.sites));
    value.refuse("E108", fmt::format("unknown site {}{}", quoted(name), others.hint), others.list);
}

int expect(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value name = argument(L, 1, "cce.expect");
    if (!name.is_text()) name.wrong("must be the name of a metric");
    const KnownMetric& metric = metric_of(L, name);
    const Table table(Value(L, 2, "cce.expect " + quoted(metric.name), "argument 2"), "expect");
    ExpectationSaid said;
    said.expectation.metric = metric.name;
    said.expectation.place = session.place();
    MetricScope& scope = said.expectation.scope;
    const Value site = table["site"], per = table["per"], direction = table["direction"];
    if (site.given() && per.given())
        per.refuse("E109", R"("site" and "per" exclude each other)", "must be one of them");
    for (const Value* by_site : {&site, &per})
        if (by_site->given() && !metric.by_site)
            by_site->refuse("E107", fmt::format("{} is not counted by site", metric.name));
    if (direction.given() && !metric.by_direction)
        direction.refuse("E107", fmt::format("{} is not counted by direction", metric.name));
    if (site.given()) scope.site = site_of(L, site);
    if (per.given()) scope.per_site = per.choice({"site"}) == 0;
    if (direction.given())
        scope.direction = sim::vocabulary::directions[direction.choice({"inbound", "outbound"})];
    session.plan.expectations.push_back(std::move(said));
    push_handle(L, Kind::expectation, session.plan.expectations.size() - 1);
    return 1;
}

ExpectationSaid& self(lua_State* L, const char* method) {
    Session::of(L).charge(100);
    const Value first(L, 1, fmt::format("expectation:{}", method), "the first argument");
    const Handle handle =
        first.handle(Kind::expectation,
                     fmt::format("must be called with a colon, as cce.expect(\"…\"):{}(…)", method).c_str());
    return Session::of(L).plan.expectations[handle.index];
}

int chain(lua_State* L) {
    lua_settop(L, 1);
    return 1;
}

Value method_argument(lua_State* L, int index, const char* method) {  // people do not count the object
    return {L, index, fmt::format("expectation:{}", method), fmt::format("argument {}", index - 1)};
}

void set_relation(lua_State* L, ExpectationSaid& said, Relation relation, const char* method) {
    if (said.has_relation)
        method_argument(L, 2, method)
            .refuse("E109", "this expectation has its relation already", "", "write a second cce.expect");
    said.has_relation = true;
    said.expectation.relation = relation;
}

void set_confidence(Expectation& expectation, const Value& value) {
    if (!value.given()) return;
    const double confidence = value.share();
    if (confidence <= 0 || confidence >= 1)
        value.wrong("must be between 0 and 1", "did you mean 0.95?", "E107");
    expectation.confidence = confidence;
}

// What can be expected of this metric: nothing below 0, no share above 1.
double possible(lua_State* L, const Expectation& expectation, const Value& value) {
    const std::vector<KnownMetric>& known = Session::of(L).request.metrics;
    const auto metric = std::find_if(known.begin(), known.end(),
                                     [&](const KnownMetric& one) { return one.name == expectation.metric; });
    return value.number(0, metric->most);
}

template <Relation relation>
int compare(lua_State* L) {
    static constexpr const char* method = relation == Relation::at_most ? "at_most" : "at_least";
    ExpectationSaid& said = self(L, method);
    said.expectation.target = possible(L, said.expectation, method_argument(L, 2, method));
    set_confidence(said.expectation, Table(method_argument(L, 3, method), method)["confidence"]);
    set_relation(L, said, relation, method);
    return chain(L);
}

int always(lua_State* L) {
    self(L, "always").expectation.always = true;
    return chain(L);
}

int when(lua_State* L) {
    ExpectationSaid& said = self(L, "when");
    const Value name = method_argument(L, 2, "when");
    if (!name.is_text()) name.wrong("must be the name of a metric");
    Precondition precondition{metric_of(L, name).name, 1};
    const Table table(method_argument(L, 3, "when"), "when");
    if (const Value least = table["at_least"]; least.given())
        precondition.at_least = least.whole(1, std::numeric_limits<std::int32_t>::max());
    if (said.expectation.when) name.refuse("E109", "this expectation has its precondition already");
    said.expectation.when = precondition;
    return chain(L);
}

int no_worse_than(lua_State* L) {
    ExpectationSaid& said = self(L, "no_worse_than");
    const Value file = method_argument(L, 2, "no_worse_than");
    if (!file.is_text()) file.wrong("must be the name of a saved result in JSON");
    const Table table(method_argument(L, 3, "no_worse_than"), "no_worse_than");
    Baseline baseline;
    baseline.file = file.text();
    const Value by = table["by"];
    const char* form = R"(must be a number in the metric's unit, or a share such as "10%")";
    if (by.is_text()) {
        const std::string written = by.text();
        const bool percent = !written.empty() && written.back() == '%';
        const auto value =
            percent ? sim::vocabulary::number(std::string_view{written}.substr(0, written.size() - 1))
                    : std::nullopt;
        if (!value || !(*value >= 0 && *value <= KnownMetric{}.most)) by.wrong(form, "", "E107");
        baseline.by = *value / 100;
        baseline.by_is_share = true;
    } else if (by.given()) {
        baseline.by = possible(L, said.expectation, by);
    }
    Session& session = Session::of(L);
    if (!session.request.without_baselines) baseline.content = session.read_input(baseline.file);
    set_confidence(said.expectation, table["confidence"]);
    set_relation(L, said, Relation::no_worse_than, "no_worse_than");
    said.expectation.baseline = std::move(baseline);
    return chain(L);
}

}  // namespace

std::vector<Entry> expect_functions() {
    return {{"expect", guarded<expect>}};
}

std::vector<Entry> expectation_methods() {
    return {{"always", guarded<always>},
            {"at_least", guarded<compare<Relation::at_least>>},
            {"at_most", guarded<compare<Relation::at_most>>},
            {"no_worse_than", guarded<no_worse_than>},
            {"when", guarded<when>}};
}

}  // namespace lua::binding
