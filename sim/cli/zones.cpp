#include "sim/cli/zones.hpp"

#include <date/tz.h>

#include <algorithm>
#include <fstream>

namespace sim::cli {

namespace {

const date::time_zone* located(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::exception&) {
        return nullptr;  // no such zone, or no zone data at all: then names() is empty too
    }
}

date::sys_seconds new_year(int year) {
    return date::sys_days{date::year{year} / date::January / 1};
}

}  // namespace

std::optional<vocabulary::Zone> SystemZones::find(const std::string& name, int first_year,
                                                  int last_year) const {
    const date::time_zone* found = located(name);
    if (!found) return std::nullopt;
    vocabulary::Zone zone;
    zone.name = name;
    const date::sys_seconds end = new_year(last_year + 2);
    date::sys_info info = found->get_info(new_year(first_year - 1));
    zone.rules = {{INT64_MIN, static_cast<std::int32_t>(info.offset.count())}};
    while (info.end < end) {
        info = found->get_info(info.end);
        const auto offset = static_cast<std::int32_t>(info.offset.count());
        if (offset != zone.rules.back().offset)
            zone.rules.push_back({info.begin.time_since_epoch().count(), offset});
    }
    return zone;
}

std::vector<std::string> SystemZones::names() const {
    std::vector<std::string> names;
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
    } catch (const std::exception&) {
        return {};
    }
    std::sort(names.begin(), names.end());
    return names;
}

// The library does not say; the compiled data carry it in their first line, "# version 2024a".
std::string SystemZones::version() const {
    std::ifstream data("/usr/share/zoneinfo/tzdata.zi");
    std::string hash, word, version;
    if (data >> hash >> word >> version && word == "version") return version;
    return "unknown";
}

}  // namespace sim::cli
