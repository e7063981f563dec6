// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace isopleth::architecture {

/// A source as the rules see it: a path below src/ ("geo/crs.cpp") and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

struct Include {
    std::string name;        ///< "geo/crs.hpp" or "vector"
    bool is_quoted = false;  ///< "..." and not <...>
    std::size_t line = 0;
};

struct Function {
    std::string name;
    std::size_t line = 0;   ///< where its declaration begins
    std::size_t lines = 0;  ///< from there to the closing brace, both counted; 0 for a declaration
    std::size_t parameters = 0;
};

/// The text with comments, literals' contents and preprocessor lines as blanks; lines stay where they are.
std::string code_of(const std::string& text);

/// Every #include that is not in a comment or a literal.
std::vector<Include> includes_of(const std::string& text);

/// Every function with a body at namespace or class level, and every virtual one without. Lambdas belong to
/// the function that holds them.
std::vector<Function> functions_of(const std::string& text);

/// Lines that hold the word in code, as a whole identifier.
std::vector<std::size_t> lines_with_word(const std::string& code, const std::string& word);

}  // namespace isopleth::architecture
