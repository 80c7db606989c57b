// The books of the calls: every attempt in exactly one outcome, every loss with its reason.
//
// Counted in plain arrays by site and direction; losses also by appliance, users' group and reason. Attempts
// are counted when they arrive and outcomes when they are known, apart from each other, so that balance() can
// compare.

#pragma once

#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/tally.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace sim::calls {

using vocabulary::ApplianceId;
using vocabulary::Calls;
using vocabulary::CohortId;
using vocabulary::Direction;
using vocabulary::Outcome;
using vocabulary::Reason;
using vocabulary::SiteId;

// A row of the books: a site by its id, or the last row for attempts that resolved to none.
enum class BookId : std::uint32_t {};

struct LossKey {
    BookId book{};
    std::optional<ApplianceId> appliance;
    CohortId group{};
    Direction direction{};
    Reason reason{};

    // Site, direction, reason, appliance, group: the order of the report.
    std::uint64_t order() const;
};

class Ledger {
public:
    explicit Ledger(std::size_t sites) : books_(sites + 1) {}

    BookId book_of(std::optional<SiteId> site) const {
        return static_cast<BookId>(site ? vocabulary::index(*site) : books_.size() - 1);
    }

    void arrives(BookId book, Direction direction, unsigned hour) {
        ++page(book, direction).attempts;
        ++books_[vocabulary::index(book)].hours[hour].attempts;
    }
    // Asks for the pages that arrives() will write on. To be called some time before it.
    void prefetch(BookId book) const {
        const Book& row = books_[vocabulary::index(book)];
        __builtin_prefetch(&row.by_direction[0], 1);
        __builtin_prefetch(&row.by_direction[1], 1);
    }
    void completes(BookId book, Direction direction) { ++count(book, direction, Outcome::completed); }
    void is_in_progress(BookId book, Direction direction) { ++count(book, direction, Outcome::in_progress); }
    void loses(const LossKey& key, unsigned hour);

    // Broken, if an attempt is in no outcome or in two. Called at the end of every run, in every build.
    void balance() const;

    const vocabulary::Ledger& outcomes(BookId book, Direction direction) const {
        return books_[vocabulary::index(book)].by_direction[static_cast<std::size_t>(direction)].outcomes;
    }
    const std::array<vocabulary::HourRow, 24>& hours(BookId book) const {
        return books_[vocabulary::index(book)].hours;
    }
    struct LossCount {
        LossKey key;
        Calls calls;
    };
    std::vector<LossCount> losses() const;  // in the order of their keys
    std::size_t books() const { return books_.size(); }

private:
    struct alignas(64) Page {  // a line of the cache: all that nearly every call needs
        Calls attempts;
        vocabulary::Ledger outcomes;
    };
    static_assert(sizeof(Page) == 64);
    struct Book {
        std::array<Page, 2> by_direction{};
        std::array<vocabulary::HourRow, 24> hours{};
    };

    Page& page(BookId book, Direction direction) {
        return books_[vocabulary::index(book)].by_direction[static_cast<std::size_t>(direction)];
    }

    Calls& count(BookId book, Direction direction, Outcome outcome) {
        return page(book, direction).outcomes[outcome];
    }

    std::vector<Book> books_;
    std::map<std::uint64_t, LossCount> losses_;
};

}  // namespace sim::calls
