// A folder that lives in memory, two zones, and scripts that are wrong on purpose.

#pragma once

#include "lua/binding/load.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lua::binding {

class Folder final : public sim::vocabulary::Files {
public:
    std::map<std::string, std::string> files;

    std::string read(const std::string& path) const override {
        const auto found = files.find(path);
        if (found != files.end()) return found->second;
        throw sim::vocabulary::InputError(
            sim::vocabulary::Exit::input_data,
            sim::vocabulary::Problem{{path, 0, 0}, "E401", "cannot open: No such file or directory", "", ""});
    }
};

// Amsterdam: an hour ahead of UTC, two in summer (as of 2019). Where patches come from: eight behind. Everything else
// is unknown, and not among the names.
class TwoZones final : public sim::vocabulary::Zones {
public:
    std::optional<sim::vocabulary::Zone> find(const std::string& name, int, int) const override {
        if (name == "UTC") return sim::vocabulary::Zone{name, {{INT64_MIN, 0}}};
        if (name == "America/Los_Angeles") return sim::vocabulary::Zone{name, {{INT64_MIN, -8 * 3600}}};
        if (name != "Europe/Amsterdam") return std::nullopt;
        return sim::vocabulary::Zone{name, {{INT64_MIN, 3600}, {1553994000, 7200}, {1572138000, 3600}}};
    }
    std::vector<std::string> names() const override { return {"Europe/Amsterdam", "UTC"}; }
    std::string version() const override { return "test"; }
};

// One scenario's folder, and what becomes of its script.
struct Desk {
    Folder folder;
    TwoZones zones;
    std::map<std::string, std::string> set;
    Limits limits;
    std::vector<std::string> printed;

    sim::scenario::Scenario load(const std::string& script) {
        folder.files["x.lua"] = script;
        return binding::load(request());
    }
    Request request() {
        return Request{"x.lua", folder, zones, set, metrics(), limits,
                       [this](const std::string& line) { printed.push_back(line); }};
    }

    // The messages a person would read, or "fine".
    std::string complaint(const std::string& script) {
        try {
            load(script);
            return "fine";
        } catch (const sim::vocabulary::InputError& error) {
            exit = error.exit();
            return error.what();
        }
    }

    // … of a script in which the given lines stand between a site `ams` (from line 2 on) and the run.
    std::string about(const std::string& lines) { return complaint(with(lines)); }

    static std::string with(const std::string& lines) {
        return "local cce = require \"ccesim\" local ams = cce.site \"ams\" { appliances = 2, channels = 30, "
               "users = 100, zone = "
               "\"Europe/Amsterdam\" }\n" +
               lines + "\nreturn cce.run { from = \"2019-11-10\", length = \"14d\" }\n";
    }

    static std::vector<KnownMetric> metrics() {
        return {{"calls_dropped", true, true},
                {"appliances_ready", true, false},
                {"drains", false, false},
                {"attempts_served", true, true, 1},
                {"lost_per_10k", true, true, 10'000}};
    }

    sim::vocabulary::Exit exit = sim::vocabulary::Exit::done;
};

}  // namespace lua::binding
