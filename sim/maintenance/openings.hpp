// When windows open, for those who change them while time runs. This room knows neither zones nor calendars.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/window.hpp"

#include <string>
#include <vector>

namespace sim::maintenance {

class Openings {
public:
    virtual ~Openings() = default;

    // By the clock of the site: all instants after `after` that fall into the run, ascending.
    virtual std::vector<kernel::Instant> of(const vocabulary::Window& window, vocabulary::SiteId site,
                                            kernel::Instant after) const = 0;
    // It opens on some day, and closes before it opens again.
    virtual bool fits(const vocabulary::Window& window) const = 0;
    // In words: "weekly sat,sun 02:00".
    virtual std::string text(const vocabulary::Window& window) const = 0;
};

}  // namespace sim::maintenance
