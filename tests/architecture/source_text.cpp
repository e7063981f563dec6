// SPDX-License-Identifier: MIT
#include "source_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace isopleth::architecture {

namespace {

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

std::size_t line_at(const std::string& text, std::size_t position) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

/// The quote of 1'000: what stands before it is a number, and no prefix as in U'a'.
bool is_separator(const std::string& text, std::size_t position) {
    std::size_t first = position;
    while (first > 0 && (is_word(text[first - 1]) || text[first - 1] == '\'')) --first;
    return first < position && std::isdigit(static_cast<unsigned char>(text[first])) != 0;
}

void blank(std::string& text, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
        if (text[i] != '\n') text[i] = ' ';
    }
}

std::size_t end_of(const std::string& text, std::string_view closing, std::size_t from) {
    const std::size_t found = text.find(closing, from);
    return found == std::string::npos ? text.size() : found + closing.size();
}

/// Behind the closing quote of the literal that opens at `from`.
std::size_t end_of_literal(const std::string& text, std::size_t from) {
    if (text[from] == '"' && from > 0 && text[from - 1] == 'R') {
        const std::size_t bracket = text.find('(', from);
        if (bracket == std::string::npos) return text.size();
        return end_of(text, ")" + text.substr(from + 1, bracket - from - 1) + "\"", bracket);
    }
    for (std::size_t i = from + 1; i < text.size() && text[i] != '\n'; ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == text[from]) {
            return i + 1;
        }
    }
    return text.size();
}

std::string without_comments(const std::string& text, bool keep_literals) {
    std::string code = text;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (text.compare(i, 2, "//") == 0) {
            end = std::min(text.find('\n', i), text.size());
            blank(code, i, end);
        } else if (text.compare(i, 2, "/*") == 0) {
            end = end_of(text, "*/", i + 2);
            blank(code, i, end);
        } else if (text[i] == '"' || (text[i] == '\'' && !is_separator(text, i))) {
            end = end_of_literal(text, i);
            const bool is_raw = i > 0 && text[i - 1] == 'R';
            if (is_raw || !keep_literals) blank(code, i + 1, end - 1);
        }
        i = end;
    }
    return code;
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::string word_before(const std::string& text, std::size_t position) {
    while (position > 0 && text[position - 1] == ' ') --position;
    std::size_t first = position;
    while (first > 0 && (is_word(text[first - 1]) || text[first - 1] == ':' || text[first - 1] == '~'))
        --first;
    return text.substr(first, position - first);
}

/// Behind the bracket that closes the one at `from`.
std::size_t end_of_group(const std::string& text, std::size_t from) {
    int depth = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return i + 1;
    }
    return text.size();
}

struct Group {
    std::size_t first = std::string::npos;
    std::size_t end = 0;
    std::string name;
};

/// The parameter list of a declaration: its first brackets outside <...> that no keyword owns.
Group parameters_of(const std::string& declaration) {
    constexpr std::array kOwners{"decltype", "explicit", "noexcept", "alignas", "requires", "__attribute__"};
    int angles = 0;
    for (std::size_t i = 0; i < declaration.size(); ++i) {
        if (declaration.compare(i, 2, "[[") == 0) i = end_of(declaration, "]]", i);
        if (i >= declaration.size()) break;
        const char letter = declaration[i];
        if (declaration.compare(i, 8, "operator") == 0 && (i == 0 || !is_word(declaration[i - 1]))) {
            std::size_t open = declaration.find('(', i);
            if (open != std::string::npos && declaration.compare(open, 2, "()") == 0 &&
                trimmed(declaration.substr(i + 8, open - i - 8)).empty())
                open = declaration.find('(', open + 2);
            if (open == std::string::npos) return {};
            return {open, end_of_group(declaration, open), trimmed(declaration.substr(i, open - i))};
        }
        if (letter == '<' && i > 0 && (is_word(declaration[i - 1]) || declaration[i - 1] == ' ')) ++angles;
        if (letter == '>' && angles > 0 && declaration[i - 1] != '-') --angles;
        if (letter != '(') continue;
        const std::size_t end = end_of_group(declaration, i);
        const std::string owner = word_before(declaration, i);
        if (angles == 0 && !owner.empty() &&
            std::find(kOwners.begin(), kOwners.end(), owner) == kOwners.end())
            return {i, end, owner};
        i = end - 1;
    }
    return {};
}

std::size_t count_parameters(const std::string& list) {
    if (trimmed(list).empty() || trimmed(list) == "void") return 0;
    std::size_t count = 1;
    int depth = 0;
    for (const char letter : list) {
        if (std::string_view("(<[{").find(letter) != std::string_view::npos) ++depth;
        if (std::string_view(")>]}").find(letter) != std::string_view::npos) --depth;
        if (letter == ',' && depth == 0) ++count;
    }
    return count;
}

bool has_word(const std::string& text, const std::string& word) {
    return !lines_with_word(text, word).empty();
}

/// Has an = that makes it a variable: outside brackets, and no part of an operator's name.
bool is_assignment(const std::string& declaration) {
    if (has_word(declaration, "operator")) return false;
    int depth = 0;
    for (const char letter : declaration) {
        if (letter == '(' || letter == '<') ++depth;
        if (letter == ')' || letter == '>') --depth;
        if (letter == '=' && depth <= 0) return true;
    }
    return false;
}

