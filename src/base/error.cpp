// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include "base/finding.hpp"

#include <utility>

namespace isopleth::base {

namespace {

bool ends_a_sentence(const std::string& text) {
    return !text.empty() && (text.back() == '.' || text.back() == '?' || text.back() == '!');
}

std::string sentence(const std::string& message, const std::string& hint, const Place& place) {
    std::string text = to_text(place);
    if (!text.empty()) text += ": ";
    text += message;
    // "did you mean --cell?" already ends; "?." would be a slip of the pen.
    if (!hint.empty()) text += (ends_a_sentence(message) ? " " : ". ") + hint;
    return text;
}

}  // namespace

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::kData:
            return 1;
        case ErrorKind::kUsage:
            return 2;
        case ErrorKind::kInput:
            return 3;
        case ErrorKind::kOutput:
            return 4;
        case ErrorKind::kInterrupted:
            return 130;
        case ErrorKind::kBug:
            return 70;
    }
    return 70;
}

Error::Error(ErrorKind kind, std::string message, std::string hint, Place place)
    : std::runtime_error(sentence(message, hint, place)),
      m_kind(kind),
      m_message(std::move(message)),
      m_hint(std::move(hint)),
      m_place(std::move(place)) {}

Error Error::with_place(const Place& outer) const {
    Place place = m_place;
    if (place.file.empty()) place.file = outer.file;
    if (place.layer.empty()) place.layer = outer.layer;
    if (!place.line) place.line = outer.line;
    if (place.feature.empty()) place.feature = outer.feature;
    if (place.column.empty()) place.column = outer.column;
    return Error(m_kind, m_message, m_hint, std::move(place));
}

void fail_data(std::string message, std::string hint, Place place) {
    throw Error(ErrorKind::kData, std::move(message), std::move(hint), std::move(place));
}

void fail_usage(std::string message, std::string hint, Place place) {
    throw Error(ErrorKind::kUsage, std::move(message), std::move(hint), std::move(place));
}

void fail_input(std::string message, std::string hint, Place place) {
    throw Error(ErrorKind::kInput, std::move(message), std::move(hint), std::move(place));
}

void fail_output(std::string message, std::string hint, Place place) {
    throw Error(ErrorKind::kOutput, std::move(message), std::move(hint), std::move(place));
}

void bug(std::string message) {
    throw Error(ErrorKind::kBug, "a defect of isopleth: " + message,
                "Please report it with the command that led to it.");
}

}  // namespace isopleth::base
