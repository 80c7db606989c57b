// What decides inside time: policies and runbooks, written by the user. The world tells them when their time
// has come; what they want done they ask the desk for. Who carries them out is not known here.

#pragma once

#include "sim/vocabulary/ids.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace sim::operations {

class Desk;

// One course of events in a program: it does something, waits, and goes on.
enum class StrandId : std::uint32_t {};

class Programs {
public:
    virtual ~Programs() = default;

    // Starts those of the policy. From now on they may ask the desk, which outlives this.
    virtual void begin(Desk& desk) = 0;
    // Starts a runbook at the time its scenario names.
    virtual void begin_runbook(vocabulary::ProgramId program) = 0;
    // The time that this strand waited for has come, or its operation has ended.
    virtual void wake(StrandId strand) = 0;
    // Something about these sites has changed: who waits for it looks. False if nobody went on.
    virtual bool look(const std::vector<vocabulary::SiteId>& sites) = 0;
    // Whose course of events this is, or was. Nothing: of no program of the plan.
    virtual std::optional<vocabulary::ProgramId> program_of(StrandId) const { return std::nullopt; }
};

}  // namespace sim::operations
