// Faults and what puts them right: each runbook clears its fault; without a step that is needed, or with two in
// the wrong order, it does not; looking and other safe steps on the way do no harm.

#include "sim/operations/clearing.hpp"
#include "tests/operations/console.hpp"
#include "tests/support/estates.hpp"

#include <algorithm>
#include <set>
#include <sstream>

using namespace tests;
namespace operations = sim::operations;
namespace topology = sim::topology;
namespace vocabulary = sim::vocabulary;
using vocabulary::Command;
using vocabulary::Fault;
using vocabulary::FaultPlace;
using vocabulary::VersionId;

namespace {

constexpr SiteId ams{0};
constexpr SiteId sea{1};
constexpr ApplianceId ams_1{0};
constexpr GatewayId gw{0};
constexpr CohortId users{0};
constexpr CohortId users_without_site{1};
constexpr vocabulary::CommonCauseId rack{0};
constexpr vocabulary::TheTenant tenant{};

// A place with faults, and nobody who carries cmdlets out: what is told to be done has been done.
struct Shop {
    sim::kernel::Simulation simulation{sim::kernel::Luck{}, start_of_run + 24h, true};
    topology::Fleet fleet;
    operations::Names names{};
    sim::faults::Injector injector;
    operations::Clearing clearing;

    explicit Shop(VersionId version = vocabulary::newest_version)
        : fleet(build(simulation, version)),
          injector(simulation, fleet, {}, causes()),
          clearing(fleet, injector, names) {
        names.sites = {"ams", "sea"};
        names.appliances = {"ams-1", "ams-2", "ams-3", "sea-1"};
        names.gateways = {"ams-gw-1"};
        names.common_causes = {"rack"};
    }

    static topology::Fleet build(sim::kernel::Simulation& simulation, VersionId version) {
        topology::Fleet fleet(simulation, {8min, {3min, 4min, 4min, 3min}});
        fleet.add_site(1);
        fleet.add_site(1);
        for (const SiteId site : {ams, ams, ams, sea}) {
            const ApplianceId id = fleet.add_appliance(site, 500, version);
            if (version > VersionId::v1_3_8)
                fleet.set_backup_version(id, {static_cast<VersionId>(static_cast<unsigned>(version) - 1)});
        }
        fleet.add_gateway(ams, 100, false, true);
        fleet.add_users(ams);
        fleet.add_users(std::nullopt);
        fleet.set_peer_destination(ams);
        return fleet;
    }
    static vocabulary::Table<vocabulary::CommonCauseId, std::vector<sim::faults::Taken>> causes() {
        vocabulary::Table<vocabulary::CommonCauseId, std::vector<sim::faults::Taken>> all;
        all.add({{ams_1, FaultId::host_crash}});
        return all;
    }

    void strike(const Fault& fault) {
        injector.strike(fault);
        REQUIRE(injector.in_force().size() == 1);
    }
    bool is_over() { return injector.in_force().empty(); }
};

// --- cmdlets as text -----------------------------------------------------------------------------------------

// "2: Set-CcCredential TenantAdmin": typed at the second host; without a number it has none.
Command as_typed(const std::string& line) {
    const std::size_t colon = line.find(": ");
    const bool has_host = colon == 1;
    std::istringstream words(has_host ? line.substr(3) : line);
    std::string name;
    words >> name;
    const vocabulary::Cmdlet* row = vocabulary::cmdlet_named(name);
    INFO(line);
    REQUIRE(row != nullptr);
    Command command{row->id, std::nullopt, {}};
    if (has_host) command.on = static_cast<ApplianceId>(line.front() - '1');
    std::vector<std::string> all;
    for (std::string word; words >> word;) {
        if (word.front() == '"')
            for (std::string more; word.back() != '"' && words >> more;) word += " " + more;
        if (word.front() == '"') word = word.substr(1, word.size() - 2);
        all.push_back(word);
    }
    const auto is_name = [](const std::string& word) { return word.size() > 1 && word.front() == '-'; };
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_name(all[i])) {  // the next one that may stand without its name
            const auto* next = std::find_if(
                row->parameters.begin(), row->parameters.end(), [&](const vocabulary::CmdletParameter& one) {
                    return one.positional && command.arguments.count(std::string{one.name}) == 0;
                });
            REQUIRE(next != row->parameters.end());
            REQUIRE_FALSE(vocabulary::add(command, next->name, all[i]).has_value());
            continue;
        }
        const bool has_value = i + 1 < all.size() && !is_name(all[i + 1]);
        const std::string parameter = all[i].substr(1);
        const auto wrong = has_value ? vocabulary::add(command, parameter, all[i + 1])
                                     : vocabulary::add(command, parameter, true);
        INFO(wrong.value_or(""));
        REQUIRE_FALSE(wrong.has_value());
        if (has_value) ++i;
    }
    return command;
}

// --- runbooks ------------------------------------------------------------------------------------------------

// Steps of one stage may be done in any order, and each after all of the stage before. Stage 0: looking, and
// what is safe to do besides.
struct Line {
    unsigned stage;
    std::string typed;
};
struct Runbook {
    FaultId fault;
    FaultPlace on;
    std::vector<Line> lines;
    VersionId version = vocabulary::newest_version;
    How how = {};

    Fault struck() const { return fault_on(fault, on, how); }
    std::string name() const { return std::string{vocabulary::text(fault)} + " by " + lines.back().typed; }
};

