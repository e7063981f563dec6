// SPDX-License-Identifier: MIT
#include "rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

// Each rule is shown a small wrong source and has to name it: a checker that cannot fail checks nothing.
namespace {
using namespace isopleth::architecture;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const char* const kTable = R"(
# three rooms
room base:
room geo: base
room cli: base
door fmt/: *.cpp
door proj: geo/crs.cpp
door gdal: geo/handles.hpp
only filesystem: cli
word std::cout: cli
word printf: cli
call asked: geo/crs.cpp
)";

Table table() {
    return parse_table(kTable);
}

std::vector<SourceFile> one(const std::string& path, const std::string& text) {
    return {{path, text}};
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "    work();\n";
    return text;
}

TEST(RoomRule, NamesAnIncludeThatTheTableDoesNotAllow) {
    EXPECT_THAT(check_rooms(one("base/text.cpp", "\n#include \"geo/crs.hpp\"\n"), table()),
                ElementsAre("base/text.cpp:2: base may not include geo/crs.hpp: it includes no one"));
    EXPECT_THAT(check_rooms(one("cli/main.cpp", "#  include \"geo/crs.hpp\"\n"), table()),
                ElementsAre("cli/main.cpp:1: cli may not include geo/crs.hpp: it includes base"));
    EXPECT_THAT(
        check_rooms(one("geo/crs.cpp", "#include \"geo/crs.hpp\"\n#include \"base/text.hpp\"\n"), table()),
        IsEmpty());
}

TEST(RoomRule, NamesAFolderThatIsNoRoom) {
    EXPECT_THAT(check_rooms(one("util/misc.cpp", ""), table()),
                ElementsAre("util/misc.cpp:1: its folder is no room of rooms.txt"));
    EXPECT_THAT(check_rooms(one("main.cpp", ""), table()), SizeIs(1));
}

TEST(TableRule, NamesRoomsThatComeBackToThemselves) {
    EXPECT_THAT(check_table(table()), IsEmpty());
    EXPECT_THAT(
        check_table(parse_table("room a: b\nroom b: c\nroom c: a\n")),
        ElementsAre("rooms.txt: a comes back to itself by c", "rooms.txt: b comes back to itself by a",
                    "rooms.txt: c comes back to itself by b"));
    EXPECT_THAT(check_table(parse_table("room a: a\n")), SizeIs(1));
}

TEST(TableRule, NamesARoomThatIsNotThere) {
    EXPECT_THAT(check_table(parse_table("room a: b\n")),
                ElementsAre("rooms.txt: a includes b, which is no room"));
}

TEST(TableRule, RefusesALineThatIsNoRow) {
    EXPECT_THROW(parse_table("room a\n"), std::runtime_error);
    EXPECT_THROW(parse_table("roof a: b\n"), std::runtime_error);
}

TEST(PathRule, NamesAnIncludeThatClimbs) {
    for (const char* name : {"../base/text.hpp", "./text.hpp", "geo/../base/text.hpp"}) {
        EXPECT_THAT(check_paths(one("geo/a.cpp", std::string("#include \"") + name + "\"\n")),
                    ElementsAre(std::string("geo/a.cpp:1: ") + name + " is not written from src/"));
    }
}

TEST(PathRule, NamesAnIncludeThatIsNotInTheTree) {
    EXPECT_THAT(check_paths(one("geo/a.cpp", "#include \"geo/b.hpp\"\n")),
                ElementsAre("geo/a.cpp:1: geo/b.hpp is no header below src/"));
    EXPECT_THAT(check_paths({{"geo/a.cpp", "#include \"geo/b.cpp\"\n"}, {"geo/b.cpp", ""}}),
                ElementsAre("geo/a.cpp:1: geo/b.cpp is no header below src/"));
}

