#include "sim/calls/demand.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>

namespace sim::calls {

namespace {

constexpr std::int64_t seconds_a_day = 86400;
constexpr std::int64_t seconds_an_hour = 3600;

std::string entity(const Cohort& cohort) {
    return cohort.name.empty() ? std::string{"(no site)"} : cohort.name;
}

// The share as a threshold for `bits` random bits: 0 is below nothing, 1 above everything.
std::uint64_t threshold(double share, unsigned bits) {
    return static_cast<std::uint64_t>(share * static_cast<double>(std::uint64_t{1} << bits) + 0.5);
}

// Which ziggurat of an ordinal's luck a draw is.
enum Variate : std::uint32_t { gap, length };

}  // namespace

Lengths::Lengths(const kernel::Law& law)
    : law_(&law), family_(law.family), scale_(law.mean), shape_(law.shape) {
    if (law.family == kernel::Law::Family::lognormal)
        scale_ = kernel::log(law.mean) - law.shape * law.shape / 2;
}

Duration Lengths::draw(std::uint32_t high, std::uint32_t low, const kernel::SpareLuck& spare) const {
    switch (family_) {
        case kernel::Law::Family::exponential:
            return kernel::rounded(scale_ * kernel::exponential_unit(high, low, spare));
        case kernel::Law::Family::lognormal:
            return kernel::rounded(kernel::exp(scale_ + shape_ * kernel::normal_unit(high, low, spare)));
        default:
            return law_->draw(kernel::unit(high, low));
    }
}

Arrivals::Arrivals(kernel::Luck luck, const Cohort& cohort, const vocabulary::Calendar& calendar, Instant end)
    : end_(end),
      luck_(luck, entity(cohort), cohort.newcomers_of ? "newcomers' arrivals" : "arrivals"),
      international_below_(threshold(cohort.international_share, 32)),
      emergency_below_(threshold(cohort.emergency_share, 32)),
      outbound_below_(static_cast<std::uint32_t>(threshold(cohort.outbound_share, 16))),
      external_below_(static_cast<std::uint32_t>(threshold(cohort.external_share, 16))),
      escalation_below_(static_cast<std::uint32_t>(
          std::min(threshold(cohort.escalation_share, 32), std::uint64_t{UINT32_MAX}))),
      callers_(static_cast<std::uint32_t>(cohort.callers.size())),
      lengths_(cohort.length),
      cohort_(&cohort),
      calendar_(calendar),
      day_luck_(luck, entity(cohort), "day level"),
      level_sigma_(kernel::square_root(kernel::log(1 + cohort.day_level_cv * cohort.day_level_cv))) {
    SIM_CHECK(!cohort.callers.empty());
    enter_segment(kernel::start_of_run);
    advance();
}

// The words of arrival `ordinal_`; drawn a batch ahead, because the generator works on many counters at once.
kernel::Block Arrivals::words(unsigned branch) {
    if (ordinal_ - first_in_batch_ >= batch) {
        first_in_batch_ = ordinal_;
        kernel::philox_batch(luck_.key(), first_in_batch_, branches, blocks_.data(), blocks_.size());
    }
    return blocks_[(ordinal_ - first_in_batch_) * branches + branch];
}

void Arrivals::advance() {
    ++ordinal_;
    const kernel::Block word = words(0);
    double left = kernel::exponential_unit(word[0], word[1], kernel::SpareLuck(luck_.key(), ordinal_, gap));
    Instant at = next_at_;
    for (;;) {
        const double capacity = static_cast<double>((segment_end_ - at).count()) * rate_;
        if (left < capacity) break;
        left -= capacity;
        at = segment_end_;
        if (at >= end_) {
            next_at_ = kernel::never;
            return;
        }
        enter_segment(at);
    }
    next_at_ = std::min(at + Duration{static_cast<std::int64_t>(left / rate_)}, segment_end_);
    if (next_at_ >= end_) next_at_ = kernel::never;
}

// From `from` the rate stays as it is until the next slot that differs, the next hour or the next change of the
// clocks.
void Arrivals::enter_segment(Instant from) {
    const auto local = calendar_.local(from, cohort_->zone).time_since_epoch().count();
    const std::int64_t day =
        local >= 0 ? local / seconds_a_day : -((seconds_a_day - 1 - local) / seconds_a_day);
    const std::int64_t second = local - day * seconds_a_day;
    if (day != day_) {
        day_ = day;
        level_ = level_of(day);
    }
    const auto weekday = static_cast<std::size_t>(((day + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
    const std::vector<double>& rates = cohort_->calls_per_second[weekday];
    const std::int64_t slot_length = cohort_->slot.count() / 1'000'000;
    const std::int64_t hour_end = (second / seconds_an_hour + 1) * seconds_an_hour;
    std::int64_t slot = second / slot_length;
    const double rate = rates[static_cast<std::size_t>(slot)];
    std::int64_t until = (slot + 1) * slot_length;
    while (until < hour_end && rates[static_cast<std::size_t>(++slot)] == rate) until += slot_length;
    until = std::min(until, hour_end);
    rate_ = rate * level_ * 1e-6;
    hour_ = static_cast<unsigned>(second / seconds_an_hour);
    segment_end_ =
        std::min(from + std::chrono::seconds{until - second}, calendar_.next_change(from, cohort_->zone));
}

double Arrivals::level_of(std::int64_t day) {
    if (cohort_->day_level_cv <= 0) return 1;
    const double u = day_luck_.uniform(static_cast<std::uint64_t>(day));
    return kernel::lognormal(u, -level_sigma_ * level_sigma_ / 2, level_sigma_);  // mean 1
}

Arrival Arrivals::take() {
    const kernel::Block first = words(0);
    const kernel::Block second = words(1);
    const Arrival arrival = made_of(ordinal_, first, second);
    advance();
    return arrival;
}

Arrival Arrivals::recall(std::uint64_t ordinal) const {
    const kernel::Block first = luck_.at(ordinal, 0);
    const kernel::Block second = luck_.at(ordinal, 1);
    return made_of(ordinal, first, second);
}

Arrival Arrivals::made_of(std::uint64_t ordinal, const kernel::Block& first,
                          const kernel::Block& second) const {
    Arrival arrival;
    arrival.ordinal = ordinal;
    // What the choice of the caller leaves of its word says whether the call becomes a conference.
    const std::uint64_t choice = static_cast<std::uint64_t>(first[2]) * callers_;
    arrival.caller = static_cast<std::uint32_t>(choice >> 32);
    arrival.escalates = static_cast<std::uint32_t>(choice) < escalation_below_;
    arrival.route = first[3];
    arrival.length = lengths_.draw(second[0], second[1], kernel::SpareLuck(luck_.key(), ordinal, length));
    const bool outbound = (second[2] & 0xffff) < outbound_below_;
    arrival.direction = outbound ? Direction::outbound : Direction::inbound;
    arrival.external = (second[2] >> 16) < external_below_;
    // One word decides the class: emergency first, then international; inbound calls have none.
    arrival.emergency = outbound && second[3] < emergency_below_;
    arrival.international =
        outbound && !arrival.emergency && second[3] < emergency_below_ + international_below_;
    return arrival;
}

}  // namespace sim::calls
