// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
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

void print_findings(const base::Findings& findings) {
    for (const base::Finding& finding : findings)
        fmt::print(stderr, "isopleth: {}\n", base::to_text(finding));
}

base::Job make_job(const cli::Behaviour& behaviour, std::optional<cli::ProgressBar>& bar) {
    base::Job job;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    job.threads = behaviour.threads > 0 ? behaviour.threads : static_cast<int>(cores);
    job.cancelled = &g_interrupted;
    if (!behaviour.quiet && (behaviour.progress || isatty(STDERR_FILENO) != 0)) {
        bar.emplace();
        job.progress = [&bar](double share, const std::string& what) { bar->show(share, what); };
    }
    return job;
}

int run(const cli::Request& request) {
    if (request.behaviour.threads < 0) base::fail_usage("--threads must not be below 0");
    std::optional<cli::ProgressBar> bar;
    const base::Job job = make_job(request.behaviour, bar);
    const pipeline::RunFacts facts{request.command->name, pipeline::version(),
                                   pipeline::now(std::getenv("SOURCE_DATE_EPOCH"))};
    const pipeline::Outcome outcome =
        pipeline::run_command(*request.task, *request.parameters, request.run, facts, job);
    bar.reset();
    if (request.behaviour.json) {
        fmt::print("{}", cli::summary_json(outcome));
    } else if (!outcome.text.empty() && request.run.output.empty()) {
        fmt::print("{}", outcome.text);
    } else if (!request.behaviour.quiet) {
        fmt::print("{}", cli::summary_text(outcome.summary));
    }
    if (!request.behaviour.quiet) print_findings(outcome.findings);
    return request.behaviour.strict && !outcome.findings.empty() ? base::exit_code(base::ErrorKind::kInput)
                                                                 : 0;
}

int dispatch(const std::vector<std::string>& arguments) {
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
        fmt::print("{}", cli::program_help());
        return arguments.empty() ? base::exit_code(base::ErrorKind::kUsage) : 0;
    }
    if (arguments[0] == "--version") {
        fmt::print("isopleth {}\n", pipeline::version());
        if (arguments.size() > 1 && (arguments[1] == "-v" || arguments[1] == "--verbose")) {
            fmt::print("{}", pipeline::library_versions());
        }
        return 0;
    }
    const cli::Command& command = cli::find_command(arguments[0]);
    const auto request = cli::parse(command, {arguments.begin() + 1, arguments.end()});
    if (request->behaviour.help) {
        fmt::print("{}", cli::command_help(command));
        return 0;
    }
    return run(*request);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    // A file-size limit then shows as a failed write, which is answered like a full disk.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return dispatch({argv + 1, argv + argc});
    } catch (const base::Error& error) {
        fmt::print(stderr, "isopleth: {}\n", error.what());
        return base::exit_code(error.kind());
    } catch (const std::exception& error) {
        fmt::print(stderr, "isopleth: a defect of isopleth itself: {}. Please report it with the command.\n",
                   error.what());
        return base::exit_code(base::ErrorKind::kBug);
    }
}
