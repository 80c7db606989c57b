// tidy GROUP ROOT: the rules of one group over the project below ROOT, after their proofs.

#include "tests/tidy/rules.hpp"

#include <cstdio>
#include <exception>

using namespace tests::tidy;

namespace {

struct Group {
    std::string_view name;
    Findings (*prove)();
    Findings (*check)(const std::vector<Source>&);
};

constexpr Group groups[] = {
    {"arrows", prove_arrows, check_arrows},
    {"determinism", prove_determinism, check_determinism},
    {"manners", prove_manners, check_manners},
};

bool print(const Findings& findings) {
    for (const Finding& finding : findings) {
        std::printf("%s:%zu: %s\n", finding.path.c_str(), finding.line, finding.what.c_str());
    }
    return findings.empty();
}

}  // namespace

int main(int argc, char** argv) try {
    for (const Group& group : groups) {
        if (argc != 3 || group.name != argv[1]) continue;
        if (!print(group.prove())) return 1;
        const auto project = read_project(argv[2]);
        const Findings findings = group.check(project);
        std::printf("%zu files, %zu findings\n", project.size(), findings.size());
        return print(findings) ? 0 : 1;
    }
    std::fputs("tidy arrows|determinism|manners ROOT\n", stderr);
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "tidy: %s\n", error.what());
    return 2;
}
