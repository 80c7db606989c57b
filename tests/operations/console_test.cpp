#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

namespace tests {

Command typed(const std::string& cmdlet, std::optional<ApplianceId> on, const Arguments& arguments) {
    const auto* row = sim::vocabulary::cmdlet_named(cmdlet);
    REQUIRE(row != nullptr);
    Command command;
    command.cmdlet = row->id;
    command.on = on;
    for (const auto& [name, value] : arguments) {
        const auto wrong = add(command, name, value);
        INFO(wrong.value_or(""));
        REQUIRE(!wrong);
    }
    return command;
}

std::size_t Console::types(Duration at, Command command) {
    lines_.push_back({at, std::move(command), false, {}, {}, {}, {}});
    return lines_.size() - 1;
}

Duration Console::took(std::size_t number) const {
    const Line& one = lines_.at(number);
    REQUIRE(one.ended);
    return *one.ended - start_of_run - one.at;
}

std::vector<std::string> Console::all_shown(std::size_t number, const std::string& name) const {
    struct Text {
        std::string operator()(bool is) const { return is ? "true" : "false"; }
        std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
        std::string operator()(double number) const { return std::to_string(number); }
        std::string operator()(const std::string& text) const { return text; }
    };
    std::vector<std::string> values;
    for (const auto& object : lines_.at(number).answer)
        for (const auto& [key, value] : object)
            if (key == name) values.push_back(std::visit(Text{}, value));
    return values;
}

std::string Console::shown(std::size_t number, const std::string& name) const {
    const std::vector<std::string> values = all_shown(number, name);
    return values.empty() ? "" : values.front();
}

Story Console::lives(const Scenario& plan) {
    Story told;
    told.tally = sim::deployment::run(plan, plan.policies.front(), {42, 1}, {&told.journal, &told.calls}, this);
    return told;
}

void Console::begin(sim::operations::Desk& desk) {
    desk_ = &desk;
    for (std::size_t number = 0; number < lines_.size(); ++number)
        desk.wake_in(lines_[number].at, static_cast<sim::operations::StrandId>(number));
}

void Console::wake(sim::operations::StrandId strand) {
    Line& line = lines_.at(static_cast<std::size_t>(strand));
    if (!line.has_begun) {
        line.has_begun = true;
        line.operation = desk_->start(line.command, strand);
    }
    if (desk_->operation(*line.operation).is_over) note_end(line);
}

void Console::note_end(Line& line) {
    line.ended = desk_->now();
    line.error = desk_->operation(*line.operation).error;
    line.answer = desk_->operation(*line.operation).answer;
}

}  // namespace tests

using namespace tests;

TEST_CASE("a console is told when its cmdlet ends, and what it answers", "[operations]") {
    Scenario plan = quiet_world(3h);
    add_site(plan, "ams", 2, 500);
    Console console;
    const auto shows = console.types(1h, typed("Get-CcVersion", ApplianceId{0}, {{"VersionType", "All"}}));
    console.lives(plan);
    CHECK(console.error(shows).empty());
    CHECK(console.took(shows) == plan.parameters.console_takes);
    CHECK(console.all_shown(shows, "VersionType") == std::vector<std::string>{"RunningScripts", "RunningBits"});
    CHECK(console.shown(shows, "Version") == "2.1");
}
