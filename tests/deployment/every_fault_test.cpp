// Every fault that can be injected, one row each: where it strikes, and which calls end otherwise than on the
// same seed without it. What is not named must not occur; there are plenty of lines, so nobody is crowded out.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <vector>

using namespace tests;
namespace scenario = sim::scenario;
namespace vocabulary = sim::vocabulary;
using vocabulary::CommonCauseId;
using vocabulary::FaultPlace;
using vocabulary::TheTenant;

namespace {

constexpr Duration struck = 1h;
constexpr Direction in = Direction::inbound;
constexpr Direction out = Direction::outbound;

constexpr SiteId ams{0};
constexpr SiteId sea{1};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId sea_1{3};
constexpr GatewayId ams_gw_1{0};  // with TLS
constexpr GatewayId ams_gw_2{1};
constexpr CohortId users_of_ams{0};
constexpr CohortId users_without_site{2};
constexpr CommonCauseId rack{0};

// Two sites, and users without one who exit in Amsterdam. Everybody dials abroad now and then, some talk from
// outside, some calls become conferences.
Scenario estate() {
    Scenario plan = quiet_world(3h);
    add_site(plan, "ams", 3, 500, 2, 1000);
    add_site(plan, "sea", 2, 500, 2, 1000);
    plan.gateways[ams_gw_1].protocol = scenario::Protocol::tls;
    plan.peer_destination = ams;
    add_users(plan, ams, 240);
    add_users(plan, sea, 90);
    add_users(plan, std::nullopt, 45);
    for (scenario::Traffic& traffic : plan.traffic) {
        traffic.external_share = 0.2;
        traffic.international_share = 0.1;
        traffic.emergency_share = 0.02;
        traffic.escalation_share = 0.1;
    }
    plan.common_causes.add({"rack", {ams_1, GatewayId{2}}, {}});
    return plan;
}

enum class Trace : std::uint8_t {
    none,        // each call goes the same way, at the same time
    other_ways,  // calls may go other ways, and wait on them
};

struct Row {
    FaultId fault;
    FaultPlace on;
    How how;
    std::set<Effect> effects;
    Trace trace = Trace::other_ways;
    std::optional<vocabulary::VersionId> version = {};  // of the appliance; none: the newest
};

// The estate with what the fault needs to strike at all.
Scenario estate_for(const Row& row) {
    Scenario plan = estate();
    if (row.version) plan.appliances[ams_1].version = *row.version;
    if (row.fault == FaultId::switched_to_old_version)
        plan.appliances[ams_1].backup_version = vocabulary::VersionId::v2_0;
    return plan;
}

std::set<Effect> both(Reason reason) {
    return {{in, reason}, {out, reason}};
}
std::set<Effect> operator+(std::set<Effect> some, const std::set<Effect>& more) {
    some.insert(more.begin(), more.end());
    return some;
}

const std::set<Effect> nothing;

std::vector<Row> rows() {
    const std::set<Effect> taken_offline = both(Reason::offline_by_detection);
    const std::set<Effect> behind{{in, Reason::edge_dead_behind_mediation}};
    const std::set<Effect> landed{{out, Reason::mediation_unreachable}};
    const std::set<Effect> no_edge_left{{out, Reason::edge_unreachable}};
    const auto edge_gone = [&](Reason reason) { return both(reason) + behind + taken_offline; };
    const auto mediation_gone = [&](Reason reason) { return both(reason) + landed; };
    const std::set<Effect> not_deployed = both(Reason::machine_lost);
    const auto site_gone = [&](Reason reason) { return both(reason) + behind + no_edge_left; };
    const auto machine = [](Machine which) { return How{.machine = which}; };
    const auto elsewhere = [](SiteId which) { return How{.site = which}; };
    const How to_ams_1{.to = ams_1};
    return {
        {FaultId::host_crash, ams_1, {}, both(Reason::host_lost)},
        {FaultId::vm_stopped, ams_1, machine(Machine::ad), taken_offline},
        {FaultId::vm_stopped, ams_1, machine(Machine::cms), taken_offline},
        {FaultId::vm_stopped, ams_1, machine(Machine::mediation), mediation_gone(Reason::machine_lost)},
        {FaultId::vm_stopped, ams_1, machine(Machine::edge), edge_gone(Reason::machine_lost)},
        {FaultId::vm_saved, ams_1, machine(Machine::ad), taken_offline},
        {FaultId::vm_saved, ams_1, machine(Machine::cms), taken_offline},
        {FaultId::vm_saved, ams_1, machine(Machine::mediation), mediation_gone(Reason::machine_lost)},
        {FaultId::vm_saved, ams_1, machine(Machine::edge), edge_gone(Reason::machine_lost)},
        {FaultId::vm_off_corpnet, ams_1, machine(Machine::ad), taken_offline},
        {FaultId::vm_off_corpnet, ams_1, machine(Machine::cms), taken_offline},
        {FaultId::vm_off_corpnet, ams_1, machine(Machine::mediation), mediation_gone(Reason::network_lost)},
        {FaultId::vm_off_corpnet, ams_1, machine(Machine::edge), edge_gone(Reason::network_lost)},
        {FaultId::vm_off_internet, ams_1, {}, edge_gone(Reason::network_lost)},
        {FaultId::dc_down_latent, ams_1, {}, taken_offline},
        {FaultId::cms_master_down, ams_1, {}, taken_offline},
        {FaultId::cms_replica_down, ams_1, {}, taken_offline},
        {FaultId::med_rtcsrv_down, ams_1, {}, mediation_gone(Reason::mediation_lost)},
        {FaultId::med_medsvc_down, ams_1, {}, mediation_gone(Reason::mediation_lost)},
        {FaultId::med_replica_down, ams_1, {}, taken_offline},
        {FaultId::edge_rtcsrv_down, ams_1, {}, edge_gone(Reason::edge_lost)},
        {FaultId::edge_replica_down, ams_1, {}, taken_offline},
        {FaultId::edge_rtcdataproxy_down, ams_1, {}, taken_offline},
        {FaultId::edge_rtcmrauth_down, ams_1, {}, both(Reason::no_relay) + taken_offline},
        {FaultId::edge_rtcmediarelay_down,
         ams_1,
         {},
         both(Reason::relay_lost) + both(Reason::no_relay) + taken_offline},
        {FaultId::fw_rule_edge_disabled, ams_1, {}, edge_gone(Reason::network_lost)},
        {FaultId::fw_rule_med_disabled, ams_1, {}, mediation_gone(Reason::network_lost)},
        {FaultId::host_vm_link_lost, ams_1, {}, nothing, Trace::none},
        {FaultId::mgmt_service_stopped, ams_1, {}, nothing, Trace::none},
        {FaultId::mgmt_service_restart, ams_1, {}, nothing, Trace::none},
        {FaultId::nic_ip_missing_on_deploy, ams_1, {}, not_deployed},
        {FaultId::domain_join_failed, ams_1, {}, not_deployed},
        {FaultId::mgmt_switch_not_deletable, ams_1, {}, nothing, Trace::none},
        {FaultId::edge_chain_untrusted,
         ams_1,
         {},
         both(Reason::no_relay),
         Trace::other_ways,
         vocabulary::VersionId::v1_4_1},
        {FaultId::host_reboot_by_windows_update, ams_1, {}, both(Reason::host_lost) + behind},
        {FaultId::escalation_fails, TheTenant{}, {}, nothing, Trace::none},
        {FaultId::wu_warning_on_ad_install, ams, {}, nothing, Trace::none},
        {FaultId::register_conflict, ams_1, {}, nothing, Trace::none},
        {FaultId::running_version_empty, ams_1, {}, nothing, Trace::none, vocabulary::VersionId::v1_4_1},
        {FaultId::switched_to_old_version, ams_1, {}, both(Reason::stopped_by_operator) + behind},
        {FaultId::server_certs_expiring, ams_1, {}, nothing, Trace::none},
        {FaultId::server_certs_leaked, ams_1, {}, nothing, Trace::none},
        {FaultId::ca_expiring, ams_1, {}, nothing, Trace::none},
        {FaultId::ca_compromised, ams_1, {}, nothing, Trace::none},
        {FaultId::tenant_admin_cred_changed, ams_1, {}, nothing, Trace::none},
        {FaultId::host_password_changed, ams_1, {}, nothing, Trace::none},
        {FaultId::dotnet_too_old, ams_1, {}, nothing, Trace::none},
        {FaultId::ini_state_line_missing, ams_1, {}, nothing, Trace::none},
        {FaultId::dism_dismount_failed, ams_1, {}, nothing, Trace::none},
        {FaultId::first_appliance_deploy_failed, ams, {}, nothing, Trace::none},
        {FaultId::manual_updates_needed, ams, {}, nothing, Trace::none},
        {FaultId::cmdlets_stale_after_update, ams_1, {}, nothing, Trace::none},
        {FaultId::stop_cswindowsservice_unknown, ams_1, {}, nothing, Trace::none},
        {FaultId::cloudconnector_module_missing, ams_1, {}, nothing, Trace::none},
        {FaultId::av_exclusions_missing, ams_1, {}, nothing, Trace::none},
        {FaultId::firewall_port_closed, sea, {}, both(Reason::edge_unreachable)},
        {FaultId::firewall_port_closed,
         sea,
         {.media = true},
         both(Reason::relay_lost) + both(Reason::no_relay)},
        {FaultId::trunk_points_at_pool_fqdn, ams_gw_1, {}, nothing},
        {FaultId::trunk_missing_for_appliance, ams_gw_1, to_ams_1, nothing},
        {FaultId::trunk_missing_for_appliance, ams_gw_1, {}, {{in, Reason::no_trunk}}},
        {FaultId::trunk_priority_unequal, ams_gw_1, {}, nothing},
        {FaultId::gateway_cross_site, ams_gw_1, elsewhere(sea), nothing},
        // TLS asks for trust when it connects: see trunks_test.cpp.
        {FaultId::cce_root_not_on_gateway, ams_gw_1, {}, nothing, Trace::none},
        {FaultId::gateway_root_not_on_ms, ams_gw_1, to_ams_1, nothing, Trace::none},
        {FaultId::gateway_root_not_on_ms, ams_gw_1, {}, nothing, Trace::none},
        {FaultId::gateway_cert_bad_name, ams_gw_1, {}, nothing, Trace::none},
        {FaultId::edge_a_record_missing, sea, {}, {{out, Reason::no_name}}},
        {FaultId::edge_a_record_incomplete, ams_1, {}, nothing},
        {FaultId::srv_missing, sea, {}, both(Reason::no_name)},
        {FaultId::peer_destination_unset, TheTenant{}, {}, {{out, Reason::no_route}}},
        {FaultId::peer_destination_wrong, TheTenant{}, elsewhere(sea), nothing},
        {FaultId::shared_sip_space_false, TheTenant{}, {}, both(Reason::no_hybrid_routing)},
        {FaultId::onprem_dialplan_true, TheTenant{}, {}, {{out, Reason::misdialled}}},
        {FaultId::user_not_voice_enabled, users_of_ams, {.share = 0.3}, both(Reason::not_voice_enabled)},
        {FaultId::user_unassigned,
         users_of_ams,
         {},
         nothing,
         Trace::none},  // they exit in Amsterdam either way
        {FaultId::user_wrong_site, users_of_ams, elsewhere(sea), nothing},
        {FaultId::intl_disallowed, users_without_site, {}, {{out, Reason::international_not_allowed}}},
        {FaultId::hybrid_ms_object_missing, ams_1, {}, nothing, Trace::none},
        {FaultId::hybrid_ms_object_licensed, ams_1, {}, nothing, Trace::none},
        {FaultId::hybrid_ms_object_wrong_edge, ams_1, {}, nothing, Trace::none},
        {FaultId::edge_down_inbound_blackhole, ams_1, {}, edge_gone(Reason::edge_lost)},
        {FaultId::site_share_unreachable, ams, {}, nothing, Trace::none},
        {FaultId::cceservice_password_mismatch, ams_1, {}, nothing, Trace::none},
        {FaultId::cabackup_password_mismatch, ams_1, {}, nothing, Trace::none},
        {FaultId::site_folder_shared_by_two_sites, ams, {}, nothing, Trace::none},
        {FaultId::proxy_per_user, ams_1, {}, nothing, Trace::none},
        {FaultId::winhttp_bypass_missing, ams_1, {}, nothing, Trace::none},
        {FaultId::mfa_on_tenant_admin, ams_1, {}, nothing, Trace::none},
        {FaultId::tenant_password_expired, ams_1, {}, nothing, Trace::none},
        {FaultId::edge_external_cert_expired, ams_1, {}, nothing, Trace::none},
        {FaultId::old_ini_reused, ams_1, {}, nothing, Trace::none},
        {FaultId::port_range_too_small, ams_1, {.ports = 80}, {{out, Reason::no_media_port}}},
        {FaultId::slow_setup_dropped, ams_gw_1, {}, nothing},
        {FaultId::refer_unsupported, ams_gw_1, {}, nothing, Trace::none},
        {FaultId::version_out_of_support, ams_1, {}, nothing, Trace::none},
        {FaultId::windows_unset, ams, {}, nothing, Trace::none},
        {FaultId::auto_update_off, ams, {}, nothing, Trace::none},
        {FaultId::overload, ams_gw_1, {}, nothing},
        {FaultId::gateway_down,
         ams_gw_1,
         {},
         both(Reason::gateway_lost) + std::set<Effect>{{in, Reason::gateway_dead}}},
        {FaultId::publish_forgotten, ams_1, {}, nothing, Trace::none},
        {FaultId::appliances_installed_in_parallel, ams, {}, nothing, Trace::none},
        {FaultId::host_uplink_lost, ams_1, {}, both(Reason::network_lost) + behind},
        {FaultId::site_provider_lost, sea, {}, site_gone(Reason::network_lost)},
        {FaultId::ad_services_down, ams_1, {}, nothing, Trace::none},
        {FaultId::carrier_lost,
         ams_gw_1,
         {},
         both(Reason::carrier_lost) + std::set<Effect>{{in, Reason::no_circuit}}},
        {FaultId::carrier_reroute, ams_gw_1, {}, nothing},
        {FaultId::common_cause,
         rack,
         {},
         both(Reason::host_lost) + both(Reason::gateway_lost) + std::set<Effect>{{in, Reason::gateway_dead}}},
    };
}

const Story& calm() {
    static const Story told = story(estate());
    return told;
}

std::string words(const std::set<Effect>& effects) {
    std::string all;
    for (const auto& [direction, reason] : effects)
        all += std::string(text(direction)) + ": " + std::string(text(reason)) + " | ";
    return all;
}

// A call that waited a little longer may still be up at the end of the run.
std::vector<Change> losses_changed(const Story& told) {
    std::vector<Change> changed = changes(calm(), told);
    std::erase_if(changed, [](const Change& change) { return change.after.reason == Reason::none; });
    return changed;
}

bool same(const CallRecord& a, const CallRecord& b) {
    return a.cohort == b.cohort && a.ordinal == b.ordinal && a.outcome == b.outcome && a.reason == b.reason &&
           a.appliance == b.appliance && a.start == b.start && a.end == b.end && a.degraded == b.degraded;
}

}  // namespace

