// From the product's own files to a scenario: CloudConnector.ini, the user export, a call profile.
//
// Each importer reads text, gathers every problem with its line (and column, for CSV), and throws once. Nothing
// is half imported.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace sim::scenario {

// What one CloudConnector.ini says (sections and keys as the product's documentation names them).
struct ApplianceFile {
    std::string site_name;
    std::string edge_fqdn;  // <EdgeServer.ExternalSIPPoolName>.<first SIP domain>
    std::string sip_domain;
    Appliance appliance;  // named after the file: the host's computer name
    std::vector<Gateway> gateways;

    struct Value {
        std::string text;
        Place place;
    };
    std::map<std::string, Value> values;  // all that was given and known: "[Common] SIPDomains" and so on
};

// Reads one file. `name` is the path as the scenario wrote it; it stands in every problem.
ApplianceFile read_ini(const std::string& name, const std::string& text,
                       std::vector<vocabulary::Problem>& warnings);

// Adds the files' sites, appliances and gateways to the scenario, in the order given. Files with one site name
// make one site; what must agree between its files and does not, and what must differ and is equal,
// are errors that name both files.
void add_appliance_files(Scenario& scenario, const std::vector<ApplianceFile>& files);

// Reads users as Export-Csv leaves them, and adds one cohort a site and one for users without a site.
// REQUIRES the sites to be in the scenario already. Columns needed: UserPrincipalName, EnterpriseVoiceEnabled,
// HybridPSTNSite. Read when present: AllowInternationalCalls, and VoicePolicy and OnPremLineURI, without which
// a user is not enabled for voice, whatever the flag says; that is a warning. Others are ignored.
void add_users(Scenario& scenario, const std::string& name, const std::string& text);

// Reads a weekly profile: a column slot_start (HH:MM, ascending, one step) and mon_mean … fri_mean; sat_mean
// and sun_mean when present. Slots outside the file, and weekend days without a column, carry nothing.
Profile read_profile(const std::string& name, const std::string& text);

// The profile with no slot below `floor` (a share of the busy hour's mean intensity): nights and weekends carry
// that.
Profile with_floor(Profile profile, double floor);

}  // namespace sim::scenario
