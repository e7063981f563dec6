// SPDX-License-Identifier: MIT
#include "base/encoding.hpp"

#include "base/error.hpp"

namespace isopleth::base {
namespace {

// "东城" in GB18030: 东 B6 AB, 城 B3 C7 (GB 2312 rows 22 and 19).
constexpr const char* kGb = "\xB6\xAB\xB3\xC7";

ErrorKind failure(std::string_view bytes, std::string_view stated = {}) {
    try {
        decode(bytes, stated);
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::kBug;
}

TEST(Decode, TakesUtf8AsItIs) {
    EXPECT_EQ(decode("东城,1").text, "东城,1");
    EXPECT_EQ(decode("东城").encoding, "UTF-8");
    EXPECT_EQ(decode("").text, "");
}

TEST(Decode, TakesTheByteOrderMarkOff) {
    const DecodedText utf8 = decode("\xEF\xBB\xBF东");
    EXPECT_EQ(utf8.text, "东");
    EXPECT_EQ(utf8.encoding, "UTF-8 with BOM");
    const DecodedText utf16 = decode(std::string_view("\xFF\xFE\x1C\x4E\x3D\xD8\x00\xDE", 8));
    EXPECT_EQ(utf16.text, "东😀");
    EXPECT_EQ(utf16.encoding, "UTF-16LE");
    EXPECT_EQ(decode(std::string_view("\xFE\xFF\x4E\x1C", 4)).text, "东");
}

TEST(Decode, RecognisesGb18030) {
    const DecodedText decoded = decode(kGb);
    EXPECT_EQ(decoded.text, "东城");
    EXPECT_EQ(decoded.encoding, "GB18030");
    // Four bytes: U+20000 is 95 32 82 36 (GB 18030-2005, annex).
    EXPECT_EQ(decode("\x95\x32\x82\x36").text, "𠀀");
}

TEST(Decode, CarriesLongTextAcrossItsBuffers) {
    std::string bytes = "a";  // shifts every pair off the even places
    std::string expected = "a";
    for (int i = 0; i < 10000; ++i) {
        bytes += "\x95\x32\x82\x36";
        expected += "𠀀";
    }
    EXPECT_EQ(decode(bytes).text, expected);
}

TEST(Decode, TakesAStatedEncodingAtItsWord) {
    EXPECT_EQ(decode(kGb, "gb18030").text, "东城");
    EXPECT_EQ(decode("\xE9", "iso-8859-1").text, "é");
    EXPECT_EQ(decode("\xEF\xBB\xBF"
                     "a",
                     "utf-8")
                  .text,
              "a");
    EXPECT_EQ(failure(kGb, "utf-8"), ErrorKind::kInput);
    EXPECT_EQ(failure("a", "klingon"), ErrorKind::kInput);
    EXPECT_EQ(failure("\xB6", "gb18030"), ErrorKind::kInput);  // cut short
}

TEST(Decode, FallsBackToAGuess) {
    // Windows-1251: bytes that end in the middle of a GB18030 pair.
    const std::string russian =
        "\xCF\xF0\xE8\xE2\xE5\xF2, \xFD\xF2\xEE \xF2\xE5\xEA\xF1\xF2 \xED\xE0 \xF0\xF3\xF1\xF1\xEA\xEE\xEC "
        "\xFF\xE7\xFB\xEA\xE5";
    EXPECT_NE(decode(russian).encoding, "GB18030");
}

TEST(Decode, RefusesBinaryAndBrokenBytes) {
    EXPECT_EQ(failure(std::string_view("PK\x03\x04\x00\x01", 6)), ErrorKind::kInput);
    EXPECT_EQ(failure(std::string_view("\xB6\xAB\x00", 3)), ErrorKind::kInput);
    EXPECT_EQ(failure(std::string_view("\xFF\xFE\x1C", 3)), ErrorKind::kInput);
}

}  // namespace
}  // namespace isopleth::base
