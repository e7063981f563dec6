// SPDX-License-Identifier: MIT
#include "base/hash.hpp"

namespace isopleth::base {
namespace {

TEST(Sha256, GivesThePublishedDigests) {
    // NIST, Cryptographic Standards and Guidelines: SHA-256 example values.
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256(std::string(1000000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
    for (const std::size_t length : {54u, 55u, 56u, 63u, 64u, 65u, 128u, 200u}) {
        const std::string text(length, 'x');
        Sha256 hash;
        for (std::size_t i = 0; i < length; i += 7) hash.add(std::string_view(text).substr(i, 7));
        EXPECT_EQ(hash.finish(), sha256(text)) << length;
    }
}

TEST(Checksum, TellsEveryChangedBitAndTheOrderOfPieces) {
    const std::string text = "isopleth writes 8-byte words and a rest";
    const auto sum_of = [](const std::vector<std::string>& pieces) {
        Checksum sum;
        for (const std::string& piece : pieces) sum.add(piece);
        return sum.value();
    };
    const std::uint64_t whole = sum_of({text});
    EXPECT_EQ(sum_of({text}), whole);
    for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
        std::string other = text;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_NE(sum_of({other}), whole) << bit;
    }
    EXPECT_NE(sum_of({"ab", "cd"}), sum_of({"cd", "ab"}));
    EXPECT_NE(sum_of({std::string(8, '\0')}), sum_of({std::string(16, '\0')}));
}

}  // namespace
}  // namespace isopleth::base
