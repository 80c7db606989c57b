#include "lua/binding/load.hpp"

#include "lua/binding/plan.hpp"
#include "lua/binding/programs.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/describe.hpp"

namespace lua::binding {

using sim::vocabulary::Exit;
using sim::vocabulary::InputError;

namespace {

constexpr const char* last_line = "the script must end with: return cce.run { … }";

std::string read_script(Session& session) {
    try {
        return session.read_input(session.request.path);
    } catch (const InputError& unreadable) {  // of all inputs, this one is the scenario itself
        throw InputError(Exit::scenario, unreadable.problems(), unreadable.left_out());
    }
}

void run_script(Session& session, lua_State* L) {
    open_handles(L);
    session.push_chunk(L, session.request.path, read_script(session));
    lua_call(L, 0, 1);
    const Handle* result = handle_at(L, -1);
    if (result != nullptr && result->kind == Kind::run) return;
    Place place{session.request.path, 0, 0};
    std::string help;
    if (session.plan.run) {
        place = session.plan.run->place;
        help = "cce.run stands here, but the script does not return it";
    }
    throw InputError(Exit::scenario, Problem{place, "E116", last_line, "", help});
}

}  // namespace

std::string Session::read_input(const std::string& path) {
    std::string content = request.files.read(path);
    plan.scenario.inputs[path] = sim::scenario::content_hash(content);
    return content;
}

Scenario load(const Request& request) {
    Session session(request);
    session.run([&](lua_State* L) { run_script(session, L); });
    return finish(session);
}

std::unique_ptr<sim::operations::Programs> programs(const Request& request, const std::string& policy,
                                                    const std::string& plan_hash) {
    auto session = std::make_unique<Session>(request);
    session->run([&](lua_State* L) { run_script(*session, L); });
    Scenario scenario = finish(*session);
    if (const std::string hash = sim::scenario::plan_hash(scenario); hash != plan_hash)
        throw InputError(
            Exit::not_deterministic,
            Problem{
                {}, "E701", "the script made another plan in a later run", "", hash + ", not " + plan_hash});
    std::vector<ProgramId> chosen;
    for (const Policy& one : scenario.policies)
        if (one.name == policy) chosen = one.programs;
    session->plan.scenario = std::move(scenario);
    session->stop_printing();
    return std::make_unique<Inside>(std::move(session), std::move(chosen));
}

}  // namespace lua::binding
