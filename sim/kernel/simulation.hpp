// One run: the future, the journal, the time, and the loop that lets them meet.
//
// There are two planes. Control events are few, wait in the event queue and may cost microseconds. The other
// plane - millions of small things a day - keeps its own heads; the loop lets it run up to the next control
// event. Both number their events from one sequence, so together they stand in one total order.

#pragma once

#include "sim/kernel/check.hpp"
#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/journal.hpp"
#include "sim/kernel/random.hpp"
#include "sim/kernel/time.hpp"

namespace sim::kernel {

class alignas(64) Simulation {  // not across lines of the cache: each event asks it
public:
    Simulation(Luck luck, Instant end, bool keep_journal) : luck_(luck), end_(end), journal_(keep_journal) {
        whereabouts = {};
    }

    Luck luck() const { return luck_; }
    Instant end() const { return end_; }
    Instant now() const { return now_; }
    RecordId cause() const { return cause_; }
    EventQueue& future() { return future_; }
    Journal& journal() { return journal_; }

    // Schedules with what happens now as the cause. Beyond the end nothing happens: the event waits for ever.
    Ticket schedule(Instant at, Rank rank, Kind kind, std::uint32_t subject) {
        return future_.schedule(at, rank, kind, subject, cause_);
    }
    Ticket schedule_in(Duration delay, Rank rank, Kind kind, std::uint32_t subject) {
        return schedule(now_ + delay, rank, kind, subject);
    }

    // Cancels what `ticket` names, if it still waits, and forgets it.
    void cancel(Ticket& ticket) {
        future_.cancel(ticket);
        ticket = no_ticket;
    }

    // Writes down what happens now. What follows from it in this event has the record as its cause.
    RecordId record(RecordKind kind, std::uint32_t subject, std::int64_t detail = 0) {
        cause_ = journal_.add(now_, cause_, kind, subject, detail);
        return cause_;
    }

    // Rooms: dispatch(event) for control events; run_before(head, end) runs the other plane's events that come
    // before `head` in the total order, up to `end`. `head` is the queue's own and moves when the other plane
    // schedules a control event, so take it by reference and ask it again after each event. Time is told
    // through at().
    template <class Rooms>
    void run(Rooms& rooms) {
        for (;;) {
            rooms.run_before(future_.head(), end_);
            auto event = future_.take_until(end_);
            if (!event) break;
            now_ = event->at;
            cause_ = event->cause;
            ++whereabouts.event;
            whereabouts.at = now_.time_since_epoch().count();
            rooms.dispatch(*event);
        }
        now_ = end_;
        cause_ = no_cause;
    }

    // The other plane tells what time it is and out of what record it acts.
    void at(Instant now, RecordId cause) {
        now_ = now;
        cause_ = cause;
        whereabouts.at = now.time_since_epoch().count();
    }

private:
    Luck luck_;
    Instant end_;
    Instant now_ = start_of_run;
    RecordId cause_ = no_cause;
    EventQueue future_;
    Journal journal_;
};

}  // namespace sim::kernel
