// What is set up right or wrong: settings of the tenant, of its directory and of a site's names. What is wrong
// is in force from the first moment on, as the fault of that name.

#pragma once

#include "lua/binding/values.hpp"

namespace lua::binding {

// The site of users without a site, by cce.estate or by cce.tenant; both must agree.
void give_peer_destination(Plan& plan, const Value& peer);

// The keys of cce.site that say what is wrong there. REQUIRES that the site has all its appliances.
void give_settings(Plan& plan, SiteId id, const Table& table);

// Whether a list of words is one value for all: that of a key which takes several words.
enum class Lists : bool { no_value, one_value };

// What a key says of things that have names: one value for each of them, or a table by name. Calls
// give(number of the thing, value); `noun` is what the things are, in messages.
template <class Give>
void give_each(const Value& said, const std::vector<std::string>& names, const std::string& noun, Give give,
               Lists lists = Lists::no_value);

// The values of a table by name, in the order of the names. Names that are no text are refused.
std::vector<std::pair<std::string, Value>> by_name(const Value& said, const std::string& noun);

// Which of `names` this is; else an error that says what there is.
std::size_t number_of(const Value& value, const std::string& name, const std::vector<std::string>& names,
                      const std::string& noun);

template <class Give>
void give_each(const Value& said, const std::vector<std::string>& names, const std::string& noun, Give give,
               Lists lists) {
    if (!said.given()) return;
    const bool is_list = said.is_table() && lua_rawlen(said.state(), said.index()) > 0;
    if (!said.is_table() || (is_list && lists == Lists::one_value)) {
        for (std::size_t i = 0; i < names.size(); ++i) give(i, said);
        return;
    }
    const auto by_names = by_name(said, noun);
    if (by_names.empty() && lists == Lists::one_value) said.wrong("must name at least one", "", "E107");
    for (const auto& [name, value] : by_names) give(number_of(value, name, names, noun), value);
}

}  // namespace lua::binding
