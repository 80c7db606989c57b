#include "sim/experiment/gates.hpp"

#include "sim/experiment/judge.hpp"

#include <algorithm>
#include <cmath>

namespace sim::experiment {

using vocabulary::Exit;

namespace {

constexpr std::uint64_t first_look = 10;

bool any_confident(const std::vector<scenario::Expectation>& expectations) {
    return std::any_of(expectations.begin(), expectations.end(),
                       [](const scenario::Expectation& one) { return one.confidence.has_value(); });
}

}  // namespace

std::vector<std::uint64_t> looks(const std::vector<scenario::Expectation>& expectations, const Budget& budget) {
    if (budget.exactly) return {*budget.exactly};
    if (!any_confident(expectations)) return {1};
    std::vector<std::uint64_t> all;
    for (std::uint64_t n = first_look; n < budget.most; n *= 2) all.push_back(n);
    all.push_back(budget.most);
    return all;
}

GateAgenda::GateAgenda(Store& store, Cells cells, Budget budget, std::function<bool()> is_time_left)
    : FixedAgenda(store, Question::run, std::move(cells), {}),
      budget_(budget),
      is_time_left_(std::move(is_time_left)) {}

void GateAgenda::open(const Briefing& briefing) {
    if (briefing.expectations.empty()) return;
    looks_ = looks(briefing.expectations, budget_);
    begin_with({Range{1, looks_.front()}});
    FixedAgenda::open(briefing);
}

void GateAgenda::all_there() {
    while (available() == 0 && look_ + 1 < looks_.size() && !decided()) {
        out_of_time_ = !is_time_left_();
        if (out_of_time_) return;
        ask({Range{1, looks_[++look_]}});
    }
}

bool GateAgenda::decided() const {
    const Briefing& briefing = store().study()->briefing;
    const auto judged = judge(briefing.expectations, store().sample(CellId{0}), briefing.outline,
                              static_cast<unsigned>(looks_.size()));
    return std::all_of(judged.begin(), judged.end(), [](const Judged& one) {
        return one.verdict == Verdict::pass || one.verdict == Verdict::fail;
    });
}

std::optional<std::uint64_t> needed(const Judged& judged, std::uint64_t n) {
    if (judged.verdict != Verdict::undecided || !judged.seen || !judged.lo || !judged.hi || n == 0)
        return std::nullopt;
    const double distance = std::abs(*judged.seen - judged.target);
    const double reach = *judged.seen > judged.target ? *judged.seen - *judged.lo : *judged.hi - *judged.seen;
    constexpr double most = 1e9;  // beyond it nobody asks
    if (!(distance > 0)) return std::nullopt;
    const double times = reach / distance;
    const double wanted = static_cast<double>(n) * times * times;
    if (!(wanted < most)) return std::nullopt;
    double unit = 1;
    while (wanted / unit > 100) unit *= 10;
    return static_cast<std::uint64_t>(std::ceil(wanted / unit) * unit);
}

Exit Gate::exit(bool undecided_ok) const {
    Exit exit = wrong ? wrong->exit : Exit::done;
    for (const Judged& judged : expectations) {
        if (undecided_ok && judged.verdict == Verdict::undecided) continue;
        exit = gravest(exit, exit_of(judged.verdict));
    }
    return exit;
}

std::uint64_t Gates::count(Verdict verdict) const {
    std::uint64_t sum = 0;
    for (const Gate& gate : all)
        sum += static_cast<std::uint64_t>(
            std::count_if(gate.expectations.begin(), gate.expectations.end(),
                          [verdict](const Judged& judged) { return judged.verdict == verdict; }));
    return sum;
}

Exit Gates::exit() const {
    Exit exit = stopped.value_or(Exit::done);
    bool any = false;
    for (const Gate& gate : all) {
        exit = gravest(exit, gate.exit(undecided_ok));
        any = any || gate.wrong || !gate.expectations.empty();
    }
    return any || stopped ? exit : gravest(exit, Exit::vacuous);
}

}  // namespace sim::experiment