/// A lone colon behind the parameters begins the initialisers of a constructor.
bool has_initialisers(const std::string& rest) {
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] != ':') continue;
        if (rest.compare(i, 2, "::") != 0) return true;
        ++i;
    }
    return false;
}

enum class Opens { kScope, kFunction, kOther };

/// What the { behind a piece of code opens.
Opens what_opens(const std::string& declaration) {
    if (is_assignment(declaration)) return Opens::kOther;
    const Group group = parameters_of(declaration);
    if (group.first == std::string::npos) {
        for (const char* word : {"namespace", "class", "struct", "union", "enum", "extern"}) {
            if (has_word(declaration, word)) return Opens::kScope;
        }
        return Opens::kOther;
    }
    const std::string rest = trimmed(declaration.substr(group.end));
    if (has_initialisers(rest) && rest.back() != ')' && rest.back() != '}') return Opens::kOther;
    return Opens::kFunction;
}

/// Walks through code and notes functions; what stands in brackets or in a function's body opens no scope.
class FunctionReader {
public:
    explicit FunctionReader(const std::string& code) : m_code(code) {}

    std::vector<Function> read() {
        for (m_at = 0; m_at < m_code.size(); ++m_at) {
            const char letter = m_code[m_at];
            if (letter == '(') ++m_brackets;
            if (letter == ')') --m_brackets;
            if (letter == '{') open();
            if (letter == '}') close();
            if (!is_in_scope() || m_brackets > 0) continue;
            if (letter == ';') end_declaration();
            if (letter == ':' && is_access()) m_start = m_at + 1;
        }
        return std::move(m_functions);
    }

private:
    bool is_in_scope() const { return m_open.empty() || m_open.back() == Opens::kScope; }
    std::string declaration() const { return m_code.substr(m_start, m_at - m_start); }
    std::size_t first_line() const {
        return line_at(m_code, std::min(m_code.find_first_not_of(" \t\n", m_start), m_code.size()));
    }
    bool is_access() const {
        const std::string word = trimmed(declaration());
        return word == "public" || word == "private" || word == "protected";
    }

    void open() {
        Opens what = Opens::kOther;
        if (is_in_scope() && m_brackets == 0) what = what_opens(declaration());
        if (what == Opens::kFunction) note(0);
        if (what == Opens::kScope) m_start = m_at + 1;
        m_open.push_back(what);
    }

    void close() {
        if (m_open.empty()) return;
        const Opens what = m_open.back();
        m_open.pop_back();
        if (what == Opens::kFunction)
            m_functions.back().lines = line_at(m_code, m_at) - m_functions.back().line + 1;
        if (what != Opens::kOther) m_start = m_at + 1;
    }

    void end_declaration() {
        if (has_word(declaration(), "virtual")) note(0);
        m_start = m_at + 1;
    }

    void note(std::size_t lines) {
        const std::string text = declaration();
        const Group group = parameters_of(text);
        if (group.first == std::string::npos) return;
        const std::string list = text.substr(group.first + 1, group.end - group.first - 2);
        m_functions.push_back({group.name, first_line(), lines, count_parameters(list)});
    }

    const std::string& m_code;
    std::vector<Opens> m_open;
    std::vector<Function> m_functions;
    std::size_t m_at = 0;
    std::size_t m_start = 0;
    int m_brackets = 0;
};

}  // namespace

std::string code_of(const std::string& text) {
    std::string code = without_comments(text, false);
    for (std::size_t start = 0; start < code.size();) {
        std::size_t end = std::min(code.find('\n', start), code.size());
        const std::size_t first = code.find_first_not_of(" \t", start);
        if (first < end && code[first] == '#') {
            while (end < code.size() && code[end - 1] == '\\')
                end = std::min(code.find('\n', end + 1), code.size());
            blank(code, start, end);
        }
        start = end + 1;
    }
    return code;
}

std::vector<Include> includes_of(const std::string& text) {
    const std::string visible = without_comments(text, true);
    std::vector<Include> includes;
    for (std::size_t start = 0, line = 1; start < visible.size(); ++line) {
        const std::size_t end = std::min(visible.find('\n', start), visible.size());
        const std::string row = trimmed(visible.substr(start, end - start));
        start = end + 1;
        if (!row.starts_with('#')) continue;
        const std::string rest = trimmed(row.substr(1));
        if (!rest.starts_with("include")) continue;
        const std::size_t open = rest.find_first_of("<\"");
        if (open == std::string::npos) continue;
        const std::size_t close = rest.find(rest[open] == '<' ? '>' : '"', open + 1);
        includes.push_back({rest.substr(open + 1, close - open - 1), rest[open] == '"', line});
    }
    return includes;
}

std::vector<Function> functions_of(const std::string& text) {
    const std::string code = code_of(text);
    return FunctionReader(code).read();
}

std::vector<std::size_t> lines_with_word(const std::string& code, const std::string& word) {
    std::vector<std::size_t> lines;
    for (std::size_t at = code.find(word); at != std::string::npos; at = code.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if (at > 0 && is_word(code[at - 1])) continue;
        if (end < code.size() && is_word(code[end])) continue;
        lines.push_back(line_at(code, at));
    }
    return lines;
}

}  // namespace isopleth::architecture
