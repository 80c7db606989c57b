// Somebody who types cmdlets at given times and keeps what they came to.

#pragma once

#include "sim/deployment/run.hpp"
#include "sim/operations/desk.hpp"
#include "sim/operations/programs.hpp"
#include "tests/support/estates.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tests {

using sim::operations::Answer;
using sim::vocabulary::Argument;
using sim::vocabulary::Command;

// REQUIRES that the catalogue takes it.
inline Command typed(const std::string& name,
                     const std::vector<std::pair<std::string, Argument>>& arguments = {},
                     std::optional<ApplianceId> on = std::nullopt) {
    const sim::vocabulary::Cmdlet* cmdlet = sim::vocabulary::cmdlet_named(name);
    REQUIRE(cmdlet != nullptr);
    Command command{cmdlet->id, on, {}};
    for (const auto& [parameter, argument] : arguments)
        REQUIRE(sim::vocabulary::add(command, parameter, argument) == std::nullopt);
    return command;
}

class Typist final : public sim::operations::Programs {
public:
    struct Typed {
        Duration at{};
        Command command;
        std::string error;
        Answer answer;
        Duration ended{};
    };

    std::size_t types(Duration at, Command command) {
        all.push_back({at, std::move(command), "never typed", {}, {}});
        return all.size() - 1;
    }
    // Something to look at, at a time of the run.
    void looks(Duration at, std::function<void(sim::operations::Desk&)> look) {
        looks_.emplace_back(at, std::move(look));
    }

    // Of the row-th cmdlet that was typed: a value of its only object, as text.
    std::string value(std::size_t row, const std::string& name, std::size_t object = 0) const {
        INFO(all.at(row).error);
        REQUIRE(all.at(row).answer.size() > object);
        for (const auto& [key, value] : all[row].answer[object])
            if (key == name) return std::visit(AsText{}, value);
        FAIL("no value " + name);
        return "";
    }

    void begin(sim::operations::Desk& desk) override {
        desk_ = &desk;
        ids_.resize(all.size());
        for (std::size_t row = 0; row < all.size() + looks_.size(); ++row) {
            const Duration at = row < all.size() ? all[row].at : looks_[row - all.size()].first;
            desk.wake_in(at, static_cast<sim::operations::StrandId>(row));
        }
    }
    void begin_runbook(sim::vocabulary::ProgramId) override {}
    bool look(const std::vector<SiteId>&) override { return false; }
    void wake(sim::operations::StrandId strand) override {
        const auto row = static_cast<std::size_t>(strand);
        if (row >= all.size()) return looks_[row - all.size()].second(*desk_);
        if (!ids_[row]) ids_[row] = desk_->start(all[row].command, strand);
        const sim::operations::Operation& operation = desk_->operation(*ids_[row]);
        if (!operation.is_over) {
            all[row].error = "under way";
            return;
        }
        all[row].error = operation.error;
        all[row].answer = operation.answer;
        all[row].ended = desk_->now() - start_of_run;
    }

    std::vector<Typed> all;

private:
    struct AsText {
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const { return std::to_string(value); }
        std::string operator()(const std::string& value) const { return value; }
    };

    sim::operations::Desk* desk_ = nullptr;
    std::vector<std::optional<sim::operations::OperationId>> ids_;
    std::vector<std::pair<Duration, std::function<void(sim::operations::Desk&)>>> looks_;
};

inline Story lived_with(const Scenario& plan, Typist& typist) {
    Story story;
    story.tally =
        sim::deployment::run(plan, plan.policies.front(), {42, 1}, {&story.journal, &story.calls}, &typist);
    return story;
}

}  // namespace tests
