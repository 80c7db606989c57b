// What exists: the estate as its own files describe it, and sites that no file describes.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/settings.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/import.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::quoted;
using sim::vocabulary::VersionId;

namespace {

constexpr std::uint64_t channels_max = 100'000;
constexpr std::uint64_t gateways_max = 100;
constexpr std::uint64_t users_max = 1'000'000;  // of a tenant: they are kept one by one

VersionId version_of(const Value& value) {
    std::vector<std::string> names;
    for (const auto& release : sim::vocabulary::versions) names.emplace_back(release.name);
    return sim::vocabulary::versions[value.choice(names)].id;
}

int estate(lua_State* L) {
    Session& session = Session::of(L);
    Plan& plan = session.plan;
    session.charge(1000);
    const Value whole = argument(L, 1, "cce.estate");
    const Table table(whole, "estate");
    if (plan.estate)
        whole.refuse("E109", "the estate is described twice", "",
                     fmt::format("first at {}:{}", plan.estate->file, plan.estate->line));
    if (!plan.scenario.sites.empty()) whole.refuse("E109", "it must come before the first cce.site");
    plan.estate = session.place();
    std::vector<ApplianceFile> files;
    const Value paths = table.needed("appliances", "must be a list of CloudConnector.ini files");
    for (const Value& path : paths.one_or_list()) {
        const std::string name = path.text();
        files.push_back(read_ini(name, session.read_input(name), plan.scenario.warnings));
    }
    add_appliance_files(plan.scenario, files);
    if (const Value users = table["users"]; users.given())
        add_users(plan.scenario, users.text(), session.read_input(users.text()));
    if (const Value release = table["version"]; release.given()) {
        const VersionId version = version_of(release);
        for (Appliance& appliance : plan.scenario.appliances) appliance.version = version;
    }
    if (const Value peer = table["peer_destination"]; peer.given()) give_peer_destination(plan, peer);
    return 0;
}

std::optional<SiteId> find_site(const Scenario& scenario, const std::string& name) {
    for (std::size_t i = 0; i < scenario.sites.size(); ++i)
        if (scenario.sites[static_cast<SiteId>(i)].name == name) return static_cast<SiteId>(i);
    return std::nullopt;
}

void add_appliances(Plan& plan, SiteId id, const Table& table, const Place& place) {
    Scenario& scenario = plan.scenario;
    const Value appliances = table["appliances"];
    if (appliances.is_whole() && appliances.whole(1, UINT64_MAX) > appliances_per_site_max)
        appliances.refuse(
            "E107", "this is too many appliances for one site",
            fmt::format("a site has at most {} (the product's planning guide)", appliances_per_site_max),
            "several sites may sit in one place");
    const std::uint64_t count = appliances.whole(1, appliances_per_site_max);
    const Value size = table["size"];
    const Hardware hardware =
        size.given() && size.choice({"large", "small"}) == 1 ? Hardware::small : Hardware::large;
    for (std::uint64_t i = 1; i <= count; ++i) {
        Appliance made;
        made.name = fmt::format("{}-{}", scenario.sites[id].name, i);
        made.site = id;
        made.hardware = hardware;
        made.calls_max = calls_max(hardware);
        made.place = place;
        scenario.sites[id].appliances.push_back(scenario.appliances.add(std::move(made)));
    }
}

void add_gateways(Plan& plan, SiteId id, const Table& table, const Place& place) {
    Scenario& scenario = plan.scenario;
    const Value gateways = table["gateways"];
    const std::uint64_t count = gateways.given() ? gateways.whole(1, gateways_max) : 1;
    for (std::uint64_t i = 1; i <= count; ++i) {
        Gateway made;
        made.name = fmt::format("{}-gw-{}", scenario.sites[id].name, i);
        made.site = id;
        made.place = place;
        scenario.sites[id].gateways.push_back(scenario.gateways.add(std::move(made)));
    }
}

void add_cohort(Plan& plan, SiteId id, const Value& users) {
    Scenario& scenario = plan.scenario;
    const std::uint64_t count = users.whole(1, users_max);
    std::uint64_t before = 0;
    for (const Cohort& cohort : scenario.cohorts) before += cohort.users.size();
    if (before + count > users_max)
        users.refuse("E113", "the tenant has too many users", fmt::format("must be at most {}", users_max));
    Cohort made;
    made.site = id;
    for (std::uint64_t i = 1; i <= count; ++i)
        made.users.push_back({fmt::format("{}-user-{}", scenario.sites[id].name, i), true, true});
    scenario.cohorts.add(std::move(made));
}

SiteId make_site(Plan& plan, const std::string& name, const Table& table, const Place& place) {
    Site made;
    made.name = name;
    made.place = place;
    if (const Value edge = table["edge"]; edge.given()) made.edge_fqdn = edge.text();
    const SiteId id = plan.scenario.sites.add(std::move(made));
    add_appliances(plan, id, table, place);
    add_gateways(plan, id, table, place);
    if (const Value users = table["users"]; users.given()) add_cohort(plan, id, users);
    return id;
}

SiteId described_site(const Plan& plan, const std::string& name, const Value& whole, const Table& table) {
    const Scenario& scenario = plan.scenario;
    const auto id = find_site(scenario, name);
    if (!id) {
        const Existing others = existing(name, names_of(scenario.sites));
        whole.refuse("E108", fmt::format("no file describes this site{}", others.hint), others.list,
                     "a site without files says how many appliances it has: appliances = 2");
    }
    for (const char* key : {"size", "gateways", "users", "edge"})
        if (table[key].given()) table[key].refuse("E109", fmt::format("its files say {} already", quoted(key)));
    return *id;
}

// What a site says of its gateways: one value for each of them, or a table by gateway name.
template <class Give>
void give_gateways(Plan& plan, SiteId id, const Table& table, const char* key, Give give,
                   Lists lists = Lists::no_value) {
    Scenario& scenario = plan.scenario;
    const std::vector<GatewayId>& gateways = scenario.sites[id].gateways;
    std::vector<std::string> names;
    for (const GatewayId gateway : gateways) names.push_back(scenario.gateways[gateway].name);
    give_each(
        table[key], names, "gateway",
        [&](std::size_t number, const Value& value) { give(scenario.gateways[gateways[number]], value); },
        lists);
}

// The version of a second set of machines, beside the one that runs.
void give_backup_version(Scenario& scenario, const Site& site, const Value& said) {
    const VersionId backup = version_of(said);
    for (const ApplianceId id : site.appliances) {
        Appliance& appliance = scenario.appliances[id];
        if (appliance.version == backup)
            said.refuse("E126",
                        fmt::format("the backup version is {}, which appliance {} runs",
                                    sim::vocabulary::version(backup).name, quoted(appliance.name)),
                        "must be another one");
        appliance.backup_version = backup;
    }
}

ApplianceId host_named(const Scenario& scenario, const Site& site, const Value& said) {
    if (!said.is_text()) said.wrong("must be the name of one of the site's hosts");
    const std::string name = said.text();
    std::vector<std::string> names;
    for (const ApplianceId id : site.appliances) names.push_back(scenario.appliances[id].name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        const Existing others = existing(name, names);
        said.refuse("E108", fmt::format("the site has no host {}{}", quoted(name), others.hint), others.list);
    }
    return site.appliances[static_cast<std::size_t>(found - names.begin())];
}

// What was installed when, and where.
void give_installation(Plan& plan, SiteId id, const Table& table) {
    Site& site = plan.scenario.sites[id];
    if (const Value day = table["installed"]; day.given()) {
        site.installed = day.date();
        plan.installed.push_back({id, day.place()});
    }
    if (const Value day = table["edge_certificate"]; day.given()) site.edge_certificate = day.date();
    if (const Value host = table["directory_on"]; host.given())
        site.directory_on = host_named(plan.scenario, site, host);
    if (const Value backup = table["backup_version"]; backup.given())
        give_backup_version(plan.scenario, site, backup);
}

// Of numbers that outbound calls may leave by.
sim::vocabulary::NumberClasses classes_of(const Value& value) {
    std::vector<std::string> names;
    for (const auto one : sim::vocabulary::number_classes) names.emplace_back(text(one));
    sim::vocabulary::NumberClasses classes;
    for (const Value& word : value.one_or_list()) {
        const auto one = sim::vocabulary::number_classes[word.choice(names)];
        if (classes.has(one)) word.refuse("E109", fmt::format("{} is said twice", quoted(text(one))));
        classes.add(one);
    }
    return classes;
}

// Upvalues: the site's name, and the half that was said.
int site_table(lua_State* L) {
    Session& session = Session::of(L);
    Plan& plan = session.plan;
    session.charge(1000);
    half_said(L).is_whole = true;
    const std::string name = shown_value(L, lua_upvalueindex(1));
    const Value whole = argument(L, 1, "cce.site " + quoted(name));
    const Table table(whole, "site");
    const Place place = session.place();
    const auto known = find_site(plan.scenario, name);
    if (known && plan.sites_said.count(static_cast<std::uint32_t>(*known)) != 0)
        whole.refuse("E109", "this site is given twice");
    const bool made = table["appliances"].given();
    if (known && made) table["appliances"].refuse("E109", R"(its files say "appliances" already)");
    if (!made) static_cast<void>(described_site(plan, name, whole, table));
    if (!known && plan.scenario.sites.size() >= sites_per_tenant_max)
        whole.refuse("E107", "this is one site too many",
                     fmt::format("a tenant has at most {}", sites_per_tenant_max));
    const SiteId id = made ? make_site(plan, name, table, place) : *known;
    plan.sites_said.insert(static_cast<std::uint32_t>(id));
    give_gateways(plan, id, table, "channels", [](Gateway& gateway, const Value& value) {
        gateway.channels = static_cast<unsigned>(value.whole(1, channels_max));
    });
    give_gateways(plan, id, table, "reroute_on_5xx",
                  [](Gateway& gateway, const Value& value) { gateway.reroute_on_5xx = value.boolean(); });
    give_gateways(
        plan, id, table, "routes",
        [](Gateway& gateway, const Value& value) { gateway.carries = classes_of(value); }, Lists::one_value);
    if (const Value release = table["version"]; release.given()) {
        const VersionId version = version_of(release);
        for (const ApplianceId appliance : plan.scenario.sites[id].appliances)
            plan.scenario.appliances[appliance].version = version;
    }
    give_installation(plan, id, table);
    if (const Value tls = table["tls"]; tls.given())
        for (const GatewayId gateway : plan.scenario.sites[id].gateways)
            plan.scenario.gateways[gateway].protocol = tls.boolean() ? Protocol::tls : Protocol::tcp;
    give_settings(plan, id, table);
    if (const Value zone = table["zone"]; zone.given()) plan.zones.push_back({id, zone.text(), zone.place()});
    push_site(L, id);
    return 1;
}

int site(lua_State* L) {
    const Value name = argument(L, 1, "cce.site");
    if (!name.is_text()) name.wrong(R"(must be the site's name: cce.site "Amsterdam" { … })");
    const std::string text = name.text();
    if (text.empty() || text.size() > thing_name_max)
        name.wrong(fmt::format("must have 1 to {} bytes", thing_name_max), "", "E107");
    return push_half(L, "cce.site", guarded<site_table>);
}

}  // namespace

std::vector<Entry> site_functions() {
    return {{"estate", guarded<estate>}, {"site", guarded<site>}};
}

}  // namespace lua::binding
