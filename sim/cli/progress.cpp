#include "sim/cli/progress.hpp"

#include "sim/cli/descriptor.hpp"

#include <fmt/core.h>

#include <unistd.h>

namespace sim::cli {

void Progress::show(std::uint64_t done) {
    const auto now = Clock::now();
    if (!is_on_ || (is_there_ && now - shown_ < std::chrono::milliseconds{100})) return;
    const double elapsed = std::chrono::duration<double>(now - started_).count();
    const double rate = elapsed > 0 ? static_cast<double>(done) / elapsed : 0;
    const std::string total = asked_ > 0 ? fmt::format("/{}", asked_) : "";
    std::string line = fmt::format("\r\x1b[Krun {}{} · {} · {:.1f} replications/s", done, total, title_, rate);
    if (rate > 0 && asked_ >= done)
        line += fmt::format(" · about {:.0f} s left", static_cast<double>(asked_ - done) / rate);
    write_all(STDERR_FILENO, line);
    shown_ = now;
    is_there_ = true;
}

void Progress::clear() {
    if (is_there_) write_all(STDERR_FILENO, "\r\x1b[K");
    is_there_ = false;
}

}  // namespace sim::cli
