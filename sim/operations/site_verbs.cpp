// The tenant's sites, and the windows in which they are updated.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sim::operations {

using topology::SitePart;
using vocabulary::Change;
using vocabulary::same_word;
using List = std::vector<std::string>;

namespace {

constexpr const char* os_list = "OsUpdateTimeWindow";
constexpr const char* bits_list = "BitsUpdateTimeWindow";

bool has(const List& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& one) { return same_word(one, name); });
}

void take_out(List& names, const std::string& name) {
    names.erase(std::remove_if(names.begin(), names.end(),
                               [&](const std::string& one) { return same_word(one, name); }),
                names.end());
}

std::string no_site(const std::string& name) {
    return "Cannot find the hybrid PSTN site \"" + name + "\".";
}
std::string no_window(const std::string& name) {
    return "Cannot find the update time window \"" + name + "\".";
}

// --- lists of windows

const topology::SiteHold* unset(const Estate& estate, const TenantSite& site) {
    return site.site ? estate.fleet.sites()[*site.site].held(SitePart::windows) : nullptr;
}

// A list as it stands; where somebody has unset the windows, nothing stands in it.
List os_windows(const Estate& estate, const TenantSite& site) {
    return unset(estate, site) != nullptr ? List{} : site.os_windows;
}
List bits_windows(const Estate& estate, const TenantSite& site) {
    return unset(estate, site) != nullptr ? List{} : site.bits_windows;
}

List changed(List names, const Command& command, const std::string& parameter) {
    if (const auto* all = given<List>(command, parameter)) return *all;
    const auto* change = given<Change>(command, parameter);
    if (change == nullptr) return is_given(command, parameter) ? List{} : names;
    if (change->how == Change::How::replace) return change->names;
    for (const std::string& name : change->names) {
        take_out(names, name);
        if (change->how == Change::How::add) names.push_back(name);
    }
    return names;
}

std::string unknown_window(const Estate& estate, const Command& command) {
    for (const char* parameter : {os_list, bits_list})
        for (const std::string& name : changed({}, command, parameter))
            if (estate.tenancy.window(name) == nullptr) return no_window(name);
    return "";
}

// The windows that are written are those of the site; with none it has the default one.
void write_windows(Estate& estate, TenantSite& site) {
    estate.tenancy.lay_windows(site);
    if (site.site) estate.fleet.write(*site.site, SitePart::windows, !site.os_windows.empty());
}

// --- sites

// Calls find the site once the tenant has replicated what was written.
void write_routing(Estate& estate, const TenantSite& site, bool known) {
    if (!site.site) return;
    const bool right = known && same_word(site.edge_fqdn, site.real_edge_fqdn);
    const SiteId id = *site.site;
    estate.tenancy.in_force_after(estate.times.tenant_replication,
                                  [&estate, id, right] { estate.fleet.write(id, SitePart::routing, right); });
}

void write_auto_update(Estate& estate, TenantSite& site, const Command& command) {
    const auto* on = given<bool>(command, "EnableAutoUpdate");
    if (on == nullptr) return;
    site.auto_update = *on;
    if (site.site) estate.fleet.write(*site.site, SitePart::auto_update, *on);
}

std::string refuses_new_site(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity"), edge = text_of(command, "EdgeFQDN");
    if (estate.tenancy.site(name) != nullptr)
        return "A hybrid PSTN site with the identity \"" + name + "\" exists already.";
    if (estate.tenancy.site_with_edge(edge) != nullptr)
        return "The Edge FQDN \"" + edge + "\" belongs to another hybrid PSTN site.";
    return unknown_window(estate, command);
}

void add_site(Estate& estate, TenantSite site) {
    if (site.site) estate.fleet.write(*site.site, SitePart::auto_update, site.auto_update);
    write_windows(estate, site);
    write_routing(estate, site, true);
    estate.tenancy.sites.push_back(std::move(site));
}

std::string new_site(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_new_site(estate, command); !why.empty()) return why;
    TenantSite site;
    for (const TenantSite& one : estate.tenancy.sites_at_start)
        if (same_word(one.name, text_of(command, "Identity"))) site = one;
    site.name = text_of(command, "Identity");
    site.edge_fqdn = text_of(command, "EdgeFQDN");
    site.os_windows = changed({}, command, os_list);
    site.bits_windows = changed({}, command, bits_list);
    const auto* auto_update = given<bool>(command, "EnableAutoUpdate");
    site.auto_update = auto_update == nullptr || *auto_update;
    add_site(estate, std::move(site));
    return "";
}

std::string refuses_get_site(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    return name.empty() || estate.tenancy.site(name) != nullptr ? "" : no_site(name);
}

