// A ladder of due things: coarse rungs for the far future, a short sorted row for what comes next.
//
// Each rung has 64 buckets; a bucket of one rung spans a whole rung below it. A thing goes to the rung of the
// highest digit (base 64) in which its time differs from the start of the bucket being emptied, so it is found
// again without any search, and it moves down at most once a rung. When the next bucket is short it is sorted
// and becomes the row; when it is long it is spread over the rungs below. A row that grows too long - many
// pushes just ahead of now - goes back onto the rungs.
//
// For example, with calls of three minutes, 500 ends in progress lie in a dozen buckets of 17 s; each bucket is
// spread or sorted once, so an end is touched two or three times in all. The width of a bucket is never
// estimated from the data, which is where calendar queues degrade: skewed or clustered times only use other
// rungs.
//
// Takes only times not before the last one taken, as a future does. Of equal times the lower word comes first;
// equal times never need sorting, because pushes come with growing words and every move keeps their order.

#pragma once

#include "sim/kernel/due.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace sim::kernel {

class Ladder {
public:
    bool empty() const { return row_.empty(); }
    std::size_t size() const { return size_; }
    const Due& first() const { return row_.back(); }  // REQUIRES not empty

    void push(Due due) {  // REQUIRES due.at not before the last first()
        ++size_;
        if (due.at < row_end_) {
            push_into_row(due);
        } else {
            push_onto_rung(due);
            if (row_.empty()) refill();
        }
    }

    void pop() {  // REQUIRES not empty
        --size_;
        taken_ = row_.back().at;
        row_.pop_back();
        if (row_.empty() && size_ > 0) refill();
    }

private:
    static constexpr unsigned digit_bits = 6;
    static constexpr std::size_t buckets_a_rung = 64;
    static constexpr std::size_t rungs = 9;  // 54 bits: 570 years of microseconds
    static constexpr std::size_t sorted_max = 24;
    static constexpr std::size_t row_max = 96;
    static constexpr std::size_t kept_max = 1024;

    using Rung = std::array<std::vector<Due>, buckets_a_rung>;

    static unsigned level_of(std::int64_t differs) {
        return (63u - static_cast<unsigned>(__builtin_clzll(static_cast<std::uint64_t>(differs) | 1))) /
               digit_bits;
    }

    void push_onto_rung(Due due) {
        const unsigned level = level_of(due.at ^ start_);
        const auto digit = static_cast<std::size_t>(due.at >> (level * digit_bits)) % buckets_a_rung;
        filled_[level] |= std::uint64_t{1} << digit;
        rungs_[level][digit].push_back(due);
    }

    // The row is sorted with the next one last. Its new member moves forward past what comes before it.
    void push_into_row(Due due) {
        row_.push_back(due);
        std::size_t place = row_.size() - 1;
        for (; place > 0 && row_[place - 1] < due; --place) row_[place] = row_[place - 1];
        row_[place] = due;
        if (row_.size() > row_max) clear_row();
    }

    // A row that has grown too long goes back onto the rungs, oldest first, so that equal times keep their
    // order. Everything on the rungs is due after everything in the row.
    void clear_row() {
        lower_start();
        std::vector<Due> row;
        row.swap(row_);
        for (std::size_t i = row.size(); i-- > 0;) push_onto_rung(row[i]);
        refill();
    }

    // The bucket being emptied may lie ahead of now, and the row then holds what is due before it. Lets the
    // rungs begin at the last time taken instead: what had been spread below the first digit that changes goes
    // back there.
    void lower_start() {
        if (start_ <= taken_) return;
        const unsigned level = level_of(start_ ^ taken_);
        const auto digit = static_cast<std::size_t>(start_ >> (level * digit_bits)) % buckets_a_rung;
        std::vector<Due>& whole = rungs_[level][digit];
        for (unsigned below = 0; below < level; ++below) {
            for (; filled_[below] != 0; filled_[below] &= filled_[below] - 1) {
                std::vector<Due>& part =
                    rungs_[below][static_cast<std::size_t>(__builtin_ctzll(filled_[below]))];
                whole.insert(whole.end(), part.begin(), part.end());
                empty_out(part);
            }
        }
        if (!whole.empty()) filled_[level] |= std::uint64_t{1} << digit;
        start_ = taken_;
    }

    void refill() {
        for (;;) {
            unsigned level = 0;
            while (filled_[level] == 0) ++level;
            const auto digit = static_cast<unsigned>(__builtin_ctzll(filled_[level]));
            filled_[level] &= filled_[level] - 1;
            std::vector<Due>& bucket = rungs_[level][digit];
            const unsigned shift = level * digit_bits;
            const std::int64_t above = start_ >> shift >> digit_bits << digit_bits;
            start_ = (above | static_cast<std::int64_t>(digit)) << shift;
            if (level == 0 || bucket.size() <= sorted_max) {
                row_.clear();
                row_.swap(bucket);
                sort_row(level == 0);
                return;
            }
            for (const Due& due : bucket) push_onto_rung(due);  // all to lower rungs
            empty_out(bucket);
        }
    }

    void sort_row(bool all_equal) {
        if (all_equal) {
            std::reverse(row_.begin(), row_.end());
        } else {
            for (std::size_t next = 1; next < row_.size(); ++next) {
                const Due due = row_[next];
                std::size_t place = next;
                for (; place > 0 && row_[place - 1] < due; --place) row_[place] = row_[place - 1];
                row_[place] = due;
            }
        }
        row_end_ = row_.front().at + 1;
    }

    // A bucket keeps its memory for the next time, unless that is much: each of the 64 would come to hold it.
    static void empty_out(std::vector<Due>& bucket) {
        if (bucket.capacity() > kept_max) {
            std::vector<Due>().swap(bucket);
        } else {
            bucket.clear();
        }
    }

    std::vector<Due> row_;
    std::int64_t row_end_ = 0;  // what is due before this belongs into the row
    std::int64_t taken_ = 0;    // the last time taken
    std::int64_t start_ = 0;    // of the bucket that was emptied last; nothing on the rungs is due before it
    std::size_t size_ = 0;
    std::array<std::uint64_t, rungs> filled_{};  // one bit a bucket
    std::array<Rung, rungs> rungs_;
};

}  // namespace sim::kernel
