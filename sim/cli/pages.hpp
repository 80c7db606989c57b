// Pages of the catalogues, as a terminal shows them: at most 100 columns wide.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sim::cli {

inline constexpr std::size_t page_columns = 100;

// `words` after `label`, broken between words; further lines begin below the first word. A word that is wider
// than a line stands alone on one: a cmdlet's argument must not be torn.
std::string wrapped(const std::string& label, std::string_view words, std::size_t columns = page_columns);

// The same after a label in a column of its own.
std::string labelled(const std::string& label, std::string_view words);

}  // namespace sim::cli
