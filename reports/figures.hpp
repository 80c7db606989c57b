// Figures as people read them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace reports {

inline constexpr const char* dash = "-";

std::string grouped(std::uint64_t count);                          // "151 206"
std::string plural(std::uint64_t count, const std::string& noun);  // "1 value", "41 values"

// A share in per cent, rounded down, never up: 99.9996 % is not 100 %. A dash where there is no whole.
std::string percent(std::uint64_t part, std::uint64_t whole, unsigned decimals);

// A value in its unit, "99.404 %", "1 204", "0.35 s"; shares rounded down.
std::string figure(double value, const std::string& unit);
std::string figure(const std::optional<double>& value, const std::string& unit);  // a dash for none

}  // namespace reports
