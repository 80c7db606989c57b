#include "sim/faults/crews.hpp"

#include "sim/kernel/check.hpp"

#include <algorithm>

namespace sim::faults {

void Crews::count_busy(Crew& crew, Instant now) {
    crew.use.busy += (now - crew.counted_to) * static_cast<Duration::rep>(crew.people - crew.free);
    crew.counted_to = now;
}

bool Crews::takes(CrewId id, Instant now) {
    Crew& crew = crews_[id];
    ++crew.use.repairs;
    if (crew.free == 0) return false;
    count_busy(crew, now);
    --crew.free;
    return true;
}

void Crews::put_in_line(CrewId id, InLine fault) {
    Crew& crew = crews_[id];
    SIM_CHECK(crew.free == 0);
    crew.line.push_back(fault);
    ++crew.use.waited;
    crew.use.waiting_max = std::max<std::uint64_t>(crew.use.waiting_max, crew.line.size());
}

std::optional<InLine> Crews::next(CrewId id, Instant now) {
    Crew& crew = crews_[id];
    SIM_CHECK(crew.free < crew.people);
    count_busy(crew, now);
    if (crew.line.empty()) {
        ++crew.free;
        return std::nullopt;
    }
    const InLine first = crew.line.front();
    crew.line.pop_front();
    crew.use.wait += now - first.since;
    crew.use.wait_max = std::max(crew.use.wait_max, now - first.since);
    return first;
}

CrewUse Crews::use(CrewId id, Instant now) const {
    Crew crew = crews_[id];
    count_busy(crew, now);
    for (const InLine& waiting : crew.line) {
        crew.use.wait += now - waiting.since;
        crew.use.wait_max = std::max(crew.use.wait_max, now - waiting.since);
    }
    return crew.use;
}

}  // namespace sim::faults
