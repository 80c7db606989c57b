#include "sim/vocabulary/cmdlets.hpp"

#include "sim/vocabulary/letters.hpp"

namespace sim::vocabulary {

namespace {

using enum VersionId;

constexpr CmdletWord machine_words[]{{"AD"}, {"CMS"}, {"Mediation"}, {"Edge"}};

// The service's own account and the password of the CA's backup came with 2.0, the monitoring workspace
// with 2.1 (PREP, MOD, OMS).
constexpr CmdletWord accounts_read[]{
    {"VmAdmin"},     {"DomainAdmin"},      {"SafeModeAdmin"},      {"ExternalCert"},
    {"TenantAdmin"}, {"CceService", v2_0}, {"CABackupFile", v2_0}, {"OMSWorkspace", v2_1}};
constexpr CmdletWord accounts_set[]{
    {"TenantAdmin"}, {"VmAdmin", v2_0}, {"DomainAdmin", v2_0}, {"OMSWorkspace", v2_1}};
constexpr CmdletWord certificate_targets[]{{"EdgeServer"}, {"MediationServer"}};
constexpr CmdletWord certificate_roles[]{{"Cms"}, {"MS"}, {"Edge"}};
constexpr CmdletWord version_types[]{{"RunningScripts"}, {"RunningBits"}, {"BackupBits"}, {"All"}};
constexpr CmdletWord deployment_actions[]{{"Deploy"}, {"BitsUpdate"}, {"OsUpdate"}, {"Remove"}};
constexpr CmdletWord deployment_statuses[]{{"Started"}, {"Finished"}, {"Error"}};
constexpr CmdletWord statuses[]{{"None"}, {"Running"}, {"Maintenance"}, {"Error"}};
constexpr CmdletWord weekdays[]{{"Sunday"},   {"Monday"}, {"Tuesday"}, {"Wednesday"},
                                {"Thursday"}, {"Friday"}, {"Saturday"}};
// The examples of the pages show First and Last; the others are assumed.
constexpr CmdletWord weeks_of_month[]{{"First"}, {"Second"}, {"Third"}, {"Fourth"}, {"Last"}};
constexpr CmdletWord international_policies[]{{"InternationalCallsAllowed"}, {"InternationalCallsDisallowed"}};
constexpr CmdletWord execution_policies[]{
    {"Restricted"}, {"AllSigned"}, {"RemoteSigned"}, {"Unrestricted"}, {"Bypass"}};
constexpr CmdletWord packages[]{{"NetFramework"},     {"WindowsPowerShell"}, {"SignInAssistant"},
                                {"SkypeForBusiness"}, {"CloudConnector"},    {"SkypeOnlineConnector"}};
constexpr CmdletWord directions[]{{"Inbound"}, {"Outbound"}};
constexpr CmdletWord record_types[]{{"A"}, {"SRV"}, {"CNAME"}};
constexpr CmdletWord sync_policies[]{{"Delta"}, {"Initial"}};
constexpr CmdletWord winhttp_words[]{{"winhttp"}};
constexpr CmdletWord proxy_verbs[]{{"set"}, {"show"}, {"reset"}, {"import"}};
constexpr CmdletWord proxy_words[]{{"proxy"}};
constexpr CmdletWord winrm_verbs[]{{"get"}, {"set"}};

// Of texts, what the simulation knows; anything else is for the world to find missing. RTCMEDSRV (OMS) is the
// service that S0 calls MEDSVC.
constexpr CmdletWord server_services[]{{"MASTER"},       {"REPLICA"},   {"RTCSRV"},       {"RTCMEDSRV"},
                                       {"RTCDATAPROXY"}, {"RTCMRAUTH"}, {"RTCMEDIARELAY"}};
constexpr CmdletWord windows_services[]{{"CceManagementService"}, {"NTDS"}, {"DNS"}, {"winrm"}, {"msoidsvc"}};
constexpr CmdletWord switches[]{
    {"SfB CCE Corpnet Switch"}, {"SfB CCE Internet Switch"}, {"Cloud Connector Management Switch"}};
constexpr CmdletWord firewall_rules[]{{"CS RTCSRV"}, {"CS RTCMEDSRV"}};
constexpr CmdletWord modules[]{{"CloudConnector"}, {"SkypeOnlineConnector"}, {"MSOnline"}};
constexpr CmdletWord paths[]{
    {"CloudConnector.ini"},       {"module.ini"},  {"credentials.xml"}, {"ModuleAnalysisCache"},
    {"CredentialManager"},        {R"(Cert:\My)"}, {R"(Crypto\RSA)"},   {"hosts"},
    {"CceManagementService.log"}, {"CcLockFile"}};
constexpr CmdletWord departments[]{{"HybridMediationServer"}};
constexpr CmdletWord environment[]{{R"(Env:\PSModulePath)"}};

// --- parameters ---------------------------------------------------------------------------------------------

using P = CmdletParameter;
using Words = std::span<const CmdletWord>;

constexpr P flag(std::string_view name) {
    return {.name = name, .takes = Takes::flag};
}
constexpr P boolean(std::string_view name) {
    return {.name = name, .takes = Takes::boolean};
}
constexpr P text(std::string_view name, Words known = {}) {
    return {.name = name, .words = known};
}
constexpr P whole(std::string_view name, std::int32_t least, std::int32_t most) {
    return {.name = name, .takes = Takes::whole, .least = least, .most = most};
}
constexpr P duration(std::string_view name) {
    return {.name = name, .takes = Takes::duration};
}
constexpr P date(std::string_view name) {
    return {.name = name, .takes = Takes::date};
}
constexpr P time_of_day(std::string_view name) {
    return {.name = name, .takes = Takes::time_of_day};
}
constexpr P one_of(std::string_view name, Words words) {
    return {.name = name, .takes = Takes::one_of, .words = words};
}
constexpr P some_of(std::string_view name, Words words) {
    return {.name = name, .takes = Takes::some_of, .words = words};
}
constexpr P names(std::string_view name) {
    return {.name = name, .takes = Takes::names};
}
constexpr P changes(std::string_view name) {
    return {.name = name, .takes = Takes::changes};
}

constexpr P must(P parameter) {
    parameter.mandatory = true;
    return parameter;
}
constexpr P leading(P parameter) {  // its value may be typed without its name
    parameter.positional = true;
    return parameter;
}
constexpr P secret(P parameter) {
    parameter.secret = true;
    return parameter;
}
constexpr P or_null(P parameter) {
    parameter.nullable = true;
    return parameter;
}
constexpr P in(std::uint8_t sets, P parameter) {
    parameter.sets = sets;
    return parameter;
}
constexpr P since(VersionId first, P parameter) {
    parameter.first = first;
    return parameter;
}
constexpr P until(VersionId last, P parameter) {
    parameter.last = last;
    return parameter;
}

constexpr P identity = leading(text("Identity"));
constexpr P on_machine = one_of("Machine", machine_words);  // ours: at which machine's console; else the host's
constexpr P on_computer = one_of("ComputerName", machine_words);
constexpr P of_machine = must(leading(one_of("VMName", machine_words)));
constexpr P service = leading(text("Name", windows_services));
constexpr P server_service = leading(text("Name", server_services));
constexpr P user = must(leading(text("UserPrincipalName")));

// The kinds of a window are the parameter sets of its cmdlets (ps:New-CsTenantUpdateTimeWindow).
constexpr std::uint8_t kindless = 1, daily = 2, weekly = 4, by_date = 8, by_weekday = 16;
constexpr CmdletParameters window{must(identity),
                                  in(daily, flag("Daily")),
                                  in(weekly, flag("Weekly")),
                                  in(by_date | by_weekday, flag("Monthly")),
                                  time_of_day("StartTime"),
                                  duration("Duration"),
                                  in(weekly | by_weekday, must(some_of("DaysOfWeek", weekdays))),
                                  in(by_date, must(whole("DayOfMonth", 1, 31))),
                                  in(by_weekday, must(some_of("WeeksOfMonth", weeks_of_month))),
                                  in(kindless | daily | weekly | by_date | by_weekday, flag("Force"))};

// --- rows ---------------------------------------------------------------------------------------------------

constexpr Cmdlet host(CmdletId id, std::string_view name, std::string_view does,
                      CmdletParameters parameters = {}, VersionId first = oldest_version,
                      VersionId last = newest_version) {
    return {id, name, Console::host, first, last, parameters, does};
}
constexpr Cmdlet row(Console at, CmdletId id, std::string_view name, std::string_view does,
                     CmdletParameters parameters = {}) {
    return {id, name, at, oldest_version, newest_version, parameters, does};
}
constexpr Cmdlet machine(CmdletId id, std::string_view name, std::string_view does,
                         CmdletParameters parameters = {}) {
    return row(Console::machine, id, name, does, parameters);
}
constexpr Cmdlet windows(CmdletId id, std::string_view name, std::string_view does,
                         CmdletParameters parameters = {}) {
    return row(Console::windows, id, name, does, parameters);
}
constexpr Cmdlet desk(CmdletId id, std::string_view name, std::string_view does,
                      CmdletParameters parameters = {}) {
    return row(Console::desk, id, name, does, parameters);
}
// Every tenant cmdlet takes -Tenant, every one that changes something -WhatIf and -Confirm too.
constexpr Cmdlet tenant(CmdletId id, std::string_view name, std::string_view does,
                        CmdletParameters parameters = {}) {
    parameters.add(text("Tenant"));
    return row(Console::tenant, id, name, does, parameters);
}
constexpr Cmdlet tenant_change(CmdletId id, std::string_view name, std::string_view does,
                               CmdletParameters parameters = {}) {
    parameters.add(text("Tenant"));
    parameters.add(flag("WhatIf"));
    parameters.add(flag("Confirm"));
    return row(Console::tenant, id, name, does, parameters);
}

using Id = CmdletId;

constexpr std::array rows{
    // The two that take an appliance out of service and back. -Immediate and -Limit are ours: the page's
    // wording of
    // 2019 stops services at once, every other source lets running calls finish; none says for how long.
    host(Id::enter_cc_update, "Enter-CcUpdate", "Takes the appliance out of service for work on it.",
         {flag("Immediate"), duration("Limit")}),
    host(Id::exit_cc_update, "Exit-CcUpdate",
         "Starts the services again and gives the appliance back to its site."),

    // --- at the host (REF and the page of each; releases: PREP, OLD138) ---
    host(Id::backup_cc_certification_authority, "Backup-CcCertificationAuthority",
         "Copies the appliance's CA to the Site Directory.", {}, v1_4_2),
    host(Id::convert_cc_iso_to_vhdx, "Convert-CcIsoToVhdx",
         "Builds the base disk of the machines from a Windows Server image.",
         {must(leading(text("IsoFilePath"))), flag("GeneralizeOnly"), flag("PauseBeforeUpdate"),
          until(v1_3_8, flag("SetIsoFilePathOnly"))}),
    host(Id::export_cc_configuration, "Export-CcConfiguration", "Saves the configuration in use to a file.",
         {must(leading(text("Path")))}, v2_0),
    host(Id::export_cc_configuration_sample_file, "Export-CcConfigurationSampleFile",
         "Writes CloudConnector.Sample.ini of this release to the Appliance Directory."),
    host(Id::export_cc_root_certificate, "Export-CcRootCertificate",
         "Writes the root certificates of the CA to a folder, for the gateways.", {must(leading(text("Path")))},
         v1_4_2),
    host(Id::get_cc_appliance_directory, "Get-CcApplianceDirectory", "Shows the Appliance Directory."),
    host(Id::get_cc_appliance_log_directory, "Get-CcApplianceLogDirectory",
         "Shows the folder of the appliance's logs."),
    host(Id::get_cc_site_directory, "Get-CcSiteDirectory", "Shows the Site Directory."),
    host(Id::get_cc_site_log_directory, "Get-CcSiteLogDirectory", "Shows the folder of the site's logs."),
    host(Id::get_cc_appliance_status, "Get-CcApplianceStatus", "Shows the diagnostic status of the appliance.",
         {}, v2_1),
    host(Id::get_cc_credential, "Get-CcCredential", "Shows a cached credential.",
         {must(leading(one_of("AccountType", accounts_read))), since(v2_0, flag("DisplayPassword"))}),
    host(Id::get_cc_download_progress, "Get-CcDownloadProgress", "Shows how far the download is.", {}, v1_3_8,
         v1_3_8),
    host(Id::get_cc_external_certificate_file_path, "Get-CcExternalCertificateFilePath",
         "Shows where the external certificate lies.", {since(v1_4_2, one_of("Target", certificate_targets))}),
    // No page withdraws it, and S0 names it beside Get-CcVersion.
    host(Id::get_cc_running_version, "Get-CcRunningVersion", "Shows the release whose machines run."),
    // REF lists it from 2.0 on, S0 uses it with 1.4: bare from 1.4.1 on, with -VersionType from 2.0 on.
    host(Id::get_cc_version, "Get-CcVersion",
         "Shows the release of the scripts, of the running and of the spare machines.",
         {since(v2_0, leading(one_of("VersionType", version_types)))}, v1_4_1),
    host(Id::import_cc_certificate, "Import-CcCertificate", "Imports the external certificate.",
         {must(leading(text("Certificate")))}, v1_3_8, v1_3_8),
    // REF says 2.0, its page 2.0.1; the procedures for 2.x need it.
    host(Id::import_cc_configuration, "Import-CcConfiguration",
         "Puts CloudConnector.ini of the Appliance Directory into use.", {flag("Force")}, v2_0),
    host(Id::install_cc_appliance, "Install-CcAppliance", "Deploys the four machines of the appliance.",
         {flag("Upgrade"), flag("UpdateAllCredentials"), flag("PrepareOnly"), flag("ShowStepsOnly"),
          names("Steps"), flag("SkipExistingObjects")},
         v1_4_1),
    host(Id::install_cc_oms_agent, "Install-CcOMSAgent", "Puts the monitoring agent into the machines.", {},
         v2_1),
    host(Id::publish_cc_appliance, "Publish-CcAppliance",
         "Tells this appliance's DNS and topology about the Mediations of its peers.", {}, v1_4_1),
    host(Id::register_cc_appliance, "Register-CcAppliance",
         "Registers the appliance at its site; with -Local only asks for the credentials anew.",
         {text("SiteName"), text("ApplianceName"), flag("Local")}, v1_4_1),
    host(Id::remove_cc_certification_authority_file, "Remove-CcCertificationAuthorityFile",
         "Deletes the backup of the CA from the Site Directory.", {}, v1_4_2),
    host(Id::remove_cc_legacy_server_certificate, "Remove-CcLegacyServerCertificate",
         "Deletes the server certificates that newer ones have replaced.",
         {some_of("Roles", certificate_roles)}, v1_4_2),
    host(Id::renew_cc_ca_certificate, "Renew-CcCACertificate", "Renews the certificate of the CA.", {}, v1_4_2,
         v1_4_2),
    host(Id::renew_cc_server_certificate, "Renew-CcServerCertificate", "Renews the server certificates.",
         {some_of("Roles", certificate_roles)}, v1_4_2, v1_4_2),
    host(Id::reset_cc_ca_certificate, "Reset-CcCACertificate",
         "Revokes all certificates and installs the CA anew, or from the site's backup where there is one.", {},
         v1_4_2),
    // REF says 2.1; MOD's procedure for 2.0.1 names it too, but no page of 2.0.1 has it.
    host(Id::restore_cc_credentials, "Restore-CcCredentials",
         "Forgets all cached credentials and asks for them anew.", {}, v2_1),
    host(Id::search_cc_log, "Search-CcLog", "Searches the call logs.",
         {must(leading(date("StartTime"))), must(leading(date("EndTime"))), leading(text("FileName"))}),
    host(Id::set_cc_appliance_directory, "Set-CcApplianceDirectory",
         "Sets the Appliance Directory, before deployment.", {must(leading(text("Path")))}),
    host(Id::set_cc_site_directory, "Set-CcSiteDirectory",
         "Sets the Site Directory; where it moves, the appliance is reinstalled.",
         {must(leading(text("Path")))}),
    host(Id::set_cc_credential, "Set-CcCredential", "Changes a cached credential.",
         {must(leading(one_of("AccountType", accounts_set)))}, v1_4_1),
    host(Id::set_cc_external_certificate_file_path, "Set-CcExternalCertificateFilePath",
         "Copies a certificate for use outside; with -Import a running appliance takes it at once.",
         {since(v1_4_2, must(one_of("Target", certificate_targets))), must(text("Path")), flag("Import")}),
    host(Id::start_cc_download, "Start-CcDownload",
         "Downloads the program and the software to the Site Directory.",
         {text("DownloadUrlRoot"), since(v2_0, flag("DownloadBitsOnly"))}),
    host(Id::start_cc_logging, "Start-CcLogging",
         "Starts the call logs; they stop by themselves after 4 hours."),
    host(Id::stop_cc_logging, "Stop-CcLogging", "Stops the call logs.", {flag("RemoveCache")}),
    host(Id::switch_cc_version, "Switch-CcVersion",
         "Drains the running machines and puts the spare ones in their place.", {flag("Force")}),
    host(Id::uninstall_cc_appliance, "Uninstall-CcAppliance",
         "Drains the running machines and deletes them; spare ones at once.",
         {text("Version"), flag("Force"), flag("Confirm")}, v1_4_1),
    host(Id::unregister_cc_appliance, "Unregister-CcAppliance",
         "Takes the appliance's registration out of the tenant.",
         {text("SiteName"), text("ApplianceName"), flag("Local")}, v1_4_1),
    host(Id::update_cc_ca_certificate, "Update-CcCACertificate", "Renews the certificate of the CA.", {}, v2_0),
    host(Id::update_cc_server_certificate, "Update-CcServerCertificate", "Renews the server certificates.",
         {some_of("Roles", certificate_roles)}, v2_0),
    host(Id::install_cc_instance, "Install-CcInstance",
         "Deploys the machines, as Install-CcAppliance does later.", {}, v1_3_8, v1_3_8),
    host(Id::uninstall_cc_instance, "Uninstall-CcInstance",
         "Deletes the machines, as Uninstall-CcAppliance does later.", {}, v1_3_8, v1_3_8),
    host(Id::register_cc_ha_instance, "Register-CcHAInstance",
         "Registers at a site of several, as Register-CcAppliance does later.", {}, v1_3_8, v1_3_8),
    host(Id::publish_cc_ha_instance, "Publish-CcHAInstance",
         "Tells of the peers, as Publish-CcAppliance does later.", {}, v1_3_8, v1_3_8),

    // --- in a session to the tenant (the page of each; S3) ---
    tenant_change(Id::new_cs_hybrid_pstn_site, "New-CsHybridPSTNSite", "Creates a site.",
                  {must(identity), must(text("EdgeFQDN")), boolean("EnableAutoUpdate"),
                   changes("BitsUpdateTimeWindow"), changes("OsUpdateTimeWindow"), flag("Force")}),
    tenant(Id::get_cs_hybrid_pstn_site, "Get-CsHybridPSTNSite", "Shows sites with their update windows.",
           {identity, text("Filter")}),
    // S0 shows it without -Identity, which its page demands.
    tenant_change(
        Id::set_cs_hybrid_pstn_site, "Set-CsHybridPSTNSite", "Changes a site and its update windows.",
        {must(identity), text("EdgeFQDN"), boolean("EnableAutoUpdate"),
         or_null(changes("BitsUpdateTimeWindow")), or_null(changes("OsUpdateTimeWindow")), flag("Force")}),
    tenant_change(Id::remove_cs_hybrid_pstn_site, "Remove-CsHybridPSTNSite", "Removes a site.",
                  {must(identity), flag("Force")}),
    tenant(Id::get_cs_hybrid_pstn_appliance, "Get-CsHybridPSTNAppliance", "Shows registered appliances.",
           {identity, text("Name"), text("SiteName"), text("Filter")}),
    tenant_change(Id::register_cs_hybrid_pstn_appliance, "Register-CsHybridPSTNAppliance",
                  "Registers an appliance; Register-CcAppliance does it for people.",
                  {must(text("Name")), must(text("SiteName")), must(text("MediationServerIPAddress")),
                   must(text("MediationServerFqdn")), flag("Force")}),
    tenant_change(Id::set_cs_hybrid_pstn_appliance, "Set-CsHybridPSTNAppliance",
                  "Turns detection and updates of an appliance off and on.",
                  {must(identity), boolean("MaintenanceMode"), text("MediationServerGruu"), flag("Force")}),
    tenant_change(Id::unregister_cs_hybrid_pstn_appliance, "Unregister-CsHybridPSTNAppliance",
                  "Removes the registration of an appliance that is gone.",
                  {must(identity), flag("Force"), flag("BypassDualWrite")}),
    tenant_change(Id::set_cs_cce_appliance_deployment_status, "Set-CsCceApplianceDeploymentStatus",
                  "Overrides what the tenant holds of a deployment or an update.",
                  {must(identity), must(one_of("Action", deployment_actions)),
                   must(one_of("Status", deployment_statuses)), text("Version"), text("Error")}),
    tenant_change(Id::set_cs_cce_appliance_status, "Set-CsCceApplianceStatus",
                  "Reports the status of an appliance; the management service does it.",
                  {must(identity), must(one_of("Status", statuses)), text("Version"), text("Error"),
                   text("ConfigurationSnapshot")}),
    tenant_change(Id::set_cs_cce_appliance_configuration_replication_status,
                  "Set-CsCceApplianceConfigurationReplicationStatus",
                  "Reports that an appliance has read the tenant's configuration.", {must(identity)}),
    tenant_change(Id::complete_cs_cce_appliance_registration, "Complete-CsCceApplianceRegistration",
                  "Ends a registration; deprecated.", {must(identity)}),
    tenant_change(Id::complete_cs_cce_appliance_unregistration, "Complete-CsCceApplianceUnregistration",
                  "Ends the end of a registration; deprecated.", {must(identity)}),
    tenant_change(Id::new_cs_tenant_update_time_window, "New-CsTenantUpdateTimeWindow",
                  "Creates an update window; a tenant has at most 20.", window),
    tenant_change(Id::set_cs_tenant_update_time_window, "Set-CsTenantUpdateTimeWindow",
                  "Changes an update window.", window),
    tenant(Id::get_cs_tenant_update_time_window, "Get-CsTenantUpdateTimeWindow", "Shows update windows.",
           {identity, text("Filter")}),
    tenant_change(Id::remove_cs_tenant_update_time_window, "Remove-CsTenantUpdateTimeWindow",
                  "Removes an update window.", {must(identity), flag("Force")}),
    tenant_change(Id::set_cs_tenant_hybrid_configuration, "Set-CsTenantHybridConfiguration",
                  "Sets the fallback site of users without one, and the dial plan.",
                  {identity, or_null(text("PeerDestination")), boolean("UseOnPremDialPlan"),
                   or_null(text("HybridConfigServiceInternalUrl")),
                   or_null(text("HybridConfigServiceExternalUrl")), flag("Force")}),
    tenant(Id::get_cs_tenant_hybrid_configuration, "Get-CsTenantHybridConfiguration",
           "Shows the hybrid configuration of the tenant.", {identity, text("Filter")}),
    tenant_change(Id::set_cs_tenant_federation_configuration, "Set-CsTenantFederationConfiguration",
                  "Shares the SIP domain between online and the appliances, or not.",
                  {identity, boolean("SharedSipAddressSpace"), flag("Force")}),
    tenant_change(
        Id::set_cs_user_pstn_settings, "Set-CsUserPstnSettings", "Gives a user a site, and calls abroad.",
        {must(identity), or_null(text("HybridPSTNSite")), boolean("AllowInternationalCalls"), flag("Force")}),
    tenant(Id::get_cs_user_pstn_settings, "Get-CsUserPstnSettings", "Shows the site of a user.",
           {must(identity)}),
    // S3: the display name of the account; the page takes it for a site.
    tenant_change(Id::set_cs_hybrid_mediation_server, "Set-CsHybridMediationServer",
                  "Makes an account the object of a Mediation, for escalations.",
                  {must(identity), must(text("Fqdn")), must(text("AccessProxyExternalFqdn")), flag("Force")}),
    tenant(Id::get_cs_hybrid_mediation_server, "Get-CsHybridMediationServer",
           "Shows the objects of Mediations and warns of licensed ones.", {identity, text("Fqdn")}),
    tenant_change(Id::set_cs_user, "Set-CsUser", "Gives a user voice, voicemail and a number.",
                  {must(identity), boolean("EnterpriseVoiceEnabled"), boolean("HostedVoiceMail"),
                   or_null(text("OnPremLineURI"))}),
    tenant(Id::get_cs_online_user, "Get-CsOnlineUser", "Shows users with voice, voicemail and policy.",
           {identity, text("Filter")}),
    tenant_change(Id::grant_cs_voice_routing_policy, "Grant-CsVoiceRoutingPolicy",
                  "Allows a user calls abroad, or not.",
                  {must(identity), must(or_null(one_of("PolicyName", international_policies)))}),
    tenant_change(Id::new_cs_network_media_bypass_configuration, "New-CsNetworkMediaBypassConfiguration",
                  "Makes the settings of media bypass, for Set-CsNetworkConfiguration.",
                  {boolean("AlwaysBypass"), boolean("Enabled")}),
    tenant_change(Id::set_cs_network_configuration, "Set-CsNetworkConfiguration",
                  "Puts media bypass into use; it may take a day.",
                  {identity, text("MediaBypassSettings"), flag("Force")}),
    tenant(Id::get_cs_network_configuration, "Get-CsNetworkConfiguration",
           "Shows the settings of media bypass.", {identity, flag("LocalStore")}),
    tenant_change(Id::new_cs_online_um_dialplan, "New-CsOnlineUMDialplan",
                  "Creates a dial plan of voicemail (1.3.8).", {must(identity)}),
    tenant(Id::get_cs_online_um_dialplan, "Get-CsOnlineUMDialplan", "Shows dial plans of voicemail (1.3.8).",
           {identity}),
    tenant_change(Id::enable_cs_online_um_mailbox, "Enable-CsOnlineUMMailbox",
                  "Gives a user voicemail (1.3.8).", {must(identity)}),

    // --- the way to the tenant, from an administrator's computer (S2) ---
    desk(Id::enable_cs_online_session_for_reconnection, "Enable-CsOnlineSessionForReconnection",
         "Lets sessions live longer than 60 minutes."),
    desk(Id::new_cs_online_session, "New-CsOnlineSession", "Opens a session to the tenant.",
         {text("Credential"), text("UserName"), text("OverrideAdminDomain")}),
    desk(Id::import_ps_session, "Import-PSSession", "Makes the tenant's cmdlets usable here.",
         {must(leading(text("Session"))), flag("AllowClobber")}),
    desk(Id::new_ps_session, "New-PSSession", "Opens a session, as New-CsOnlineSession does inside.",
         {text("ConnectionUri"), text("Credential")}),
    desk(Id::get_ps_session, "Get-PSSession", "Shows the sessions of this computer."),
    desk(Id::remove_ps_session, "Remove-PSSession", "Closes a session.",
         {in(1, must(whole("Id", 1, std::numeric_limits<std::int32_t>::max()))),
          in(2, must(leading(text("Session"))))}),
    desk(Id::get_cs_web_ticket, "Get-CsWebTicket",
         "Signs an administrator in, as New-CsOnlineSession does first.",
         {text("Credential"), text("TargetUri")}),

    // --- inside the machines (ps:Stop-CsWindowsService, ps:Set-CsTrunkConfiguration, PLAN) ---
    machine(Id::stop_cs_windows_service, "Stop-CsWindowsService",
            "Stops a service; with -Graceful once its calls have ended.",
            {server_service, on_computer, flag("Graceful"), flag("NoWait"), flag("Force"), text("Report")}),
    machine(Id::start_cs_windows_service, "Start-CsWindowsService", "Starts a service, or all of a machine.",
            {server_service, on_computer, flag("NoWait"), flag("Force"), text("Report")}),
    machine(Id::get_cs_windows_service, "Get-CsWindowsService", "Shows the services of a machine.",
            {server_service, on_computer, flag("Force"), text("Report")}),
    machine(Id::set_cs_mediation_server, "Set-CsMediationServer",
            "Sets the range of ports for audio; a call takes four.",
            {must(identity), whole("AudioPortStart", 1, 65535), whole("AudioPortCount", 0, 65535)}),
    machine(Id::get_cs_service, "Get-CsService",
            "Shows the servers of the topology, with the ports of the Mediation.", {flag("MediationServer")}),
    machine(Id::set_cs_trunk_configuration, "Set-CsTrunkConfiguration",
            "Changes how calls to the gateways are treated.",
            {identity, boolean("EnableFastFailoverTimer"), boolean("EnableReferSupport")}),
    machine(Id::invoke_cs_computer_fail_back, "Invoke-CsComputerFailBack",
            "Ends the failover state of a computer.", {on_computer}),
    machine(Id::get_ad_domain, "Get-ADDomain", "Shows whether the appliance's domain answers."),

    // --- Windows: at the host, inside its machines, or at an administrator's computer ---
    windows(Id::get_service, "Get-Service", "Shows a service of Windows.", {service, on_machine}),
    windows(Id::start_service, "Start-Service", "Starts a service of Windows.", {must(service), on_machine}),
    windows(Id::stop_service, "Stop-Service", "Stops a service of Windows.",
            {must(service), on_machine, flag("Force")}),
    windows(Id::restart_service, "Restart-Service",
            "Stops a service of Windows and starts it; the management service then attempts at once.",
            {must(service), on_machine, flag("Force")}),
    windows(Id::restart_computer, "Restart-Computer", "Restarts the host, or one of its machines.",
            {on_machine, flag("Force")}),
    windows(Id::stop_computer, "Stop-Computer", "Shuts down the host, or one of its machines.",
            {on_machine, flag("Force")}),
    windows(Id::install_windows_update, "Install-WindowsUpdate",
            "Patches the host and its machines, or one machine, and restarts what asks for it.", {on_machine}),
    windows(Id::start_vm, "Start-VM", "Starts a machine.", {of_machine}),
    windows(Id::stop_vm, "Stop-VM", "Shuts a machine down.",
            {of_machine, flag("Force"), flag("Save"), flag("TurnOff")}),
    windows(Id::get_vm, "Get-VM", "Shows the machines of a host.", {leading(one_of("VMName", machine_words))}),
    windows(Id::remove_vm, "Remove-VM", "Deletes a machine.", {of_machine, flag("Force")}),
    windows(Id::connect_vm_network_adapter, "Connect-VMNetworkAdapter",
            "Attaches a machine's network card to a switch.", {of_machine, must(text("SwitchName", switches))}),
    windows(Id::disconnect_vm_network_adapter, "Disconnect-VMNetworkAdapter",
            "Takes a machine's network card off a switch.", {of_machine, text("SwitchName", switches)}),
    windows(Id::remove_vm_switch, "Remove-VMSwitch",
            "Deletes a virtual switch to which no machine is attached.",
            {must(leading(text("Name", switches))), flag("Force")}),
    windows(Id::enable_net_firewall_rule, "Enable-NetFirewallRule", "Enables a firewall rule of a machine.",
            {must(leading(text("DisplayName", firewall_rules))), on_machine}),
    windows(Id::get_net_firewall_rule, "Get-NetFirewallRule", "Shows firewall rules of a machine.",
            {leading(text("DisplayName", firewall_rules)), on_machine}),
    windows(Id::get_net_ip_address, "Get-NetIPAddress", "Shows the addresses of the network cards.",
            {on_machine}),
    windows(Id::new_net_ip_address, "New-NetIPAddress", "Gives a network card an address.",
            {must(leading(text("IPAddress"))), must(text("InterfaceAlias")), whole("PrefixLength", 1, 128),
             on_machine}),
    windows(Id::get_dns_client_server_address, "Get-DnsClientServerAddress",
            "Shows which DNS servers are asked.", {on_machine}),
    windows(Id::set_dns_client_server_address, "Set-DnsClientServerAddress",
            "Sets which DNS servers are asked.",
            {text("InterfaceAlias"), must(names("ServerAddresses")), on_machine}),
    windows(Id::resolve_dns_name, "Resolve-DnsName", "Looks a name up.",
            {must(leading(text("Name"))), one_of("Type", record_types), text("Server"), on_machine}),
    windows(Id::test_net_connection, "Test-NetConnection",
            "Tries whether an address, and a port of it, can be reached.",
            {must(leading(text("ComputerName"))), whole("Port", 1, 65535), on_machine}),
    windows(Id::ping, "ping", "Tries whether an address can be reached.",
            {must(leading(text("Host"))), on_machine}),
    windows(Id::import_certificate, "Import-Certificate",
            "Makes a gateway, or a machine, trust the root and intermediate certificates of a file.",
            {text("FilePath"), in(1, must(text("Gateway"))), in(2, must(on_machine))}),
    windows(Id::dism, "DISM", "Cleans up what a broken deployment left of its disk images.",
            {must(flag("Cleanup-Wim"))}),
    windows(Id::netsh, "netsh", "Sets the proxy of the whole host, and what goes past it.",
            {must(leading(one_of("Context", winhttp_words))), must(leading(one_of("Verb", proxy_verbs))),
             must(leading(one_of("Object", proxy_words))), text("proxy-server"), text("bypass-list")}),
    windows(
        Id::winrm, "winrm", "Shows or changes remote management: client/auth with Basic.",
        {must(leading(one_of("Verb", winrm_verbs))), must(leading(text("Resource"))), leading(text("Value"))}),
    windows(Id::w32tm, "w32tm", "Sets the clock by its time source.", {must(flag("resync")), text("computer")}),
    windows(Id::set_execution_policy, "Set-ExecutionPolicy",
            "Says which scripts may run; needs an elevated console.",
            {must(leading(one_of("ExecutionPolicy", execution_policies))), flag("Force")}),
    windows(Id::get_execution_policy, "Get-ExecutionPolicy", "Shows which scripts may run."),
    windows(Id::import_module, "Import-Module", "Loads the cmdlets of a module.",
            {must(leading(text("Name", modules))), flag("Force")}),
    windows(Id::exit_console, "exit", "Closes the console; the next cmdlet opens a new one."),
    windows(Id::stop_process, "Stop-Process", "Ends a program, such as a deployment in another console.",
            {must(leading(text("Name"))), flag("Force")}),
    windows(Id::test_path, "Test-Path", "Shows whether a file or folder is there.",
            {must(leading(text("Path", paths)))}),
    windows(Id::get_content, "Get-Content", "Shows a file.", {must(leading(text("Path", paths)))}),
    windows(Id::set_content, "Set-Content",
            "Writes a file, or one key of it; CloudConnector.ini unless -Path names another.",
            {leading(text("Path", paths)), text("Key"), must(or_null(text("Value")))}),
    windows(Id::add_content, "Add-Content", "Adds a line to a file.",
            {must(leading(text("Path", paths))), must(text("Value")), on_machine}),
    windows(Id::copy_item, "Copy-Item", "Copies a file.",
            {must(leading(text("Path", paths))), must(leading(text("Destination")))}),
    windows(Id::remove_item, "Remove-Item", "Deletes a file, a folder or a certificate.",
            {must(leading(text("Path", paths))), flag("Recurse"), flag("Force"), text("User")}),
    windows(Id::set_item, "Set-Item", "Sets a variable of the environment.",
            {must(leading(text("Path", environment))), must(text("Value"))}),
    windows(Id::set_item_property, "Set-ItemProperty", "Sets a value in the registry.",
            {must(leading(text("Path"))), must(text("Name")), must(or_null(text("Value")))}),
    windows(Id::install_package, "Install-Package", "Installs a program, on this computer or on a user's.",
            {must(leading(one_of("Name", packages))), text("RequiredVersion"), text("User")}),
    windows(Id::uninstall_package, "Uninstall-Package",
            "Removes a program, from this computer or from a user's.",
            {must(leading(one_of("Name", packages))), text("User")}),
    windows(Id::add_mp_preference, "Add-MpPreference",
            "Keeps the virus scanner away from folders and programs.",
            {names("ExclusionPath"), names("ExclusionProcess")}),
    windows(Id::get_counter, "Get-Counter", "Shows counters, such as the calls that an appliance carries.",
            {leading(text("Counter")), on_machine}),
    windows(Id::get_win_event, "Get-WinEvent", "Shows the event log of the host, or of one of its machines.",
            {leading(text("LogName")), whole("Id", 1, 65535), on_machine}),
    windows(Id::set_local_user, "Set-LocalUser", "Sets the password of an account of the host.",
            {must(leading(text("Name"))), must(secret(text("Password")))}),

    // --- the directory: MSOnline, Active Directory, AD FS and group policy (S3, S4) ---
    desk(Id::connect_msol_service, "Connect-MsolService", "Opens a session to the online directory.",
         {text("Credential")}),
    desk(Id::get_msol_user, "Get-MsolUser", "Shows an account of the online directory.",
         {leading(text("UserPrincipalName"))}),
    desk(Id::new_msol_user, "New-MsolUser", "Creates an account in the online directory.",
         {user, must(text("DisplayName")), names("LicenseAssignment")}),
    desk(Id::set_msol_user, "Set-MsolUser", "Changes an account of the online directory.",
         {user, or_null(text("Department", departments)), boolean("PasswordNeverExpires"),
          or_null(text("StrongAuthenticationRequirements"))}),
    desk(Id::set_msol_user_license, "Set-MsolUserLicense", "Gives an account a licence, or takes it away.",
         {user, names("AddLicenses"), names("RemoveLicenses")}),
    desk(Id::set_msol_user_password, "Set-MsolUserPassword", "Gives an account a new password.",
         {user, secret(text("NewPassword")), boolean("ForceChangePassword")}),
    desk(Id::add_msol_role_member, "Add-MsolRoleMember", "Makes an account an administrator.",
         {must(text("RoleName")), must(text("RoleMemberEmailAddress"))}),
    desk(Id::set_ad_user, "Set-ADUser", "Changes an account of the local directory.",
         {must(identity), text("Replace")}),
    desk(Id::start_ad_sync_sync_cycle, "Start-ADSyncSyncCycle", "Runs directory synchronisation.",
         {one_of("PolicyType", sync_policies)}),
    desk(Id::set_adfs_ssl_certificate, "Set-AdfsSslCertificate",
         "Puts a certificate into use at the federation server.", {must(text("Thumbprint"))}),
    desk(Id::set_gp_registry_value, "Set-GPRegistryValue",
         "Sets a value by group policy, such as TrustModelData.",
         {must(leading(text("Name"))), must(text("Key")), must(text("ValueName")), must(text("Value"))}),
    desk(Id::invoke_web_request, "Invoke-WebRequest",
         "Opens a page, such as that of the sign-in, with an account or without.",
         {must(leading(text("Uri"))), text("Credential")}),

    // --- ours: what people do by telephone, by hand or at a user's computer ---
    desk(Id::request_change, "Request-Change",
         "Has somebody put a fault right that no cmdlet mends: a record, a cable, a port, a host, a trunk, a "
         "ticket.",
         {must(text("Place")), must({.name = "Id", .takes = Takes::fault})}),
    desk(Id::request_certificate, "Request-Certificate",
         "Gets a new certificate: a gateway's own from the appliance's CA, an Edge's or another name's from a "
         "public one.",
         {in(1, must(text("Gateway"))), in(2, must(on_machine)), in(4, must(text("SubjectName")))}),
    desk(Id::test_pstn_call, "Test-PstnCall", "Places a test call through an appliance or a gateway.",
         {one_of("Direction", directions), text("Site"), text("Gateway"), flag("External"), flag("Escalate"),
          flag("Transfer")}),
    desk(Id::invoke_sign_in, "Invoke-SignIn", "Has a user sign in.", {must(identity), flag("TrustServer")}),
    desk(Id::invoke_sign_out, "Invoke-SignOut", "Has a user sign out.",
         {must(identity), flag("DeleteSignInInfo")}),
    desk(Id::mosdal, "MOSDAL", "Collects the logs of a user's client, for support.", {must(identity)}),
};

constexpr bool each_has_its_row() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].id) != i || rows[i].name.empty() || rows[i].does.empty())
            return false;
    return true;
}
static_assert(each_has_its_row());

}  // namespace

std::span<const Cmdlet> cmdlets() {
    return rows;
}

const Cmdlet& cmdlet(CmdletId id) {
    return rows[static_cast<std::size_t>(id)];
}

const Cmdlet* cmdlet_named(std::string_view name) {
    for (const Cmdlet& row : rows)
        if (same_word(row.name, name)) return &row;
    return nullptr;
}

const CmdletParameter* parameter_named(const Cmdlet& cmdlet, std::string_view name) {
    for (const CmdletParameter& parameter : cmdlet.parameters)
        if (same_word(parameter.name, name)) return &parameter;
    return nullptr;
}

std::string_view text(Console at) {
    switch (at) {
        case Console::host:
            return "host";
        case Console::tenant:
            return "tenant";
        case Console::machine:
            return "machine";
        case Console::desk:
            return "desk";
        case Console::windows:
            return "windows";
    }
    return "?";
}

}  // namespace sim::vocabulary
