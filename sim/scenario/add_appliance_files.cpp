// From single files to sites. What must agree between appliances and what must differ follows the deployment
// guide of the product for several appliances and sites.

#include "sim/scenario/addresses.hpp"
#include "sim/scenario/import.hpp"
#include "sim/vocabulary/letters.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::lowered;
using vocabulary::Problems;
using vocabulary::quoted;
using vocabulary::same_word;

namespace {

using Files = std::vector<ApplianceFile>;

constexpr const char* site_key = "[Common] SiteName";
constexpr const char* edge_key = "[EdgeServer] ExternalSIPPoolName";

constexpr std::array equal_in_tenant{"[Common] VirtualMachineDomain", "[Common] SIPDomains",
                                     "[MediationServer] PoolName", "[EdgeServer] InternalPoolName"};
constexpr std::array server_keys{"[Common] ServerName", "[PrimaryCMS] ServerName",
                                 "[MediationServer] ServerName", "[EdgeServer] InternalServerName"};
constexpr std::array address_keys{"[Common] IP",
                                  "[Common] BaseVMIP",
                                  "[PrimaryCMS] IP",
                                  "[MediationServer] IP",
                                  "[EdgeServer] InternalServerIPs",
                                  "[EdgeServer] ExternalSIPIPs"};

const ApplianceFile::Value& given(const ApplianceFile& file, const char* key) {
    static const ApplianceFile::Value nothing;
    const auto found = file.values.find(key);
    return found == file.values.end() ? nothing : found->second;
}

std::string where(const Place& place) {
    return fmt::format("{}:{}", vocabulary::shown(place.file), place.line);
}

// One name is one site, and one Access Edge is one site: both together are its identity.
void check_identity(const Files& files, Problems& problems) {
    std::map<std::string, const ApplianceFile*> by_site, by_edge;
    for (const ApplianceFile& file : files) {
        const ApplianceFile& same_site = *by_site.emplace(lowered(file.site_name), &file).first->second;
        const ApplianceFile& same_edge = *by_edge.emplace(lowered(file.edge_fqdn), &file).first->second;
        if (!same_word(same_site.edge_fqdn, file.edge_fqdn))
            problems.add({given(file, edge_key).place, "E370",
                          fmt::format("site {} has the Access Edge {} here and {} in {}",
                                      quoted(file.site_name), quoted(file.edge_fqdn),
                                      quoted(same_site.edge_fqdn), where(given(same_site, edge_key).place)),
                          "all appliances of a site share one external Access Edge name",
                          "mend the name, or give the appliance a site of its own"});
        else if (!same_word(same_edge.site_name, file.site_name))
            problems.add({given(file, site_key).place, "E370",
                          fmt::format("the Access Edge {} belongs to site {} here and to site {} in {}",
                                      quoted(file.edge_fqdn), quoted(file.site_name),
                                      quoted(same_edge.site_name), where(given(same_edge, site_key).place)),
                          "each site has an external Access Edge name of its own",
                          "mend the SiteName, or the ExternalSIPPoolName"});
    }
}

// Lists are compared by their words: blanks do not count, the order does.
void check_equal(const Files& files, Problems& problems) {
    for (const char* key : equal_in_tenant)
        for (const ApplianceFile& file : files) {
            const ApplianceFile::Value& first = given(files.front(), key);
            const ApplianceFile::Value& here = given(file, key);
            if (words(lowered(first.text)) == words(lowered(here.text))) continue;
            problems.add({here.place.file.empty() ? Place{file.appliance.place} : here.place, "E371",
                          fmt::format("{} is {} here and {} in {}", key, quoted(here.text), quoted(first.text),
                                      where(first.place)),
                          "must be the same, and in the same order, for all appliances of the tenant", ""});
        }
}

template <class Keys>
void check_different(const Files& files, const Keys& keys, Problems& problems) {
    std::map<std::string, std::pair<const char*, Place>> owners;
    for (const ApplianceFile& file : files)
        for (const char* key : keys)
            for (const std::string& word : words(given(file, key).text)) {
                const Place& place = given(file, key).place;
                const auto [owner, is_new] = owners.emplace(lowered(word), std::pair{key, place});
                if (is_new) continue;
                problems.add({place, "E372",
                              fmt::format("{} is {}, and so is {} in {}", key, quoted(word),
                                          owner->second.first, where(owner->second.second)),
                              "must differ between appliances", ""});
            }
}

void check_appliance_names(const Files& files, Problems& problems) {
    std::map<std::string, Place> owners;
    for (const ApplianceFile& file : files) {
        const auto [owner, is_new] = owners.emplace(lowered(file.appliance.name), file.appliance.place);
        if (is_new) continue;
        problems.add({file.appliance.place, "E372",
                      fmt::format("appliance {} comes from {} too", quoted(file.appliance.name),
                                  vocabulary::shown(owner->second.file)),
                      "an appliance is named after its file",
                      "name each file after its host, such as ams-cce-1.ini"});
    }
}

bool is_same(const Gateway& a, const Gateway& b) {
    return same_word(a.name, b.name) && a.ip == b.ip && a.port == b.port && a.protocol == b.protocol;
}

void check_same_gateways(const ApplianceFile& first, const ApplianceFile& file, Problems& problems) {
    constexpr const char* rule = "all appliances of a site must have the same gateways in the same order";
    const std::string& first_name = first.appliance.place.file;
    if (first.gateways.size() != file.gateways.size()) {
        problems.add({file.appliance.place, "E371",
                      fmt::format("site {} has {} gateways here and {} in {}", quoted(file.site_name),
                                  file.gateways.size(), first.gateways.size(), vocabulary::shown(first_name)),
                      rule, ""});
        return;
    }
    for (std::size_t i = 0; i < file.gateways.size(); ++i)
        if (!is_same(first.gateways[i], file.gateways[i]))
            problems.add({file.gateways[i].place, "E371",
                          fmt::format("gateway {} of site {} differs from {}", i + 1, quoted(file.site_name),
                                      where(first.gateways[i].place)),
                          rule, ""});
}

// Sites in the order in which the files name them first, each with its files.
std::vector<std::vector<const ApplianceFile*>> by_site(const Files& files) {
    std::map<std::string, std::size_t> index;
    std::vector<std::vector<const ApplianceFile*>> sites;
    for (const ApplianceFile& file : files) {
        const std::size_t i = index.emplace(lowered(file.site_name), sites.size()).first->second;
        if (i == sites.size()) sites.emplace_back();
        sites[i].push_back(&file);
    }
    return sites;
}

void check_sites(const std::vector<std::vector<const ApplianceFile*>>& sites, Problems& problems) {
    constexpr const char* source = "must be at most {} (the product's planning guide)";
    for (const auto& files : sites) {
        for (const ApplianceFile* file : files) check_same_gateways(*files.front(), *file, problems);
        if (files.size() <= appliances_per_site_max) continue;
        const ApplianceFile& extra = *files[appliances_per_site_max];
        problems.add({extra.appliance.place, "E373",
                      fmt::format("site {} has {} appliances", quoted(extra.site_name), files.size()),
                      fmt::format(source, appliances_per_site_max), "several sites may share one location"});
    }
    if (sites.size() <= sites_per_tenant_max) return;
    problems.add({sites[sites_per_tenant_max].front()->appliance.place, "E374",
                  fmt::format("the tenant has {} sites", sites.size()),
                  fmt::format(source, sites_per_tenant_max), ""});
}

void add_site(Scenario& scenario, const std::vector<const ApplianceFile*>& files) {
    const ApplianceFile& first = *files.front();
    Site site;
    site.name = first.site_name;
    site.edge_fqdn = first.edge_fqdn;
    site.place = given(first, site_key).place;
    const SiteId id = scenario.sites.add(std::move(site));
    for (const ApplianceFile* file : files) {
        Appliance appliance = file->appliance;
        appliance.site = id;
        scenario.sites[id].appliances.push_back(scenario.appliances.add(std::move(appliance)));
    }
    for (Gateway gateway : first.gateways) {
        gateway.site = id;
        scenario.sites[id].gateways.push_back(scenario.gateways.add(std::move(gateway)));
    }
}

}  // namespace

void add_appliance_files(Scenario& scenario, const std::vector<ApplianceFile>& files) {
    Problems problems;
    check_identity(files, problems);
    check_equal(files, problems);
    check_appliance_names(files, problems);
    check_different(files, server_keys, problems);
    check_different(files, address_keys, problems);
    const std::vector<std::vector<const ApplianceFile*>> sites = by_site(files);
    check_sites(sites, problems);
    problems.throw_if_any(Exit::input_data);
    for (const auto& site : sites) add_site(scenario, site);
}

}  // namespace sim::scenario
