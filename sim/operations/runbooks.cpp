#include "sim/operations/clearing.hpp"

namespace sim::operations {

using Id = CmdletId;
using vocabulary::FaultId;

namespace {

// --- words ---------------------------------------------------------------------------------------------------

Want is(std::string_view parameter, std::string_view value) {
    return {parameter, Match::is, value};
}
Want says(std::string_view parameter, std::string_view part) {
    return {parameter, Match::has, part};
}
Want with(std::string_view parameter) {
    return {parameter, Match::there};
}
Want without(std::string_view parameter) {
    return {parameter, Match::absent};
}
Want on(std::string_view machine) {
    return {"Machine", Match::is, machine};
}
const Want on_the_host{"Machine", Match::absent};
const Want on_the_struck{"Machine", Match::struck_machine};
Want place(std::string_view parameter) {
    return {parameter, Match::struck_place};
}

Step step(At at, Deed deed) {
    return {{std::move(deed)}, at, {}, {}};
}
Step either(At at, std::vector<Deed> deeds) {
    return {std::move(deeds), at, {}, {}};
}
Step account(std::string_view by, std::vector<Deed> deeds) {
    return {std::move(deeds), At::each_account, by, {}};
}

// Each step after all before it.
Way in_order(FaultId fault, std::vector<Step> steps) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        for (std::size_t before = 0; before < i; ++before) steps[i].after.push_back(before);
    return {fault, std::move(steps)};
}
Way in_any_order(FaultId fault, std::vector<Step> steps) {
    return {fault, std::move(steps)};
}
Way by(FaultId fault, Step only) {
    return {fault, {std::move(only)}};
}

// What no cmdlet mends, somebody does by hand.
Way by_request(FaultId fault) {
    return by(fault,
              step(At::anywhere, {Id::request_change, {place("Place"), is("Id", vocabulary::text(fault))}}));
}

constexpr auto here = At::struck_host;
constexpr auto each = At::each_host;
constexpr auto anywhere = At::anywhere;

// A service of the product starts by its name, with all of its machine, or with the machine.
Way starts(FaultId fault, std::string_view service, std::string_view machine) {
    return by(fault, either(here, {{Id::start_cs_windows_service, {is("Name", service), on(machine)}},
                                   {Id::start_cs_windows_service, {without("Name"), on(machine)}},
                                   {Id::restart_computer, {on(machine)}}}));
}

const Deed sets_tenant_admin{Id::set_cc_credential, {is("AccountType", "TenantAdmin")}};
const Deed registers{Id::register_cc_appliance, {without("Local")}};
const Deed asks_for_passwords{Id::register_cc_appliance, {with("Local")}};
const Deed restarts_host{Id::restart_computer, {on_the_host}};
const Deed restarts_service{Id::restart_service, {is("Name", "CceManagementService")}};
const Deed installs{Id::install_cc_appliance, {without("PrepareOnly"), without("ShowStepsOnly")}};
const Deed uninstalls{Id::uninstall_cc_appliance, {}};

Deed writes(std::string_view key) {
    return {Id::set_content, {is("Key", key)}};
}

std::vector<Way> of_machines() {
    const auto attach = [](Want machine, std::string_view to) {
        return Deed{Id::connect_vm_network_adapter, {machine, says("SwitchName", to)}};
    };
    return {
        by_request(FaultId::host_crash),
        by(FaultId::vm_stopped, step(here, {Id::start_vm, {on_the_struck}})),
        by(FaultId::vm_saved, step(here, {Id::start_vm, {on_the_struck}})),
        by(FaultId::vm_off_corpnet, step(here, attach(on_the_struck, "Corpnet"))),
        by(FaultId::vm_off_internet, step(here, attach(on("edge"), "Internet"))),
        by(FaultId::dc_down_latent, step(here, {Id::start_vm, {on("ad")}})),
        starts(FaultId::cms_master_down, "MASTER", "cms"),
        starts(FaultId::cms_replica_down, "REPLICA", "cms"),
        starts(FaultId::med_rtcsrv_down, "RTCSRV", "mediation"),
        starts(FaultId::med_medsvc_down, "RTCMEDSRV", "mediation"),
        starts(FaultId::med_replica_down, "REPLICA", "mediation"),
        starts(FaultId::edge_rtcsrv_down, "RTCSRV", "edge"),
        starts(FaultId::edge_replica_down, "REPLICA", "edge"),
        starts(FaultId::edge_rtcdataproxy_down, "RTCDATAPROXY", "edge"),
        starts(FaultId::edge_rtcmrauth_down, "RTCMRAUTH", "edge"),
        starts(FaultId::edge_rtcmediarelay_down, "RTCMEDIARELAY", "edge"),
        starts(FaultId::edge_down_inbound_blackhole, "RTCSRV", "edge"),
        by(FaultId::fw_rule_edge_disabled,
           step(here, {Id::enable_net_firewall_rule, {is("DisplayName", "CS RTCSRV"), on("edge")}})),
        by(FaultId::fw_rule_med_disabled,
           step(here, {Id::enable_net_firewall_rule, {is("DisplayName", "CS RTCMEDSRV"), on("mediation")}})),
        by(FaultId::host_vm_link_lost, step(here, {Id::new_net_ip_address, {on_the_host}})),
        by_request(FaultId::host_vm_link_lost),
        by(FaultId::mgmt_service_stopped,
           either(here, {{Id::start_service, {is("Name", "CceManagementService")}}, restarts_service})),
        by_request(FaultId::host_uplink_lost),
        by(FaultId::ad_services_down, either(here, {{Id::start_service, {is("Name", "NTDS"), on("ad")}},
                                                    {Id::restart_service, {is("Name", "NTDS"), on("ad")}},
                                                    {Id::restart_computer, {on("ad")}}})),
    };
}

// S0, item by item; TRB for what it says in more words.
std::vector<Way> of_troubleshooting() {
    const Deed removes_switch{Id::remove_vm_switch, {says("Name", "Management")}};
    const Deed allows_updates{Id::set_cs_hybrid_pstn_site, {place("Identity"), is("EnableAutoUpdate", "true")}};
    const Deed patches{Id::install_windows_update, {on_the_host}};
    const auto dns_of = [](std::string_view machine) {
        return step(here, {Id::set_dns_client_server_address, {on(machine)}});
    };
    Way addresses =
        in_any_order(FaultId::domain_join_failed, {step(here, {Id::new_net_ip_address, {on("ad")}}),
                                                   dns_of("cms"), dns_of("mediation"), step(here, installs)});
    addresses.steps[3].after = {0, 1, 2};
    return {
        in_order(FaultId::nic_ip_missing_on_deploy,
                 {step(here, {Id::remove_vm, {}}), step(here, uninstalls), step(here, installs)}),
        addresses,
        in_order(FaultId::mgmt_switch_not_deletable,
                 {step(here, {Id::disconnect_vm_network_adapter, {}}), step(here, removes_switch)}),
        in_order(FaultId::mgmt_switch_not_deletable, {step(here, restarts_host), step(here, removes_switch)}),
        in_order(FaultId::edge_chain_untrusted,
                 {step(here, {Id::import_certificate, {on("edge")}}),
                  either(here, {{Id::start_cs_windows_service, {is("Name", "RTCMRAUTH"), on("edge")}},
                                {Id::start_cs_windows_service, {without("Name"), on("edge")}},
                                {Id::restart_computer, {on("edge")}}})}),
        by(FaultId::host_reboot_by_windows_update, step(here, patches)),
        in_order(
            FaultId::escalation_fails,
            {account("UserPrincipalName", {{Id::new_msol_user, {}}}),
             account("UserPrincipalName", {{Id::set_msol_user_license, {with("AddLicenses")}},
                                           {Id::new_msol_user, {with("LicenseAssignment")}}}),
             account("UserPrincipalName", {{Id::set_msol_user_license, {with("RemoveLicenses")}}}),
             account("UserPrincipalName", {{Id::set_msol_user, {is("Department", "HybridMediationServer")}}}),
             account("Identity", {{Id::set_cs_hybrid_mediation_server, {}}})}),
        by(FaultId::wu_warning_on_ad_install, step(anywhere, allows_updates)),
        by(FaultId::wu_warning_on_ad_install, step(each, patches)),
        in_order(FaultId::register_conflict,
                 {step(here, {Id::set_content, {without("Path")}}), step(here, registers)}),
        in_order(FaultId::register_conflict,
                 {step(here, {Id::set_content, {says("Path", "CloudConnector.ini")}}), step(here, registers)}),
        in_order(FaultId::register_conflict,
                 {step(anywhere, {Id::unregister_cs_hybrid_pstn_appliance, {with("Force")}}),
                  step(here, registers)}),
        in_order(FaultId::running_version_empty,
                 {step(here, {Id::remove_item, {says("Path", "module.ini")}}), step(here, registers)}),
        by(FaultId::running_version_empty, step(here, {Id::set_content, {says("Path", "module.ini")}})),
        by(FaultId::switched_to_old_version, step(here, {Id::switch_cc_version, {}})),
        in_order(FaultId::switched_to_old_version, {step(here, uninstalls), step(here, installs)}),
        by(FaultId::tenant_admin_cred_changed, step(each, sets_tenant_admin)),
        in_order(FaultId::host_password_changed,
                 {step(here, restarts_host), step(here, {Id::remove_item, {says("Path", "credentials")}}),
                  step(here, asks_for_passwords)}),
        by(FaultId::dotnet_too_old, step(here, {Id::install_package, {is("Name", "NetFramework")}})),
        by(FaultId::ini_state_line_missing,
           either(here, {writes("State"),
                         {Id::add_content, {says("Path", "CloudConnector.ini"), says("Value", "State")}}})),
        by(FaultId::dism_dismount_failed, step(here, {Id::dism, {with("Cleanup-Wim")}})),
        by(FaultId::first_appliance_deploy_failed, step(At::first_host, installs)),
        by(FaultId::first_appliance_deploy_failed,
           step(anywhere, {Id::set_cs_cce_appliance_deployment_status,
                           {is("Action", "Deploy"), is("Status", "Finished")}})),
        by(FaultId::manual_updates_needed, step(each, patches)),
        by(FaultId::cmdlets_stale_after_update,
           either(here, {{Id::exit_console, {}},
                         {Id::import_module, {is("Name", "CloudConnector"), with("Force")}}})),
        by(FaultId::stop_cswindowsservice_unknown,
           step(here, {Id::remove_item, {says("Path", "ModuleAnalysisCache")}})),
        by(FaultId::cloudconnector_module_missing,
           either(here, {{Id::set_item, {says("Path", "PSModulePath")}},
                         {Id::set_item_property, {is("Name", "PSModulePath")}}})),
        in_any_order(FaultId::av_exclusions_missing,
                     {step(here, {Id::add_mp_preference, {with("ExclusionPath")}}),
                      step(here, {Id::add_mp_preference,
                                  {says("ExclusionProcess", "Microsoft.Rtc.CCE.ManagementService")}})}),
    };
}

// What S3 takes for granted.
std::vector<Way> of_integration() {
    const Deed unlicenses{Id::set_msol_user_license, {with("RemoveLicenses")}};
    const Deed names_mediation{Id::set_cs_hybrid_mediation_server, {}};
    const auto user = place("Identity");
    return {
        by_request(FaultId::firewall_port_closed),
        by_request(FaultId::trunk_points_at_pool_fqdn),
        by_request(FaultId::trunk_missing_for_appliance),
        by_request(FaultId::trunk_priority_unequal),
        by_request(FaultId::gateway_cross_site),
        in_order(FaultId::cce_root_not_on_gateway,
                 {step(At::some_host, {Id::export_cc_root_certificate, {}}),
                  step(anywhere, {Id::import_certificate, {place("Gateway")}})}),
        by(FaultId::gateway_root_not_on_ms, step(each, {Id::set_cc_external_certificate_file_path,
                                                        {is("Target", "MediationServer"), with("Import")}})),
        in_order(FaultId::gateway_cert_bad_name,
                 {step(anywhere, {Id::request_certificate, {place("Gateway")}})}),
        by_request(FaultId::edge_a_record_missing),
        by_request(FaultId::edge_a_record_incomplete),
        by_request(FaultId::srv_missing),
        by(FaultId::peer_destination_unset,
           step(anywhere, {Id::set_cs_tenant_hybrid_configuration, {with("PeerDestination")}})),
        by(FaultId::peer_destination_wrong,
           step(anywhere, {Id::set_cs_tenant_hybrid_configuration, {{"PeerDestination", Match::other_site}}})),
        by(FaultId::shared_sip_space_false,
           step(anywhere, {Id::set_cs_tenant_federation_configuration, {is("SharedSipAddressSpace", "true")}})),
        by(FaultId::onprem_dialplan_true,
           step(anywhere, {Id::set_cs_tenant_hybrid_configuration, {is("UseOnPremDialPlan", "false")}})),
        by(FaultId::user_not_voice_enabled,
           step(anywhere, {Id::set_cs_user, {user, is("EnterpriseVoiceEnabled", "true")}})),
        by(FaultId::user_unassigned,
           step(anywhere, {Id::set_cs_user_pstn_settings, {user, place("HybridPSTNSite")}})),
        by(FaultId::user_wrong_site,
           step(anywhere, {Id::set_cs_user_pstn_settings,
                           {user, place("HybridPSTNSite"), {"HybridPSTNSite", Match::other_site}}})),
        by(FaultId::intl_disallowed,
           either(anywhere,
                  {{Id::grant_cs_voice_routing_policy, {user, is("PolicyName", "InternationalCallsAllowed")}},
                   {Id::set_cs_user_pstn_settings, {user, is("AllowInternationalCalls", "true")}}})),
        in_order(
            FaultId::hybrid_ms_object_missing,
            {account("UserPrincipalName", {{Id::new_msol_user, {}}}),
             account("UserPrincipalName", {{Id::set_msol_user_license, {with("AddLicenses")}},
                                           {Id::new_msol_user, {with("LicenseAssignment")}}}),
             account("UserPrincipalName", {unlicenses}),
             account("UserPrincipalName", {{Id::set_msol_user, {is("Department", "HybridMediationServer")}}}),
             account("Identity", {names_mediation})}),
        in_order(FaultId::hybrid_ms_object_licensed,
                 {account("UserPrincipalName", {unlicenses}), account("Identity", {names_mediation})}),
        by(FaultId::hybrid_ms_object_wrong_edge, account("Identity", {names_mediation})),
    };
}

std::vector<Way> of_sister_documents() {
    const Deed moves_folder{Id::set_cc_site_directory, {with("Path")}};
    return {
        by_request(FaultId::site_share_unreachable),
        in_order(FaultId::site_share_unreachable,
                 {step(each, moves_folder), step(each, uninstalls), step(each, installs)}),
        in_order(FaultId::cceservice_password_mismatch,
                 {step(here, {Id::set_local_user, {says("Name", "CceService")}}), step(here, restarts_host),
                  either(here, {asks_for_passwords, {Id::restore_cc_credentials, {}}})}),
        by(FaultId::cabackup_password_mismatch,
           either(here, {asks_for_passwords, {Id::restore_cc_credentials, {}}})),
        in_order(FaultId::site_folder_shared_by_two_sites,
                 {step(each, moves_folder), step(each, uninstalls), step(each, installs)}),
        by(FaultId::proxy_per_user, step(here, {Id::netsh, {is("Verb", "set")}})),
        in_order(
            FaultId::winhttp_bypass_missing,
            {step(here, {Id::netsh, {is("Verb", "set"), with("bypass-list")}}), step(here, restarts_service)}),
        in_order(FaultId::mfa_on_tenant_admin,
                 {step(anywhere, {Id::set_msol_user, {}}), step(here, sets_tenant_admin)}),
        in_order(FaultId::tenant_password_expired,
                 {step(anywhere, {Id::set_msol_user_password, {}}), step(here, sets_tenant_admin)}),
        by(FaultId::edge_external_cert_expired, step(here, {Id::set_cc_external_certificate_file_path,
                                                            {is("Target", "EdgeServer"), with("Import")}})),
        in_order(FaultId::old_ini_reused,
                 {step(here, {Id::set_content, {}}), step(here, {Id::import_cc_configuration, {}})}),
        by(FaultId::port_range_too_small,
           step(here, {Id::set_cs_mediation_server, {{"AudioPortCount", Match::more_ports}}})),
        by(FaultId::slow_setup_dropped,
           either(each, {{Id::set_content, {is("Key", "EnableFastFailoverTimer"), is("Value", "False")}},
                         {Id::set_cs_trunk_configuration, {is("EnableFastFailoverTimer", "false")}}})),
        in_order(FaultId::refer_unsupported,
                 {step(each, {Id::set_content, {is("Key", "EnableReferSupport"), is("Value", "False")}}),
                  step(each, uninstalls), step(each, {Id::unregister_cc_appliance, {without("Local")}}),
                  step(each, registers), step(each, installs)}),
        by(FaultId::refer_unsupported,
           step(each, {Id::set_cs_trunk_configuration, {is("EnableReferSupport", "false")}})),
        in_order(FaultId::version_out_of_support, {step(here, {Id::install_cc_appliance, {with("Upgrade")}}),
                                                   step(here, {Id::switch_cc_version, {}})}),
        by(FaultId::windows_unset,
           step(anywhere, {Id::set_cs_hybrid_pstn_site, {place("Identity"), with("OsUpdateTimeWindow")}})),
        by(FaultId::auto_update_off,
           step(anywhere, {Id::set_cs_hybrid_pstn_site, {place("Identity"), is("EnableAutoUpdate", "true")}})),
        by_request(FaultId::overload),
        by_request(FaultId::gateway_down),
        by(FaultId::publish_forgotten, step(here, {Id::publish_cc_appliance, {}})),
        in_order(FaultId::appliances_installed_in_parallel,
                 {step(At::each_later, uninstalls), step(At::each_later, registers),
                  step(At::each_later, installs)}),
        by_request(FaultId::site_provider_lost),
        by_request(FaultId::carrier_lost),
        by_request(FaultId::carrier_reroute),
        by_request(FaultId::common_cause),
    };
}

}  // namespace

