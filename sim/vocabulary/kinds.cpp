#include "sim/vocabulary/kinds.hpp"

#include <array>
#include <utility>

namespace sim::vocabulary::record {

namespace {

constexpr std::array texts{
    std::pair{fault_struck, std::string_view{"fault struck"}},
    std::pair{fault_cleared, std::string_view{"fault cleared"}},
    std::pair{fault_had_no_effect, std::string_view{"fault struck what was already down"}},
    std::pair{host_started, std::string_view{"host started"}},
    std::pair{machine_started, std::string_view{"machine started"}},
    std::pair{detected, std::string_view{"taken offline by detection"}},
    std::pair{attempt_failed, std::string_view{"recovery attempt failed"}},
    std::pair{recovered, std::string_view{"recovered"}},
    std::pair{management_started, std::string_view{"management service started"}},
    std::pair{window_opened, std::string_view{"update window opened"}},
    std::pair{window_missed, std::string_view{"update window missed"}},
    std::pair{drain_started, std::string_view{"drain started"}},
    std::pair{drain_ended, std::string_view{"drain ended"}},
    std::pair{drain_cut, std::string_view{"drain cut at its limit"}},
    std::pair{services_stopped, std::string_view{"services stopped"}},
    std::pair{services_started, std::string_view{"services started"}},
    std::pair{update_started, std::string_view{"update started"}},
    std::pair{machine_restarted, std::string_view{"machine restarted by the update"}},
    std::pair{host_restarted, std::string_view{"host restarted by the update"}},
    std::pair{update_finished, std::string_view{"update finished"}},
    std::pair{update_failed, std::string_view{"update failed"}},
    std::pair{cmdlet_run, std::string_view{"cmdlet run"}},
    std::pair{cmdlet_failed, std::string_view{"cmdlet failed"}},
    std::pair{last_appliance_drained, std::string_view{"warning: the last ready appliance was taken out"}},
    std::pair{call_lost, std::string_view{"call lost"}},
};

}  // namespace

std::string_view text(RecordKind kind) {
    for (const auto& [candidate, words] : texts)
        if (candidate == kind) return words;
    return "unknown record";
}

}  // namespace sim::vocabulary::record
