// Those who repair, and what waits for them.
//
// A crew has so many people, and each of them does one repair at a time, from its beginning to its end. What
// breaks when nobody is free waits its turn: first come, first served; of two things that broke in the same
// instant the one whose failure was drawn first. A repair never stops for another one.
//
// A crew knows no fault, only numbers; it could mend ovens.

#pragma once

#include "sim/kernel/journal.hpp"
#include "sim/kernel/time.hpp"
#include "sim/vocabulary/ids.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace sim::faults {

using kernel::Duration;
using kernel::Instant;
using vocabulary::CrewId;

struct InLine {
    std::uint32_t fault = 0;  // by its owner's number
    Instant since{};
    kernel::RecordId cause{};  // the record of its waiting
};

// What a crew has been asked to do so far. Waits that are not over count as long as they have lasted.
struct CrewUse {
    std::uint64_t repairs = 0;      // asked for, those that still wait too
    std::uint64_t waited = 0;       // of them, those that found nobody free
    std::uint64_t waiting_max = 0;  // at once
    Duration wait{};                // added up
    Duration wait_max{};
    Duration busy{};  // added up over its people
};

class Crews {
public:
    CrewId add(unsigned people) { return crews_.add(Crew{people, people, {}, {}, {}}); }

    // True: somebody begins at once. False: nobody is free, and the fault must be put in line.
    bool takes(CrewId crew, Instant now);
    void put_in_line(CrewId crew, InLine fault);

    // Somebody has finished. Who was first in line is taken out of it: that repair begins now.
    std::optional<InLine> next(CrewId crew, Instant now);

    std::size_t size() const { return crews_.size(); }
    CrewUse use(CrewId crew, Instant now) const;

private:
    struct Crew {
        unsigned people = 1;
        unsigned free = 1;
        std::deque<InLine> line;
        CrewUse use;
        Instant counted_to{};  // how far `use.busy` goes
    };

    static void count_busy(Crew& crew, Instant now);

    vocabulary::Table<CrewId, Crew> crews_;
};

}  // namespace sim::faults
