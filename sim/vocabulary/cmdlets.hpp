// The cmdlets by name: where each is typed, what it takes, and which releases of the product have it. Plain
// data; what one does stands in sim/operations.
//
// Names, parameters and releases are those of the cmdlet reference (REF), of the page of each host cmdlet, and
// of S0, S2 and S3 where these say more; docs/glossary.md explains these labels. What people do at Windows, at
// Hyper-V Manager or by telephone has the name that Windows gives it, where there is one; the few verbs of our
// own say so.

#pragma once

#include "sim/vocabulary/versions.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string_view>

namespace sim::vocabulary {

enum class CmdletId : std::uint8_t {
    enter_cc_update,
    exit_cc_update,
    backup_cc_certification_authority,
    convert_cc_iso_to_vhdx,
    export_cc_configuration,
    export_cc_configuration_sample_file,
    export_cc_root_certificate,
    get_cc_appliance_directory,
    get_cc_appliance_log_directory,
    get_cc_site_directory,
    get_cc_site_log_directory,
    get_cc_appliance_status,
    get_cc_credential,
    get_cc_download_progress,
    get_cc_external_certificate_file_path,
    get_cc_running_version,
    get_cc_version,
    import_cc_certificate,
    import_cc_configuration,
    install_cc_appliance,
    install_cc_oms_agent,
    publish_cc_appliance,
    register_cc_appliance,
    remove_cc_certification_authority_file,
    remove_cc_legacy_server_certificate,
    renew_cc_ca_certificate,
    renew_cc_server_certificate,
    reset_cc_ca_certificate,
    restore_cc_credentials,
    search_cc_log,
    set_cc_appliance_directory,
    set_cc_site_directory,
    set_cc_credential,
    set_cc_external_certificate_file_path,
    start_cc_download,
    start_cc_logging,
    stop_cc_logging,
    switch_cc_version,
    uninstall_cc_appliance,
    unregister_cc_appliance,
    update_cc_ca_certificate,
    update_cc_server_certificate,
    install_cc_instance,
    uninstall_cc_instance,
    register_cc_ha_instance,
    publish_cc_ha_instance,
    new_cs_hybrid_pstn_site,
    get_cs_hybrid_pstn_site,
    set_cs_hybrid_pstn_site,
    remove_cs_hybrid_pstn_site,
    get_cs_hybrid_pstn_appliance,
    register_cs_hybrid_pstn_appliance,
    set_cs_hybrid_pstn_appliance,
    unregister_cs_hybrid_pstn_appliance,
    set_cs_cce_appliance_deployment_status,
    set_cs_cce_appliance_status,
    set_cs_cce_appliance_configuration_replication_status,
    complete_cs_cce_appliance_registration,
    complete_cs_cce_appliance_unregistration,
    new_cs_tenant_update_time_window,
    set_cs_tenant_update_time_window,
    get_cs_tenant_update_time_window,
    remove_cs_tenant_update_time_window,
    set_cs_tenant_hybrid_configuration,
    get_cs_tenant_hybrid_configuration,
    set_cs_tenant_federation_configuration,
    set_cs_user_pstn_settings,
    get_cs_user_pstn_settings,
    set_cs_hybrid_mediation_server,
    get_cs_hybrid_mediation_server,
    set_cs_user,
    get_cs_online_user,
    grant_cs_voice_routing_policy,
    new_cs_network_media_bypass_configuration,
    set_cs_network_configuration,
    get_cs_network_configuration,
    new_cs_online_um_dialplan,
    get_cs_online_um_dialplan,
    enable_cs_online_um_mailbox,
    enable_cs_online_session_for_reconnection,
    new_cs_online_session,
    import_ps_session,
    new_ps_session,
    get_ps_session,
    remove_ps_session,
    get_cs_web_ticket,
    stop_cs_windows_service,
    start_cs_windows_service,
    get_cs_windows_service,
    set_cs_mediation_server,
    get_cs_service,
    set_cs_trunk_configuration,
    invoke_cs_computer_fail_back,
    get_ad_domain,
    get_service,
    start_service,
    stop_service,
    restart_service,
    restart_computer,
    stop_computer,
    install_windows_update,
    start_vm,
    stop_vm,
    get_vm,
    remove_vm,
    connect_vm_network_adapter,
    disconnect_vm_network_adapter,
    remove_vm_switch,
    enable_net_firewall_rule,
    get_net_firewall_rule,
    get_net_ip_address,
    new_net_ip_address,
    get_dns_client_server_address,
    set_dns_client_server_address,
    resolve_dns_name,
    test_net_connection,
    ping,
    import_certificate,
    dism,
    netsh,
    winrm,
    w32tm,
    set_execution_policy,
    get_execution_policy,
    import_module,
    exit_console,
    stop_process,
    test_path,
    get_content,
    set_content,
    add_content,
    copy_item,
    remove_item,
    set_item,
    set_item_property,
    install_package,
    uninstall_package,
    add_mp_preference,
    get_counter,
    get_win_event,
    set_local_user,
    connect_msol_service,
    get_msol_user,
    new_msol_user,
    set_msol_user,
    set_msol_user_license,
    set_msol_user_password,
    add_msol_role_member,
    set_ad_user,
    start_ad_sync_sync_cycle,
    set_adfs_ssl_certificate,
    set_gp_registry_value,
    invoke_web_request,
    request_change,
    request_certificate,
    test_pstn_call,
    invoke_sign_in,
    invoke_sign_out,
    mosdal,
};

// Where it is typed.
enum class Console : std::uint8_t {
    host,     // the elevated console of an appliance's host, with the product's module
    tenant,   // a remote session to the tenant
    machine,  // the product's shell inside one of an appliance's machines
    windows,  // any Windows: the host, one of its machines, or an administrator's own computer
    desk,     // an administrator's own computer, or the telephone
};
std::string_view text(Console at);  // "host"

// What a parameter takes.
enum class Takes : std::uint8_t {
    flag,         // nothing: it is there or not
    boolean,      // $true or $false
    text,         // a name, a path, an address; its words, if any, are those the simulation knows
    whole,        // a whole number from `least` to `most`
    duration,     // "4h", "4:00"
    date,         // "2019-11-18", "2019-11-18 10:20", on the clock of the host
    time_of_day,  // "22:00"
    one_of,       // one of `words`
    some_of,      // one or more of `words`
    names,        // a list of names
    changes,      // a list of names, or which to add to it, to remove from it or to put in its place
    fault,        // an id of the fault catalogue
};

inline constexpr VersionId oldest_version = VersionId::v1_3_8;

struct CmdletWord {
    std::string_view word;
    VersionId first = oldest_version;  // the first release that knows it
};

// The sets of parameters that go together, as bits. One set is meant at a time.
inline constexpr std::uint8_t every_set = 0xff;

struct CmdletParameter {
    std::string_view name;  // without its dash
    Takes takes = Takes::text;
    bool mandatory = false;   // in its sets: prompts for it at a console, an error in a script
    bool positional = false;  // its value may be typed without its name; those of one cmdlet in this order
    bool nullable = false;    // $null is a value too
    bool secret = false;      // not to be shown again
    std::uint8_t sets = every_set;
    VersionId first = oldest_version;
    VersionId last = newest_version;
    std::int32_t least = std::numeric_limits<std::int32_t>::min();
    std::int32_t most = std::numeric_limits<std::int32_t>::max();
    std::span<const CmdletWord> words{};

