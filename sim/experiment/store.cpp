#include "sim/experiment/store.hpp"

#include "sim/experiment/database.hpp"
#include "sim/experiment/wire.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/fingerprint.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <cstring>
#include <map>
#include <set>

namespace sim::experiment {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

namespace {

constexpr std::int64_t application_id = 0x63636573;  // "cces"
constexpr std::int64_t tables_version = 1;

constexpr const char* tables = R"(
CREATE TABLE study(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE plan(name TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cell(id INTEGER PRIMARY KEY, policy TEXT NOT NULL, point TEXT NOT NULL, plan_hash TEXT, sites TEXT) STRICT;
CREATE TABLE replication(cell INTEGER NOT NULL, number INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    digest TEXT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY(cell, number)) STRICT, WITHOUT ROWID;
CREATE TABLE seen(cell INTEGER NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, figures BLOB NOT NULL,
    PRIMARY KEY(cell, number)) STRICT, WITHOUT ROWID;
CREATE TABLE given_up(cell INTEGER NOT NULL, number INTEGER NOT NULL, how TEXT NOT NULL,
    PRIMARY KEY(cell, number)) STRICT, WITHOUT ROWID;
)";

// Little-endian on every machine, as all that is hashed and moved.
std::string bytes_of(const std::vector<double>& figures) {
    std::string bytes;
    bytes.reserve(8 * figures.size());
    for (const double figure : figures) {
        std::uint64_t word = 0;
        std::memcpy(&word, &figure, sizeof word);
        for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(word >> shift & 0xff);
    }
    return bytes;
}

std::vector<double> figures_of(std::string_view bytes) {
    std::vector<double> figures(bytes.size() / 8);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        std::uint64_t word = 0;
        for (std::size_t b = 0; b < 8; ++b)
            word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[8 * i + b])) << 8 * b;
        std::memcpy(&figures[i], &word, sizeof word);
    }
    return figures;
}

