#include "reports/table.hpp"

#include <algorithm>

namespace reports {

namespace {

constexpr const char* gap = "   ";

using Cells = std::vector<std::string>;

std::vector<Cells> head_lines(const std::vector<Column>& columns) {
    std::vector<Cells> stacks;  // of each column its lines, first line first
    std::size_t height = 0;
    for (const Column& column : columns) {
        Cells lines{""};
        for (char c : column.head) {
            if (c == '\n')
                lines.emplace_back();
            else
                lines.back() += c;
        }
        height = std::max(height, lines.size());
        stacks.push_back(lines);
    }
    std::vector<Cells> rows(height, Cells(columns.size()));
    for (std::size_t c = 0; c < stacks.size(); ++c)
        for (std::size_t i = 0; i < stacks[c].size(); ++i)  // short heads stand at the bottom
            rows[height - stacks[c].size() + i][c] = stacks[c][i];
    return rows;
}

std::string line(const Cells& cells, const std::vector<Column>& columns,
                 const std::vector<std::size_t>& widths) {
    std::string out;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string cell = c < cells.size() ? cells[c] : "";
        const std::string pad(widths[c] - width(cell), ' ');
        if (c > 0) out += gap;
        out += columns[c].align == Align::left ? cell + pad : pad + cell;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out + '\n';
}

}  // namespace

std::size_t width(const std::string& text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') {
            while (i < text.size() && text[i] != 'm') ++i;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            ++count;
        }
    }
    return count;
}

std::vector<std::size_t> Table::widths() const {
    std::vector<std::size_t> widths(columns_.size());
    const auto stretch = [&](const Cells& cells) {
        for (std::size_t c = 0; c < cells.size(); ++c) widths[c] = std::max(widths[c], width(cells[c]));
    };
    for (const Cells& cells : head_lines(columns_)) stretch(cells);
    for (const Cells& cells : rows_) stretch(cells);
    if (total_) stretch(*total_);
    return widths;
}

std::string Table::text() const {
    const std::vector<std::size_t> wide = widths();
    Cells rule;
    for (std::size_t w : wide) rule.emplace_back(w, '-');
    std::string out;
    for (const Cells& cells : head_lines(columns_)) out += line(cells, columns_, wide);
    out += line(rule, columns_, wide);
    for (const Cells& cells : rows_) out += line(cells, columns_, wide);
    if (total_) out += line(rule, columns_, wide) + line(*total_, columns_, wide);
    return out;
}

}  // namespace reports