std::vector<Runbook> of_troubleshooting() {
    return {
        {FaultId::nic_ip_missing_on_deploy,
         ams_1,
         {{0, "1: Get-VM"},
          {0, "1: Stop-VM Edge -TurnOff"},
          {1, "1: Remove-VM Edge"},
          {2, "1: Uninstall-CcAppliance -Force"},
          {3, "1: Install-CcAppliance"}}},
        {FaultId::domain_join_failed,
         ams_1,
         {{0, "1: Get-ADDomain"},
          {0, "1: ping 10.0.0.4 -Machine CMS"},
          {1, "1: New-NetIPAddress 10.0.0.9 -InterfaceAlias Corpnet -Machine AD"},
          {1, "1: Set-DnsClientServerAddress -ServerAddresses 10.0.0.9 -Machine CMS"},
          {1, "1: Set-DnsClientServerAddress -ServerAddresses 10.0.0.9 -Machine Mediation"},
          {0, "1: Uninstall-CcAppliance"},
          {2, "1: Install-CcAppliance"}}},
        {FaultId::mgmt_switch_not_deletable,
         ams_1,
         {{1, R"(1: Disconnect-VMNetworkAdapter CMS -SwitchName "Cloud Connector Management Switch")"},
          {2, R"(1: Remove-VMSwitch "Cloud Connector Management Switch")"}}},
        {FaultId::mgmt_switch_not_deletable,
         ams_1,
         {{0, "1: Enter-CcUpdate"},
          {1, "1: Restart-Computer"},
          {2, R"(1: Remove-VMSwitch "Cloud Connector Management Switch")"},
          {0, "1: Exit-CcUpdate"}}},
        {FaultId::edge_chain_untrusted,
         ams_1,
         {{1, "1: Import-Certificate -FilePath chain.p7b -Machine Edge"},
          {2, "1: Start-CsWindowsService RTCMRAUTH -ComputerName Edge"},
          {0, "1: Get-CsWindowsService -ComputerName Edge"},
          {0, "1: Invoke-CsComputerFailBack -ComputerName Edge"},
          {0, "1: Switch-CcVersion"}},
         VersionId::v1_4_1},
        {FaultId::edge_chain_untrusted,
         ams_1,
         {{1, "1: Import-Certificate -FilePath chain.p7b -Machine Edge"},
          {2, "1: Restart-Computer -Machine Edge"}},
         VersionId::v1_4_1},
        {FaultId::host_reboot_by_windows_update,
         ams_1,
         {{0, "1: Get-WinEvent -Id 1074"},
          {0, "1: Enter-CcUpdate"},
          {1, "1: Install-WindowsUpdate"},
          {0, "1: Exit-CcUpdate"}}},
        {FaultId::escalation_fails,
         tenant,
         {{1, "New-MsolUser ms1@contoso.com -DisplayName ms1"},
          {1, "New-MsolUser ms2@contoso.com -DisplayName ms2"},
          {1, "New-MsolUser ms3@contoso.com -DisplayName ms3"},
          {1, "New-MsolUser ms4@contoso.com -DisplayName ms4"},
          {2, "Set-MsolUserLicense ms1@contoso.com -AddLicenses E5"},
          {2, "Set-MsolUserLicense ms2@contoso.com -AddLicenses E5"},
          {2, "Set-MsolUserLicense ms3@contoso.com -AddLicenses E5"},
          {2, "Set-MsolUserLicense ms4@contoso.com -AddLicenses E5"},
          {0, "Get-CsOnlineUser ms1@contoso.com"},
          {3, "Set-MsolUserLicense ms1@contoso.com -RemoveLicenses E5"},
          {3, "Set-MsolUserLicense ms2@contoso.com -RemoveLicenses E5"},
          {3, "Set-MsolUserLicense ms3@contoso.com -RemoveLicenses E5"},
          {3, "Set-MsolUserLicense ms4@contoso.com -RemoveLicenses E5"},
          {4, "Set-MsolUser ms1@contoso.com -Department HybridMediationServer"},
          {4, "Set-MsolUser ms2@contoso.com -Department HybridMediationServer"},
          {4, "Set-MsolUser ms3@contoso.com -Department HybridMediationServer"},
          {4, "Set-MsolUser ms4@contoso.com -Department HybridMediationServer"},
          {5, "Set-CsHybridMediationServer ms1 -Fqdn m1.cce -AccessProxyExternalFqdn ap.contoso.com"},
          {5, "Set-CsHybridMediationServer ms2 -Fqdn m2.cce -AccessProxyExternalFqdn ap.contoso.com"},
          {5, "Set-CsHybridMediationServer ms3 -Fqdn m3.cce -AccessProxyExternalFqdn ap.contoso.com"},
          {5, "Set-CsHybridMediationServer ms4 -Fqdn m4.cce -AccessProxyExternalFqdn ap2.contoso.com"}}},
        {FaultId::wu_warning_on_ad_install,
         ams,
         {{0, "Get-CsHybridPSTNSite ams"}, {1, "Set-CsHybridPSTNSite ams -EnableAutoUpdate $true"}}},
        {FaultId::wu_warning_on_ad_install,
         ams,
         {{1, "1: Install-WindowsUpdate"}, {1, "2: Install-WindowsUpdate"}, {1, "3: Install-WindowsUpdate"}}},
        {FaultId::register_conflict,
         ams_1,
         {{0, "1: Get-Content CloudConnector.ini"},
          {0, "Get-CsHybridPSTNAppliance"},
          {1, "1: Set-Content -Key ApplianceName -Value ams-1"},
          {2, "1: Register-CcAppliance"}}},
        {FaultId::register_conflict,
         ams_1,
         {{1, "Unregister-CsHybridPSTNAppliance old -Force"}, {2, "1: Register-CcAppliance"}}},
        {FaultId::running_version_empty,
         ams_1,
         {{0, "1: Get-Content module.ini"}, {1, "1: Remove-Item module.ini"}, {2, "1: Register-CcAppliance"}},
         VersionId::v1_4_1},
        {FaultId::running_version_empty,
         ams_1,
         {{1, "1: Set-Content module.ini -Value 1.4.1"}},
         VersionId::v1_4_1},
        {FaultId::switched_to_old_version,
         ams_1,
         {{0, "1: Get-CcVersion"}, {0, "1: Get-CcRunningVersion"}, {1, "1: Switch-CcVersion"}}},
        {FaultId::switched_to_old_version,
         ams_1,
         {{1, "1: Uninstall-CcAppliance"}, {2, "1: Install-CcAppliance"}}},
        {FaultId::tenant_admin_cred_changed,
         ams_1,
         {{0, "1: Get-Content CceManagementService.log"},
          {1, "1: Set-CcCredential TenantAdmin"},
          {1, "2: Set-CcCredential TenantAdmin"},
          {1, "3: Set-CcCredential TenantAdmin"}}},
        {FaultId::host_password_changed,
         ams_1,
         {{0, "1: Enter-CcUpdate"},
          {1, "1: Restart-Computer"},
          {2, "1: Remove-Item credentials.xml"},
          {3, "1: Register-CcAppliance -Local"},
          {0, "1: Set-CcCredential DomainAdmin"},
          {0, "1: Exit-CcUpdate"}}},
        {FaultId::dotnet_too_old,
         ams_1,
         {{1, "1: Install-Package NetFramework"}, {0, "1: Register-CcAppliance"}}},
        {FaultId::ini_state_line_missing,
         ams_1,
         {{0, "1: Set-Content -Key City -Value Amsterdam"},
          {1, "1: Set-Content -Key State -Value $null"},
          {0, "1: Install-CcAppliance"}}},
        {FaultId::ini_state_line_missing,
         ams_1,
         {{1, "1: Add-Content CloudConnector.ini -Value State="}, {0, "1: Install-CcAppliance"}}},
        {FaultId::dism_dismount_failed, ams_1, {{1, "1: DISM -Cleanup-Wim"}, {0, "1: Install-CcAppliance"}}},
        {FaultId::first_appliance_deploy_failed,
         ams,
         {{0, "1: Uninstall-CcAppliance"}, {1, "1: Install-CcAppliance"}}},
        {FaultId::first_appliance_deploy_failed,
         ams,
         {{0, "Get-CsHybridPSTNAppliance"},
          {1,
           "Set-CsCceApplianceDeploymentStatus cce00000-0000-4000-8000-000000000001 -Action Deploy -Status "
           "Finished"}}},
        {FaultId::manual_updates_needed,
         ams,
         {{0, "1: Enter-CcUpdate"},
          {1, "1: Install-WindowsUpdate"},
          {0, "1: Exit-CcUpdate"},
          {0, "2: Enter-CcUpdate"},
          {1, "2: Install-WindowsUpdate"},
          {0, "2: Exit-CcUpdate"},
          {1, "3: Install-WindowsUpdate"}}},
        {FaultId::cmdlets_stale_after_update, ams_1, {{1, "1: exit"}}},
        {FaultId::cmdlets_stale_after_update, ams_1, {{1, "1: Import-Module CloudConnector -Force"}}},
        {FaultId::stop_cswindowsservice_unknown,
         ams_1,
         {{1, "1: Remove-Item ModuleAnalysisCache"}, {0, "1: Enter-CcUpdate"}}},
        {FaultId::cloudconnector_module_missing,
         ams_1,
         {{0, "1: Test-Path CloudConnector.ini"},
          {1, R"(1: Set-Item Env:\PSModulePath -Value "C:\Program Files\WindowsPowerShell\Modules")"},
          {0, "1: Import-Module CloudConnector"}}},
        {FaultId::cloudconnector_module_missing,
         ams_1,
         {{1, "1: Set-ItemProperty HKLM -Name PSModulePath -Value Modules"}}},
        {FaultId::av_exclusions_missing,
         ams_1,
         {{1, R"(1: Add-MpPreference -ExclusionPath C:\CCE)"},
          {1, "1: Add-MpPreference -ExclusionProcess Microsoft.Rtc.CCE.ManagementService.exe"}}},
    };
}