    constexpr bool known_to(VersionId version) const { return first <= version && version <= last; }
};

inline constexpr std::size_t cmdlet_parameters_max = 14;

// A row's parameters, in the order in which its page has them.
class CmdletParameters {
public:
    constexpr CmdletParameters() = default;
    constexpr CmdletParameters(std::initializer_list<CmdletParameter> parameters) {
        for (const CmdletParameter& parameter : parameters) add(parameter);
    }
    // REQUIRES fewer than cmdlet_parameters_max.
    constexpr void add(const CmdletParameter& parameter) { parameters_[size_++] = parameter; }

    constexpr const CmdletParameter* begin() const { return parameters_.data(); }
    constexpr const CmdletParameter* end() const { return parameters_.data() + size_; }
    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }

private:
    std::array<CmdletParameter, cmdlet_parameters_max> parameters_{};
    std::size_t size_ = 0;
};

struct Cmdlet {
    CmdletId id{};
    std::string_view name;
    Console at{};
    VersionId first =
        oldest_version;  // releases of the appliance it is typed on; for all but host cmdlets, all
    VersionId last = newest_version;
    CmdletParameters parameters;
    std::string_view does;  // one sentence

    constexpr bool known_to(VersionId version) const { return first <= version && version <= last; }
};

// One row a cmdlet, in the order of CmdletId.
std::span<const Cmdlet> cmdlets();

const Cmdlet& cmdlet(CmdletId id);

// By name, in any case: as PowerShell does. Null if there is none.
const Cmdlet* cmdlet_named(std::string_view name);
const CmdletParameter* parameter_named(const Cmdlet& cmdlet, std::string_view name);

}  // namespace sim::vocabulary
