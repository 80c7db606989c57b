#include "lua/binding/sandbox.hpp"

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <new>

namespace lua::binding {

using sim::vocabulary::Exit;
using sim::vocabulary::InputError;
using sim::vocabulary::Problem;

namespace {

constexpr int instructions_between_looks = 1000;
constexpr std::size_t bytes_per_instruction = 64;  // what copying them costs, about
constexpr const char* environment_key = "ccesim.environment";

// Lua shortens long paths in its messages; this is what it makes of one.
std::string short_name(const std::string& path) {
    constexpr std::size_t longest = LUA_IDSIZE - 1;
    return path.size() <= longest ? path : "..." + path.substr(path.size() - (longest - 3));
}

// Where the innermost Lua function stands; line 0 if none runs.
Place running(lua_State* L) {
    lua_Debug debug;
    for (int level = 0; lua_getstack(L, level, &debug) != 0; ++level) {
        lua_getinfo(L, "Sl", &debug);
        if (debug.currentline > 0) return {debug.source + 1, debug.currentline, 0};  // past the '@'
    }
    return {};
}

}  // namespace

Sandbox::Sandbox(Limits limits, Print print, Extend extend)
    : limits_(limits), print_(std::move(print)), extend_(extend), instructions_max_(limits.instructions) {
    L_ = running_ = lua_newstate(allocate, this);
    if (L_ == nullptr) throw std::bad_alloc();
    *static_cast<Sandbox**>(lua_getextraspace(L_)) = this;
    lua_sethook(L_, count, LUA_MASKCOUNT, instructions_between_looks);
}

Sandbox::~Sandbox() {
    lua_close(L_);
}

void* Sandbox::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
    Sandbox& sandbox = *static_cast<Sandbox*>(self);
    const std::size_t before = block == nullptr ? 0 : old_size;
    if (new_size == 0) {
        std::free(block);
        sandbox.memory_ -= before;
        return nullptr;
    }
    if (new_size > before && sandbox.L_ != nullptr) {
        // Long strings are copied inside one instruction, so bytes count as well. We may not raise an error
        // here; the hook does it, and setting a hook is allowed at any time.
        sandbox.used_ += new_size / bytes_per_instruction;
        if (sandbox.used_ > sandbox.instructions_max_) lua_sethook(sandbox.running_, count, LUA_MASKCOUNT, 1);
        if (sandbox.memory_ - before + new_size > sandbox.limits_.memory) {
            sandbox.stopped_at_ = running(sandbox.running_);  // Lua's error for this says no line
            return nullptr;
        }
    }
    void* moved = std::realloc(block, new_size);
    if (moved != nullptr) sandbox.memory_ = sandbox.memory_ - before + new_size;
    return moved;
}

void Sandbox::count(lua_State* L, lua_Debug*) {
    Sandbox& sandbox = of(L);
    sandbox.used_ += instructions_between_looks;
    if (sandbox.used_ <= sandbox.instructions_max_) return;
    sandbox.fail(std::make_exception_ptr(sandbox.spent()));
    lua_pushnil(L);
    lua_error(L);
}

InputError Sandbox::spent() const {
    return InputError(Exit::scenario,
                      Problem{place(), "E111",
                              fmt::format("the script used more than {} instructions",
                                          instructions_max_ >= 1'000'000
                                              ? fmt::format("{} million", instructions_max_ / 1'000'000)
                                              : fmt::format("{}", instructions_max_)),
                              "",
                              instructions_max_ == limits_.instructions
                                  ? "a script describes and ends before time begins; does a loop never end?"
                                  : "in one instant of the run; does a loop never wait?"});
}

void Sandbox::charge(std::uint64_t instructions) {
    used_ += instructions;
    if (used_ > instructions_max_) throw spent();
}

void Sandbox::print(const std::string& line) {
    if (!may_print_)
        refuse("E152", "print works before time begins only", "",
               "inside time there are many replications; what happens in one is in its journal");
    printed_ += line.size() + 1;
    if (printed_ > limits_.printed)
        refuse("E113", fmt::format("the script printed more than {} KiB", limits_.printed >> 10));
    charge(100 + line.size());
    if (print_) print_(line);
}

Place Sandbox::place() const {
    return running(running_);
}

Place Sandbox::place_of(const std::vector<std::string>& path) const {
    Place place = running(running_);
    const auto source = sources_.find(place.file);
    if (source != sources_.end()) place.line = source->second.line_of_key(place.line, path);
    return place;
}

std::vector<std::string> Sandbox::declared() const {
    const auto source = sources_.find(running(running_).file);
    return source == sources_.end() ? std::vector<std::string>{} : source->second.declared();
}

void Sandbox::refuse(const char* code, std::string what, std::string expected, std::string help) const {
    throw InputError(Exit::scenario,
                     Problem{place(), code, std::move(what), std::move(expected), std::move(help)});
}

