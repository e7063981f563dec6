// SPDX-License-Identifier: MIT
#include "base/encoding.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <optional>

namespace isopleth::base {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// nullptr for an encoding that ICU does not know.
Converter open_converter(const std::string& encoding) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(encoding.c_str(), &status), &ucnv_close);
    if (U_FAILURE(status)) return {nullptr, &ucnv_close};
    // ICU's own habit is to put U+FFFD for what does not fit and go on.
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status)) return {nullptr, &ucnv_close};
    return converter;
}

void append(std::string& text, const UChar* begin, const UChar* end, char32_t& high) {
    std::u32string points;
    for (; begin != end; ++begin) {
        const char32_t unit = *begin;
        if (unit >= 0xD800 && unit < 0xDC00) {
            high = unit;
        } else if (unit >= 0xDC00 && unit < 0xE000) {
            points.push_back(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        } else {
            points.push_back(unit);
        }
    }
    text += to_utf8(points);
}

/// UTF-8, or nullopt when the encoding is unknown or a byte does not fit.
std::optional<std::string> convert(std::string_view bytes, const std::string& encoding) {
    const Converter converter = open_converter(encoding);
    if (!converter) return std::nullopt;
    std::array<UChar, 4096> buffer;
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 2);
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    char32_t high = 0;  // first half of a surrogate pair that the buffer may have cut
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        UChar* target = buffer.data();
        ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, end, nullptr, true,
                       &status);
        append(text, buffer.data(), target, high);
    }
    if (U_FAILURE(status)) return std::nullopt;
    return text;
}

/// The name that others write: "gb18030" becomes "GB18030".
std::string usual_name(const std::string& encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const char* name = ucnv_getStandardName(encoding.c_str(), "IANA", &status);
    return name != nullptr && U_SUCCESS(status) ? name : encoding;
}

struct Mark {
    std::string_view bytes;
    const char* encoding;
    const char* name;
};

/// Byte-order marks; UTF-32LE's begins with UTF-16LE's, so it comes first.
constexpr std::array<Mark, 5> kMarks{{{{"\xEF\xBB\xBF", 3}, "UTF-8", "UTF-8 with BOM"},
                                      {{"\xFF\xFE\0\0", 4}, "UTF-32LE", "UTF-32LE"},
                                      {{"\0\0\xFE\xFF", 4}, "UTF-32BE", "UTF-32BE"},
                                      {{"\xFF\xFE", 2}, "UTF-16LE", "UTF-16LE"},
                                      {{"\xFE\xFF", 2}, "UTF-16BE", "UTF-16BE"}}};

DecodedText checked(std::string text, std::string encoding) {
    if (text.find('\0') != std::string::npos) {
        fail_input("the file is binary, not text",
                   "It holds NUL bytes; export it as CSV or another text format.");
    }
    // What a stated encoding left of a byte-order mark.
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return {std::move(text), std::move(encoding)};
}

DecodedText decode_stated(std::string_view bytes, const std::string& stated) {
    if (!open_converter(stated)) {
        fail_input("unknown encoding \"" + stated + "\"",
                   "Known are utf-8, gb18030, gbk, utf-16, big5 and more.");
    }
    auto text = convert(bytes, stated);
    if (!text) {
        fail_input("the text is not valid " + usual_name(stated),
                   "Leave the encoding out to have it detected.");
    }
    return checked(std::move(*text), usual_name(stated));
}

DecodedText decode_marked(std::string_view bytes, const Mark& mark) {
    auto text = convert(bytes.substr(mark.bytes.size()), mark.encoding);
    if (!text)
        fail_input("the text has the byte-order mark of " + std::string(mark.encoding) + " but is not valid");
    return checked(std::move(*text), mark.name);
}

std::string guess(std::string_view bytes) {
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

}  // namespace

DecodedText decode(std::string_view bytes, std::string_view stated) {
    if (!stated.empty()) return decode_stated(bytes, std::string(stated));
    for (const Mark& mark : kMarks) {
        if (bytes.starts_with(mark.bytes)) return decode_marked(bytes, mark);
    }
    if (is_valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
        return checked(std::string(bytes), "UTF-8");
    if (auto text = convert(bytes, "GB18030")) return checked(std::move(*text), "GB18030");
    const std::string guessed = guess(bytes);
    if (!guessed.empty()) {
        if (auto text = convert(bytes, guessed)) return checked(std::move(*text), guessed);
    }
    fail_input("the text is neither UTF-8 nor GB18030 nor another known encoding",
               "State its encoding with --encoding.");
}

}  // namespace isopleth::base
