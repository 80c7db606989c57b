#include "lua/binding/source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::Exit;
using sim::vocabulary::InputError;
using sim::vocabulary::Problem;

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Reads tokens; what Lua would not accept either is passed over, for Lua itself complains first and better.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::vector<Token> all() {
        while (at_ < text_.size()) step();
        return std::move(tokens_);
    }

private:
    char here(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void step() {
        const char c = here();
        if (c == '\n' || c == '\r') return new_line();
        if (c == '-' && here(1) == '-') return comment();
        if (is_letter(c)) return word(Token::Kind::name);
        if (is_digit(c) || (c == '.' && is_digit(here(1)))) return word(Token::Kind::number);
        if (c == '"' || c == '\'') return quoted(c);
        if (c == '[' && long_bracket()) return long_text(Token::Kind::text);
        if (c == ' ' || c == '\t' || c == '\v' || c == '\f') {
            ++at_;
            return;
        }
        symbol();
    }

    void new_line() {  // "\r\n" and "\n\r" are one line end, as Lua counts
        const char first = here();
        ++at_;
        if ((here() == '\n' || here() == '\r') && here() != first) ++at_;
        ++line_;
    }

    void comment() {
        at_ += 2;
        if (here() == '[' && long_bracket()) return long_text(std::nullopt);
        while (at_ < text_.size() && here() != '\n' && here() != '\r') ++at_;
    }

    void word(Token::Kind kind) {
        const std::size_t from = at_;
        while (is_letter(here()) || is_digit(here()) || (kind == Token::Kind::number && here() == '.')) ++at_;
        tokens_.push_back({kind, text_.substr(from, at_ - from), line_});
    }

    void quoted(char quote) {
        const int line = line_;
        const std::size_t from = ++at_;
        while (at_ < text_.size() && here() != quote) {
            if (here() == '\n' || here() == '\r') {
                new_line();
                continue;
            }
            const bool escape = here() == '\\';
            ++at_;
            if (escape && here() != '\n' && here() != '\r') ++at_;
        }
        at_ = std::min(at_, text_.size());
        tokens_.push_back({Token::Kind::text, text_.substr(from, at_ - from), line});
        ++at_;
    }

    bool long_bracket() const {
        std::size_t ahead = 1;
        while (here(ahead) == '=') ++ahead;
        return here(ahead) == '[';
    }

    void long_text(std::optional<Token::Kind> kind) {
        const int line = line_;
        std::string close = "]";
        while (here(close.size()) == '=') close += '=';
        close += ']';
        at_ += close.size();
        const std::size_t from = at_;
        while (at_ < text_.size() && text_.compare(at_, close.size(), close) != 0) {
            if (here() == '\n' || here() == '\r')
                new_line();
            else
                ++at_;
        }
        at_ = std::min(at_, text_.size());
        if (kind) tokens_.push_back({*kind, text_.substr(from, at_ - from), line});
        at_ += close.size();
    }

    void symbol() {
        static constexpr std::string_view pairs[] = {
            "...", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", ".."};
        std::size_t length = 1;
        for (const std::string_view pair : pairs)
            if (length == 1 && text_.compare(at_, pair.size(), pair) == 0) length = pair.size();
        tokens_.push_back({Token::Kind::symbol, text_.substr(at_, length), line_});
        at_ += length;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::vector<Token> tokens_;
};

std::string checked(const std::string& path, std::string bytes, std::size_t bytes_max) {
    const auto refuse = [&](int line, std::string what, std::string expected, std::string help = "") {
        throw InputError(
            Exit::scenario,
            Problem{{path, line, 0}, "E113", std::move(what), std::move(expected), std::move(help)});
    };
    if (bytes.size() > bytes_max)
        refuse(0, fmt::format("the script has {} bytes", bytes.size()),
               fmt::format("must be at most {}", bytes_max),
               "split it with require, or move figures into a CSV file");
    if (!bytes.empty() && bytes.front() == '\x1b') refuse(0, "this is compiled Lua", "must be Lua as text");
    std::string text = std::move(bytes);
    if (text.compare(0, 3, byte_order_mark) == 0) text.erase(0, 3);
    const auto line_at = [&](std::size_t at) {
        return 1 +
               static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    };
    if (const std::size_t nul = text.find('\0'); nul != std::string::npos)
        refuse(line_at(nul), "the script holds a NUL byte", "must be text", "is this a binary file?");
    if (const auto wrong = sim::vocabulary::first_byte_not_utf8(text))
        refuse(line_at(*wrong),
               fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(text[*wrong])),
               "must be text in UTF-8");
    if (text.compare(0, 2, "#!") == 0) text.replace(0, text.find_first_of("\r\n"), "");
    return text;
}

bool is(const Token& token, std::string_view symbol) {
    return token.kind == Token::Kind::symbol && token.text == symbol;
}

}  // namespace