// The rest of the catalogue: how each of them ends.
std::vector<Runbook> of_all_others() {
    const auto asked = [](FaultId fault, FaultPlace on, const std::string& place, How how = {}) {
        return Runbook{fault,
                       on,
                       {{1, "Request-Change -Place " + place + " -Id " + std::string{vocabulary::text(fault)}}},
                       vocabulary::newest_version,
                       how};
    };
    const auto started = [](FaultId fault, const std::string& service, const std::string& machine) {
        return Runbook{
            fault, ams_1, {{1, "1: Start-CsWindowsService " + service + " -ComputerName " + machine}}};
    };
    const How cms{.machine = Machine::cms};
    std::vector<Runbook> all{
        asked(FaultId::host_crash, ams_1, "ams-1"),
        {FaultId::vm_stopped, ams_1, {{1, "1: Start-VM CMS"}}, vocabulary::newest_version, cms},
        {FaultId::vm_saved, ams_1, {{1, "1: Start-VM CMS"}}, vocabulary::newest_version, cms},
        {FaultId::vm_off_corpnet,
         ams_1,
         {{1, R"(1: Connect-VMNetworkAdapter CMS -SwitchName "SfB CCE Corpnet Switch")"}},
         vocabulary::newest_version,
         cms},
        {FaultId::vm_off_internet,
         ams_1,
         {{1, R"(1: Connect-VMNetworkAdapter Edge -SwitchName "SfB CCE Internet Switch")"}}},
        {FaultId::dc_down_latent, ams_1, {{1, "1: Start-VM AD"}}},
        started(FaultId::cms_master_down, "MASTER", "CMS"),
        started(FaultId::cms_replica_down, "REPLICA", "CMS"),
        started(FaultId::med_rtcsrv_down, "RTCSRV", "Mediation"),
        started(FaultId::med_medsvc_down, "RTCMEDSRV", "Mediation"),
        started(FaultId::med_replica_down, "REPLICA", "Mediation"),
        started(FaultId::edge_rtcsrv_down, "RTCSRV", "Edge"),
        started(FaultId::edge_replica_down, "REPLICA", "Edge"),
        started(FaultId::edge_rtcdataproxy_down, "RTCDATAPROXY", "Edge"),
        started(FaultId::edge_rtcmrauth_down, "RTCMRAUTH", "Edge"),
        started(FaultId::edge_rtcmediarelay_down, "", "Edge"),
        started(FaultId::edge_down_inbound_blackhole, "RTCSRV", "Edge"),
        {FaultId::fw_rule_edge_disabled,
         ams_1,
         {{1, R"(1: Enable-NetFirewallRule "CS RTCSRV" -Machine Edge)"}}},
        {FaultId::fw_rule_med_disabled,
         ams_1,
         {{1, R"(1: Enable-NetFirewallRule "CS RTCMEDSRV" -Machine Mediation)"}}},
        {FaultId::host_vm_link_lost, ams_1, {{1, "1: New-NetIPAddress 10.0.0.2 -InterfaceAlias Corpnet"}}},
        asked(FaultId::host_vm_link_lost, ams_1, "ams-1"),
        {FaultId::mgmt_service_stopped, ams_1, {{1, "1: Start-Service CceManagementService"}}},
        {FaultId::mgmt_service_stopped, ams_1, {{1, "1: Restart-Service CceManagementService"}}},
        asked(FaultId::firewall_port_closed, ams, "ams"),
        asked(FaultId::trunk_points_at_pool_fqdn, gw, "ams-gw-1"),
        asked(FaultId::trunk_missing_for_appliance, gw, "ams-gw-1", {.to = ams_1}),
        asked(FaultId::trunk_priority_unequal, gw, "ams-gw-1"),
        asked(FaultId::gateway_cross_site, gw, "ams-gw-1", {.site = sea}),
        {FaultId::cce_root_not_on_gateway,
         gw,
         {{1, R"(2: Export-CcRootCertificate -Path C:\roots)"},
          {2, R"(Import-Certificate -FilePath C:\roots\CCERootCertificates.p7b -Gateway ams-gw-1)"}}},
        {FaultId::gateway_root_not_on_ms,
         gw,
         {{1, "2: Set-CcExternalCertificateFilePath -Target MediationServer -Path gw.cer -Import"}},
         vocabulary::newest_version,
         {.to = ApplianceId{1}}},
        {FaultId::gateway_cert_bad_name, gw, {{1, "Request-Certificate -Gateway ams-gw-1"}}},
        asked(FaultId::edge_a_record_missing, ams, "ams"),
        asked(FaultId::edge_a_record_incomplete, ams_1, "ams-1"),
        asked(FaultId::srv_missing, ams, "ams"),
        {FaultId::peer_destination_unset,
         tenant,
         {{1, "Set-CsTenantHybridConfiguration -PeerDestination ap.ams.contoso.com"}}},
        {FaultId::peer_destination_wrong,
         tenant,
         {{1, "Set-CsTenantHybridConfiguration -PeerDestination ap.ams.contoso.com"}},
         vocabulary::newest_version,
         {.site = sea}},
        {FaultId::shared_sip_space_false,
         tenant,
         {{1, "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true"}}},
        {FaultId::onprem_dialplan_true,
         tenant,
         {{1, "Set-CsTenantHybridConfiguration -UseOnPremDialPlan $false"}}},
        {FaultId::user_not_voice_enabled, users, {{1, "Set-CsUser ams -EnterpriseVoiceEnabled $true"}}},
        {FaultId::user_unassigned, users, {{1, "Set-CsUserPstnSettings ams -HybridPSTNSite ams"}}},
        {FaultId::user_wrong_site,
         users,
         {{1, "Set-CsUserPstnSettings ams -HybridPSTNSite ams"}},
         vocabulary::newest_version,
         {.site = sea}},
        {FaultId::intl_disallowed,
         users,
         {{1, "Grant-CsVoiceRoutingPolicy ams -PolicyName InternationalCallsAllowed"}}},
        {FaultId::intl_disallowed, users, {{1, "Set-CsUserPstnSettings ams -AllowInternationalCalls $true"}}},
        {FaultId::hybrid_ms_object_missing,
         ams_1,
         {{1, "New-MsolUser ms1@contoso.com -DisplayName ms1 -LicenseAssignment E5"},
          {2, "Set-MsolUserLicense ms1@contoso.com -RemoveLicenses E5"},
          {3, "Set-MsolUser ms1@contoso.com -Department HybridMediationServer"},
          {4, "Set-CsHybridMediationServer ms1 -Fqdn m1.cce -AccessProxyExternalFqdn ap.contoso.com"}}},
        {FaultId::hybrid_ms_object_licensed,
         ams_1,
         {{1, "Set-MsolUserLicense ms1@contoso.com -RemoveLicenses E5"},
          {2, "Set-CsHybridMediationServer ms1 -Fqdn m1.cce -AccessProxyExternalFqdn ap.contoso.com"}}},
        {FaultId::hybrid_ms_object_wrong_edge,
         ams_1,
         {{1, "Set-CsHybridMediationServer ms1 -Fqdn m1.cce -AccessProxyExternalFqdn ap.contoso.com"}}},
        asked(FaultId::site_share_unreachable, ams, "ams"),
        {FaultId::cceservice_password_mismatch,
         ams_1,
         {{0, "1: Enter-CcUpdate"},
          {1, "1: Set-LocalUser CceService -Password secret"},
          {2, "1: Restart-Computer"},
          {3, "1: Restore-CcCredentials"},
          {0, "1: Exit-CcUpdate"}}},
        {FaultId::cabackup_password_mismatch, ams_1, {{1, "1: Register-CcAppliance -Local"}}},
        {FaultId::site_folder_shared_by_two_sites,
         ams,
         {{1, R"(1: Set-CcSiteDirectory \\a\b)"},
          {1, R"(2: Set-CcSiteDirectory \\a\b)"},
          {1, R"(3: Set-CcSiteDirectory \\a\b)"},
          {0, "1: Start-CcDownload"},
          {0, R"(1: Convert-CcIsoToVhdx C:\server.iso)"},
          {2, "1: Uninstall-CcAppliance"},
          {2, "2: Uninstall-CcAppliance"},
          {2, "3: Uninstall-CcAppliance"},
          {3, "1: Install-CcAppliance"},
          {3, "2: Install-CcAppliance"},
          {3, "3: Install-CcAppliance"}}},
        {FaultId::proxy_per_user, ams_1, {{1, "1: netsh winhttp set proxy -proxy-server proxy:8080"}}},
        {FaultId::winhttp_bypass_missing,
         ams_1,
         {{1, "1: netsh winhttp set proxy -proxy-server proxy:8080 -bypass-list 10.0.0.*"},
          {2, "1: Restart-Service CceManagementService"}}},
        {FaultId::mfa_on_tenant_admin,
         ams_1,
         {{1, "Set-MsolUser admin@contoso.com -StrongAuthenticationRequirements $null"},
          {2, "1: Set-CcCredential TenantAdmin"}}},
        {FaultId::tenant_password_expired,
         ams_1,
         {{1, "Set-MsolUserPassword admin@contoso.com -NewPassword secret"},
          {2, "1: Set-CcCredential TenantAdmin"}}},
        {FaultId::edge_external_cert_expired,
         ams_1,
         {{0, "1: Enter-CcUpdate"},
          {1, "1: Set-CcExternalCertificateFilePath -Target EdgeServer -Path new.pfx -Import"},
          {0, "1: Exit-CcUpdate"}}},
        {FaultId::old_ini_reused,
         ams_1,
         {{0, "1: Export-CcConfigurationSampleFile"},
          {1, "1: Set-Content -Key SiteName -Value ams"},
          {2, "1: Import-CcConfiguration -Force"}}},
        {FaultId::port_range_too_small,
         ams_1,
         {{1, "1: Set-CsMediationServer ams-1 -AudioPortStart 50000 -AudioPortCount 2000"}},
         vocabulary::newest_version,
         {.ports = 40}},
        {FaultId::slow_setup_dropped,
         gw,
         {{1, "1: Set-Content -Key EnableFastFailoverTimer -Value False"},
          {1, "2: Set-CsTrunkConfiguration -EnableFastFailoverTimer $false"},
          {1, "3: Set-Content -Key EnableFastFailoverTimer -Value False"}}},
        {FaultId::refer_unsupported,
         gw,
         {{1, "1: Set-CsTrunkConfiguration -EnableReferSupport $false"},
          {1, "2: Set-CsTrunkConfiguration -EnableReferSupport $false"},
          {1, "3: Set-CsTrunkConfiguration -EnableReferSupport $false"}}},
        {FaultId::version_out_of_support,
         ams_1,
         {{0, "1: Uninstall-Package CloudConnector"},
          {0, "1: Install-Package CloudConnector"},
          {0, "1: Register-CcAppliance"},
          {0, "1: Start-CcDownload"},
          {0, R"(1: Convert-CcIsoToVhdx C:\server.iso)"},
          {1, "1: Install-CcAppliance -Upgrade"},
          {2, "1: Switch-CcVersion"}},
         VersionId::v2_0_1},
        {FaultId::windows_unset, ams, {{1, "Set-CsHybridPSTNSite ams -OsUpdateTimeWindow Night"}}},
        {FaultId::auto_update_off, ams, {{1, "Set-CsHybridPSTNSite ams -EnableAutoUpdate $true"}}},
        asked(FaultId::overload, gw, "ams-gw-1"),
        asked(FaultId::gateway_down, gw, "ams-gw-1"),
        {FaultId::publish_forgotten, ams_1, {{1, "1: Publish-CcAppliance"}}},
        {FaultId::appliances_installed_in_parallel,
         ams,
         {{1, "2: Uninstall-CcAppliance"},
          {1, "3: Uninstall-CcAppliance"},
          {2, "2: Register-CcAppliance"},
          {2, "3: Register-CcAppliance"},
          {0, "1: Publish-CcAppliance"},
          {3, "2: Install-CcAppliance"},
          {3, "3: Install-CcAppliance"}}},
        asked(FaultId::host_uplink_lost, ams_1, "ams-1"),
        asked(FaultId::site_provider_lost, ams, "ams"),
        {FaultId::ad_services_down, ams_1, {{1, "1: Start-Service NTDS -Machine AD"}}},
        asked(FaultId::carrier_lost, gw, "ams-gw-1"),
        asked(FaultId::carrier_reroute, gw, "ams-gw-1"),
        asked(FaultId::common_cause, rack, "rack"),
    };
    return all;
}

