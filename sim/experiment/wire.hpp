// What processes tell each other: rows of plain data as CBOR, one message a frame.
//
// Integers stay integers of 64 bits and durations are whole microseconds, so a row that crossed the pipe is
// equal to the row that was sent; with one job or with eight the result has the same bytes.

#pragma once

#include "sim/experiment/store.hpp"
#include "sim/experiment/study.hpp"

#include <optional>
#include <string>
#include <variant>

namespace sim::experiment {

struct Ready {  // the script is loaded
    Briefing briefing;
};
struct Finished {  // a replication
    Row row;
};
struct Wrong {  // the input is wrong: said once, then the worker ends
    vocabulary::Exit exit{};
    std::vector<vocabulary::Problem> problems;
    std::uint64_t left_out = 0;  // found, and not among them
};
struct Defect {  // our mistake
    std::string what;
    std::optional<std::uint64_t> replication;  // none: while loading
};
struct OutOfMemory {
    std::optional<std::uint64_t> replication;
};
struct Answer {  // of a worker that was asked for a text
    std::string text;
};

using Message = std::variant<Ready, Finished, Wrong, Defect, OutOfMemory, Answer>;

std::string packed(const Message& message);
std::string packed(const Study& study);
std::string packed(const Replication& row);
// These throw BrokenInvariant if the bytes are no such thing.
Message unpacked(const std::string& bytes);
Study unpacked_study(const std::string& bytes);
Replication unpacked_replication(const std::string& bytes);

}  // namespace sim::experiment
