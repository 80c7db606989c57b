// The fault catalogue as people read it: what each fault looks like, what it does to calls, who notices, and
// what mends it. It is plain data beside the names in fault_ids.hpp; what a fault does to the world stands in
// the injector, and nothing here decides about that.
//
// The monitored faults and the items of troubleshooting follow S0, TRB and PLAN, administrators' sessions S2,
// sign-in S4, misconfiguration S3; docs/glossary.md explains these labels.

#pragma once

#include "sim/vocabulary/fault_ids.hpp"
#include "sim/vocabulary/versions.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sim::faults {

inline constexpr std::size_t steps_max = 12;

struct CatalogueRow {
    vocabulary::FaultId id{};
    std::string_view symptom;                       // what an operator sees, and where
    std::string_view effect;                        // on calls, by direction; "None" where there is none
    bool seen_by_1_4 = false;                       // by the management service of 1.4.1 and 1.4.2
    bool seen_by_2_0 = false;                       // of 2.0 and later
    bool automatic = false;                         // automatic recovery can clear it
    std::array<std::string_view, steps_max> steps;  // filled from the front; the rest is empty

    // Never empty: where nothing has to be done, its one step says so.
    constexpr std::span<const std::string_view> runbook() const {
        std::size_t count = 0;
        while (count < steps.size() && !steps[count].empty()) ++count;
        return {steps.data(), count};
    }
};

// One row a fault, in the order of FaultId.
std::span<const CatalogueRow> catalogue();

const CatalogueRow& catalogue_row(vocabulary::FaultId id);

constexpr bool seen_by(const CatalogueRow& row, const vocabulary::Version& version) {
    if (!version.detects()) return false;
    return version.watched == vocabulary::watched_by_1_4 ? row.seen_by_1_4 : row.seen_by_2_0;
}

}  // namespace sim::faults
