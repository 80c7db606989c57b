// What a window is for. A site has one list of windows for updates of Windows (OsUpdateTimeWindow) and one for
// new versions of the appliance (BitsUpdateTimeWindow); a window may stand in both (MOD).

#pragma once

namespace sim::vocabulary {

struct Purposes {
    bool os = true;
    bool bits = true;

    bool operator==(const Purposes&) const = default;
};

}  // namespace sim::vocabulary
