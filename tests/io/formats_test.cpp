// SPDX-License-Identifier: MIT
#include "io/formats.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace isopleth::io {
namespace {

TEST(Formats, TakeTheExtensionInAnyCase) {
    EXPECT_EQ(format_of("out/A.GPKG", FormatKind::kVector).driver, "GPKG");
    EXPECT_EQ(format_of("a.b/c.tif", FormatKind::kRaster).extension, ".tif");
}

TEST(Formats, KeepVectorsAndRastersApart) {
    EXPECT_THROW(format_of("a.tif", FormatKind::kVector), base::Error);
    EXPECT_THROW(format_of("a.gpkg", FormatKind::kRaster), base::Error);
    EXPECT_THROW(format_of("a.b/c", FormatKind::kVector), base::Error);
}

TEST(Formats, AnswerAMisspeltExtensionWithTheNearestAndTheList) {
    try {
        format_of("a.gpkh", FormatKind::kVector);
        FAIL() << "no error";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_NE(error.message().find("did you mean .gpkg?"), std::string::npos) << error.what();
        EXPECT_NE(error.hint().find(".geojson"), std::string::npos) << error.what();
    }
}

TEST(Formats, SayThatGeoJsonIsInWgs84Only) {
    for (const auto& format : formats()) EXPECT_EQ(format.wgs84_only, format.extension == ".geojson");
}

}  // namespace
}  // namespace isopleth::io