Source::Source(std::string path, std::string bytes, std::size_t bytes_max)
    : path_(std::move(path)),
      text_(checked(path_, std::move(bytes), bytes_max)),
      tokens_(Scanner(text_).all()) {}

std::string Source::line(int number) const {
    std::size_t from = 0;
    for (int i = 1; i < number && from != std::string::npos; ++i) {
        from = text_.find('\n', from);
        if (from != std::string::npos) ++from;
    }
    if (from == std::string::npos) return "";
    const std::size_t first = text_.find_first_not_of(" \t", from);
    if (first == std::string::npos) return "";
    const std::string rest = text_.substr(first, text_.find_first_of("\r\n", first) - first);
    return rest.substr(0, rest.find_last_not_of(" \t") + 1);
}

void Source::refuse_unsafe() const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const Token& token = tokens_[i];
        const sim::vocabulary::Place place{path_, token.line, 0};
        if (is(token, "^"))
            throw InputError(
                Exit::scenario,
                Problem{place, "E114", "the operator ^ is not available in scenarios", "",
                        "its last bits differ between machines; write x * x, or math.exp(y * math.log(x))"});
        if (i > 0 && i + 1 < tokens_.size() && token.text == "close" && is(tokens_[i - 1], "<") &&
            is(tokens_[i + 1], ">"))
            throw InputError(Exit::scenario,
                             Problem{place, "E114", "<close> variables are not available in scenarios", "",
                                     "use a plain local"});
    }
}

int Source::line_of_key(int first, const std::vector<std::string>& path) const {
    std::size_t wanted = 0;
    int depth = 0;
    int found = first;
    for (std::size_t i = 0; i < tokens_.size() && wanted < path.size(); ++i) {
        const Token& token = tokens_[i];
        if (token.line < first) continue;
        if (is(token, "{") || is(token, "(")) ++depth;
        if ((is(token, "}") || is(token, ")")) && --depth < 0) break;
        if (depth == 0 && token.line > first && !is(token, "}") && !is(token, ")"))
            break;  // the next statement
        const bool bracketed =
            token.kind == Token::Kind::text && i + 2 < tokens_.size() && is(tokens_[i + 1], "]");
        const std::size_t next = bracketed ? i + 2 : i + 1;
        if (token.kind != Token::Kind::name && !bracketed) continue;
        if (token.text != path[wanted] || next >= tokens_.size() || !is(tokens_[next], "=")) continue;
        found = token.line;
        ++wanted;
    }
    return found;
}

std::vector<std::string> Source::declared() const {
    std::vector<std::string> names;
    bool listing = false;  // inside `local a, b`, `for a, b` or `function name(a, b)`
    for (const Token& token : tokens_) {
        const bool keyword = token.text == "local" || token.text == "for" || token.text == "function";
        if (token.kind == Token::Kind::name && keyword)
            listing = true;
        else if (listing && token.kind == Token::Kind::name && token.text != "in")
            names.emplace_back(token.text);
        else if (!is(token, ",") && !is(token, "(") && !is(token, ".") && !is(token, ":"))
            listing = false;
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace lua::binding
