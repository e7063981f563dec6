// SPDX-License-Identifier: MIT
#include "cli/parse.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "pipeline/join_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/query_task.hpp"
#include "pipeline/surface_task.hpp"

namespace isopleth::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Words = std::vector<std::string>;

std::unique_ptr<Request> parsed(const std::string& command, const Words& words) {
    return parse(find_command(command), words);
}

template <class Task>
const Task& task_of(const Request& request) {
    return dynamic_cast<const Task&>(*request.task);
}

/// The whole message; every fault of a command line is wrong usage.
std::string fault_of(const std::string& command, const Words& words) {
    try {
        parsed(command, words);
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        return error.what();
    }
    ADD_FAILURE() << "no error was thrown";
    return "";
}

const Words kSurface = {"city.gpkg#stations", "--value", "pm25", "--method", "idw:power=2", "--cell", "2km"};

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(Parse, GivesTheTaskItsValues) {
    const auto request = parsed("surface", with(kSurface, {"-o", "pm25.tif", "--overwrite"}));
    const auto& task = task_of<pipeline::SurfaceTask>(*request);
    EXPECT_EQ(task.input, "city.gpkg#stations");
    EXPECT_EQ(task.method, "idw:power=2");
    EXPECT_EQ(task.cell.value, 2000);
    EXPECT_EQ(request->run.output, "pm25.tif");
    EXPECT_TRUE(request->run.overwrite);
    EXPECT_EQ(request->command->name, "surface");
}

TEST(Parse, TakesInputsBeforeAfterAndAmongOptions) {
    const auto request = parsed("join", {"--predicate=within", "left.gpkg", "--count", "right.csv"});
    const auto& task = task_of<pipeline::JoinTask>(*request);
    EXPECT_EQ(task.left, "left.gpkg");
    EXPECT_EQ(task.right, "right.csv");
    EXPECT_TRUE(task.count);
}

TEST(Parse, TakesListsByCommaAndByRepetition) {
    const auto request = parsed(
        "join", {"l", "r", "--by", "name", "--columns", "a,b", "--columns", "c", "--summary", "mean:a"});
    EXPECT_THAT(task_of<pipeline::JoinTask>(*request).columns, ElementsAre("a", "b", "c"));
    EXPECT_THAT(task_of<pipeline::JoinTask>(*request).summary, ElementsAre("mean:a"));
}

TEST(Parse, GivesTheRestOfTheInputsToAListOfThem) {
    const auto request = parsed("map", {"a.gpkg", "b,c.gpkg", "--styles", "a.toml,b.toml", "--title", "t"});
    EXPECT_THAT(task_of<pipeline::MapTask>(*request).layers, ElementsAre("a.gpkg", "b,c.gpkg"));
}

TEST(Parse, LeavesAStatementWhole) {
    const auto request = parsed("query", {"SELECT a, b FROM t", "--with", "t=x.gpkg#y", "--with", "u=z.csv"});
    const auto& task = task_of<pipeline::QueryTask>(*request);
    EXPECT_EQ(task.sql, "SELECT a, b FROM t");
    EXPECT_THAT(task.with, ElementsAre("t=x.gpkg#y", "u=z.csv"));
}

TEST(Parse, TakesNegativeNumbersForValues) {
    const auto request = parsed("surface", with(kSurface, {"--extent", "-10,-20,10,20", "--x", "a"}));
    EXPECT_EQ(task_of<pipeline::SurfaceTask>(*request).extent, "-10,-20,10,20");
}

TEST(Parse, KnowsTheOptionsOfTheProgram) {
    const auto request =
        parsed("surface", with(kSurface, {"-q", "-v", "--json", "--strict", "--plan", "--threads", "3"}));
    const Behaviour& behaviour = request->behaviour;
    EXPECT_TRUE(behaviour.quiet && behaviour.verbose && behaviour.json && behaviour.strict);
    EXPECT_TRUE(request->run.plan);
    EXPECT_EQ(behaviour.threads, 3);
    EXPECT_EQ(parsed("surface", kSurface)->behaviour.threads, 0);
}

TEST(Parse, AsksForNothingWhenHelpIsWanted) {
    EXPECT_TRUE(parsed("surface", {"--help"})->behaviour.help);
    EXPECT_TRUE(parsed("surface", {"-h"})->behaviour.help);
}

TEST(Parse, NamesTheNearestOptionForAMisspeltOne) {
    EXPECT_THAT(fault_of("surface", with(kSurface, {"--cel", "50"})),
                HasSubstr("unknown option --cel; did you mean --cell?"));
    EXPECT_THAT(fault_of("surface", {"--vallue=pm25"}),
                HasSubstr("unknown option --vallue; did you mean --value?"));
    EXPECT_THAT(fault_of("surface", with(kSurface, {"--overwrit"})), HasSubstr("did you mean --overwrite?"));
    EXPECT_THAT(fault_of("surface", with(kSurface, {"-z"})), HasSubstr("unknown option -z"));
}

TEST(Parse, NamesWhatIsMissing) {
    EXPECT_THAT(fault_of("surface", {}), HasSubstr("POINTS is missing"));
    EXPECT_THAT(fault_of("surface", {"a.csv", "--value", "v", "--method", "idw"}),
                HasSubstr("--cell is missing"));
    EXPECT_THAT(fault_of("surface", {"a.csv", "--value"}), HasSubstr("--value"));
}

TEST(Parse, RefusesValuesThatDoNotFit) {
    EXPECT_THAT(fault_of("surface", {"a", "--value", "v", "--method", "idw", "--cell", "wide"}),
                HasSubstr("--cell"));
    EXPECT_THAT(fault_of("join", {"a", "b", "--predicate", "whitin"}), HasSubstr("did you mean within?"));
    EXPECT_THAT(fault_of("surface", with(kSurface, {"--threads", "many"})), HasSubstr("--threads"));
    EXPECT_THAT(fault_of("surface", with(kSurface, {"--cell", "50"})), HasSubstr("--cell"));
}

TEST(Parse, RefusesAnInputTooMany) {
    EXPECT_THAT(fault_of("surface", with(kSurface, {"more.csv"})),
                HasSubstr("unexpected argument \"more.csv\""));
}

TEST(Parse, ShowsAllRowsOnce) {
    const auto request = parsed("surface", kSurface);
    const base::ParameterList rows = all_rows(*request);
    for (const char* name : {"cell", "crs", "to-crs", "output", "plan", "json", "threads"}) {
        EXPECT_NE(rows.find(name), nullptr) << name;
    }
}

TEST(Parse, HasNoCommandWithAnOptionOfTheProgramsName) {
    for (const Command& command : commands()) {
        Request request;
        request.task = command.make();
        EXPECT_NO_THROW(all_rows(request)) << command.name;
    }
}

}  // namespace
}  // namespace isopleth::cli
