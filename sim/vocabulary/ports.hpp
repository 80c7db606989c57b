// What the world outside gives us: files and zone data. Rooms below cli know only these interfaces (decisions
// 29), so that tests bring their own and the browser can too.

#pragma once

#include "sim/vocabulary/zone.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::vocabulary {

class Files {
public:
    virtual ~Files() = default;

    // The bytes of the file. Throws InputError (exit input_data, code E401) with the system's reason if it
    // cannot be read, is a directory, or is larger than 256 MiB. A relative path counts from the scenario's
    // folder.
    virtual std::string read(const std::string& path) const = 0;
};

class Zones {
public:
    virtual ~Zones() = default;

    // Nothing if there is no such IANA zone. Covers the years from first to last, both included, and a margin.
    virtual std::optional<Zone> find(const std::string& name, int first_year, int last_year) const = 0;
    virtual std::vector<std::string> names() const = 0;  // sorted
    virtual std::string version() const = 0;             // of the zone data, "2024a"
};

}  // namespace sim::vocabulary
