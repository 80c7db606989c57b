// What is to be run next, and when enough has been seen.
//
// Workers ask one agenda for work and bring it what they made. It must not matter who is how quick: an agenda
// whose next work depends on what was seen waits until all is there that it looks at.

#pragma once

#include "sim/experiment/store.hpp"
#include "sim/experiment/study.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sim::experiment {

class Agenda {
public:
    virtual ~Agenda() = default;

    // The script is known now. Before the first work is asked for; may throw InputError.
    virtual void open(const Briefing& briefing) = 0;
    // How much work could be given now.
    virtual std::uint64_t available() const = 0;
    // Nothing: all is done, or waits for what is under way.
    virtual std::optional<Work> next() = 0;
    virtual void take(const Row& row) = 0;
    // It killed its worker twice and will not come.
    virtual void give_up(const Work& work, const std::string& how) = 0;
};

// All cells in the numbers asked for, as far as the store has not got them: cell by cell within each number, so
// that an interrupted comparison has seen about as much of each.
class FixedAgenda : public Agenda {
public:
    using Cells = std::function<std::vector<Cell>(const Briefing&)>;

    FixedAgenda(Store& store, Question question, Cells cells, std::vector<Range> asked, Shard shard = {},
                std::map<std::string, std::string> rules = {});

    void open(const Briefing& briefing) override;
    std::uint64_t available() const override { return left_; }
    std::optional<Work> next() override;
    void take(const Row& row) override { store_.add(row); }
    void give_up(const Work& work, const std::string& how) override { store_.give_up(work, how); }

private:
    bool is_wanted(const Work& work) const;
    void step();

    Store& store_;
    Question question_;
    Cells cells_;
    std::vector<Range> asked_;
    Shard shard_;
    std::map<std::string, std::string> rules_;
    std::size_t range_ = 0;
    Work next_;  // beyond the last range: all is given
    std::uint64_t cell_count_ = 0;
    std::uint64_t left_ = 0;
};

}  // namespace sim::experiment
