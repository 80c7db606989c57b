#include "sim/cli/processes.hpp"

#include <fmt/core.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

namespace sim::cli {

using experiment::Ended;
using experiment::Interrupted;
using experiment::News;
using experiment::PatienceOver;
using experiment::Said;
using experiment::WorkerId;
using vocabulary::Exit;

namespace {

constexpr std::chrono::seconds patience{5};
constexpr rlim_t script_seconds = 10;

// Written by the handler, read by the one thread there is.
volatile std::sig_atomic_t first_signal = 0;
int bell[2] = {-1, -1};  // the handler writes a byte here, so that poll() wakes

Exit exit_of(int signal) {
    return signal == SIGINT ? Exit::interrupted : Exit::terminated;
}

extern "C" void note_signal(int signal) {
    if (first_signal != 0) ::_exit(static_cast<int>(exit_of(signal)));  // workers die with us: PR_SET_PDEATHSIG
    first_signal = signal;
    const int error = errno;
    [[maybe_unused]] const ssize_t put = ::write(bell[1], "!", 1);
    errno = error;
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void watch_signals() {
    if (bell[0] >= 0) return;  // an earlier experiment of this process has done it

    if (::pipe2(bell, O_CLOEXEC | O_NONBLOCK) != 0) return;  // then the system's own handling stays
    handle(SIGINT, note_signal);
    handle(SIGTERM, note_signal);
    if (!is_ignored(SIGHUP)) handle(SIGHUP, note_signal);
}

std::optional<Exit> signalled() {
    if (first_signal == 0) return std::nullopt;
    return exit_of(first_signal);
}

void limit_cpu_time() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    rlimit limit{};
    ::getrlimit(RLIMIT_CPU, &limit);
    const rlim_t wanted = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1) + script_seconds;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);  // the hard limit stays, or this could not be undone
    ::setrlimit(RLIMIT_CPU, &limit);
}

void lift_cpu_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_CPU, &limit);
}

namespace {

// A message on a pipe: its length in four bytes, low byte first, then itself.
constexpr std::size_t length_bytes = 4;

std::string framed(const std::string& message) {
    std::string frame;
    for (unsigned shift = 0; shift < 8 * length_bytes; shift += 8)
        frame += static_cast<char>(message.size() >> shift & 0xff);
    return frame + message;
}

// The bytes of the first frame, or nothing as long as it is not all there.
std::optional<std::size_t> whole_frame(const std::string& heard) {
    if (heard.size() < length_bytes) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= static_cast<std::size_t>(static_cast<unsigned char>(heard[i])) << 8 * i;
    if (heard.size() < length_bytes + length) return std::nullopt;
    return length_bytes + length;
}

std::optional<std::string> take_message(std::string& heard) {
    const auto size = whole_frame(heard);
    if (!size) return std::nullopt;
    std::string message = heard.substr(length_bytes, *size - length_bytes);
    heard.erase(0, *size);
    return message;
}

// Work on a pipe, in this very machine's own byte order.
struct Order {
    std::uint64_t cell = 0;
    std::uint64_t replication = 0;
};

class PipeLine : public experiment::Line {
public:
    PipeLine(Descriptor orders, Descriptor words) : orders_(std::move(orders)), words_(std::move(words)) {}

    bool say(const std::string& message) override { return write_all(words_.number(), framed(message)) == 0; }

    std::optional<experiment::Work> next_work() override {
        Order order;
        std::size_t got = 0;
        while (got < sizeof order) {
            const ssize_t step =
                ::read(orders_.number(), reinterpret_cast<char*>(&order) + got, sizeof order - got);
            if (step < 0 && errno == EINTR) continue;
            if (step <= 0) return std::nullopt;
            got += static_cast<std::size_t>(step);
        }
        return experiment::Work{static_cast<experiment::CellId>(order.cell), order.replication};
    }

private:
    Descriptor orders_, words_;
};

// A worker leaves interruptions to its parent and dies with it.
void become_worker(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);
    for (int signal : {SIGINT, SIGTERM, SIGHUP}) handle(signal, SIG_IGN);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
}

// Never returns into what the parent was doing.
[[noreturn]] void work(const ForkedProcesses::Body& body, PipeLine line) {
    try {
        body(line);
    } catch (const std::exception&) {
        ::_exit(static_cast<int>(Exit::defect));
    }
    ::_exit(0);
}

struct Pipe {
    Descriptor out, in;  // read from `out` what was written to `in`
};

std::optional<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    return Pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
}

}  // namespace

