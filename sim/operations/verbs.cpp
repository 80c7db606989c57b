#include "sim/operations/verb_rows.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/letters.hpp"

namespace sim::operations {

const topology::Appliance& appliance(const Estate& estate, const Command& command) {
    return estate.fleet.appliances()[*command.on];
}

std::string nothing_against(const Estate&, const Command&) {
    return "";
}

std::optional<Duration> takes_to_show(const Estate& estate, const Command&) {
    return estate.times.shows;
}

std::optional<Duration> takes_by_hand(const Estate& estate, const Command&) {
    return estate.times.by_hand;
}

std::optional<vocabulary::Machine> inside(const Command& command) {
    // -VMName says which machine is handled from outside.
    return command.arguments.count("VMName") > 0 ? std::nullopt : vocabulary::machine_of(command);
}

std::string name_of(const Estate& estate, ApplianceId id) {
    return estate.names.appliances[vocabulary::index(id)];
}

bool is_online(const Estate& estate, ApplianceId id) {
    const topology::Appliance& appliance = estate.fleet.appliances()[id];
    return appliance.good(topology::Part::uplink) &&
           estate.fleet.sites()[appliance.site].held(topology::SitePart::provider) == nullptr;
}

vocabulary::SiteId site_of(const Estate& estate, const Command& command) {
    return appliance(estate, command).site;
}

std::optional<vocabulary::Build> build_named(const Estate& estate, const std::string& name) {
    for (const vocabulary::Version& one : vocabulary::versions)
        if (one.name == name) return vocabulary::Build{one.id};
    vocabulary::Build build = estate.releases.newest();
    for (; build.release > 0; --build.release)
        if (text(build) == name) return build;
    return std::nullopt;
}

topology::SiteFiles files_of(const Estate& estate, const Command& command) {
    return estate.fleet.files(site_of(estate, command), appliance(estate, command).deployment.site_directory);
}

std::string no_tenant(const Estate& estate, const Command& command) {
    if (!is_online(estate, *command.on)) return "the remote name could not be resolved: login.windows.net";
    if (!appliance(estate, command).good(topology::Part::tenant_credential))
        return "the tenant does not let the account TenantAdmin in";
    return "";
}

std::string no_directory(const Estate& estate, const Command& command) {
    if (!estate.fleet.has_directory(site_of(estate, command)))
        return "cannot find the path of the Site Directory";
    if (!appliance(estate, command).good(topology::Part::service_credential))
        return "access to the path of the Site Directory is denied";
    return "";
}

std::optional<Duration> until_told(const Estate&, const Command&) {
    return std::nullopt;
}

std::string nothing_more(Estate&, const Command&, Answer&) {
    return "";
}

std::optional<Duration> tenant_takes(const Estate& estate, const Command&) {
    return estate.times.tenant_takes;
}

std::string text_of(const Command& command, const std::string& parameter) {
    const auto* text = given<std::string>(command, parameter);
    return text == nullptr ? "" : *text;
}

bool is_given(const Command& command, const std::string& parameter) {
    return command.arguments.find(parameter) != command.arguments.end();
}

bool is_like(std::string_view name, std::string_view pattern) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern.empty() || vocabulary::same_word(name, pattern);
    if (name.size() < star || !vocabulary::same_word(name.substr(0, star), pattern.substr(0, star)))
        return false;
    pattern.remove_prefix(star + 1);
    if (pattern.empty()) return true;
    for (std::size_t from = star; from <= name.size(); ++from)
        if (is_like(name.substr(from), pattern)) return true;
    return false;
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::string text(topology::TenantStatus status) {
    using topology::TenantStatus;
    switch (status) {
        case TenantStatus::running:
            return "Running";
        case TenantStatus::maintenance:
            return "Maintenance";
        case TenantStatus::error:
            return "Error";
        case TenantStatus::none:
            break;
    }
    return "None";
}

const Verb* verb(CmdletId id) {
    for (const auto rows : {drain_verbs(), host_verbs(), deployment_verbs(), registration_verbs(),
                            certificate_verbs(), tenant_verbs(), site_verbs(), appliance_object_verbs(),
                            user_verbs(), session_verbs(), windows_verbs(), repair_verbs(), look_verbs()})
        for (const Verb& one : rows)
            if (one.id == id) return &one;
    return nullptr;
}

}  // namespace sim::operations