std::vector<Runbook> runbooks() {
    std::vector<Runbook> all = of_troubleshooting();
    for (Runbook& other : of_all_others()) all.push_back(std::move(other));
    return all;
}

bool clears(const Runbook& runbook, const std::vector<Line>& lines) {
    Shop shop(runbook.version);
    shop.strike(runbook.struck());
    for (const Line& line : lines) shop.clearing.done(as_typed(line.typed));
    return shop.is_over();
}

// Each appliance, and each account, has an order of its own.
bool are_of_different_ones(const std::string& one, const std::string& other) {
    const auto who = [](const std::string& line) {
        if (line[1] == ':') return line.substr(0, 1);
        const std::size_t at = line.find(" ms");
        return at == std::string::npos ? std::string{} : line.substr(at + 1, 3);
    };
    return !who(one).empty() && !who(other).empty() && who(one) != who(other);
}

// Those that others own: certificates end by being replaced.
bool is_of_certificates(FaultId id) {
    return id == FaultId::server_certs_expiring || id == FaultId::server_certs_leaked ||
           id == FaultId::ca_expiring || id == FaultId::ca_compromised;
}

}  // namespace

TEST_CASE("each fault that can be injected has a runbook that ends it", "[clearing]") {
    std::set<std::string_view> mended, known;
    for (const Runbook& runbook : runbooks()) mended.insert(vocabulary::text(runbook.fault));
    for (const vocabulary::FaultName& fault : vocabulary::fault_names)
        if (fault.can_be_injected() && fault.can_last && !is_of_certificates(fault.id))
            known.insert(fault.name);
    CHECK(mended == known);
}

