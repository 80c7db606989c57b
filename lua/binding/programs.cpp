#include "lua/binding/programs.hpp"

#include "lua/binding/api.hpp"
#include "lua/binding/values.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::InputError;

Inside::Inside(std::unique_ptr<Session> session, std::vector<ProgramId> programs)
    : session_(std::move(session)), programs_(std::move(programs)) {
    session_->inside = this;
}

Inside::~Inside() = default;

void Inside::begin(sim::operations::Desk& desk) {
    desk_ = &desk;
    for (const ProgramId program : programs_) {
        if (!scenario().programs[program].each_site) {
            start(program, std::nullopt);
            continue;
        }
        for (std::size_t site = 0; site < scenario().sites.size(); ++site)
            start(program, static_cast<SiteId>(site));
    }
}

void Inside::begin_runbook(ProgramId program) {
    start(program, std::nullopt);
}

void Inside::run(const std::function<void(lua_State*)>& body) {
    try {
        session_->run(body);
    } catch (const InputError& error) {
        std::vector<Problem> problems = error.problems();
        const std::string now = sim::vocabulary::utc_text(scenario().calendar(), desk_->now());
        const auto strand = strands_.find(running_);
        const bool at_a_site = strand != strands_.end() && strand->second.site;
        problems.front().what +=
            at_a_site ? fmt::format(", at {}, {}", now, scenario().sites[*strand->second.site].name)
                      : fmt::format(", at {}", now);
        throw InputError(error.exit(), problems, error.left_out());
    }
}

void Inside::start(ProgramId program, std::optional<SiteId> site) {
    desk_->note_program(program);
    run([&](lua_State* L) { start_for(L, program, site); });
}

std::optional<ProgramId> Inside::program_of(StrandId strand) const {
    return begun_.at(static_cast<std::size_t>(strand));
}

StrandId Inside::add_strand(lua_State* L, ProgramId program, std::optional<SiteId> site) {
    const auto id = static_cast<StrandId>(begun_.size());
    begun_.push_back(program);
    Strand& strand = strands_[id];
    strand.site = site;
    strand.L = lua_newthread(L);
    strand.reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return id;
}

void Inside::start_for(lua_State* L, ProgramId program, std::optional<SiteId> site) {
    const StrandId id = add_strand(L, program, site);
    Strand& strand = strands_.at(id);
    lua_rawgeti(strand.L, LUA_REGISTRYINDEX, session_->plan.functions[sim::vocabulary::index(program)]);
    if (site) {
        push_site(strand.L, *site);
    } else {
        push_sites(strand.L);
    }
    go_on(L, id, 1);
}

void Inside::begin_beside(lua_State* L) {
    if (strands_.size() >= strands_max)
        session_->refuse("E113", fmt::format("more than {} courses of events at once", strands_max), "",
                         "does a loop start one without end?");
    session_->charge(1000);
    const Strand& parent = strands_.at(running_);
    const StrandId id = add_strand(L, *program_of(running_), parent.site);
    Strand& strand = strands_.at(id);
    strand.second = parent.second;
    strand.times = parent.times;
    count_wait(strand);
    lua_xmove(L, strand.L, 1);
    strand.waits = Waits::time;
    strand.ticket = desk_->wake_in(Duration{}, id);
}

void Inside::go_on(lua_State* L, StrandId id, int arguments) {
    Strand& strand = strands_.at(id);
    if (strand.waits == Waits::condition) waiting_with(strand).erase(id);
    strand.waits = Waits::no;
    desk_->cancel(strand.ticket);
    running_ = id;
    if (!session_->resume(strand.L, arguments)) end(L, id);
}

void Inside::end(lua_State* L, StrandId id) {
    luaL_unref(L, LUA_REGISTRYINDEX, strands_.at(id).reference);
    strands_.erase(id);
}

