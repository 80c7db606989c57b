// The catalogue: one row a parameter, in the order of the struct. A row is data; reading and writing are picked
// by the type of the member, or named where the type does not say enough (a share is a double, but not every
// double).

#include "sim/scenario/parameters.hpp"

#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <string_view>

namespace sim::scenario {

namespace {

using kernel::Duration;

constexpr const char* share_form = "must be a number from 0 to 1";
constexpr const char* truth_form = "must be true or false";
constexpr const char* stop_form = R"(must be "immediate" or "drain")";
constexpr const char* recurring_form = R"(must be a duration longer than 0s, such as "45m" or "3m10s")";
constexpr double traffic_scale_max = 1e6;

std::string duration_form() {
    return "must be " + std::string{vocabulary::duration_forms};
}

std::string written(Duration value) {
    return vocabulary::text(value);
}
std::string written(const std::optional<Duration>& value) {
    return value ? vocabulary::text(*value) : "from boot times";
}
std::string written(double value) {
    return fmt::format("{}", value);
}
std::string written(bool value) {
    return value ? "true" : "false";
}
std::string written(OverLimit value) {
    return value == OverLimit::block ? "block" : "count";
}
std::string written(Spread value) {
    return value == Spread::random ? "random" : value == Spread::rotating ? "rotating" : "least_busy";
}
std::string written(StopMode value) {
    return value == StopMode::immediate ? "immediate" : "drain";
}

bool read(Duration& member, const std::string& value) {
    const std::optional<Duration> duration = vocabulary::duration(value);
    if (duration) member = *duration;
    return duration.has_value();
}

bool read(std::optional<Duration>& member, const std::string& value) {
    const std::optional<Duration> duration = vocabulary::duration(value);
    if (!duration && value != "from boot times") return false;
    member = duration;
    return true;
}

bool read_within(double& member, const std::string& value, double max) {
    const std::optional<double> number = vocabulary::number(value);
    if (!number || *number < 0 || *number > max) return false;
    member = *number;
    return true;
}
bool read(double& member, const std::string& value) {
    return read_within(member, value, 1);
}

template <class T>
bool read_choice(T& member, const std::string& value, std::string_view first, T is_first,
                 std::string_view second, T is_second) {
    if (value != first && value != second) return false;
    member = value == first ? is_first : is_second;
    return true;
}
bool read(bool& member, const std::string& value) {
    return read_choice(member, value, "true", true, "false", false);
}
bool read(OverLimit& member, const std::string& value) {
    return read_choice(member, value, "block", OverLimit::block, "count", OverLimit::count);
}
bool read(Spread& member, const std::string& value) {
    for (const Spread spread : {Spread::random, Spread::rotating, Spread::least_busy}) {
        if (value != written(spread)) continue;
        member = spread;
        return true;
    }
    return false;
}
bool read(StopMode& member, const std::string& value) {
    return read_choice(member, value, "immediate", StopMode::immediate, "drain", StopMode::drain);
}

template <auto member>
std::string shown(const Parameters& parameters) {
    return written(parameters.*member);
}

template <auto member>
bool assign(Parameters& parameters, const std::string& value) {
    return read(parameters.*member, value);
}

// What happens again and again must take time, or time would stand still.
template <Duration Parameters::*member>
bool assign_recurring(Parameters& parameters, const std::string& value) {
    Duration duration{};
    if (!read(duration, value) || duration == Duration{}) return false;
    parameters.*member = duration;
    return true;
}

bool assign_traffic_scale(Parameters& parameters, const std::string& value) {
    return read_within(parameters.traffic_scale, value, traffic_scale_max);
}

template <auto member>
ParameterRow row(const char* key, const char* meaning, const char* source, const std::string& expected) {
    return {key, meaning, source, shown<member>, assign<member>, expected};
}

template <Duration Parameters::*member>
ParameterRow time(const char* key, const char* meaning, const char* source) {
    return row<member>(key, meaning, source, duration_form());
}

template <Duration Parameters::*member>
ParameterRow recurring(const char* key, const char* meaning, const char* source) {
    return {key, meaning, source, shown<member>, assign_recurring<member>, recurring_form};
}

template <double Parameters::*member>
ParameterRow share(const char* key, const char* meaning, const char* source) {
    return row<member>(key, meaning, source, share_form);
}

template <bool Parameters::*member>
ParameterRow truth(const char* key, const char* meaning, const char* source) {
    return row<member>(key, meaning, source, truth_form);
}

constexpr const char* typical_boot = "no source states it; typical for a Windows Server 2012 R2 machine";
constexpr const char* typical_service = "no source states it; typical for a Windows service";
constexpr const char* nobody_says = "no source states it";

std::vector<ParameterRow> recovery_rows() {
    using P = Parameters;
    return {
        time<&P::first_attempt_after>("first_attempt_after",
                                      "from the probe that detects to the first recovery attempt",
                                      "assumed: the first interval of the documented recovery retries"),
        share<&P::recovery_success>("recovery_success",
                                    "share of recovery attempts that work once the cause is gone",
                                    "no source states it; an attempt on a mended appliance is taken to work"),
        row<&P::attempt_takes>("attempt_takes", "how long one recovery attempt takes",
                               "no source states it; built from boot and service start times",
                               R"(must be "from boot times" or )" + std::string{vocabulary::duration_forms}),
        row<&P::on_error>(
            "on_error", "what detection does to calls in progress: cut them, or let them end",
            "sources disagree: the planning guide drains, the troubleshooting guide stops the services",
            stop_form),
        time<&P::service_start>("service_start", "how long a service takes to start", typical_service),
        time<&P::service_stop>("service_stop", "how long a service takes to stop", typical_service),
        time<&P::boot_ad>("boot_ad", "from power-on of the AD machine to its services", typical_boot),
        time<&P::boot_cms>("boot_cms", "from power-on of the CMS machine to its services", typical_boot),
        time<&P::boot_mediation>("boot_mediation", "from power-on of the Mediation machine to its services",
                                 typical_boot),
        time<&P::boot_edge>("boot_edge", "from power-on of the Edge machine to its services", typical_boot),
        time<&P::boot_host>("boot_host", "from power-on of a host until its machines may start",
                            "no source states it; typical for a server's power-on self-test"),
    };
}

std::vector<ParameterRow> call_rows() {
    using P = Parameters;
    return {
        row<&P::outbound_distribution>("outbound_distribution",
                                       "how the cloud picks one of a site's Edges for an outbound call",
                                       "sources disagree: random in the planning guide, rotating elsewhere",
                                       R"(must be "random", "rotating" or "least_busy")"),
        time<&P::cloud_connect_delay>("cloud_connect_delay",
                                      "what an outbound call waits at an Edge that is dead",
                                      "Lync timeouts, TCP connect"),
        time<&P::cloud_avoids>("cloud_avoids", "how long the cloud leaves out an Edge that it found dead",
                               "no source states it for Edges; Lync peers leave a dead one out for 10 minutes"),
        time<&P::trunk_connect_delay>("trunk_connect_delay",
                                      "what an inbound call waits at a Mediation that is dead",
                                      "Lync timeouts, TCP connect"),
        recurring<&P::options_period>("options_period",
                                      "how often a gateway asks a Mediation whether it is alive",
                                      "no source states it for gateways; Mediation re-checks each minute"),
        time<&P::invite_timeout>("invite_timeout",
                                 "what Mediation waits for a silent gateway with EnableFastFailoverTimer off",
                                 "SIP's own timer B (RFC 3261)"),
        time<&P::gateway_down_after>("gateway_down_after",
                                     "how long a gateway is silent before Mediation avoids it",
                                     "observed on Lync: up to 30 s"),
        recurring<&P::gateway_retest>("gateway_retest",
                                      "how often Mediation asks again for a gateway it avoids",
                                      "observed on Lync: each minute"),
        row<&P::over_limit>("over_limit",
                            "an appliance with its full number of calls blocks, or only counts the time",
                            "the planning guide gives the limit and not what happens beyond it",
                            R"(must be "block" or "count")"),
        truth<&P::reroute_on_busy>("reroute_on_busy",
                                   "an inbound call that meets a full appliance tries the next",
                                   "depends on the gateway's make"),
        truth<&P::second_try>("second_try", "an outbound call that meets a full appliance tries a second one",
                              nobody_says),
        truth<&P::reroute_on_5xx>("reroute_on_5xx",
                                  "a gateway tries the next trunk when Mediation has lost its Edge",
                                  "depends on the gateway's make"),
        truth<&P::outbound_reroute_on_mediation>(
            "outbound_reroute_on_mediation", "an outbound call tries a second appliance when Mediation is dead",
            nobody_says),
        truth<&P::media_bypass>("media_bypass", "internal clients send their media straight to the gateway",
                                "a choice of the tenant, from version 2.0"),
        time<&P::name_lifetime>("name_lifetime", "how long a DNS record that was changed is still believed",
                                "assumed: a usual time to live; the tenant's own domain may take 72 h"),
        share<&P::misdialled_share>("misdialled_share",
                                    "share of outbound calls that fail while numbers are not normalised online",
                                    nobody_says),
        share<&P::slow_destinations>(
            "slow_destinations", "share of outbound calls whose set-up takes longer than 10 s, where some do",
            nobody_says),
    };
}

std::vector<ParameterRow> planned_work_rows() {
    using P = Parameters;
    return {
        row<&P::enter_update_mode>("enter_update_mode", "what Enter-CcUpdate does to calls in progress",
                                   "sources disagree: older pages stop at once, later ones drain", stop_form),
        time<&P::enter_takes>("enter_takes", "how long Enter-CcUpdate runs, without the drain", nobody_says),
        time<&P::exit_takes>("exit_takes", "how long Exit-CcUpdate runs", nobody_says),
        time<&P::os_update_machine>("os_update_machine",
                                    "how long the updates of one machine take, with a restart",
                                    "no source states it; typical for monthly Windows updates"),
        time<&P::os_update_host>("os_update_host", "how long the updates of a host take, without its restart",
                                 "no source states it; typical for monthly Windows updates"),
        share<&P::os_second_restart>("os_second_restart", "share of machine updates that need a second restart",
                                     "the upgrade guide says that it happens, not how often"),
        time<&P::tenant_takes>("tenant_takes", "how long a cmdlet at the tenant runs", nobody_says),
        time<&P::tenant_replication>("tenant_replication",
                                     "until what is written for users, sites and the tenant is in force",
                                     nobody_says),
        time<&P::provisioning_takes>("provisioning_takes",
                                     "from licensing an account until the tenant knows it",
                                     "the set-up guide allows up to an hour"),
        time<&P::media_bypass_takes>("media_bypass_takes", "until a change of media bypass is in force",
                                     "the planning guide allows up to a day"),
    };
}

std::vector<ParameterRow> certificate_rows() {
    using P = Parameters;
    return {
        time<&P::ca_reset_takes>("ca_reset_takes", "how long Reset-CcCACertificate runs", nobody_says),
        time<&P::certificates_take>("certificates_take",
                                    "how long new certificates take: Update-CcServerCertificate, "
                                    "Update-CcCACertificate, the import of an external one",
                                    nobody_says),
        time<&P::certificate_files_take>(
            "certificate_files_take",
            "how long a cmdlet runs that copies, exports or deletes certificates or the backup of the CA",
            nobody_says),
        time<&P::gateway_certificate_takes>("gateway_certificate_takes",
                                            "how long somebody takes to install a certificate on a gateway",
                                            "depends on the gateway's make"),
        time<&P::certificate_warning>("certificate_warning",
                                      "how long certificates last that a fault says are expiring",
                                      "no source says what is near"),
        recurring<&P::external_certificate_lasts>("external_certificate_lasts",
                                                  "how long a new external certificate lasts",
                                                  "usual for public authorities"),
    };
}

std::vector<ParameterRow> cmdlet_rows() {
    using P = Parameters;
    return {
        recurring<&P::console_takes>("console_takes",
                                     "how long a cmdlet runs that only shows or notes something", nobody_says),
        recurring<&P::by_hand_takes>(
            "by_hand_takes", "how long a file, a package or a setting takes to put right by hand", nobody_says),
        recurring<&P::register_takes>(
            "register_takes", "how long Register-CcAppliance and Unregister-CcAppliance run", nobody_says),
        recurring<&P::publish_takes>("publish_takes", "how long Publish-CcAppliance runs", nobody_says),
        recurring<&P::switch_takes>(
            "switch_takes", "from the end of the drain until the machines are off or deleted", nobody_says),
        recurring<&P::drain_limit>("drain_limit",
                                   "how long Switch-CcVersion and Uninstall-CcAppliance wait for calls to end",
                                   "no source states it; that the drain may fail is stated"),
        recurring<&P::install_large>("install_large", "how long Install-CcAppliance runs on large hardware",
                                     "no source states it; an update was seen to take more than 3 h"),
        recurring<&P::install_small>("install_small", "how long Install-CcAppliance runs on small hardware",
                                     "no source states it; more than on large hardware"),
        recurring<&P::convert_takes>("convert_takes", "how long Convert-CcIsoToVhdx runs", nobody_says),
        recurring<&P::download_takes>("download_takes", "how long Start-CcDownload runs", nobody_says),
        recurring<&P::change_name>(
            "change_name", "how long the change of a DNS record takes, without its lifetime", nobody_says),
        recurring<&P::change_settings>("change_settings",
                                       "how long the settings of a gateway or a file server take to change",
                                       nobody_says),
        recurring<&P::change_firewall>("change_firewall", "how long a port takes to open", nobody_says),
        recurring<&P::change_on_site>("change_on_site",
                                      "how long until somebody has been there: a cable, a host, a gateway",
                                      nobody_says),
        recurring<&P::change_carrier>("change_carrier", "how long a ticket at a carrier or provider takes",
                                      nobody_says),
    };
}

std::vector<ParameterRow> traffic_rows() {
    using P = Parameters;
    return {
        ParameterRow{"traffic_scale", "multiplies the traffic of every cohort",
                     "neutral: 1 is what the scenario says", shown<&P::traffic_scale>, assign_traffic_scale,
                     "must be a number from 0 to 1000000"},
        share<&P::erlangs_per_user>("erlangs_per_user", "traffic of a user in the busy hour, in erlangs",
                                    "assumed: a common planning figure for offices"),
        recurring<&P::call_mean>("call_mean", "mean length of a conversation", "assumed: classic teletraffic"),
        share<&P::day_level_cv>("day_level_cv", "how much days differ in traffic: standard deviation over mean",
                                "assumed: days of an office differ by about a tenth"),
        share<&P::night_floor>("night_floor", "least traffic of any hour, as a share of the busy hour",
                               nobody_says),
        share<&P::outbound_share>("outbound_share", "share of calls that users make; the rest they receive",
                                  nobody_says),
        share<&P::external_share>("external_share",
                                  "share of calls with a client outside the corporate network", nobody_says),
        share<&P::international_share>("international_share", "share of outbound calls that leave the country",
                                       nobody_says),
        share<&P::emergency_share>("emergency_share", "share of outbound calls to emergency numbers",
                                   nobody_says),
        share<&P::escalation_share>("escalation_share", "share of calls that become a conference", nobody_says),
        share<&P::transfer_share>("transfer_share", "share of calls that are transferred", nobody_says),
    };
}

std::vector<ParameterRow> all_rows() {
    std::vector<ParameterRow> rows;
    for (const std::vector<ParameterRow>& part :
         {recovery_rows(), call_rows(), planned_work_rows(), cmdlet_rows(), certificate_rows(), traffic_rows()})
        rows.insert(rows.end(), part.begin(), part.end());
    return rows;
}

}  // namespace

const std::vector<ParameterRow>& parameter_catalogue() {
    static const std::vector<ParameterRow> rows = all_rows();
    return rows;
}

std::vector<std::string> parameter_keys() {
    std::vector<std::string> keys;
    for (const ParameterRow& row : parameter_catalogue()) keys.push_back(row.key);
    return keys;
}

std::vector<std::string> parameters_of_cmdlets() {
    std::vector<std::string> keys;
    for (const ParameterRow& row : cmdlet_rows()) keys.push_back(row.key);
    return keys;
}

const ParameterRow* find_parameter(const std::string& key) {
    for (const ParameterRow& row : parameter_catalogue())
        if (row.key == key) return &row;
    return nullptr;
}

}  // namespace sim::scenario
