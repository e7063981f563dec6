// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace isopleth::base {

struct DecodedText {
    std::string text;      ///< UTF-8 without byte-order mark
    std::string encoding;  ///< "UTF-8", "UTF-8 with BOM", "GB18030", "UTF-16LE" ...
};

/// Text of unknown encoding as UTF-8. `stated` ("gb18030", "utf-8"), when not empty, is taken at its word. Else:
/// a byte-order mark decides; valid UTF-8 is UTF-8; what decodes as GB18030 without a fault is GB18030; else
/// uchardet's guess. An Input error when nothing fits, when a stated encoding is unknown or does not fit, or when the bytes are binary
/// (hold NUL bytes without a UTF-16 mark).
DecodedText decode(std::string_view bytes, std::string_view stated = {});

}  // namespace isopleth::base
