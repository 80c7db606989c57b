#include "sim/faults/effects.hpp"

#include <array>

namespace sim::faults {

namespace {

template <class PartOf>
struct Row {
    FaultId id;
    PartOf part;
    Reason reason = Reason::none;
};

template <class Rows>
auto effect_in(const Rows& rows, FaultId id) -> std::optional<Effect<decltype(rows[0].part)>> {
    for (const auto& row : rows)
        if (row.id == id) return Effect<decltype(row.part)>{row.part, row.reason};
    return std::nullopt;
}

constexpr std::array appliance_rows{
    Row<Part>{FaultId::host_crash, Part::host, Reason::host_lost},
    Row<Part>{FaultId::vm_off_internet, Part::edge_internet, Reason::network_lost},
    Row<Part>{FaultId::dc_down_latent, Part::ad, Reason::machine_lost},
    Row<Part>{FaultId::cms_master_down, Part::cms_master},
    Row<Part>{FaultId::cms_replica_down, Part::cms_replica},
    Row<Part>{FaultId::med_rtcsrv_down, Part::mediation_rtcsrv, Reason::mediation_lost},
    Row<Part>{FaultId::med_medsvc_down, Part::mediation_medsvc, Reason::mediation_lost},
    Row<Part>{FaultId::med_replica_down, Part::mediation_replica},
    Row<Part>{FaultId::edge_rtcsrv_down, Part::edge_rtcsrv, Reason::edge_lost},
    Row<Part>{FaultId::edge_down_inbound_blackhole, Part::edge_rtcsrv, Reason::edge_lost},
    Row<Part>{FaultId::edge_replica_down, Part::edge_replica},
    Row<Part>{FaultId::edge_rtcdataproxy_down, Part::edge_rtcdataproxy},
    Row<Part>{FaultId::edge_rtcmrauth_down, Part::edge_rtcmrauth, Reason::relay_lost},
    Row<Part>{FaultId::edge_rtcmediarelay_down, Part::edge_rtcmediarelay, Reason::relay_lost},
    Row<Part>{FaultId::fw_rule_edge_disabled, Part::edge_rule, Reason::network_lost},
    Row<Part>{FaultId::fw_rule_med_disabled, Part::mediation_rule, Reason::network_lost},
    Row<Part>{FaultId::host_vm_link_lost, Part::link},
    Row<Part>{FaultId::mgmt_service_stopped, Part::management},
    Row<Part>{FaultId::nic_ip_missing_on_deploy, Part::deployment, Reason::machine_lost},
    Row<Part>{FaultId::domain_join_failed, Part::deployment, Reason::machine_lost},
    Row<Part>{FaultId::edge_chain_untrusted, Part::edge_rtcmrauth, Reason::relay_lost},
    Row<Part>{FaultId::tenant_admin_cred_changed, Part::tenant_credential},
    Row<Part>{FaultId::host_password_changed, Part::cached_credentials},
    Row<Part>{FaultId::av_exclusions_missing, Part::download_path},
    Row<Part>{FaultId::edge_a_record_incomplete, Part::address_record},
    Row<Part>{FaultId::hybrid_ms_object_missing, Part::hybrid_object},
    Row<Part>{FaultId::hybrid_ms_object_licensed, Part::hybrid_object},
    Row<Part>{FaultId::hybrid_ms_object_wrong_edge, Part::hybrid_object},
    Row<Part>{FaultId::cceservice_password_mismatch, Part::service_credential},
    Row<Part>{FaultId::cabackup_password_mismatch, Part::ca_backup_credential},
    Row<Part>{FaultId::proxy_per_user, Part::download_path},
    Row<Part>{FaultId::old_ini_reused, Part::configuration},
    Row<Part>{FaultId::version_out_of_support, Part::support},
    Row<Part>{FaultId::winhttp_bypass_missing, Part::repair_path},
    Row<Part>{FaultId::mfa_on_tenant_admin, Part::tenant_credential},
    Row<Part>{FaultId::tenant_password_expired, Part::tenant_credential},
    Row<Part>{FaultId::edge_external_cert_expired, Part::edge_certificate, Reason::edge_lost},
    Row<Part>{FaultId::port_range_too_small, Part::media_ports},
    Row<Part>{FaultId::publish_forgotten, Part::published},
    Row<Part>{FaultId::host_uplink_lost, Part::uplink, Reason::network_lost},
    Row<Part>{FaultId::ad_services_down, Part::ad_services},
};

// Overload is what becomes of an appliance to which a gateway sends everything.
constexpr std::array gateway_rows{
    Row<GatewayPart>{FaultId::gateway_down, GatewayPart::power, Reason::gateway_lost},
    Row<GatewayPart>{FaultId::carrier_lost, GatewayPart::circuits, Reason::carrier_lost},
    Row<GatewayPart>{FaultId::carrier_reroute, GatewayPart::delivery},
    Row<GatewayPart>{FaultId::trunk_points_at_pool_fqdn, GatewayPart::targets},
    Row<GatewayPart>{FaultId::trunk_missing_for_appliance, GatewayPart::trunk},
    Row<GatewayPart>{FaultId::trunk_priority_unequal, GatewayPart::priorities},
    Row<GatewayPart>{FaultId::overload, GatewayPart::priorities},
    Row<GatewayPart>{FaultId::gateway_cross_site, GatewayPart::place},
    Row<GatewayPart>{FaultId::cce_root_not_on_gateway, GatewayPart::trust},
    Row<GatewayPart>{FaultId::gateway_root_not_on_ms, GatewayPart::trust},
    Row<GatewayPart>{FaultId::gateway_cert_bad_name, GatewayPart::trust},
    Row<GatewayPart>{FaultId::slow_setup_dropped, GatewayPart::patience},
    Row<GatewayPart>{FaultId::refer_unsupported, GatewayPart::transfers},
};

constexpr std::array site_rows{
    Row<SitePart>{FaultId::site_provider_lost, SitePart::provider, Reason::network_lost},
    Row<SitePart>{FaultId::firewall_port_closed, SitePart::sip_port},
    Row<SitePart>{FaultId::edge_a_record_missing, SitePart::address},
    Row<SitePart>{FaultId::srv_missing, SitePart::services},
    Row<SitePart>{FaultId::site_share_unreachable, SitePart::share},
    Row<SitePart>{FaultId::site_folder_shared_by_two_sites, SitePart::folder},
    Row<SitePart>{FaultId::appliances_installed_in_parallel, SitePart::order},
    Row<SitePart>{FaultId::auto_update_off, SitePart::auto_update},
    Row<SitePart>{FaultId::windows_unset, SitePart::windows},
};

}  // namespace

std::optional<Effect<Part>> effect_on_appliance(const Fault& fault) {
    if (fault.id == FaultId::vm_stopped || fault.id == FaultId::vm_saved)
        return Effect<Part>{vocabulary::part_of(*fault.machine), Reason::machine_lost};
    if (fault.id == FaultId::vm_off_corpnet)
        return Effect<Part>{vocabulary::corpnet_card(*fault.machine), Reason::network_lost};
    return effect_in(appliance_rows, fault.id);
}

std::optional<Effect<GatewayPart>> effect_on_gateway(FaultId id) {
    return effect_in(gateway_rows, id);
}

std::optional<Effect<SitePart>> effect_on_site(const Fault& fault) {
    if (fault.id == FaultId::firewall_port_closed && fault.media)
        return Effect<SitePart>{SitePart::media_ports, Reason::relay_lost};
    return effect_in(site_rows, fault.id);
}

std::optional<UserPart> effect_on_users(FaultId id) {
    switch (id) {
        case FaultId::user_not_voice_enabled:
            return UserPart::voice;
        case FaultId::user_unassigned:
        case FaultId::user_wrong_site:
            return UserPart::assignment;
        case FaultId::intl_disallowed:
            return UserPart::international;
        default:
            return std::nullopt;
    }
}

std::optional<TenantPart> effect_on_tenant(FaultId id) {
    switch (id) {
        case FaultId::peer_destination_unset:
        case FaultId::peer_destination_wrong:
            return TenantPart::peer_destination;
        case FaultId::shared_sip_space_false:
            return TenantPart::shared_sip_space;
        case FaultId::onprem_dialplan_true:
            return TenantPart::dial_plan;
        default:
            return std::nullopt;
    }
}

bool is_of_working_certificates(FaultId id) {
    return id == FaultId::server_certs_expiring || id == FaultId::server_certs_leaked ||
           id == FaultId::ca_expiring || id == FaultId::ca_compromised;
}

bool holds_nothing(FaultId id) {
    switch (id) {
        case FaultId::mgmt_switch_not_deletable:
        case FaultId::host_reboot_by_windows_update:
        case FaultId::wu_warning_on_ad_install:
        case FaultId::register_conflict:
        case FaultId::running_version_empty:
        case FaultId::dotnet_too_old:
        case FaultId::ini_state_line_missing:
        case FaultId::dism_dismount_failed:
        case FaultId::first_appliance_deploy_failed:
        case FaultId::manual_updates_needed:
        case FaultId::cmdlets_stale_after_update:
        case FaultId::stop_cswindowsservice_unknown:
        case FaultId::cloudconnector_module_missing:
            return true;
        default:
            return false;
    }
}

bool strikes_each_of_the_site(FaultId id) {
    return id == FaultId::tenant_admin_cred_changed;
}

bool acts_through_names(FaultId id) {
    return id == FaultId::edge_a_record_missing || id == FaultId::edge_a_record_incomplete ||
           id == FaultId::srv_missing;
}

}  // namespace sim::faults