std::string get_site(Estate& estate, const Command& command, Answer& answer) {
    for (const TenantSite& site : estate.tenancy.sites) {
        if (!is_like(site.name, text_of(command, "Identity"))) continue;
        if (!is_like(site.name, text_of(command, "Filter"))) continue;
        const bool updates = site.site ? estate.fleet.sites()[*site.site].held(SitePart::auto_update) == nullptr
                                       : site.auto_update;
        answer.push_back({{"Identity", site.name},
                          {"EdgeFQDN", site.edge_fqdn},
                          {"EnableAutoUpdate", updates},
                          {"OsUpdateTimeWindow", joined(os_windows(estate, site))},
                          {"BitsUpdateTimeWindow", joined(bits_windows(estate, site))}});
    }
    return "";
}

std::string refuses_set_site(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity"), edge = text_of(command, "EdgeFQDN");
    const TenantSite* site = estate.tenancy.site(name);
    if (site == nullptr) return no_site(name);
    const TenantSite* other = edge.empty() ? nullptr : estate.tenancy.site_with_edge(edge);
    if (other != nullptr && other != site)
        return "The Edge FQDN \"" + edge + "\" belongs to another hybrid PSTN site.";
    return unknown_window(estate, command);
}

std::string set_site(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_set_site(estate, command); !why.empty()) return why;
    TenantSite& site = *estate.tenancy.site(text_of(command, "Identity"));
    write_auto_update(estate, site, command);
    if (is_given(command, "EdgeFQDN")) {
        site.edge_fqdn = text_of(command, "EdgeFQDN");
        write_routing(estate, site, true);
    }
    if (!is_given(command, os_list) && !is_given(command, bits_list)) return "";
    const List os = changed(os_windows(estate, site), command, os_list);
    site.bits_windows = changed(bits_windows(estate, site), command, bits_list);
    site.os_windows = os;
    if (is_given(command, os_list)) {
        write_windows(estate, site);
    } else {
        estate.tenancy.lay_windows(site);
    }
    return "";
}

bool has_users(const Estate& estate, SiteId site) {
    return std::any_of(estate.fleet.users().begin(), estate.fleet.users().end(),
                       [site](const topology::UserGroup& users) { return users.site() == site; });
}

// Where the real one asks, a script has to have said yes.
std::string refuses_remove_site(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    const TenantSite* site = estate.tenancy.site(name);
    if (site == nullptr) return no_site(name);
    if (site->site && has_users(estate, *site->site) && !vocabulary::has_flag(command, "Force"))
        return "Users are assigned to the site \"" + site->name +
               "\": removing it asks for confirmation; -Force gives it.";
    return "";
}

std::string remove_site(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_remove_site(estate, command); !why.empty()) return why;
    TenantSite& site = *estate.tenancy.site(text_of(command, "Identity"));
    site.os_windows.clear();
    site.bits_windows.clear();
    estate.tenancy.lay_windows(site);
    write_routing(estate, site, false);
    estate.tenancy.sites.erase(estate.tenancy.sites.begin() + (&site - estate.tenancy.sites.data()));
    return "";
}

// --- windows

constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 5> weeks{"First", "Second", "Third", "Fourth", "Last"};

template <std::size_t n>
std::bitset<n> marked(const Command& command, const std::string& parameter,
                      const std::array<std::string_view, n>& words) {
    std::bitset<n> set;
    const auto* said = given<List>(command, parameter);
    for (std::size_t i = 0; said != nullptr && i < n; ++i) set.set(i, has(*said, std::string{words[i]}));
    return set;
}

