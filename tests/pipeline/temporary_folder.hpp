// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "io/part_file.hpp"

namespace isopleth::pipeline {

/// An empty folder for one test, gone after it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        m_path = testing::TempDir() + "isopleth_" + std::to_string(::getpid()) + "_" +
                 test->test_suite_name() + "_" + test->name();
        std::filesystem::remove_all(m_path);
        io::make_folder(m_path);
    }
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const { return m_path; }
    std::string operator/(const std::string& name) const { return m_path + "/" + name; }
    /// Writes a text and returns its full name.
    std::string write(const std::string& name, const std::string& text) const {
        const std::string file = m_path + "/" + name;
        io::make_folder(std::filesystem::path(file).parent_path().string());
        io::write_bytes(file, text, true);
        return file;
    }

private:
    std::string m_path;
};

/// What `work` throws as an Error; a failed test when it throws none.
template <class Work>
base::Error error_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "no error was thrown";
    return base::Error(base::ErrorKind::kBug, "no error");
}

}  // namespace isopleth::pipeline