void Inside::count_wait(Strand& strand) {
    const auto second = std::chrono::floor<std::chrono::seconds>(desk_->now().time_since_epoch());
    if (second != strand.second) strand.times = 0;
    strand.second = second;
    if (++strand.times > waits_a_second_max)
        session_->refuse(
            "E151", "the program goes on and on and hardly lets time pass", "",
            fmt::format("more than {} times in one second; does a loop wait too shortly?", waits_a_second_max));
}

void Inside::wait_for(Duration time) {
    Strand& strand = strands_.at(running_);
    count_wait(strand);
    strand.waits = Waits::time;
    strand.ticket = desk_->wake_in(time, running_);
}

void Inside::wait_for(OperationId) {
    Strand& strand = strands_.at(running_);
    count_wait(strand);
    strand.waits = Waits::operation;
}

bool Inside::holds_or_wait(lua_State* L, std::optional<Duration> limit) {
    Strand& strand = strands_.at(running_);
    strand.condition = luaL_ref(L, LUA_REGISTRYINDEX);
    if (is_true(L, strand)) {
        luaL_unref(L, LUA_REGISTRYINDEX, strand.condition);
        return true;
    }
    count_wait(strand);
    strand.waits = Waits::condition;
    waiting_with(strand).insert(running_);
    strand.until.reset();
    if (limit) strand.until = desk_->now() + *limit;
    ask_again_later(running_, strand);
    return false;
}

void Inside::note_unannounced(Duration period) {
    if (period_asked_ == nullptr) return;
    if (*period_asked_ == Duration{} || period < *period_asked_) *period_asked_ = period;
}

std::set<StrandId>& Inside::waiting_with(const Strand& strand) {
    return strand.site ? waiting_at_[*strand.site] : waiting_anywhere_;
}

bool Inside::is_true(lua_State* L, Strand& strand) {
    strand.period = {};
    period_asked_ = &strand.period;
    lua_rawgeti(L, LUA_REGISTRYINDEX, strand.condition);
    lua_call(L, 0, 1);
    period_asked_ = nullptr;
    const bool holds = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return holds;
}

void Inside::ask_again_later(StrandId id, Strand& strand) {
    desk_->cancel(strand.ticket);
    std::optional<Instant> next;
    if (strand.period > Duration{}) next = desk_->now() + strand.period;
    if (strand.until) next = next ? std::min(*next, *strand.until) : *strand.until;
    if (next) strand.ticket = desk_->wake_in(*next - desk_->now(), id);
}

bool Inside::try_condition(lua_State* L, StrandId id) {
    Strand& strand = strands_.at(id);
    running_ = id;
    const bool holds = is_true(L, strand);
    const bool is_late = strand.until && desk_->now() >= *strand.until;
    if (!holds && !is_late) {
        ask_again_later(id, strand);
        return false;
    }
    luaL_unref(L, LUA_REGISTRYINDEX, strand.condition);
    lua_pushboolean(strand.L, holds);
    go_on(L, id, 1);
    return true;
}

void Inside::wake(StrandId id) {
    run([&](lua_State* L) {
        const auto found = strands_.find(id);
        if (found == strands_.end() || found->second.waits == Waits::no) return;
        found->second.ticket = sim::kernel::no_ticket;
        if (found->second.waits == Waits::condition) {
            try_condition(L, id);
        } else {
            go_on(L, id, 0);
        }
    });
}

bool Inside::look(const std::vector<SiteId>& sites) {
    std::set<StrandId> concerned = waiting_anywhere_;
    for (const SiteId site : sites)
        if (const auto found = waiting_at_.find(site); found != waiting_at_.end())
            concerned.insert(found->second.begin(), found->second.end());
    bool anybody = false;
    for (const StrandId id : concerned)
        run([&](lua_State* L) {
            const auto found = strands_.find(id);
            if (found != strands_.end() && found->second.waits == Waits::condition)
                anybody = try_condition(L, id) || anybody;
        });
    return anybody;
}

}  // namespace lua::binding
