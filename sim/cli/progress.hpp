// One line at the bottom of the terminal that says how far the run is; replaced in place, gone before the
// answer.

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sim::cli {

class Progress {
public:
    Progress(bool is_on, std::uint64_t asked) : is_on_(is_on), asked_(asked) {}
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void name(std::string title) { title_ = std::move(title); }
    void show(std::uint64_t done);
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool is_on_;
    std::uint64_t asked_;
    std::string title_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_{};
    bool is_there_ = false;
};

}  // namespace sim::cli
