#include "sim/experiment/agenda.hpp"

namespace sim::experiment {

FixedAgenda::FixedAgenda(Store& store, Question question, Cells cells, std::vector<Range> asked, Shard shard,
                         std::map<std::string, std::string> rules)
    : store_(store),
      study_{question, {}, {}, joined(std::move(asked)), std::move(rules)},
      cells_(std::move(cells)),
      shard_(shard) {}

void FixedAgenda::open(const Briefing& briefing) {
    study_.briefing = briefing;
    study_.cells = cells_(briefing);
    study_.briefing.outline.policy = study_.cells.front().policy;
    ask(study_.asked);
    if (left_ == 0) all_there();
}

void FixedAgenda::ask(std::vector<Range> ranges) {
    asked_ = joined(std::move(ranges));
    study_.asked = asked_;
    store_.begin(study_, shard_);
    const Work first{CellId{0}, asked_.front().first};
    next_ = first;
    left_ = 0;
    for (range_ = 0; range_ < asked_.size(); step())
        if (is_wanted(next_)) ++left_;
    range_ = 0;
    next_ = first;
}

bool FixedAgenda::is_wanted(const Work& work) const {
    return shard_.takes(work.replication) && !store_.has(work);
}

void FixedAgenda::step() {
    const auto cell = static_cast<std::uint32_t>(next_.cell) + 1;
    if (cell < study_.cells.size()) {
        next_.cell = CellId{cell};
        return;
    }
    next_.cell = CellId{0};
    if (next_.replication < asked_[range_].last) {
        ++next_.replication;
    } else if (++range_ < asked_.size()) {
        next_.replication = asked_[range_].first;
    }
}

std::optional<Work> FixedAgenda::next() {
    while (range_ < asked_.size()) {
        const Work work = next_;
        step();
        if (!is_wanted(work)) continue;
        --left_;
        ++under_way_;
        return work;
    }
    return std::nullopt;
}

void FixedAgenda::take(const Row& row) {
    store_.add(row);
    came();
}

void FixedAgenda::give_up(const Work& work, const std::string& how) {
    store_.give_up(work, how);
    came();
}

void FixedAgenda::came() {
    if (--under_way_ == 0 && left_ == 0) all_there();
}

LookingAgenda::LookingAgenda(Store& store, Question question, Cells cells, std::uint64_t first, More more,
                             std::map<std::string, std::string> rules)
    : FixedAgenda(store, question, std::move(cells), {Range{1, first}}, {}, std::move(rules)),
      have_(first),
      more_(std::move(more)) {}

void LookingAgenda::all_there() {
    while (available() == 0) {
        const auto next = more_(store(), have_);
        if (!next) return;
        have_ = *next;
        ask({Range{1, have_}});
    }
}

}  // namespace sim::experiment