TEST_CASE("a runbook ends its fault with its last needed step", "[clearing]") {
    for (const Runbook& runbook : runbooks()) {
        INFO(runbook.name());
        Shop shop(runbook.version);
        shop.strike(runbook.struck());
        std::size_t needed = 0;
        for (const Line& line : runbook.lines) needed += line.stage > 0 ? 1 : 0;
        for (const Line& line : runbook.lines) {
            INFO(line.typed);
            shop.clearing.done(as_typed(line.typed));
            if (line.stage > 0) --needed;
            CHECK(shop.is_over() == (needed == 0));
        }
        const auto& records = shop.simulation.journal().records();
        CHECK(std::count_if(records.begin(), records.end(),
                            [](const Record& entry) { return entry.kind == record::fault_cleared; }) == 1);
    }
}

TEST_CASE("a runbook of which only the needed steps are done ends its fault", "[clearing]") {
    for (const Runbook& runbook : runbooks()) {
        INFO(runbook.name());
        std::vector<Line> lines = runbook.lines;
        std::erase_if(lines, [](const Line& line) { return line.stage == 0; });
        CHECK(clears(runbook, lines));
    }
}

TEST_CASE("a runbook without one of its needed steps does not end its fault", "[clearing]") {
    for (const Runbook& runbook : runbooks())
        for (std::size_t left_out = 0; left_out < runbook.lines.size(); ++left_out) {
            if (runbook.lines[left_out].stage == 0) continue;
            INFO(runbook.name() << ", without " << runbook.lines[left_out].typed);
            std::vector<Line> lines = runbook.lines;
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(left_out));
            CHECK_FALSE(clears(runbook, lines));
        }
}

