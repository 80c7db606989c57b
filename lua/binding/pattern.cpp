#include "lua/binding/pattern.hpp"

#include <stdexcept>

namespace lua::binding {

namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t captures_max = 32;
constexpr int depth_max = 200;
constexpr std::uint64_t charged_at_once = 256;

[[noreturn]] void malformed(const char* what) {
    throw std::invalid_argument(what);
}

bool lower(unsigned char c) {
    return c >= 'a' && c <= 'z';
}
bool upper(unsigned char c) {
    return c >= 'A' && c <= 'Z';
}
bool digit(unsigned char c) {
    return c >= '0' && c <= '9';
}
bool space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool graphic(unsigned char c) {
    return c > ' ' && c < 0x7f;
}

bool in_class(unsigned char c, unsigned char name) {
    const unsigned char small = static_cast<unsigned char>(upper(name) ? name + ('a' - 'A') : name);
    bool in = false;
    switch (small) {
        case 'a':
            in = lower(c) || upper(c);
            break;
        case 'c':
            in = c < ' ' || c == 0x7f;
            break;
        case 'd':
            in = digit(c);
            break;
        case 'g':
            in = graphic(c);
            break;
        case 'l':
            in = lower(c);
            break;
        case 'p':
            in = graphic(c) && !lower(c) && !upper(c) && !digit(c);
            break;
        case 's':
            in = space(c);
            break;
        case 'u':
            in = upper(c);
            break;
        case 'w':
            in = lower(c) || upper(c) || digit(c);
            break;
        case 'x':
            in = digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            break;
        default:
            return name == c;
    }
    return upper(name) ? !in : in;
}

// One attempt at one start. Positions are indices; `none` says no match.
class Attempt {
public:
    Attempt(std::string_view subject, std::string_view pattern, const Pattern::Charge& charge)
        : subject_(subject), pattern_(pattern), charge_(charge) {}

    std::size_t match(std::size_t s, std::size_t p) {
        if (++depth_ > depth_max) malformed("pattern too complex");
        const std::size_t end = match_here(s, p);
        --depth_;
        return end;
    }

    void settle() {  // pays what is not yet paid
        charge_(steps_);
        steps_ = 0;
    }
    void forget() { open_.clear(); }

    std::vector<Capture> captures() const {
        std::vector<Capture> all;
        for (const Open& open : open_) {
            if (!open.closed) malformed("unfinished capture");
            all.push_back(open.capture);
        }
        return all;
    }

private:
    struct Open {
        Capture capture;
        bool closed = false;
    };

    void pay() {
        if (++steps_ >= charged_at_once) settle();
    }
    char at(std::size_t p) const { return p < pattern_.size() ? pattern_[p] : '\0'; }

    std::size_t match_here(std::size_t s, std::size_t p) {
        while (p < pattern_.size()) {
            pay();
            switch (pattern_[p]) {
                case '(':
                    return at(p + 1) == ')' ? start(s, p + 2, true) : start(s, p + 1, false);
                case ')':
                    return end(s, p + 1);
                case '$':
                    if (p + 1 == pattern_.size()) return s == subject_.size() ? s : none;
                    break;
                case '%':
                    if (at(p + 1) == 'b') {
                        s = balanced(s, p + 2);
                        if (s == none) return none;
                        p += 4;
                        continue;
                    }
                    if (at(p + 1) == 'f') {
                        if (!frontier(s, p)) return none;
                        continue;
                    }
                    if (digit(static_cast<unsigned char>(at(p + 1)))) {
                        s = back_reference(s, at(p + 1));
                        if (s == none) return none;
                        p += 2;
                        continue;
                    }
                    break;
                default:
                    break;
            }
            const std::size_t next = class_end(p);
            switch (at(next)) {
                case '?': {
                    if (single(s, p, next)) {
                        const std::size_t with = match(s + 1, next + 1);
                        if (with != none) return with;
                    }
                    p = next + 1;
                    continue;
                }
                case '+':
                    return single(s, p, next) ? most(s + 1, p, next) : none;
                case '*':
                    return most(s, p, next);
                case '-':
                    return fewest(s, p, next);
                default:
                    break;
            }
            if (!single(s, p, next)) return none;
            ++s;
            p = next;
        }
        return s;
    }

    std::size_t class_end(std::size_t p) const {
        const char first = pattern_[p++];
        if (first == '%') {
            if (p >= pattern_.size()) malformed("malformed pattern (ends with '%')");
            return p + 1;
        }
        if (first != '[') return p;
        if (at(p) == '^') ++p;
        do {  // look for ']', but not as the first of the set
            if (p >= pattern_.size()) malformed("malformed pattern (missing ']')");
            if (pattern_[p++] == '%') ++p;
        } while (p >= pattern_.size() || pattern_[p] != ']');
        return p + 1;
    }