TEST(PathRule, WantsASourcesOwnHeaderFirst) {
    const std::string both = "#include \"geo/b.hpp\"\n#include \"geo/a.hpp\"\n";
    EXPECT_THAT(check_paths({{"geo/a.cpp", both}, {"geo/a.hpp", ""}, {"geo/b.hpp", ""}}),
                ElementsAre("geo/a.cpp:1: its own header comes first"));
    EXPECT_THAT(check_paths({{"geo/a.cpp", ""}, {"geo/a.hpp", ""}}), SizeIs(1));
}

TEST(DoorRule, NamesASourceThatIsNoDoor) {
    EXPECT_THAT(check_doors(one("geo/geos.cpp", "#include <proj.h>\n"), table()),
                ElementsAre("geo/geos.cpp:1: <proj.h> is for geo/crs.cpp"));
    EXPECT_THAT(check_doors(one("geo/crs.cpp", "#include <proj.h>\n#include <vector>\n"), table()),
                IsEmpty());
}

TEST(DoorRule, NamesAHeaderThatIncludesALibrary) {
    EXPECT_THAT(check_doors(one("geo/crs.hpp", "#include <proj.h>\n"), table()),
                ElementsAre("geo/crs.hpp:1: a header of ours includes none: <proj.h> is for geo/crs.cpp"));
    EXPECT_THAT(check_doors(one("base/text.hpp", "#include <fmt/format.h>\n"), table()), SizeIs(1));
    EXPECT_THAT(check_doors(one("base/text.cpp", "#include <fmt/format.h>\n"), table()), IsEmpty());
    EXPECT_THAT(check_doors(one("geo/handles.hpp", "#include <gdal_priv.h>\n"), table()), IsEmpty());
}

TEST(DoorRule, NamesALibraryThatTheTableDoesNotKnow) {
    EXPECT_THAT(check_doors(one("geo/a.cpp", "#include <boost/any.hpp>\n"), table()),
                ElementsAre("geo/a.cpp:1: <boost/any.hpp> is in no row of rooms.txt"));
    EXPECT_THAT(check_doors(one("geo/a.cpp", "#include <unistd.h>\n"), table()), SizeIs(1));
}

TEST(DoorRule, NamesAStandardHeaderThatIsForOthers) {
    EXPECT_THAT(check_doors(one("geo/a.cpp", "#include <filesystem>\n"), table()),
                ElementsAre("geo/a.cpp:1: <filesystem> is for cli"));
    EXPECT_THAT(check_doors(one("cli/a.cpp", "#include <filesystem>\n"), table()), IsEmpty());
}

TEST(WordRule, NamesARoomThatPrints) {
    EXPECT_THAT(check_words(one("geo/a.cpp", "void f() {\n    std::cout << 1;\n}\n"), table()),
                ElementsAre("geo/a.cpp:2: std::cout is for cli"));
    EXPECT_THAT(check_words(one("geo/a.cpp", "int x = printf(\"\");\n"), table()), SizeIs(1));
    EXPECT_THAT(check_words(one("cli/a.cpp", "std::cout << 1;\n"), table()), IsEmpty());
}

TEST(WordRule, PassesOverCommentsTextsAndLongerWords) {
    const std::string text =
        "// std::cout\n/* printf\n */ auto a = \"printf\"; auto b = R\"(std::cout)\"; snprintf(b);\n";
    EXPECT_THAT(check_words(one("geo/a.cpp", text), table()), IsEmpty());
}

TEST(LimitRule, NamesAFunctionThatIsTooLong) {
    const std::string good = "int f(int a) {\n" + lines(57) + "}\n";
    const std::string long_one = "int f(int a) {\n" + lines(58) + "}\n";
    EXPECT_THAT(check_limits(one("geo/a.cpp", good), table()), IsEmpty());
    EXPECT_THAT(check_limits(one("geo/a.cpp", long_one), table()),
                ElementsAre("geo/a.cpp:1: f has 60 lines; functions stay under 60"));
}