TEST_CASE("a runbook with two ordered steps swapped does not end its fault", "[clearing]") {
    std::size_t swaps = 0;
    for (const Runbook& runbook : runbooks())
        for (std::size_t i = 0; i < runbook.lines.size(); ++i)
            for (std::size_t j = i + 1; j < runbook.lines.size(); ++j) {
                const unsigned first = runbook.lines[i].stage, second = runbook.lines[j].stage;
                if (first == 0 || second <= first) continue;
                if (are_of_different_ones(runbook.lines[i].typed, runbook.lines[j].typed)) continue;
                INFO(runbook.name() << ", swapping " << runbook.lines[i].typed << " and "
                                    << runbook.lines[j].typed);
                std::vector<Line> lines = runbook.lines;
                std::swap(lines[i], lines[j]);
                CHECK_FALSE(clears(runbook, lines));
                ++swaps;
            }
    CHECK(swaps > 80);
}

TEST_CASE("steps that need no order may be taken in any", "[clearing]") {
    for (const Runbook& runbook : runbooks()) {
        INFO(runbook.name());
        std::vector<Line> lines = runbook.lines;
        std::erase_if(lines, [](const Line& line) { return line.stage == 0; });
        std::reverse(lines.begin(), lines.end());
        std::stable_sort(lines.begin(), lines.end(),
                         [](const Line& a, const Line& b) { return a.stage < b.stage; });
        CHECK(clears(runbook, lines));
    }
}

TEST_CASE("a step that came too early counts when it is done again in its turn", "[clearing]") {
    const Runbook after_a_password{FaultId::host_password_changed, ams_1, {}};
    const std::vector<Line> lines{{1, "1: Register-CcAppliance -Local"},
                                  {1, "1: Restart-Computer"},
                                  {1, "1: Remove-Item credentials.xml"},
                                  {1, "1: Register-CcAppliance -Local"}};
    CHECK(clears(after_a_password, lines));
}

TEST_CASE("accounts may be made one after the other from end to end", "[clearing]") {
    const std::vector<Runbook> all = of_troubleshooting();
    const auto rb6 = std::find_if(all.begin(), all.end(),
                                  [](const Runbook& one) { return one.fault == FaultId::escalation_fails; });
    std::vector<Line> lines;
    for (const char number : {'1', '2', '3', '4'})
        for (const Line& line : rb6->lines)
            if (line.typed.find(std::string{"ms"} + number) != std::string::npos) lines.push_back(line);
    CHECK(clears(*rb6, lines));
}

TEST_CASE("what is done at another host mends nothing here", "[clearing]") {
    for (const Runbook& runbook : runbooks()) {
        std::vector<Line> lines = runbook.lines;
        bool has_host = false;
        for (Line& line : lines) {
            if (line.typed[1] != ':') continue;
            line.typed.front() = '4';  // the other site's
            has_host = has_host || line.stage > 0;
        }
        if (!has_host) continue;
        INFO(runbook.name());
        CHECK_FALSE(clears(runbook, lines));
    }
}

TEST_CASE("what has a life of its own ends in its own time", "[clearing]") {
    for (Runbook& runbook : runbooks()) {
        INFO(runbook.name());
        runbook.how.lasts = 1h;
        CHECK_FALSE(clears(runbook, runbook.lines));
    }
}

TEST_CASE("a fault that came back has to be put right from the beginning", "[clearing]") {
    Shop shop;
    const Runbook runbook{FaultId::host_password_changed, ams_1, {}};
    const std::vector<std::string> lines{"1: Restart-Computer", "1: Remove-Item credentials.xml",
                                         "1: Register-CcAppliance -Local"};
    shop.strike(runbook.struck());
    for (const std::string& line : lines) shop.clearing.done(as_typed(line));
    CHECK(shop.is_over());
    shop.strike(runbook.struck());
    shop.clearing.done(as_typed(lines.back()));
    CHECK_FALSE(shop.is_over());
}

TEST_CASE("what strikes twice at one place is one fault", "[clearing]") {
    Shop shop;
    shop.strike(fault_on(FaultId::dism_dismount_failed, ams_1));
    shop.strike(fault_on(FaultId::dism_dismount_failed, ams_1));
    shop.clearing.done(as_typed("1: DISM -Cleanup-Wim"));
    CHECK(shop.is_over());
}

// --- symptoms ------------------------------------------------------------------------------------------------

namespace {

struct Seen {
    FaultId fault;
    FaultPlace on;
    std::string typed, text;
    VersionId version = vocabulary::newest_version;
};
std::vector<Seen> refusals() {
    return {
        {FaultId::nic_ip_missing_on_deploy, ams_1, "1: Install-CcAppliance", "no valid IP address"},
        {FaultId::domain_join_failed, ams_1, "1: Install-CcAppliance", "could not be joined to the domain"},
        {FaultId::mgmt_switch_not_deletable, ams_1, R"(1: Remove-VMSwitch "Cloud Connector Management Switch")",
         "in use by running virtual machines"},
        {FaultId::edge_chain_untrusted, ams_1, "1: Start-CsWindowsService RTCMRAUTH -ComputerName Edge",
         "RTCMRAUTH did not start", VersionId::v1_4_1},
        {FaultId::escalation_fails, tenant, "Test-PstnCall -Escalate", "the conference was not made"},
        {FaultId::register_conflict, ams_1, "1: Register-CcAppliance", "belongs to another"},
        {FaultId::host_password_changed, ams_1, "1: Get-CcCredential TenantAdmin",
         "Key not valid for use in specified state."},
        {FaultId::dotnet_too_old, ams_1, "1: Register-CcAppliance",
         "The property 'Common' cannot be found on this object."},
        {FaultId::ini_state_line_missing, ams_1, "1: Install-CcAppliance", "Cannot set \"State\""},
        {FaultId::dism_dismount_failed, ams_1, "1: Install-CcAppliance -Upgrade", "0xc1550115"},
        {FaultId::first_appliance_deploy_failed, ams, "2: Install-CcAppliance", "first appliance of the site"},
        {FaultId::cmdlets_stale_after_update, ams_1, "1: Update-CcServerCertificate",
         "The term 'Update-CcServerCertificate' is not recognized"},
        {FaultId::stop_cswindowsservice_unknown, ams_1, "1: Enter-CcUpdate",
         "The term 'Stop-CsWindowsService' is not recognized"},
        {FaultId::cloudconnector_module_missing, ams_1, "1: Import-Module CloudConnector",
         "no valid module file was found"},
        {FaultId::cloudconnector_module_missing, ams_1, "1: Enter-CcUpdate",
         "The term 'Enter-CcUpdate' is not recognized"},
        {FaultId::av_exclusions_missing, ams_1, "1: Start-CcDownload", "used by another process"},
    };
}
std::vector<Seen> lines_told() {
    return {
        {FaultId::host_reboot_by_windows_update, ams_1, "2: Get-VM", ""},
        {FaultId::wu_warning_on_ad_install, ams, "1: Install-CcAppliance", "WARNING: Windows does not update"},
        {FaultId::tenant_admin_cred_changed, ams_1, "1: Get-Content CceManagementService.log",
         "logon failed for the tenant administrator"},
        {FaultId::host_password_changed, ams_1, "1: Get-Content CceManagementService.log", "Key not valid"},
        {FaultId::manual_updates_needed, ams, "3: Get-WinEvent", "wait to be installed"},
        {FaultId::host_reboot_by_windows_update, ams_1, "1: Get-WinEvent", "Windows Update"},
    };
}
std::string shown(Shop& shop, const std::string& line) {
    operations::Answer answer;
    shop.clearing.show(as_typed(line), answer);
    return answer.empty() ? "" : std::get<std::string>(answer.front().front().second);
}

}  // namespace

