#include "tests/tidy/source.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tests::tidy {

namespace {

// Walks over C++ once and blanks, in two copies of it, what is not text and what is not code.
class Blanker {
public:
    explicit Blanker(std::string_view content) : content_(content), text_(content), code_(content) {}

    void run() {
        while (at_ < content_.size()) {
            if (starts("//")) {
                blank_comment(content_.find('\n', at_));
            } else if (starts("/*")) {
                const auto close = content_.find("*/", at_ + 2);
                blank_comment(close == std::string_view::npos ? close : close + 2);
            } else if (starts("R\"") && (at_ == 0 || !in_identifier(content_[at_ - 1]))) {
                raw_string();
            } else if (content_[at_] == '"') {
                literal('"');
            } else if (content_[at_] == '\'' && !separates_digits()) {
                literal('\'');
            } else {
                ++at_;
            }
        }
    }

    const std::string& text() const { return text_; }
    const std::string& code() const { return code_; }

private:
    bool starts(std::string_view what) const { return content_.substr(at_, what.size()) == what; }

    // 1'000'000, and not u8'x': the token before begins with a digit.
    bool separates_digits() const {
        std::size_t begin = at_;
        while (begin > 0 && (in_identifier(content_[begin - 1]) || content_[begin - 1] == '\'')) --begin;
        return begin < at_ && content_[begin] >= '0' && content_[begin] <= '9';
    }

    static void blank(std::string& view, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (view[i] != '\n') view[i] = ' ';
        }
    }

    void blank_comment(std::size_t end) {
        end = std::min(end, content_.size());
        blank(text_, at_, end);
        blank(code_, at_, end);
        at_ = end;
    }

    void literal(char quote) {
        const std::size_t inside = ++at_;
        while (at_ < content_.size() && content_[at_] != quote && content_[at_] != '\n') {
            at_ += content_[at_] == '\\' ? 2 : 1;
        }
        at_ = std::min(at_, content_.size());
        blank(code_, inside, at_);
        if (at_ < content_.size()) ++at_;
    }

    void raw_string() {
        const auto open = content_.find('(', at_);
        if (open == std::string_view::npos) {
            at_ = content_.size();
            return;
        }
        const std::string close = ")" + std::string(content_.substr(at_ + 2, open - at_ - 2)) + "\"";
        const auto end = std::min(content_.find(close, open), content_.size());
        blank(code_, open + 1, end);
        at_ = std::min(end + close.size(), content_.size());
    }

    std::string_view content_;
    std::string text_;
    std::string code_;
    std::size_t at_ = 0;
};

std::vector<std::string> split_lines(std::string_view content) {
    std::vector<std::string> lines;
    while (!content.empty()) {
        const auto end = content.find('\n');
        lines.emplace_back(content.substr(0, end));
        content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    }
    return lines;
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Empty where git is not there, or the folder is not its own.
std::vector<std::string> paths_by_git(const std::string& root) {
    std::string quoted = "'";
    for (const char c : root) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    quoted += "'";
    const std::string command =
        "git -C " + quoted + " ls-files -z --cached --others --exclude-standard 2>/dev/null";
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    std::vector<std::string> paths(1);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        if (c == 0) {
            paths.emplace_back();
        } else {
            paths.back() += static_cast<char>(c);
        }
    }
    paths.pop_back();
    return pclose(pipe) == 0 ? paths : std::vector<std::string>{};
}

std::vector<std::string> paths_by_walk(const std::filesystem::path& root) {
    std::vector<std::string> paths;
    for (std::filesystem::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
        const std::string name = entry->path().filename().string();
        if (entry->is_directory() &&
            (name == ".git" || name == ".cache" || (entry.depth() == 0 && name == "build"))) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            paths.push_back(std::filesystem::relative(entry->path(), root).generic_string());
        }
    }
    return paths;
}

bool ends_with_any(const std::string& path, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return path.ends_with(end); });
}

}  // namespace

Source read_source(std::string path, std::string_view content) {
    Blanker blanker(content);
    blanker.run();
    const auto raw = split_lines(content);
    const auto text = split_lines(blanker.text());
    const auto code = split_lines(blanker.code());
    Source source{std::move(path), {}};
    for (std::size_t i = 0; i < raw.size(); ++i) source.lines.push_back({raw[i], text[i], code[i]});
    return source;
}

std::vector<Source> read_project(const std::string& root) {
    auto paths = paths_by_git(root);
    if (paths.empty()) paths = paths_by_walk(root);
    if (paths.empty()) throw std::runtime_error("there is nothing to read in " + root);
    std::sort(paths.begin(), paths.end());
    std::vector<Source> project;
    for (const std::string& path : paths) {
        const std::string content = content_of(std::filesystem::path(root) / path);
        if (content.find('\0') == std::string::npos) project.push_back(read_source(path, content));
    }
    return project;
}

bool is_cpp(const Source& source) {
    return ends_with_any(source.path, {".cpp", ".hpp"});
}
bool is_header(const Source& source) {
    return source.path.ends_with(".hpp");
}

}  // namespace tests::tidy
