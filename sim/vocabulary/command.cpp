#include "sim/vocabulary/command.hpp"

#include "sim/vocabulary/quantity.hpp"

namespace sim::vocabulary {

namespace {

struct Typed {
    std::string operator()(bool value) const { return value ? "$true" : "$false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(kernel::Duration value) const { return text(value); }
    std::string operator()(const std::vector<std::string>& values) const {
        std::string all;
        for (const std::string& value : values) all += (all.empty() ? "" : ",") + value;
        return all;
    }
};

}  // namespace

std::string text(const Argument& argument) {
    return std::visit(Typed{}, argument);
}

}  // namespace sim::vocabulary
