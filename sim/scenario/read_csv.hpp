// Comma-separated files as spreadsheets and Export-Csv leave them.
//
// libcsv splits fields, in strict mode; it is fed one physical line at a time, so that lines are counted
// exactly and a quoted field may still run over several. What it leaves open is settled here: a first line
// #TYPE is skipped, lines over 1 MiB are refused, and each row has as many fields as the header. Rows go to the
// caller one by one and only the wanted columns are kept, so a large file costs no more than what it says.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sim::scenario {

struct CsvColumns {
    std::vector<std::string> needed;
    std::vector<std::string> optional;
};

// Fields are asked for by their place among the wanted columns: first those needed, then the optional ones.
struct CsvRow {
    std::size_t number = 0;  // from 1, the header not counted
    int line = 0;            // on which the row begins
    std::vector<std::string> fields;

    bool has(std::size_t wanted) const { return columns[wanted] != absent; }
    vocabulary::Place place(std::size_t wanted) const;  // where the field begins
    vocabulary::Place place_of_column(std::size_t column) const;

    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    std::string file;
    std::string_view text;             // the rest of the file, from this row on
    std::vector<std::size_t> columns;  // of the wanted fields in the file
};

// Column names are compared without regard to case. A problem of the file as a whole throws at once
// (input_data); rows that do not fit are added to `problems` and left out. The row lives until `take` returns.
void read_csv(const std::string& name, std::string_view bytes, const CsvColumns& columns,
              vocabulary::Problems& problems, const std::function<void(const CsvRow&)>& take);

}  // namespace sim::scenario