void Sandbox::fail(std::exception_ptr failure) {
    if (!failure_) failure_ = std::move(failure);
}

void Sandbox::push_chunk(lua_State* L, const std::string& path, std::string bytes) {
    const auto [entry, is_new] = sources_.try_emplace(path, path, std::move(bytes), limits_.source);
    const Source& source = entry->second;
    charge(source.text().size());
    const int status =
        luaL_loadbufferx(L, source.text().data(), source.text().size(), ("@" + path).c_str(), "t");
    if (status == LUA_ERRMEM) lua_error(L);
    if (status != LUA_OK) {
        std::size_t length = 0;
        const char* message = lua_tolstring(L, -1, &length);
        throw from_message("E101", std::string(message, length), {path, 0, 0});
    }
    source.refuse_unsafe();
    lua_getfield(L, LUA_REGISTRYINDEX, environment_key);
    lua_setupvalue(L, -2, 1);
}

// Lua writes the place into the message; ours stands in front of all messages, in one form.
InputError Sandbox::from_message(const char* code, std::string message, Place place) const {
    std::string help;
    for (const auto& [path, source] : sources_) {
        const std::string prefix = short_name(path) + ":";
        if (message.compare(0, prefix.size(), prefix) != 0) continue;
        std::size_t digits = prefix.size();
        int line = 0;
        while (digits < message.size() && message[digits] >= '0' && message[digits] <= '9' && line < 1'000'000)
            line = line * 10 + (message[digits++] - '0');
        if (digits == prefix.size() || message.compare(digits, 2, ": ") != 0) continue;
        place = {path, line, 0};
        message.erase(0, digits + 2);
        if (std::string(code) == "E101") help = "the line reads: " + source.line(line);
        break;
    }
    return InputError(Exit::scenario, Problem{place, code, message, "", help});
}

int Sandbox::remember_place(lua_State* L) {
    of(L).stopped_at_ = running(L);
    return 1;  // the error itself, unchanged
}

int Sandbox::enter(lua_State* L) {
    const auto& body = *static_cast<const std::function<void(lua_State*)>*>(lua_touserdata(L, 1));
    if (!of(L).is_open_) of(L).open_environment(L);
    body(L);
    return 0;
}

void Sandbox::run(const std::function<void(lua_State*)>& body) {
    if (is_open_) begin_step(limits_.instructions_a_step);
    lua_settop(L_, 0);
    lua_pushcfunction(L_, guarded<remember_place>);
    lua_pushcfunction(L_, guarded<enter>);
    lua_pushlightuserdata(L_, const_cast<std::function<void(lua_State*)>*>(&body));
    const int status = lua_pcall(L_, 1, 0, 1);
    if (failure_) std::rethrow_exception(failure_);
    if (status == LUA_OK) return;
    if (status == LUA_ERRMEM) throw out_of_memory();
    throw raised(L_);
}

void Sandbox::begin_step(std::uint64_t instructions) {
    instructions_max_ = instructions;
    used_ = 0;
    lua_sethook(running_, count, LUA_MASKCOUNT, instructions_between_looks);
}

bool Sandbox::resume(lua_State* strand, int arguments) {
    running_ = strand;
    begin_step(limits_.instructions_a_step);
    int results = 0;
    const int status = lua_resume(strand, L_, arguments, &results);
    running_ = L_;
    if (failure_) std::rethrow_exception(failure_);
    if (status == LUA_YIELD) lua_pop(strand, results);
    if (status == LUA_YIELD || status == LUA_OK) return status == LUA_YIELD;
    stopped_at_ = running(strand);
    if (status == LUA_ERRMEM) throw out_of_memory();
    throw raised(strand);
}

// What the script itself raised lies on top of the stack.
InputError Sandbox::raised(lua_State* L) const {
    const int type = lua_type(L, -1);
    const bool is_text = type == LUA_TSTRING || type == LUA_TNUMBER;
    // A table is not asked for its text: that would run the script again, outside its budgets.
    return from_message("E110",
                        is_text ? shown_value(L, -1)
                                : fmt::format("the script raised a {}, not a message", lua_typename(L, type)),
                        stopped_at_);
}

InputError Sandbox::out_of_memory() const {
    return InputError(Exit::scenario,
                      Problem{stopped_at_, "E112",
                              fmt::format("the script used more than {} MiB of memory", limits_.memory >> 20),
                              "", "does a table or a text grow without end?"});
}

void Sandbox::open_environment(lua_State* L) {
    lua_newtable(L);
    add_base(L);
    add_math(L);
    add_string(L);
    add_table(L);
    if (extend_ != nullptr) extend_(L);
    seal(L, "");
    lua_setfield(L, LUA_REGISTRYINDEX, environment_key);
    is_open_ = true;
}

}  // namespace lua::binding
