# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Geo
  SOURCES tst_Geo.cpp "${CMAKE_SOURCE_DIR}/tests/support/MmdbWriter.cpp" "${CMAKE_SOURCE_DIR}/tests/support/MmdbWriter.h"
  LIBS mailward_geo)
