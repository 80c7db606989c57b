// Lua inside time: the strands of a scenario's policies and runbooks, what each waits for, and who goes on
// when.
//
// A strand is a coroutine. It waits for a time, for something to become true, or for a cmdlet to end;
// everything it does happens in the instant in which it goes on. Strands go on in the order in which they
// began.

#pragma once

#include "lua/binding/plan.hpp"
#include "sim/operations/desk.hpp"

#include <lua.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lua::binding {

using sim::kernel::Instant;
using sim::operations::OperationId;
using sim::operations::StrandId;

inline constexpr std::size_t strands_max = 100'000;     // at once
inline constexpr unsigned waits_a_second_max = 10'000;  // of one strand, in a second of the run

class Inside final : public sim::operations::Programs {
public:
    Inside(std::unique_ptr<Session> session, std::vector<ProgramId> programs);
    ~Inside() override;

    void begin(sim::operations::Desk& desk) override;
    void begin_runbook(ProgramId program) override;
    void wake(StrandId strand) override;
    bool look(const std::vector<SiteId>& sites) override;
    std::optional<ProgramId> program_of(StrandId strand) const override;

    sim::operations::Desk& desk() { return *desk_; }
    const Scenario& scenario() const { return session_->plan.scenario; }

    // What the strand that runs now waits for from its next yield on.
    void wait_for(Duration time);
    void wait_for(OperationId operation);
    // Takes the condition from the top of the stack. True if it holds; else the strand waits for it, at most
    // for `limit`.
    bool holds_or_wait(lua_State* L, std::optional<Duration> limit);
    StrandId running() const { return running_; }
    // Takes the function from the top of the stack and lets it go its own way from this instant on, beside the
    // strand that runs.
    void begin_beside(lua_State* L);
    // A condition has read what changes without being told: calls, or the time.
    void note_unannounced(Duration period);

private:
    enum class Waits : std::uint8_t { no, time, operation, condition };
    struct Strand {
        lua_State* L = nullptr;
        int reference = 0;           // keeps it alive
        std::optional<SiteId> site;  // whose changes concern it; none: all
        Waits waits = Waits::no;
        int condition = 0;
        std::optional<Instant> until;  // condition: when it gives up
        Duration period{};             // condition: asked again this often; 0: when something has changed
        sim::kernel::Ticket ticket{};
        std::chrono::seconds second{};  // of the run, in which it waited the last time,
        unsigned times = 0;             // and how often
    };
    void start(ProgramId program, std::optional<SiteId> site);
    // Each time it goes on a strand has a new budget. One that hardly lets time pass would never end.
    void count_wait(Strand& strand);
    StrandId add_strand(lua_State* L, ProgramId program, std::optional<SiteId> site);
    void start_for(lua_State* L, ProgramId program, std::optional<SiteId> site);
    // Says of an error inside time also when and where it happened.
    void run(const std::function<void(lua_State*)>& body);
    void go_on(lua_State* L, StrandId id, int arguments);
    void end(lua_State* L, StrandId id);
    std::set<StrandId>& waiting_with(const Strand& strand);
    bool is_true(lua_State* L, Strand& strand);
    void ask_again_later(StrandId id, Strand& strand);
    // Asks its condition; lets it go on if that holds, or if its time is over.
    bool try_condition(lua_State* L, StrandId id);

    std::unique_ptr<Session> session_;
    std::vector<ProgramId> programs_;
    sim::operations::Desk* desk_ = nullptr;
    std::map<StrandId, Strand> strands_;  // at most strands_max
    // Who waits for a condition: by site, and of all sites.
    std::map<SiteId, std::set<StrandId>> waiting_at_;
    std::set<StrandId> waiting_anywhere_;
    std::vector<ProgramId> begun_;  // by strand, whether it is over or not
    StrandId running_{};
    Duration* period_asked_ = nullptr;  // of the condition that is being asked
};

}  // namespace lua::binding
