// SPDX-License-Identifier: MIT
#include "assess/rank/stated_range.hpp"

#include <fmt/format.h>

namespace isopleth::assess {

namespace {
struct Extreme {
    const char* which;
    base::Decimal value;
    std::size_t row = 0;
};

base::Finding contradiction(const model::Layer& table, const std::string& value, const std::string& name,
                            const Extreme& extreme, const base::Decimal& stated) {
    const std::string who =
        name.empty() ? std::string() : fmt::format(" ({})", table.column(name).display(extreme.row));
    base::Place place = table.place_of(extreme.row);
    place.column = value;
    return {fmt::format("the text states {} as the {} value; the table's {} is {}{}", stated.to_string(),
                        extreme.which, extreme.which, extreme.value.to_string(), who),
            std::move(place)};
}
}  // namespace

base::Findings check_stated_range(const model::Layer& table, const std::string& value,
                                  const std::string& name, const StatedRange& stated,
                                  base::Rounding rounding) {
    const model::Column column = model::number_column(table, value);
    std::optional<Extreme> lowest;
    std::optional<Extreme> highest;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const auto number = column.number(row);
        if (!number) continue;
        const base::Decimal exact = base::Decimal::from_double(*number);
        if (!lowest || exact < lowest->value) lowest = Extreme{"lowest", exact, row};
        if (!highest || exact > highest->value) highest = Extreme{"highest", exact, row};
    }
    if (!lowest) base::fail_data(fmt::format("no value in {} to compare with the stated range", value));
    base::Findings findings;
    const auto differs = [&](const Extreme& extreme, const base::Decimal& text) {
        return extreme.value.rounded(text.digits(), rounding) != text;
    };
    if (differs(*lowest, stated.lowest))
        findings.push_back(contradiction(table, value, name, *lowest, stated.lowest));
    if (differs(*highest, stated.highest))
        findings.push_back(contradiction(table, value, name, *highest, stated.highest));
    return findings;
}

}  // namespace isopleth::assess
