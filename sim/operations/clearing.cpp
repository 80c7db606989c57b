#include "sim/operations/clearing.hpp"

#include "sim/vocabulary/letters.hpp"

#include <algorithm>

namespace sim::operations {

using faults::Fault;
using vocabulary::Console;
using vocabulary::GatewayId;
using vocabulary::SiteId;

namespace {

// What was said, as texts: a list is each of its names.
std::vector<std::string> words_of(const vocabulary::Argument& argument) {
    struct Words {
        std::vector<std::string> operator()(bool is) const { return {is ? "true" : "false"}; }
        std::vector<std::string> operator()(std::int64_t number) const { return {std::to_string(number)}; }
        std::vector<std::string> operator()(const std::string& text) const { return {text}; }
        std::vector<std::string> operator()(kernel::Duration) const { return {"duration"}; }
        std::vector<std::string> operator()(const std::vector<std::string>& names) const { return names; }
        std::vector<std::string> operator()(const vocabulary::Change& change) const { return change.names; }
    };
    return std::visit(Words{}, argument);
}

using vocabulary::lowered;

bool says(const std::string& text, std::string_view part) {
    return lowered(text).find(lowered(part)) != std::string::npos;
}

const vocabulary::Argument* argument(const Command& command, std::string_view parameter) {
    const auto found = command.arguments.find(std::string{parameter});
    return found == command.arguments.end() ? nullptr : &found->second;
}

std::string key_of(ApplianceId id) {
    return std::to_string(vocabulary::subject_of(id));
}

}  // namespace

std::string Clearing::name_of(const Fault& fault) const {
    struct Name {
        const topology::Fleet& fleet;
        const Names& names;
        std::string operator()(ApplianceId id) const { return names.appliances[vocabulary::index(id)]; }
        std::string operator()(GatewayId id) const { return names.gateways[vocabulary::index(id)]; }
        std::string operator()(SiteId id) const { return names.sites[vocabulary::index(id)]; }
        std::string operator()(vocabulary::CohortId id) const {
            const auto& site = fleet.users()[id].assigned;
            return site ? (*this)(*site) : "";
        }
        std::string operator()(vocabulary::CommonCauseId id) const {
            const std::size_t i = vocabulary::index(id);
            return i < names.common_causes.size() ? names.common_causes[i] : "";
        }
        std::string operator()(vocabulary::TheTenant) const { return ""; }
    };
    return std::visit(Name{fleet_, names_}, fault.on);
}

bool Clearing::has(const Fault& fault, const Want& want, const Command& command) const {
    if (want.parameter == "Machine") {
        const auto machine = vocabulary::machine_of(command);
        if (want.match == Match::absent) return !machine;
        if (want.match == Match::struck_machine) return machine && machine == fault.machine;
        return machine &&
               (want.match == Match::there || vocabulary::same_word(vocabulary::text(*machine), want.value));
    }
    const vocabulary::Argument* said = argument(command, want.parameter);
    if (want.match == Match::absent)
        return said == nullptr || (std::holds_alternative<bool>(*said) && !std::get<bool>(*said));
    if (said == nullptr) return false;
    const std::vector<std::string> words = words_of(*said);
    const auto any = [&](auto fits) { return std::any_of(words.begin(), words.end(), fits); };
    switch (want.match) {
        case Match::is:
            return any([&](const std::string& word) { return vocabulary::same_word(word, want.value); });
        case Match::has:
            return any([&](const std::string& word) { return says(word, want.value); });
        case Match::struck_place: {
            const std::string name = name_of(fault);  // the tenant, and users without a site, need none
            return name.empty() ||
                   any([&](const std::string& word) { return vocabulary::same_word(word, name); });
        }
        case Match::other_site: {
            if (!fault.site) return any([](const std::string& word) { return !word.empty(); });
            const std::string& wrong = names_.sites[vocabulary::index(*fault.site)];
            return any([&](const std::string& word) { return !word.empty() && !says(word, wrong); });
        }
        case Match::more_ports: {
            const auto* ports = std::get_if<std::int64_t>(said);
            return ports != nullptr && *ports > static_cast<std::int64_t>(fault.ports.value_or(0));
        }
        default:
            return std::holds_alternative<bool>(*said)
                       ? std::get<bool>(*said)
                       : any([](const std::string& word) { return !word.empty(); });
    }
}

bool Clearing::does(const Fault& fault, const Deed& deed, const Command& command) const {
    return deed.cmdlet == command.cmdlet &&
           std::all_of(deed.wants.begin(), deed.wants.end(),
                       [&](const Want& want) { return has(fault, want, command); });
}

// The hosts of the site that is struck, or that what is struck belongs to. The tenant: all.
std::vector<ApplianceId> Clearing::hosts(const Fault& fault) const {
    const auto of = [&](SiteId site) { return fleet_.sites()[site].appliances; };
    if (const auto* id = std::get_if<ApplianceId>(&fault.on)) return of(fleet_.appliances()[*id].site);
    if (const auto* id = std::get_if<SiteId>(&fault.on)) return of(*id);
    if (const auto* id = std::get_if<GatewayId>(&fault.on)) return of(fleet_.gateways()[*id].site);
    std::vector<ApplianceId> all;
    for (std::size_t i = 0; i < fleet_.appliances().size(); ++i) all.push_back(static_cast<ApplianceId>(i));
    return all;
}

std::vector<ApplianceId> Clearing::hosts(const Fault& fault, At at) const {
    const auto* struck = std::get_if<ApplianceId>(&fault.on);
    if (at == At::struck_host) return struck != nullptr ? std::vector{*struck} : std::vector<ApplianceId>{};
    std::vector<ApplianceId> all = hosts(fault);
    if (at == At::each_host && fault.to) all = {*fault.to};
    if (at == At::first_host && !all.empty()) all.resize(1);
    if (at == At::each_later && !all.empty()) all.erase(all.begin());
    if (at == At::each_peer && struck != nullptr) std::erase(all, *struck);
    return all;
}

std::size_t Clearing::needed(const Fault& fault, const Step& step) const {
    switch (step.at) {
        case At::each_host:
        case At::each_peer:
        case At::each_later:
            return hosts(fault, step.at).size();
        case At::each_account:
            return std::holds_alternative<vocabulary::TheTenant>(fault.on) ? hosts(fault).size() : 1;
        default:
            return 1;
    }
}

// The step is done by this command; `key` is for whom.
bool Clearing::is_done_at(const Fault& fault, const Step& step, const Command& command,
                          std::string& key) const {
    const bool does_it = std::any_of(step.deeds.begin(), step.deeds.end(),
                                     [&](const Deed& deed) { return does(fault, deed, command); });
    if (!does_it) return false;
    key.clear();
    if (step.at == At::anywhere) return true;
    if (step.at == At::each_account) {
        const vocabulary::Argument* by = argument(command, step.by);
        if (by == nullptr) return false;
        key = lowered(words_of(*by).empty() ? "" : words_of(*by).front());
        key = key.substr(0, key.find('@'));  // the name of the account, and what people call it
        return !key.empty();
    }
    const std::vector<ApplianceId> all = hosts(fault, step.at);
    if (!command.on || std::find(all.begin(), all.end(), *command.on) == all.end()) return false;
    const bool is_of_several =
        step.at == At::each_host || step.at == At::each_peer || step.at == At::each_later;
    if (is_of_several) key = key_of(*command.on);
    return true;
}

// All that must come before has been done, for this one at least.
bool Clearing::may_follow(const Fault& fault, const Way& way, std::size_t step, const Progress& so_far,
                          const std::string& key) const {
    const std::vector<std::size_t>& after = way.steps[step].after;
    return std::all_of(after.begin(), after.end(), [&](std::size_t before) {
        const std::set<std::string>& done = so_far[before];
        if (done.size() >= needed(fault, way.steps[before])) return true;
        if (way.steps[before].at != way.steps[step].at) return false;
        // An account may be called by a name that nobody has said before.
        const bool is_known = way.steps[before].by == way.steps[step].by || so_far.front().count(key) > 0;
        return is_known ? done.count(key) > 0 : done.size() > so_far[step].size();
    });
}

bool Clearing::go(const Fault& fault, const Way& way, Progress& so_far, const Command& command) const {
    so_far.resize(way.steps.size());
    bool all = true;
    for (std::size_t step = 0; step < way.steps.size(); ++step) {
        std::string key;
        if (is_done_at(fault, way.steps[step], command, key) && may_follow(fault, way, step, so_far, key))
            so_far[step].insert(key);
        all = all && so_far[step].size() >= needed(fault, way.steps[step]);
    }
    return all;
}

bool Clearing::is_next(std::uint32_t number, const Command& command) const {
    const Fault& fault = injector_.fault(number);
    const auto begun = progress_.find(number);
    const std::vector<Way>& ways = ways_out();
    for (std::size_t row = 0; row < ways.size(); ++row) {
        if (ways[row].fault != fault.id) continue;
        Progress so_far(ways[row].steps.size());
        if (begun != progress_.end())
            if (const auto found = begun->second.find(row); found != begun->second.end())
                so_far = found->second;
        for (std::size_t step = 0; step < ways[row].steps.size(); ++step) {
            std::string key;
            if (is_done_at(fault, ways[row].steps[step], command, key) &&
                may_follow(fault, ways[row], step, so_far, key))
                return true;
        }
    }
    return false;
}

// What is struck, or the site of it, is where the command is typed. What has no host concerns the tenant.
bool Clearing::concerns(const Fault& fault, const Command& command) const {
    if (std::holds_alternative<vocabulary::TheTenant>(fault.on)) return true;
    if (!command.on) return false;
    const std::vector<ApplianceId> all =
        std::holds_alternative<ApplianceId>(fault.on) && !faults::strikes_each_of_the_site(fault.id)
            ? hosts(fault, At::struck_host)
            : hosts(fault);
    return std::find(all.begin(), all.end(), *command.on) != all.end();
}

namespace {

std::string with_name(std::string_view text, std::string_view name) {
    std::string out{text};
    for (std::size_t at = out.find("{}"); at != std::string::npos; at = out.find("{}", at + name.size()))
        out.replace(at, 2, name);
    return out;
}

}  // namespace

std::string Clearing::in_the_way(const Command& command) const {
    const vocabulary::Cmdlet& typed = vocabulary::cmdlet(command.cmdlet);
    for (const std::uint32_t number : injector_.in_force()) {
        const Fault& fault = injector_.fault(number);
        for (const Symptom& symptom : symptoms()) {
            if (symptom.fault != fault.id || symptom.how != Shows::refuses || !concerns(fault, command))
                continue;
            const bool is_meant =
                symptom.deeds.empty()
                    ? typed.at == Console::host
                    : std::any_of(symptom.deeds.begin(), symptom.deeds.end(),
                                  [&](const Deed& deed) { return does(fault, deed, command); });
            if (is_meant && !is_next(number, command)) return with_name(symptom.text, typed.name);
        }
    }
    return "";
}

void Clearing::show(const Command& command, Answer& answer) const {
    for (const std::uint32_t number : injector_.in_force()) {
        const Fault& fault = injector_.fault(number);
        for (const Symptom& symptom : symptoms()) {
            if (symptom.fault != fault.id || symptom.how == Shows::refuses || !concerns(fault, command))
                continue;
            if (!std::any_of(symptom.deeds.begin(), symptom.deeds.end(),
                             [&](const Deed& deed) { return does(fault, deed, command); }))
                continue;
            if (symptom.how == Shows::hides) {
                answer.clear();
            } else {
                answer.push_back(
                    {{"Message", with_name(symptom.text, vocabulary::cmdlet(command.cmdlet).name)}});
            }
        }
    }
}

void Clearing::done(const Command& command) {
    const std::vector<std::uint32_t> active = injector_.in_force();
    std::erase_if(progress_, [&](const auto& entry) {
        return std::find(active.begin(), active.end(), entry.first) == active.end();
    });
    const std::vector<Way>& ways = ways_out();
    for (const std::uint32_t number : active) {
        const Fault& fault = injector_.fault(number);
        if (fault.lasts) continue;
        bool is_over = false;
        for (std::size_t row = 0; row < ways.size(); ++row)
            if (ways[row].fault == fault.id)
                is_over = go(fault, ways[row], progress_[number][row], command) || is_over;
        if (!is_over) continue;
        progress_.erase(number);
        injector_.mend(number);
    }
}

}  // namespace sim::operations
