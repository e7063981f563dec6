// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace isopleth::base {

/// What went wrong, as the caller of the program sees it: one exit code each.
enum class ErrorKind { kData, kUsage, kInput, kOutput, kInterrupted, kBug };

/// 1 data, 2 usage, 3 input, 4 output, 130 interrupted, 70 a defect of isopleth itself.
int exit_code(ErrorKind kind);

/// Where it went wrong. Who throws says what; who knows where adds it with `with_place`.
struct Place {
    std::string file{};
    std::string layer{};
    std::optional<std::int64_t> line{};
    std::string feature{};  ///< feature id or name
    std::string column{};
};

/// The only exception type of isopleth. `what()` is the whole sentence:
/// "stations.csv, line 14, column pm25: "12,5" is not a number. Use a decimal point."
class Error : public std::runtime_error {
public:
    /// `message` without a full stop at its end; `hint` says what to do, as a sentence, or is empty.
    Error(ErrorKind kind, std::string message, std::string hint = {}, Place place = {});

    ErrorKind kind() const { return m_kind; }
    const std::string& message() const { return m_message; }
    const std::string& hint() const { return m_hint; }
    const Place& place() const { return m_place; }

    /// The same error with the empty parts of its place filled from `outer`.
    Error with_place(const Place& outer) const;

private:
    ErrorKind m_kind;
    std::string m_message;
    std::string m_hint;
    Place m_place;
};

[[noreturn]] void fail_data(std::string message, std::string hint = {}, Place place = {});
[[noreturn]] void fail_usage(std::string message, std::string hint = {}, Place place = {});
[[noreturn]] void fail_input(std::string message, std::string hint = {}, Place place = {});
[[noreturn]] void fail_output(std::string message, std::string hint = {}, Place place = {});

/// A broken promise of isopleth's own: exit code 70, asks for a report.
[[noreturn]] void bug(std::string message);

/// Runs `work`; an Error that leaves it gets the missing parts of its place from `place`.
template <class Work>
decltype(auto) at_place(const Place& place, Work&& work) {
    try {
        return work();
    } catch (const Error& error) {
        throw error.with_place(place);
    }
}

}  // namespace isopleth::base
