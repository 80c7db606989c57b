#include "sim/scenario/read_csv.hpp"

#include "sim/scenario/text_file.hpp"
#include "sim/vocabulary/letters.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <map>
#include <new>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::lowered;
using vocabulary::Place;
using vocabulary::Problems;
using vocabulary::quoted;

namespace {

constexpr std::size_t line_max = 1 << 20;
constexpr std::size_t columns_max = 1000;
constexpr std::size_t buffer_step = 1 << 16;

// Where the field number `column` of the row at the start of `text` begins. The text was or is being read by
// libcsv in strict mode, so each quote opens or closes and none stands for itself alone.
std::size_t field_offset(std::string_view text, std::size_t column) {
    bool in_quotes = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size() && column > 0; ++i) {
        if (text[i] == '"') in_quotes = !in_quotes;
        if (text[i] != ',' || in_quotes) continue;
        begin = i + 1;
        --column;
    }
    return begin;
}

// Where the last field of this beginning of a row begins, after blanks.
std::size_t last_field_offset(std::string_view text) {
    std::size_t begin = field_offset(text, text.size());
    while (begin < text.size() && vocabulary::is_blank(text[begin])) ++begin;
    return begin;
}

bool is_empty_line(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == line.npos;
}

class Splitter {
public:
    Splitter() {
        if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc{};
        csv_set_blk_size(&parser_, buffer_step);
    }
    ~Splitter() { csv_free(&parser_); }
    Splitter(const Splitter&) = delete;
    Splitter& operator=(const Splitter&) = delete;

    csv_parser* parser() { return &parser_; }

private:
    csv_parser parser_{};
};

// libcsv calls back for each field and each end of a row. The callbacks only take notes: what follows from them
// may throw, and no exception should cross the library.
class CsvReader {
public:
    CsvReader(const std::string& name, std::string_view bytes, const CsvColumns& wanted, Problems& problems,
              const std::function<void(const CsvRow&)>& take)
        : name_(name), text_(text_of(name, bytes)), wanted_(wanted), problems_(problems), take_(take) {
        row_.file = name;
    }

    void read() {
        skip_type_line();
        while (at_ < text_.size()) {
            const std::string_view line = line_at(text_, at_);
            refuse_long(line);
            feed(line);
            at_ += line.size();
            ++line_;
        }
        finish();
    }

private:
    static void field_done(void* bytes, std::size_t length, void* self) {
        static_cast<CsvReader*>(self)->take_field({static_cast<const char*>(bytes), length});
    }
    static void row_done(int, void* self) { static_cast<CsvReader*>(self)->row_ended_ = true; }

    // Export-Csv writes it unless told not to.
    void skip_type_line() {
        if (!text_.starts_with("#TYPE")) return;
        at_ = line_at(text_, 0).size();
        ++line_;
    }

    void refuse_long(std::string_view line) const {
        if (line.size() > line_max)
            throw InputError(Exit::input_data, {Place{name_, line_}, "E303", "line longer than 1 MiB",
                                                "must be a table with one row a line", "is this a CSV file?"});
        if (row_open_ && at_ + line.size() - row_offset_ > line_max) refuse_open_quote();
    }

    void feed(std::string_view line) {
        if (!row_open_) begin_row();
        const std::size_t used =
            csv_parse(splitter_.parser(), line.data(), line.size(), field_done, row_done, this);
        if (used < line.size()) refuse_at(at_ + used);
        row_open_ = !row_ended_ && (row_open_ || !is_empty_line(line));
        if (row_ended_) end_row();
    }

    void finish() {
        if (csv_fini(splitter_.parser(), field_done, row_done, this) != 0) refuse_open_quote();
        if (row_ended_) end_row();
        if (row_.number > 0) return;
        throw InputError(
            Exit::input_data,
            {Place{name_}, "E304", columns_ == 0 ? "the file is empty" : "no data rows (found only the header)",
             "must be a header and at least one row", ""});
    }

    void begin_row() {
        row_offset_ = at_;
        row_.line = line_;
        row_.text = text_.substr(at_);
        fields_ = 0;
        row_ended_ = false;
    }

    void take_field(std::string_view field) {
        const std::size_t column = fields_++;
        if (columns_ == 0 && column < columns_max) header_.emplace_back(field);
        if (column < slot_of_column_.size() && slot_of_column_[column] != CsvRow::absent)
            row_.fields[slot_of_column_[column]].assign(field);
    }

    void end_row() {
        row_ended_ = false;
        if (columns_ == 0)
            take_header();
        else
            take_row();
    }

    void take_row() {
        ++row_.number;
        if (fields_ == columns_) return take_(row_);
        const bool too_many = fields_ > columns_;
        problems_.add({Place{name_, row_.line}, "E305",
                       fmt::format("row {} has {} {}, header has {}", row_.number, fields_,
                                   fields_ == 1 ? "field" : "fields", columns_),
                       "", too_many ? "a text that contains a comma needs quotes around it" : ""});
    }

    void take_header() {
        columns_ = fields_;
        refuse_other_separator();
        refuse_too_many_columns();
        const std::map<std::string, std::size_t> columns = columns_by_name();
        slot_of_column_.assign(columns_, CsvRow::absent);
        for (const std::string& column : wanted_.needed) want(column, true, columns);
        for (const std::string& column : wanted_.optional) want(column, false, columns);
        row_.fields.resize(row_.columns.size());
        problems_.throw_if_any(Exit::input_data);
    }

    void refuse_other_separator() const {
        if (columns_ == 1) refuse_separated_by(header_[0], header_[0]);
    }

