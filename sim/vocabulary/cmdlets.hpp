// The cmdlets by name: where each is typed, what it takes, and which releases of the product have it. Plain data;
// what one does stands in sim/operations.
//
// Names, parameters and releases are those of the cmdlet reference (REF), of the page of each host cmdlet, and of
// S0, S2 and S3 where these say more; docs/glossary.md explains these labels.

#pragma once

#include "sim/vocabulary/versions.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sim::vocabulary {

enum class CmdletId : std::uint8_t {
    enter_cc_update,
    exit_cc_update,
};

// Where it is typed.
enum class Console : std::uint8_t {
    host,     // the elevated console of an appliance's host
    tenant,   // a remote session to the tenant
    machine,  // inside one of an appliance's machines, or of Windows on the host
    desk,     // an administrator's own computer, or the telephone
};

// What a parameter takes.
enum class Takes : std::uint8_t {
    flag,      // nothing: it is there or not
    boolean,   // $true or $false
    text,      // a name, a path, an address
    whole,     // a whole number
    duration,  // "4h"
    date,      // "2019-11-18"
    one_of,    // one of `words`
    some_of,   // one or more of `words`
    names,     // a list of names; of windows also what to add, to remove or to put instead
};

struct CmdletParameter {
    std::string_view name;  // without its dash
    Takes takes = Takes::text;
    bool mandatory = false;  // prompts for it at a console, an error in a script
    std::span<const std::string_view> words;
};

struct Cmdlet {
    CmdletId id;
    std::string_view name;
    Console at;
    VersionId first;  // releases of the appliance it is typed on; for tenant and desk, all
    VersionId last;
    std::span<const CmdletParameter> parameters;
    std::string_view does;  // one sentence
};

}  // namespace sim::vocabulary
