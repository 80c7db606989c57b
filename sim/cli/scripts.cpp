#include "sim/cli/scripts.hpp"

#include "sim/cli/files.hpp"
#include "sim/vocabulary/problems.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace sim::cli {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
    throw vocabulary::InputError(vocabulary::Exit::input_data,
                                 vocabulary::Problem{{path, 0, 0}, "E401", what, "", ""});
}

bool is_scenario(const std::string& path) {
    return DiskFiles("").read(path).find("cce.run") != std::string::npos;
}

// Folders whose name begins with a dot belong to tools.
std::vector<std::string> below(const std::string& folder) {
    std::vector<std::string> found;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const fs::path& path = entry->path();
        const bool is_hidden = path.filename().string().front() == '.';
        if (is_hidden && entry->is_directory()) entry.disable_recursion_pending();
        if (!is_hidden && path.extension() == ".lua" && entry->is_regular_file())
            found.push_back(path.string());
    }
    if (error) refuse(folder, "cannot read the folder: " + error.message());
    std::erase_if(found, [](const std::string& path) { return !is_scenario(path); });
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::vector<std::string> scenarios_in(const std::vector<std::string>& paths) {
    std::vector<std::string> all;
    std::set<std::string> known;
    const auto add = [&](const std::string& path) {
        std::error_code error;
        const fs::path same = fs::weakly_canonical(path, error);
        if (known.insert(error ? path : same.string()).second) all.push_back(path);
    };
    for (const std::string& path : paths) {
        std::error_code error;
        if (!fs::is_directory(path, error))
            add(path);
        else
            for (const std::string& script : below(path)) add(script);
    }
    return all;
}

}  // namespace sim::cli
