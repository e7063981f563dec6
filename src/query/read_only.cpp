// SPDX-License-Identifier: MIT
#include "query/read_only.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace isopleth::query {

namespace {
// Each list is words between blanks.

/// Of SQLite, and mathematics of SpatiaLite; without what makes big values out of nothing (zeroblob).
constexpr std::string_view kPlain =
    " -> ->> abs acos acosh asin asinh atan atan2 atanh avg casttoblob casttodouble casttointeger "
    "casttotext ceil ceiling changes char coalesce cos cosh cot count cume_dist current_date current_time "
    "current_timestamp date datetime degrees dense_rank exp first_value floor forceasnull format "
    "geos_version glob group_concat hex ifnull iif instr json json_array json_array_length json_extract "
    "json_group_array json_group_object json_insert json_object json_patch json_quote json_remove "
    "json_replace json_set json_type json_valid julianday knn_position lag last_value lead length like "
    "likelihood "
    "likely ln log log10 log2 lower ltrim match max min mod nth_value ntile nullif percent_rank pi pow power "
    "printf proj_version quote radians rank replace round row_number rtrim sign sin sinh soundex "
    "spatialite_version sqlite_version sqrt stddev_pop stddev_samp strftime substr substring sum tan tanh "
    "time total trim trunc typeof unicode unixepoch unlikely upper var_pop var_samp ";

/// Of SpatiaLite, as ST_X and as X; without topologies, styles, routing, metadata and files.
constexpr std::string_view kSpatial =
    " addpoint area asbinary asencodedpolyline asewkt asgeojson askml assvg astext aswkt azimuth "
    "bdmpolyfromtext bdmpolyfromwkb bdpolyfromtext bdpolyfromwkb boundary buffer buildarea buildcirclembr "
    "buildmbr buildmbrfilter casttogeometrycollection casttolinestring casttomulti casttomultilinestring "
    "casttomultipoint casttomultipolygon casttopoint casttopolygon casttosingle casttoxy centroid "
    "circularity closestpoint collect collectionextract concavehull contains convexhull coorddimension "
    "coveredby covers crosses curvosityindex delaunaytriangulation difference dimension disjoint "
    "dissolvepoints dissolvesegments distance endpoint ensureclosedrings envelope envelopesintersects "
    "envintersects equals expand extent exteriorring extractmultilinestring extractmultipoint "
    "extractmultipolygon filtermbrcontains filtermbrintersects filtermbrwithin forcelhr forcepolygonccw "
    "forcepolygoncw frechetdistance generalize geodesiclength geohash geomcollfromtext geomcollfromwkb "
    "geometryaliastype geometrycollectionfromtext geometrycollectionfromwkb geometryfromtext "
    "geometryfromwkb geometryn geometrytype geomfromewkt geomfromgeojson geomfromtext geomfromwkb glength "
    "greatcirclelength gunion hausdorffdistance hexagonalgrid interiorringn intersection intersects "
    "isclosed isempty ispolygonccw ispolygoncw isring issimple isvalid isvaliddetail isvalidreason length "
    "line_interpolate_equidistant_points line_interpolate_point line_locate_point line_substring "
    "linefromencodedpolyline linefromtext linefromwkb linemerge linescutatnodes linesfromrings "
    "linestringavgsegmentlength linestringfromtext linestringfromwkb linestringmaxsegmentlength "
    "linestringminsegmentlength longlattodms makearc makecircle makecircularsector makecircularstripe "
    "makeellipse makeline makepoint makepolygon makevalid makevaliddiscarded maxdistance maxx maxy "
    "mbrcontains mbrdisjoint mbrequal mbrintersects mbrmaxx mbrmaxy mbrminx mbrminy mbroverlaps "
    "mbrtouches mbrwithin minx miny mlinefromtext mlinefromwkb mpointfromtext mpointfromwkb mpolyfromtext "
    "mpolyfromwkb multi multilinestringfromtext multilinestringfromwkb multipointfromtext "
    "multipointfromwkb multipolygonfromtext multipolygonfromwkb ndims node npoints nrings numgeometries "
    "numinteriorring numinteriorrings numpoints offsetcurve overlaps perimeter point pointfromtext "
    "pointfromwkb pointn pointonsurface polyfromtext polyfromwkb polygonfromtext polygonfromwkb "
    "polygonize project ptdistwithin reflectcoordinates reflectcoords relate relatematch removepoint "
    "removerepeatedpoints reverse ringscutatnodes rotatecoordinates rotatecoords sanitizegeometry "
    "scalecoordinates scalecoords segmentize selfintersections setendpoint setpoint setsrid setstartpoint "
    "sharedpaths shift_longitude shiftcoordinates shiftcoords shortestline simplify "
    "simplifypreservetopology singlesidedbuffer snap snapandsplit snaptogrid split splitleft splitright "
    "squaregrid srid sridisgeographic startpoint subdivide swapcoordinates swapcoords symdifference touches "
    "transform "
    "translate triangulargrid unaryunion union voronojdiagram within wkbtosql wkttosql x y ";

/// Of those, the ones that set geometries against each other.
constexpr std::string_view kOfTwo =
    " azimuth closestpoint collect contains coveredby covers crosses difference disjoint distance "
    "envelopesintersects envintersects equals extent frechetdistance gunion hausdorffdistance "
    "intersection intersects makeline maxdistance mbrcontains mbrdisjoint mbrequal mbrintersects "
    "mbroverlaps mbrtouches mbrwithin overlaps ptdistwithin relate sharedpaths shortestline snap "
    "snapandsplit split splitleft splitright symdifference touches union within ";

std::string stem_of(std::string_view name) {
    const std::string lower = base::to_lower_ascii(name);
    return lower.starts_with("st_") ? lower.substr(3) : lower;
}

bool holds(std::string_view words, const std::string& name) {
    const bool is_word = !name.empty() && name.find(' ') == std::string::npos;
    return is_word && words.find(" " + name + " ") != std::string_view::npos;
}
}  // namespace

std::vector<std::string> read_only_functions() {
    std::vector<std::string> names = base::split(base::trim(kPlain), ' ');
    for (const std::string& stem : base::split(base::trim(kSpatial), ' ')) {
        names.push_back(stem);
        names.push_back("st_" + stem);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

bool is_read_only_function(std::string_view name) {
    return holds(kPlain, base::to_lower_ascii(name)) || holds(kSpatial, stem_of(name));
}

bool compares_geometries(std::string_view name) {
    return holds(kOfTwo, stem_of(name));
}

}  // namespace isopleth::query
