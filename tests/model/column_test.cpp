// SPDX-License-Identifier: MIT
#include "model/column.hpp"

#include "base/error.hpp"

#include <limits>

namespace isopleth::model {
namespace {

Column reals(const std::vector<double>& values) {
    Column column("pm25", ColumnType::kReal);
    for (const double value : values) column.append(value);
    return column;
}

TEST(Column, NamesItsTypes) {
    EXPECT_EQ(name_of(ColumnType::kInteger), "integer");
    EXPECT_EQ(name_of(ColumnType::kReal), "real");
    EXPECT_EQ(name_of(ColumnType::kText), "text");
    EXPECT_EQ(name_of(ColumnType::kBoolean), "boolean");
}

TEST(Column, TellsMissingFromZeroAndEmptyText) {
    Column numbers = reals({0});
    numbers.append_missing();
    EXPECT_EQ(numbers.number(0), 0.0);
    EXPECT_EQ(numbers.number(1), std::nullopt);
    EXPECT_EQ(numbers.display(1), "");
    EXPECT_EQ(numbers.count_missing(), 1u);
    EXPECT_EQ(numbers.size(), 2u);

    Column texts("name", ColumnType::kText);
    texts.append(std::string());
    texts.append_missing();
    EXPECT_EQ(texts.text(0), "");
    EXPECT_EQ(texts.text(1), std::nullopt);

    Column flags("open", ColumnType::kBoolean);
    flags.append_boolean(false);
    flags.append_missing();
    EXPECT_EQ(flags.boolean(0), false);
    EXPECT_EQ(flags.boolean(1), std::nullopt);
}

TEST(Column, ReadsNumbersOfBothKindsAndNothingElse) {
    Column whole("n", ColumnType::kInteger);
    whole.append(std::int64_t{9007199254740993});  // 2^53 + 1 fits an integer and no double
    EXPECT_EQ(whole.integer(0), 9007199254740993);
    EXPECT_EQ(whole.number(0), 9007199254740992.0);
    EXPECT_EQ(whole.display(0), "9007199254740993");
    EXPECT_EQ(whole.text(0), std::nullopt);
    EXPECT_EQ(reals({1}).integer(0), std::nullopt);

    Column text("name", ColumnType::kText);
    text.append(std::string("12"));
    EXPECT_EQ(text.number(0), std::nullopt);
    Column flag("open", ColumnType::kBoolean);
    flag.append_boolean(true);
    EXPECT_EQ(flag.number(0), std::nullopt);
    EXPECT_EQ(flag.integer(0), std::nullopt);
    EXPECT_EQ(flag.display(0), "true");
}

TEST(Column, TakesWholeNumbersAsRealOnes) {
    Column column("pm25", ColumnType::kReal);
    column.append(std::int64_t{7});
    EXPECT_EQ(column.number(0), 7.0);
    EXPECT_EQ(column.display(0), "7");
}

TEST(Column, RefusesWhatItsTypeDoesNotHold) {
    Column whole("n", ColumnType::kInteger);
    EXPECT_THROW(whole.append(0.5), base::Error);
    EXPECT_THROW(whole.append(std::string("a")), base::Error);
    EXPECT_THROW(whole.append_boolean(true), base::Error);
    Column real = reals({});
    EXPECT_THROW(real.append(std::numeric_limits<double>::quiet_NaN()), base::Error);
    EXPECT_THROW(real.append(std::numeric_limits<double>::infinity()), base::Error);
    EXPECT_THROW(real.append_from(whole, 0), base::Error);
    EXPECT_EQ(real.size(), 0u);
    EXPECT_EQ(whole.size(), 0u);
}

TEST(Column, ShowsNumbersAsTheSourceWroteThem) {
    Column column = reals({38, 6, 0.1});
    EXPECT_EQ(column.display(0), "38");
    EXPECT_FALSE(column.has_source_text());
    column.keep_source_text({"38.0", "6", "0.10"});
    EXPECT_EQ(column.display(0), "38.0");
    EXPECT_EQ(column.display(2), "0.10");
    EXPECT_THROW(column.keep_source_text({"38.0"}), base::Error);
}

TEST(Column, CountsTheMostDecimalPlacesOfItsSource) {
    Column column = reals({38, 6});
    column.append_missing();
    EXPECT_EQ(column.decimal_places(), std::nullopt);
    column.keep_source_text({"38.0", "6", ""});
    EXPECT_EQ(column.decimal_places(), 1);
    column.keep_source_text({"38.0", "6e0", ""});
    EXPECT_EQ(column.decimal_places(), std::nullopt);
}

TEST(Column, CopiesCellsWithTheirSourceText) {
    Column source = reals({38, 6});
    source.append_missing();
    source.keep_source_text({"38.0", "6", ""});
    Column copy("copy", ColumnType::kReal);
    copy.append_missing();
    copy.append_from(source, 2);
    copy.append_from(source, 0);
    copy.append(0.5);
    ASSERT_EQ(copy.size(), 4u);
    EXPECT_FALSE(copy.is_present(0));
    EXPECT_FALSE(copy.is_present(1));
    EXPECT_EQ(copy.display(2), "38.0");
    EXPECT_EQ(copy.display(3), "0.5");
    EXPECT_EQ(copy.count_missing(), 2u);
    EXPECT_EQ(copy.decimal_places(), 1);
}

TEST(Column, DoesNotMixSourceTextsIntoNumbersOfItsOwn) {
    Column source = reals({38});
    source.keep_source_text({"38.0"});
    Column own = reals({1.25});
    own.append_from(source, 0);
    EXPECT_FALSE(own.has_source_text());
    EXPECT_EQ(own.display(0), "1.25");
    EXPECT_EQ(own.display(1), "38");
}

}  // namespace
}  // namespace isopleth::model
