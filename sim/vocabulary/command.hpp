// One cmdlet as somebody types it: plain data, the same in a scenario, at a console and in the world. And what
// can be said of it without a world: whether the release has it, whether its parameters are there and fit. The
// texts are those of PowerShell; a hint of ours may follow them.
//
// Who builds a command gives every argument to add() as it was typed. It leaves them as the catalogue has them:
// "edge" becomes "Edge", "4:00" four hours, "$null" an empty text, a lone name a list of one.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/cmdlets.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/machines.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sim::vocabulary {

// @{add="Night"}: a list is not given whole, but changed.
struct Change {
    enum class How : std::uint8_t { add, remove, replace };
    How how{};
    std::vector<std::string> names;

    bool operator==(const Change&) const = default;
};

// By what the parameter takes: flag, boolean: bool; whole: an integer; duration: a Duration; some_of, names: a
// list; changes: a list or a Change; all others a text. An empty text or list is $null.
using Argument =
    std::variant<bool, std::int64_t, std::string, kernel::Duration, std::vector<std::string>, Change>;

struct Command {
    CmdletId cmdlet{};
    std::optional<ApplianceId> on;  // at whose host, or in whose machines; none: of the tenant, or at a desk
    std::map<std::string, Argument> arguments;  // by the parameter's name in the catalogue
    bool unattended = false;  // its management service does it: nobody is there to be asked for a password

    bool operator==(const Command&) const = default;
};

inline constexpr std::size_t text_max = 1024;  // bytes of an argument: errors and answers repeat it

// Adds an argument, in the form the catalogue wants: a text becomes what the parameter takes, names and words
// get their case. What is wrong, if it is: no such parameter, given twice, not to be converted. Then nothing is
// added.
std::optional<std::string> add(Command& command, std::string_view parameter, Argument argument);

// What is wrong with the command on an appliance of this release, the first thing that the console would say;
// nothing if it may run. Of tenant and desk cmdlets the release does not matter.
std::optional<std::string> wrong(const Command& command, VersionId version);

// What the console says to a name that is no cmdlet, with the nearest one.
std::string unknown_cmdlet(std::string_view name);

// What it says to a cmdlet that is not there, though there is one of that name.
std::string not_recognized(std::string_view name);

// The mandatory parameters that are not there: a console prompts for them, one after the other. Empty too where
// no prompt helps, because the parameters do not go together.
std::vector<const CmdletParameter*> missing(const Command& command, VersionId version);

// The argument, or null. REQUIRES that it is a T, where it is there: wrong() has looked.
template <class T>
const T* given(const Command& command, const std::string& parameter) {
    const auto found = command.arguments.find(parameter);
    return found == command.arguments.end() ? nullptr : std::get_if<T>(&found->second);
}

// The flag is there, and not as -Force:$false.
bool has_flag(const Command& command, const std::string& parameter);

// Which of the appliance's machines it is about: -Machine, -ComputerName or -VMName; nothing: the host.
std::optional<Machine> machine_of(const Command& command);

// As it would be typed, on one line: "Set-CcCredential -AccountType TenantAdmin". A password is not shown.
std::string text(const Command& command);

}  // namespace sim::vocabulary
