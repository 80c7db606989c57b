#include "sim/calls/ledger.hpp"

#include "sim/kernel/check.hpp"

namespace sim::calls {

std::uint64_t LossKey::order() const {
    const std::uint64_t who = appliance ? vocabulary::index(*appliance) + 1 : 0;
    return static_cast<std::uint64_t>(book) << 48 | static_cast<std::uint64_t>(direction) << 40 |
           static_cast<std::uint64_t>(reason) << 32 | who << 12 | static_cast<std::uint64_t>(group);
}

void Ledger::loses(const LossKey& key, unsigned hour) {
    const Outcome outcome = vocabulary::outcome_of(key.reason);
    ++count(key.book, key.direction, outcome);
    vocabulary::HourRow& row = books_[vocabulary::index(key.book)].hours[hour];
    ++row.lost;
    if (outcome == Outcome::blocked) ++row.blocked;
    LossCount& loss = losses_[key.order()];
    loss.key = key;
    ++loss.calls;
}

void Ledger::balance() const {
    std::vector<std::array<Calls, 2>> lost(books_.size());
    for (const auto& [order, loss] : losses_)
        lost[vocabulary::index(loss.key.book)][static_cast<std::size_t>(loss.key.direction)] += loss.calls;
    for (std::size_t book = 0; book < books_.size(); ++book)
        for (std::size_t direction = 0; direction < 2; ++direction) {
            const Page& page = books_[book].by_direction[direction];
            SIM_CHECK(page.outcomes.attempts() == page.attempts);
            SIM_CHECK(page.outcomes.lost() == lost[book][direction]);
        }
}

std::vector<Ledger::LossCount> Ledger::losses() const {
    std::vector<LossCount> rows;
    rows.reserve(losses_.size());
    for (const auto& [order, loss] : losses_) rows.push_back(loss);
    return rows;
}

}  // namespace sim::calls