std::int64_t number(CellId cell) {
    return static_cast<std::int64_t>(cell);
}
std::int64_t number(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

std::string text(const std::vector<Range>& ranges) {
    std::string words;
    for (const Range& range : ranges)
        words += fmt::format("{}{}..{}", words.empty() ? "" : ",", range.first, range.last);
    return words;
}

std::string packed_names(const std::vector<std::string>& names) {
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Row row_of(CellId cell, const Replication& replication, const std::string& plan_hash,
           const std::vector<scenario::Expectation>& expectations) {
    Sample sample(expectations);
    return {{cell, replication.number}, replication.fingerprint,     plan_hash,
            site_names(replication),    sample.figures(replication), packed(replication)};
}

struct Store::Inside {
    Database database;
    bool is_new = false;
    std::optional<Study> study;
    Shard shard;
    std::set<Work> rows;
    struct CellState {
        std::string plan_hash;
        std::vector<std::string> sites;
    };
    std::vector<CellState> cells;

    [[noreturn]] void damaged(const std::string& what) const {
        throw InputError(
            Exit::input_data,
            Problem{{database.path(), 0, 0},
                    "E612",
                    what + " is damaged",
                    "",
                    "what else it holds may be right, but nothing of it is counted; make it anew"});
    }

    void make() {
        database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application_id,
                                 tables_version));
        database.run(tables);
    }

    void read() {
        Query plan = database.query("SELECT packed FROM plan WHERE name = 'study'");
        if (!plan.step()) return;  // killed before it was begun
        study = unpacked_study(plan.text(0));
        if (const auto shown = value("shard")) shard = shard_of(*shown);
        cells.resize(study->cells.size());
        Query states = database.query("SELECT id, plan_hash, sites FROM cell WHERE plan_hash IS NOT NULL");
        while (states.step()) {
            CellState& cell = cells.at(static_cast<std::size_t>(states.number(0)));
            cell.plan_hash = states.text(1);
            cell.sites = nlohmann::json::parse(states.text(2)).get<std::vector<std::string>>();
        }
        Query numbers = database.query("SELECT cell, number FROM seen");
        while (numbers.step())
            rows.insert(
                {static_cast<CellId>(numbers.number(0)), static_cast<std::uint64_t>(numbers.number(1))});
    }

    static Shard shard_of(const std::string& words) {
        const std::size_t slash = words.find('/');
        return {std::stoull(words.substr(0, slash)), std::stoull(words.substr(slash + 1))};
    }

    std::optional<std::string> value(const std::string& name) {
        Query found = database.query("SELECT value FROM study WHERE name = ?");
        found.bind(1, name);
        if (!found.step()) return std::nullopt;
        return found.text(0);
    }

    void put(const std::string& name, const std::string& words) {
        Query insert = database.query("INSERT OR REPLACE INTO study VALUES(?, ?)");
        insert.bind(1, name);
        insert.bind(2, words);
        insert.run();
    }

    void write_study() {
        const Outline& outline = study->briefing.outline;
        put("question", std::string(experiment::text(study->question)));
        put("semantics_version", std::to_string(semantics_version));
        put("scenario", outline.scenario);
        put("identity", kernel::hex(identity(*study)));
        put("seed", std::to_string(outline.seed));
        put("replications", text(study->asked));
        for (const auto& [name, hash] : outline.inputs) put("input " + name, hash);
        for (const auto& [name, words] : study->rules) put(name, words);
        if (!shard.is_whole()) put("shard", fmt::format("{}/{}", shard.index, shard.count));
        Query insert = database.query("INSERT OR REPLACE INTO plan VALUES('study', ?)");
        insert.bind_bytes(1, packed(*study));
        insert.run();
    }

    void write_cells() {
        Query insert = database.query("INSERT INTO cell(id, policy, point) VALUES(?, ?, ?)");
        for (std::size_t i = 0; i < study->cells.size(); ++i) {
            insert.bind(1, number(std::uint64_t{i}));
            insert.bind(2, study->cells[i].policy);
            insert.bind(3, nlohmann::json(study->cells[i].point).dump());
            insert.run();
        }
        cells.resize(study->cells.size());
    }

    void learn(CellId id, const Row& row) {
        CellState& cell = cells.at(static_cast<std::size_t>(id));
        if (cell.plan_hash.empty()) {
            cell = {row.plan_hash, row.sites};
            Query update = database.query("UPDATE cell SET plan_hash = ?, sites = ? WHERE id = ?");
            update.bind(1, row.plan_hash);
            update.bind(2, packed_names(row.sites));
            update.bind(3, number(id));
            update.run();
        }
        if (cell.plan_hash != row.plan_hash)
            throw InputError(Exit::not_deterministic,
                             Problem{{},
                                     "E701",
                                     "the script made another plan in a second process",
                                     fmt::format("{}, not {}", cell.plan_hash, row.plan_hash),
                                     ""});
    }

    void insert(const Row& row) {
        Query whole = database.query("INSERT INTO replication VALUES(?, ?, ?, ?, ?)");
        whole.bind(1, number(row.work.cell));
        whole.bind(2, number(row.work.replication));
        whole.bind(3, kernel::hex(row.fingerprint));
        whole.bind(4, kernel::hex(kernel::hash(row.body)));
        whole.bind_bytes(5, row.body);
        whole.run();
        const std::string figures = bytes_of(row.figures);
        Query seen = database.query("INSERT INTO seen VALUES(?, ?, ?, ?)");
        seen.bind(1, number(row.work.cell));
        seen.bind(2, number(row.work.replication));
        seen.bind(3, kernel::hex(kernel::hash(figures)));
        seen.bind_bytes(4, figures);
        seen.run();
        Query there = database.query("DELETE FROM given_up WHERE cell = ? AND number = ?");
        there.bind(1, number(row.work.cell));
        there.bind(2, number(row.work.replication));
        there.run();
    }
};