TEST(LimitRule, FindsLongFunctionsWhereverTheyAre) {
    const std::string body = " {\n" + lines(60) + "}\n";
    for (const std::string head :
         {"namespace a {\nnamespace {\nvoid f()", "class A : public B {\npublic:\n    int f() const override",
          "A::A(int a) : m_a{a}, m_b(a)", "template <class T, class U = int>\nstd::map<int, T> f(T t)",
          "bool A::operator()(int a) const", "auto f() -> std::vector<int>",
          "static bool operator<(A a, A b)", "decltype(auto) f(int a) noexcept(true)",
          "int x{1};\nstd::vector<int> y = {1, 2};\nvoid f(int a = {})",
          "__attribute__((target(\"avx2\"))) void f(int a)", "[[gnu::target(\"avx2\")]] void f(int a)",
          "char32_t c = U'{', d = U'\"';\nvoid f()", "char c = '{';\nint n = 1'000;\nvoid f()"}) {
        EXPECT_THAT(check_limits(one("geo/a.cpp", head + body), table()), SizeIs(1)) << head;
    }
}

TEST(LimitRule, CountsNeitherClassesNorTablesAsFunctions) {
    for (const std::string head :
         {"class A", "struct A : B<int>", "const std::array kTable =", "enum class A : int"})
        EXPECT_THAT(check_limits(one("geo/a.cpp", head + " {\n" + lines(80) + "};\n"), table()), IsEmpty())
            << head;
}

TEST(LimitRule, NamesAFunctionWithTooManyParameters) {
    EXPECT_THAT(
        check_limits(one("geo/a.cpp", "void f(int a, std::map<int, int> b, int c, int d, int e) {}\n"),
                     table()),
        IsEmpty());
    EXPECT_THAT(
        check_limits(one("geo/a.cpp", "\nvoid A::f(int a, int b, int c, int d, int e, int f) {}\n"), table()),
        ElementsAre("geo/a.cpp:2: A::f has 6 parameters; at most 5"));
    EXPECT_THAT(check_limits(one("geo/a.hpp",
                                 "class A {\n    virtual void f(int, int, int, int, int, int) = 0;\n};\n"),
                             table()),
                SizeIs(1));
}

TEST(LimitRule, LetsALibraryPrescribeTheParametersOfItsCalls) {
    const std::string text = "int asked(void*, int, int, int, int, int) {}\n";
    EXPECT_THAT(check_limits(one("geo/crs.cpp", text), table()), IsEmpty());
    EXPECT_THAT(check_limits(one("geo/geos.cpp", text), table()), SizeIs(1));
}

TEST(LimitRule, NamesAFileThatIsTooLong) {
    EXPECT_THAT(check_limits(one("geo/a.cpp", std::string(399, '\n')), table()), IsEmpty());
    EXPECT_THAT(check_limits(one("geo/a.cpp", std::string(400, '\n')), table()),
                ElementsAre("geo/a.cpp:400: a.cpp has 400 lines; files stay under 400"));
}

TEST(TopRule, NamesAFileWithoutLicenceOrGuard) {
    const std::string licence = "// SPDX-License-Identifier: MIT\n";
    EXPECT_THAT(check_tops(one("geo/a.hpp", licence + "#pragma once\n")), IsEmpty());
    EXPECT_THAT(check_tops(one("geo/a.cpp", "int a;\n")), ElementsAre(HasSubstr("licence")));
    EXPECT_THAT(check_tops(one("geo/a.hpp", licence)), ElementsAre(HasSubstr("#pragma once")));
}

TEST(Includes, AreSeenOutsideCommentsAndTextsOnly) {
    const auto includes = includes_of(
        "// #include \"a.hpp\"\n/*\n#include \"b.hpp\"\n*/\n#include \"c.hpp\"\nauto t = R\"(\n#include "
        "\"d.hpp\"\n)\";\n"
        "#include <vector>  // why\n");
    ASSERT_THAT(includes, SizeIs(2));
    EXPECT_EQ(includes[0].name, "c.hpp");
    EXPECT_EQ(includes[0].line, 5U);
    EXPECT_TRUE(includes[0].is_quoted);
    EXPECT_EQ(includes[1].name, "vector");
    EXPECT_FALSE(includes[1].is_quoted);
}
}  // namespace