const std::vector<Way>& ways_out() {
    static const std::vector<Way> all = [] {
        std::vector<Way> ways;
        for (const auto& some : {of_machines(), of_troubleshooting(), of_integration(), of_sister_documents()})
            ways.insert(ways.end(), some.begin(), some.end());
        return ways;
    }();
    return all;
}

// --- what one sees -------------------------------------------------------------------------------------------

const std::vector<Symptom>& symptoms() {
    constexpr auto refuses = Shows::refuses, tells = Shows::tells, hides = Shows::hides;
    constexpr std::string_view unknown =
        "The term '{}' is not recognized as the name of a cmdlet, function, script file, or operable program";
    const Deed reads_log{Id::get_content, {says("Path", "CceManagementService.log")}};
    static const std::vector<Symptom> all{
        {FaultId::nic_ip_missing_on_deploy,
         refuses,
         {installs},
         "a network card of a virtual machine has no valid IP address"},
        {FaultId::domain_join_failed,
         refuses,
         {installs},
         "the computer could not be joined to the domain: the specified domain either does not exist or could "
         "not be contacted"},
        {FaultId::mgmt_switch_not_deletable,
         refuses,
         {{Id::remove_vm_switch, {says("Name", "Management")}}},
         "Failed while removing virtual Ethernet switch 'Cloud Connector Management Switch': it is in use by "
         "running virtual machines"},
        {FaultId::edge_chain_untrusted,
         refuses,
         {{Id::start_cs_windows_service, {on("edge")}}},
         "Service RTCMRAUTH did not start: a certificate chain could not be built to a trusted root authority"},
        {FaultId::host_reboot_by_windows_update,
         tells,
         {{Id::get_win_event, {on_the_host}}},
         "1074: the process svchost.exe has initiated the restart of the computer: Windows Update, updates "
         "remain to be installed"},
        {FaultId::escalation_fails,
         refuses,
         {{Id::test_pstn_call, {with("Escalate")}}},
         "the call was answered, and the conference was not made"},
        {FaultId::wu_warning_on_ad_install,
         tells,
         {installs},
         "WARNING: Windows does not update itself on the AD machine"},
        {FaultId::register_conflict,
         refuses,
         {registers},
         "the name, or the Mediation Server's FQDN or IP address, belongs to another registered appliance"},
        {FaultId::running_version_empty,
         hides,
         {{Id::get_cc_running_version, {}}, {Id::get_cc_version, {is("VersionType", "RunningBits")}}},
         ""},
        {FaultId::tenant_admin_cred_changed,
         tells,
         {reads_log},
         "unexpected exception when reporting status online: logon failed for the tenant administrator"},
        {FaultId::host_password_changed,
         refuses,
         {{Id::get_cc_credential, {}},
          {Id::set_cc_credential, {}},
          {Id::set_cc_external_certificate_file_path, {with("Import")}},
          installs},
         "Key not valid for use in specified state."},
        {FaultId::host_password_changed, tells, {reads_log}, "Key not valid for use in specified state."},
        {FaultId::dotnet_too_old,
         refuses,
         {registers,
          asks_for_passwords,
          installs,
          {Id::publish_cc_appliance, {}},
          {Id::import_cc_configuration, {}}},
         "The property 'Common' cannot be found on this object. Verify that the property exists."},
        {FaultId::ini_state_line_missing,
         refuses,
         {installs},
         "Cannot set \"State\" because only strings can be used as values to set XmlNode properties."},
        {FaultId::dism_dismount_failed,
         refuses,
         {installs},
         "Dismount-WindowsImage failed. Error code = 0xc1550115"},
        {FaultId::first_appliance_deploy_failed,
         refuses,
         {installs},
         "the deployment of the first appliance of the site has not finished"},
        {FaultId::manual_updates_needed,
         tells,
         {{Id::get_win_event, {on_the_host}}},
         "17: Installation Ready: updates are downloaded and wait to be installed"},
        {FaultId::cmdlets_stale_after_update,
         refuses,
         {{Id::update_cc_ca_certificate, {}},
          {Id::update_cc_server_certificate, {}},
          {Id::import_cc_configuration, {}},
          {Id::export_cc_configuration, {}},
          {Id::get_cc_appliance_status, {}},
          {Id::restore_cc_credentials, {}}},
         unknown},
        {FaultId::stop_cswindowsservice_unknown,
         refuses,
         {{Id::enter_cc_update, {}}},
         "The term 'Stop-CsWindowsService' is not recognized as the name of a cmdlet, function, script file, "
         "or "
         "operable program"},
        {FaultId::cloudconnector_module_missing,
         refuses,
         {{Id::import_module, {is("Name", "CloudConnector")}}},
         "The specified module 'CloudConnector' was not loaded because no valid module file was found in any "
         "module directory."},
        {FaultId::cloudconnector_module_missing, refuses, {}, unknown},
        {FaultId::av_exclusions_missing,
         refuses,
         {installs, {Id::start_cc_download, {}}},
         "The process cannot access the file because it is being used by another process."},
    };
    return all;
}

}  // namespace sim::operations
