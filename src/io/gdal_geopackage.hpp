// SPDX-License-Identifier: MIT
#pragma once

#include "io/gdal_vector.hpp"

// write_geopackage is declared beside the other writers; this word holds its door to GDAL.
