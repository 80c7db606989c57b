// What the house asks of its own texts, in three groups. Each rule proves itself first: a line that breaks it
// is found, a line that keeps it is not.

#pragma once

#include "tests/tidy/source.hpp"

namespace tests::tidy {

// arrows.cpp: rooms call only downward; CMake says the same as the includes; the kernel speaks no telephony.
Findings check_arrows(const std::vector<Source>& project);
Findings prove_arrows();

// determinism.cpp: nothing that two libraries, two runs or two machines answer differently.
Findings check_determinism(const std::vector<Source>& project);
Findings prove_determinism();

// manners.cpp: no path of a machine, nothing left undone, heads of headers, width of lines.
Findings check_manners(const std::vector<Source>& project);
Findings prove_manners();

// A proof that failed, as a finding.
inline void prove(Findings& failed, bool holds, std::string_view what, std::string_view line) {
    if (!holds) failed.push_back({"proof", 0, std::string(what) + ": " + std::string(line)});
}

}  // namespace tests::tidy
