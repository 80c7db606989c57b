#include "sim/operations/verb_rows.hpp"

#include "sim/kernel/check.hpp"

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

const std::string* text_in(const Command& command, const std::string& parameter) {
    return vocabulary::given<std::string>(command, parameter);
}

std::optional<Duration> until_told(const Estate&, const Command&) {
    return std::nullopt;
}

std::string nothing_more(Estate&, const Command&, Answer&) {
    return "";
}

const Verb* verb(CmdletId id) {
    for (const auto rows : {drain_verbs(), host_verbs(), deployment_verbs(), certificate_verbs(),
                            tenant_verbs(), windows_verbs(), repair_verbs(), look_verbs()})
        for (const Verb& one : rows)
            if (one.id == id) return &one;
    return nullptr;
}

}  // namespace sim::operations