TEST_CASE("every fault that can be injected has a row here", "[faults]") {
    std::set<std::string_view> told;
    for (const Row& row : rows()) told.insert(text(row.fault));
    std::set<std::string_view> known;
    for (const vocabulary::FaultName& fault : vocabulary::fault_names)
        if (fault.can_be_injected()) known.insert(fault.name);
    CHECK(told == known);
}

TEST_CASE("each fault alone changes the calls that its row names and no other", "[faults]") {
    REQUIRE(losses(calm().tally) == 0);
    for (const Row& row : rows()) {
        Scenario plan = estate_for(row);
        fails_at(plan, struck, row.fault, row.on, row.how);
        INFO(text(row.fault) << (row.how.machine ? " on " + std::string(text(*row.how.machine)) : ""));
        CHECK_NOTHROW(scenario::validate(plan));
        const Story told = story(plan);
        CHECK(told.times(record::fault_struck) == std::vector{start_of_run + struck});
        CHECK(told.times(record::fault_had_no_effect).empty());
        std::set<Effect> seen;
        for (const Change& change : losses_changed(told)) {
            seen.emplace(change.after.direction, change.after.reason);
            if (change.after.end < start_of_run + struck) FAIL("a call ended otherwise before the fault");
        }
        CHECK(words(seen) == words(row.effects));
        if (row.trace == Trace::none)
            CHECK(std::equal(calm().calls.begin(), calm().calls.end(), told.calls.begin(), told.calls.end(),
                             same));
    }
}

