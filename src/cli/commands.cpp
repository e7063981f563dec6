// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "pipeline/build_task.hpp"
#include "pipeline/convert_task.hpp"
#include "pipeline/crossval_task.hpp"
#include "pipeline/density_task.hpp"
#include "pipeline/hotspot_task.hpp"
#include "pipeline/info_task.hpp"
#include "pipeline/join_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/new_task.hpp"
#include "pipeline/query_task.hpp"
#include "pipeline/rank_task.hpp"
#include "pipeline/surface_task.hpp"
#include "pipeline/variogram_task.hpp"
#include "pipeline/zonal_task.hpp"

namespace isopleth::cli {

using pipeline::make_task;

namespace {
std::vector<Command> project_commands() {
    return {
        {"build",
         "Project",
         "everything a project file declares; rebuilds only what changed",
         {"isopleth build dongcheng.toml -o out", "isopleth build dongcheng.toml -o out --only pm25_ranks"},
         make_task<pipeline::BuildTask>},
        {"new",
         "Project",
         "a commented project file and folders to start from",
         {"isopleth new mycity", "isopleth new othercity --json"},
         make_task<pipeline::NewTask>},
    };
}

std::vector<Command> data_commands() {
    return {
        {"info",
         "Look",
         "layers, fields, types, extent, CRS, counts",
         {"isopleth info shapes/streets.geojson", "isopleth info data/pm25_2024h1.csv --json"},
         make_task<pipeline::InfoTask>},
        {"query",
         "Look",
         "read-only spatial SQL over any layers",
         {"isopleth query \"SELECT name, ST_Area(ST_Transform(geom, 4548)) / 1e6 AS km2 FROM streets ORDER "
          "BY km2 DESC\" "
          "--with streets=shapes/streets.geojson",
          "isopleth query \"SELECT count(*) AS events FROM events\" --with "
          "events=data/dust_patrol_events.csv --json"},
         make_task<pipeline::QueryTask>},
        {"convert",
         "Join and convert",
         "format, CRS, datum, encoding",
         {"isopleth convert shapes/streets.geojson -o streets.gpkg",
          "isopleth convert shapes/streets.geojson --to-crs EPSG:4548 -o streets.shp"},
         make_task<pipeline::ConvertTask>},
        {"join",
         "Join and convert",
         "join by place or by name",
         {"isopleth join shapes/streets.geojson data/dust_patrol_events.csv --crs EPSG:4326 --predicate "
          "intersects --count "
          "-o counts.geojson",
          "isopleth join shapes/stations.geojson data/station_means_2024h1.csv --by station_id --columns "
          "pm25,tsp "
          "-o stations.gpkg"},
         make_task<pipeline::JoinTask>},
    };
}

std::vector<Command> analysis_commands() {
    return {
        {"variogram",
         "Surfaces",
         "how values differ with distance: pairs in bins, models fitted to them, and a plot",
         {"isopleth variogram stations.gpkg --value pm25",
          "isopleth variogram stations.gpkg --value pm25 --model exp,sph --unit µg/m³ --plot variogram.png"},
         make_task<pipeline::VariogramTask>},
        {"surface",
         "Surfaces",
         "interpolated surface from points, with its standard error",
         {"isopleth surface stations.gpkg --value pm25 --method idw:power=2 --cell 50 -o pm25.tif",
          "isopleth surface stations.gpkg --value pm25 --method "
          "kriging:model=exp,nugget=0.01,psill=0.2,range=800 "
          "--cell 50 --mask shapes/streets.geojson -o pm25_kriging.tif"},
         make_task<pipeline::SurfaceTask>},
        {"crossval",
         "Surfaces",
         "how well methods estimate samples held out, and how often their intervals hold",
         {"isopleth crossval stations.gpkg --value pm25 --method kriging --method idw:power=2",
          "isopleth crossval stations.gpkg --value pm25 --method kriging --folds loo -o held_out.gpkg"},
         make_task<pipeline::CrossvalTask>},
        {"zonal",
         "Surfaces",
         "statistics of a raster in polygons, weighted by the share of each cell that they cover",
         {"isopleth zonal pm25.tif shapes/streets.geojson --stats mean,min,max -o street_means.gpkg",
          "isopleth zonal pm25_kriging.tif shapes/streets.geojson --bands all --stats mean,p95,above:38 -o "
          "street_statistics.csv"},
         make_task<pipeline::ZonalTask>},
        {"density",
         "Hot spots",
         "kernel density of events",
         {"isopleth density data/dust_patrol_events.csv --crs EPSG:4326 --radius 300 --cell 50 -o "
          "density.tif",
          "isopleth density data/dust_patrol_events.csv --crs EPSG:4326 --radius 500 --cell 100 --kernel "
          "gaussian "
          "-o density_gaussian.tif"},
         make_task<pipeline::DensityTask>},
        {"hotspot",
         "Hot spots",
         "statistical hot spots",
         {"isopleth hotspot counts.geojson --method gi --value count -o hotspots.geojson",
          "isopleth hotspot counts.geojson --method gi --value count --weights knn:4 --permutations 999 -o "
          "hotspots.gpkg"},
         make_task<pipeline::HotspotTask>},
        {"rank",
         "Assessment",
         "ranking with ties, and what does not follow from the published figures",
         {"isopleth rank data/pm25_2024h1.csv --by mean_ug_m3",
          "isopleth rank data/tsp_2024h1.csv --by mean_ug_m3 --printed-rank district_rank "
          "--printed-rounded mean_rounded_ug_m3 --printed-change yoy --name street -o tsp_ranks.csv"},
         make_task<pipeline::RankTask>},
    };
}

std::vector<Command> publishing_commands() {
    return {
        {"map",
         "Publish",
         "a page with legend, scale bar and source, from layers and their styles",
         {"isopleth map shapes/streets.geojson --styles styles/streets_base.toml --title \"东城区街道\" "
          "--map-crs EPSG:4548 -o streets.png",
          "isopleth map counts.geojson --styles styles/counts.toml --title \"扬尘巡查件数\" -o counts.pdf"},
         make_task<pipeline::MapTask>},
    };
}
}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> kCommands = [] {
        std::vector<Command> all;
        for (auto& group : {project_commands(), data_commands(), analysis_commands(), publishing_commands()})
            all.insert(all.end(), group.begin(), group.end());
        return all;
    }();
    return kCommands;
}

const Command& find_command(std::string_view name) {
    std::vector<std::string> names;
    for (const Command& command : commands()) {
        if (command.name == name) return command;
        names.push_back(command.name);
    }
    if (name.starts_with('-')) names = {"--help", "--version"};
    base::fail_usage(fmt::format("unknown {} {}{}", name.starts_with('-') ? "option" : "command", name,
                                 base::did_you_mean(name, names)),
                     "isopleth --help lists the commands.");
}

}  // namespace isopleth::cli
