// SPDX-License-Identifier: MIT
#include "cli/parse.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "base/text.hpp"

namespace isopleth::cli {

void Behaviour::declare(base::ParameterList& list) {
    list.add("help", help, "this text").with_short('h').neutral();
    list.add("json", json, "one JSON document on stdout").neutral();
    list.add("quiet", quiet, "no findings and no progress").with_short('q').neutral();
    list.add("verbose", verbose, "say more on stderr").with_short('v').neutral();
    list.add("strict", strict, "findings make the exit code 3").neutral();
    list.add("progress", progress, "show progress also when stderr is no terminal").neutral();
    list.add("threads", threads, "how many threads; 0: all cores. Results do not depend on it")
        .called("N")
        .neutral();
}

base::ParameterList all_rows(Request& request) {
    base::ParameterList list;
    request.task->declare(list);
    request.run.declare(list);
    request.behaviour.declare(list);
    return list;
}

namespace {
using Texts = std::map<std::string, std::vector<std::string>>;

std::string option_text(const base::Parameter& row) {
    std::string text = "--" + row.name;
    if (row.short_name != 0) text = fmt::format("-{},{}", row.short_name, text);
    return text;
}

/// CLI11 splits the words; values become typed in the rows' own `assign`.
void add_to(CLI::App& app, const base::Parameter& row, Texts& texts) {
    std::vector<std::string>& slot = texts[row.name];
    if (row.kind == base::Parameter::Kind::kFlag) {
        app.add_flag_callback(option_text(row), [&slot] { slot.assign(1, "true"); });
        return;
    }
    // One word each time the option stands there: what follows is an input. Too many are the row's to refuse.
    app.add_option(option_text(row), slot)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void refuse_unknown(const std::string& word, const base::ParameterList& rows) {
    std::vector<std::string> names;
    for (const base::Parameter& row : rows.rows()) names.push_back("--" + row.name);
    const std::string name = word.substr(0, word.find('='));
    base::fail_usage(fmt::format("unknown option {}{}", name, base::did_you_mean(name, names)));
}

/// Words that are no option and no option's value are the positional inputs, in order.
void place_words(const std::vector<std::string>& words, const base::ParameterList& rows, Texts& texts) {
    int position = 0;
    for (const std::string& word : words) {
        if (word.size() > 1 && word[0] == '-' && !base::parse_number(word)) refuse_unknown(word, rows);
        const base::Parameter* target = nullptr;
        for (const base::Parameter& row : rows.rows()) {
            if (row.position == position || (row.is_many && row.position >= 0 && row.position <= position))
                target = &row;
        }
        if (target == nullptr) {
            base::fail_usage(fmt::format("unexpected argument \"{}\"", word),
                             "isopleth COMMAND --help shows what goes where.");
        }
        texts[target->name].push_back(word);
        ++position;
    }
}

void assign(base::ParameterList& list, const Texts& texts) {
    for (const base::Parameter& row : list.rows()) {
        const auto found = texts.find(row.name);
        if (found != texts.end() && !found->second.empty()) list.set(row.name, found->second);
    }
}
}  // namespace

std::unique_ptr<Request> parse(const Command& command, const std::vector<std::string>& arguments) {
    auto request = std::make_unique<Request>();
    request->command = &command;
    request->task = command.make();
    request->parameters = std::make_unique<base::ParameterList>();
    request->task->declare(*request->parameters);
    base::ParameterList rows = all_rows(*request);
    Texts texts;
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    for (const base::Parameter& row : rows.rows()) add_to(app, row, texts);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        base::fail_usage(error.what());
    }
    place_words(app.remaining(), rows, texts);
    assign(*request->parameters, texts);
    base::ParameterList shared;
    request->run.declare(shared);
    request->behaviour.declare(shared);
    assign(shared, texts);
    if (!request->behaviour.help) request->parameters->check_required();
    return request;
}

}  // namespace isopleth::cli
