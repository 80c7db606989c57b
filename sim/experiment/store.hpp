// The result file: an SQLite database with one committed row a finished replication.
//
// What was finished survives a kill; a restart runs what is missing. Each row carries a digest, so that a
// damaged file is told and never counted. A file holds one experiment: another scenario, seed or version of the
// model is refused, with the reason. `PRAGMA application_id` is 0x63636573 ("cces"), `user_version` that of the
// tables.
//
// Two files of one experiment have the same dump, whatever was interrupted, shared or merged on the way.

#pragma once

#include "sim/experiment/sample.hpp"
#include "sim/experiment/study.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

// A finished replication as its worker packed it.
struct Row {
    Work work;
    std::uint64_t fingerprint = 0;
    std::string plan_hash;           // of the cell's plan
    std::vector<std::string> sites;  // of the row
    std::vector<double> figures;     // see Sample
    std::string body;                // packed(Replication)
};
Row row_of(CellId cell, const Replication& replication, const std::string& plan_hash,
           const std::vector<scenario::Expectation>& expectations);

struct GivenUp {
    Work work;
    std::string how;
};

class Store {
public:
    // In a file that goes with the process.
    static Store temporary();
    // Continues what is in the file, or makes a new one. Throws InputError (exit output) if it cannot be
    // written, is no result file, or is in use.
    static Store at(const std::string& path);
    // For reading alone. Throws InputError (exit input_data).
    static Store of(const std::string& path);

    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    // The study in the file; nothing in a new one.
    const std::optional<Study>& study() const;
    Shard shard() const;
    // Takes up the study. Throws InputError if the file holds another one, naming what differs. What is asked
    // of both is asked of the whole.
    void begin(const Study& study, Shard shard = {});

    bool has(const Work& work) const;
    std::uint64_t rows() const;
    void add(const Row& row);  // throws InputError (exit not_deterministic) for a plan unlike that of the cell
    void give_up(const Work& work, const std::string& how);
    std::vector<GivenUp> given_up() const;
    // How many of those asked for are there, of all cells; and how many are asked for in this file.
    std::uint64_t wanted() const;
    bool is_partial() const { return rows() < wanted(); }

    // All rows of the cell, or those up to a number, in the order of their numbers. Throws InputError (exit
    // input_data) for one that is damaged.
    void each(CellId cell, const std::function<void(const Replication&)>& take) const;
    std::vector<Done> done(CellId cell) const;
    Sample sample(CellId cell, std::uint64_t up_to = ~std::uint64_t{0}) const;

    // Takes over all rows of another part of the same experiment. Throws InputError (exit input_data) if it is
    // of another one, or differs in a row.
    void merge(const Store& part);

    // Everything is on the disk, in one file.
    void close();

private:
    struct Inside;
    explicit Store(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace sim::experiment
