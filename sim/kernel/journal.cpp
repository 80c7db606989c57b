#include "sim/kernel/journal.hpp"

namespace sim::kernel {

RecordId Journal::add(Instant at, RecordId cause, RecordKind kind, std::uint32_t subject, std::int64_t detail) {
    ++last_;
    ++counts_[static_cast<std::size_t>(kind)];
    fingerprint_.fold(static_cast<std::uint64_t>(at.time_since_epoch().count()));
    fingerprint_.fold(static_cast<std::uint64_t>(cause));
    fingerprint_.fold(static_cast<std::uint64_t>(kind) << 32 | subject);
    fingerprint_.fold(static_cast<std::uint64_t>(detail));
    if (keep_) keep(at, cause, kind, subject, detail);
    return static_cast<RecordId>(last_);
}

void Journal::keep(Instant at, RecordId cause, RecordKind kind, std::uint32_t subject, std::int64_t detail) {
    records_.push_back(Record{static_cast<RecordId>(last_), cause, at, detail, subject, kind});
}

}  // namespace sim::kernel