TEST_CASE("each fault alone costs calls at the place where it strikes and nowhere else", "[faults]") {
    for (const Row& row : rows()) {
        Scenario plan = estate_for(row);
        fails_at(plan, struck, row.fault, row.on, row.how);
        INFO(text(row.fault));
        const Replication tally = lived(plan);
        for (const auto& loss : tally.losses) {
            if (const auto* appliance = std::get_if<ApplianceId>(&row.on))
                CHECK(loss.appliance == plan.appliances[*appliance].name);
            if (const auto* site = std::get_if<SiteId>(&row.on)) CHECK(loss.site == plan.sites[*site].name);
            if (std::holds_alternative<GatewayId>(row.on)) CHECK(loss.site == "ams");
            if (const auto* users = std::get_if<CohortId>(&row.on))
                CHECK(loss.group == (*users == users_of_ams ? "ams" : ""));
        }
    }
}

TEST_CASE("what is configured wrong is what the fault does from the first moment on", "[faults]") {
    for (const Row& row : rows()) {
        if (!vocabulary::fault_name(row.fault).can_last) continue;
        Scenario struck_at_once = estate_for(row);
        struck_at_once.parameters.name_lifetime = {};
        Scenario wrong = struck_at_once;
        fails_at(struck_at_once, {}, row.fault, row.on, row.how);
        is_configured(wrong, row.fault, row.on, row.how);
        INFO(text(row.fault));
        const Story before = story(struck_at_once), told = story(wrong);
        CHECK(std::equal(before.calls.begin(), before.calls.end(), told.calls.begin(), told.calls.end(), same));
        CHECK(told.times(record::configured) == std::vector{start_of_run});
        CHECK(told.tally.events.at("faults_struck") == 0);
        CHECK(told.times(record::fault_had_no_effect).empty());
    }
}

