#include "sim/faults/catalogue.hpp"

namespace sim::faults {

using vocabulary::FaultId;

namespace {

constexpr std::array<CatalogueRow, vocabulary::fault_names.size()> rows{{
    {
        .id = FaultId::host_crash,
        .symptom = "The host answers nothing: no ping, no console, its four machines gone from Hyper-V. The "
                   "tenant goes on reading Running, for whoever would report is gone too.",
        .effect =
            "Every call on the appliance is dropped. Gateways hunt on to other Mediations; outbound calls that "
            "still pick its Edge pay a connect delay first. A Site Directory on this host is away as well.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Power the host on; replace what broke.",
                  "Let the machines come up in the order AD, CMS, Mediation, Edge.",
                  "On the host, check that the management service runs.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::vm_stopped,
        .symptom = "Hyper-V Manager shows one machine as Off. From 2.0 on the tenant reads Error within a "
                   "minute; 1.4.x sees only the Mediation or Edge services that went with the machine.",
        .effect = "Mediation: its calls are dropped, none pass in either direction. Edge: inbound calls to the "
                  "appliance fail, outbound ones use other Edges. AD or CMS: none, until detection takes the "
                  "appliance offline and drops its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps =
            {"In Hyper-V Manager start what is off, in the order AD, CMS, Mediation, Edge.",
             "Restart the management service: the next recovery attempt comes soon and starts the services.",
             "Place a test call in each direction."},
    },
    {
        .id = FaultId::vm_saved,
        .symptom = "Hyper-V Manager shows one machine as Saved. From 2.0 on the tenant reads Error within a "
                   "minute; 1.4.x sees only the services that went with the machine.",
        .effect = "Mediation: its calls are dropped, none pass in either direction. Edge: inbound calls to the "
                  "appliance fail, outbound ones use other Edges. AD or CMS: none, until detection takes the "
                  "appliance offline and drops its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps =
            {"In Hyper-V Manager start what is saved, in the order AD, CMS, Mediation, Edge.",
             "Restart the management service: the next recovery attempt comes soon and starts the services.",
             "Place a test call in each direction."},
    },
    {
        .id = FaultId::vm_off_corpnet,
        .symptom =
            "One machine's network card hangs on no switch; the machine itself runs. From 2.0 on the tenant "
            "reads Error; the service looks in through that network, so its attempts may go on failing.",
        .effect =
            "Mediation: calls dropped, no calls either way. Edge: inbound calls to the appliance fail, "
            "outbound ones use other Edges. AD or CMS: none, until detection drops the calls of the appliance.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"In Hyper-V Manager connect the card to the Corpnet switch.",
                  "Restart the management service, so that an attempt follows at once.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::vm_off_internet,
        .symptom = "The Edge's outer network card hangs on no switch; services run. From 2.0 on the tenant "
                   "reads Error within a minute.",
        .effect = "Inbound calls to this appliance fail: its Edge does not reach the cloud. Outbound calls use "
                  "other Edges after a connect delay. External clients on it are cut off. From 2.0 on "
                  "detection drops what is left.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"In Hyper-V Manager connect the Edge's card to the Internet switch.",
                  "Restart the management service, so that an attempt follows at once.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::dc_down_latent,
        .symptom = "Hyper-V Manager shows the AD machine as Off, and nobody complains. From 2.0 on the tenant "
                   "reads Error within a minute.",
        .effect = "None while nothing restarts. A Mediation or CMS that restarts now does not come up, and no "
                  "calls pass. From 2.0 on detection takes the appliance offline and drops its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"Start the AD machine, before anything is done to CMS or Mediation.",
                  "Wait until its directory and DNS answer.",
                  "Start what failed in the meantime: CMS first, then Mediation.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::cms_master_down,
        .symptom = "On CMS the service MASTER is stopped; settings no longer reach the other machines. From "
                   "2.0 on the tenant reads Error.",
        .effect = "None by itself. From 2.0 on detection takes a working appliance offline for it and drops "
                  "its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On CMS: Start-CsWindowsService -Name MASTER.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::cms_replica_down,
        .symptom = "On CMS the service REPLICA is stopped; its own copy of the settings grows old. From 2.0 on "
                   "the tenant reads Error.",
        .effect = "None by itself. From 2.0 on detection takes a working appliance offline for it and drops "
                  "its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On CMS: Start-CsWindowsService -Name REPLICA.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::med_rtcsrv_down,
        .symptom = "On Mediation the service RTCSRV is stopped; the gateways mark its trunk down. The tenant "
                   "reads Error within a minute.",
        .effect = "The appliance's calls are dropped. Inbound calls hunt on to other Mediations; outbound ones "
                  "that land here fail until the appliance is offline.",
        .seen_by_1_4 = true,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On Mediation: Start-CsWindowsService -Name RTCSRV.",
                  "Restart the management service, so that the other services start too.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::med_medsvc_down,
        .symptom = "On Mediation the event log shows 25003, the Mediation service stopped; the gateways mark "
                   "its trunk down. The tenant reads Error within a minute.",
        .effect = "The appliance's calls are dropped. Inbound calls hunt on to other Mediations; outbound ones "
                  "that land here fail until the appliance is offline.",
        .seen_by_1_4 = true,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On Mediation: Start-CsWindowsService -Name RTCMEDSRV; event 25002 confirms it.",
                  "Restart the management service, so that the other services start too.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::med_replica_down,
        .symptom = "On Mediation the service REPLICA is stopped; it works on with old settings. From 2.0 on "
                   "the tenant reads Error.",
        .effect = "None by itself. From 2.0 on detection takes a working appliance offline for it and drops "
                  "its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On Mediation: Start-CsWindowsService -Name REPLICA.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::edge_rtcsrv_down,
        .symptom = "On the Edge the event log shows 12289, the Access Edge service stopped; callers from "
                   "outside hear a failure now and then. The tenant reads Error within a minute.",
        .effect = "Inbound calls hunted to this appliance fail, for its Mediation knows no other Edge. "
                  "Outbound calls go to other Edges after a connect delay. External clients are dropped; "
                  "internal ones talk on without control. Detection then drops what is left.",
        .seen_by_1_4 = true,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge: Start-CsWindowsService -Name RTCSRV; event 12288 confirms it.",
                  "If it does not start, take the whole appliance out of service, so that gateways go "
                  "elsewhere (PLAN).",
                  "Restart the management service, so that the other services start too.",
                  "Place a test call inbound, through this appliance."},
    },
    {
        .id = FaultId::edge_replica_down,
        .symptom = "On the Edge the service REPLICA is stopped; it works on with old settings. From 2.0 on the "
                   "tenant reads Error.",
        .effect = "None by itself. From 2.0 on detection takes a working appliance offline for it and drops "
                  "its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge: Start-CsWindowsService -Name REPLICA.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::edge_rtcdataproxy_down,
        .symptom = "On the Edge the Web Conferencing service RTCDATAPROXY is stopped; shared content of "
                   "meetings fails from outside. From 2.0 on the tenant reads Error.",
        .effect = "None on telephone calls by itself. From 2.0 on detection takes the appliance offline for it "
                  "and drops its calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge: Start-CsWindowsService -Name RTCDATAPROXY.",
                  "Restart the management service, if the tenant reads Error."},
    },
    {
        .id = FaultId::edge_rtcmrauth_down,
        .symptom = "On the Edge the event log shows 19003; clients outside get no relay token and complain of "
                   "silence. From 2.0 on the tenant reads Error; on 1.4.x a human has to notice.",
        .effect = "Calls of external clients through this Edge get no audio, in both directions; internal "
                  "clients are not touched. From 2.0 on detection drops the calls of the appliance.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge: Start-CsWindowsService -Name RTCMRAUTH; event 19002 confirms it.",
                  "Restart the management service, if the tenant reads Error.",
                  "Place a test call from a client outside."},
    },
    {
        .id = FaultId::edge_rtcmediarelay_down,
        .symptom = "On the Edge the event log shows 22003; clients outside complain of silence. From 2.0 on "
                   "the tenant reads Error; on 1.4.x a human has to notice.",
        .effect = "Audio of external clients through this Edge stops, in both directions; internal clients are "
                  "not touched. From 2.0 on detection drops the calls of the appliance.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge: Start-CsWindowsService -Name RTCMEDIARELAY; event 22002 confirms it.",
                  "Restart the management service, if the tenant reads Error.",
                  "Place a test call from a client outside."},
    },
    {
        .id = FaultId::fw_rule_edge_disabled,
        .symptom = "In the Edge's Windows Firewall the inbound rule CS RTCSRV is off; its services run all the "
                   "same. From 2.0 on the tenant reads Error.",
        .effect = "SIP does not get into the Edge: inbound calls to this appliance fail, outbound ones use "
                  "other Edges after a connect delay. From 2.0 on detection drops what is left.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On the Edge, enable the inbound firewall rule CS RTCSRV.",
                  "Restart the management service, if the tenant reads Error.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::fw_rule_med_disabled,
        .symptom = "In Mediation's Windows Firewall the inbound rule CS RTCMEDSRV is off; its services run, "
                   "but gateways get no answer. From 2.0 on the tenant reads Error.",
        .effect = "SIP does not get into the Mediation: inbound calls hunt on to others, outbound ones that "
                  "land on this appliance fail. From 2.0 on detection drops what is left.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps = {"On Mediation, enable the inbound firewall rule CS RTCMEDSRV.",
                  "Restart the management service, if the tenant reads Error.",
                  "Place a test call in each direction."},
    },
    {
        .id = FaultId::host_vm_link_lost,
        .symptom = "The host opens no PowerShell session to its machines and the service log is full of failed "
                   "looks. The tenant reads Error, yet every service keeps running.",
        .effect = "None by itself. The service neither sees nor repairs anything inside the machines, so each "
                  "later fault stays.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Give the host's card its address in the Corpnet subnet again and check that it hangs on the "
                  "Corpnet switch.",
                  "Before 2.0, check the management switch instead: there the service looks through that one.",
                  "Restart the management service and wait until the tenant reads Running."},
    },
    {
        .id = FaultId::mgmt_service_stopped,
        .symptom = "On the host the management service is stopped and its log says nothing new. The tenant "
                   "keeps the last status it was told.",
        .effect = "None by itself. Nobody detects, recovers or patches: every later fault lasts until somebody "
                  "looks.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the host, start the management service.",
                  "Wait a minute and read the tenant's status: what broke meanwhile shows now."},
    },
    {
        .id = FaultId::mgmt_service_restart,
        .symptom = "The service log shows a stop and a start; retry intervals begin at 10 s again.",
        .effect = "None. For an appliance in Error the next attempt comes sooner.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"None needed: the service is back at once, and operators do this on purpose."},
    },
    {
        .id = FaultId::nic_ip_missing_on_deploy,
        .symptom = "Install-CcAppliance stops or hangs; a network card of a new machine has no address, or a "
                   "wrong one.",
        .effect =
            "The appliance never serves, and the site stays one short. Calls that it carried, if it did, are "
            "dropped.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In Hyper-V Manager shut down the half-made machines and delete them.",
                  "Uninstall-CcAppliance", "Install-CcAppliance"},
    },
    {
        .id = FaultId::domain_join_failed,
        .symptom = "Install-CcAppliance has made the forest, but CMS or Mediation did not join its domain.",
        .effect =
            "The appliance never serves, and the site stays one short. Calls that it carried, if it did, are "
            "dropped.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Log on to the AD machine: is the domain sound?",
                  "On CMS and Mediation, check that the Corpnet card has a fixed, valid address and the AD "
                  "machine as DNS.",
                  "From there, ping the AD machine by name and by address.",
                  "If it does not answer, the address is taken: give AD a new one and enter it as DNS on CMS "
                  "and Mediation.",
                  "Install-CcAppliance"},
    },
    {
        .id = FaultId::mgmt_switch_not_deletable,
        .symptom = "At the end of the deployment Remove-VMSwitch refuses: running machines still use the Cloud "
                   "Connector Management Switch.",
        .effect = "None. If the host has to be rebooted, the appliance is away that long.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In Hyper-V Manager take the machines that are left off the management switch.",
                  "Remove-VMSwitch, or delete it in Hyper-V Manager.",
                  "If that is refused: Enter-CcUpdate, reboot the host, delete the switch, Exit-CcUpdate."},
    },
    {
        .id = FaultId::edge_chain_untrusted,
        .symptom = "Before 1.4.2: the external certificate imports, yet RTCMRAUTH (sometimes RTCSRV) on the "
                   "new Edge does not start. The new version's machines are not watched; only RTCSRV of a set "
                   "in service would be seen.",
        .effect = "None while the old version serves. Switched to, the new set has no media relay, and without "
                  "RTCSRV no inbound calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the Edge, import the root and every intermediate certificate of the chain.",
                  "Restart the Edge services.",
                  "Check that RTCMRAUTH and RTCSRV run; if not, look whether the computer is in failover state "
                  "and fail it back.",
                  "On the host: Switch-CcVersion."},
    },
    {
        .id = FaultId::host_reboot_by_windows_update,
        .symptom = "The host reboots by itself; its event log names Windows Update. While it is down the "
                   "tenant goes on reading Running.",
        .effect = "All calls of the appliance are dropped; a site with one appliance is out in both directions "
                  "until the host and its machines are back.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Wait for the host and its machines; nothing brings them back sooner.", "Enter-CcUpdate",
                  "Check for updates on host and machines and install what is left.", "Exit-CcUpdate",
                  "To prevent the next one: give the site an update window, or use WSUS without automatic "
                  "installation."},
    },
    {
        .id = FaultId::escalation_fails,
        .symptom = "A user in a telephone call invites a second number and the conference is not made; the "
                   "call itself goes on.",
        .effect = "None on two-party calls. Turning one into a conference fails, for calls on Mediations "
                  "without a proper account in the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Create an account in the first SIP domain, one for each Mediation.",
                  "License it and wait until Get-CsOnlineUser shows it, up to an hour.",
                  "Take the licence away again.",
                  "Set-MsolUser -UserPrincipalName ACCOUNT -Department HybridMediationServer",
                  "Set-CsHybridMediationServer -Identity NAME -Fqdn MEDIATION -AccessProxyExternalFqdn EDGE",
                  "Escalate a test call on each appliance."},
    },
    {
        .id = FaultId::wu_warning_on_ad_install,
        .symptom =
            "While the AD machine is installed, a yellow line warns that Windows does not update itself.",
        .effect = "None. If the site's automatic update is off as well, the machines stay unpatched.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get-CsHybridPSTNSite: with EnableAutoUpdate True the warning may be ignored.",
                  "Otherwise Set-CsHybridPSTNSite -Identity SITE -EnableAutoUpdate $true, or patch by hand."},
    },
    {
        .id = FaultId::register_conflict,
        .symptom = "Register-CcAppliance refuses: the site name, the appliance name, or the Mediation's name "
                   "or address belongs to somebody else already.",
        .effect = "None on running calls: the new appliance cannot join its site.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Read SiteName, ApplianceName and the Mediation's name and address in CloudConnector.ini, "
                  "and the host's name.",
                  "Get-CsHybridPSTNAppliance: find the object that clashes.",
                  "Correct CloudConnector.ini, or Unregister-CsHybridPSTNAppliance -Force if the object is a "
                  "leftover.",
                  "Register-CcAppliance"},
    },
    {
        .id = FaultId::running_version_empty,
        .symptom = "After the step from 1.3.4 or 1.3.8 to 1.4.1, Get-CcRunningVersion answers nothing although "
                   "the machines run.",
        .effect = "None. Switching or upgrading is unsafe until the version is known again.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Compare the two files module.ini, that of ProgramData and that of the user's profile.",
                  "If they differ, delete the one in ProgramData, or write the version in by hand.",
                  "Register-CcAppliance"},
    },
    {
        .id = FaultId::switched_to_old_version,
        .symptom = "After Switch-CcVersion backwards, Get-CcRunningVersion and Get-CcVersion disagree.",
        .effect =
            "Calls that are up when the machines change places are dropped, unless they were drained. Then "
            "the appliance has no high availability: faults on it are neither detected nor recovered.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get-CcVersion and Get-CcRunningVersion: which runs, which is installed?",
                  "Switch-CcVersion, forward to the installed version.",
                  "If that version is bad: Uninstall-CcAppliance and Install-CcAppliance soon."},
    },
    {
        .id = FaultId::server_certs_expiring,
        .symptom = "The internal certificates of CMS, Mediation and Edge near the end of their two years; no "
                   "status tells.",
        .effect =
            "None before the end (certificate_warning says how long), and none on connections that stand. "
            "After it the next connect or restart fails: no calls on the appliance in either direction.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Update-CcServerCertificate (Renew-CcServerCertificate before 2.0).",
                  "Remove-CcLegacyServerCertificate, when the new ones are in use."},
    },
    {
        .id = FaultId::server_certs_leaked,
        .symptom = "Word from security: private keys of CMS, Mediation or Edge are in wrong hands. No log and "
                   "no status shows it.",
        .effect =
            "None on calls; somebody may listen or pretend to be a server. Until the leaked ones are gone, "
            "the hours are counted (hours_exposed).",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Update-CcServerCertificate (Renew-CcServerCertificate before 2.0).",
                  "Remove-CcLegacyServerCertificate, so that the leaked ones are gone."},
    },
    {
        .id = FaultId::ca_expiring,
        .symptom =
            "The root certificate of the appliance's own CA nears the end of its five years; no status tells.",
        .effect =
            "None before the end (certificate_warning says how long), and none on connections that stand. "
            "After it each new TLS connection "
            "between the site's machines, and to gateways with TLS, fails in both directions.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On every appliance of the site: Update-CcCACertificate (Renew-CcCACertificate before 2.0).",
                  "Export-CcRootCertificate",
                  "With TLS to gateways: install the exported root on each of them."},
    },
    {
        .id = FaultId::ca_compromised,
        .symptom =
            "Word from security: the key of the site's CA is in wrong hands. No log and no status shows it.",
        .effect =
            "None on calls by itself; until the last appliance has left that CA the hours are counted "
            "(hours_exposed). The cure takes appliances out of service; with TLS, trunks stay down until the "
            "gateways know the new root.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"Choose a quiet hour: with all appliances in maintenance the site is out.",
             "With several appliances, on the first: Remove-CcCertificationAuthorityFile, or the bad CA comes "
             "back.",
             "Enter-CcUpdate on each appliance.", "First appliance: Reset-CcCACertificate.",
             "First appliance: Update-CcServerCertificate (Renew-CcServerCertificate before 2.0).",
             "First appliance: Remove-CcLegacyServerCertificate.",
             "With several appliances, on the first: Backup-CcCertificationAuthority, so that all share one "
             "root.",
             "Each other appliance: Reset-CcCACertificate, which takes the root from that backup.",
             "Each other appliance: Update-CcServerCertificate, then Remove-CcLegacyServerCertificate.",
             "With TLS to gateways: Export-CcRootCertificate on one appliance, install it on each gateway.",
             "If a gateway's own certificate came from the old CA, issue a new one.",
             "Exit-CcUpdate on each appliance."},
    },
    {
        .id = FaultId::tenant_admin_cred_changed,
        .symptom = "The service log shows an exception while reporting status: logon failed for the tenant "
                   "administrator. The status in the tenant grows old.",
        .effect = "None on calls. Update windows and other settings of the tenant are no longer read.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On every host: Set-CcCredential -AccountType TenantAdmin, with the new password.",
                  "Wait a minute and read the tenant's status."},
    },
    {
        .id = FaultId::host_password_changed,
        .symptom = "Get-CcCredential, or the service log, says: Key not valid for use in specified state.",
        .effect = "None on calls. Detection and recovery lack their credentials, so later faults stay, and the "
                  "status in the tenant grows old.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"With peers: Enter-CcUpdate, for the host is about to reboot.", "Reboot the host.",
                  "Delete the cached file credentials.USER.xml.",
                  "Register-CcAppliance -Local, and enter the original passwords.",
                  "From 2.0 on with a cache of 1.4.2: give the VmAdmin password when asked for CceService.",
                  "From 2.0 on, where DomainAdmin or VmAdmin differed: Set-CcCredential for each, old = the "
                  "one given for CceService.",
                  "Exit-CcUpdate"},
    },
    {
        .id = FaultId::dotnet_too_old,
        .symptom = "From 2.1 on Register-CcAppliance and its like fail: the property Common cannot be found on "
                   "this object.",
        .effect = "None on calls. The host can be neither registered nor deployed.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Install .NET Framework 4.6.1 or later on the host.", "Run the cmdlet again."},
    },
    {
        .id = FaultId::ini_state_line_missing,
        .symptom = "In 2.1 Install-CcAppliance fails: it cannot set State, for only strings are allowed there.",
        .effect = "None on running calls: the deployment does not begin.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In CloudConnector.ini under [Common], give CountryCode, State and City a line each; State "
                  "may be empty.",
                  "Install-CcAppliance"},
    },
    {
        .id = FaultId::dism_dismount_failed,
        .symptom = "Install or upgrade ends with Dismount-WindowsImage error 0xc1550115.",
        .effect = "None: the old version serves on.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In an elevated console: DISM -Cleanup-Wim",
                  "Install-CcAppliance, or wait for the next automatic update."},
    },
    {
        .id = FaultId::first_appliance_deploy_failed,
        .symptom = "The first appliance of a site fails to deploy, or succeeds and does not say so; the others "
                   "wait for it.",
        .effect = "None on running calls: the site does not come into service.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"If the cause is unknown: Install-CcAppliance again until it succeeds, then the others.",
             "If the cause is small: mend it, and read the appliance's GUID with Get-CsHybridPSTNAppliance.",
             "Then Set-CsCceApplianceDeploymentStatus -Identity GUID -Action Deploy -Status Finished."},
    },
    {
        .id = FaultId::manual_updates_needed,
        .symptom =
            "Windows on hosts and machines is behind, and the site's automatic update is off on purpose.",
        .effect = "None until the patching: it takes one appliance after another out of service, or the whole "
                  "of a site with only one.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"One site after the other, and one appliance after the other: Enter-CcUpdate.",
                  "Windows Update on each machine and on the host; reboot them.",
                  "Exit-CcUpdate, and only then the next appliance.",
                  "With a single appliance: host and machines together, to be out only once."},
    },
    {
        .id = FaultId::cmdlets_stale_after_update,
        .symptom = "A console that was open during a build update still offers the old cmdlets.",
        .effect = "None.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Close the console and open it again, or Import-Module CloudConnector -Force."},
    },
    {
        .id = FaultId::stop_cswindowsservice_unknown,
        .symptom = "Enter-CcUpdate fails: the term Stop-CsWindowsService is not recognised.",
        .effect = "None on calls. Maintenance cannot begin.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Delete ModuleAnalysisCache in the user's local application data.", "Enter-CcUpdate"},
    },
    {
        .id = FaultId::cloudconnector_module_missing,
        .symptom = "Import-Module CloudConnector finds no valid module file in any module directory.",
        .effect = "None on calls. The host has no cmdlets of its own.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Check that the module's folder is there.",
                  "Add its parent to PSModulePath, for the session or for the machine.",
                  "Import-Module CloudConnector"},
    },
    {
        .id = FaultId::av_exclusions_missing,
        .symptom =
            "Deployments, updates or the management service stumble over files that the virus scanner holds.",
        .effect = "None on calls by itself. Detection, recovery and updates may fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"Exclude the Appliance Directory and the Site Directory, and its share on the host that holds it.",
             "Exclude the program folder, CloudConnector under ProgramData, and the PowerShell module's "
             "folder.",
             "Exclude the process Microsoft.Rtc.CCE.ManagementService.exe."},
    },
    {
        .id = FaultId::exec_policy_restricted,
        .symptom = "Import-Module fails: running scripts is disabled on this system.",
        .effect = "None on calls. This computer cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In an elevated console: Set-ExecutionPolicy RemoteSigned", "Import-Module once more."},
    },
    {
        .id = FaultId::powershell_too_old,
        .symptom = "Import-Module fails: PowerShell here is version 2.0 and the module needs 3.0.",
        .effect = "None on calls. This computer cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Install Windows PowerShell 3.0 or later."},
    },
    {
        .id = FaultId::winrm_basic_disabled,
        .symptom =
            "New-CsOnlineSession fails with modern authentication: WinRM allows no basic authentication.",
        .effect = "None on calls. This computer cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get-Service winrm; if it is stopped, Start-Service winrm.",
                  "In an elevated console: winrm set winrm/config/client/auth '@{Basic=\"True\"}'"},
    },
    {
        .id = FaultId::liveid_unreachable,
        .symptom = "Get-CsWebTicket fails: the Live ID servers cannot be reached.",
        .effect = "None on calls. This computer cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get-Service msoidsvc; if it is stopped, Start-Service msoidsvc.",
                  "If it runs, open the sign-in page in a browser: does the network reach it?",
                  "If it does, the service address is wrong: open a support ticket."},
    },
    {
        .id = FaultId::liveid_module_missing,
        .symptom = "Get-CsWebTicket fails: the Live ID module cannot be loaded.",
        .effect = "None on calls. This computer cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Install the Microsoft Online Services Sign-in Assistant."},
    },
    {
        .id = FaultId::logon_failed,
        .symptom = "Get-CsWebTicket fails: logon failed for the user.",
        .effect = "None on calls. This administrator cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Try again with the right name and password.",
                  "Sign in on the web page with the same account.",
                  "If that fails as well, open a support ticket."},
    },
    {
        .id = FaultId::no_tenant_permission,
        .symptom = "New-PSSession fails: the user has no permission to manage this tenant.",
        .effect = "None on calls. This administrator cannot manage the tenant.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Have the account made a tenant administrator.", "If it is one, open a support ticket."},
    },
    {
        .id = FaultId::remote_ps_disabled,
        .symptom = "New-PSSession fails: connecting to this tenant is disabled.",
        .effect = "None on calls. Nobody can manage the tenant by PowerShell.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Open a support ticket: only Microsoft can enable remote PowerShell for the tenant again."},
    },
    {
        .id = FaultId::shells_exceeded_user,
        .symptom =
            "New-PSSession fails for the fourth session: this user has as many shells as one may have, three.",
        .effect = "None on calls. This administrator gets no further session.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Remove-PSSession for one of the open sessions, or wait until one expires.",
                  "New-CsOnlineSession"},
    },
    {
        .id = FaultId::shells_exceeded_tenant,
        .symptom =
            "New-PSSession fails for the 21st session: the tenant has as many shells as it may have, twenty.",
        .effect = "None on calls. No administrator gets a further session.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Remove-PSSession wherever in the tenant a session is not needed, or wait until one expires.",
                  "New-CsOnlineSession"},
    },
    {
        .id = FaultId::session_expired,
        .symptom = "After an hour the tenant's cmdlets fail: the session is gone.",
        .effect = "None on calls.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Remove-PSSession, then New-CsOnlineSession and Import-PSSession.",
                  "For long work, before it begins: Enable-CsOnlineSessionForReconnection."},
    },
    {
        .id = FaultId::trust_dialog,
        .symptom = "At a first sign-in the client asks whether the server may be trusted. This is how it is "
                   "meant to be.",
        .effect = "None once answered. Until then the user is signed out: no calls out, and inbound ones reach "
                  "voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Check the server's name and choose to trust it always.",
                  "For many users: append the domain to TrustModelData by group policy; do not replace what is "
                  "there."},
    },
    {
        .id = FaultId::mistyped_credentials,
        .symptom = "The client refuses the sign-in: name or password is wrong.",
        .effect = "The user is signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Check that the sign-in name is the full user principal name, and try again."},
    },
    {
        .id = FaultId::forgotten_password,
        .symptom = "The client refuses the sign-in, and the user no longer knows the password.",
        .effect = "The user is signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Reset the password and hand out a temporary one.", "Sign in and set a new one."},
    },
    {
        .id = FaultId::not_licensed,
        .symptom = "The client says that this is no user of Skype for Business Online.",
        .effect = "The user is signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Assign the licence.", "Wait up to an hour and sign in again."},
    },
    {
        .id = FaultId::wrong_client_version,
        .symptom = "The client says that the authentication service may not be compatible with it.",
        .effect = "The user is signed out on this computer: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Uninstall the client and install the current one."},
    },
    {
        .id = FaultId::personal_cert_stale,
        .symptom =
            "After a change of the sign-in address the client has a problem acquiring a personal certificate.",
        .effect = "The user is signed out on this computer: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Sign out and choose Delete my sign-in info.", "Sign in again."},
    },
    {
        .id = FaultId::personal_cert_corrupt,
        .symptom =
            "The client has a problem acquiring a personal certificate, even with its sign-in info deleted.",
        .effect = "The user is signed out on this computer: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In certmgr.msc delete the personal certificate that Communications Server issued.",
                  "On Windows 7, delete its entry in the Credential Manager.", "Sign in.",
                  "If it still fails, delete the folders S-1-5-21-* under Crypto, RSA of the user's profile, "
                  "and sign in."},
    },
    {
        .id = FaultId::dns_not_propagated,
        .symptom = "After a change of the custom domain its users cannot sign in, some here and some there.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Check that the domain's records are right.",
                  "Wait: up to 72 hours until all the world sees them."},
    },
    {
        .id = FaultId::clock_skew,
        .symptom = "Users behind one domain controller cannot sign in; its clock is off.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Synchronise the domain controller with a reliable time source."},
    },
    {
        .id = FaultId::msoidsvc_blocked,
        .symptom = "Clients behind one proxy or firewall do not find the sign-in address.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the proxy, give msoidsvc an entry with Disable=0 and DisableEx=0.", "Sign in again."},
    },
    {
        .id = FaultId::custom_dns_missing,
        .symptom = "Users of a custom domain read that the server is temporarily unavailable.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"At the registrar, add the CNAME record sip that points to the online SIP director.",
                  "Wait: up to 72 hours until all the world sees it."},
    },
    {
        .id = FaultId::adfs_self_signed,
        .symptom = "Federated users read that the server is temporarily unavailable; AD FS shows a certificate "
                   "it signed itself.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get an SSL certificate from a public authority.",
                  "Install it with the AD FS management console."},
    },
    {
        .id = FaultId::sip_attribute_false,
        .symptom = "Users left over from OCS or Lync 2010 read that they are not enabled for SIP.",
        .effect = "Those users are signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In the local directory set msRTCSIP-UserEnabled to TRUE for all users with a licence.",
                  "Run directory synchronisation."},
    },
    {
        .id = FaultId::unresolved,
        .symptom = "A user cannot sign in, and none of the known causes fits.",
        .effect = "The user is signed out: no calls out, and inbound ones reach voicemail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Collect the client's logs and the event log (MOSDAL).", "Open a support ticket with them."},
    },
    {
        .id = FaultId::firewall_port_closed,
        .symptom = "The appliance registers and reads Running, but SIP or audio fails at the site's perimeter.",
        .effect =
            "By port. TCP 5061: no new call via the site in either direction; running ones go on. Media ports: "
            "calls of clients outside are cut off and new ones fail; internal clients are not touched.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Compare the perimeter's rules with the planning guide's list of ports (PLAN).",
                  "Open what is missing: 5061 and 443 TCP, 3478 UDP, and the media range.",
                  "Place a test call in each direction, and listen."},
    },
    {
        .id = FaultId::trunk_points_at_pool_fqdn,
        .symptom = "On the gateway one trunk names the Mediation pool, not a server; all inbound calls land on "
                   "one appliance.",
        .effect = "Inbound: no failover. When that one Mediation is away, calls of this gateway fail. "
                  "Outbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the gateway, replace the trunk by one to each Mediation of its site, by server name or "
                  "address.",
                  "Give them equal priority.", "Place a test call inbound with one appliance in maintenance."},
    },
    {
        .id = FaultId::trunk_missing_for_appliance,
        .symptom =
            "One appliance never gets inbound calls from a gateway, and its peers have more than their share.",
        .effect = "Inbound calls of this gateway use the other appliances only; if those are away, they fail. "
                  "Outbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"On the gateway, add the trunk to the Mediation that has none, with the priority of the others.",
             "Place a test call inbound through it."},
    },
    {
        .id = FaultId::trunk_priority_unequal,
        .symptom = "The gateway sends all inbound calls to one appliance; its event counters near 500 calls "
                   "(50 on small hardware) while the others idle.",
        .effect = "Inbound calls fill the preferred appliance; above its limit they are blocked or hunt on. "
                  "Its outbound calls are blocked too.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the gateway, give the trunks to all Mediations of the site the same priority.",
                  "Watch current calls of each appliance in the next busy hour."},
    },
    {
        .id = FaultId::gateway_cross_site,
        .symptom =
            "A gateway has trunks to another site's Mediations; calls show up in the wrong site's counters.",
        .effect = "Inbound calls of this gateway enter at the wrong site, and fail with it; its Mediations are "
                  "discovered by polls and failed calls like any other. Outbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the gateway, remove the trunks to Mediations of other sites.",
                  "Check that it has one to each Mediation of its own site."},
    },
    {
        .id = FaultId::cce_root_not_on_gateway,
        .symptom = "The TLS handshake fails at the gateway, which does not trust the appliance's CA; its "
                   "trunks are down.",
        .effect = "Nothing at once: TLS asks for trust when it connects, at the start of a run and when a "
                  "Mediation's services or the gateway come back. From then on no calls on that trunk, in "
                  "either direction; inbound ones hunt on, outbound ones move on to other gateways. Once "
                  "mended, the next OPTIONS poll finds the trunk up.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the host: Export-CcRootCertificate -Path FOLDER",
                  "Install the exported root certificates on the gateway.", "Check that its trunks come up."},
    },
    {
        .id = FaultId::gateway_root_not_on_ms,
        .symptom = "The TLS handshake fails at Mediation, which does not trust the CA of the gateway's "
                   "certificate; the trunk is down.",
        .effect = "Nothing at once: TLS asks for trust when it connects, at the start of a run and when the "
                  "Mediation's services or the gateway come back. From then on no calls on this trunk in "
                  "either direction: inbound ones hunt on to other Mediations, outbound ones to other "
                  "gateways. Once mended, the next OPTIONS poll finds the trunk up.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the host: Set-CcExternalCertificateFilePath -Target MediationServer -Path FILE -Import",
                  "Repeat it on each appliance whose trunk is down.", "Check that the trunk comes up."},
    },
    {
        .id = FaultId::gateway_cert_bad_name,
        .symptom =
            "The TLS handshake fails: the gateway's certificate names another host; its trunks are down.",
        .effect = "Nothing at once: TLS asks for the name when it connects, at the start of a run and when a "
                  "Mediation's services or the gateway come back. From then on no calls on that trunk, in "
                  "either direction; inbound ones hunt on, outbound ones move on to other gateways. Once "
                  "mended, the next OPTIONS poll finds the trunk up.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Issue a certificate whose CN and SAN are the gateway's FQDN, with an exportable key; the "
                  "appliance's CA will do.",
                  "Install it on the gateway.", "Check that its trunks come up."},
    },
    {
        .id = FaultId::edge_a_record_missing,
        .symptom = "Public DNS does not resolve the site's Access Edge name; appliances read Running.",
        .effect = "Outbound calls via the site fail once the old record's hour has run out: the cloud finds no "
                  "Edge. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In public DNS create the A record of the Access Edge name, with the address of every Edge "
                  "of the site.",
                  "Wait for the record's time to live, an hour, and place a test call outbound."},
    },
    {
        .id = FaultId::edge_a_record_incomplete,
        .symptom = "The site's Access Edge name resolves to fewer addresses than it has Edges; one appliance "
                   "carries inbound calls only.",
        .effect = "Outbound calls never choose this appliance once the old record's hour has run out; if its "
                  "peers are away they fail. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In public DNS add the address of this Edge to the A record.",
                  "Wait for the record's time to live, an hour, and place a test call outbound."},
    },
    {
        .id = FaultId::srv_missing,
        .symptom = "From the Edges the records _sip and _sipfederationtls of the SIP domain do not resolve; "
                   "often because they ask the appliance's own DNS.",
        .effect =
            "Calls via the site fail in both directions once the old records' hour has run out: its Edges do "
            "not find the way to the cloud. Those that are up go on.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On each Edge look up _sip and _sipfederationtls of every SIP domain.",
                  "Create what is missing in public DNS.",
                  "Let the Edges ask an external DNS, with the internal names in their HOSTS file."},
    },
    {
        .id = FaultId::peer_destination_unset,
        .symptom =
            "Users without a site cannot dial out; Get-CsTenantHybridConfiguration shows no PeerDestination.",
        .effect = "Outbound calls of users without a site fail: no route. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsTenantHybridConfiguration -PeerDestination EDGE, the Access Edge name of the fallback "
                  "site.",
                  "Better still, give each user a site: Set-CsUserPstnSettings."},
    },
    {
        .id = FaultId::peer_destination_wrong,
        .symptom = "Users without a site appear with numbers of the wrong region; PeerDestination names "
                   "another site than intended.",
        .effect = "Outbound calls of users without a site leave at the wrong site, with its costs and "
                  "carriers, emergency calls too. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"Set-CsTenantHybridConfiguration -PeerDestination EDGE, the Access Edge name of the right site."},
    },
    {
        .id = FaultId::shared_sip_space_false,
        .symptom = "Get-CsTenantFederationConfiguration shows SharedSipAddressSpace False; nobody in the "
                   "tenant can telephone through an appliance.",
        .effect = "Calls of the whole tenant fail, in both directions.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True"},
    },
    {
        .id = FaultId::onprem_dialplan_true,
        .symptom = "Numbers are not completed as users expect; UseOnPremDialPlan is True, as it is by default.",
        .effect = "Outbound calls dialled in short forms are misdialled and refused. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsTenantHybridConfiguration -UseOnPremDialPlan $false"},
    },
    {
        .id = FaultId::user_not_voice_enabled,
        .symptom = "The user's client shows no dial pad; Get-CsOnlineUser shows EnterpriseVoiceEnabled False "
                   "or another VoicePolicy than HybridVoice.",
        .effect = "Outbound calls of these users are refused; inbound calls do not reach them.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsUser -Identity USER -EnterpriseVoiceEnabled $true -HostedVoiceMail $true "
                  "-OnPremLineURI tel:+NUMBER",
                  "Get-CsOnlineUser: check that VoicePolicy is HybridVoice."},
    },
    {
        .id = FaultId::user_unassigned,
        .symptom =
            "Users call out with numbers of the fallback site; Get-CsUserPstnSettings shows no HybridPSTNSite.",
        .effect = "Outbound calls leave at PeerDestination's site, emergency calls too; with none set they "
                  "fail. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsUserPstnSettings -Identity USER -HybridPSTNSite SITE"},
    },
    {
        .id = FaultId::user_wrong_site,
        .symptom = "Users call out with numbers of another region; Get-CsUserPstnSettings shows a site where "
                   "they are not.",
        .effect = "Outbound calls leave at the wrong site as long-distance calls; a carrier may reject "
                  "emergency calls. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsUserPstnSettings -Identity USER -HybridPSTNSite SITE"},
    },
    {
        .id = FaultId::intl_disallowed,
        .symptom = "Users hear a refusal when they dial abroad; national calls work.",
        .effect = "Outbound international calls of these users are refused. Other calls: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Grant-CsVoiceRoutingPolicy -Identity USER -PolicyName InternationalCallsAllowed"},
    },
    {
        .id = FaultId::hybrid_ms_object_missing,
        .symptom = "Get-CsHybridMediationServer does not list this appliance's Mediation; users cannot make "
                   "conferences of telephone calls.",
        .effect = "None on two-party calls. Escalations of calls on this Mediation fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Create an account in the first SIP domain for this Mediation.",
                  "License it, wait until Get-CsOnlineUser shows it, up to an hour, and take the licence away.",
                  "Set-MsolUser -UserPrincipalName ACCOUNT -Department HybridMediationServer",
                  "Set-CsHybridMediationServer -Identity NAME -Fqdn MEDIATION -AccessProxyExternalFqdn EDGE"},
    },
    {
        .id = FaultId::hybrid_ms_object_licensed,
        .symptom = "Get-CsHybridMediationServer warns that the account of this Mediation has a licence.",
        .effect = "None on two-party calls. Escalations of calls on this Mediation fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Take the licence away from the account.",
                  "Set-MsolUser -UserPrincipalName ACCOUNT -Department HybridMediationServer",
                  "Set-CsHybridMediationServer -Identity NAME -Fqdn MEDIATION -AccessProxyExternalFqdn EDGE"},
    },
    {
        .id = FaultId::hybrid_ms_object_wrong_edge,
        .symptom = "Get-CsHybridMediationServer shows another site's Access Edge name for this Mediation.",
        .effect = "None on two-party calls. Escalations of calls on this Mediation fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsHybridMediationServer -Identity NAME -Fqdn MEDIATION -AccessProxyExternalFqdn EDGE, "
                  "the name of its own site."},
    },
    {
        .id = FaultId::edge_down_inbound_blackhole,
        .symptom = "For up to a minute callers from outside hear a failure now and then, while the gateway "
                   "shows every trunk up. The cause is edge-rtcsrv-down.",
        .effect = "Inbound calls that gateways hunt to this appliance fail: its Mediation answers and its Edge "
                  "is dead. Outbound calls use other Edges.",
        .seen_by_1_4 = true,
        .seen_by_2_0 = true,
        .automatic = true,
        .steps =
            {"Wait for detection, at most a minute: it stops the whole appliance, and gateways go elsewhere.",
             "If nobody detects, shut the whole appliance down by hand (PLAN).",
             "Then mend the cause: ccesim faults edge-rtcsrv-down"},
    },
    {
        .id = FaultId::site_share_unreachable,
        .symptom = "The Site Directory's share does not open from the hosts; cmdlets and the service log "
                   "complain of it.",
        .effect = "None on calls. Deployment, updates, CA backups and the cached status of the site fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"Start the host that holds the share, or mend the share and its permissions.",
             "If it has moved: Set-CcSiteDirectory on every host, and reinstall the appliances one by one."},
    },
    {
        .id = FaultId::cceservice_password_mismatch,
        .symptom = "One host is denied access to the Site Directory: its CceService password differs from that "
                   "of the site.",
        .effect = "None on calls. Updates and the cached status of this appliance fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"With peers: Enter-CcUpdate.",
                  "Give CceService on this host the password that the site uses.",
                  "Reboot the host, then Restore-CcCredentials (Register-CcAppliance -Local before 2.1).",
                  "Exit-CcUpdate"},
    },
    {
        .id = FaultId::cabackup_password_mismatch,
        .symptom = "A further appliance cannot import the CA backup: its CABackupFile password differs from "
                   "that of the site.",
        .effect = "None on running calls. The appliance cannot take part in the site's CA; with TLS its trunks "
                  "would not come up.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Enter the site's CABackupFile password: Register-CcAppliance -Local.",
                  "Repeat what failed: Install-CcAppliance or Reset-CcCACertificate."},
    },
    {
        .id = FaultId::site_folder_shared_by_two_sites,
        .symptom = "Two sites point at one Site Directory; lock files, CA backup and status of one appear in "
                   "the other.",
        .effect = "None at once. Updates wait for the wrong lock, and a CA restored from the wrong backup "
                  "breaks TLS trunks.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Give each site a Site Directory of its own: Set-CcSiteDirectory on every host of the site "
                  "that moves.",
                  "Start-CcDownload and Convert-CcIsoToVhdx there, for the new folder is empty.",
                  "Reinstall the appliances of the site that moves, one by one.",
                  "Where the CA came from the other site, follow ccesim faults ca-compromised."},
    },
    {
        .id = FaultId::proxy_per_user,
        .symptom = "Start-CcDownload and updates fail on the host although its user can browse: the proxy is "
                   "set for the user only.",
        .effect = "None on calls. Downloads and automatic updates fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set the proxy for the whole machine.", "Start-CcDownload"},
    },
    {
        .id = FaultId::winhttp_bypass_missing,
        .symptom = "The management service goes through the proxy to reach its own machines, and its log shows "
                   "timeouts.",
        .effect = "None by itself. Detection and recovery fail, so each later fault stays.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"netsh winhttp set proxy with a bypass list for the Corpnet subnet and the management subnet.",
             "Restart the management service."},
    },
    {
        .id = FaultId::mfa_on_tenant_admin,
        .symptom = "The service log shows failed logons of the tenant administrator, whose account asks for a "
                   "second factor.",
        .effect = "None on calls. Status grows old, and the tenant's settings are no longer read.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Take multi-factor authentication off the account, or choose an account without.",
                  "On every host: Set-CcCredential -AccountType TenantAdmin"},
    },
    {
        .id = FaultId::tenant_password_expired,
        .symptom = "The service log shows failed logons of the tenant administrator since the day the password "
                   "ran out.",
        .effect = "None on calls. Status grows old, and the tenant's settings are no longer read.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set a new password that does not expire.",
                  "On every host: Set-CcCredential -AccountType TenantAdmin"},
    },
    {
        .id = FaultId::edge_external_cert_expired,
        .symptom = "The Edge's external certificate is past its date. Nothing shows until the Edge connects "
                   "anew or restarts, often on patch night.",
        .effect = "None on connections that stand. After the next connect or restart inbound calls to this "
                  "appliance fail, and outbound ones use other Edges.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Get a new certificate with key and full chain.", "Enter-CcUpdate",
                  "Set-CcExternalCertificateFilePath -Target EdgeServer -Path FILE -Import",
                  "If it says the password is wrong: Register-CcAppliance -Local, and the line before again.",
                  "Exit-CcUpdate"},
    },
    {
        .id = FaultId::old_ini_reused,
        .symptom = "The upgrade fails, or the new version misses SiteName or EnableReferSupport: "
                   "CloudConnector.ini is that of the old version.",
        .effect =
            "None while the old version serves. A new version without EnableReferSupport may fail transfers.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Export-CcConfigurationSampleFile: it writes the sample of the new version.",
                  "Carry the site's values over into it and save it as CloudConnector.ini.",
                  "Import-CcConfiguration -Force, where the version has it.",
                  "Register-CcAppliance, Start-CcDownload, Install-CcAppliance -Upgrade, Switch-CcVersion"},
    },
    {
        .id = FaultId::port_range_too_small,
        .symptom = "Calls are blocked far below the hardware's limit; Get-CsService -MediationServer shows a "
                   "small AudioPortCount.",
        .effect = "Calls above a quarter of AudioPortCount are blocked, in both directions.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsMediationServer -Identity MEDIATION -AudioPortStart FIRST -AudioPortCount COUNT, four "
                  "ports a call.",
                  "Open the same range at the firewalls."},
    },
    {
        .id = FaultId::slow_setup_dropped,
        .symptom = "Calls to some far destinations end after 10 s of silence, though they would have rung.",
        .effect = "Outbound calls whose set-up takes longer than 10 s are given up here and tried at the next "
                  "gateway; "
                  "where every gateway is as slow they fail. Inbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set EnableFastFailoverTimer to False on every appliance of the site.",
                  "Turn the like timer off on the gateway too.", "Place a test call to such a destination."},
    },
    {
        .id = FaultId::refer_unsupported,
        .symptom = "Transfers of telephone calls fail; the gateway answers REFER with an error.",
        .effect = "None on set-up in either direction. Transfers through this gateway fail; the call goes on. "
                  "They are counted beside the calls (transfers_failed; their share is transfer_share).",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"In CloudConnector.ini of every appliance of the site set EnableReferSupport=False.",
                  "One appliance after the other: Uninstall-CcAppliance, then Unregister-CcAppliance.",
                  "Import-CcConfiguration (from 2.0 on), then Register-CcAppliance.",
                  "On all its peers: Publish-CcAppliance.", "Install-CcAppliance", "Transfer a test call."},
    },
    {
        .id = FaultId::version_out_of_support,
        .symptom = "Get-CcVersion shows a version whose successor is more than 60 days old.",
        .effect = "None at once. The cloud may stop working with it.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Upgrade one appliance after the other: new program, CloudConnector.ini checked, "
                  "Register-CcAppliance.",
                  "Start-CcDownload, Install-CcAppliance -Upgrade, Switch-CcVersion",
                  "Or let it happen: Set-CsHybridPSTNSite -Identity SITE -EnableAutoUpdate $true"},
    },
    {
        .id = FaultId::windows_unset,
        .symptom = "The site has no update windows of its own, and appliances go to Maintenance in the middle "
                   "of a workday.",
        .effect = "None by itself. Updates drain appliances in the busy hour, and the rest may block calls in "
                  "both directions.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"New-CsTenantUpdateTimeWindow -Identity NAME -Daily -StartTime TIME -Duration LENGTH, or "
                  "-Weekly, or -Monthly.",
                  "Set-CsHybridPSTNSite -Identity SITE -BitsUpdateTimeWindow @{add=NAME} -OsUpdateTimeWindow "
                  "@{add=NAME}"},
    },
    {
        .id = FaultId::auto_update_off,
        .symptom = "Get-CsHybridPSTNSite shows EnableAutoUpdate False; patches and versions fall behind.",
        .effect = "None by itself.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Set-CsHybridPSTNSite -Identity SITE -EnableAutoUpdate $true",
                  "Or plan updates by hand, one appliance after the other."},
    },
    {
        .id = FaultId::overload,
        .symptom = "An appliance counts 500 calls or more (50 on small hardware), or more than 90 % processor "
                   "time; users hear busy tones. The cause is trunk-priority-unequal.",
        .effect = "Calls in both directions that meet the full appliance are blocked, unless they hunt on.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Compare current calls, inbound and outbound, of each appliance of the site.",
                  "Mend an uneven spread first: ccesim faults trunk-priority-unequal",
                  "If all are full: add an appliance or a site, or use media bypass."},
    },
    {
        .id = FaultId::gateway_down,
        .symptom = "The gateway answers no SIP and no ping; Mediation logs 25051, then 25061 and 25052. "
                   "Callers to its numbers hear nothing.",
        .effect = "Its calls are dropped. Inbound calls to its numbers fail. Outbound calls wait 10 s and take "
                  "the next gateway; without one they fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Repair or restart the gateway.", "Place a test call in each direction through it."},
    },
    {
        .id = FaultId::publish_forgotten,
        .symptom =
            "A peer was added to the site, and this appliance's DNS and topology do not know its Mediation.",
        .effect =
            "None on two-party calls. Escalations that enter here and are meant for the new Mediation fail.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On this host: Publish-CcAppliance",
                  "Check that the new Mediation's name resolves on the AD machine."},
    },
    {
        .id = FaultId::appliances_installed_in_parallel,
        .symptom = "Several Install-CcAppliance run at once in one site; some fail on the CA, the lock or the "
                   "topology.",
        .effect = "None on running calls: the appliances that failed do not come into service.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Let one of them finish; stop the others and Uninstall-CcAppliance there.",
                  "Then one by one: Register-CcAppliance there, Publish-CcAppliance on every other host, "
                  "Install-CcAppliance there."},
    },
    {
        .id = FaultId::host_uplink_lost,
        .symptom = "The host's Internet line is dead, while all network cards are attached, all services run "
                   "and the tenant goes on reading Running.",
        .effect = "Inbound calls to this appliance fail: its Edge reaches nobody. Outbound calls pay a connect "
                  "delay and go to other Edges.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"On the Edge, try to reach any address outside.",
             "Shut the appliance down or Enter-CcUpdate with immediate stop, so that gateways go elsewhere.",
             "Mend the line: cable, switch port, router.", "Exit-CcUpdate, and place a test call inbound."},
    },
    {
        .id = FaultId::site_provider_lost,
        .symptom = "The whole site is cut off from the Internet; its appliances are well and the tenant goes "
                   "on reading Running. Its users report from their mobiles.",
        .effect = "No calls via the site, in either direction.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Call the Internet provider.",
                  "Meanwhile, if costs allow: Set-CsUserPstnSettings -HybridPSTNSite OTHER for users who still "
                  "reach the cloud.",
                  "When the line is back, place a test call in each direction, and move the users back."},
    },
    {
        .id = FaultId::ad_services_down,
        .symptom = "The directory services are dead in an AD machine that runs. Every status is green; logons "
                   "inside the appliance fail.",
        .effect = "None while nothing restarts. A Mediation or CMS that restarts now does not come up, and no "
                  "calls pass.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"On the AD machine, start directory services and DNS, or restart the machine.",
                  "Only then start CMS or Mediation, if one of them is down: CMS first."},
    },
    {
        .id = FaultId::carrier_lost,
        .symptom = "The gateway is up and its trunks to the Mediations are green, but its circuits show "
                   "alarms; callers to its numbers hear the carrier's announcement.",
        .effect = "Its calls are dropped. Inbound calls to its numbers never arrive: they fail. Outbound calls "
                  "get a 5xx here and move on to the next gateway.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Open a ticket with the carrier.",
                  "Ask the carrier to deliver the numbers to another gateway of the site: carrier-reroute.",
                  "When the circuits are back, place a test call in each direction."},
    },
    {
        .id = FaultId::carrier_reroute,
        .symptom = "The carrier delivers the numbers of this gateway to another gateway of the site; the "
                   "counters of one fall and those of the other rise.",
        .effect =
            "Inbound calls to these numbers arrive at the other gateway and use its channels. Outbound: none.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps =
            {"Ask the carrier to deliver the numbers where they belong again, once their gateway is well."},
    },
    {
        .id = FaultId::common_cause,
        .symptom = "Several things go dark in the same moment: hosts, gateways or a site's line that share a "
                   "power feed, a rack, a carrier or a subnet which the scenario names.",
        .effect = "What each of them loses alone, at once. Power: host-crash, gateway-down. A carrier: "
                  "host-uplink-lost, carrier-lost. A network: host-uplink-lost, gateway-down. A site: "
                  "site-provider-lost.",
        .seen_by_1_4 = false,
        .seen_by_2_0 = false,
        .automatic = false,
        .steps = {"Repair what they share; do not start with the things themselves.",
                  "When it is back, look that each host has booted and each gateway has its trunks up."},
    },
}};

constexpr bool each_fault_has_its_row() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].id) != i || rows[i].symptom.empty() || rows[i].effect.empty() ||
            rows[i].runbook().empty())
            return false;
    return true;
}
static_assert(each_fault_has_its_row());

}  // namespace

std::span<const CatalogueRow> catalogue() {
    return rows;
}

const CatalogueRow& catalogue_row(FaultId id) {
    return rows[static_cast<std::size_t>(id)];
}

}  // namespace sim::faults
