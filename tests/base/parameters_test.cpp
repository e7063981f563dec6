// SPDX-License-Identifier: MIT
#include "base/parameters.hpp"

#include "base/error.hpp"

namespace isopleth::base {
namespace {

struct Task {
    std::string input;
    std::optional<std::string> mask;
    Meters cell{50};
    std::optional<Meters> radius;
    int threads = 2;
    std::optional<int> neighbours;
    double power = 2;
    std::optional<double> limit;
    bool count = false;
    std::vector<std::string> columns{"name"};
    ParameterList list;

    Task() {
        list.add("input", input, "points").required().at(0).called("POINTS");
        list.add("mask", mask, "polygons");
        list.add("cell", cell, "cell size").required();
        list.add("radius", radius, "search radius");
        list.add("threads", threads, "threads").neutral();
        list.add("neighbours", neighbours, "neighbours");
        list.add("power", power, "power").one_of({"1", "2"});
        list.add("limit", limit, "limit");
        list.add("count", count, "count matches");
        list.add("columns", columns, "columns");
    }
    std::string failure(const std::string& name, const std::vector<std::string>& texts) {
        try {
            list.set(name, texts);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::kUsage);
            return error.what();
        }
        return "none";
    }
};

TEST(ParameterList, TurnsTextIntoTypedValues) {
    Task task;
    task.list.set("input", {"a,b.csv"});
    task.list.set("mask", {"m.gpkg"});
    task.list.set("cell", {"2km"});
    task.list.set("radius", {"500"});
    task.list.set("neighbours", {"12"});
    task.list.set("power", {"1"});
    task.list.set("limit", {"-0.5"});
    task.list.set("count", {"true"});
    EXPECT_EQ(task.input, "a,b.csv");
    EXPECT_EQ(task.mask, "m.gpkg");
    EXPECT_EQ(task.cell, Meters{2000});
    EXPECT_EQ(task.radius, Meters{500});
    EXPECT_EQ(task.neighbours, 12);
    EXPECT_EQ(task.power, 1);
    EXPECT_EQ(task.limit, -0.5);
    EXPECT_TRUE(task.count);
}

TEST(ParameterList, ReplacesAListsDefault) {
    Task task;
    task.list.set("columns", {"a, b", "c"});
    EXPECT_EQ(task.columns, (std::vector<std::string>{"a", "b", "c"}));
    task.list.set("columns", {});
    EXPECT_TRUE(task.columns.empty());
    EXPECT_EQ(task.failure("columns", {"a,,b"}), "--columns has an empty item");
}

TEST(ParameterList, KeepsCommasInNamesOfInputs) {
    std::vector<std::string> inputs;
    ParameterList list;
    list.add("inputs", inputs, "datasets").rest(0);
    list.set("inputs", {"a,b.csv", "c.csv"});
    EXPECT_EQ(inputs, (std::vector<std::string>{"a,b.csv", "c.csv"}));
}

TEST(ParameterList, NamesTheNearestOption) {
    Task task;
    EXPECT_EQ(task.failure("cel", {"1"}), "unknown option --cel; did you mean --cell?");
}

TEST(ParameterList, SaysWhatAValueIsNot) {
    Task task;
    EXPECT_EQ(task.failure("limit", {"12,5"}), "--limit: \"12,5\" is not a number. Use a decimal point.");
    EXPECT_EQ(task.failure("neighbours", {"1.5"}), "--neighbours: \"1.5\" is not a whole number");
    EXPECT_EQ(task.failure("neighbours", {"3000000000"}), "--neighbours: \"3000000000\" is too large");
    EXPECT_EQ(task.failure("power", {"3"}), "--power cannot be \"3\". Use one of: 1, 2.");
    EXPECT_EQ(task.failure("count", {"yes"}), "--count: \"yes\" is neither true nor false");
    EXPECT_EQ(task.failure("cell", {"1", "2"}), "--cell is given 2 times");
    EXPECT_EQ(task.failure("cell", {}), "--cell has no value");
}

TEST(ParameterList, NamesTheFirstRequiredParameterThatIsMissing) {
    Task task;
    EXPECT_THROW(task.list.check_required(), Error);
    task.list.set("input", {"a.csv"});
    try {
        task.list.check_required();
        FAIL() << "--cell was not missed";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "--cell is missing. It is: cell size.");
    }
    task.list.set("cell", {"50"});
    EXPECT_NO_THROW(task.list.check_required());
}

TEST(ParameterList, GoesToProvenanceWithoutNeutralAndUnsetValues) {
    Task task;
    task.list.set("input", {"a.csv"});
    EXPECT_EQ(task.list.to_json().dump(-1),
              R"({"input": "a.csv", "cell": 50, "power": 2, "count": false, "columns": ["name"]})");
}

TEST(ParameterList, ShowsDefaultsAndUnits) {
    const Task task;
    EXPECT_EQ(task.list.find("cell")->default_text, "50");
    EXPECT_EQ(task.list.find("cell")->unit, "m");
    EXPECT_EQ(task.list.find("radius")->default_text, "");
    EXPECT_EQ(task.list.find("columns")->default_text, "name");
    EXPECT_EQ(task.list.find("absent"), nullptr);
    EXPECT_EQ(task.list.names().size(), 10u);
}

TEST(ParameterList, RefusesANameTwice) {
    Task task;
    EXPECT_THROW(task.list.add("cell", task.power, "again"), Error);
}

TEST(ParseMethod, ReadsNameAndOptions) {
    const MethodText method = parse_method("idw:power=2, neighbours=12");
    EXPECT_EQ(method.name, "idw");
    EXPECT_EQ(method.options, (std::map<std::string, std::string>{{"power", "2"}, {"neighbours", "12"}}));
    EXPECT_TRUE(parse_method("kriging").options.empty());
}

TEST(ParseMethod, PutsABareValueUnderTheEmptyName) {
    EXPECT_EQ(parse_method("k:10").options, (std::map<std::string, std::string>{{"", "10"}}));
}

TEST(ParseMethod, RefusesWhatIsNoOption) {
    for (const char* text :
         {"", ":a=1", "idw:", "idw:power=1,power=2", "idw:power=1,12", "idw:=2", "idw:power=1,"}) {
        EXPECT_THROW(parse_method(text), Error) << text;
    }
}

TEST(AssignOptions, ChecksThemByTheirRows) {
    double power = 2;
    ParameterList list;
    list.add("power", power, "exponent of the distance");
    assign_options(parse_method("idw:power=3"), list);
    EXPECT_EQ(power, 3);
    const auto failure = [&](const char* text) -> std::string {
        try {
            assign_options(parse_method(text), list);
        } catch (const Error& error) {
            return error.what();
        }
        return "none";
    };
    EXPECT_EQ(failure("idw:powr=3"), "unknown option powr of idw; did you mean power? It takes: power.");
    EXPECT_EQ(failure("idw:power=x"), "idw: power: \"x\" is not a number");
    EXPECT_EQ(failure("idw:3"), "idw:3 lacks the option's name. Write NAME=VALUE.");
}

}  // namespace
}  // namespace isopleth::base