TEST_CASE("a fault stops the cmdlet that it breaks, there and nowhere else, until it is mended", "[clearing]") {
    for (const Seen& seen : refusals()) {
        INFO(vocabulary::text(seen.fault) << ", " << seen.typed);
        Shop shop(seen.version);
        CHECK(shop.clearing.in_the_way(as_typed(seen.typed)).empty());
        shop.strike(fault_on(seen.fault, seen.on));
        CHECK_THAT(shop.clearing.in_the_way(as_typed(seen.typed)), Catch::Contains(seen.text));
        if (seen.typed[1] == ':') {
            std::string elsewhere = seen.typed;
            elsewhere.front() = '4';
            CHECK(shop.clearing.in_the_way(as_typed(elsewhere)).empty());
        }
        shop.injector.mend(shop.injector.in_force().front());
        CHECK(shop.clearing.in_the_way(as_typed(seen.typed)).empty());
    }
}

TEST_CASE("no step of a runbook is stopped by the fault that it mends", "[clearing]") {
    for (const Runbook& runbook : runbooks()) {
        Shop shop(runbook.version);
        shop.strike(runbook.struck());
        for (const Line& line : runbook.lines) {
            INFO(runbook.name() << ": " << line.typed);
            if (!shop.is_over() && line.stage > 0)
                CHECK(shop.clearing.in_the_way(as_typed(line.typed)).empty());
            shop.clearing.done(as_typed(line.typed));
        }
    }
}

TEST_CASE("what a log or an answer tells of a fault is there while the fault is", "[clearing]") {
    for (const Seen& seen : lines_told()) {
        INFO(vocabulary::text(seen.fault) << ", " << seen.typed);
        Shop shop;
        CHECK(shown(shop, seen.typed).empty());
        shop.strike(fault_on(seen.fault, seen.on));
        CHECK_THAT(shown(shop, seen.typed), Catch::Contains(seen.text));
        CHECK(shown(shop, seen.typed).empty() == seen.text.empty());
    }
}

TEST_CASE("Get-CcRunningVersion answers nothing while nobody knows what runs", "[clearing]") {
    Shop shop(VersionId::v1_4_1);
    operations::Answer answer{{{"Version", std::string{"1.4.1"}}}};
    shop.clearing.show(as_typed("1: Get-CcRunningVersion"), answer);
    CHECK(answer.size() == 1);
    shop.strike(fault_on(FaultId::running_version_empty, ams_1));
    shop.clearing.show(as_typed("1: Get-CcRunningVersion"), answer);
    CHECK(answer.empty());
}

TEST_CASE("each fault of the troubleshooting guide shows somewhere", "[clearing]") {
    std::set<FaultId> seen{
        FaultId::switched_to_old_version,  // in Get-CcVersion, for what runs is the older one
        FaultId::running_version_empty};
    for (const Seen& one : refusals()) seen.insert(one.fault);
    for (const Seen& one : lines_told()) seen.insert(one.fault);
    for (const vocabulary::FaultName& fault : vocabulary::fault_names) {
        if (fault.chapter != vocabulary::Chapter::troubleshooting || is_of_certificates(fault.id)) continue;
        INFO(fault.name);
        CHECK(seen.count(fault.id) == 1);
    }
}

// --- what it does to the world -------------------------------------------------------------------------------

TEST_CASE("a release that does not have the fault is not struck", "[clearing]") {
    for (const auto& [fault, version] : {std::pair{FaultId::edge_chain_untrusted, VersionId::v1_4_2},
                                         std::pair{FaultId::running_version_empty, VersionId::v1_4_2},
                                         std::pair{FaultId::dotnet_too_old, VersionId::v2_0_1},
                                         std::pair{FaultId::ini_state_line_missing, VersionId::v2_0_1}}) {
        Shop shop(version);
        shop.injector.strike(fault_on(fault, ams_1));
        CHECK(shop.is_over());
        CHECK(shop.simulation.journal().records().back().kind == record::fault_had_no_effect);
    }
}

TEST_CASE("an appliance that did not deploy serves nobody until it is installed again", "[clearing]") {
    for (const FaultId fault : {FaultId::nic_ip_missing_on_deploy, FaultId::domain_join_failed}) {
        Shop shop;
        shop.strike(fault_on(fault, ams_1));
        CHECK_FALSE(shop.fleet.appliances()[ams_1].ready);
        shop.injector.mend(shop.injector.in_force().front());
        CHECK(shop.fleet.appliances()[ams_1].ready);
    }
}

