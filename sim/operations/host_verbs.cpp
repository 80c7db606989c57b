// The product's other cmdlets at a host: what shows, its credentials, its configuration, its folders and its
// logs.

#include "sim/operations/verb_rows.hpp"

#include <array>

namespace sim::operations {

using topology::Deployment;
using topology::Part;
using topology::Parts;
using vocabulary::FaultId;
using vocabulary::Machine;
using vocabulary::VersionId;
using Manner = Verb::Manner;

namespace {

// S0: logging stops by itself after so long.
constexpr Duration logging_lasts = std::chrono::hours{4};

const Deployment& deployment(const Estate& estate, const Command& command) {
    return appliance(estate, command).deployment;
}

// --- folders

constexpr const char* local_root = R"(C:\Users\Administrator\CloudConnector\)";  // PREP: %USERPROFILE%

std::string appliance_directory(const Estate& estate, const Command& command) {
    const std::string& path = deployment(estate, command).appliance_directory;
    return path.empty() ? std::string{local_root} + "ApplianceRoot" : path;
}

// A site of several has a share on one of its hosts.
std::string site_directory(const Estate& estate, const Command& command) {
    const std::string& path = deployment(estate, command).site_directory;
    if (!path.empty()) return path;
    const topology::Site& site = estate.fleet.sites()[appliance(estate, command).site];
    if (site.appliances.size() == 1 || !site.directory_on) return std::string{local_root} + "SiteRoot";
    return R"(\\)" + name_of(estate, *site.directory_on) + R"(\SiteRoot)";
}

std::string show_appliance_directory(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Path", appliance_directory(estate, command)}});
    return "";
}

std::string show_site_directory(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Path", site_directory(estate, command)}});
    return "";
}

std::string show_appliance_logs(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Path", appliance_directory(estate, command) + R"(\Logs)"}});
    return "";
}

std::string show_site_logs(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Path", site_directory(estate, command) + R"(\Logs)"}});
    return "";
}

std::string refuses_appliance_directory(const Estate& estate, const Command& command) {
    if (given<std::string>(command, "Path")->find(' ') != std::string::npos)
        return "the path of the Appliance Directory must not contain spaces";
    if (deployment(estate, command).installed)
        return "the Appliance Directory cannot be changed while the appliance is deployed";
    return "";
}

std::string set_appliance_directory(Estate& estate, const Command& command, Answer&) {
    estate.fleet.deployment(*command.on).appliance_directory = *given<std::string>(command, "Path");
    return "";
}

// What lies in the old folder does not move along.
std::string set_site_directory(Estate& estate, const Command& command, Answer&) {
    const std::string path = *given<std::string>(command, "Path");
    const bool stays = path == site_directory(estate, command);
    if (!stays) estate.fleet.deployment(*command.on).site_directory = path;
    return "";
}

// In the Appliance Directory, under the name of the file that was copied there.
std::string show_certificate_path(Estate& estate, const Command& command, Answer& answer) {
    const auto* target = given<std::string>(command, "Target");
    const std::string whose = target != nullptr ? *target : "EdgeServer";
    const topology::Authority& authority = appliance(estate, command).authority;
    const std::string& copied = whose == "EdgeServer" ? authority.edge_file : authority.mediation_file;
    const std::string file = copied.empty() ? whose + ".pfx" : copied.substr(copied.find_last_of('\\') + 1);
    answer.push_back(
        {{"Target", whose}, {"Path", appliance_directory(estate, command) + R"(\Certificates\)" + file}});
    return "";
}

// --- versions

void say_version(Answer& answer, const char* type, std::optional<vocabulary::Build> version) {
    if (version) answer.push_back({{"VersionType", std::string{type}}, {"Version", text(*version)}});
}

std::optional<vocabulary::Build> running_version(const Estate& estate, const Command& command) {
    const Deployment& state = deployment(estate, command);
    if (!state.installed || !state.knows_its_version) return std::nullopt;
    return appliance(estate, command).version;
}

std::string show_running_version(Estate& estate, const Command& command, Answer& answer) {
    say_version(answer, "RunningBits", running_version(estate, command));
    return "";
}

std::string show_version(Estate& estate, const Command& command, Answer& answer) {
    const auto* named = given<std::string>(command, "VersionType");
    const std::string type = named != nullptr ? *named : "RunningScripts";
    const topology::Appliance& one = appliance(estate, command);
    if (type == "RunningScripts" || type == "All") say_version(answer, "RunningScripts", one.script_version);
    if (type == "RunningBits" || type == "All")
        say_version(answer, "RunningBits", running_version(estate, command));
    if ((type == "BackupBits" || type == "All") && one.deployment.knows_its_version)
        say_version(answer, "BackupBits", one.backup_version);
    return "";
}

// --- status

std::string show_status(Estate& estate, const Command& command, Answer& answer) {
    const topology::Appliance& one = appliance(estate, command);
    const bool blind = estate.fleet.is_blind(*command.on);
    for (const Machine machine : vocabulary::machines) {
        bool runs = one.on(machine);
        for (const Part service : vocabulary::services_of(machine)) runs = runs && one.good(service);
        const char* status = blind ? "Unknown" : runs ? "Running" : "Error";
        answer.push_back({{"Name", std::string{vocabulary::text(machine)}}, {"Status", std::string{status}}});
    }
    return "";
}

std::string show_download(Estate& estate, const Command& command, Answer& answer) {
    const Deployment& state = deployment(estate, command);
    const auto files = estate.fleet.files(appliance(estate, command).site, state.site_directory);
    std::int64_t percent = files.downloaded ? 100 : 0;
    if (state.download_began && estate.times.download_takes > Duration{})
        percent = (estate.simulation.now() - *state.download_began) * 100 / estate.times.download_takes;
    answer.push_back({{"PercentComplete", percent}});
    return "";
}

// --- credentials

std::string account(const Command& command) {
    return *given<std::string>(command, "AccountType");
}

std::string show_credential(Estate&, const Command& command, Answer& answer) {
    Object object{{"AccountType", account(command)}, {"UserName", account(command)}};
    if (vocabulary::has_flag(command, "DisplayPassword"))
        object.emplace_back("Password", std::string{"(shown)"});
    answer.push_back(std::move(object));
    return "";
}

Parts part_of_account(const std::string& account) {
    if (account == "TenantAdmin") return {Part::tenant_credential};
    if (account == "VmAdmin") return {Part::vm_credential};
    if (account == "DomainAdmin") return {Part::domain_credential};
    return {};
}

// A second factor is not asked for here, and no new password does away with it.
std::string set_credential(Estate& estate, const Command& command, Answer&) {
    const Parts part = part_of_account(account(command));
    estate.fleet.mend(*command.on, part, {FaultId::mfa_on_tenant_admin});
    return "";
}

std::string restore_credentials(Estate& estate, const Command& command, Answer&) {
    estate.fleet.mend(*command.on, host_credentials, {FaultId::mfa_on_tenant_admin});
    return "";
}

// --- configuration

// -Force or not: a script has nobody to ask whether to overwrite what is in use.
std::string import_configuration(Estate& estate, const Command& command, Answer&) {
    Deployment& state = estate.fleet.deployment(*command.on);
    const bool is_new = state.ini_is_new;
    state.ini = state.ini_in_directory;
    state.ini_is_new = false;
    if (is_new) estate.fleet.mend(*command.on, Parts{Part::configuration});
    return "";
}

std::string refuses_import(const Estate& estate, const Command& command) {
    const bool overwrites = deployment(estate, command).ini != deployment(estate, command).ini_in_directory;
    if (overwrites && deployment(estate, command).installed && !vocabulary::has_flag(command, "Force"))
        return "the configuration in use is another one: -Force overwrites it";
    return "";
}

std::string export_configuration(Estate& estate, const Command& command, Answer& answer) {
    for (const auto& [key, value] : deployment(estate, command).ini)
        answer.push_back({{"Key", key}, {"Value", value}});
    return "";
}

std::string export_sample(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Path", appliance_directory(estate, command) + R"(\CloudConnector.Sample.ini)"},
                      {"Version", text(appliance(estate, command).script_version)}});
    return "";
}

