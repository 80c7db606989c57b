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
    void take(const Row& row) override;
    void give_up(const Work& work, const std::string& how) override;

protected:
    // All that was asked for is there, or will not come. More may be asked for.
    virtual void all_there() {}
    // In place of what the constructor was told. Before open().
    void begin_with(std::vector<Range> asked) { study_.asked = joined(std::move(asked)); }
    void ask(std::vector<Range> ranges);  // from now on: what of these is not there yet

    const Store& store() const { return store_; }

private:
    bool is_wanted(const Work& work) const;
    void step();
    void came();

    Store& store_;
    Study study_;  // what is asked; its cells are known when the script is
    Cells cells_;
    Shard shard_;
    std::vector<Range> asked_;  // now
    std::size_t range_ = 0;
    Work next_;  // beyond the last range: all is given
    std::uint64_t left_ = 0;
    std::uint64_t under_way_ = 0;
};

// Looks at what is there, and asks for more until it has seen enough: for a precision, or a verdict. It looks
// at given numbers of replications and nowhere else.
class LookingAgenda : public FixedAgenda {
public:
    // Of so many replications of each cell: how many to have before the next look; nothing: enough.
    using More = std::function<std::optional<std::uint64_t>(const Store&, std::uint64_t)>;

    LookingAgenda(Store& store, Question question, Cells cells, std::uint64_t first, More more,
                  std::map<std::string, std::string> rules);

private:
    void all_there() override;

    std::uint64_t have_;
    More more_;
};

}  // namespace sim::experiment
