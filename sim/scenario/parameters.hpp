// What no source states, and what we assume until somebody knows better. Every value is a parameter: a
// scenario may give it, `--set key=value` may override what was only assumed, `check` and the manifest list the
// rest as assumed.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/problems.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::scenario {

enum class OverLimit : std::uint8_t { block, count };
enum class Spread : std::uint8_t { random, rotating, least_busy };  // how the cloud picks one Edge of several
enum class StopMode : std::uint8_t { immediate, drain };            // how calls in progress are treated

struct Parameters {
    using Duration = kernel::Duration;

    // detection and recovery
    Duration first_attempt_after = std::chrono::seconds{10};
    double recovery_success = 1;
    std::optional<Duration> attempt_takes;  // none: from boot and service start times
    StopMode on_error = StopMode::immediate;
    Duration service_start = std::chrono::seconds{30};
    Duration service_stop = std::chrono::seconds{20};
    Duration boot_ad = std::chrono::minutes{3};
    Duration boot_cms = std::chrono::minutes{4};
    Duration boot_mediation = std::chrono::minutes{4};
    Duration boot_edge = std::chrono::minutes{3};
    Duration boot_host = std::chrono::minutes{8};

    // the way of a call
    Spread outbound_distribution = Spread::random;
    Duration cloud_connect_delay = std::chrono::seconds{4};
    Duration cloud_avoids = std::chrono::seconds{60};
    Duration trunk_connect_delay = std::chrono::seconds{4};
    Duration options_period = std::chrono::seconds{60};
    Duration invite_timeout = std::chrono::seconds{32};
    Duration gateway_down_after = std::chrono::seconds{30};
    Duration gateway_retest = std::chrono::seconds{60};
    OverLimit over_limit = OverLimit::block;
    bool reroute_on_busy = true;
    bool second_try = false;
    bool reroute_on_5xx = false;
    bool outbound_reroute_on_mediation = false;
    bool media_bypass = false;
    Duration name_lifetime = std::chrono::hours{1};
    double misdialled_share = 0.05;
    double slow_destinations = 0.02;

    // planned work
    StopMode enter_update_mode = StopMode::drain;
    Duration enter_takes = std::chrono::minutes{1};
    Duration exit_takes = std::chrono::minutes{5};
    Duration os_update_machine = std::chrono::minutes{25};
    Duration os_update_host = std::chrono::minutes{30};
    double os_second_restart = 0.2;
    Duration tenant_takes = std::chrono::seconds{5};
    Duration tenant_replication = std::chrono::minutes{15};
    Duration provisioning_takes = std::chrono::hours{1};
    Duration media_bypass_takes = std::chrono::hours{24};

    // cmdlets that people and programs type
    Duration console_takes = std::chrono::seconds{5};
    Duration by_hand_takes = std::chrono::minutes{5};
    Duration register_takes = std::chrono::minutes{3};
    Duration publish_takes = std::chrono::minutes{5};
    Duration switch_takes = std::chrono::minutes{2};
    Duration drain_limit = std::chrono::minutes{30};
    Duration install_large = std::chrono::hours{3};
    Duration install_small = std::chrono::hours{4};
    Duration convert_takes = std::chrono::hours{2};
    Duration download_takes = std::chrono::hours{1};
    Duration change_name = std::chrono::minutes{30};
    Duration change_settings = std::chrono::hours{1};
    Duration change_firewall = std::chrono::hours{4};
    Duration change_on_site = std::chrono::hours{4};
    Duration change_carrier = std::chrono::hours{8};

    // certificates
    Duration ca_reset_takes = std::chrono::minutes{10};
    Duration certificates_take = std::chrono::minutes{5};
    Duration certificate_files_take = std::chrono::minutes{1};
    Duration gateway_certificate_takes = std::chrono::minutes{10};
    Duration certificate_warning = std::chrono::days{30};
    Duration external_certificate_lasts = std::chrono::days{365};

    // traffic, where a scenario leaves it open
    double traffic_scale = 1;
    double erlangs_per_user = 0.1;
    Duration call_mean = std::chrono::minutes{3};
    double day_level_cv = 0.09;
    double night_floor = 0.05;
    double outbound_share = 0.5;
    double external_share = 0.2;
    double international_share = 0.02;
    double emergency_share = 0.0005;
    double escalation_share = 0.01;
    double transfer_share = 0.02;

    bool operator==(const Parameters&) const = default;
};

// One row of the catalogue: how a parameter is called, read and written.
struct ParameterRow {
    std::string key;
    std::string meaning;  // one clause, with its unit where the value has none
    std::string source;   // in plain words: "no source states it; typical for a Windows service"
    std::string (*shown)(const Parameters&);
    // False if `value` is no such value; then nothing changes and `expected` says the accepted form.
    bool (*assign)(Parameters&, const std::string& value);
    std::string expected;
};

const std::vector<ParameterRow>& parameter_catalogue();  // in the order of the struct
const ParameterRow* find_parameter(const std::string& key);
std::vector<std::string> parameter_keys();  // in the same order

// Those that are asked only when a cmdlet is typed: by an incident, a policy or a runbook.
std::vector<std::string> parameters_of_cmdlets();

}  // namespace sim::scenario