std::optional<WorkerId> ForkedProcesses::start(const Body& body) {
    const auto refused = [this]() -> std::optional<WorkerId> {
        refused_ = errno;
        return std::nullopt;
    };
    auto orders = make_pipe();
    if (!orders) return refused();
    auto words = make_pipe();
    if (!words) return refused();
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) return refused();
    if (pid == 0) {
        become_worker(parent);
        children_.clear();  // the others' pipes: held open here, their ends would not be seen
        orders->in.close();
        words->out.close();
        work(body, PipeLine{std::move(orders->out), std::move(words->in)});
    }
    const WorkerId id{started_++};
    ::fcntl(words->out.number(), F_SETFL, O_NONBLOCK);
    children_[id] = Child{pid, std::move(orders->in), std::move(words->out), {}};
    return id;
}

std::string ForkedProcesses::lacking() const {
    switch (refused_) {
        case EMFILE:
            return "too many open files; raise ulimit -n or use fewer --jobs";
        case ENFILE:
            return "too many open files on this machine; end what holds them or use fewer --jobs";
        case EAGAIN:
            return "too many processes; raise ulimit -u or use fewer --jobs, or --trust-script";
        case ENOMEM:
            return "out of memory; use fewer --jobs, or --trust-script";
        default:
            return fmt::format("{}; use fewer --jobs, or --trust-script", std::strerror(refused_));
    }
}

ForkedProcesses::~ForkedProcesses() {
    while (!children_.empty()) end(children_.begin()->first);
}

void ForkedProcesses::send(WorkerId worker, const experiment::Work& work) {
    const Order order{static_cast<std::uint64_t>(work.cell), work.replication};
    const std::string_view bytes{reinterpret_cast<const char*>(&order), sizeof order};
    write_all(children_.at(worker).work.number(), bytes);  // if it is dead, its pipe will tell
}

void ForkedProcesses::end(WorkerId worker) {
    const auto child = children_.find(worker);
    if (child == children_.end()) return;
    ::kill(child->second.pid, SIGKILL);
    bury(worker);
}

namespace {

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

Ended obituary(WorkerId id, int status) {
    if (WIFSIGNALED(status))
        return {id, fmt::format("killed by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status))),
                WTERMSIG(status) == SIGXCPU};
    return {id, fmt::format("ended early with exit code {}", WEXITSTATUS(status)), false};
}

}  // namespace

Ended ForkedProcesses::bury(WorkerId id) {
    const pid_t pid = children_.at(id).pid;
    children_.erase(id);
    return obituary(id, wait_for(pid));
}

std::optional<Said> ForkedProcesses::whole_message() {
    for (auto& [id, child] : children_)
        if (auto message = take_message(child.heard)) return Said{id, std::move(*message)};
    return std::nullopt;
}

// Takes in what is there to read. At the end of the pipe the worker is dead: nobody else holds its other end.
std::optional<Ended> ForkedProcesses::listen(WorkerId id) {
    Child& child = children_.at(id);
    std::array<char, 65536> block{};
    while (true) {
        const ssize_t got = ::read(child.words.number(), block.data(), block.size());
        if (got > 0) {
            child.heard.append(block.data(), static_cast<std::size_t>(got));
            continue;
        }
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return std::nullopt;
        if (whole_frame(child.heard)) return std::nullopt;  // its last words first
        return bury(id);
    }
}

std::optional<News> ForkedProcesses::interruption() {
    const auto exit = signalled();
    if (!exit) return std::nullopt;
    if (!given_up_at_) {
        given_up_at_ = std::chrono::steady_clock::now() + patience;
        return Interrupted{*exit};
    }
    if (patience_left() == 0) return PatienceOver{};
    return std::nullopt;
}

int ForkedProcesses::patience_left() const {
    if (!given_up_at_) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*given_up_at_ - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

News ForkedProcesses::wait() {
    while (true) {
        if (auto news = interruption()) return *news;
        if (auto said = whole_message()) return std::move(*said);
        std::vector<pollfd> watched{{bell[0], POLLIN, 0}};
        std::vector<WorkerId> ids;
        for (const auto& [id, child] : children_) {
            watched.push_back({child.words.number(), POLLIN, 0});
            ids.push_back(id);
        }
        if (::poll(watched.data(), watched.size(), patience_left()) < 0) continue;  // a signal
        std::array<char, 16> rings{};
        while (bell[0] >= 0 && ::read(bell[0], rings.data(), rings.size()) > 0) {
        }
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (watched[i + 1].revents == 0) continue;
            if (auto ended = listen(ids[i])) return *ended;
        }
    }
}

}  // namespace sim::cli
