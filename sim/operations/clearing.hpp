// What a fault shows to those who type cmdlets, and what puts it right.
//
// A fault is over when what mends it has been done, in an order that can work: not when a text has been
// recited. So each way out of a fault is a set of needed steps, some of them after others; looking things up,
// testing and draining first are free. Who leaves a needed step out, or does a later one too early, has it
// still.
//
// A fault that the scenario gives a duration has a life of its own: nobody puts it right before its time.

#pragma once

#include "sim/faults/injector.hpp"
#include "sim/operations/verbs.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sim::operations {

// What an argument must be.
enum class Match : std::uint8_t {
    is,              // this, in any case; of a list one of its names
    has,             // it says this somewhere
    there,           // anything
    absent,          // not there, or -Flag:$false
    struck_machine,  // the machine that the fault strikes
    struck_place,    // its site, appliance or gateway by name; of users: their site
    other_site,      // not the wrong site that the fault leads to
    more_ports,      // more than the fault has left
};
struct Want {
    std::string_view parameter;  // as in the catalogue; "Machine" also stands for -ComputerName and -VMName
    Match match = Match::there;
    std::string_view value{};
};

// One cmdlet with what must be said to it.
struct Deed {
    vocabulary::CmdletId cmdlet{};
    std::vector<Want> wants;
};

// Where a step has to be done, and how often.
enum class At : std::uint8_t {
    struck_host,   // once, at the host that is struck
    some_host,     // once, at one host of the site: of the gateway's, where a gateway is struck
    first_host,    // once, at the host of the site's first appliance
    each_host,     // at each host of the site; of a trunk: at the host where it ends
    each_peer,     // at each but the one that is struck
    each_later,    // at each but the first
    anywhere,      // once; it has no host
    each_account,  // for each Mediation concerned, told apart by the argument `by`
};
struct Step {
    std::vector<Deed> deeds;  // one of these
    At at{};
    std::string_view by{};           // of each_account
    std::vector<std::size_t> after;  // steps of this way that must be done before
};
struct Way {
    vocabulary::FaultId fault{};
    std::vector<Step> steps;
};

// Every way out of every fault that somebody can put right; several of one fault stand side by side.
const std::vector<Way>& ways_out();

// How a fault shows at a console, while it is in force.
enum class Shows : std::uint8_t {
    refuses,  // the cmdlet fails with this text
    tells,    // a line in what the cmdlet answers
    hides,    // the cmdlet answers nothing
};
struct Symptom {
    vocabulary::FaultId fault{};
    Shows how{};
    std::vector<Deed> deeds;  // none: every cmdlet of the product's own module
    std::string_view text{};  // "{}" is the name of the cmdlet
};
const std::vector<Symptom>& symptoms();

class Clearing {
public:
    Clearing(const topology::Fleet& fleet, faults::Injector& injector, const Names& names)
        : fleet_(fleet), injector_(injector), names_(names) {}

    // Why a cmdlet fails before it looks at anything else; empty: nothing in the way. A step whose turn has
    // come is never held up by the fault that it puts right.
    std::string in_the_way(const Command& command) const;

    // What the faults of that place add to an answer, or take from it.
    void show(const Command& command, Answer& answer) const;

    // The cmdlet has done what it was typed for. Faults that nothing keeps any more are over.
    void done(const Command& command);

private:
    // What has been done on one way: for each step for whom, by the number of the host or the name of the
    // account.
    using Progress = std::vector<std::set<std::string>>;

    bool is_done_at(const faults::Fault& fault, const Step& step, const Command& command,
                    std::string& key) const;
    bool does(const faults::Fault& fault, const Deed& deed, const Command& command) const;
    bool has(const faults::Fault& fault, const Want& want, const Command& command) const;
    bool concerns(const faults::Fault& fault, const Command& command) const;
    std::string name_of(const faults::Fault& fault) const;
    std::vector<ApplianceId> hosts(const faults::Fault& fault) const;
    std::vector<ApplianceId> hosts(const faults::Fault& fault, At at) const;
    std::size_t needed(const faults::Fault& fault, const Step& step) const;
    bool may_follow(const faults::Fault& fault, const Way& way, std::size_t step, const Progress& so_far,
                    const std::string& key) const;
    bool is_next(std::uint32_t number, const Command& command) const;
    // True if the way is at its end now.
    bool go(const faults::Fault& fault, const Way& way, Progress& so_far, const Command& command) const;

    const topology::Fleet& fleet_;
    faults::Injector& injector_;
    const Names& names_;
    std::map<std::uint32_t, std::map<std::size_t, Progress>> progress_;  // by fault, by way
};

}  // namespace sim::operations
