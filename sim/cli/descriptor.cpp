#include "sim/cli/descriptor.hpp"

#include <unistd.h>

#include <cerrno>

namespace sim::cli {

void Descriptor::close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return 0;
}

}  // namespace sim::cli