    bool in_set(unsigned char c, std::size_t p, std::size_t last) const {  // last: of the ']'
        bool wanted = true;
        if (at(p + 1) == '^') {
            wanted = false;
            ++p;
        }
        while (++p < last) {
            const unsigned char here = static_cast<unsigned char>(pattern_[p]);
            if (here == '%') {
                if (in_class(c, static_cast<unsigned char>(at(++p)))) return wanted;
            } else if (at(p + 1) == '-' && p + 2 < last) {
                if (here <= c && c <= static_cast<unsigned char>(pattern_[p + 2])) return wanted;
                p += 2;
            } else if (here == c) {
                return wanted;
            }
        }
        return !wanted;
    }

    bool single(std::size_t s, std::size_t p, std::size_t next) {
        pay();
        if (s >= subject_.size()) return false;
        const unsigned char c = static_cast<unsigned char>(subject_[s]);
        switch (pattern_[p]) {
            case '.':
                return true;
            case '%':
                return in_class(c, static_cast<unsigned char>(pattern_[p + 1]));
            case '[':
                return in_set(c, p, next - 1);
            default:
                return static_cast<unsigned char>(pattern_[p]) == c;
        }
    }

    std::size_t most(std::size_t s, std::size_t p, std::size_t next) {
        std::size_t count = 0;
        while (single(s + count, p, next)) ++count;
        for (;; --count) {
            const std::size_t end_at = match(s + count, next + 1);
            if (end_at != none || count == 0) return end_at;
        }
    }

    std::size_t fewest(std::size_t s, std::size_t p, std::size_t next) {
        for (;; ++s) {
            const std::size_t end_at = match(s, next + 1);
            if (end_at != none) return end_at;
            if (!single(s, p, next)) return none;
        }
    }

    std::size_t start(std::size_t s, std::size_t p, bool is_position) {
        if (open_.size() >= captures_max) malformed("too many captures");
        open_.push_back({{s, 0, is_position}, is_position});
        const std::size_t end_at = match(s, p);
        if (end_at == none) open_.pop_back();
        return end_at;
    }

    std::size_t end(std::size_t s, std::size_t p) {
        std::size_t level = open_.size();
        while (level > 0 && open_[level - 1].closed) --level;
        if (level == 0) malformed("invalid pattern capture");
        open_[level - 1].capture.length = s - open_[level - 1].capture.from;
        open_[level - 1].closed = true;
        const std::size_t end_at = match(s, p);
        if (end_at == none) open_[level - 1].closed = false;
        return end_at;
    }

    std::size_t balanced(std::size_t s, std::size_t p) {
        if (p + 1 >= pattern_.size()) malformed("malformed pattern (missing arguments to '%b')");
        if (s >= subject_.size() || subject_[s] != pattern_[p]) return none;
        int open = 1;
        while (++s < subject_.size()) {
            pay();
            if (subject_[s] == pattern_[p + 1]) {
                if (--open == 0) return s + 1;
            } else if (subject_[s] == pattern_[p]) {
                ++open;
            }
        }
        return none;
    }

    bool frontier(std::size_t s, std::size_t& p) {
        p += 2;
        if (at(p) != '[') malformed("missing '[' after '%f' in pattern");
        const std::size_t next = class_end(p);
        const auto byte = [&](std::size_t i) {
            return static_cast<unsigned char>(i < subject_.size() ? subject_[i] : 0);
        };
        const bool before = in_set(s == 0 ? 0 : byte(s - 1), p, next - 1);
        const bool here = in_set(byte(s), p, next - 1);
        p = next;
        return !before && here;
    }

    std::size_t back_reference(std::size_t s, char name) {
        const std::size_t level = static_cast<std::size_t>(name - '1');
        if (name == '0' || level >= open_.size() || !open_[level].closed)
            malformed("invalid capture index in pattern");
        if (open_[level].capture.is_position) return none;  // a place is no text
        const Capture& capture = open_[level].capture;
        steps_ += capture.length / 16;
        if (subject_.size() - s < capture.length) return none;
        const bool equal =
            subject_.compare(s, capture.length, subject_.substr(capture.from, capture.length)) == 0;
        return equal ? s + capture.length : none;
    }

    std::string_view subject_;
    std::string_view pattern_;
    const Pattern::Charge& charge_;
    std::vector<Open> open_;
    std::uint64_t steps_ = 0;
    int depth_ = 0;
};

}  // namespace

Pattern::Pattern(std::string_view text, Charge charge)
    : text_(text), anchored_(!text.empty() && text.front() == '^'), charge_(std::move(charge)) {
    if (anchored_) text_.remove_prefix(1);
}

std::optional<Match> Pattern::find(std::string_view subject, std::size_t from) const {
    Attempt attempt(subject, text_, charge_);
    for (std::size_t start = from; start <= subject.size(); ++start) {
        attempt.forget();
        const std::size_t end = attempt.match(start, 0);
        if (end != none) {
            attempt.settle();
            return Match{start, end, attempt.captures()};
        }
        if (anchored_) break;
    }
    attempt.settle();
    return std::nullopt;
}

}  // namespace lua::binding
