#include "sim/cli/outputs.hpp"

#include "sim/cli/descriptor.hpp"
#include "sim/cli/files.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace sim::cli {

namespace {

bool stdout_closed = false;

[[noreturn]] void fail(const std::string& path, const std::string& what, const std::string& help = "") {
    throw vocabulary::InputError(vocabulary::Exit::output,
                                 vocabulary::Problem{{path, 0, 0}, "E801", what, "", help});
}

[[noreturn]] void fail(const std::string& path, int error) {
    fail(path, std::string("cannot write: ") + std::strerror(error));
}

std::optional<struct stat> status_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

// A device or a pipe is written as it is: there is nothing to rename over it.
bool is_stream(const std::optional<struct stat>& status) {
    return status && !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode);
}

// Behind a symbolic link the file itself is replaced, not the link.
std::string behind_links(const std::string& path) {
    char resolved[PATH_MAX];
    return ::realpath(path.c_str(), resolved) ? std::string(resolved) : path;
}

std::string beside(const std::string& path) {
    const Path place = split(path);
    return joined(place.folder, fmt::format(".{}.{}.part", place.name, ::getpid()));
}

Descriptor create(const std::string& path) {
    return Descriptor{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
}

// The name must reach the disk too. Some file systems cannot; the file is whole all the same.
void sync_folder(const std::string& path) {
    const std::string folder = split(path).folder;
    const Descriptor opened{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.open()) ::fsync(opened.number());
}

void check_output(const std::string& path, bool force) {
    const auto status = status_of(path);
    if (status && S_ISDIR(status->st_mode)) fail(path, "cannot write: it is a directory");
    if (is_stream(status)) {
        if (::access(path.c_str(), W_OK) != 0) fail(path, errno);
        return;
    }
    if (status && !force) fail(path, "exists already", "--force overwrites it");
    const std::string probe = beside(behind_links(path));
    if (!create(probe).open()) fail(path, errno);
    ::unlink(probe.c_str());
}

void write_stream(const std::string& path, const std::string& bytes) {
    const Descriptor stream{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    const int error = stream.open() ? write_all(stream.number(), bytes) : errno;
    if (error != 0) fail(path, error);
}

int write_and_sync(const std::string& path, const std::string& bytes) {
    const Descriptor file = create(path);
    if (!file.open()) return errno;
    if (const int error = write_all(file.number(), bytes)) return error;
    return ::fsync(file.number()) == 0 ? 0 : errno;
}

}  // namespace

void check_outputs(const std::vector<std::string>& paths, bool force) {
    for (const std::string& path : paths) check_output(path, force);
}

void forbid(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs) {
    for (const std::string& output : outputs)
        for (const std::string& input : inputs) {
            const auto a = status_of(output);
            const auto b = status_of(input);
            if (a && b && a->st_dev == b->st_dev && a->st_ino == b->st_ino)
                fail(output, "is an input of this run and is never overwritten");
        }
}

void write_file(const std::string& path, const std::string& bytes) {
    if (is_stream(status_of(path))) return write_stream(path, bytes);
    const std::string place = behind_links(path);
    const std::string part = beside(place);
    int error = write_and_sync(part, bytes);
    if (error == 0 && ::rename(part.c_str(), place.c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(part.c_str());
        fail(path, error);
    }
    sync_folder(place);
}

void prepare_streams() {
    stdout_closed = ::fcntl(STDOUT_FILENO, F_GETFD) < 0 && errno == EBADF;
    int opened = 0;
    do {
        opened = ::open("/dev/null", O_RDWR);  // gets the lowest free number
    } while (opened >= 0 && opened <= STDERR_FILENO);
    if (opened >= 0) ::close(opened);
    // A write that cannot be is told by its errno, like all others, and not by a death that leaves half a file.
    for (int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
}

void print(const std::string& text) {
    const int error = stdout_closed ? EBADF : write_all(STDOUT_FILENO, text);
    if (error != 0 && error != EPIPE) fail("standard output", error);
}

void tell(const std::string& line) {
    write_all(STDERR_FILENO, line + "\n");
}

}  // namespace sim::cli
