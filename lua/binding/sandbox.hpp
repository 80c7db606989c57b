// A Lua in which a script can do nothing but describe: no clock, no file, no address, no luck, no endless loop.
//
// What exists stands in an allow list (sandbox_*.cpp); everything else is an error that says so. Two budgets
// end what does not end itself: instructions, into which our own functions and all memory asked for are
// charged, too, and memory in use. A spent budget cannot be caught by the script. Both depend on the script
// alone, not on the machine.
//
// Patterns, sort, pairs and tostring are ours: Lua's would give other answers in another process, or never
// return.

#pragma once

#include "lua/binding/limits.hpp"
#include "lua/binding/source.hpp"
#include "sim/vocabulary/problems.hpp"

#include <lua.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lua::binding {

using sim::vocabulary::Place;

class Sandbox {
public:
    using Extend = void (*)(lua_State* L);  // adds to the environment, the table on top of the stack

    explicit Sandbox(Limits limits, Print print = {}, Extend extend = nullptr);
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    static Sandbox& of(lua_State* L) { return **static_cast<Sandbox**>(lua_getextraspace(L)); }

    // Runs `body` with the allow list in place. Throws InputError for whatever goes wrong in the script, and
    // what `body` or one of our functions threw, as it was. The first run opens the environment; later ones
    // find it as it was left.
    void run(const std::function<void(lua_State*)>& body);

    // Starts a coroutine, or goes on with it, with a budget of its own: its function and `arguments` values lie
    // on its stack. True: it waits. Throws what went wrong in it. Only inside run().
    bool resume(lua_State* strand, int arguments);

    // Loads the bytes as the file `path` and leaves its function on the stack. Only inside run().
    void push_chunk(lua_State* L, const std::string& path, std::string bytes);

    // Throws InputError if the budget is spent.
    void charge(std::uint64_t instructions);
    void print(const std::string& line);
    void stop_printing() { may_print_ = false; }  // from now on it is an error

    // Where the script stands: the running call, or the line that says the key `path` in it.
    Place place() const;
    Place place_of(const std::vector<std::string>& path) const;

    [[noreturn]] void refuse(const char* code, std::string what, std::string expected = "",
                             std::string help = "") const;

    void fail(std::exception_ptr failure);
    bool failed() const { return failure_ != nullptr; }
    sim::vocabulary::InputError out_of_memory() const;

    // Names that the running file declares; for "did you mean".
    std::vector<std::string> declared() const;

private:
    static void* allocate(void* self, void* block, std::size_t old_size, std::size_t new_size);
    static void count(lua_State* L, lua_Debug* debug);
    static int enter(lua_State* L);
    static int remember_place(lua_State* L);

    void begin_step(std::uint64_t instructions);
    sim::vocabulary::InputError spent() const;
    sim::vocabulary::InputError raised(lua_State* L) const;
    sim::vocabulary::InputError from_message(const char* code, std::string message, Place place) const;
    void open_environment(lua_State* L);

    Limits limits_;
    Print print_;
    Extend extend_;
    lua_State* L_ = nullptr;
    lua_State* running_ = nullptr;  // L_, or the coroutine that is resumed
    bool is_open_ = false;
    bool may_print_ = true;
    std::uint64_t instructions_max_ = 0;  // of this step
    std::uint64_t used_ = 0;              // in it
    std::size_t memory_ = 0;
    std::size_t printed_ = 0;
    Place stopped_at_;
    std::exception_ptr failure_;
    std::map<std::string, Source> sources_;
};

}  // namespace lua::binding