// "22:00", as the catalogue leaves it.
Duration clock(const std::string& text) {
    int hours = 0, minutes = 0;
    std::from_chars(text.data(), text.data() + 2, hours);
    std::from_chars(text.data() + 3, text.data() + 5, minutes);
    return std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

// What the command says about it; the rest stays.
vocabulary::Window written(vocabulary::Window window, const Command& command) {
    if (vocabulary::has_flag(command, "Daily")) window.opens_on = vocabulary::Weekly{std::bitset<7>{}.set()};
    if (vocabulary::has_flag(command, "Weekly"))
        window.opens_on = vocabulary::Weekly{marked(command, "DaysOfWeek", weekdays)};
    if (vocabulary::has_flag(command, "Monthly")) {
        if (const auto* day = given<std::int64_t>(command, "DayOfMonth"))
            window.opens_on = vocabulary::MonthlyByDate{static_cast<unsigned>(*day)};
        else
            window.opens_on = vocabulary::MonthlyByWeekday{marked(command, "WeeksOfMonth", weeks),
                                                           marked(command, "DaysOfWeek", weekdays)};
    }
    if (const auto* start = given<std::string>(command, "StartTime")) window.start = clock(*start);
    if (const auto* length = given<Duration>(command, "Duration")) window.length = *length;
    return window;
}

std::string misfit(const Estate& estate, const vocabulary::Window& window) {
    return estate.tenancy.openings().fits(window)
               ? ""
               : "The duration must be longer than nothing, and the window must close before it opens again.";
}

std::string refuses_new_window(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    if (estate.tenancy.window(name) != nullptr) return "An update time window \"" + name + "\" exists already.";
    if (estate.tenancy.windows.size() >= vocabulary::update_windows_max)
        return "A tenant has at most 20 update time windows.";
    const bool has_shape = vocabulary::has_flag(command, "Daily") || vocabulary::has_flag(command, "Weekly") ||
                           vocabulary::has_flag(command, "Monthly");
    if (!has_shape) return "A new window is -Daily, -Weekly or -Monthly.";
    if (!is_given(command, "StartTime") || !is_given(command, "Duration"))
        return "A new window needs -StartTime and -Duration.";
    return misfit(estate, written({}, command));
}

std::string new_window(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_new_window(estate, command); !why.empty()) return why;
    estate.tenancy.windows.push_back({text_of(command, "Identity"), written({}, command)});
    return "";
}

std::string refuses_set_window(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    const TenantWindow* window = estate.tenancy.window(name);
    return window == nullptr ? no_window(name) : misfit(estate, written(window->window, command));
}

std::string set_window(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_set_window(estate, command); !why.empty()) return why;
    TenantWindow& window = *estate.tenancy.window(text_of(command, "Identity"));
    window.window = written(window.window, command);
    estate.tenancy.lay_window(window.name);
    return "";
}

std::string refuses_get_window(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    return name.empty() || estate.tenancy.window(name) != nullptr ? "" : no_window(name);
}

std::string get_window(Estate& estate, const Command& command, Answer& answer) {
    for (const TenantWindow& window : estate.tenancy.windows) {
        if (!is_like(window.name, text_of(command, "Identity"))) continue;
        if (!is_like(window.name, text_of(command, "Filter"))) continue;
        answer.push_back({{"Identity", window.name},
                          {"Opens", estate.tenancy.openings().text(window.window)},
                          {"Duration", vocabulary::text(window.window.length)}});
    }
    return "";
}

std::string refuses_remove_window(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    return estate.tenancy.window(name) != nullptr ? "" : no_window(name);
}

// Sites that name it do so no longer; one that named no other has the default one then.
std::string remove_window(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_remove_window(estate, command); !why.empty()) return why;
    const std::string name = estate.tenancy.window(text_of(command, "Identity"))->name;
    for (TenantSite& site : estate.tenancy.sites) {
        const bool named = has(site.os_windows, name);
        take_out(site.os_windows, name);
        take_out(site.bits_windows, name);
        if (named) {
            write_windows(estate, site);
        } else {
            estate.tenancy.lay_windows(site);
        }
    }
    auto& windows = estate.tenancy.windows;
    windows.erase(windows.begin() + (estate.tenancy.window(name) - windows.data()));
    return "";
}

constexpr std::array rows{
    Verb{CmdletId::new_cs_hybrid_pstn_site, refuses_new_site, nullptr, tenant_takes, new_site},
    Verb{CmdletId::get_cs_hybrid_pstn_site, refuses_get_site, nullptr, tenant_takes, get_site},
    Verb{CmdletId::set_cs_hybrid_pstn_site, refuses_set_site, nullptr, tenant_takes, set_site},
    Verb{CmdletId::remove_cs_hybrid_pstn_site, refuses_remove_site, nullptr, tenant_takes, remove_site},
    Verb{CmdletId::new_cs_tenant_update_time_window, refuses_new_window, nullptr, tenant_takes, new_window},
    Verb{CmdletId::set_cs_tenant_update_time_window, refuses_set_window, nullptr, tenant_takes, set_window},
    Verb{CmdletId::get_cs_tenant_update_time_window, refuses_get_window, nullptr, tenant_takes, get_window},
    Verb{CmdletId::remove_cs_tenant_update_time_window, refuses_remove_window, nullptr, tenant_takes,
         remove_window},
};

}  // namespace

void register_site(Estate& estate, SiteId id) {
    TenantSite site = estate.tenancy.sites_at_start[vocabulary::index(id)];
    if (estate.tenancy.site(site.name) != nullptr) return;
    site.os_windows.clear();
    site.bits_windows.clear();
    site.auto_update = true;
    add_site(estate, std::move(site));
}

std::span<const Verb> site_verbs() {
    return rows;
}

}  // namespace sim::operations
