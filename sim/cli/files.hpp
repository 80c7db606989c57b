// The files of this machine, as the scenario sees them.

#pragma once

#include "sim/vocabulary/ports.hpp"

#include <string>

namespace sim::cli {

class DiskFiles : public vocabulary::Files {
public:
    explicit DiskFiles(std::string folder) : folder_(std::move(folder)) {}  // empty: the current one
    std::string read(const std::string& path) const override;

private:
    std::string folder_;
};

struct Path {
    std::string folder;  // without a slash at the end; empty: the current one
    std::string name;
};
Path split(const std::string& path);

std::string joined(const std::string& folder, const std::string& path);  // an absolute path stays as it is

}  // namespace sim::cli
