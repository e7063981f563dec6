// SPDX-License-Identifier: MIT
#include "model/provenance.hpp"

namespace isopleth::model {
namespace {

TEST(Provenance, IsOneLineOfJson) {
    Provenance provenance;
    provenance.version = "0.1.0";
    provenance.command = "rank a.csv";
    provenance.parameters.set("by", "pm25");
    provenance.inputs = {{"a.csv", "00ff"}};
    provenance.time = {1719763200};  // date -ud @1719763200: 2024-06-30T16:00:00
    EXPECT_EQ(provenance.to_json().dump(-1),
              R"({"program": "isopleth", "version": "0.1.0", "command": "rank a.csv", )"
              R"("parameters": {"by": "pm25"}, "inputs": [{"name": "a.csv", "sha256": "00ff"}], )"
              R"("time": "2024-06-30T16:00:00Z"})");
}

TEST(Provenance, SaysANoteOnlyWhereThereIsOne) {
    Provenance provenance;
    EXPECT_TRUE(provenance.to_json()["note"].is_null());
    EXPECT_TRUE(provenance.to_json()["parameters"].is_object());
    EXPECT_TRUE(provenance.to_json()["inputs"].is_array());
    provenance.note = "schematic";
    EXPECT_EQ(provenance.to_json()["note"].string_or(""), "schematic");
}

}  // namespace
}  // namespace isopleth::model
