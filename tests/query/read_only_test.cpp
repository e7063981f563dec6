// SPDX-License-Identifier: MIT
#include "query/read_only.hpp"

#include <algorithm>

namespace isopleth::query {
namespace {

TEST(ReadOnlyFunctions, AreKnownWithAndWithoutTheirPrefixInAnyCase) {
    for (const char* name :
         {"ST_Within", "within", "ST_AREA", "Area", "count", "json_extract", "->>", "MakePoint"}) {
        EXPECT_TRUE(is_read_only_function(name)) << name;
    }
    for (const char* name : {"ST_Intersects", "distance", "ST_Union"})
        EXPECT_TRUE(compares_geometries(name)) << name;
    for (const char* name : {"ST_Area", "count", ""}) EXPECT_FALSE(compares_geometries(name)) << name;
}

// The functions of SpatiaLite 5.0.1 that read or write files, change the database, or wait; from its list of
// SQL functions (https://www.gaia-gis.it/gaia-sins/spatialite-sql-5.0.1.html), and SQLite's own.
TEST(ReadOnlyFunctions, LeaveOutWhatTouchesFilesOrTheDatabase) {
    for (const char* name : {"BlobFromFile",
                             "BlobToFile",
                             "XB_LoadXML",
                             "XB_StoreXML",
                             "ExportDXF",
                             "ImportDXF",
                             "ImportDXFfromDir",
                             "ImportSHP",
                             "ExportSHP",
                             "ImportDBF",
                             "ExportDBF",
                             "ExportKML",
                             "ExportGeoJSON",
                             "ExportGeoJSON2",
                             "ImportGeoJSON",
                             "ImportXLS",
                             "ImportWFS",
                             "ImportZipSHP",
                             "ImportZipDBF",
                             "Zipfile_NumSHP",
                             "eval",
                             "SqlProc_Execute",
                             "StoredProc_Execute",
                             "load_extension",
                             "readfile",
                             "writefile",
                             "fts3_tokenizer",
                             "DropTable",
                             "DropGeoTable",
                             "RenameTable",
                             "CreateSpatialIndex",
                             "AddGeometryColumn",
                             "InitSpatialMetaData",
                             "UpdateLayerStatistics",
                             "CloneTable",
                             "CreateTopology",
                             "ST_InitTopoGeo",
                             "PROJ_SetDatabasePath",
                             "Pause",
                             "GetShapefileExtent",
                             "zeroblob",
                             "randomblob",
                             "",
                             " ",
                             "abs acos",
                             "st_",
                             "st_st_area"}) {
        EXPECT_FALSE(is_read_only_function(name)) << name;
    }
}

TEST(ReadOnlyFunctions, AreListedSortedAndOnce) {
    const auto names = read_only_functions();
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    for (const std::string& name : names) EXPECT_TRUE(is_read_only_function(name)) << name;
}

}  // namespace
}  // namespace isopleth::query
