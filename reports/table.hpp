// A table of text: names to the left, figures to the right, a rule under the head and above the total.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reports {

enum class Align : std::uint8_t { left, right };

struct Column {
    std::string head;  // may hold line breaks
    Align align = Align::right;
};

class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    // An empty cell stays empty. REQUIRES at most as many cells as there are columns.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    void total(std::vector<std::string> cells) { total_ = std::move(cells); }
    bool empty() const { return rows_.empty(); }

    std::string text() const;

private:
    std::vector<std::size_t> widths() const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
    std::optional<std::vector<std::string>> total_;
};

// Columns of the terminal that the text takes; bytes of one character and colours count once or not at all.
std::size_t width(const std::string& text);

}  // namespace reports
