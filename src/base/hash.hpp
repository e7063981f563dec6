// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace isopleth::base {

/// SHA-256 (FIPS 180-4), fed piece by piece.
class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    /// 64 lower-case hexadecimal digits; the object must not be used afterwards.
    std::string finish();

private:
    void compress(const unsigned char* block);
    std::array<std::uint32_t, 8> m_state;
    std::array<unsigned char, 64> m_block{};
    std::uint64_t m_length = 0;
};

std::string sha256(std::string_view bytes);

/// A quick 64-bit checksum of a sequence of pieces, to tell whether bytes came back as they went in; no
/// protection against someone who means to deceive. Each piece is one step: cutting differently gives another
/// sum.
class Checksum {
public:
    void add(std::string_view piece);
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0x9e3779b97f4a7c15;
};

}  // namespace isopleth::base
