#include "sim/cli/files.hpp"

#include "sim/cli/descriptor.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace sim::cli {

namespace {

constexpr std::size_t largest = std::size_t{256} << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& expected = "") {
    throw vocabulary::InputError(vocabulary::Exit::input_data,
                                 vocabulary::Problem{{path, 0, 0}, "E401", what, expected, ""});
}

[[noreturn]] void refuse(const std::string& path, const std::string& doing, int error) {
    refuse(path, "cannot " + doing + ": " + std::strerror(error));
}

}  // namespace

std::string DiskFiles::read(const std::string& path) const {
    // Not blocking, so that a pipe nobody writes to is refused and not waited for.
    const Descriptor file{::open(joined(folder_, path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!file.open()) refuse(path, "open", errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) refuse(path, "read", errno);
    if (S_ISDIR(status.st_mode)) refuse(path, "is a directory", "a file");
    if (!S_ISREG(status.st_mode)) refuse(path, "is no regular file", "a file that can be read more than once");
    std::string bytes;
    std::array<char, 65536> block{};
    while (true) {
        const ssize_t got = ::read(file.number(), block.data(), block.size());
        if (got == 0) return bytes;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) refuse(path, "read", errno);
        bytes.append(block.data(), static_cast<std::size_t>(got));
        if (bytes.size() > largest) refuse(path, "is larger than 256 MiB");
    }
}

Path split(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return {"", path};
    return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

std::string joined(const std::string& folder, const std::string& path) {
    if (folder.empty() || (!path.empty() && path.front() == '/')) return path;
    return folder.back() == '/' ? folder + path : folder + "/" + path;
}

}  // namespace sim::cli