std::string refuses_oms(const Estate& estate, const Command& command) {
    if (!deployment(estate, command).installed) return no_machines;
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    const topology::IniKeys& ini = deployment(estate, command).ini;
    const auto enabled = ini.find("OMSEnabled");
    if (enabled == ini.end() || enabled->second != "true")
        return "OMSEnabled is not true in the configuration in use: run Import-CcConfiguration first";
    if (!is_online(estate, *command.on)) return "the remote name could not be resolved: the download failed";
    return "";
}

std::string install_oms(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_oms(estate, command); !why.empty()) return why;
    estate.fleet.deployment(*command.on).is_monitored = true;
    return "";
}

// --- call logs

bool is_logging(const Estate& estate, const Command& command) {
    const auto& until = deployment(estate, command).logs_until;
    return until && *until > estate.simulation.now();
}

std::string refuses_logging(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (is_logging(estate, command)) return "logging is started already";
    return "";
}

std::string start_logging(Estate& estate, const Command& command, Answer&) {
    Deployment& state = estate.fleet.deployment(*command.on);
    state.logs_since = estate.simulation.now();
    state.logs_until = estate.simulation.now() + logging_lasts;
    return "";
}

std::string refuses_stop(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!is_logging(estate, command) && !vocabulary::has_flag(command, "RemoveCache"))
        return "logging is not started";
    return "";
}

