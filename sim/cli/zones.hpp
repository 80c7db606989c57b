// Time zones from the system's own data.

#pragma once

#include "sim/vocabulary/ports.hpp"

namespace sim::cli {

class SystemZones : public vocabulary::Zones {
public:
    std::optional<vocabulary::Zone> find(const std::string& name, int first_year, int last_year) const override;
    std::vector<std::string> names() const override;
    std::string version() const override;
};

}  // namespace sim::cli
