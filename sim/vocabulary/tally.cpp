#include "sim/vocabulary/tally.hpp"

namespace sim::vocabulary {

Calls Ledger::attempts() const {
    Calls sum;
    for (const Calls calls : by_outcome) sum += calls;
    return sum;
}

Calls Ledger::lost() const {
    Calls sum;
    for (const Outcome outcome :
         {Outcome::dropped, Outcome::blocked, Outcome::refused, Outcome::failed, Outcome::unreachable})
        sum += (*this)[outcome];
    return sum;
}

Ledger& Ledger::operator+=(const Ledger& other) {
    for (const Outcome outcome : outcomes) (*this)[outcome] += other[outcome];
    return *this;
}

Ledger SiteRow::ledger() const {
    Ledger sum;
    for (const Ledger& part : by_direction) sum += part;
    return sum;
}

Ledger Replication::ledger() const {
    Ledger sum;
    for (const SiteRow& site : sites) sum += site.ledger();
    return sum;
}

}  // namespace sim::vocabulary
