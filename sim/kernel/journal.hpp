// The spine of the journal: what happened, when, and out of what. Each record names its cause, so each one
// leads back, link by link, to a root: a failure drawn, a window that opened, a line of a script.
//
// What a kind means is known to the rooms. Ids count whether records are kept or not, and the fingerprint folds
// each record either way: looking does not change what is seen.

#pragma once

#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim::kernel {

enum class RecordKind : std::uint16_t {};

struct Record {
    RecordId id;
    RecordId cause;
    Instant at;
    std::int64_t detail;  // what the kind says: a duration in microseconds, a number, an id
    std::uint32_t subject;
    RecordKind kind;
};

class Journal {
public:
    static constexpr std::size_t kinds_max = 64;

    explicit Journal(bool keep) : keep_(keep) {}

    RecordId add(Instant at, RecordId cause, RecordKind kind, std::uint32_t subject, std::int64_t detail);

    // A record of what the other plane has folded already: it gets an id and is kept, and the fingerprint
    // stays.
    RecordId add_counted(Instant at, RecordId cause, RecordKind kind, std::uint32_t subject,
                         std::int64_t detail) {
        ++last_;
        ++counts_[static_cast<std::size_t>(kind)];
        if (keep_) keep(at, cause, kind, subject, detail);
        return static_cast<RecordId>(last_);
    }

    // How many records of a kind there were, kept or not. REQUIRES kind < kinds_max.
    std::uint64_t count(RecordKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }

    Fingerprint& fingerprint() { return fingerprint_; }
    const std::vector<Record>& records() const { return records_; }

private:
    void keep(Instant at, RecordId cause, RecordKind kind, std::uint32_t subject, std::int64_t detail);

    Fingerprint fingerprint_;
    std::vector<Record> records_;
    std::array<std::uint64_t, kinds_max> counts_{};
    std::uint64_t last_ = 0;
    bool keep_;
};

}  // namespace sim::kernel
