#include "sim/scenario/parameters.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace sim::scenario;
using namespace std::chrono_literals;

namespace {

bool takes(const char* key, const std::string& value) {
    Parameters parameters;
    return find_parameter(key)->assign(parameters, value);
}

}  // namespace

TEST_CASE("what a parameter shows is what it takes, and taking it changes nothing", "[scenario]") {
    for (const ParameterRow& row : parameter_catalogue()) {
        INFO(row.key);
        Parameters parameters;
        CHECK(row.assign(parameters, row.shown(parameters)));
        CHECK(parameters == Parameters{});
    }
}

TEST_CASE("every parameter is in the catalogue once, with words for all its columns", "[scenario]") {
    std::set<std::string> keys;
    for (const ParameterRow& row : parameter_catalogue()) {
        keys.insert(row.key);
        CHECK(!row.meaning.empty());
        CHECK(!row.source.empty());
        CHECK(row.expected.starts_with("must be "));
        CHECK(find_parameter(row.key) == &row);
    }
    CHECK(keys.size() == 70);
    CHECK(parameter_catalogue().size() == 70);
    CHECK(find_parameter("first_attempt") == nullptr);
}

TEST_CASE("a value that is none leaves the parameters alone", "[scenario]") {
    for (const ParameterRow& row : parameter_catalogue()) {
        INFO(row.key);
        for (const char* value : {"", "x", "-1", "1e400", "nan", "-5m", "True", "Block"}) {
            Parameters parameters;
            CHECK(!row.assign(parameters, value));
            CHECK(parameters == Parameters{});
        }
    }
}

TEST_CASE("parameters are read by their kinds", "[scenario]") {
    Parameters parameters;
    CHECK(find_parameter("boot_host")->assign(parameters, "8m30s"));
    CHECK(parameters.boot_host == 510s);
    CHECK(find_parameter("attempt_takes")->assign(parameters, "2m"));
    CHECK(parameters.attempt_takes == 2min);
    CHECK(find_parameter("attempt_takes")->assign(parameters, "from boot times"));
    CHECK(!parameters.attempt_takes);
    CHECK(find_parameter("over_limit")->assign(parameters, "count"));
    CHECK(parameters.over_limit == OverLimit::count);
    CHECK(find_parameter("enter_update_mode")->assign(parameters, "immediate"));
    CHECK(parameters.enter_update_mode == StopMode::immediate);
    CHECK(find_parameter("second_try")->assign(parameters, "true"));
    CHECK(parameters.second_try);
    CHECK(find_parameter("traffic_scale")->assign(parameters, "2.5"));
    CHECK(parameters.traffic_scale == 2.5);
}

TEST_CASE("shares end at 1, a scale does not, and what recurs takes time", "[scenario]") {
    CHECK(takes("recovery_success", "1"));
    CHECK(!takes("recovery_success", "1.0001"));
    CHECK(takes("traffic_scale", "0"));
    CHECK(takes("traffic_scale", "100"));
    CHECK(takes("first_attempt_after", "0s"));
    CHECK(!takes("options_period", "0s"));
    CHECK(!takes("gateway_retest", "0s"));
    CHECK(!takes("call_mean", "0s"));
}