TEST_CASE("a changed password of the tenant administrator silences every host of the site", "[clearing]") {
    Shop shop;
    shop.strike(fault_on(FaultId::tenant_admin_cred_changed, ams_1));
    for (const ApplianceId id : shop.fleet.sites()[ams].appliances) CHECK_FALSE(shop.fleet.can_report(id));
    CHECK(shop.fleet.can_report(ApplianceId{3}));
    shop.injector.mend(shop.injector.in_force().front());
    for (const ApplianceId id : shop.fleet.sites()[ams].appliances) CHECK(shop.fleet.can_report(id));
}

TEST_CASE("switched back, the older machines run without HA support until somebody switches forward",
          "[clearing]") {
    Shop shop;
    const topology::Appliance& appliance = shop.fleet.appliances()[ams_1];
    shop.strike(fault_on(FaultId::switched_to_old_version, ams_1));
    CHECK(appliance.version == VersionId::v2_0_1);
    CHECK_FALSE(appliance.has_ha_support());
    shop.fleet.switch_sets(ams_1, Reason::stopped_by_operator);
    CHECK(shop.is_over());
    CHECK(appliance.has_ha_support());
}

TEST_CASE("Windows Update restarts the host at once", "[clearing]") {
    Shop shop;
    shop.strike(fault_on(FaultId::host_reboot_by_windows_update, ams_1));
    CHECK(shop.fleet.appliances()[ams_1].host == topology::Power::starting);
}

TEST_CASE("a fault of names that is mended is believed for as long as an old record", "[clearing]") {
    Shop shop;
    const sim::faults::Assumed assumed{1h, 0};
    sim::faults::Injector injector(shop.simulation, shop.fleet, assumed, Shop::causes());
    operations::Clearing clearing(shop.fleet, injector, shop.names);
    injector.strike(fault_on(FaultId::edge_a_record_missing, ams));
    CHECK(injector.in_force().size() == 1);
    clearing.done(as_typed("Request-Change -Place ams -Id edge-a-record-missing"));
    CHECK(injector.in_force().empty());
    CHECK(shop.simulation.journal().records().back().kind == record::fault_cleared);
}

// --- typed at the desk ---------------------------------------------------------------------------------------

namespace {

// Hours apart, so that hosts and machines are back; in a world where nothing else happens.
struct Typed {
    std::size_t cleared = 0;
    std::string errors;  // of needed steps
};
// What the runbook's words speak of: somebody has made it, in a session to the directory where it is an
// account.
std::vector<std::string> already_there(FaultId fault) {
    switch (fault) {
        case FaultId::hybrid_ms_object_licensed:
        case FaultId::hybrid_ms_object_wrong_edge:
            return {"Connect-MsolService",
                    "New-MsolUser ms1@contoso.com -DisplayName ms1 -LicenseAssignment E5",
                    "Set-MsolUser ms1@contoso.com -Department HybridMediationServer",
                    "Set-MsolUserLicense ms1@contoso.com -RemoveLicenses E5"};
        case FaultId::mfa_on_tenant_admin:
        case FaultId::tenant_password_expired:
            return {"Connect-MsolService", "New-MsolUser admin@contoso.com -DisplayName admin"};
        case FaultId::windows_unset:
            return {"New-CsTenantUpdateTimeWindow Night -Daily -StartTime 22:00 -Duration 6:00"};
        case FaultId::register_conflict:
            return {
                "Register-CsHybridPSTNAppliance -Name old -SiteName ams -MediationServerIPAddress 10.9.9.9 "
                "-MediationServerFqdn old.cce"};
        default:
            return {"Connect-MsolService"};
    }
}

Typed type(const Runbook& runbook, const std::vector<Line>& lines) {
    Scenario plan = quiet_world(240h);
    add_site(plan, "ams", 3, 500);
    add_site(plan, "sea", 1, 500);
    plan.gateways[gw].protocol = sim::scenario::Protocol::tls;
    add_users(plan, ams, 0);
    add_users(plan, std::nullopt, 0);
    plan.peer_destination = ams;
    plan.common_causes.add({"rack", {ams_1, gw}, {}});
    for (sim::scenario::Appliance& one : plan.appliances) one.version = runbook.version;
    if (runbook.fault == FaultId::switched_to_old_version)
        for (sim::scenario::Appliance& one : plan.appliances) one.backup_version = VersionId::v2_0;
    plan.policies[0].recovery = sim::scenario::RecoveryPolicy::none;
    fails_at(plan, 1h, runbook.fault, runbook.on, runbook.how);
    Console console;
    Duration at = 8h;
    const std::vector<std::string> before = already_there(runbook.fault);
    for (const std::string& line : before) console.types(at += 1h, as_typed(line));
    for (const Line& line : lines) console.types(at += 8h, as_typed(line.typed));
    Typed result;
    result.cleared = console.lives(plan).times(record::fault_cleared).size();
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].stage > 0 && !console.error(before.size() + i).empty())
            result.errors += lines[i].typed + ": " + console.error(before.size() + i) + "\n";
    return result;
}
bool can_be_typed(const Runbook& runbook) {
    return std::all_of(runbook.lines.begin(), runbook.lines.end(), [](const Line& line) {
        return line.stage == 0 || operations::verb(as_typed(line.typed).cmdlet) != nullptr;
    });
}

}  // namespace

TEST_CASE("what is typed at the desk clears what the runbook says it clears", "[clearing][desk]") {
    for (const Runbook& runbook : runbooks()) {
        if (!can_be_typed(runbook)) continue;
        INFO(runbook.name());
        const Typed typed = type(runbook, runbook.lines);
        CHECK(typed.errors.empty());
        INFO(typed.errors);
        CHECK(typed.cleared > 0);
    }
}

TEST_CASE("what is typed at the desk without a needed step does not clear a fault of the guide",
          "[clearing][desk]") {
    for (const Runbook& runbook : of_troubleshooting()) {
        if (!can_be_typed(runbook)) continue;
        const std::size_t all = type(runbook, runbook.lines).cleared;
        for (std::size_t left_out = 0; left_out < runbook.lines.size(); ++left_out) {
            if (runbook.lines[left_out].stage == 0) continue;
            INFO(runbook.name() << ", without " << runbook.lines[left_out].typed);
            std::vector<Line> lines = runbook.lines;
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(left_out));
            CHECK(type(runbook, lines).cleared < all);
        }
    }
}
