// What is written down of an appliance: at its host, in the Site Directory, and in the tenant. None of it
// carries a call; the product's cmdlets ask for it and change it.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/parts.hpp"
#include "sim/vocabulary/versions.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace sim::topology {

// What was done last to an appliance as a whole, as the tenant holds it
// (ps:Set-CsCceApplianceDeploymentStatus).
enum class Action : std::uint8_t { deploy, bits_update, os_update, remove };
enum class Progress : std::uint8_t { started, finished, error };

// Install-CcAppliance -ShowStepsOnly. The page names the first three; how the rest is counted is assumed.
inline constexpr std::array<const char*, 6> deployment_steps{
    "Create the virtual switches", "Create the AD machine",        "Set up the domain service",
    "Create the CMS machine",      "Create the Mediation machine", "Create the Edge machine"};

using IniKeys = std::map<std::string, std::string>;  // those that somebody has changed

struct Deployment {
    bool registered = true;  // the tenant knows it; as what, operations/tenancy keeps
    bool installed = true;   // a set of machines is in use
    Action action = Action::deploy;
    Progress progress = Progress::finished;
    std::uint8_t steps_done = 0;  // of a set that is being built, or whose building broke off

    bool has_scripts = true;          // the program package is installed: the cmdlets and the service
    bool must_register = false;       // a new package has been installed since Register-CcAppliance
    bool has_module_ini = true;       // beside the new package lies the old one's record of versions
    bool knows_its_version = true;    // 3B-9: false once a cmdlet ran between a package >= 1.4.1 and Register
    IniKeys ini_in_directory;         // CloudConnector.ini in the Appliance Directory
    IniKeys ini;                      // the one in use
    bool ini_is_new = false;          // written since it was put into use the last time
    std::string appliance_directory;  // empty: the default
    std::string site_directory;       // empty: the default
    std::optional<kernel::Instant> logs_since, logs_until;       // of call logging; it ends by itself
    std::optional<kernel::Instant> download_began;               // under way
    bool is_monitored = false;                                   // Install-CcOMSAgent
    bool refers = true;                                          // EnableReferSupport
    vocabulary::Parts deleted;                                   // machines of the set in use
    std::optional<unsigned> audio_port_start, audio_port_count;  // where somebody has set them
};

// Convert-CcIsoToVhdx pauses, or breaks off, at Windows Update: then somebody goes on by hand.
enum class BaseDisk : std::uint8_t { none, waiting_for_updates, ready };

// What lies in a Site Directory.
struct SiteFiles {
    std::optional<vocabulary::Build> downloaded;  // of the software; none: nothing
    BaseDisk base_disk = BaseDisk::none;
};

}  // namespace sim::topology