    // Where `text` holds a separator that is no comma, `header` is refused for it.
    void refuse_separated_by(std::string_view text, std::string_view header) const {
        const std::size_t at = text.find_first_of(";\t");
        if (at == text.npos) return;
        const char* separator = text[at] == ';' ? "';'" : "a tab";
        throw InputError(
            Exit::input_data,
            {Place{name_, row_.line}, "E306", "header has one column " + quoted(header),
             "columns must be separated by commas",
             fmt::format("the separator seems to be {}; save the file with commas and decimal points",
                         separator)});
    }

    // With quotes around its fields such a header breaks off behind one of them: "name";"calls" is wrong at the
    // semicolon, and name;"calls" at the quote.
    void refuse_other_separator_at(std::size_t field, std::size_t offset) const {
        std::size_t behind = field;
        if (text_[field] == '"' && field < offset) {
            behind = offset;
            while (vocabulary::is_blank(text_[behind - 1])) --behind;
        }
        std::string header{vocabulary::trimmed(line_at(text_, row_offset_))};
        std::erase_if(header, [](char letter) { return letter == '"' || letter == '\r' || letter == '\n'; });
        refuse_separated_by(text_.substr(behind, offset + 1 - behind), header);
    }

    void refuse_too_many_columns() const {
        if (columns_ <= columns_max) return;
        throw InputError(Exit::input_data,
                         {Place{name_, row_.line}, "E306", fmt::format("header has {} columns", columns_),
                          fmt::format("must be at most {}", columns_max), ""});
    }

    std::map<std::string, std::size_t> columns_by_name() {
        std::map<std::string, std::size_t> columns;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            const auto [first, is_new] = columns.emplace(lowered(header_[i]), i);
            if (is_new) continue;
            problems_.add({row_.place_of_column(i), "E307",
                           fmt::format("column {} stands twice in the header (columns {} and {})",
                                       quoted(header_[i]), first->second + 1, i + 1),
                           "", "remove or rename one of them"});
        }
        return columns;
    }

    void want(const std::string& column, bool needed, const std::map<std::string, std::size_t>& columns) {
        const auto found = columns.find(lowered(column));
        row_.columns.push_back(found == columns.end() ? CsvRow::absent : found->second);
        if (found != columns.end()) slot_of_column_[found->second] = row_.columns.size() - 1;
        if (found != columns.end() || !needed) return;
        const std::string near = vocabulary::nearest(column, header_);
        problems_.add({Place{name_, row_.line}, "E308", "missing column " + quoted(column),
                       "needed are " + needed_columns(),
                       near.empty() ? "" : "is it meant by " + quoted(near) + "?"});
    }

    std::string needed_columns() const {
        std::string list;
        for (const std::string& column : wanted_.needed) list += (list.empty() ? "" : ", ") + column;
        return list;
    }

    // A quote that is not closed swallows the next rows until their first quote; the person needs the opening
    // one.
    [[noreturn]] void refuse_at(std::size_t offset) {
        if (csv_error(splitter_.parser()) != CSV_EPARSE) throw std::bad_alloc{};
        const std::string_view read = text_.substr(row_offset_, offset - row_offset_);
        const std::size_t field = row_offset_ + last_field_offset(read);
        if (columns_ == 0) refuse_other_separator_at(field, offset);
        const bool is_quoted = text_[field] == '"' && field < offset;
        const Place opening = place_at(name_, text_, field);
        if (is_quoted && opening.line < line_)
            throw InputError(
                Exit::input_data,
                {opening, "E309", fmt::format("the quote that opens here ends inside line {}", line_),
                 "a closing quote must be followed by a comma or the line's end", quote_help});
        throw InputError(Exit::input_data, {place_at(name_, text_, offset), "E309",
                                            is_quoted ? "text after a closing quote"
                                                      : "quote inside a field that has none around it",
                                            "", quote_help});
    }

    [[noreturn]] void refuse_open_quote() const {
        const std::string_view read = text_.substr(row_offset_, at_ - row_offset_);
        throw InputError(Exit::input_data,
                         {place_at(name_, text_, row_offset_ + last_field_offset(read)), "E309",
                          "the quote that opens here is never closed", "", quote_help});
    }

    static constexpr const char* quote_help =
        R"(put quotes around the whole field and write "" for a quote inside it)";

    const std::string& name_;
    std::string_view text_;
    const CsvColumns& wanted_;
    Problems& problems_;
    const std::function<void(const CsvRow&)>& take_;

    Splitter splitter_;
    std::size_t at_ = 0;  // start of the line that is read
    int line_ = 1;
    std::size_t row_offset_ = 0;
    bool row_open_ = false;
    bool row_ended_ = false;
    std::size_t fields_ = 0;   // of this row so far
    std::size_t columns_ = 0;  // of the header; 0: it is not read yet
    std::vector<std::string> header_;
    std::vector<std::size_t> slot_of_column_;
    CsvRow row_;
};

}  // namespace

Place CsvRow::place(std::size_t wanted) const {
    return place_of_column(columns[wanted]);
}

Place CsvRow::place_of_column(std::size_t column) const {
    Place place = place_at(file, text, field_offset(text, column));
    place.line += line - 1;
    return place;
}

void read_csv(const std::string& name, std::string_view bytes, const CsvColumns& columns, Problems& problems,
              const std::function<void(const CsvRow&)>& take) {
    CsvReader(name, bytes, columns, problems, take).read();
}

}  // namespace sim::scenario
