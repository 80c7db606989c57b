#include "sim/operations/verb_rows.hpp"

#include "sim/kernel/check.hpp"

namespace sim::operations {

const topology::Appliance& appliance(const Estate& estate, const Command& command) {
    return estate.fleet.appliances()[*command.on];
}

std::optional<Duration> until_told(const Estate&, const Command&) {
    return std::nullopt;
}

std::string nothing_more(Estate&, const Command&, Answer&) {
    return "";
}

const Verb* verb(CmdletId id) {
    for (const auto rows : {drain_verbs(), host_verbs(), certificate_verbs(), tenant_verbs(), windows_verbs()})
        for (const Verb& one : rows)
            if (one.id == id) return &one;
    return nullptr;
}

}  // namespace sim::operations
