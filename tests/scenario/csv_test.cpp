#include "sim/scenario/read_csv.hpp"

#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace sim::scenario;
using namespace std::string_literals;
using sim::vocabulary::Problems;
using tests::scenario::said_by;

namespace {

const CsvColumns name_and_calls{{"name", "calls"}, {"note"}};

// Each row as "line: name/calls", the way to see what was understood.
std::vector<std::string> rows(const std::string& text) {
    std::vector<std::string> result;
    Problems problems;
    read_csv("a.csv", text, name_and_calls, problems, [&result](const CsvRow& row) {
        result.push_back(std::to_string(row.line) + ": " + row.fields[0] + "/" + row.fields[1] +
                         (row.has(2) ? "/" + row.fields[2] : ""));
    });
    problems.throw_if_any(sim::vocabulary::Exit::input_data);
    return result;
}

std::string said(const std::string& text) {
    return said_by([&text] { rows(text); });
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("rows are read in any column order, with what is not wanted left out", "[scenario]") {
    CHECK(rows("name,calls\nams,1\nsea,2\n") == Rows{"2: ams/1", "3: sea/2"});
    CHECK(rows("Calls,other,NAME,note\n1,x,ams,n\n") == Rows{"2: ams/1/n"});
}

TEST_CASE("a byte-order mark, CRLF, #TYPE, blank lines and a missing last line end are all fine",
          "[scenario]") {
    CHECK(rows("\xEF\xBB\xBFname,calls\r\nams,1\r\n") == Rows{"2: ams/1"});
    CHECK(rows("\xEF\xBB\xBF#TYPE System.Object\r\n\"name\",\"calls\"\r\n\"ams\",\"1\"") == Rows{"3: ams/1"});
    CHECK(rows("name,calls\n\n  \nams,1\n\n") == Rows{"4: ams/1"});
}

TEST_CASE("a quoted field may hold commas, quotes and line ends", "[scenario]") {
    CHECK(rows("name,calls\n\"Tran, Bram\",1\n") == Rows{"2: Tran, Bram/1"});
    CHECK(rows("name,calls\n\"Bram \"\"B\"\" Tran\",1\n") == Rows{"2: Bram \"B\" Tran/1"});
    CHECK(rows("name,calls\n\"two\nlines\",1\nsea,2\n") == Rows{"2: two\nlines/1", "4: sea/2"});
    CHECK(rows("name,calls\n\"=cmd|' /C calc'!A0\",1\n") == Rows{"2: =cmd|' /C calc'!A0/1"});
}

TEST_CASE("a place is exact behind quoted commas, line ends and letters of two bytes", "[scenario]") {
    std::string place;
    Problems problems;
    read_csv("a.csv", "note,name,calls\n\"ä,\nö\",\"x,\"\"y\",1\n", name_and_calls, problems,
             [&](const CsvRow& row) {
                 for (std::size_t i = 0; i < 3; ++i)
                     place +=
                         std::to_string(row.place(i).line) + ":" + std::to_string(row.place(i).column) + " ";
             });
    CHECK(place == "3:4 3:12 2:1 ");
}

TEST_CASE("a file without rows says so", "[scenario]") {
    CHECK(said("") == "a.csv: error[E304]: the file is empty – must be a header and at least one row");
    CHECK(said("#TYPE X\n") == "a.csv: error[E304]: the file is empty – must be a header and at least one row");
    CHECK(said("name,calls\n") ==
          "a.csv: error[E304]: no data rows (found only the header) – must be a header and at least one row");
}

TEST_CASE("other encodings are named", "[scenario]") {
    CHECK(said("\xFF\xFEn\0a\0"s) ==
          "a.csv: error[E300]: looks like UTF-16 – must be UTF-8 – save the file as UTF-8");
    CHECK(said("name,calls\nZ\xFC rich,1\n") ==
          "a.csv:2: error[E300]: byte 0xFC at line 2 is not UTF-8; the file looks like Windows-1252 – must be "
          "UTF-8 "
          "– save the file as UTF-8");
    CHECK(said("name,calls\na\0b,1\n"s) ==
          "a.csv:2:2: error[E301]: contains a NUL byte at offset 12 – must be text – is this a binary file?");
    CHECK(said("name,calls\rams,1\r") ==
          "a.csv:1:11: error[E302]: a carriage return stands without a line feed – lines must end in LF or "
          "CRLF – save "
          "the file with Windows or Unix line ends");
}

TEST_CASE("a line over 1 MiB is refused", "[scenario]") {
    CHECK(said("name,calls\n" + std::string((1 << 20) + 1, 'x')) ==
          "a.csv:2: error[E303]: line longer than 1 MiB – must be a table with one row a line – is this a CSV "
          "file?");
    CHECK(rows("name,calls\n" + std::string(1 << 19, 'x') + ",1\n").size() == 1);
}

TEST_CASE("ragged rows are all reported", "[scenario]") {
    CHECK(said("name,calls\nams\nsea,2\nber,3,4\n") ==
          "a.csv:2: error[E305]: row 1 has 1 field, header has 2\n"
          "a.csv:4: error[E305]: row 3 has 3 fields, header has 2 – a text that contains a comma needs quotes "
          "around it");
}

TEST_CASE("another separator is guessed from the header", "[scenario]") {
    CHECK(said("name;calls\nams;1,5\n") ==
          "a.csv:1: error[E306]: header has one column \"name;calls\" – columns must be separated by commas – "
          "the "
          "separator seems to be ';'; save the file with commas and decimal points");
    CHECK(said("name\tcalls\n") ==
          "a.csv:1: error[E306]: header has one column \"name\\x09calls\" – columns must be separated by "
          "commas – the "
          "separator seems to be a tab; save the file with commas and decimal points");
}

TEST_CASE("another separator is guessed from a header with quotes around its fields too", "[scenario]") {
    const auto refused = [](const std::string& separator) {
        return "a.csv:1: error[E306]: header has one column \"name" + separator +
               "calls\" – columns must be separated by commas – the separator seems to be " +
               (separator == ";" ? "';'" : "a tab") + "; save the file with commas and decimal points";
    };
    CHECK(said("\"name\";\"calls\"\r\n\"ams\";\"1,5\"\r\n") == refused(";"));
    CHECK(said("\"name\" ;\"calls\"\n") ==
          "a.csv:1: error[E306]: header has one column \"name ;calls\" – columns must be separated by commas – "
          "the separator seems to be ';'; save the file with commas and decimal points");
    CHECK(said("name;\"calls\"\n") == refused(";"));
    CHECK(said("\"name\"\t\"calls\"\n").find("the separator seems to be a tab") != std::string::npos);
    CHECK(said("name\t\"calls\"\n").find("the separator seems to be a tab") != std::string::npos);
    CHECK(said("#TYPE X\n\"name\";\"calls\"\n").substr(0, 20) == "a.csv:2: error[E306]");
}

TEST_CASE("a semicolon inside the quotes of a header, or in a row, is no separator", "[scenario]") {
    CHECK(said("\"na;me\"x,calls\n") ==
          "a.csv:1:8: error[E309]: text after a closing quote – put quotes around the whole field and write "
          "\"\" for a quote inside it");
    CHECK(said("name,calls\n\"ams\";\"1\"\n").substr(0, 27) == "a.csv:2:6: error[E309]: tex");
}

TEST_CASE("columns that are missing or stand twice are named", "[scenario]") {
    CHECK(said("nmae,calls\nams,1\n") ==
          "a.csv:1: error[E308]: missing column \"name\" – needed are name, calls – is it meant by \"nmae\"?");
    CHECK(said("name,calls,Name\nams,1,sea\n") ==
          "a.csv:1:12: error[E307]: column \"Name\" stands twice in the header (columns 1 and 3) – remove or "
          "rename one "
          "of them");
    CHECK(said(std::string(2000, ',') + "\n") ==
          "a.csv:1: error[E306]: header has 2001 columns – must be at most 1000");
}

TEST_CASE("an unclosed quote is reported where it opens", "[scenario]") {
    const std::string help = R"( – put quotes around the whole field and write "" for a quote inside it)";
    CHECK(said("name,calls\nams,1\nber,\"2\nsea,3\n") ==
          "a.csv:3:5: error[E309]: the quote that opens here is never closed" + help);
    CHECK(said("name,calls\n\"ams,1\nber,2\n\"sea\",3\n") ==
          "a.csv:2:1: error[E309]: the quote that opens here ends inside line 4 – a closing quote must be "
          "followed by a "
          "comma or the line's end" +
              help);
    std::string long_quote = "name,calls\n\"";
    for (int i = 0; i < 200'000; ++i) long_quote += "ams,1\n";
    CHECK(said(long_quote) == "a.csv:2:1: error[E309]: the quote that opens here is never closed" + help);
}

TEST_CASE("a stray quote has its line and column", "[scenario]") {
    const std::string help = R"( – put quotes around the whole field and write "" for a quote inside it)";
    CHECK(said("name,calls\nBram \"B\" Tran,1\n") ==
          "a.csv:2:6: error[E309]: quote inside a field that has none around it" + help);
    CHECK(said("name,calls\n\"ams\"x,1\n") == "a.csv:2:6: error[E309]: text after a closing quote" + help);
}