std::string stop_logging(Estate& estate, const Command& command, Answer&) {
    Deployment& state = estate.fleet.deployment(*command.on);
    if (is_logging(estate, command)) state.logs_until = estate.simulation.now();
    if (!vocabulary::has_flag(command, "RemoveCache")) return "";
    state.logs_since.reset();
    state.logs_until.reset();
    return "";
}

std::string refuses_search(const Estate& estate, const Command& command) {
    if (*given<std::string>(command, "EndTime") < *given<std::string>(command, "StartTime"))
        return "EndTime is before StartTime";
    if (!deployment(estate, command).logs_since) return "there are no call logs: Start-CcLogging starts them";
    return "";
}

std::string search_log(Estate& estate, const Command& command, Answer& answer) {
    const auto* file = given<std::string>(command, "FileName");
    const std::string name = file != nullptr ? *file : "CallLogs.txt";
    answer.push_back({{"Path", appliance_directory(estate, command) + R"(\Logs\)" + name},
                      {"StartTime", *given<std::string>(command, "StartTime")},
                      {"EndTime", *given<std::string>(command, "EndTime")}});
    return "";
}

using Ends = std::string (*)(Estate&, const Command&, Answer&);

constexpr Verb shows(CmdletId id, Ends ends) {
    return {id, nothing_against, nullptr, takes_to_show, ends, Manner::looks};
}

constexpr std::array rows{
    shows(CmdletId::get_cc_appliance_directory, show_appliance_directory),
    shows(CmdletId::get_cc_site_directory, show_site_directory),
    shows(CmdletId::get_cc_appliance_log_directory, show_appliance_logs),
    shows(CmdletId::get_cc_site_log_directory, show_site_logs),
    shows(CmdletId::get_cc_external_certificate_file_path, show_certificate_path),
    shows(CmdletId::get_cc_running_version, show_running_version),
    shows(CmdletId::get_cc_version, show_version),
    shows(CmdletId::get_cc_appliance_status, show_status),
    shows(CmdletId::get_cc_download_progress, show_download),
    shows(CmdletId::get_cc_credential, show_credential),
    shows(CmdletId::export_cc_configuration, export_configuration),
    shows(CmdletId::export_cc_configuration_sample_file, export_sample),
    Verb{CmdletId::set_cc_appliance_directory, refuses_appliance_directory, nullptr, takes_to_show,
         set_appliance_directory},
    Verb{CmdletId::set_cc_site_directory, nothing_against, nullptr, takes_to_show, set_site_directory},
    Verb{CmdletId::set_cc_credential, nothing_against, nullptr, takes_to_show, set_credential},
    Verb{CmdletId::restore_cc_credentials, nothing_against, nullptr, takes_by_hand, restore_credentials},
    Verb{CmdletId::import_cc_configuration, refuses_import, nullptr, takes_to_show, import_configuration},
    Verb{CmdletId::install_cc_oms_agent, refuses_oms, nullptr, takes_by_hand, install_oms},
    Verb{CmdletId::start_cc_logging, refuses_logging, nullptr, takes_to_show, start_logging},
    Verb{CmdletId::stop_cc_logging, refuses_stop, nullptr, takes_to_show, stop_logging},
    Verb{CmdletId::search_cc_log, refuses_search, nullptr, takes_to_show, search_log, Manner::looks},
};

}  // namespace

std::span<const Verb> host_verbs() {
    return rows;
}

}  // namespace sim::operations