TEST_CASE("calls that a wrong setting costs lead back to it, and to nothing else", "[faults]") {
    Scenario plan = estate();
    is_configured(plan, FaultId::hybrid_ms_object_missing, ams_1);
    is_configured(plan, FaultId::shared_sip_space_false, TheTenant{});
    is_configured(plan, FaultId::edge_a_record_missing, sea);
    CHECK_NOTHROW(scenario::validate(plan));
    const Story told = story(plan);
    CHECK(losses(told.tally, {.reason = Reason::no_hybrid_routing}) == losses(told.tally));
    REQUIRE(losses(told.tally) > 1000);
    REQUIRE(told.times(record::call_lost).size() == losses(told.tally));
    for (const Record& entry : told.journal) {
        if (entry.kind != record::call_lost) continue;
        const Record& root = told.journal.at(static_cast<std::size_t>(entry.cause) - 1);
        REQUIRE(root.kind == record::configured);
        REQUIRE(root.detail == static_cast<std::int64_t>(FaultId::shared_sip_space_false));
        REQUIRE(root.cause == sim::kernel::no_cause);
    }
}

TEST_CASE("a fault that strikes what is configured so has no effect, and its end changes nothing", "[faults]") {
    Scenario plan = estate();
    is_configured(plan, FaultId::shared_sip_space_false, TheTenant{});
    const std::uint64_t lost = losses(lived(plan));
    fails_at(plan, struck, FaultId::shared_sip_space_false, TheTenant{}, {.lasts = 10min});
    const Replication tally = lived(plan);
    CHECK(losses(tally) == lost);
    CHECK(tally.events.at("faults_cleared") == 0);
}

