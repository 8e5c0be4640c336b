# SPDX-License-Identifier: GPL-3.0-or-later
foreach(area Framing Envelope Time Rules Correlation Input)
  mw_add_test(tst_Logs${area} SOURCES tst_Logs${area}.cpp LIBS mailward_logs)
endforeach()
find_package(ZLIB REQUIRED)
target_link_libraries(tst_LogsInput PRIVATE ZLIB::ZLIB)
