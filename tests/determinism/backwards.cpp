// Preloaded into ccesim, makes its workers answer in the reverse order of their numbers: whoever has number n
// waits until the rows of all greater numbers have been taken. Needs as many workers as replications, and says
// in a file who answered.
//
//   LD_PRELOAD=backwards.so BACKWARDS_LOG=FILE BACKWARDS_OF=4 ccesim run … --replications 4 --jobs 4

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::uint64_t number = 0;  // that this process has in hand; the parent never has one

constexpr int poll_microseconds = 500;
constexpr int polls_at_most = 240'000;  // two minutes: then somebody did not get a number at all

template <class Condition>
void wait_until(const char* what, const Condition& condition) {
    for (int i = 0; i < polls_at_most; ++i) {
        if (condition()) return;
        ::usleep(poll_microseconds);
    }
    std::fprintf(stderr, "backwards: number %llu waited in vain for %s\n",
                 static_cast<unsigned long long>(number), what);
    std::_Exit(1);
}

long lines(const char* log) {  // a digit and its end each
    struct stat status {};
    return ::stat(log, &status) == 0 ? static_cast<long>(status.st_size / 2) : 0;
}

void wait_for_turn(const char* log) {
    const long later = std::atol(std::getenv("BACKWARDS_OF")) - static_cast<long>(number);
    wait_until("the rows of greater numbers", [&] { return lines(log) == later; });
}

void note_answer(const char* log, int descriptor) {
    wait_until("its row to be taken", [&] {
        int unread = 0;
        return ::ioctl(descriptor, FIONREAD, &unread) != 0 || unread == 0;
    });
    const char line[2] = {static_cast<char>('0' + number), '\n'};
    const int file = ::open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ::syscall(SYS_write, file, line, sizeof line);
    ::close(file);
}

}  // namespace

// A worker is told its cell and its number in eight bytes each; the next thing it says is the row.
extern "C" ssize_t read(int descriptor, void* to, std::size_t size) {
    const ssize_t got = ::syscall(SYS_read, descriptor, to, size);
    if (size == 2 * sizeof number && got == static_cast<ssize_t>(size))
        std::memcpy(&number, static_cast<const char*>(to) + sizeof number, sizeof number);
    return got;
}

extern "C" ssize_t write(int descriptor, const void* from, std::size_t size) {
    const char* log = std::getenv("BACKWARDS_LOG");
    if (number == 0 || log == nullptr) return ::syscall(SYS_write, descriptor, from, size);
    wait_for_turn(log);
    const ssize_t put = ::syscall(SYS_write, descriptor, from, size);
    note_answer(log, descriptor);
    number = 0;
    return put;
}
