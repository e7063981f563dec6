// SPDX-License-Identifier: MIT
#include "pipeline/plot_options.hpp"

#include <fmt/format.h>

#include <utility>

#include "draw/plot_page.hpp"

namespace isopleth::pipeline {

namespace {
constexpr double kDpi = 200;
}  // namespace

void PlotOptions::declare(base::ParameterList& list) {
    list.add("plot", file, "file of the plot: .png, .svg or .pdf").called("FILE").neutral();
    list.add("title", title, "of the plot").called("TEXT");
    list.add("unit", unit, "of the values, for the plot").called("TEXT");
    list.add("source", source, "of the data, for the plot").called("TEXT");
    list.add("note", note, "such as synthetic data, for the plot").called("TEXT");
    list.add("language", language, "of the plot's own words").one_of({"zh", "en"});
}

style::Language PlotOptions::words() const {
    return style::parse_language(language.empty() ? "zh" : language);
}

PictureRecipe PlotOptions::recipe(draw::Plot plot, const geo::Crs& crs) const {
    plot.footer = {source, {}, fmt::format("{} ({})", crs.name(), crs.code()), note, {}};
    return {[plot = std::move(plot)](const std::string& extension, const model::Provenance& provenance) {
        draw::Plot dated = plot;
        dated.footer.date = base::to_iso_date(provenance.time);
        dated.footer.hash = short_hash(provenance);
        return draw::render(dated, draw::parse_format(extension.substr(1)), kDpi, provenance.time);
    }};
}

}  // namespace isopleth::pipeline
