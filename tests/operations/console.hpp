// Somebody who types cmdlets at set times and writes down what comes of each.

#pragma once

#include "sim/operations/desk.hpp"
#include "tests/support/estates.hpp"

#include <map>
#include <string>
#include <vector>

namespace tests {

using sim::operations::Answer;
using sim::vocabulary::Argument;
using sim::vocabulary::Command;

using Arguments = std::vector<std::pair<std::string, Argument>>;

// As typed: every argument is given to vocabulary::add(). Fails the test if one does not fit.
Command typed(const std::string& cmdlet, std::optional<ApplianceId> on = std::nullopt,
              const Arguments& arguments = {});

class Console : public sim::operations::Programs {
public:
    struct Line {
        Duration at{};
        Command command;
        bool has_begun = false;
        std::optional<sim::operations::OperationId> operation;
        std::optional<Instant> ended;
        std::string error;
        Answer answer;
    };

    // The number of the line.
    std::size_t types(Duration at, Command command);
    const Line& line(std::size_t number) const { return lines_.at(number); }
    const std::string& error(std::size_t number) const { return lines_.at(number).error; }
    // How long after it was typed it was over. Fails the test if it was not.
    Duration took(std::size_t number) const;
    // The value of that name in the first object that has it; "" if none has. Truth is "true" or "false".
    std::string shown(std::size_t number, const std::string& name) const;
    std::vector<std::string> all_shown(std::size_t number, const std::string& name) const;

    Story lives(const Scenario& plan);

    void begin(sim::operations::Desk& desk) override;
    void begin_runbook(sim::vocabulary::ProgramId) override {}
    void wake(sim::operations::StrandId strand) override;
    bool look(const std::vector<SiteId>&) override { return false; }

private:
    void note_end(Line& line);

    sim::operations::Desk* desk_ = nullptr;
    std::vector<Line> lines_;
};

}  // namespace tests