Store::Store(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Store Store::temporary() {
    return Store(std::make_unique<Inside>(Inside{Database::temporary(), true, {}, {}, {}, {}}));
}

Store Store::at(const std::string& path) {
    Store store(std::make_unique<Inside>(Inside{Database::at(path), false, {}, {}, {}, {}}));
    Inside& in = *store.inside_;
    const auto refuse = [&](const std::string& what) {
        throw InputError(Exit::output, Problem{{path, 0, 0},
                                               "E802",
                                               what,
                                               "a new file, or the result of this very experiment",
                                               "name another file"});
    };
    if (in.database.is_empty()) {
        in.is_new = true;  // its tables are made when there is something to keep
    } else {
        if (in.database.value("PRAGMA application_id") != application_id)
            refuse("exists already and is no result file");
        if (const auto version = in.database.value("PRAGMA user_version"); version != tables_version)
            refuse(fmt::format("has tables of version {}, this ccesim writes version {}", version,
                               tables_version));
        if (const auto semantics = in.value("semantics_version");
            semantics && *semantics != std::to_string(semantics_version))
            refuse(fmt::format("its results were computed by version {} of the model, this is version {}",
                               *semantics, semantics_version));
        in.read();
    }
    return store;
}

Store Store::of(const std::string& path) {
    Store store(std::make_unique<Inside>(Inside{Database::of(path), false, {}, {}, {}, {}}));
    Inside& in = *store.inside_;
    const auto refuse = [&](const std::string& what, const std::string& help) {
        throw InputError(Exit::input_data,
                         Problem{{path, 0, 0}, "E611", what, "a result as written by -o x.db", help});
    };
    if (in.database.value("PRAGMA application_id") != application_id) refuse("is no result file", "");
    if (const auto version = in.database.value("PRAGMA user_version"); version != tables_version)
        refuse(fmt::format("has tables of version {}, this ccesim reads version {}", version, tables_version),
               "");
    if (const auto semantics = in.value("semantics_version");
        semantics && *semantics != std::to_string(semantics_version))
        refuse(fmt::format("comes from version {} of the model, this is version {}", *semantics,
                           semantics_version),
               "make it again with this ccesim");
    try {
        in.read();
    } catch (const kernel::BrokenInvariant&) {
        in.damaged("the plan");
    } catch (const nlohmann::json::exception&) {
        in.damaged("the list of cells");
    }
    if (!in.study) refuse("holds no experiment yet", "the run was ended before it began");
    return store;
}

const std::optional<Study>& Store::study() const {
    return inside_->study;
}

Shard Store::shard() const {
    return inside_->shard;
}

void Store::begin(const Study& study, Shard shard) {
    Inside& in = *inside_;
    if (in.study) {
        std::vector<std::string> why = differences(*in.study, study);
        if (in.shard.index != shard.index || in.shard.count != shard.count)
            why.push_back(fmt::format("it is shard {}/{}, not {}/{}", in.shard.index, in.shard.count,
                                      shard.index, shard.count));
        if (!why.empty()) {
            std::string all;
            for (const std::string& one : why) all += (all.empty() ? "" : "; ") + one;
            throw InputError(Exit::output, Problem{{in.database.path(), 0, 0},
                                                   "E802",
                                                   "holds another experiment: " + all,
                                                   "the result of this very experiment, to be continued",
                                                   "name another file"});
        }
        in.database.begin();
        std::vector<Range> asked = in.study->asked;
        asked.insert(asked.end(), study.asked.begin(), study.asked.end());
        in.study->asked = joined(asked);
        in.database.transaction([&] { in.write_study(); });
        return;
    }
    in.study = study;
    in.shard = shard;
    in.database.begin();
    in.database.transaction([&] {
        if (in.is_new) in.make();
        in.write_study();
        in.write_cells();
    });
}

bool Store::has(const Work& work) const {
    return inside_->rows.count(work) > 0;
}

std::uint64_t Store::rows() const {
    return inside_->rows.size();
}

void Store::add(const Row& row) {
    Inside& in = *inside_;
    if (!in.rows.insert(row.work).second) return;
    in.database.transaction([&] {
        in.learn(row.work.cell, row);
        in.insert(row);
    });
}

void Store::give_up(const Work& work, const std::string& how) {
    Query insert = inside_->database.query("INSERT OR REPLACE INTO given_up VALUES(?, ?, ?)");
    insert.bind(1, number(work.cell));
    insert.bind(2, number(work.replication));
    insert.bind(3, how);
    insert.run();
}

std::vector<GivenUp> Store::given_up() const {
    std::vector<GivenUp> all;
    if (!inside_->study) return all;
    Query rows = inside_->database.query("SELECT cell, number, how FROM given_up ORDER BY number, cell");
    while (rows.step())
        all.push_back(
            {{static_cast<CellId>(rows.number(0)), static_cast<std::uint64_t>(rows.number(1))}, rows.text(2)});
    return all;
}

std::uint64_t Store::wanted() const {
    const Inside& in = *inside_;
    if (!in.study) return 0;
    std::uint64_t numbers = 0;
    for (const Range& range : in.study->asked) {
        const auto below = [&](std::uint64_t end) {  // of 1 to end, those of the shard
            return end < in.shard.index ? 0 : (end - in.shard.index) / in.shard.count + 1;
        };
        numbers += below(range.last) - below(range.first - 1);
    }
    return numbers * in.study->cells.size();
}

void Store::each(CellId cell, const std::function<void(const Replication&)>& take) const {
    Query rows = inside_->database.query(
        "SELECT number, fingerprint, digest, packed FROM replication WHERE cell = ? ORDER BY number");
    rows.bind(1, number(cell));
    while (rows.step()) {
        const std::string body = rows.text(3);
        if (kernel::hex(kernel::hash(body)) != rows.text(2))
            inside_->damaged(fmt::format("replication {}", rows.number(0)));
        const Replication row = unpacked_replication(body);
        if (static_cast<std::int64_t>(row.number) != rows.number(0) ||
            kernel::hex(row.fingerprint) != rows.text(1))
            inside_->damaged(fmt::format("replication {}", rows.number(0)));
        take(row);
    }
}

std::vector<Done> Store::done(CellId cell) const {
    std::vector<Done> all;
    Query rows =
        inside_->database.query("SELECT number, fingerprint FROM replication WHERE cell = ? ORDER BY number");
    rows.bind(1, number(cell));
    while (rows.step())
        all.push_back({static_cast<std::uint64_t>(rows.number(0)), std::stoull(rows.text(1), nullptr, 16)});
    return all;
}

Sample Store::sample(CellId cell, std::uint64_t up_to) const {
    Inside& in = *inside_;
    Sample sample(in.study->briefing.expectations);
    Query rows = in.database.query(
        "SELECT number, digest, figures FROM seen WHERE cell = ? AND number <= ? ORDER BY number");
    rows.bind(1, number(cell));
    rows.bind(2, up_to > std::uint64_t{1} << 62 ? std::int64_t{1} << 62 : number(up_to));
    const std::vector<std::string>& sites = in.cells.at(static_cast<std::size_t>(cell)).sites;
    while (rows.step()) {
        const std::string figures = rows.text(2);
        if (kernel::hex(kernel::hash(figures)) != rows.text(1))
            in.damaged(fmt::format("replication {}", rows.number(0)));
        sample.add(static_cast<std::uint64_t>(rows.number(0)), sites, figures_of(figures));
    }
    return sample;
}

void Store::merge(const Store& part) {
    Inside& in = *inside_;
    const Inside& other = *part.inside_;
    const auto refuse = [&](const std::string& code, const std::string& what) {
        throw InputError(Exit::input_data, Problem{{other.database.path(), 0, 0}, code, what, "", ""});
    };
    if (in.study) {
        for (const std::string& why : differences(*in.study, *other.study))
            refuse("E613", "is of another experiment than the first: " + why);
    }
    begin(*other.study);
    for (std::size_t cell = 0; cell < other.cells.size(); ++cell) {
        Query rows = other.database.query(
            "SELECT r.number, r.fingerprint, r.digest, r.packed, s.digest, s.figures FROM replication r JOIN "
            "seen s "
            "ON s.cell = r.cell AND s.number = r.number WHERE r.cell = ? ORDER BY r.number");
        rows.bind(1, number(std::uint64_t{cell}));
        in.database.transaction([&] {
            while (rows.step()) {
                Row row{{static_cast<CellId>(cell), static_cast<std::uint64_t>(rows.number(0))},
                        std::stoull(rows.text(1), nullptr, 16),
                        other.cells[cell].plan_hash,
                        other.cells[cell].sites,
                        figures_of(rows.text(5)),
                        rows.text(3)};
                if (kernel::hex(kernel::hash(row.body)) != rows.text(2) ||
                    kernel::hex(kernel::hash(rows.text(5))) != rows.text(4))
                    other.damaged(fmt::format("replication {}", row.work.replication));
                if (in.rows.insert(row.work).second) {
                    in.learn(row.work.cell, row);
                    in.insert(row);
                } else if (in.database.value(fmt::format("SELECT count(*) FROM replication WHERE cell = {} AND "
                                                         "number = {} AND digest = '{}'",
                                                         cell, row.work.replication, rows.text(2))) == 0) {
                    refuse("E614", fmt::format("has another replication {} than an earlier part",
                                               row.work.replication));
                }
            }
        });
    }
    for (const GivenUp& one : part.given_up())
        if (!has(one.work)) give_up(one.work, one.how);
}

void Store::close() {
    inside_->database.close();
}

}  // namespace sim::experiment
