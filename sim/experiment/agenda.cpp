#include "sim/experiment/agenda.hpp"

namespace sim::experiment {

FixedAgenda::FixedAgenda(Store& store, Question question, Cells cells, std::vector<Range> asked, Shard shard,
                         std::map<std::string, std::string> rules)
    : store_(store),
      question_(question),
      cells_(std::move(cells)),
      asked_(joined(std::move(asked))),
      shard_(shard),
      rules_(std::move(rules)) {}

void FixedAgenda::open(const Briefing& briefing) {
    Study study{question_, briefing, cells_(briefing), asked_, rules_};
    cell_count_ = study.cells.size();
    study.briefing.outline.policy = study.cells.front().policy;
    store_.begin(study, shard_);
    next_ = {CellId{0}, asked_.front().first};
    const Work first = next_;
    for (; range_ < asked_.size(); step())
        if (is_wanted(next_)) ++left_;
    range_ = 0;
    next_ = first;
}

bool FixedAgenda::is_wanted(const Work& work) const {
    return shard_.takes(work.replication) && !store_.has(work);
}

void FixedAgenda::step() {
    const auto cell = static_cast<std::uint32_t>(next_.cell) + 1;
    if (cell < cell_count_) {
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
        return work;
    }
    return std::nullopt;
}

}  // namespace sim::experiment