TEST_CASE("a name that never stood in DNS is missed at once, without a record that still lives", "[faults]") {
    Scenario plan = estate();
    is_configured(plan, FaultId::edge_a_record_missing, sea);
    const Story told = story(plan);
    for (const CallRecord& call : told.calls)
        if (call.reason == Reason::no_name) CHECK(call.direction == out);
    CHECK(losses(told.tally, {.direction = out, .site = "sea"}) ==
          told.tally.sites.at(1).by_direction[static_cast<std::size_t>(out)].attempts().value);
}

TEST_CASE("a fault that is over leaves no trace on the calls that come later", "[faults]") {
    for (Row row : rows()) {
        if (!vocabulary::fault_name(row.fault).can_last) continue;
        Scenario plan = estate_for(row);
        row.how.lasts = 10min;
        fails_at(plan, 20min, row.fault, row.on, row.how);
        INFO(text(row.fault));
        const Story told = story(plan);
        CHECK(told.times(record::fault_cleared) == std::vector{start_of_run + 30min});
        // Names are believed for an hour; a host boots, and its machines after it.
        for (const Change& change : losses_changed(told))
            if (change.after.start > start_of_run + 1h + 31min)
                FAIL("a call ended otherwise long after the fault");
        for (const auto& site : told.tally.sites)
            for (const auto& appliance : site.appliances) CHECK(appliance.ready >= 3h - 10min - 25min);
    }
}
