// SPDX-License-Identifier: MIT
#if defined(__linux__)
#include <malloc.h>
#endif
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <thread>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"

namespace {

using namespace isopleth;

// The one place for a signal to leave word; lock-free, so a handler may set it.
std::atomic<bool> g_interrupted{false};

void on_signal(int) {
    g_interrupted.store(true);
}

/// Standard output may be a full disk or a closed pipe.
void print_out(const std::string& text) {
    const bool is_written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!is_written) base::fail_output("standard output cannot be written");
}

void print_findings(const base::Findings& findings) {
    for (const base::Finding& finding : findings)
        fmt::print(stderr, "isopleth: {}\n", base::to_text(finding));
}

/// Tells of each new kind of work once, for --verbose.
class Log {
public:
    void tell(const std::string& what) {
        if (what == m_last) return;
        m_last = what;
        fmt::print(stderr, "isopleth: {:.1f} s  {}\n", seconds(), what);
    }
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::string m_last;
};

/// Rasters pass window by window: memory given back to the system at each would be asked for, and cleared, at
/// the next. Measured, that is 6 % of the time of kriging a million cells.
void keep_freed_memory() {
#if defined(__linux__)
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

base::Job make_job(const cli::Behaviour& behaviour, std::optional<cli::ProgressBar>& bar, Log& log) {
    base::Job job;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    job.threads = behaviour.threads > 0 ? behaviour.threads : static_cast<int>(cores);
    job.cancelled = &g_interrupted;
    if (behaviour.verbose) {
        job.progress = [&log](double, const std::string& what) { log.tell(what); };
    } else if (!behaviour.quiet && (behaviour.progress || isatty(STDERR_FILENO) != 0)) {
        bar.emplace();
        job.progress = [&bar](double share, const std::string& what) { bar->show(share, what); };
    }
    return job;
}

int run(const cli::Request& request) {
    if (request.behaviour.threads < 0) base::fail_usage("--threads must not be below 0");
    std::optional<cli::ProgressBar> bar;
    Log log;
    const base::Job job = make_job(request.behaviour, bar, log);
    const pipeline::RunFacts facts{request.command->name, pipeline::version(),
                                   pipeline::now(std::getenv("SOURCE_DATE_EPOCH"))};
    const pipeline::Outcome outcome =
        pipeline::run_command(*request.task, *request.parameters, request.run, facts, job);
    bar.reset();
    if (request.behaviour.verbose) log.tell("done");
    if (request.behaviour.json) {
        print_out(cli::summary_json(outcome));
    } else if (!outcome.text.empty()) {
        print_out(outcome.text);
    } else if (!request.behaviour.quiet) {
        print_out(cli::summary_text(outcome.summary));
    }
    if (!request.behaviour.quiet) print_findings(outcome.findings);
    return request.behaviour.strict && !outcome.findings.empty() ? base::exit_code(base::ErrorKind::kInput)
                                                                 : 0;
}

int dispatch(const std::vector<std::string>& arguments) {
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
        print_out(cli::program_help());
        return arguments.empty() ? base::exit_code(base::ErrorKind::kUsage) : 0;
    }
    const auto is_given = [&](const char* shorter, const char* longer) {
        return std::any_of(arguments.begin(), arguments.end(),
                           [&](const std::string& word) { return word == shorter || word == longer; });
    };
    if (arguments[0][0] == '-' && is_given("--version", "--version")) {
        print_out(fmt::format("isopleth {}\n", pipeline::version()));
        if (is_given("-v", "--verbose")) print_out(pipeline::library_versions());
        return 0;
    }
    const cli::Command& command = cli::find_command(arguments[0]);
    const auto request = cli::parse(command, {arguments.begin() + 1, arguments.end()});
    if (request->behaviour.help) {
        print_out(cli::command_help(command));
        return 0;
    }
    return run(*request);
}

}  // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    // A file-size limit then shows as a failed write, which is answered like a full disk.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return dispatch({argv + 1, argv + argc});
    } catch (const base::Error& error) {
        fmt::print(stderr, "isopleth: {}\n", error.what());
        return base::exit_code(error.kind());
    } catch (const std::bad_alloc&) {
        fmt::print(stderr,
                   "isopleth: this needs more memory than there is. Take larger cells, a smaller extent or "
                   "fewer features.\n");
        return base::exit_code(base::ErrorKind::kData);
    } catch (const std::exception& error) {
        fmt::print(stderr, "isopleth: a defect of isopleth itself: {}. Please report it with the command.\n",
                   error.what());
        return base::exit_code(base::ErrorKind::kBug);
    }
}
